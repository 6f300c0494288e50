package web

import (
	"context"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// votePage serves statements to one person, one at a time: the card, then what
// they expect of each other side, then the result. Exactly one of the four is
// there.
type votePage struct {
	Layout
	Wrong   wrongs
	Said    string
	Cannot  *hindrance
	Card    *cardView
	Step    *expectView
	Result  *resultView
	Done    bool // nothing is left to answer
	Under   string
	List    string
	Mine    string
	Propose string // empty: the reader may not
	Knowing string
}

// cardView is a statement with the three answers.
type cardView struct {
	saying
	Count   string // "Statement 4 of 12"
	Place   *matter
	Token   string
	Under   string
	Choices []choiceButton
	Matters bool
	Waits   bool // answered on its own page, and not counted before it is answered here
	Action  string
	Skip    string // empty: no other is left
}

// choiceButton is one answer.
type choiceButton struct {
	Value  opinion.Choice
	Words  string
	Chosen bool
}

func (h *hall) choices(chosen opinion.Choice) []choiceButton {
	var out []choiceButton
	for _, c := range opinion.Choices {
		out = append(out, choiceButton{c, h.words.T("opinion.choose." + string(c)), c == chosen})
	}
	return out
}

// voteCard is the next card, or, for a statement that was just answered, the next
// step. A GET keeps nothing: skipping only serves another.
func (s *Server) voteCard(w http.ResponseWriter, r *http.Request) error {
	return s.showVote(w, r, http.StatusOK, nil)
}

func (s *Server) showVote(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	p := s.newVotePage(r, h)
	p.Wrong = bad
	err := h.May(dialogue.Vote)
	if err == nil {
		if of := intOf(r.FormValue("of")); of > 0 {
			if done, err := s.nextStep(w, r, h, &p, writing.ID(of)); err != nil || done {
				return err
			}
		} else {
			err = s.serve(r, h, &p)
		}
	} else if h.Entrance.Standing.MustAgree() {
		return err
	}
	if err != nil {
		f, _ := fault.As(err)
		if p.Cannot = h.hindered(err); p.Cannot == nil {
			if f == nil || f.Key != "opinion.all-answered" {
				return err
			}
			p.Done = true
		}
	}
	return s.show(w, r, code, "vote", p)
}

func (s *Server) newVotePage(r *http.Request, h *hall) votePage {
	p := votePage{
		Layout: s.hallLayout(r, h, "vote", h.words.T("opinion.card.title")), Said: h.opinionSaid(r), Under: r.FormValue("under"),
		List: h.to("statements"), Mine: h.to("me", "answers"), Knowing: h.to("knowing"),
	}
	if h.may(dialogue.Write) {
		p.Propose = withUnder(h.to("statement", "new"), p.Under)
	}
	return p
}

// serve fills in the next card.
func (s *Server) serve(r *http.Request, h *hall, p *votePage) error {
	after := writing.ID(intOf(r.FormValue("after")))
	c, err := s.Store.Serve(r.Context(), h.person(), h.d.ID, placeFrom(p.Under), after, s.Now())
	if err != nil {
		return err
	}
	v := &cardView{
		saying: h.saying(c.Statement.Contribution), Count: h.words.T("opinion.card.count", "At", c.At, "Of", c.Of), Token: c.Token, Under: p.Under,
		Action: h.to("vote"),
	}
	if v.Place, err = s.place(r, h, c.Statement.Under); err != nil {
		return err
	}
	var chosen opinion.Choice
	if m := c.Statement.Mine; m != nil {
		chosen, v.Matters, v.Waits = m.Choice, m.Matters, m.Choice != "" && !m.Counts
	}
	v.Choices = h.choices(chosen)
	if c.Left > 1 {
		v.Skip = withUnder(withQuery(h.to("vote"), "after", itemNumber(c.Statement.ID)), p.Under)
	}
	p.Card = v
	return nil
}

// ballotFrom reads an answer.
func ballotFrom(r *http.Request) opinion.Ballot {
	return opinion.Ballot{
		Choice: opinion.Choice(r.PostFormValue("choice")), Matters: r.PostFormValue("matters") == "yes", Token: r.PostFormValue("token"),
	}
}

// voteServed keeps the answer that a card asked for. Who comes back to a card by
// the back button changes their answer; what a card that lay open for too long
// brings waits until it is served again. Nothing that somebody answered is lost.
func (s *Server) voteServed(w http.ResponseWriter, r *http.Request) error {
	h, n, b := hallOf(r), writing.ID(intOf(r.PostFormValue("item"))), ballotFrom(r)
	if !slices.Contains(opinion.Choices, b.Choice) {
		return s.showVote(w, r, http.StatusBadRequest, wrongs{{"choices", h.words.T("opinion.card.choose")}})
	}
	next, said := withQuery(h.to("vote"), "of", itemNumber(n)), ""
	err := s.Store.CastVote(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, b, s.Now())
	if f, ok := fault.As(err); ok && spent(f) {
		b.Token = ""
		said = "waits"
		if before, err := s.Store.Statement(r.Context(), h.person(), h.d.ID, n); err == nil && before.Mine != nil && before.Mine.Choice != "" {
			said = "changed"
		}
		err = s.Store.CastVote(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, b, s.Now())
	}
	if err != nil {
		return s.refusedVote(w, r, h, err)
	}
	return seeOther(w, r, withUnder(next, r.PostFormValue("under")), said)
}

// spent reports whether a card's token is used, too old or another's.
func spent(f *fault.Fault) bool { return f.Key == "opinion.token" || f.Key == "opinion.token-spent" }

// refusedVote shows why an answer was not kept, above the next card.
func (s *Server) refusedVote(w http.ResponseWriter, r *http.Request, h *hall, err error) error {
	bad, code, passed := s.mistaken(h.lang, err, fieldBy())
	if passed != nil {
		return passed
	}
	return s.showVote(w, r, code, bad)
}
