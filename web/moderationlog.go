package web

import (
	"net/http"
	"strconv"

	"parley/dialogue"
	"parley/moderation"
	"parley/writing"
)

// moderationPage is the public log of moderation, and how the process has served
// each side.
type moderationPage struct {
	Layout
	Said    string
	Rules   []string // that hold now
	Lines   []logLine
	More    string
	Balance balanceView
	Desk    string // the queue, for those who decide; empty for others
}

// logLine is one line of the log.
type logLine struct {
	ID, Number string
	What       string
	Address    string // where it stood; empty where that cannot be read
	Case       string // where moderators read it whole; empty for others
	Why        string
	Opened     string
	Waited     string // how long until the first decision, or that it waits
	Decisions  []decisionView
	Appeal     string // that one waits
	Rules      []string
	Reason     string // why the rules were changed, in Lang
	Lang       string
}

// balanceView are the figures of the process by group.
type balanceView struct {
	Note   string
	AsOf   string
	Groups []balanceRow
	Uneven string
}

// balanceRow is one group; words stand where there is too little to tell.
type balanceRow struct {
	Side                             *Side
	Group                            string
	Cases, Waited, Appeals, Reversed string
}

func (s *Server) moderationLog(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	lines, err := s.Store.ModerationLog(r.Context(), h.person(), h.d.ID, max(before, 0), pageOfLines)
	if err != nil {
		return err
	}
	rules, err := s.Store.ModerationRules(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	balance, err := s.Store.Balance(r.Context(), h.person(), h.d.ID, s.Now())
	if err != nil {
		return err
	}
	p := moderationPage{Layout: s.hallLayout(r, h, "moderation", h.words.T("moderation.title")), Balance: h.balanceView(balance)}
	p.Said = p.said(r)
	if !rules.SlowAt(s.Now()) {
		rules.Slow = 0
	}
	p.Rules = h.ruleWords(rules)
	for _, l := range lines {
		p.Lines = append(p.Lines, h.logLine(l))
	}
	if len(lines) == pageOfLines {
		p.More = withQuery(h.to("moderation"), "before", strconv.FormatInt(lines[len(lines)-1].Number, 10))
	}
	if h.may(dialogue.Moderate) {
		p.Desk = h.to("desk", "moderation")
	}
	return s.show(w, r, http.StatusOK, "moderation", p)
}

// lineAddress is where a line of the log stands.
func (h *hall) lineAddress(number int64) string {
	return withQuery(h.to("moderation"), "before", strconv.FormatInt(number+1, 10)) + "#case-" + strconv.FormatInt(number, 10)
}

func (h *hall) logLine(l moderation.Line) logLine {
	number := strconv.FormatInt(l.Number, 10)
	v := logLine{ID: "case-" + number, Number: number, Opened: dayOf(h.words, h.visit, l.OpenedAt)}
	if l.Rules != nil {
		v.What, v.Rules = h.words.T("moderation.log.rules"), h.ruleWords(*l.Rules)
		v.Reason, v.Lang = l.Rules.Text, l.Rules.Lang
		return v
	}
	v.What, v.Why, v.Address = h.thing(l.Kind, l.Of, l.Lang), h.words.T("moderation.why."+string(l.Why)), h.stood(l)
	if h.may(dialogue.Moderate) {
		v.Case = h.to("desk", "moderation", number)
	}
	v.Decisions = h.decisions(l.Earlier, l.Decision, l.Appeal)
	v.Waited = h.words.T("moderation.log.open")
	if l.Waited > 0 || l.Decision != nil && !l.Decision.Waits {
		v.Waited = h.words.T("moderation.log.waited", "Span", span(h.words, l.Waited))
	}
	if l.Appeal != nil && l.Appeal.Decision == nil {
		v.Appeal = h.words.T("moderation.log.appealed", "Date", dayOf(h.words, h.visit, l.Appeal.At))
	}
	return v
}

// stood leads to where something stands or stood; empty where that is nowhere.
func (h *hall) stood(l moderation.Line) string {
	switch {
	case l.Readable:
		return h.toItem(l.Of)
	case l.Root != 0 && l.Root != l.Of:
		return h.toItem(l.Root)
	case l.Root == 0 && l.Kind == writing.Comment:
		return h.to("comments")
	}
	return ""
}

// ruleWords say how strictly the forum is kept.
func (h *hall) ruleWords(rules moderation.Rules) []string {
	out := []string{h.words.T("moderation.rules.none")}
	if rules.Premoderate > 0 {
		out[0] = h.words.N("moderation.rules.newcomers", rules.Premoderate)
	}
	if rules.Slow > 0 {
		out = append(out, h.words.T("moderation.rules.slowed", "Wait", h.words.N("moderation.wait.between", int(rules.Slow.Minutes())),
			"Date", moment(h.words, h.visit, rules.SlowUntil)))
	} else {
		out = append(out, h.words.T("moderation.rules.fast"))
	}
	return out
}

func (h *hall) balanceView(b *moderation.Balance) balanceView {
	v := balanceView{Note: h.words.T("moderation.balance.note"), AsOf: h.words.T("moderation.balance.as-of", "Date", h.words.Date(b.AsOf.Format("2006-01-02")))}
	few := h.words.T("moderation.balance.few")
	number := func(n int) string {
		if n < 0 {
			return few
		}
		return h.words.Number(n)
	}
	for _, g := range b.Sides {
		row := balanceRow{Cases: few, Waited: few, Appeals: number(g.Appeals), Reversed: number(g.Reversed)}
		if g.Cases > 0 {
			row.Cases = h.words.Number(g.Cases)
		}
		if g.Waited > 0 {
			row.Waited = span(h.words, g.Waited)
		}
		if g.Group == "several" || g.Group == "none" {
			row.Group = h.words.T("room.group." + g.Group)
		} else {
			side := h.side(dialogue.SideID(g.Group))
			row.Side = &side
		}
		v.Groups = append(v.Groups, row)
	}
	h.order(v.Groups)
	if u := b.Uneven; u != nil {
		v.Uneven = h.words.T("moderation.balance.uneven", "Least", u.Least, "Most", u.Most)
	}
	return v
}

// order puts the sides as the reader's alphabet has them; groups stand last.
func (h *hall) order(rows []balanceRow) {
	at := 0
	for _, side := range h.sides {
		for i := at; i < len(rows); i++ {
			if rows[i].Side != nil && rows[i].Side.ID == side.ID {
				rows[at], rows[i] = rows[i], rows[at]
				at++
				break
			}
		}
	}
}
