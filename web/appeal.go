package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"parley/moderation"
)

// appealPage asks another moderator to look again, and says what came of it.
type appealPage struct {
	Layout
	Said      string
	Wrong     wrongs
	Words     wordsView
	Decisions []decisionView
	Asked     string // when the appeal was made; empty: none was
	Answered  bool
	Text      string
	May       bool
	Until     string // until when an appeal is possible, or that it is not
	Most      int
	Action    string
	Log       string
}

func (s *Server) appealForm(w http.ResponseWriter, r *http.Request) error {
	return s.showAppeal(w, r, http.StatusOK, nil)
}

func (s *Server) showAppeal(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h, n, lang := hallOf(r), itemOf(r), r.FormValue("lang")
	c, err := s.Store.CaseOf(r.Context(), h.person(), h.d.ID, n, lang)
	if err != nil {
		return err
	}
	p := appealPage{
		Layout: s.hallLayout(r, h, "", h.words.T("moderation.appeal.title")), Wrong: bad, Decisions: h.decisions(c.Earlier, c.Decision, c.Appeal),
		Text: r.PostFormValue("text"), Most: moderation.MaxReport, Action: inLang(h.toItem(n, "appeal"), lang), Log: h.lineAddress(c.Number),
	}
	p.Words, _ = h.wordsOf(c.Of, lang)
	p.Said = p.said(r)
	end := c.Decision.At.Add(moderation.AppealWithin)
	switch a := c.Appeal; {
	case a != nil:
		p.Asked, p.Answered, p.Text = h.words.T("moderation.appeal.asked", "Date", dayOf(h.words, h.visit, a.At)), a.Decision != nil, a.Text
	case c.Decision.Verdict == moderation.Keep:
		p.Until = h.words.T("moderation.nothing-to-appeal")
	case s.Now().After(end):
		p.Until = h.words.T("moderation.appeal-late")
	default:
		p.May, p.Until = true, h.words.T("moderation.appeal.until", "Date", dayOf(h.words, h.visit, end.Add(-time.Second)))
	}
	return s.show(w, r, code, "appeal", p)
}

func (s *Server) sendAppeal(w http.ResponseWriter, r *http.Request) error {
	h, n, lang := hallOf(r), itemOf(r), r.FormValue("lang")
	c, err := s.Store.CaseOf(r.Context(), h.person(), h.d.ID, n, lang)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(r.PostFormValue("text"))
	if err := s.Store.AskAgain(context.WithoutCancel(r.Context()), h.person(), h.d.ID, c.Number, text, s.Now()); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("length", "text"))
		if err != nil {
			return err
		}
		return s.showAppeal(w, r, code, bad)
	}
	return seeOther(w, r, inLang(h.toItem(n, "appeal"), lang), "appealed")
}

// sanctionView is what keeps somebody from writing, as they read it.
type sanctionView struct{ Words, Reason, Text, Lang, Log, LogName, Appeal, AppealName string }

func (s *Server) sanctionsOf(r *http.Request, h *hall) ([]sanctionView, error) {
	list, err := s.Store.MySanctions(r.Context(), h.person(), h.d.ID, s.Now())
	if err != nil {
		return nil, err
	}
	var out []sanctionView
	for _, one := range list {
		out = append(out, sanctionView{
			Words: h.words.T("moderation.me.until", "Date", moment(h.words, h.visit, one.Until)), Reason: h.words.T("moderation.reason." + string(one.Reason)),
			Text: one.Text, Lang: one.In, Log: h.lineAddress(one.Case), LogName: h.words.T("moderation.appeal.log"),
			Appeal: inLang(h.toItem(one.Of, "appeal"), one.Lang), AppealName: h.words.T("moderation.appeal.title"),
		})
	}
	return out, nil
}
