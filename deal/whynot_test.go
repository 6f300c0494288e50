package deal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

// explain asks why not under canonical numbers.
func explainChoice(t *testing.T, s *search, choices map[string]string) *WhyNot {
	t.Helper()
	why, err := ExplainPackage(context.Background(), s.q, Run{Workers: 1}, choices)
	if err != nil {
		t.Fatal(err)
	}
	return why
}

func reasonOf(why *WhyNot, kind string) *Reason {
	for i := range why.Reasons {
		if why.Reasons[i].Kind == kind {
			return &why.Reasons[i]
		}
	}
	return nil
}

// drawnRuled draws a table, every other one with rules; nil where nothing is to be
// decided.
func drawnRuled(r *rand.Rand) *search {
	in := smallTable(r)
	if r.IntN(2) == 0 {
		addRules(r, &in)
	}
	q, err := NewQuestion(in, Settings{Seed: 1, Stakes: Split, Baseline: Free})
	if err != nil {
		return nil
	}
	return newSearch(q, Run{Workers: 1})
}

// beats reports whether a is at least as good as b for all and better for one.
func beats(a, b []int64) bool {
	better := false
	for p := range a {
		if a[p] < b[p] {
			return false
		}
		better = better || a[p] > b[p]
	}
	return better
}

// TestWhyNotAgainstEveryPackage holds every reason against a walk over all
// packages: a rule is named exactly where one is broken, a better package exactly
// where there is one, with the fewest changes, and a side exactly where it is
// below the baseline.
func TestWhyNotAgainstEveryPackage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 3))
	kinds := map[string]int{}
	for range 80 {
		s := drawnRuled(r)
		if s == nil {
			continue
		}
		x := s.readings[0]
		for _, choice := range everyPackage(x.t) {
			if r.IntN(3) > 0 {
				continue
			}
			why := explainChoice(t, s, s.choices(choice))
			if !x.space.Feasible(choice) {
				kinds[BreaksRules]++
				if first := why.Reasons[0]; first.Kind != BreaksRules || len(first.Rules) == 0 {
					t.Fatalf("%v breaks a rule: got %+v", choice, why.Reasons)
				}
				for _, reason := range why.Reasons {
					kinds[fmt.Sprint(len(reason.Choices), " choices")]++
					checkBreaking(t, s, &reason)
				}
				continue
			}
			if reasonOf(why, BreaksRules) != nil {
				t.Fatalf("%v keeps every rule: got %+v", choice, why.Reasons)
			}
			values := x.space.Value(choice)
			for p, v := range values {
				id := s.q.labels.sides[p].id
				told := slices.ContainsFunc(why.Reasons, func(r Reason) bool { return r.Side == id })
				if v < x.base[p] && !told {
					t.Fatalf("%v: %s is below the baseline and nothing is said of it", choice, id)
				}
				if v >= x.base[p] && slices.ContainsFunc(why.Reasons, func(r Reason) bool { return r.Side == id && r.Kind == Worse }) {
					t.Fatalf("%v: %s is not below the baseline", choice, id)
				}
			}
			fewest := -1
			feasiblePackages(x, func(y []int) {
				if n := changedIssues(choice, y); beats(x.space.Value(y), values) && (fewest < 0 || n < fewest) {
					fewest = n
				}
			})
			got := reasonOf(why, Improvable)
			switch {
			case got == nil && fewest >= 0:
				t.Fatalf("%v can be improved with %d changes: nothing said", choice, fewest)
			case got == nil:
				kinds["efficient"]++
			case fewest < 0 && !got.Always:
				t.Fatalf("%v cannot be improved: got %+v", choice, got)
			case !got.Always && len(got.Changes) != fewest:
				t.Fatalf("%v: improved with %d changes, %d would do", choice, len(got.Changes), fewest)
			default:
				kinds[Improvable]++
			}
			if len(why.Reasons) == 0 {
				kinds["none"]++
			}
		}
	}
	for _, kind := range []string{Improvable, "efficient", "none", BreaksRules, "1 choices", "2 choices", "3 choices"} {
		if kinds[kind] < 20 {
			t.Errorf("only %d packages of the kind %q: %v", kinds[kind], kind, kinds)
		}
	}
}

// checkBreaking holds the choices that are said to break a rule against every package:
// none that has them all keeps it, and one does that has all but any one of them.
func checkBreaking(t *testing.T, s *search, reason *Reason) {
	t.Helper()
	x := s.readings[0]
	for k, rule := range x.space.Rules {
		if !slices.Contains(reason.Rules, s.ruleNumber(k)) {
			continue
		}
		for without := -1; without < len(reason.Choices); without++ {
			kept := slices.ContainsFunc(everyPackage(x.t), func(y []int) bool {
				for n, c := range reason.Choices {
					if n != without && s.choices(y)[c.Topic] != c.Option {
						return false
					}
				}
				return rule.Keeps(y)
			})
			if kept != (without >= 0) {
				t.Fatalf("rule %d, %v without number %d: kept is %v", k, reason.Choices, without, kept)
			}
		}
	}
}

// TestOneChoiceCanBreakARule: a refusal rules out one option by itself, and the
// sentence says so; a choice that only stands near a broken rule is not named.
func TestOneChoiceCanBreakARule(t *testing.T) {
	option := func(id string) WrittenOption {
		return WrittenOption{ID: id, Points: []SidePoints{{Side: "A", Value: interest.FractionOf(0, 1)}, {Side: "B", Value: interest.FractionOf(0, 1)}}}
	}
	in := Input{
		Sides: []dialogue.Side{{ID: "A"}, {ID: "B"}},
		Written: &Written{
			Issues: []WrittenIssue{{Topic: "x", Options: []WrittenOption{option("x0"), option("x1")}}, {Topic: "y", Options: []WrittenOption{option("y0"), option("y1")}}, {Topic: "z", Options: []WrittenOption{option("z0"), option("z1")}}},
			Rules: []Rule{
				{Side: "A", Refuses: OptionRef{"x", "x1"}},
				{Option: OptionRef{"y", "y1"}, Excludes: []OptionRef{{"x", "x0"}, {"z", "z1"}}},
			},
		},
	}
	for k := range in.Written.Issues {
		title := i18n.Text{"en": string(in.Written.Issues[k].Topic), "ru": string(in.Written.Issues[k].Topic)}
		in.Written.Issues[k].Title = title
	}
	q, err := NewQuestion(in, Settings{Seed: 1, Stakes: Split, Baseline: Free})
	if err != nil {
		t.Fatal(err)
	}
	why := explainChoice(t, newSearch(q, Run{Workers: 1}), map[string]string{"x": "x1", "y": "y1", "z": "z1"})
	var got []string
	for _, r := range why.Reasons {
		got = append(got, r.Because["en"][0], r.Because["ru"][0])
	}
	want := []string{
		"This cannot be chosen, whatever else is: “x”: x1.", "Этот выбор невозможен при любом остальном: «x»: x1.",
		"These cannot stand together: “y”: y1; “z”: z1.", "Вместе это невозможно: «y»: y1; «z»: z1.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWhyNotFillsOpenTopics leaves topics open: the rest stays as chosen, and
// where a package at or above the baseline exists, one is found.
func TestWhyNotFillsOpenTopics(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 4))
	filled, impossible := 0, 0
	for range 120 {
		s := drawnRuled(r)
		if s == nil {
			continue
		}
		x := s.readings[0]
		all := everyPackage(x.t)
		choice := all[r.IntN(len(all))]
		asked := s.choices(choice)
		open := map[int]bool{}
		for i := range choice {
			if r.IntN(2) == 0 {
				open[i] = true
				asked[s.q.labels.issues[i].id] = ""
			}
		}
		why := explainChoice(t, s, asked)
		possible, rational := false, false
		feasiblePackages(x, func(y []int) {
			for i := range y {
				if !open[i] && y[i] != choice[i] {
					return
				}
			}
			possible = true
			values := x.space.Value(y)
			at := true
			for p := range values {
				at = at && values[p] >= x.base[p]
			}
			rational = rational || at
		})
		for i := range choice {
			if l := s.q.labels.issues[i]; !open[i] && why.Package.Choices[l.id] != l.options[choice[i]].id {
				t.Fatalf("%s was chosen as %s and came out as %s", l.id, l.options[choice[i]].id, why.Package.Choices[l.id])
			}
		}
		broken := reasonOf(why, BreaksRules) != nil
		if broken == possible {
			t.Fatalf("possible %v, reasons %+v", possible, why.Reasons)
		}
		if rational && (reasonOf(why, Worse) != nil || reasonOf(why, AlwaysWorse) != nil) {
			t.Fatalf("a package at the baseline exists, got %+v", why.Reasons)
		}
		switch {
		case len(open) > 0 && possible:
			filled++
		case len(open) > 0:
			impossible++
		}
	}
	if filled < 20 || impossible < 5 {
		t.Errorf("only %d packages were filled in, and %d cannot be", filled, impossible)
	}
}

func TestWhyNotRefusesUnknownNames(t *testing.T) {
	s := drawnReading(t, rand.New(rand.NewPCG(7, 5)))
	l := s.q.labels.issues[0]
	for _, choices := range []map[string]string{{"nowhere": "keep"}, {l.id: "nothing"}} {
		_, err := ExplainPackage(context.Background(), s.q, Run{Workers: 1}, choices)
		if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid {
			t.Errorf("%v: got %v, want fault.Invalid", choices, err)
		}
	}
}

// TestWhyNotCountsUnderACap: A has 4 of x1 and 9 of x2, of which 3 count, so x2 is
// no better than x1; x3, with 3 and 2, is.
func TestWhyNotCountsUnderACap(t *testing.T) {
	option := func(id string, a, b int64) WrittenOption {
		return WrittenOption{ID: id, Points: []SidePoints{{Side: "A", Value: interest.FractionOf(a, 1)}, {Side: "B", Value: interest.FractionOf(b, 1)}}}
	}
	in := Input{
		Sides: []dialogue.Side{{ID: "A"}, {ID: "B"}},
		Written: &Written{
			Issues: []WrittenIssue{{Topic: "x", Options: []WrittenOption{option("x0", 0, 0), option("x1", 4, 1), option("x2", 9, 1), option("x3", 3, 2)}}},
			Cap:    []SidePoints{{Side: "A", Value: interest.FractionOf(3, 1)}},
		},
	}
	q, err := NewQuestion(in, Settings{Seed: 1, Stakes: Split, Baseline: Free})
	if err != nil {
		t.Fatal(err)
	}
	for option, better := range map[string]string{"x0": "x1", "x1": "x3", "x2": "x3", "x3": ""} {
		why := explainChoice(t, newSearch(q, Run{Workers: 1}), map[string]string{"x": option})
		got := ""
		if r := reasonOf(why, Improvable); r != nil {
			got = r.Better.Choices["x"]
		}
		if better == "x1" && got != "" {
			better = got // every other option is better than none
		}
		if got != better || why.Package.Points["A"] > 3 || why.Balanced == nil || why.Balanced.Choices["x"] != "x3" {
			t.Errorf("%s: better is %q, want %q; counts %v; balanced %+v", option, got, better, why.Package.Points, why.Balanced)
		}
	}
}

// A share that would round to none or all of the rankings is told in words that
// stay true.
func TestSharesAreNeverRoundedToAllOrNone(t *testing.T) {
	for _, c := range []struct {
		share *Share
		want  string
	}{
		{&Share{83_000, 100_000}, "In about 83 of 100 rankings this side is worse off."},
		{&Share{99_499, 100_000}, "In about 99 of 100 rankings this side is worse off."},
		{&Share{99_999, 100_000}, "In nearly every ranking (more than 99 of 100) this side is worse off."},
		{&Share{100_000, 100_000}, "In every ranking that was drawn this side is worse off."},
		{&Share{499, 100_000}, "In fewer than 1 of 100 rankings this side is worse off."},
		{&Share{0, 100_000}, "In fewer than 1 of 100 rankings this side is worse off."},
		{&Share{}, ""},
		{nil, ""},
	} {
		got := strings.Join(sharePhrase(i18n.For("en"), "whynot.worse.share", c.share), " ")
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.share, got, c.want)
		}
	}
}
