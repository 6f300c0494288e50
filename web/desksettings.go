package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
)

// settingsPage is everything that a convener decides about a dialogue, in one
// form, each text in all languages of the dialogue.
type settingsPage struct {
	deskFrame
	Naming     []textGroup // title and purpose: what it is about comes before how it is run
	Texts      []textGroup
	Rules      []option
	Admissions []option
	Rosters    []option
	Tongues    []option
	AsOf       string
	Budget     string
	Most       int
	Unlisted   bool
	Revision   int64
	Action     string
	Stale      bool // somebody else changed the settings meanwhile
}

// textGroup is one text with its boxes.
type textGroup struct {
	Name, Words, Hint string
	Boxes             []textBox
}

// longest of the texts, in runes; the store refuses what is longer.
const (
	maxTitle = 200
	maxText  = 20_000
)

// settingTexts are the texts of the form, in its order, by the name that faults
// give them.
func settingTexts(d *dialogue.Configured) []struct {
	Name string
	Text *i18n.Text
} {
	return []struct {
		Name string
		Text *i18n.Text
	}{
		{"title", &d.Title}, {"purpose", &d.Purpose}, {"operator", &d.Operator}, {"payer", &d.Payer}, {"country", &d.Country},
		{"readers", &d.Readers}, {"keeping", &d.Keeping}, {"limits", &d.Limits}, {"exit", &d.Exit}, {"contact", &d.Contact},
		{"host", &d.Host}, {"source", &d.Source},
	}
}

func (s *Server) settings(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	return s.showSettings(w, r, http.StatusOK, h.d, nil, false)
}

// showSettings shows the form with the settings d, which may be typed ones that
// were refused. Where they are stale, what stands now is told beside them.
func (s *Server) showSettings(w http.ResponseWriter, r *http.Request, code int, d dialogue.Configured, bad wrongs, isStale bool) error {
	h := hallOf(r)
	p := settingsPage{
		deskFrame: s.deskLayout(r, h, "settings"), AsOf: d.AsOf, Budget: strconv.Itoa(d.Budget), Most: dialogue.MaxBudget, Unlisted: d.Unlisted,
		Revision: d.Revision, Action: h.to("desk", "settings"), Stale: isStale,
	}
	p.Wrong = bad
	now := settingTexts(&h.d)
	for i, t := range settingTexts(&d) {
		most := maxText
		if t.Name == "title" {
			most = maxTitle
		}
		g := textGroup{t.Name, h.words.T("room.setting." + t.Name), h.words.T("room.setting." + t.Name + ".hint"), textBoxes(t.Name, *t.Text, d.Languages, most)}
		for k := range g.Boxes {
			b := &g.Boxes[k]
			b.Wrong = bad.Of(b.Name)
			if standing := (*now[i].Text)[b.Lang]; isStale && standing != b.Words {
				b.Now, b.NowLabel = standing, h.words.T("room.setting.now")
			}
		}
		if t.Name == "title" || t.Name == "purpose" {
			p.Naming = append(p.Naming, g)
		} else {
			p.Texts = append(p.Texts, g)
		}
	}
	p.Rules = choices(h.words, "web.rule.", dialogue.Rules, ruleOf(d))
	p.Admissions = choices(h.words, "room.admits.", dialogue.Admissions, admissionOf(d))
	p.Rosters = choices(h.words, "room.roster.", dialogue.Rosters, dialogue.Roster(rosterOf(d)))
	for _, l := range languagesOffered(h.d.Languages) {
		p.Tongues = append(p.Tongues, option{Value: l, Words: languageName(l), Chosen: slices.Contains(d.Languages, l)})
	}
	return s.show(w, r, code, "desk-settings", p)
}

// choices are the values of a scale with their words.
func choices[T ~string](words *i18n.Words, prefix string, values []T, chosen T) []option {
	var out []option
	for _, v := range values {
		out = append(out, option{Value: string(v), Words: words.T(prefix + string(v)), Chosen: v == chosen})
	}
	return out
}

// languagesOffered are those of the dialogue, then the others of the site.
func languagesOffered(has []string) []string {
	out := slices.Clone(has)
	for _, l := range i18n.Languages {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// changeSettings keeps what was typed, or shows it again with what is wrong.
func (s *Server) changeSettings(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	d := h.d
	d.Revision = revisionOf(r)
	d.Languages = slices.DeleteFunc(languagesOffered(h.d.Languages), func(l string) bool { return !slices.Contains(r.PostForm["language"], l) })
	d.AsOf, d.Unlisted = strings.TrimSpace(r.PostFormValue("as_of")), r.PostFormValue("unlisted") != ""
	d.Rule, d.Admission = dialogue.Rule(r.PostFormValue("rule")), dialogue.Admission(r.PostFormValue("admission"))
	d.Roster = dialogue.Roster(r.PostFormValue("roster"))
	d.Budget = -1
	if n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("budget"))); err == nil {
		d.Budget = n
	}
	for _, t := range settingTexts(&d) {
		*t.Text = textFrom(r, t.Name, d.Languages)
	}
	if d.Budget < 0 || d.Budget > dialogue.MaxBudget {
		bad := wrongs{{"budget", h.words.T("room.setting.budget.wrong", "Most", dialogue.MaxBudget)}}
		d.Budget = h.d.Budget
		return s.showSettings(w, r, http.StatusBadRequest, d, bad, false)
	}
	_, err := s.Store.Configure(context.WithoutCancel(r.Context()), h.person(), h.d.ID, d, s.Now())
	if err == nil {
		return seeOther(w, r, h.to("desk", "settings"), "saved")
	}
	bad, code, passed := s.mistaken(h.lang, err, fieldBy("configure.rule", "rule"))
	if passed != nil {
		return passed
	}
	bad = placed(err, bad, h.words.T("room.setting.unfit"))
	stale := fault.Is(err, fault.Stale)
	if stale {
		d.Revision = h.d.Revision
	}
	return s.showSettings(w, r, code, d, bad, stale)
}

// placed puts a mistake beside the field that the fault itself names. What does
// not fit a dialogue as a whole is told in the words of files; the page has words
// of its own for it.
func placed(err error, bad wrongs, unfit string) wrongs {
	f, ok := fault.As(err)
	if !ok || len(bad) != 1 {
		return bad
	}
	if f.Key == "edit.unfit" {
		return wrongs{{"", unfit}}
	}
	field, _ := f.Args["Field"].(string)
	if field == "" {
		return bad
	}
	if lang, _ := f.Args["Lang"].(string); lang != "" {
		field += "." + lang
	}
	return wrongs{{field, bad[0].Words}}
}
