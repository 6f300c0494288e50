package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/store"
)

// serverPage is for who runs the server: the texts of the site, the outbox, the
// dialogues and those who are invited to convene them.
type serverPage struct {
	Layout
	Said      string
	Wrong     wrongs
	Legal     []NavItem
	Unwritten []string // the texts that are not there yet
	Letters   string
	New       string
	Dialogues []option
	Action    string
	Link      string // the invitation just made; shown once
}

func (s *Server) serverHome(w http.ResponseWriter, r *http.Request) error {
	return s.showServer(w, r, http.StatusOK, "", "", nil)
}

func (s *Server) showServer(w http.ResponseWriter, r *http.Request, code int, chosen, link string, bad wrongs) error {
	lang := r.PathValue("lang")
	p := serverPage{Layout: s.layout(r, lang, i18n.For(lang).T("room.server.title")), Wrong: bad, Link: link}
	p.Said = p.said(r)
	texts, err := s.Store.Legal(r.Context())
	if err != nil {
		return err
	}
	rows, err := s.Store.Dialogues(r.Context())
	if err != nil {
		return err
	}
	base := "/" + lang + "/server"
	for _, kind := range store.LegalKinds {
		name := p.T("room.legal." + kind)
		p.Legal = append(p.Legal, NavItem{Name: name, Address: base + "/legal/" + kind})
		if slices.ContainsFunc(i18n.Languages, func(l string) bool { return texts[kind][l] == "" }) {
			p.Unwritten = append(p.Unwritten, name)
		}
	}
	for _, d := range rows {
		p.Dialogues = append(p.Dialogues, option{Value: string(d.ID), Words: phrase(d.Title, lang).Words, Chosen: string(d.ID) == chosen})
	}
	p.Letters, p.New, p.Action = base+"/letters", base+"/dialogue", base+"/convener"
	return s.show(w, r, code, "server", p)
}

// inviteConvener makes a link for the first convener of a dialogue.
func (s *Server) inviteConvener(w http.ResponseWriter, r *http.Request) error {
	lang, id := r.PathValue("lang"), dialogue.ID(r.PostFormValue("id"))
	i := dialogue.Invitation{Role: dialogue.Convener, Uses: 1, ExpiresAt: s.Now().Add(inviteDays * 24 * time.Hour)}
	secret, _, err := s.Store.Invite(context.WithoutCancel(r.Context()), visitOf(r).person(), id, i, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(lang, err, fieldBy("", "id"))
		if err != nil {
			return err
		}
		return s.showServer(w, r, code, string(id), "", bad)
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.showServer(w, r, http.StatusOK, string(id), s.invitationLink(lang, id, secret), nil)
}

func (s *Server) allLetters(w http.ResponseWriter, r *http.Request) error {
	return s.showLetters(w, r, "")
}

// showLink shows the link of one letter to the owner of a site that sends none,
// so that they can hand it on.
func (s *Server) showLink(w http.ResponseWriter, r *http.Request) error {
	err := s.showLetters(w, r, r.PostFormValue("letter"))
	s.note(r, "letter-link", "outbox", err)
	return err
}

func (s *Server) showLetters(w http.ResponseWriter, r *http.Request, shown string) error {
	lang, v := r.PathValue("lang"), visitOf(r)
	list, err := s.Store.Letters(r.Context(), v.person(), "", r.URL.Query().Get("after"), pageOfLines)
	if err != nil {
		return err
	}
	if shown != "" && !slices.ContainsFunc(list, func(l store.Letter) bool { return l.ID == shown }) {
		return errMissing
	}
	p := lettersPage{Whole: true, Shown: shown}
	if !s.Mail {
		p.Action = r.URL.RequestURI()
	}
	p.Heading = i18n.For(lang).T("room.server.letters")
	p.Layout = s.layout(r, lang, p.Heading)
	p.fill(s, v, list, "/"+lang+"/server/letters")
	return s.show(w, r, http.StatusOK, "desk-letters", p)
}

// newDialoguePage makes a new, empty dialogue.
type newDialoguePage struct {
	Layout
	Wrong    wrongs
	ID       string
	Title    []textBox
	Sides    []sideForm
	Rules    []option
	Tongues  []option
	Unlisted bool
	More     bool // there is room for more sides
	Action   string
	Back     string
}

// sideForm is one side as it is typed: an id and its name in each language.
type sideForm struct {
	Number int
	ID     string
	Names  []textBox
	Legend string
	Wrong  string // what is wrong with the id
}

// offeredSides is for how many sides the form has room at first, and how many
// more one asks for at a time; MaxSides can be told apart.
const (
	offeredSides = 6
	addedSides   = 3
)

func (s *Server) newDialogue(w http.ResponseWriter, r *http.Request) error {
	return s.showNewDialogue(w, r, http.StatusOK, dialogue.Dialogue{Languages: i18n.Languages, Rule: dialogue.Members}, offeredSides, nil)
}

func (s *Server) showNewDialogue(w http.ResponseWriter, r *http.Request, code int, d dialogue.Dialogue, rows int, bad wrongs) error {
	lang := r.PathValue("lang")
	words := i18n.For(lang)
	p := newDialoguePage{
		Layout: s.layout(r, lang, words.T("room.open.title")), Wrong: bad, ID: string(d.ID), Title: textBoxes("title", d.Title, i18n.Languages, maxTitle),
		Rules: choices(words, "web.rule.", dialogue.Rules, d.Rule), Unlisted: d.Unlisted, Action: "/" + lang + "/server/dialogue", Back: "/" + lang + "/server",
	}
	for i := range p.Title {
		p.Title[i].Wrong = bad.Of(p.Title[i].Name)
	}
	for _, l := range i18n.Languages {
		p.Tongues = append(p.Tongues, option{Value: l, Words: languageName(l), Chosen: slices.Contains(d.Languages, l)})
	}
	rows = min(max(rows, offeredSides, len(d.Sides)), MaxSides)
	p.More = rows < MaxSides
	for n := 1; n <= rows; n++ {
		f := sideForm{Number: n, Legend: words.T("room.open.side", "N", n)}
		var name i18n.Text
		if n <= len(d.Sides) {
			f.ID, name = string(d.Sides[n-1].ID), d.Sides[n-1].Name
		}
		f.Names = textBoxes("side-name-"+words.Number(n), name, i18n.Languages, maxTitle)
		f.Wrong = bad.Of("side-" + strconv.Itoa(n))
		for i := range f.Names {
			f.Names[i].Wrong = bad.Of(f.Names[i].Name)
		}
		p.Sides = append(p.Sides, f)
	}
	return s.show(w, r, code, "server-dialogue", p)
}

func (s *Server) openDialogue(w http.ResponseWriter, r *http.Request) error {
	lang := r.PathValue("lang")
	d := dialogue.Dialogue{
		ID: dialogue.ID(strings.TrimSpace(r.PostFormValue("id"))), Title: textFrom(r, "title", i18n.Languages), Rule: dialogue.Rule(r.PostFormValue("rule")),
		Unlisted: r.PostFormValue("unlisted") != "", Kind: dialogue.Live,
	}
	d.Languages = slices.DeleteFunc(slices.Clone(i18n.Languages), func(l string) bool { return !slices.Contains(r.PostForm["language"], l) })
	ids := r.PostForm["side"]
	for n, id := range ids[:min(len(ids), MaxSides)] {
		name := textFrom(r, "side-name-"+i18n.For(lang).Number(n+1), i18n.Languages)
		if id = strings.TrimSpace(id); id != "" || len(name) > 0 {
			d.Sides = append(d.Sides, dialogue.Side{ID: dialogue.SideID(id), Name: name})
		}
	}
	rows := len(ids)
	if r.PostFormValue("do") == "more" {
		return s.showNewDialogue(w, r, http.StatusOK, d, rows+addedSides, nil)
	}
	if bad := unopened(i18n.For(lang), d); len(bad) > 0 {
		return s.showNewDialogue(w, r, http.StatusBadRequest, d, rows, bad)
	}
	if err := s.Store.OpenDialogue(context.WithoutCancel(r.Context()), visitOf(r).person(), d, s.Now()); err != nil {
		bad, code, passed := s.mistaken(lang, err, fieldBy("id", "id"))
		if passed != nil {
			return passed
		}
		return s.showNewDialogue(w, r, code, d, rows, placed(err, bad, i18n.For(lang).T("room.open.wrong")))
	}
	return seeOther(w, r, "/"+lang+"/server", "opened")
}

// unopened lists what keeps a new dialogue from being made, each mistake beside
// its field.
func unopened(words *i18n.Words, d dialogue.Dialogue) wrongs {
	var bad wrongs
	say := func(field, name, key string) {
		bad = append(bad, wrong{field, name + ": " + words.T("room.open.wrong."+key)})
	}
	check := func(field, name, id string, fits func(string) bool, form string) {
		switch {
		case id == "":
			say(field, name, "needed")
		case !fits(id):
			say(field, name, form)
		}
	}
	check("id", words.T("room.open.id"), string(d.ID), dossier.FitsDialogue, "id")
	if len(d.Title) == 0 {
		say("title."+i18n.Languages[0], words.T("room.setting.title"), "needed")
	}
	if len(d.Languages) == 0 {
		say("languages", words.T("room.setting.languages"), "needed")
	}
	if len(d.Sides) < 2 {
		say("sides", words.T("room.open.sides"), "sides")
	}
	known := map[dialogue.SideID]bool{}
	for n, side := range d.Sides {
		field, name := "side-"+strconv.Itoa(n+1), words.T("room.open.side", "N", n+1)
		check(field, name, string(side.ID), dossier.FitsID, "side")
		if known[side.ID] && side.ID != "" {
			say(field, name, "twice")
		}
		known[side.ID] = true
		if len(side.Name) == 0 {
			say("side-name-"+words.Number(n+1)+"."+i18n.Languages[0], name, "needed")
		}
	}
	return bad
}
