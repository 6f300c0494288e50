package web

import (
	"net/http"
	"strconv"
	"time"

	"parley/dialogue"
	"parley/i18n"
	"parley/moderation"
	"parley/writing"
)

// registerModeration lists the addresses of reports, the queue and the public log.
func (s *Server) registerModeration() {
	s.get(dialogue.Report, "/{lang}/{dialogue}/item/{item}/report", s.reportForm)
	s.post(dialogue.Report, "/{lang}/{dialogue}/item/{item}/report", s.sendReport)
	s.post(dialogue.Moderate, "/{lang}/{dialogue}/item/{item}/moderate", s.takeUp)
	s.get(dialogue.Appeal, "/{lang}/{dialogue}/item/{item}/appeal", s.appealForm)
	s.post(dialogue.Appeal, "/{lang}/{dialogue}/item/{item}/appeal", s.sendAppeal)
	s.get(dialogue.Read, "/{lang}/{dialogue}/moderation", s.moderationLog)
	s.get(dialogue.Moderate, "/{lang}/{dialogue}/desk/moderation", s.moderationQueue)
	s.post(dialogue.Moderate, "/{lang}/{dialogue}/desk/moderation", s.changeModerationRules)
	s.get(dialogue.Moderate, "/{lang}/{dialogue}/desk/moderation/{case}", s.moderationCase)
	s.post(dialogue.Moderate, "/{lang}/{dialogue}/desk/moderation/{case}", s.decideCase)
}

// itemOf is the number of the contribution that the address names; no number is
// 0, which nothing has.
func itemOf(r *http.Request) writing.ID {
	n, _ := strconv.ParseInt(r.PathValue("item"), 10, 64)
	return writing.ID(max(n, 0))
}

// wordsView is somebody's words on a page about them.
type wordsView struct {
	Name  string // "Comment #14"
	Title string
	Text  prose
	Lang  string
}

// wordsOf are the words of a contribution, or of its translation into lang; false
// where they cannot be read.
func (h *hall) wordsOf(c writing.Contribution, lang string) (wordsView, bool) {
	v := wordsView{Name: h.thing(c.Kind, c.ID, lang), Title: c.Title, Text: prose{h.linked(c.HTML), c.Lang}, Lang: c.Lang}
	if lang == "" {
		return v, c.ID != 0
	}
	t := c.In(lang)
	if t == nil {
		return v, false
	}
	v.Title, v.Text, v.Lang = t.Title, prose{h.linked(t.HTML), t.Lang}, t.Lang
	return v, true
}

// thing names a contribution by kind and number, or a translation of it.
func (h *hall) thing(kind writing.Kind, n writing.ID, lang string) string {
	name := h.words.T("moderation.kind."+string(kind), "Number", int64(n))
	if lang == "" {
		return name
	}
	return h.words.T("moderation.kind.translation", "Of", name, "Language", languageName(lang))
}

// decisionView is a decision as everybody may read it.
type decisionView struct {
	Words  string // what was decided, when, by whom in which role
	Reason string
	Text   string
	Lang   string
	Until  string // the end of a sanction, in a sentence
}

func (h *hall) decisionView(d moderation.Decision, onAppeal bool) decisionView {
	key := "moderation.decided." + string(d.Verdict)
	switch {
	case onAppeal && d.Verdict == moderation.Keep:
		key = "moderation.decided.reversed"
	case onAppeal:
		key = "moderation.decided.upheld"
	case d.Waits:
		key = "moderation.decided.waits"
	case d.Alone:
		key = "moderation.decided.alone"
	}
	v := decisionView{
		Words: h.words.T(key, "Date", dayOf(h.words, h.visit, d.At), "Role", h.words.T("room.role."+string(d.Role))), Text: d.Text, Lang: d.Lang,
	}
	if d.Reason != "" && d.Verdict == moderation.Keep {
		v.Reason = h.words.T("moderation.decided.said", "Reason", h.words.T("moderation.reason."+string(d.Reason)))
	} else if d.Reason != "" {
		v.Reason = h.words.T("moderation.reason." + string(d.Reason))
	}
	if d.Sanction != nil {
		v.Until = h.words.T("moderation.decided.until", "Date", dayOf(h.words, h.visit, d.Sanction.Until))
	}
	return v
}

// decisions are those of a case in the order in which they were taken.
func (h *hall) decisions(earlier []moderation.Decision, d *moderation.Decision, a *moderation.Appeal) []decisionView {
	var out []decisionView
	for _, one := range earlier {
		out = append(out, h.decisionView(one, false))
	}
	if d == nil {
		return out
	}
	last := h.decisionView(*d, false)
	switch {
	case a == nil:
		return append(out, last)
	case a.Decision == nil:
		return append(out, last)
	case d.At.After(a.Decision.At): // taken back afterwards
		return append(out, h.decisionView(*a.Decision, true), last)
	}
	return append(out, last, h.decisionView(*a.Decision, true))
}

// span is a length of time in round words: hours up to two days, then days.
func span(w *i18n.Words, d time.Duration) string {
	hours := int((d + 30*time.Minute) / time.Hour)
	switch {
	case hours < 1:
		return w.T("moderation.span.short")
	case hours < 48:
		return w.N("moderation.span.hours", hours)
	}
	return w.N("moderation.span.days", (hours+12)/24)
}
