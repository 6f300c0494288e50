package deal_test

import (
	"slices"
	"testing"

	"parley/deal"
	"parley/interest"
)

func ref(topic, option string) deal.OptionRef {
	return deal.OptionRef{Topic: interest.TopicID(topic), Option: option}
}

// withRules is the 2009 example with rules.
func withRules(t *testing.T, rules ...deal.Rule) *deal.Answer {
	t.Helper()
	in := readExample(t, "us-russia-2009.yaml").Input()
	in.Written = &deal.Written{Rules: rules}
	set := deal.DefaultSettings()
	set.Samples, set.Brief = 100, true
	return search(t, in, set)
}

// Iran is what Russia moves on in both swaps of the example, NATO and the CIS
// area what the United States moves on.
func TestRulesDecideWhichSwapsStand(t *testing.T) {
	both := []string{"former-ussr/US-yields + iran/RU-yields", "iran/RU-yields + nato/US-yields"}
	iran, nato := ref("iran", "RU-yields"), ref("nato", "US-yields")
	for _, c := range []struct {
		name  string
		rule  deal.Rule
		swaps []string
	}{
		{"needs what is there", deal.Rule{Option: nato, Requires: []deal.OptionRef{iran}}, both},
		{"needs what a swap lacks", deal.Rule{Option: nato, Requires: []deal.OptionRef{ref("former-ussr", "US-yields")}}, both[:1]},
		{"one of two is there", deal.Rule{Option: nato, Requires: []deal.OptionRef{ref("former-ussr", "US-yields"), iran}, AtLeast: 1}, both},
		{"excludes", deal.Rule{Option: nato, Excludes: []deal.OptionRef{iran}}, both[:1]},
		{"either is excluded", deal.Rule{Option: ref("iran", "keep|RU-yields"), Excludes: []deal.OptionRef{nato}}, both[:1]},
		{"refuses", deal.Rule{Side: "RU", Refuses: iran}, []string{}},
		{"refuses where", deal.Rule{Side: "US", Refuses: nato, When: []deal.OptionRef{iran}}, both[:1]},
		{"refuses where not", deal.Rule{Side: "US", Refuses: nato, When: []deal.OptionRef{iran, ref("former-ussr", "US-yields")}}, both},
		{"not below what both cost", deal.Rule{Side: "US", NotBelow: "US-16"}, []string{}},
		{"not below what it serves", deal.Rule{Side: "RU", NotBelow: "RU-11"}, both},
		{"not below where", deal.Rule{Side: "US", NotBelow: "US-16", When: []deal.OptionRef{ref("iran", "keep")}}, both},
	} {
		a := withRules(t, c.rule)
		if got := swapNames(a); !slices.Equal(got, c.swaps) || !a.Exact || len(a.Warnings) > 0 {
			t.Errorf("%s: got %q, warnings %q, want %q", c.name, got, a.Warnings, c.swaps)
		}
		if len(a.Rules) != 1 || a.Rules[0].Number != 1 || a.Rules[0].Because["en"][0] == "" || a.Rules[0].Because["ru"][0] == "" {
			t.Errorf("%s: the rule is told as %+v", c.name, a.Rules)
		}
	}
}

// A rule about a topic from which nothing follows has no effect and is said to.
func TestRulesThatRestAreSaid(t *testing.T) {
	for _, rule := range []deal.Rule{
		{Option: ref("iran", "RU-yields"), Requires: []deal.OptionRef{ref("moon", "keep")}},
		{Side: "US", Refuses: ref("iran", "RU-yields"), When: []deal.OptionRef{ref("iran", "keep")}},
	} {
		a := withRules(t, rule)
		if len(a.Rules) != 0 || !slices.Equal(a.Warnings, []string{"rule without effect"}) || len(a.WarningText["ru"]) != 1 {
			t.Errorf("rules %+v, warnings %q", a.Rules, a.Warnings)
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
