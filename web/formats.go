package web

import (
	"net/http"

	"parley/dialogue"
	"parley/store"
)

// formatsPage says what each group of sides could do without the others.
type formatsPage struct {
	Layout
	Deals   string       // address of what might be done
	Formats *formatsView // nil where there is no answer, or nothing to say of groups
	Asked   bool         // there is an answer
	Older   bool         // which is one of an earlier version
}

// registerFormats lists the address of what groups could do.
func (s *Server) registerFormats() {
	s.get(dialogue.Read, "/{lang}/{dialogue}/deals/formats", s.formats)
}

func (s *Server) formats(w http.ResponseWriter, r *http.Request) error {
	m, asked, err := s.asked(r)
	if err != nil {
		return err
	}
	p := formatsPage{
		Layout: s.roomLayout(r, m, "deals", m.words.T("formats.title")),
		Deals:  m.to("deals"), Asked: asked.State == store.Done && asked.Answer != nil, Older: asked.Older(),
	}
	if p.Asked && asked.Answer.Formats != nil {
		p.Formats = newFormatsView(m, asked.Answer)
	}
	return s.show(w, r, http.StatusOK, "formats", p)
}
