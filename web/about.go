package web

import (
	"html/template"
	"net/http"

	"parley/dialogue"
)

// aboutPage says who runs the dialogue, who wrote what, who can read what, how
// to object, and what the words of the pages mean.
type aboutPage struct {
	Layout
	About     aboutFacts
	Registers []registerFacts
	Card      card
	Told      bool // somebody may still join, or the convener wrote something of it
	Reads     bool // the visitor may read the registers
	Open      bool // the dossier may be taken home
	Files     []fileLink
	Join      string
	Log       string // what moderators decided
}

// registerFacts is who wrote one register.
type registerFacts struct {
	Side     Side
	Authors  template.HTML
	Kind     string // the side's own, or written about it
	Date     string
	Source   Phrase
	Count    string
	Silenced bool // another register about the same side counts
}

func (s *Server) about(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if h.May(dialogue.Read) != nil {
		p := aboutPage{Layout: s.hallLayout(r, h, "about", h.words.T("web.nav.about")), About: h.facts(), Card: h.card(), Told: h.told(), Join: h.to("join")}
		return s.show(w, r, http.StatusOK, "about", p)
	}
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	p := aboutPage{
		Layout: s.roomLayout(r, m, "about", m.words.T("web.nav.about")), About: h.facts(), Card: h.card(), Told: h.told(), Files: m.files(), Reads: true,
		Open: h.may(dialogue.Take), Log: h.to("moderation"),
	}
	for _, side := range m.sides {
		for i := range m.Registers {
			reg := &m.Registers[i]
			if reg.Subject != side.ID {
				continue
			}
			f := registerFacts{
				Side: side, Authors: m.author(reg.Author), Date: m.words.Date(reg.Date), Source: m.phrase(reg.Source),
				Kind: m.words.T("web.register.about"), Count: m.words.N("web.register.interests", len(reg.Interests)),
				Silenced: reg != side.Register,
			}
			if reg.Declared() {
				f.Kind = m.words.T("web.register.own")
			}
			p.Registers = append(p.Registers, f)
		}
	}
	return s.show(w, r, http.StatusOK, "about", p)
}

// told reports whether what is told before joining concerns anybody: not where
// the dialogue is over and nobody ever wrote it.
func (h *hall) told() bool {
	return h.d.Stage != dialogue.Closed || len(h.facts().Settings) > 0
}
