package deal_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"parley/deal"
	"parley/interest"
)

// Where no package keeps every rule the answer names as few of them as it can
// and holds nothing else.
func TestNothingKeepsEveryRule(t *testing.T) {
	in := pointTable([][][]string{{{"0", "1"}, {"2", "0"}}, {{"1", "0"}, {"0", "1"}}}, "0", "0")
	in.Written.Rules = []deal.Rule{
		{Side: "B", Refuses: ref("q", "a"), When: []deal.OptionRef{ref("p", "a")}}, // can be kept with the others
		{Side: "A", Refuses: ref("p", "a")},
		{Side: "B", Refuses: ref("p", "b")},
	}
	a := exactly(t, in)
	if a.Conflict == nil || !slices.Equal(a.Conflict.Rules, []int{2, 3}) || len(a.Conflict.Sides) != 0 || !a.Conflict.Minimal {
		t.Fatalf("conflict %+v", a.Conflict)
	}
	if len(a.Frontier)+len(a.Deals)+len(a.Swaps)+len(a.Solutions.Nash) != 0 || a.Opposition != nil || a.Integrative != nil {
		t.Errorf("frontier %v, packages %v, solutions %v", a.Frontier, a.Deals, a.Solutions)
	}
	if !slices.Contains(a.Warnings, "no package keeps every rule") || len(a.Conflict.Because["en"]) != 3 || len(a.Conflict.Because["ru"]) != 3 {
		t.Errorf("warnings %q, %q", a.Warnings, a.Conflict.Because)
	}
	for _, n := range a.Conflict.Rules { // without any one of them there is a package
		without, err := in.WithoutRules(n)
		if err != nil {
			t.Fatal(err)
		}
		if a := exactly(t, without); a.Conflict != nil || len(a.Frontier) == 0 {
			t.Errorf("without rule %d: conflict %+v", n, a.Conflict)
		}
	}
}

// TestOneSideCannotBeServed: B can have 3 at most and asks for 5, so that the others
// are beside the point; nothing speaks of several sides.
func TestOneSideCannotBeServed(t *testing.T) {
	a := exactly(t, pointTable([][][]string{{{"0", "3"}, {"4", "0"}}}, "0", "5"))
	c := a.Conflict
	if c == nil || !slices.Equal(c.Sides, []string{"B"}) || len(c.Rules) != 0 || !maps.Equal(c.Most, deal.Points{"B": 3}) {
		t.Fatalf("conflict %+v", c)
	}
	for lang, want := range map[string][]string{
		"en": {"B: no package leaves this side at or above what it has without agreement, whatever the others have.", "B: at most 3; 5 without agreement."},
		"ru": {"B: ни один пакет не оставляет этой стороне не меньше того, что у неё есть без договорённости, что бы ни получили остальные.", "B: не больше 3; без договорённости 5."},
	} {
		if !slices.Equal(c.Because[lang], want) {
			t.Errorf("got %q, want %q", c.Because[lang], want)
		}
	}
}

// Figures in sentences have the decimal sign of the language, and where somebody cannot
// be served nothing is said to serve everybody in full.
func TestWhatASideCanHaveAtMostIsADecimal(t *testing.T) {
	a := exactly(t, pointTable([][][]string{{{"0", "-1.5"}, {"4", "-2"}}}, "0", "1/3"))
	if a.Opposition != nil || a.Integrative != nil {
		t.Errorf("opposition %v, integrative potential %v", a.Opposition, a.Integrative)
	}
	for lang, want := range map[string]string{"en": "B: at most −1.5; ≈ 0.333333 without agreement.", "ru": "B: не больше −1,5; без договорённости ≈ 0,333333."} {
		if got := a.Conflict.Because[lang][1]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestOneRuleRefusesAll: a single rule leaves nothing, and is spoken of as one.
func TestOneRuleRefusesAll(t *testing.T) {
	in := pointTable([][][]string{{{"0", "3"}, {"4", "0"}}, {{"0", "0"}, {"1", "1"}}}, "0", "0")
	in.Written.Rules = []deal.Rule{{Side: "B", Refuses: ref("q", "b")}, {Side: "A", Refuses: ref("p", "a|b")}}
	c := exactly(t, in).Conflict
	if c == nil || !slices.Equal(c.Rules, []int{2}) || len(c.Sides) != 0 {
		t.Fatalf("conflict %+v", c)
	}
	want := map[string]string{"en": "No package keeps this rule, whatever the others say:", "ru": "Ни один пакет не соблюдает этого правила, что бы ни говорили остальные:"}
	for lang, sentence := range want {
		if len(c.Because[lang]) != 2 || c.Because[lang][0] != sentence {
			t.Errorf("got %q, want %q first", c.Because[lang], sentence)
		}
	}
}

// TestTwoConflictsAtOnce: each side refuses all there is on a matter of its own. One
// conflict is named; without one of its rules there is still no package, and the
// sentence does not say that there is.
func TestTwoConflictsAtOnce(t *testing.T) {
	in := pointTable([][][]string{{{"0", "0"}, {"1", "0"}}, {{"0", "0"}, {"0", "1"}}}, "0", "0")
	in.Written.Rules = []deal.Rule{
		{Side: "A", Refuses: ref("p", "a")}, {Side: "A", Refuses: ref("p", "b")},
		{Side: "B", Refuses: ref("q", "a")}, {Side: "B", Refuses: ref("q", "b")},
	}
	c := exactly(t, in).Conflict
	if c == nil || !c.Minimal || len(c.Rules) != 2 {
		t.Fatalf("conflict %+v, want two rules", c)
	}
	want := "No package keeps all of these rules. Without any one of them the others listed here can be kept together:"
	if got := c.Because["en"]; len(got) == 0 || got[0] != want {
		t.Errorf("got %q, want %q first", got, want)
	}
	without, err := in.WithoutRules(c.Rules[0])
	if err != nil {
		t.Fatal(err)
	}
	if left := exactly(t, without).Conflict; left == nil || len(left.Rules) != 2 || slices.Contains(left.Rules, c.Rules[1]) {
		t.Errorf("without rule %d: conflict %+v, want the two other rules", c.Rules[0], left)
	}
}

// Three sides, each with a demand of its own: C can be served beside either, A
// and B not together. C is no part of the conflict.
func TestWhoCannotBeServedTogether(t *testing.T) {
	a := exactly(t, pointTable([][][]string{
		{{"4", "0", "1"}, {"2", "2", "1"}, {"0", "4", "1"}},
		{{"1", "0", "0"}, {"0", "1", "0"}, {"0", "0", "1"}},
	}, "4", "3", "1"))
	c := a.Conflict
	if c == nil || !slices.Equal(c.Sides, []string{"A", "B"}) || len(c.Rules) != 0 || !c.Minimal {
		t.Fatalf("conflict %+v", c)
	}
	// With 3 for B (the second of p and B's own of q) A has 2, and with 4 for A
	// (the first of p) B has 1.
	if want := (deal.Points{"A": 2, "B": 1}); !maps.Equal(c.Most, want) {
		t.Errorf("at most %v, want %v", c.Most, want)
	}
	if len(a.Solutions.Nash) != 0 || len(a.Frontier) == 0 {
		t.Errorf("solutions %v", a.Solutions)
	}
}

// A search that is ended at once says how far its points may be from complete,
// and no package gives a side more than that beyond one of them.
func TestGapWhereTheSearchIsEnded(t *testing.T) {
	rows := make([][][]string, 9)
	for i := range rows {
		for k := range 6 {
			rows[i] = append(rows[i], []string{strconv.Itoa(k * (i + 3) % 17), strconv.Itoa((41 - k*k*(i+1)%37) % 23)})
		}
	}
	in := pointTable(rows, "0", "0")
	for i := range 8 {
		in.Written.Rules = append(in.Written.Rules, deal.Rule{
			Together: []deal.OptionRef{ref(string(rune('p'+i)), "b..d"), ref(string(rune('q'+i)), "c|f")},
			Points:   []deal.SidePoints{{Side: "A", Value: interest.FractionOf(int64(7-i), 1)}, {Side: "B", Value: interest.FractionOf(int64(i-2), 1)}},
		})
	}
	whole := exactly(t, in)
	if !whole.FrontierComplete || whole.FrontierGap != nil || len(whole.Frontier) < 5 {
		t.Fatalf("%d points, gap %v", len(whole.Frontier), whole.FrontierGap)
	}
	proved := 0
	for limit := int64(1); ; limit *= 2 {
		set := deal.DefaultSettings()
		set.Limit, set.Brief = limit, true
		cut := search(t, in, set)
		if cut.FrontierComplete {
			break
		}
		if !slices.Contains(cut.Warnings, "frontier not complete") {
			t.Fatalf("limit %d: warnings %q", limit, cut.Warnings)
		}
		if cut.FrontierGap == nil {
			continue // nothing was found as yet
		}
		proved++
		for _, p := range whole.Frontier {
			near := func(q deal.Point) bool {
				return q.Points["A"]+cut.FrontierGap["A"] >= p.Points["A"] && q.Points["B"]+cut.FrontierGap["B"] >= p.Points["B"]
			}
			if !slices.ContainsFunc(cut.Frontier, near) {
				t.Errorf("limit %d: %v is further than %v from every point that was found", limit, p.Points, cut.FrontierGap)
			}
		}
	}
	if proved == 0 {
		t.Error("no search was ended between its first point and its last")
	}
}
