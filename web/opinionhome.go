package web

import (
	"net/http"

	"parley/fault"
	"parley/opinion"
)

// opinionsBlock is what a dialogue's first page says about statements: what waits
// for the reader's answer, and where all sides agree most.
type opinionsBlock struct {
	Open    string // empty: the reader answers nothing here
	Vote    string // empty: nothing is open
	Ground  []groundLine
	All     string
	Knowing string
	Join    *hindrance // how a visitor comes to answer
}

// groundLine is a statement that all sides agree on.
type groundLine struct {
	saying
	Ground string
}

// shownGround is how many statements the first page names.
const shownGround = 3

// opinionsBlock reads it; nil where there is no statement.
func (s *Server) opinionsBlock(r *http.Request, h *hall) (*opinionsBlock, error) {
	list, err := s.Store.Statements(r.Context(), h.person(), h.d.ID, opinion.Filter{Order: "ground", Limit: 4 * shownGround})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	b := &opinionsBlock{All: h.to("statements"), Knowing: h.to("knowing")}
	for _, st := range list {
		if st.Told == nil || len(b.Ground) == shownGround {
			continue
		}
		if ground := h.groundWords(st.Told); ground != "" {
			b.Ground = append(b.Ground, groundLine{h.saying(st.Contribution), ground})
		}
	}
	if !h.SignedIn() {
		b.Join = h.hindered(fault.New(fault.Unknown, "dialogue.unknown", "sign in"))
	}
	if !h.answers() {
		return b, nil
	}
	card, err := s.Store.Serve(r.Context(), h.person(), h.d.ID, nil, 0, s.Now())
	switch f, refused := fault.As(err); {
	case err == nil:
		b.Open, b.Vote = h.words.N("opinion.home.open", card.Left), h.to("vote")
	case refused && f.Key == "opinion.all-answered":
		b.Open = h.words.T("opinion.home.done")
	case refused && f.Kind == fault.Denied:
		b.Join = h.hindered(err)
	default:
		return nil, err
	}
	return b, nil
}
