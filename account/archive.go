package account

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/i18n"
)

// WriteArchive writes everything about a person as one ZIP file: index.html to
// read, in that language, data.json for programs, and each of their texts as
// Markdown. Times are UTC. The same data gives the same bytes.
func WriteArchive(to io.Writer, e *Everything, lang string) error {
	data, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return fmt.Errorf("make the archive: %w", err)
	}
	files := append([]file{{"index.html", archivePage(e, lang)}, {"data.json", string(data) + "\n"}}, textFiles(e)...)
	z := zip.NewWriter(to)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: e.MadeAt.UTC()})
		if err == nil {
			_, err = io.WriteString(w, f.content)
		}
		if err != nil {
			return fmt.Errorf("write the archive: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	return nil
}

type file struct{ name, content string }

// textFiles are the person's texts, one file for each and each language. They
// are numbered, for an id need not be fit for the name of a file.
func textFiles(e *Everything) []file {
	var files []file
	for _, b := range e.Memberships {
		for i, w := range b.Written {
			for _, lang := range slices.Sorted(maps.Keys(w.Text)) {
				name := fmt.Sprintf("texts/%s/%03d-%s.%s.md", safeName(b.Dialogue), i+1, safeName(w.ID), safeName(lang))
				files = append(files, file{name, w.Text[lang] + "\n"})
			}
		}
	}
	return files
}

// safeName keeps of a name what every file system takes.
func safeName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, name)
}

// MarshalJSON gives everything in the words of the API.
func (e Everything) MarshalJSON() ([]byte, error) {
	type session struct {
		ID        string    `json:"id"`
		Device    string    `json:"device"`
		CreatedAt time.Time `json:"created_at"`
		ProvedAt  time.Time `json:"proved_at"`
		ExpiresAt time.Time `json:"expires_at"`
	}
	type passkey struct {
		ID         []byte    `json:"id"`
		Name       string    `json:"name"`
		PublicKey  []byte    `json:"public_key"`
		Counter    uint32    `json:"counter"`
		Transports []string  `json:"transports"`
		UserHandle []byte    `json:"user_handle"`
		BackedUp   bool      `json:"backed_up"`
		Eligible   bool      `json:"eligible"`
		AAGUID     []byte    `json:"aaguid"`
		CreatedAt  time.Time `json:"created_at"`
		UsedAt     time.Time `json:"used_at,omitzero"`
	}
	type identity struct {
		Issuer    string    `json:"issuer"`
		Subject   string    `json:"subject"`
		Label     string    `json:"label"`
		CreatedAt time.Time `json:"created_at"`
	}
	type token struct {
		ID        string    `json:"id"`
		Name      string    `json:"name"`
		Scopes    []Scope   `json:"scopes"`
		CreatedAt time.Time `json:"created_at"`
		ExpiresAt time.Time `json:"expires_at,omitzero"`
		UsedAt    time.Time `json:"used_at,omitzero"`
	}
	type person struct {
		ID             PersonID  `json:"id"`
		Name           string    `json:"name"`
		Lang           string    `json:"lang"`
		Zone           string    `json:"zone"`
		Email          string    `json:"email"`
		EmailConfirmed bool      `json:"email_confirmed"`
		Owner          bool      `json:"owner"`
		HasPassword    bool      `json:"has_password"`
		HasTOTP        bool      `json:"has_totp"`
		Passkeys       int       `json:"passkeys"`
		Codes          int       `json:"recovery_codes"`
		CreatedAt      time.Time `json:"created_at"`
	}
	return json.Marshal(struct {
		MadeAt      time.Time   `json:"made_at"`
		Account     person      `json:"account"`
		Sessions    []session   `json:"sessions"`
		Passkeys    []passkey   `json:"passkeys"`
		Identities  []identity  `json:"identities"`
		Tokens      []token     `json:"tokens"`
		Letters     []Mail      `json:"letters"`
		Notices     Heard       `json:"notices"`
		Memberships []Belonging `json:"memberships"`
	}{
		e.MadeAt, person(e.Person),
		each(e.Sessions, func(s Session) session { return session(s) }), each(e.Passkeys, func(k Passkey) passkey { return passkey(k) }),
		each(e.Identities, func(i Identity) identity { return identity(i) }), each(e.Tokens, func(t Token) token { return token(t) }),
		e.Mail, e.Heard, e.Memberships,
	})
}

func each[A, B any](from []A, to func(A) B) []B {
	out := make([]B, len(from))
	for i, a := range from {
		out[i] = to(a)
	}
	return out
}

// page writes the page of an archive.
type page struct {
	strings.Builder
	*i18n.Words
	below string // the heading of lists
}

func archivePage(e *Everything, lang string) string {
	p := &page{Words: i18n.For(lang), below: "h3"}
	title := p.T("archive.title")
	fmt.Fprintf(p, "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title></head>\n<body>\n",
		p.Lang, html.EscapeString(title))
	p.element("h1", title)
	p.element("p", p.T("archive.what", "At", p.time(e.MadeAt)))
	p.account(e)
	p.element("h2", p.T("archive.memberships"))
	p.below = "h4"
	if len(e.Memberships) == 0 {
		p.element("p", p.T("archive.none"))
	}
	for _, b := range e.Memberships {
		p.membership(b)
	}
	p.WriteString("</body>\n</html>\n")
	return p.String()
}

func (p *page) account(e *Everything) {
	a := e.Person
	p.element("h2", p.T("archive.account"))
	p.facts(
		"name", a.Name, "email", a.Email, "lang", a.Lang, "zone", a.Zone, "created", p.time(a.CreatedAt),
		"password", p.yes(a.HasPassword), "totp", p.yes(a.HasTOTP), "codes", p.Number(a.Codes), "owner", p.yes(a.Owner))
	p.list("sessions", each(e.Sessions, func(s Session) string { return s.Device + ", " + p.time(s.CreatedAt) }))
	p.list("passkeys", each(e.Passkeys, func(k Passkey) string { return k.Name + ", " + p.time(k.CreatedAt) }))
	p.list("identities", each(e.Identities, func(i Identity) string { return i.Issuer + ": " + i.Label + " (" + i.Subject + ")" }))
	p.list("tokens", each(e.Tokens, func(t Token) string { return t.Name + ", " + p.time(t.CreatedAt) }))
	p.list("letters", each(e.Mail, func(m Mail) string {
		line := m.Kind + ", " + m.State + ", " + p.time(m.QueuedAt)
		if m.Text != "" {
			line += ": " + m.Text
		}
		return line
	}))
	p.list("notices", each(e.Heard.Of, func(h HeardOf) string { return fmt.Sprintf("%s #%d: %s, %s", h.Dialogue, h.Item, h.Kind, p.time(h.At)) }))
}

func (p *page) membership(b Belonging) {
	p.element("h3", i18n.Text(b.Title).In(p.Lang))
	p.facts("pseudonym", b.Pseudonym, "state", b.State, "observer", p.yes(b.Observer), "sides", strings.Join(b.Sides, ", "), "mandate", b.Mandate,
		"asked", p.time(b.AskedAt), "joined", p.time(b.JoinedAt), "approved", p.Number(b.Approved))
	if v := b.Verified; v != nil {
		p.facts("verified", strings.TrimSuffix(v.Name+", "+v.Office, ", "))
	}
	p.list("roles", each(b.Roles, func(r RoleHeld) string { return strings.TrimSpace(r.Role + " " + r.Side) }))
	p.list("consents", each(b.Consents, func(c Consented) string {
		return strings.TrimSuffix(c.Tick+": "+p.time(c.GivenAt)+" – "+p.time(c.WithdrawnAt), " – ")
	}))
	p.list("recommended", b.Recommended)
	p.moderation(b.Moderation)
	p.list("answers", each(b.Answers, answerLine))
	p.list("following", each(b.Following, func(f Followed) string { return fmt.Sprintf("#%d: %s", f.Item, f.Level) }))
	p.list("invitations", each(b.Invitations, func(i Invited) string {
		return strings.TrimSpace(i.Role+" "+i.Side) + ", " + p.time(i.MadeAt) + ": " + i.Note
	}))
	p.list("marks", each(b.Marks, func(m Mark) string { return strings.TrimSpace(fmt.Sprintf("#%d %s", m.Item, m.Lang)) + ": " + m.Mark }))
	for _, d := range b.Drafts {
		p.element("h4", p.T("archive.draft", "Place", d.Place, "At", p.time(d.SavedAt)))
		for _, field := range slices.Sorted(maps.Keys(d.Fields)) {
			p.element("pre", field+": "+d.Fields[field])
		}
	}
	for _, a := range b.Agreements {
		p.element("h4", p.T("archive.agreed", "Version", a.Version, "At", p.time(a.At)))
		p.element("pre", a.Text)
	}
	for _, w := range b.Written {
		p.element("h4", p.T("archive.written", "ID", w.ID))
		for _, lang := range slices.Sorted(maps.Keys(w.Text)) {
			fmt.Fprintf(p, "<pre lang=\"%s\">%s</pre>\n", html.EscapeString(lang), html.EscapeString(w.Text[lang]))
		}
	}
}

func (p *page) moderation(m Moderated) {
	p.list("reports", each(m.Reports, func(r Reported) string {
		return strings.TrimSuffix(fmt.Sprintf("#%d, %s, %s: %s", r.Item, p.T("moderation.reason."+r.Reason), p.time(r.At), r.Text), ": ")
	}))
	p.list("judged", each(m.Decisions, func(d JudgedOn) string {
		line := fmt.Sprintf("%d, #%d, %s, %s", d.Case, d.Item, p.T("archive.verdict."+d.Verdict), p.time(d.At))
		for _, words := range []string{d.Text, d.Appeal} {
			if words != "" {
				line += ": " + words
			}
		}
		return line
	}))
	p.list("sanctions", each(m.Sanctions, func(s Sanctioned) string {
		return fmt.Sprintf("%d, %s – %s", s.Case, p.time(s.MadeAt), p.time(s.Until))
	}))
	if m.Decided+m.RulesSet > 0 {
		p.facts("moderated", p.Number(m.Decided), "rules-set", p.Number(m.RulesSet))
	}
}

func (p *page) element(name, words string) {
	fmt.Fprintf(p, "<%s>%s</%s>\n", name, html.EscapeString(words), name)
}

// facts are pairs of a key and a value; empty ones are left out.
func (p *page) facts(pairs ...string) {
	p.WriteString("<dl>\n")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			p.element("dt", p.T("archive.fact."+pairs[i]))
			p.element("dd", pairs[i+1])
		}
	}
	p.WriteString("</dl>\n")
}

func (p *page) list(key string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.element(p.below, p.T("archive.list."+key))
	p.WriteString("<ul>\n")
	for _, l := range lines {
		p.element("li", l)
	}
	p.WriteString("</ul>\n")
}

func (p *page) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	return p.Date(t.Format(time.DateOnly)) + ", " + t.Format("15:04") + " UTC"
}

func (p *page) yes(is bool) string {
	if is {
		return p.T("archive.yes")
	}
	return p.T("archive.no")
}
