package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/dialogue"
	"parley/moderation"
	"parley/writing"
)

// queuePage is what waits for the moderators, and how strictly the forum is kept.
type queuePage struct {
	deskFrame
	Filters []NavItem
	Cases   []caseRow
	More    string
	Log     string
	Rules   []string
	Form    rulesForm
	Langs   []option
	Most    int
	Action  string
}

// caseRow is one case in the queue.
type caseRow struct{ Number, What, Why, Address, Waits, Reports, Barred string }

// rulesForm is how strictly the forum is kept, as it was typed.
type rulesForm struct{ Premoderate, Slow, Hours, Text, Lang string }

// whys are the filters of the queue.
var whys = []moderation.Why{"", moderation.Reported, moderation.Newcomer, moderation.Personal, moderation.Appealed}

func (s *Server) moderationQueue(w http.ResponseWriter, r *http.Request) error {
	return s.showQueue(w, r, http.StatusOK, nil, nil)
}

func (s *Server) showQueue(w http.ResponseWriter, r *http.Request, code int, form *rulesForm, bad wrongs) error {
	h := hallOf(r)
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	why := moderation.Why(r.URL.Query().Get("why"))
	if !slices.Contains(whys, why) {
		why = ""
	}
	cases, err := s.Store.Queue(r.Context(), h.person(), h.d.ID, why, max(after, 0), pageOfLines)
	if err != nil {
		return err
	}
	rules, err := s.Store.ModerationRules(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	if !rules.SlowAt(s.Now()) {
		rules.Slow = 0
	}
	p := queuePage{deskFrame: s.deskLayout(r, h, "moderation"), Log: h.to("moderation"), Rules: h.ruleWords(rules), Action: h.to("desk", "moderation")}
	p.Wrong = bad
	p.Form = rulesForm{Premoderate: strconv.Itoa(rules.Premoderate), Slow: strconv.Itoa(int(rules.Slow.Minutes()))}
	if form != nil {
		p.Form = *form
	}
	p.Langs, p.Most = h.spoken(p.Form.Lang), moderation.MaxDecision
	for _, one := range whys {
		item := NavItem{Name: h.words.T("moderation.queue.all"), Address: h.to("desk", "moderation"), Current: one == why}
		if one != "" {
			item.Name, item.Address = h.words.T("moderation.why."+string(one)), withQuery(item.Address, "why", string(one))
		}
		p.Filters = append(p.Filters, item)
	}
	for _, c := range cases {
		p.Cases = append(p.Cases, h.caseRow(c, s.Now()))
	}
	if len(cases) == pageOfLines {
		p.More = withQuery(h.to("desk", "moderation"), "after", strconv.FormatInt(cases[len(cases)-1].Number, 10))
		if why != "" {
			p.More = withQuery(p.More, "why", string(why))
		}
	}
	return s.show(w, r, code, "desk-moderation", p)
}

// casesWaiting says on the overview of the desk what waits for moderators.
func (s *Server) casesWaiting(r *http.Request, h *hall, p *deskPage) error {
	if !h.may(dialogue.Moderate) {
		return nil
	}
	n, since, err := s.Store.CasesWaiting(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		p.Queue, p.Judge = h.to("desk", "moderation"), h.words.N("moderation.desk.waiting", n, "Span", span(h.words, s.Now().Sub(since)))
	}
	return nil
}

func (h *hall) caseRow(c moderation.Case, now time.Time) caseRow {
	number := strconv.FormatInt(c.Number, 10)
	row := caseRow{
		Number: number, What: h.thing(c.Of.Kind, c.Of.ID, c.Lang), Why: h.words.T("moderation.why." + string(c.Why)),
		Address: h.to("desk", "moderation", number), Waits: h.words.T("moderation.queue.waits", "Span", span(h.words, now.Sub(c.Since))), Barred: h.barred(c),
	}
	if len(c.Reports) > 0 {
		row.Reports = h.words.N("moderation.queue.reports", len(c.Reports))
	}
	return row
}

// barred says why the visitor may not decide; empty: they may.
func (h *hall) barred(c moderation.Case) string {
	switch {
	case c.Nobody:
		return h.words.T("moderation.barred.nobody")
	case c.Barred != "":
		return h.words.T("moderation.barred." + c.Barred)
	}
	return ""
}

func (s *Server) changeModerationRules(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	form := rulesForm{
		strings.TrimSpace(r.PostFormValue("premoderate")), strings.TrimSpace(r.PostFormValue("slow")), strings.TrimSpace(r.PostFormValue("hours")),
		strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"), r.PostFormValue("lang")}
	now := s.Now()
	before, err := s.Store.ModerationRules(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	rules := moderation.Rules{Premoderate: intOf(form.Premoderate), Slow: time.Duration(intOf(form.Slow)) * time.Minute, SlowUntil: before.SlowUntil, Text: form.Text, Lang: form.Lang}
	switch {
	case form.Hours != "":
		rules.SlowUntil = now.Add(time.Duration(intOf(form.Hours)) * time.Hour)
	case rules.Slow > 0 && !before.SlowAt(now):
		rules.SlowUntil = now
	}
	if err := s.Store.SetModerationRules(context.WithoutCancel(r.Context()), h.person(), h.d.ID, rules, now); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("premoderate", "premoderate", "until", "hours", "slow", "slow", "text-missing", "text", "text-long", "text", "lang"))
		if err != nil {
			return err
		}
		return s.showQueue(w, r, code, &form, bad)
	}
	return seeOther(w, r, h.to("desk", "moderation"), "moderation-rules")
}

// casePage is one case with the form that decides it.
type casePage struct {
	deskFrame
	Number    string
	Words     wordsView
	Also      []wordsView // the same in other languages, or the original of a translation
	Gone      string      // why the words are not here
	Context   string      // where they stand or stood
	Opened    string
	Reports   []reportRow
	Decisions []decisionView
	Appeal    string // what the author says
	AppealAt  string
	Barred    string
	Verdicts  []option // empty: there is nothing to decide
	Reasons   []option
	Langs     []option
	Sanction  bool // the author may be kept from writing
	Shorten   bool // only shorter than now
	Days      string
	Final     bool // an appeal: nobody looks again afterwards
	Text      string
	Most      int
	Action    string
	Log       string
}

// reportRow is one report.
type reportRow struct{ Reason, Text, At string }

func (s *Server) moderationCase(w http.ResponseWriter, r *http.Request) error {
	return s.showCase(w, r, http.StatusOK, nil)
}

// caseNumber is the case that the address names; 0, which is none, where it
// names no number.
func caseNumber(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.PathValue("case"), 10, 64)
	return max(n, 0)
}

func (s *Server) showCase(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	c, err := s.Store.Case(r.Context(), h.person(), h.d.ID, caseNumber(r))
	if err != nil {
		return err
	}
	number := strconv.FormatInt(c.Number, 10)
	p := casePage{
		deskFrame: s.deskLayout(r, h, "moderation"), Number: number, Opened: moment(h.words, h.visit, c.OpenedAt), Barred: h.barred(*c),
		Decisions: h.decisions(c.Earlier, c.Decision, c.Appeal), Text: r.PostFormValue("text"), Days: r.PostFormValue("days"),
		Most: moderation.MaxDecision, Action: h.to("desk", "moderation", number), Log: h.lineAddress(c.Number),
	}
	p.Heading = h.words.T("moderation.case.title", "Number", number)
	p.Wrong = bad
	var readable bool
	if p.Words, readable = h.wordsOf(c.Of, c.Lang); !readable {
		p.Gone = h.words.T("moderation.case.gone")
	}
	p.Also, p.Final = h.otherWords(*c), c.Why == moderation.Appealed
	p.Context = h.context(*c)
	for _, one := range c.Reports {
		p.Reports = append(p.Reports, reportRow{h.words.T("moderation.reason." + string(one.Reason)), one.Text, moment(h.words, h.visit, one.At)})
	}
	if a := c.Appeal; a != nil {
		p.Appeal, p.AppealAt = a.Text, h.words.T("moderation.appeal.asked", "Date", dayOf(h.words, h.visit, a.At))
	}
	h.offer(&p, *c, r, s.Now())
	return s.show(w, r, code, "desk-case", p)
}

// otherWords are the words of a case in other languages: whoever decides may not
// read the one that it is about.
func (h *hall) otherWords(c moderation.Case) []wordsView {
	var out []wordsView
	if v, ok := h.wordsOf(c.Of, ""); ok && c.Lang != "" {
		out = append(out, v)
	}
	for _, t := range c.Of.Translations {
		if t.Lang != c.Lang && !t.Hid {
			v, _ := h.wordsOf(c.Of, t.Lang)
			out = append(out, v)
		}
	}
	return out
}

// context leads to where the words of a case stand, with what is around them.
func (h *hall) context(c moderation.Case) string {
	return h.stood(moderation.Line{Kind: c.Of.Kind, Of: c.Of.ID, Root: c.Root, Readable: c.Of.State == writing.Shown})
}

// offer puts into the form what can be decided now.
func (h *hall) offer(p *casePage, c moderation.Case, r *http.Request, now time.Time) {
	if p.Barred != "" || c.Of.ID == 0 || c.Of.State == writing.Removed && c.Why != moderation.Appealed {
		return
	}
	typed := r.PostFormValue("verdict")
	add := func(v moderation.Verdict, key string) {
		p.Verdicts = append(p.Verdicts, option{
			Value: string(v), Words: h.words.T("moderation.verdict." + key), Meaning: h.words.T("moderation.verdict." + key + ".hint"), Chosen: typed == string(v),
		})
	}
	switch d := c.Decision; {
	case c.Why == moderation.Appealed:
		add(d.Verdict, "uphold")
		add(moderation.Keep, "reverse")
		p.Sanction, p.Shorten = d.Sanction != nil && d.Sanction.Until.After(now), true
	case d == nil || d.Waits:
		add(moderation.Keep, "keep")
		add(moderation.Hide, "hide")
		if d == nil || d.ByMember != h.Entrance.Standing.Member {
			add(moderation.Remove, "remove")
		}
		p.Sanction = true
	case d.Verdict == moderation.Hide && now.Sub(d.At) <= moderation.UndoWithin:
		add(moderation.Keep, "undo")
	default:
		return
	}
	p.Reasons = choices(h.words, "moderation.reason.", moderation.Reasons, moderation.Reason(r.PostFormValue("reason")))
	if c.Decision != nil && typed == "" {
		for i := range p.Reasons {
			p.Reasons[i].Chosen = p.Reasons[i].Value == string(c.Decision.Reason)
		}
	}
	p.Langs = h.spoken(r.PostFormValue("lang"))
}

// spoken are the languages of the dialogue in which a reason can be written.
func (h *hall) spoken(chosen string) (out []option) {
	for _, l := range h.d.Languages {
		out = append(out, option{Value: l, Words: languageName(l), Chosen: l == chosen || chosen == "" && l == h.lang})
	}
	return out
}

func (s *Server) decideCase(w http.ResponseWriter, r *http.Request) error {
	h, now := hallOf(r), s.Now()
	d := moderation.Decision{
		Verdict: moderation.Verdict(r.PostFormValue("verdict")), Reason: moderation.Reason(r.PostFormValue("reason")),
		Text: strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"), Lang: r.PostFormValue("lang"),
	}
	if d.Verdict == moderation.Keep {
		d.Reason = ""
	}
	var until time.Time
	if days := strings.TrimSpace(r.PostFormValue("days")); days != "" && days != "0" {
		until = now.Add(time.Duration(intOf(days)) * 24 * time.Hour)
	}
	if err := s.Store.Decide(context.WithoutCancel(r.Context()), h.person(), h.d.ID, caseNumber(r), d, until, now); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("reason-missing", "reason", "text", "text", "verdict-missing", "verdict", "until", "days"))
		if err != nil || code == http.StatusNotFound {
			return errMissing
		}
		return s.showCase(w, r, code, bad)
	}
	return seeOther(w, r, h.to("desk", "moderation"), "decided")
}
