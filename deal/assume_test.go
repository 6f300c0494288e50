package deal_test

import (
	"slices"
	"testing"

	"parley/deal"
	"parley/fault"
)

// What no rule allows is possible again when the rule is supposed not to hold;
// the other rules keep their numbers.
func TestSupposingThatARuleDoesNotHold(t *testing.T) {
	in := readExample(t, "us-russia-2009.yaml").Input()
	in.Written = &deal.Written{Rules: []deal.Rule{
		{Side: "RU", Refuses: ref("iran", "RU-yields")},
		{Option: ref("nato", "US-yields"), Requires: []deal.OptionRef{ref("iran", "RU-yields")}},
	}}
	set := deal.DefaultSettings()
	set.Samples, set.Brief = 0, true
	if a := search(t, in, set); len(a.Swaps) != 0 || len(a.Rules) != 2 {
		t.Errorf("as the file has it: swaps %q, rules %+v", swapNames(a), a.Rules)
	}
	supposed, err := in.WithoutRules(1)
	if err != nil {
		t.Fatal(err)
	}
	a := search(t, supposed, set)
	if len(a.Swaps) != 2 || len(a.Rules) != 1 || a.Rules[0].Number != 2 || len(a.Warnings) > 0 {
		t.Errorf("supposed: swaps %q, rules %+v, warnings %q", swapNames(a), a.Rules, a.Warnings)
	}
	if in.Written.Rules[0].Aside {
		t.Error("the file's own rule was changed")
	}
	if _, err := in.WithoutRules(3); !fault.Is(err, fault.Invalid) {
		t.Errorf("a rule that is not there: %v", err)
	}
	if same, err := in.WithoutRules(); err != nil || !slices.EqualFunc(same.Written.Rules, in.Written.Rules, func(a, b deal.Rule) bool { return a.Aside == b.Aside }) {
		t.Errorf("nothing supposed: %v", err)
	}
}
