package web

import (
	"html/template"
	"net/http"

	"parley/forum"
	"parley/interest"
)

// interestPage is one entry of one register, in full.
type interestPage struct {
	Layout
	Entry    entry
	Authors  template.HTML
	Declared bool
	Counts   bool // its register is the one that counts for its side
	Date     string
	Source   Phrase
	Weights  []string // what its register says about how much it matters
	Notes    []regardInFull
	Beliefs  []beliefRow
	Against  []againstRow
	Object   string
	Tied     *tiedView
}

// regardInFull is all that an entry says about another side, silence included.
type regardInFull struct {
	Side                                Side
	Part, Ranking, Direction, Colouring piece
	Note                                Phrase
}

func (s *Server) interest(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	id := r.PathValue("interest")
	i, reg := m.index.Interest(interest.ID(id))
	if i == nil {
		return missing("interest", id)
	}
	side := m.side(reg.Subject)
	p := interestPage{
		Entry: m.entry(i, side), Authors: m.author(reg.Author), Declared: reg.Declared(), Counts: m.index.Counts(reg),
		Date: m.words.Date(reg.Date), Source: m.phrase(reg.Source), Weights: m.weighty(reg, i.ID).Says, Object: m.to("about") + "#object",
	}
	p.Layout = s.roomLayout(r, m, "", p.Entry.Title.Words)
	for _, other := range m.sides {
		if other.ID != side.ID {
			c, _ := i.Counterpart(other.ID)
			p.Notes = append(p.Notes, m.regardInFull(other, c))
		}
	}
	p.Beliefs = m.beliefs(func(b interest.Belief) bool { return b.Interest == id || b.BelievedIn == id })
	p.Against = m.against(func(c interest.Contradiction) bool { return c.Interest == id })
	if p.Tied, err = s.tied(r, forum.LinkInterest, id); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "interest", p)
}

func (m *room) regardInFull(other Side, c interest.Counterpart) regardInFull {
	return regardInFull{
		Side: other, Note: m.phrase(c.Note), Part: m.piece(m.part(c), "web.part"), Ranking: m.piece(m.ranking(c.Priority), "web.ranking.full"),
		Direction: m.piece(m.direction(c.Alignment), "web.direction"), Colouring: m.piece(m.tone(c.Tone), "web.tone"),
	}
}
