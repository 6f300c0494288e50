package web

import (
	"context"
	"net/http"

	"parley/fault"
	"parley/i18n"
)

// declarationsPage is the editor of the declaration, with all its versions.
type declarationsPage struct {
	deskFrame
	Texts    []textBox
	Preview  []translation // what was typed, as people will read it
	Versions []versionRow
	Action   string
}

// versionRow is one version in every language.
type versionRow struct {
	Words string
	Texts []translation
}

func (s *Server) declarations(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	return s.showDeclarations(w, r, http.StatusOK, h.Entrance.Declaration.Text, nil, false)
}

func (s *Server) showDeclarations(w http.ResponseWriter, r *http.Request, code int, t i18n.Text, bad wrongs, preview bool) error {
	h := hallOf(r)
	all, err := s.Store.Declarations(r.Context(), h.d.ID)
	if err != nil {
		return err
	}
	p := declarationsPage{deskFrame: s.deskLayout(r, h, "declaration"), Texts: textBoxes("text", t, h.d.Languages, maxText), Action: h.to("desk", "declaration")}
	p.Wrong = bad
	for i := range p.Texts {
		p.Texts[i].Wrong = bad.Of(p.Texts[i].Name)
	}
	if preview {
		p.Preview = translations(t)
	}
	for _, d := range all {
		p.Versions = append(p.Versions, versionRow{
			h.words.T("room.declaration.version", "Version", d.Version, "Date", dayOf(h.words, h.visit, d.MadeAt)), translations(d.Text),
		})
	}
	return s.show(w, r, code, "desk-declaration", p)
}

// declare publishes a new version, or shows what it would look like.
func (s *Server) declare(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	t := textFrom(r, "text", h.d.Languages)
	if r.PostFormValue("do") == "preview" {
		return s.showDeclarations(w, r, http.StatusOK, t, nil, true)
	}
	if _, err := s.Store.Declare(context.WithoutCancel(r.Context()), h.person(), h.d.ID, t, h.lang, s.Now()); err != nil {
		bad, code, passed := s.mistaken(h.lang, err, fieldBy("", "text."+h.d.Languages[0]))
		if passed != nil {
			return passed
		}
		if f, ok := fault.As(err); ok {
			if lang, _ := f.Args["Lang"].(string); lang != "" {
				bad[0].Field = "text." + lang
			}
		}
		return s.showDeclarations(w, r, code, t, bad, false)
	}
	return seeOther(w, r, h.to("desk", "declaration"), "declared")
}
