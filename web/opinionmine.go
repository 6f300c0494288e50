package web

import (
	"context"
	"net/http"

	"parley/opinion"
	"parley/writing"
)

// answersPage are one's own answers and expectations, which nobody else sees.
type answersPage struct {
	Layout
	Said   string
	Wrong  wrongs
	On     bool
	Rows   []answerRow
	More   string
	Action string
	Vote   string // empty: the reader answers nothing now
	Me     string
}

// answerRow is one answer of theirs.
type answerRow struct {
	saying
	Own      string
	At       string
	Waits    bool
	Guesses  []guessRow
	Told     *toldView
	Withdraw string
	Closed   bool
}

// guessRow is what they expected of a side, and what that side says here: two
// facts beside each other, and no mark for either.
type guessRow struct {
	Side  Side
	Words string
	Said  string // empty: nothing is told
}

// answersAtOnce is how many answers a page lists.
const answersAtOnce = 30

func (s *Server) myAnswers(w http.ResponseWriter, r *http.Request) error {
	return s.showAnswers(w, r, http.StatusOK, nil)
}

func (s *Server) showAnswers(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	mine, err := s.Store.MyVotes(r.Context(), h.person(), h.d.ID, writing.ID(intOf(r.URL.Query().Get("after"))), answersAtOnce+1)
	if err != nil {
		return err
	}
	p := answersPage{
		Layout: s.hallLayout(r, h, "me", h.words.T("opinion.mine.title")), Said: h.opinionSaid(r), Wrong: bad, On: mine.On, Action: h.to("me", "answers"), Me: h.to("me"),
	}
	if h.answers() {
		p.Vote = h.to("vote")
	}
	lines := mine.Lines
	if len(lines) > answersAtOnce {
		lines = lines[:answersAtOnce]
		p.More = withQuery(h.to("me", "answers"), "after", itemNumber(lines[len(lines)-1].Statement.ID))
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, h.answerRow(l))
	}
	return s.show(w, r, code, "answers", p)
}

func (h *hall) answerRow(l opinion.HistoryLine) answerRow {
	w := h.words
	row := answerRow{
		saying: h.saying(l.Statement.Contribution), Own: h.ownAnswer(l.Answer), At: dayOf(w, h.visit, l.Answer.At), Waits: !l.Answer.Counts,
		Told: h.tellings(l.Statement.Told), Withdraw: h.toStatement(l.Statement.ID, "unvote"), Closed: l.Statement.Closed,
	}
	for _, g := range l.Answer.Guesses {
		x := guessRow{Side: h.side(g.About), Words: w.T("opinion.mine.guess", "Of10", g.Of10)}
		if f := l.Statement.Told.Figures(opinion.Group(g.About)); f != nil {
			x.Said = h.figureSentence(*f)
		}
		row.Guesses = append(row.Guesses, x)
	}
	return row
}

// keepAnswers switches the list on or off.
func (s *Server) keepAnswers(w http.ResponseWriter, r *http.Request) error {
	h, on := hallOf(r), r.PostFormValue("on") == "yes"
	err := s.Store.KeepHistory(context.WithoutCancel(r.Context()), h.person(), h.d.ID, on, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showAnswers(w, r, code, bad)
	}
	said := "list-off"
	if on {
		said = "list-on"
	}
	return seeOther(w, r, h.to("me", "answers"), said)
}
