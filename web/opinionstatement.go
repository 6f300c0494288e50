package web

import (
	"context"
	"net/http"
	"slices"

	"parley/dialogue"
	"parley/fault"
	"parley/notice"
	"parley/opinion"
	"parley/writing"
)

// statementPage is one statement with everything that may be told about it.
type statementPage struct {
	Layout
	Wrong   wrongs
	Said    string
	Text    textView // its words, author, translations and what the reader may do
	Place   *matter
	Closed  bool
	Silent  string
	Next    string
	Told    *toldView
	Gaps    []gapRow
	Shared  []sharedView // of each side the reasons for and against that helped most
	More    []sharedView
	Own     *ownAnswer // nil: the reader answers nothing here
	Cannot  *hindrance
	Reason  reasonForm
	Reasons bool // the reader has answered, and so may say why
	Became  []matter
	Follow  *followForm
	Thread  threadView
	Close   string // where those who steer end the answering; empty for others
	List    string
	Knowing string
}

// ownAnswer is the reader's answer with the form that changes it.
type ownAnswer struct {
	Words    string // empty: not answered
	Choices  []choiceButton
	Matters  bool
	Waits    bool // not counted until the card asks
	Action   string
	Withdraw string
	Fixed    bool // answering has ended
}

func (s *Server) statement(w http.ResponseWriter, r *http.Request) error {
	return s.showStatement(w, r, http.StatusOK, nil)
}

// showStatement shows it; typed changes what a form that was refused had in it.
func (s *Server) showStatement(w http.ResponseWriter, r *http.Request, code int, typed func(*statementPage)) error {
	h := hallOf(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	st, err := s.Store.Statement(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return err
	}
	p := statementPage{Text: h.text(st.Contribution), Closed: st.Closed, List: h.to("statements"), Knowing: h.to("knowing"), Said: h.opinionSaid(r)}
	title := p.Text.Shown.Title
	if title == "" {
		title = h.words.T("opinion.one.title", "Number", itemNumber(n))
	}
	p.Layout = s.hallLayout(r, h, "statements", title)
	if p.Place, err = s.place(r, h, st.Under); err != nil {
		return err
	}
	_, p.Silent, p.Next = h.standing(*st)
	if p.Told = h.tellings(st.Told); p.Told != nil {
		p.Told.drawn(h, "told", title)
		p.Gaps = h.gapRows(st.Told.Gaps)
	}
	h.ownPart(&p, *st)
	if err := s.reasonPart(r, h, &p, *st); err != nil {
		return err
	}
	if err := s.talkPart(r, h, &p, *st); err != nil {
		return err
	}
	if h.may(dialogue.Steer) {
		p.Close = h.toStatement(n, "close")
	}
	if typed != nil {
		typed(&p)
	}
	return s.show(w, r, code, "statement", p)
}

// talkPart is the page of comments that the address asks for.
func (s *Server) talkPart(r *http.Request, h *hall, p *statementPage, st opinion.Statement) error {
	thread, err := s.loadThread(r, h, h.person(), st.ID)
	if err != nil {
		return err
	}
	p.Thread = s.threadView(r, h, &subject{text: st.Contribution, thread: thread}, h.toStatement(st.ID))
	p.Thread.Closed = st.State != writing.Shown
	if p.Became, err = s.became(r, h, st); err != nil || h.Entrance.Standing.Member == "" {
		return err
	}
	own, err := s.Store.Reading(r.Context(), h.d.ID, h.Entrance.Standing.Member, st.ID, st.ID, st.ID)
	p.Follow = s.followForm(h, st.ID, notice.Level(own.Level), h.toStatement(st.ID))
	return err
}

// ownPart is the reader's own answer, or why they have none.
func (h *hall) ownPart(p *statementPage, st opinion.Statement) {
	if st.State != writing.Shown {
		return
	}
	err := h.May(dialogue.Vote)
	if err == nil && st.Mine == nil {
		key := "opinion.neutral"
		if !h.neutral() {
			key = "opinion.tick"
		}
		err = fault.New(fault.Denied, key, "no voter")
	}
	if st.Mine == nil || err != nil && st.Mine.Choice == "" {
		p.Cannot = h.hindered(err)
		return
	}
	own := &ownAnswer{
		Choices: h.choices(st.Mine.Choice), Matters: st.Mine.Matters, Action: h.toStatement(st.ID, "vote"), Fixed: st.Closed || err != nil,
	}
	if st.Mine.Choice != "" {
		own.Words, own.Withdraw, own.Waits = h.ownAnswer(*st.Mine), h.toStatement(st.ID, "unvote"), !st.Mine.Counts
	}
	p.Own = own
}

// reasonPart fills in what people say about why, where something is told to the
// reader, and the reader's own words.
func (s *Server) reasonPart(r *http.Request, h *hall, p *statementPage, st opinion.Statement) (err error) {
	if st.Mine != nil && st.Mine.Choice != "" && h.may(dialogue.Vote) {
		p.Reasons = true
		if p.Reason, err = s.reasonForm(r, h, st, "statement"); err != nil {
			return err
		}
		p.Reason.Wrong = ""
	}
	if st.Told == nil {
		return nil
	}
	list, err := s.Store.Reasons(r.Context(), h.person(), h.d.ID, st.ID)
	if err != nil {
		return err
	}
	for _, side := range h.sides {
		var before opinion.Choice
		for _, one := range list {
			if one.Side != side.ID {
				continue
			}
			if one.Choice != before && one.Choice != opinion.Pass {
				p.Shared = append(p.Shared, h.sharedView(one))
			} else {
				p.More = append(p.More, h.sharedView(one))
			}
			before = one.Choice
		}
	}
	return nil
}

// voteOnPage keeps an answer that was given on the statement's own page: it is
// counted once the card asks for it.
func (s *Server) voteOnPage(w http.ResponseWriter, r *http.Request) error {
	h, b := hallOf(r), ballotFrom(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	if !slices.Contains(opinion.Choices, b.Choice) {
		return s.badStatement(w, r, http.StatusBadRequest, wrongs{{"choices", h.words.T("opinion.card.choose")}})
	}
	b.Token = ""
	err = s.Store.CastVote(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, b, s.Now())
	return s.ofStatement(w, r, h, n, "answered", err)
}

func (s *Server) badStatement(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	return s.showStatement(w, r, code, func(p *statementPage) { p.Wrong = bad })
}

// ofStatement leads back to the statement after a deed, or shows it with what was
// wrong.
func (s *Server) ofStatement(w http.ResponseWriter, r *http.Request, h *hall, n writing.ID, said string, err error) error {
	if err == nil {
		to := h.toStatement(n)
		if r.PostFormValue("back") == "mine" {
			to = h.to("me", "answers")
		}
		return seeOther(w, r, to, said)
	}
	bad, code, err := s.mistaken(h.lang, err, fieldBy())
	if err != nil {
		return err
	}
	return s.badStatement(w, r, code, bad)
}

func (s *Server) unvote(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	err = s.Store.WithdrawVote(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, s.Now())
	return s.ofStatement(w, r, h, n, "withdrawn", err)
}

func (s *Server) closeStatement(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	closed := r.PostFormValue("closed") == "yes"
	said := "reopened"
	if closed {
		said = "closed"
	}
	return s.ofStatement(w, r, h, n, said, s.Store.CloseStatement(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, closed, s.Now()))
}

// became is what became of a statement: what it stands under, and where it is
// spoken of.
func (s *Server) became(r *http.Request, h *hall, st opinion.Statement) ([]matter, error) {
	var out []matter
	place, err := s.place(r, h, st.Under)
	if err != nil {
		return nil, err
	}
	if place != nil {
		place.Title = Phrase{Words: h.words.T("opinion.became.under", "Title", place.Title.Words), Lang: place.Title.Lang}
		out = append(out, *place)
	}
	talk := h.words.T("opinion.became.silent")
	if st.Comments > 0 {
		talk = h.words.N("opinion.became.talk", st.Comments)
	}
	return append(out, matter{Title: Phrase{Words: talk}, Address: h.toStatement(st.ID) + "#comments"}), nil
}
