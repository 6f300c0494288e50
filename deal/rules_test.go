package deal_test

import (
	"slices"
	"testing"

	"parley/deal"
)

// A table with rules is answered, but the answer says that they are not applied
// and claims nothing exactly.
func TestRulesAreNotAppliedSilently(t *testing.T) {
	in := readExample(t, "us-russia-2009.yaml").Input()
	set := deal.DefaultSettings()
	set.Samples = 50
	if a := search(t, in, set); !a.Exact || len(a.Warnings) != 0 {
		t.Errorf("without rules: exact %t, warnings %q", a.Exact, a.Warnings)
	}
	in.Written = &deal.Written{Rules: []deal.Rule{{
		Option: deal.OptionRef{Topic: "nato", Option: "US-yields"}, Requires: []deal.OptionRef{{Topic: "iran", Option: "RU-yields"}},
	}}}
	a := search(t, in, set)
	if a.Exact || !slices.Equal(a.Warnings, []string{"rules not applied"}) {
		t.Errorf("with rules: exact %t, warnings %q", a.Exact, a.Warnings)
	}
	for _, lang := range []string{"en", "ru"} {
		if len(a.WarningText[lang]) != 1 || a.WarningText[lang][0] == "" {
			t.Errorf("%s: no sentence for the warning", lang)
		}
	}
}

// An act whose actors could not take any free step is not dropped in silence.
func TestActsThatFitNothingAreSaid(t *testing.T) {
	in := readExample(t, "us-russia-2009.yaml").Input()
	set := deal.DefaultSettings()
	set.Samples = 0
	in.Topics = slices.Clone(in.Topics)
	for i := range in.Topics {
		if act := in.Topics[i].Act; act != nil {
			one := *act
			one.Actors = act.Actors[:1]
			in.Topics[i].Act = &one
		}
	}
	if a := search(t, in, set); len(a.QuickWins) != 0 || !slices.Equal(a.Warnings, []string{"act without an option"}) {
		t.Errorf("%d first steps, warnings %q", len(a.QuickWins), a.Warnings)
	}
}
