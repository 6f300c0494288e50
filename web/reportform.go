package web

import (
	"context"
	"net/http"
	"strconv"

	"parley/account"
	"parley/dialogue"
	"parley/moderation"
)

// reportFormPage tells the moderators about something.
type reportFormPage struct {
	Layout
	Wrong   wrongs
	Words   wordsView
	Reasons []option
	Text    string
	Most    int
	Action  string
	TakeUp  string // where a moderator opens the case without a report; empty for others
	Back    string
}

func (s *Server) reportForm(w http.ResponseWriter, r *http.Request) error {
	return s.showReport(w, r, http.StatusOK, "", nil)
}

func (s *Server) showReport(w http.ResponseWriter, r *http.Request, code int, reason moderation.Reason, bad wrongs) error {
	h, n, lang := hallOf(r), itemOf(r), r.FormValue("lang")
	c, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return err
	}
	words, ok := h.wordsOf(c, lang)
	if !ok {
		return errMissing
	}
	p := reportFormPage{
		Layout: s.hallLayout(r, h, "", h.words.T("moderation.report.title")), Wrong: bad, Words: words, Text: r.PostFormValue("text"),
		Most: moderation.MaxReport, Action: inLang(h.toItem(n, "report"), lang), Back: h.toItem(n),
	}
	for _, one := range moderation.Reasons {
		if one != moderation.Mistrans || lang != "" {
			p.Reasons = append(p.Reasons, option{Value: string(one), Words: h.words.T("moderation.reason." + string(one)), Chosen: one == reason})
		}
	}
	if h.may(dialogue.Moderate) {
		p.TakeUp = inLang(h.toItem(n, "moderate"), lang)
	}
	return s.show(w, r, code, "report-form", p)
}

// inLang is the address of a page about a translation.
func inLang(address, lang string) string {
	if lang == "" {
		return address
	}
	return withQuery(address, "lang", lang)
}

func (s *Server) sendReport(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if err := s.paceIn(h, "report", account.RateReport); err != nil {
		return err
	}
	report := moderation.NewReport{Of: itemOf(r), Lang: r.FormValue("lang"), Reason: moderation.Reason(r.PostFormValue("reason")), Text: r.PostFormValue("text")}
	if err := s.Store.Report(context.WithoutCancel(r.Context()), h.person(), h.d.ID, report, s.Now()); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("reason", "reason-"+string(moderation.Reasons[0]), "text", "text"))
		if err != nil || code == http.StatusNotFound {
			return errMissing
		}
		return s.showReport(w, r, code, report.Reason, bad)
	}
	return seeOther(w, r, h.to("moderation"), "reported")
}

// takeUp opens a case for a moderator, who may then decide it; a report of their
// own would keep them from it.
func (s *Server) takeUp(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	number, err := s.Store.TakeUp(context.WithoutCancel(r.Context()), h.person(), h.d.ID, itemOf(r), r.FormValue("lang"), s.Now())
	if err != nil {
		return err
	}
	return seeOther(w, r, h.to("desk", "moderation", strconv.FormatInt(number, 10)), "")
}
