package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/markup"
)

// declarationPage is the declaration: to read, and to agree to where a new
// version waits for that.
type declarationPage struct {
	Layout
	Declaration declarationView
	MustAgree   bool
	Before      *agreementView // what was agreed to before
	Wrong       wrongs
	Action      string
	Next        string
	Leave       string
	Join        string // for who does not take part
}

func (s *Server) declaration(w http.ResponseWriter, r *http.Request) error {
	return s.showDeclaration(w, r, http.StatusOK, nil)
}

func (s *Server) showDeclaration(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	p := declarationPage{
		Layout:      s.hallLayout(r, h, "declaration", h.words.T("room.declaration.title")),
		Declaration: h.declarationView(h.Entrance.Declaration), MustAgree: h.Entrance.Standing.MustAgree(), Wrong: bad,
		Action: h.to("declaration"), Next: safeNext(r.FormValue("next")), Leave: h.to("me", "leave"),
	}
	switch {
	case p.MustAgree:
		m, err := s.Store.Mine(r.Context(), h.person(), h.d.ID)
		if err != nil {
			return err
		}
		if len(m.Agreements) > 0 {
			before := h.agreementView(m.Agreements[0]) // the newest one
			p.Before = &before
		}
	case h.Entrance.Standing.State == "":
		p.Join = h.to("join")
	}
	return s.show(w, r, code, "declaration", p)
}

// agree keeps that the reader agreed to the version that they were shown.
func (s *Server) agree(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	version := intOf(r.PostFormValue("version"))
	err := s.Store.Agree(context.WithoutCancel(r.Context()), h.person(), h.d.ID, version, h.readLanguage(r.PostFormValue("read")), s.Now())
	if err != nil {
		if !fault.Is(err, fault.Stale) {
			return err
		}
		return s.showDeclaration(w, r, http.StatusPreconditionFailed, wrongs{{Words: h.words.T("room.declaration.newer")}})
	}
	if next := safeNext(r.PostFormValue("next")); next != "" {
		return seeOther(w, r, next, "")
	}
	return seeOther(w, r, h.to("me"), "agreed")
}

// declarationView is one version of the declaration for a reader.
type declarationView struct {
	Version      int
	Made         string
	Read         string // the language in which it is shown
	Text         prose
	Translations []translation // the same text in the other languages of the dialogue
}

// translation is a text in one more language.
type translation struct {
	Lang, Name string
	HTML       template.HTML
}

func (h *hall) declarationView(d dialogue.Declaration) declarationView {
	v := declarationView{Version: d.Version, Made: dayOf(h.words, h.visit, d.MadeAt)}
	if d.Version == 0 {
		return v
	}
	v.Read, v.Text = h.lang, written(d.Text, h.lang, 3)
	if v.Text.Lang != "" {
		v.Read = v.Text.Lang
	}
	v.Translations = slices.DeleteFunc(translations(d.Text), func(t translation) bool { return t.Lang == v.Read })
	return v
}

// translations are a text in each of its languages.
func translations(t i18n.Text) []translation {
	var out []translation
	for _, l := range t.Languages() {
		if t.Has(l) {
			out = append(out, translation{l, languageName(l), markup.HTML(t[l], 3)})
		}
	}
	return out
}

// readLanguage is the language of the declaration that was read: the one named,
// where the dialogue has it, else that in which the reader was shown it.
func (h *hall) readLanguage(named string) string {
	text := h.Entrance.Declaration.Text
	if text.Has(named) {
		return named
	}
	if p := phrase(text, h.lang); p.Lang != "" {
		return p.Lang
	}
	return h.lang
}
