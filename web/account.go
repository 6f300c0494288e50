package web

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// registerAccount lists the addresses of one's own account. What changes how a
// person signs in, or hands out their data, needs a fresh proof of who it is.
func (s *Server) registerAccount() {
	s.get(dialogue.BeHolder, "/{lang}/account", s.account)
	s.post(dialogue.BeHolder, "/{lang}/account/profile", s.changeProfile)
	s.post(dialogue.BeHolder, "/{lang}/account/session/{id}/end", s.endSession)
	s.post(dialogue.BeHolder, "/{lang}/account/sessions/end", s.endSessions)
	s.post(dialogue.ProveFresh, "/{lang}/account/password", s.changePassword)
	s.post(dialogue.ProveFresh, "/{lang}/account/password/remove", s.removePassword)
	s.get(dialogue.ProveFresh, "/{lang}/account/passkey", s.newPasskeyForm)
	s.post(dialogue.ProveFresh, "/{lang}/account/passkey", s.addPasskey)
	s.post(dialogue.BeHolder, "/{lang}/account/passkey/{key}/rename", s.renamePasskey)
	s.post(dialogue.ProveFresh, "/{lang}/account/passkey/{key}/remove", s.removePasskey)
	s.post(dialogue.ProveFresh, "/{lang}/account/totp", s.startTOTP)
	s.post(dialogue.ProveFresh, "/{lang}/account/totp/confirm", s.confirmTOTP)
	s.post(dialogue.ProveFresh, "/{lang}/account/totp/remove", s.stopTOTP)
	s.post(dialogue.ProveFresh, "/{lang}/account/codes", s.newCodes)
	s.post(dialogue.ProveFresh, "/{lang}/account/identity/remove", s.unlinkIdentity)
	s.post(dialogue.ProveFresh, "/{lang}/account/email", s.askEmail)
	s.post(dialogue.ProveFresh, "/{lang}/account/email/remove", s.removeEmail)
	s.post(dialogue.ProveFresh, "/{lang}/account/token", s.makeToken)
	s.post(dialogue.BeHolder, "/{lang}/account/token/{id}/end", s.endToken)
	s.post(dialogue.ProveFresh, "/{lang}/account/export", s.export)
	s.get(dialogue.ProveFresh, "/{lang}/account/delete", s.eraseForm)
	s.post(dialogue.ProveFresh, "/{lang}/account/delete", s.erase)
}

// accountPage is everything that a person may see and change about themselves.
type accountPage struct {
	doorPage
	Me          account.Person
	Fresh       bool
	Done        string // what was done a moment ago
	Wrong       string // the part of the page whose form was wrong
	Zones       []string
	Passkeys    []passkeyRow
	NoPasskeys  bool // passkeys cannot be used under this address
	Sessions    []sessionRow
	Identities  []identityRow
	Provider    string
	Tokens      []tokenRow
	Scopes      []scopeChoice
	Memberships []membershipRow
	Least       int // characters of a password
}

type passkeyRow struct {
	Key, Name, Since, Used string
	BackedUp               bool
}

type sessionRow struct {
	ID, Device, Since, Until string
	Here                     bool
}

type identityRow struct{ Issuer, Subject, Label, Since string }

type tokenRow struct {
	ID, Name, Since, Until, Used string
	Scopes                       []string
}

type scopeChoice struct {
	Scope account.Scope
	Name  string
}

type membershipRow struct {
	Title   Phrase
	Address string
	State   string
}

// tidings are the words that an address may ask the page to say, so that nobody
// can put others there.
var tidings = []string{
	"profile", "session", "sessions", "password", "password-removed", "passkey", "passkey-renamed", "passkey-removed", "totp", "totp-removed",
	"identity", "identity-removed", "email", "email-removed", "token-ended",
}

func (s *Server) account(w http.ResponseWriter, r *http.Request) error {
	p, err := s.accountPage(r)
	if err != nil {
		return err
	}
	if done := r.URL.Query().Get("done"); slices.Contains(tidings, done) {
		p.Done = p.T("door.done." + done)
	}
	return s.show(w, r, http.StatusOK, "account", p)
}

// accountPage reads all of it. Nothing of it is secret to its holder, and
// nothing of it opens the account.
func (s *Server) accountPage(r *http.Request) (p accountPage, err error) {
	v, ctx := visitOf(r), r.Context()
	p = accountPage{doorPage: s.doorPage(r, "door.account.title"), Fresh: v.Fresh(s.Now()), Zones: zones, Least: account.MinPassword}
	if p.Me, err = s.Store.Person(ctx, v.Person); err != nil {
		return p, err
	}
	if !slices.Contains(p.Zones, p.Me.Zone) {
		p.Zones = append([]string{p.Me.Zone}, p.Zones...)
	}
	rp, err := s.relying(r)
	if err != nil {
		return p, err
	}
	p.NoPasskeys = rp == nil
	if s.OIDC != nil {
		p.Provider = s.OIDC.Name
	}
	for _, scope := range account.Scopes {
		p.Scopes = append(p.Scopes, scopeChoice{scope, p.T("door.scope." + string(scope))})
	}
	if err := s.waysIn(r, &p); err != nil {
		return p, err
	}
	sessions, err := s.Store.Sessions(ctx, v.Person, s.Now())
	if err != nil {
		return p, err
	}
	for _, one := range sessions {
		p.Sessions = append(p.Sessions, sessionRow{
			ID: one.ID, Device: one.Device, Since: moment(p.words, visitOf(r), one.CreatedAt), Until: moment(p.words, visitOf(r), one.ExpiresAt), Here: one.ID == v.Session,
		})
	}
	tokens, err := s.Store.Tokens(ctx, v.Person)
	if err != nil {
		return p, err
	}
	for _, t := range tokens {
		row := tokenRow{ID: t.ID, Name: t.Name, Since: day(p.words, t.CreatedAt), Until: day(p.words, t.ExpiresAt), Used: day(p.words, t.UsedAt)}
		for _, scope := range t.Scopes {
			row.Scopes = append(row.Scopes, p.T("door.scope."+string(scope)))
		}
		p.Tokens = append(p.Tokens, row)
	}
	memberships, err := s.Store.Memberships(ctx, v.Person)
	for _, m := range memberships {
		p.Memberships = append(p.Memberships, membership(m, p.Lang, p.words))
	}
	return p, err
}

// waysIn lists the keys and the identities that open the account.
func (s *Server) waysIn(r *http.Request, p *accountPage) error {
	keys, err := s.Store.Passkeys(r.Context(), p.Me.ID)
	if err != nil {
		return err
	}
	for _, k := range keys {
		p.Passkeys = append(p.Passkeys, passkeyRow{
			Key: base64.RawURLEncoding.EncodeToString(k.ID), Name: k.Name, Since: day(p.words, k.CreatedAt), Used: day(p.words, k.UsedAt), BackedUp: k.BackedUp,
		})
	}
	identities, err := s.Store.Identities(r.Context(), p.Me.ID)
	for _, i := range identities {
		p.Identities = append(p.Identities, identityRow{i.Issuer, i.Subject, i.Label, day(p.words, i.CreatedAt)})
	}
	return err
}

func membership(m store.Membership, lang string, w *i18n.Words) membershipRow {
	row := membershipRow{Title: phrase(m.Dialogue.Title, lang), Address: "/" + lang + "/" + string(m.Dialogue.ID) + "/me"}
	row.State = w.T("door.state." + string(m.Standing.State))
	if m.Standing.MustAgree() {
		row.State = w.T("door.state.agree")
	}
	return row
}

// day is a date, or nothing.
func day(w *i18n.Words, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Date(t.UTC().Format(time.DateOnly))
}

// done goes back to the account and says there what was done.
func (s *Server) done(w http.ResponseWriter, r *http.Request, what string) error {
	http.Redirect(w, r, "/"+s.language(r)+"/account?done="+what, http.StatusSeeOther)
	return nil
}

// settled ends a form of the account page: it goes back there, or shows the page
// with what was wrong beside that form.
func (s *Server) settled(w http.ResponseWriter, r *http.Request, part, what string, err error) error {
	if err == nil {
		return s.done(w, r, what)
	}
	p, failed := s.accountPage(r)
	if failed != nil {
		return failed
	}
	p.Wrong = part
	return s.again(w, r, "account", &p.doorPage, &p, err)
}

// WrongIn is what was wrong with the form of that part.
func (p accountPage) WrongIn(part string) string {
	if p.Wrong != part {
		return ""
	}
	return p.Problem
}

// totpPage shows the secret of a second factor, as a picture and in letters, and
// asks for the first code.
type totpPage struct {
	doorPage
	Secret  string
	Groups  []string // the secret in pieces that can be typed
	Picture template.HTML
}
