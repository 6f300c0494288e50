package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// expectView asks what the reader expects of one other side, before they see
// what that side says here.
type expectView struct {
	saying
	Own    string // the reader's answer, in words
	Side   Side
	Ask    string
	Count  string // "1 of 2"; empty where there is one side to ask about
	Most   int
	Steps  []int // 0 … Most
	Under  string
	Action string
	Change string
	More   bool // other sides are still to come
}

// ofHowMany is out of how many people somebody says what they expect.
const ofHowMany = 10

// resultView is what the reader is shown after their own answer.
type resultView struct {
	saying
	Own    string
	About  []aboutView
	Reason reasonForm
	Became []matter // what it stands under and where it is spoken of
	Change string
	Next   string
}

// aboutView is the result for one side, with the reasons that come first where
// it is worse than the reader expected.
type aboutView struct {
	Side     Side
	Told     *figureRow // nil: not told yet
	Guess    string     // "You expected 4 of ten."; empty: skipped
	Middle   string
	Worse    bool
	Reasons  []sharedView
	NoReason string
}

// sharedView is why somebody answers so, without their name.
type sharedView struct {
	Lead     string // "A participant of this side who agrees:"
	Words    prose
	Original *prose
	Source   string
	Text     textView // what readers found of it, and what they may do with it
}

// reasonForm is where the reader says why they answer so.
type reasonForm struct {
	Words   string
	Lang    string
	Given   bool
	Wrong   string
	Most    int
	Action  string
	Back    string // "vote" or "statement": where the form leads
	Cordial *cordial
	Place   string // of the draft
	Drafts  string // where drafts are kept
}

// nextStep fills in what comes after an answer: the next side of which the reader
// has not said what they expect, or the result. It leads to the statement's page
// where they have not answered it.
func (s *Server) nextStep(w http.ResponseWriter, r *http.Request, h *hall, p *votePage, n writing.ID) (done bool, err error) {
	st, err := s.Store.Statement(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return false, err
	}
	if st.Mine == nil || st.Mine.Choice == "" {
		http.Redirect(w, r, h.toStatement(n), http.StatusSeeOther)
		return true, nil
	}
	asked := h.otherSides()
	open := slices.DeleteFunc(slices.Clone(asked), func(x Side) bool { return st.Mine.Settled(x.ID) })
	if len(open) > 0 {
		p.Step = h.expectView(*st, open, len(asked), p.Under)
		return false, nil
	}
	p.Result, err = s.resultView(r, h, *st, p.Under)
	return false, err
}

func (h *hall) expectView(st opinion.Statement, open []Side, all int, under string) *expectView {
	w := h.words
	v := &expectView{
		saying: h.saying(st.Contribution), Own: h.ownAnswer(*st.Mine), Side: open[0], Most: ofHowMany, Under: under,
		Ask: w.T("opinion.step.ask", "Side", open[0].Name.Words), Action: h.toStatement(st.ID, "expect"), Change: h.toStatement(st.ID), More: len(open) > 1,
	}
	for n := range ofHowMany + 1 {
		v.Steps = append(v.Steps, n)
	}
	if all > 1 {
		v.Count = w.T("opinion.step.count", "At", all-len(open)+1, "Of", all)
	}
	return v
}

// ownAnswer is the reader's own answer in a sentence.
func (h *hall) ownAnswer(a opinion.Answer) string {
	out := h.words.T("opinion.own." + string(a.Choice))
	if a.Matters {
		out += " " + h.words.T("opinion.own.matters")
	}
	return out
}

// expect keeps what the reader expects of a side, or that they would rather not
// say.
func (s *Server) expect(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	ctx, about := context.WithoutCancel(r.Context()), dialogue.SideID(r.PostFormValue("about"))
	next := withUnder(withQuery(h.to("vote"), "of", itemNumber(n)), r.PostFormValue("under"))
	of10, odd := strconv.Atoi(r.PostFormValue("of10"))
	switch skip := r.PostFormValue("skip"); {
	case skip == "all":
		err = s.skipAll(r, h, n)
	case skip != "":
		err = s.Store.SkipExpecting(ctx, h.person(), h.d.ID, n, about, s.Now())
	case odd != nil || of10 < 0 || of10 > ofHowMany:
		r.Form.Set("of", itemNumber(n))
		return s.showVote(w, r, http.StatusBadRequest, wrongs{{"of10-0", h.words.T("opinion.step.choose")}})
	default:
		err = s.Store.Expect(ctx, h.person(), h.d.ID, n, about, of10, s.Now())
	}
	if err != nil {
		r.Form.Set("of", itemNumber(n))
		return s.refusedVote(w, r, h, err)
	}
	return seeOther(w, r, next, "")
}

// skipAll skips every side that is still to be asked about.
func (s *Server) skipAll(r *http.Request, h *hall, n writing.ID) error {
	st, err := s.Store.Statement(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return err
	}
	for _, side := range h.otherSides() {
		if st.Mine != nil && st.Mine.Settled(side.ID) {
			continue
		}
		if err := s.Store.SkipExpecting(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, side.ID, s.Now()); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) resultView(r *http.Request, h *hall, st opinion.Statement, under string) (*resultView, error) {
	res, err := s.Store.Result(r.Context(), h.person(), h.d.ID, st.ID)
	if err != nil {
		return nil, err
	}
	v := &resultView{
		saying: h.saying(st.Contribution), Own: h.ownAnswer(*st.Mine), Change: h.toStatement(st.ID), Next: withUnder(h.to("vote"), under),
	}
	for _, a := range res.About {
		v.About = append(v.About, h.aboutView(a))
	}
	if v.Reason, err = s.reasonForm(r, h, st, "vote"); err != nil {
		return nil, err
	}
	v.Became, err = s.became(r, h, st)
	return v, err
}

func (h *hall) aboutView(a opinion.ResultAbout) aboutView {
	w := h.words
	v := aboutView{Side: h.side(a.Side), Worse: a.Worse && len(a.Reasons) > 0}
	if a.Guess != nil {
		v.Guess = w.T("opinion.result.guess", "Of10", a.Guess.Of10)
	}
	if a.Figures == nil {
		return v
	}
	row := h.figureRow(*a.Figures, &v.Side)
	v.Told = &row
	if a.Middle >= 0 {
		v.Middle = w.T("opinion.result.middle", "Of10", halves(a.Middle))
	}
	for _, one := range a.Reasons {
		v.Reasons = append(v.Reasons, h.sharedView(one))
	}
	if len(a.Reasons) == 0 {
		v.NoReason = w.T("opinion.result.no-reason")
	}
	return v
}

// sharedView is a reason as the reader gets it.
func (h *hall) sharedView(one opinion.Shared) sharedView {
	x := h.saying(one.Contribution)
	v := sharedView{
		Lead: h.words.T("opinion.reason.by."+string(one.Choice), "Side", h.side(one.Side).Name.Words), Words: x.Background, Source: x.Source,
		Text: h.text(one.Contribution),
	}
	if x.Original != nil {
		v.Original = &x.Beside
	}
	if one.Mine { // it has its own form
		v.Text.Deeds, v.Text.Withdraw = nil, ""
	}
	return v
}

// reasonForm is the reader's reason with the words that they gave before.
func (s *Server) reasonForm(r *http.Request, h *hall, st opinion.Statement, back string) (reasonForm, error) {
	f := reasonForm{Most: writing.MaxReason, Lang: h.lang, Action: h.toStatement(st.ID, "reason"), Back: back, Place: "reason:" + itemNumber(st.ID), Drafts: h.to("drafts")}
	drafts, err := s.Store.Drafts(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return f, err
	}
	for _, d := range drafts {
		if d.Place == f.Place && d.Fields["reason"] != "" {
			f.Words, f.Lang = d.Fields["reason"], h.written(d.Fields["lang"])
		}
	}
	if st.Mine == nil || st.Mine.Reason == 0 {
		return f, nil
	}
	c, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, st.Mine.Reason)
	if err != nil {
		return f, err
	}
	if f.Given = true; f.Words == "" {
		f.Words, f.Lang = c.Body, c.Lang
	}
	return f, nil
}

// giveReason keeps why the reader answers so; an empty one takes it back.
func (s *Server) giveReason(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := statementNumber(r)
	if err != nil {
		return err
	}
	words, lang := r.PostFormValue("reason"), h.written(r.PostFormValue("lang"))
	again := func(code int, bad string, warm *cordial) error {
		return s.showStatement(w, r, code, func(p *statementPage) {
			p.Reason.Words, p.Reason.Lang, p.Reason.Wrong, p.Reason.Cordial = words, lang, bad, warm
			p.Reason.Back = r.PostFormValue("back")
			if bad != "" {
				p.Wrong = wrongs{{"reason", bad}}
			}
		})
	}
	if warm := cordialOf(r, words); warm != nil {
		return again(http.StatusOK, "", warm)
	}
	if _, err = s.Store.GiveReason(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, lang, words, s.Now()); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return again(code, bad[0].Words, nil)
	}
	if err := s.dropDraft(context.WithoutCancel(r.Context()), h, "reason:"+itemNumber(n)); err != nil {
		s.Log.Error("drop draft", "id", requestID(r), "error", err)
	}
	to := h.toStatement(n)
	if r.PostFormValue("back") == "vote" {
		to = withQuery(h.to("vote"), "of", itemNumber(n))
	}
	said := "reason"
	if words == "" {
		said = "no-reason"
	}
	return seeOther(w, r, to, said)
}

// written is the language in which somebody says that they write: one of the
// dialogue's, else that of the page.
func (h *hall) written(lang string) string {
	if slices.Contains(h.d.Languages, lang) {
		return lang
	}
	return h.lang
}
