package dialogue_test

import (
	"slices"
	"testing"

	"parley/dialogue"
	"parley/i18n"
)

func TestStagesThatFollow(t *testing.T) {
	may := map[dialogue.Stage]string{
		dialogue.Preparing: "open closed",
		dialogue.Open:      "paused closed",
		dialogue.Paused:    "open closed",
		dialogue.Closed:    "open",
	}
	for _, from := range dialogue.Stages {
		got := ""
		for _, to := range dialogue.Stages {
			if from.MayBecome(to) {
				got += " " + string(to)
			}
		}
		if want := " " + may[from]; got != want {
			t.Errorf("from %s: got%s, want%s", from, got, want)
		}
		if from.MayBecome("") || from.MayBecome("burning") {
			t.Errorf("from %s to no stage at all", from)
		}
	}
}

func TestLooserRules(t *testing.T) {
	for i, a := range dialogue.Rules {
		for j, b := range dialogue.Rules {
			if got, want := a.Looser(b), i < j; got != want {
				t.Errorf("%s looser than %s: got %v", a, b, got)
			}
		}
	}
}

// ready is a dialogue that lacks nothing.
func ready() dialogue.Readiness {
	words := i18n.Text{"en": "words", "ru": "слова"}
	return dialogue.Readiness{
		Configured: dialogue.Configured{
			Dialogue: dialogue.Dialogue{Title: words, Purpose: words, Languages: []string{"en", "ru"}, Sides: []dialogue.Side{{ID: "A"}, {ID: "B"}}},
			Settings: dialogue.Settings{
				Operator: words, Payer: words, Country: words, Readers: words, Keeping: words, Limits: words, Exit: words, Contact: words,
			},
		},
		Declaration: dialogue.Declaration{Version: 1, Text: words},
		Grants: []dialogue.Grant{
			{Role: dialogue.Convener}, {Role: dialogue.Moderator}, {Role: dialogue.Registrar, Side: "A"}, {Role: dialogue.Registrar, Side: "B"},
			{Role: dialogue.Delegate, Side: "A"}, {Role: dialogue.Delegate, Side: "B"},
		},
		Registers: []dialogue.SideID{"B", "A"},
	}
}

func TestChecklist(t *testing.T) {
	half := i18n.Text{"en": "words"}
	cases := map[string]struct {
		spoil    func(r *dialogue.Readiness)
		required bool
	}{
		"title":       {func(r *dialogue.Readiness) { r.Title = half }, true},
		"purpose":     {func(r *dialogue.Readiness) { r.Purpose = nil }, true},
		"operator":    {func(r *dialogue.Readiness) { r.Operator = half }, true},
		"payer":       {func(r *dialogue.Readiness) { r.Payer = half }, true},
		"country":     {func(r *dialogue.Readiness) { r.Country = nil }, true},
		"readers":     {func(r *dialogue.Readiness) { r.Readers = half }, true},
		"keeping":     {func(r *dialogue.Readiness) { r.Keeping = half }, true},
		"limits":      {func(r *dialogue.Readiness) { r.Limits = half }, true},
		"exit":        {func(r *dialogue.Readiness) { r.Exit = half }, true},
		"contact":     {func(r *dialogue.Readiness) { r.Contact = half }, true},
		"declaration": {func(r *dialogue.Readiness) { r.Declaration = dialogue.Declaration{} }, true},
		"convener":    {func(r *dialogue.Readiness) { r.Grants = r.Grants[1:] }, true},
		"moderator":   {func(r *dialogue.Readiness) { r.Grants = slices.Delete(r.Grants, 1, 2) }, false},
		"registrars":  {func(r *dialogue.Readiness) { r.Grants = slices.Delete(r.Grants, 2, 3) }, false},
		"editors":     {func(r *dialogue.Readiness) { r.Grants = r.Grants[:5] }, false},
		"registers":   {func(r *dialogue.Readiness) { r.Registers = r.Registers[1:] }, false},
	}
	all := ready().Checklist()
	if len(all) != len(cases) {
		t.Errorf("%d items, %d cases", len(all), len(cases))
	}
	for _, i := range all {
		if !i.Done || i.Missing() {
			t.Errorf("%s is missing where nothing is", i.Key)
		}
		if w := i18n.For("en"); !w.Has("checklist."+i.Key) || !i18n.For("ru").Has("checklist."+i.Key) {
			t.Errorf("no words for checklist.%s", i.Key)
		}
	}
	for key, c := range cases {
		r := ready()
		c.spoil(&r)
		for _, i := range r.Checklist() {
			if i.Done != (i.Key != key) || i.Key == key && (i.Required != c.required || i.Missing() != c.required) {
				t.Errorf("without %s: %+v", key, i)
			}
		}
	}
}
