package web

import (
	"context"
	"net/http"
	"slices"

	"parley/i18n"
	"parley/markup"
	"parley/store"
)

// legalPage is one text of the site.
type legalPage struct {
	Layout
	Heading string
	Text    prose
}

func (s *Server) legal(w http.ResponseWriter, r *http.Request) error {
	lang, kind := r.PathValue("lang"), r.PathValue("kind")
	if !slices.Contains(store.LegalKinds, kind) {
		return errMissing
	}
	texts, err := s.Store.Legal(r.Context())
	if err != nil {
		return err
	}
	p := legalPage{Heading: i18n.For(lang).T("room.legal." + kind), Text: written(i18n.Text(texts[kind]), lang, 2)}
	p.Layout = s.layout(r, lang, p.Heading)
	return s.show(w, r, http.StatusOK, "legal", p)
}

// editLegalPage is where the owner writes such a text, in each language of the
// site.
type editLegalPage struct {
	Layout
	Heading string
	Texts   []textBox
	Action  string
	Back    string
	Shown   string // the address of the page itself
	Wrong   wrongs
}

func (s *Server) editLegal(w http.ResponseWriter, r *http.Request) error {
	texts, err := s.Store.Legal(r.Context())
	if err != nil {
		return err
	}
	return s.showEditLegal(w, r, http.StatusOK, i18n.Text(texts[r.PathValue("kind")]), nil)
}

func (s *Server) showEditLegal(w http.ResponseWriter, r *http.Request, code int, t i18n.Text, bad wrongs) error {
	lang, kind := r.PathValue("lang"), r.PathValue("kind")
	if !slices.Contains(store.LegalKinds, kind) {
		return errMissing
	}
	p := editLegalPage{
		Heading: i18n.For(lang).T("room.legal." + kind), Texts: textBoxes("text", t, i18n.Languages, markup.MaxLength), Wrong: bad,
		Action: "/" + lang + "/server/legal/" + kind, Back: "/" + lang + "/server", Shown: "/" + lang + "/legal/" + kind,
	}
	p.Layout = s.layout(r, lang, p.Heading)
	return s.show(w, r, code, "server-legal", p)
}

func (s *Server) changeLegal(w http.ResponseWriter, r *http.Request) error {
	lang, kind := r.PathValue("lang"), r.PathValue("kind")
	if !slices.Contains(store.LegalKinds, kind) {
		return errMissing
	}
	t := textFrom(r, "text", i18n.Languages)
	if err := s.Store.ChangeLegal(context.WithoutCancel(r.Context()), visitOf(r).person(), kind, store.LegalText(t), s.Now()); err != nil {
		bad, code, err := s.mistaken(lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showEditLegal(w, r, code, t, bad)
	}
	return seeOther(w, r, "/"+lang+"/server", "saved")
}
