package deal

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"parley/i18n"
	"parley/interest"
)

func answered(t *testing.T, in Input, samples int) *Answer {
	t.Helper()
	set := DefaultSettings()
	set.Samples = samples
	q, err := NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Search(context.Background(), q, Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// pointsOf is a table of points in which the first option of every issue is the
// status quo: rows[issue][option] are the values of A, B, ...
func pointsOf(rows [][][]string) Input {
	in := crowd(len(rows[0][0]), 0, 0, 0)
	in.Registers, in.Written = nil, &Written{}
	for i, options := range rows {
		w := WrittenIssue{Topic: interest.TopicID(rune('p' + i)), Title: i18n.Text{"en": "issue", "ru": "вопрос"}}
		for k, row := range options {
			o := WrittenOption{ID: string(rune('a' + k))}
			for s, v := range row {
				f, err := interest.ParseFraction(v)
				if err != nil {
					panic(err)
				}
				o.Points = append(o.Points, SidePoints{Side: in.Sides[s].ID, Value: f})
			}
			w.Options = append(w.Options, o)
		}
		in.Written.Issues = append(in.Written.Issues, w)
	}
	return in
}

func formatOf(t *testing.T, a *Answer, sides ...string) Format {
	t.Helper()
	for _, f := range a.Formats.Groups {
		if slices.Equal(slices.Sorted(slices.Values(f.Sides)), sides) {
			return f
		}
	}
	t.Fatalf("no group of %v", sides)
	return Format{}
}

// TestFormatsByHand: A can give 1 so that B has 5, B can give 1 so that A has 4 and
// C has 2, C can give 1 so that A has 1.
//
//	A and B exchange: A has 4-1, B has 5-1, and C has 2 without doing anything.
//	With C they can do no better: C would only give. A and C, B and C: nothing.
func TestFormatsByHand(t *testing.T) {
	a := answered(t, pointsOf([][][]string{
		{{"0", "0", "0"}, {"-1", "5", "0"}},
		{{"0", "0", "0"}, {"4", "-1", "2"}},
		{{"0", "0", "0"}, {"1", "0", "-1"}},
	}), 0)
	if n := len(a.Formats.Groups); n != 4 || !a.Formats.Complete {
		t.Fatalf("%d groups of three sides, want 4 and no less", n)
	}
	for _, c := range []struct {
		sides                   []string
		choices, points, beyond string
	}{
		{[]string{"A", "B"}, "map[p:b q:b]", "map[A:3 B:4 C:2]", "map[A:3 B:4]"},
		{[]string{"A", "C"}, "map[]", "map[A:0 B:0 C:0]", "map[A:0 C:0]"},
		{[]string{"B", "C"}, "map[]", "map[A:0 B:0 C:0]", "map[B:0 C:0]"},
		{[]string{"A", "B", "C"}, "map[p:b q:b]", "map[A:3 B:4 C:2]", "map[A:0 B:0 C:2]"},
	} {
		f := formatOf(t, a, c.sides...)
		if fmt.Sprint(f.Choices) != c.choices || fmt.Sprint(f.Points) != c.points || fmt.Sprint(f.Beyond) != c.beyond || !f.Exact {
			t.Errorf("%v: got %v with %v, beyond %v", c.sides, f.Choices, f.Points, f.Beyond)
		}
	}
	want := []string{
		"A: moves toward the others on “issue”.", "B: moves toward the others on “issue”.",
		"Better off than as things are, by this description: A, B.", "Not in this group and better off: C.",
	}
	if got := formatOf(t, a, "A", "B").Because["en"]; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPaymentsByHand is the same table if points could be handed over: A and B make
// 7 together, B and C make 1 (B gives 1, C has 2), all three 9. What A adds over the
// six orders: 0, 0, 7, 8, 0, 8. One division leaves every group at least 1 short of
// doing better: C has 1, and no more fits between A and B together and C alone.
func TestPaymentsByHand(t *testing.T) {
	a := answered(t, pointsOf([][][]string{
		{{"0", "0", "0"}, {"-1", "5", "0"}},
		{{"0", "0", "0"}, {"4", "-1", "2"}},
	}), 0)
	p := a.Formats.Payments
	if p == nil {
		t.Fatal("a table of points says nothing of payments")
	}
	worth := map[string]string{}
	for _, w := range p.Worth {
		worth[strings.Join(slices.Sorted(slices.Values(w.Sides)), "")] = w.Points
	}
	if got := fmt.Sprint(worth); got != "map[A:0 AB:7 ABC:9 AC:0 B:0 BC:1 C:0]" {
		t.Errorf("worth %s", got)
	}
	if got := fmt.Sprint(p.Shapley); got != "map[A:23/6 B:13/3 C:5/6]" {
		t.Errorf("Shapley %s", got)
	}
	if p.LeastCore != "-1" || p.Division["C"] != "1" {
		t.Errorf("least core %s with %v, want -1 with 1 for C", p.LeastCore, p.Division)
	}
	if len(p.Because["en"]) != 2 || len(p.Because["ru"]) != 2 {
		t.Errorf("said: %v", p.Because)
	}
	if b := answered(t, crowd(3, 3, 4, 1), 0); b.Formats.Payments != nil {
		t.Error("weights of registers are no money, and yet there is a game of payments")
	}
}

// TestPaymentsCountPointsOfTheFile: one side has sevenths, and a point is a point
// all the same. The best together is the last of the second issue: A loses 3, B
// gains 5, and each has one of the two left over.
func TestPaymentsCountPointsOfTheFile(t *testing.T) {
	for _, small := range []string{"3", "3/7"} {
		a := answered(t, pointsOf([][][]string{
			{{"0", "0"}, {"-7", "7"}},
			{{"0", "0"}, {"-2", small}, {"-3", "5"}},
		}), 0)
		p := a.Formats.Payments
		if p == nil {
			t.Fatal("nothing of payments")
		}
		if p.Shapley["A"] != "1" || p.Shapley["B"] != "1" {
			t.Errorf("with %s: Shapley %v, want 1 and 1", small, p.Shapley)
		}
	}
}

// TestGoingBackByHand: A and B exchange what serves the other more. Either would have
// more by going back, until the other does as well; C moves on nothing.
func TestGoingBackByHand(t *testing.T) {
	a := answered(t, pointsOf([][][]string{
		{{"0", "0", "0"}, {"-1", "5", "0"}},
		{{"0", "0", "0"}, {"4", "-1", "2"}},
	}), 0)
	if len(a.Formats.Packages) == 0 {
		t.Fatal("nothing was proposed")
	}
	var got []string
	for _, b := range a.Formats.Packages[0].GoingBack {
		got = append(got, fmt.Sprintf("%s %s %v %d", b.Side, b.Held, b.Answer, b.AtOnce))
	}
	slices.Sort(got)
	if want := []string{"A credible [B] 1", "B credible [A] 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNothingHoldsWhoOnlyGives: where A's part serves B and nothing of B's serves A,
// there is no answer. Nash's rule would not pick that; the graph still judges it.
func TestNothingHoldsWhoOnlyGives(t *testing.T) {
	set := DefaultSettings()
	q, err := NewQuestion(pointsOf([][][]string{{{"0", "0"}, {"-1", "5"}}, {{"0", "0"}, {"1", "-1"}}}), set)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearch(q, Run{})
	f := &formats{s: s, n: 2}
	give := make([]int, 2)
	for i, is := range q.table.issues {
		if is.options[1].points[slices.Index(q.table.sides, "B")].Sign() > 0 {
			give[i] = 1
		}
	}
	got := f.goingBack(give)
	if len(got) != 1 || got[0].Side != "A" || got[0].Held != "nothing" || len(got[0].Answer) != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestNoFormatsWithoutStatusQuo: where values stand in place of the status quo, no
// part of the table can do anything that is described.
func TestNoFormatsWithoutStatusQuo(t *testing.T) {
	in := pointsOf([][][]string{{{"2", "0"}, {"0", "2"}}})
	for _, s := range in.Sides {
		in.Written.Disagreement = append(in.Written.Disagreement, SidePoints{Side: s.ID})
	}
	if a := answered(t, in, 0); a.Formats != nil {
		t.Errorf("got %+v", a.Formats)
	}
}

// TestManySidesAreLookedAtInPart: with eight sides pairs, triples, all but one and
// all, and the answer says so.
func TestManySidesAreLookedAtInPart(t *testing.T) {
	a := answered(t, crowd(8, 2, 6, 3), 0)
	if got, want := len(a.Formats.Groups), 28+56+8+1; got != want || a.Formats.Complete {
		t.Errorf("%d groups, complete: %v; want %d and not", got, a.Formats.Complete, want)
	}
	for _, st := range a.Formats.Packages {
		if st.InCore || len(st.Blocks) == 0 && !strings.Contains(strings.Join(st.Because["en"], " "), "were not looked at") {
			t.Errorf("more is said than was looked at: %v", st)
		}
	}
}

// TestGroupsNeedWhoeverPays: an option that costs C something is not A's and B's to
// take.
func TestGroupsNeedWhoeverPays(t *testing.T) {
	a := answered(t, pointsOf([][][]string{
		{{"0", "0", "0"}, {"-1", "5", "0"}, {"4", "-1", "0"}},
		{{"0", "0", "0"}, {"3", "3", "-2"}},
		{{"0", "0", "0"}, {"0", "2", "2"}},
	}), 0)
	ab, abc := formatOf(t, a, "A", "B"), formatOf(t, a, "A", "B", "C")
	if _, ok := ab.Choices["q"]; ok {
		t.Errorf("A and B take what C pays for: %v", ab.Choices)
	}
	bc := formatOf(t, a, "B", "C")
	if bc.Choices["r"] != "b" || fmt.Sprint(bc.Only) != "[{r b}]" {
		t.Errorf("what serves B and C and nobody pays for is theirs: got %v, only %v", bc.Choices, bc.Only)
	}
	if abc.Choices["r"] != "b" {
		t.Errorf("all three: got %v", abc.Choices)
	}
}

// optionsOf are the options of an answer as the brute checks see them.
type bruteOption struct {
	choice Choice
	points map[string]int64
	needs  []string
	moves  bool
	free   bool
}

func bruteOptions(a *Answer) [][]bruteOption {
	var out [][]bruteOption
	for _, i := range a.Issues {
		var row []bruteOption
		for k, o := range i.Options {
			b := bruteOption{choice: Choice{i.Topic, o.Option}, points: map[string]int64{}, moves: len(o.Movers) > 0, free: o.Free}
			for side, v := range o.Points {
				b.points[side] = v - i.Options[0].Points[side]
			}
			if k > 0 {
				b.needs = slices.Concat(o.Movers, o.Actors)
			}
			row = append(row, b)
		}
		out = append(out, row)
	}
	return out
}

func within(needs, group []string) bool {
	return !slices.ContainsFunc(needs, func(s string) bool { return !slices.Contains(group, s) })
}

// packagesOf lists everything a group can do without the others, as points by side.
func packagesOf(options [][]bruteOption, group []string) []map[string]int64 {
	out := []map[string]int64{{}}
	for _, row := range options {
		var next []map[string]int64
		for _, p := range out {
			for _, o := range row {
				if !within(o.needs, group) {
					continue
				}
				sum := map[string]int64{}
				for side, v := range o.points {
					sum[side] = p[side] + v
				}
				next = append(next, sum)
			}
		}
		out = next
	}
	return out
}

// freely is what a group has that nobody in it need pay for: of each matter the free
// step that most of them take, if it is one and serves any of them.
func freely(a *Answer, options [][]bruteOption, group []string) map[string]int64 {
	sum := map[string]int64{}
	if len(group) == len(a.Question.Scale) {
		for n, row := range options {
			for _, o := range row {
				if a.Baseline.Choices[a.Issues[n].Topic] == o.choice.Option {
					for side, v := range o.points {
						sum[side] += v
					}
				}
			}
		}
		return sum
	}
	for _, row := range options {
		most, best := 0, []bruteOption{}
		for _, o := range row {
			serves := slices.ContainsFunc(group, func(s string) bool { return o.points[s] > 0 })
			switch n := len(slices.Compact(slices.Sorted(slices.Values(o.needs)))); {
			case !o.free || !serves || !within(o.needs, group):
			case n > most:
				most, best = n, []bruteOption{o}
			case n == most:
				best = append(best, o)
			}
		}
		if len(best) == 1 {
			for side, v := range best[0].points {
				sum[side] += v
			}
		}
	}
	return sum
}

// quality is what Nash's rule compares: how many members gain, and the product.
func quality(p, base map[string]int64, group []string) (sides int, product *big.Int, ok bool) {
	product = big.NewInt(1)
	for _, s := range group {
		switch gain := p[s] - base[s]; {
		case gain < 0:
			return 0, nil, false
		case gain > 0:
			sides++
			product.Mul(product, big.NewInt(gain))
		}
	}
	return sides, product, true
}

// TestFormatsAgainstEveryPackage draws small dialogues of three and four sides and
// tries everything that every group can do.
func TestFormatsAgainstEveryPackage(t *testing.T) {
	groups, blocked, hurt := 0, 0, 0
	for seed := range uint64(60) {
		in := crowd(3+int(seed%2), 4, 4+int(seed%3), seed)
		a := answered(t, in, 20)
		options := bruteOptions(a)
		for _, f := range a.Formats.Groups {
			groups++
			if checkFormat(t, a, options, f); slices.ContainsFunc(f.Outside, func(o Outside) bool { return o.Hurt }) {
				hurt++
			}
		}
		for _, st := range a.Formats.Packages {
			blocked += checkStanding(t, a, options, st)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if groups < 400 || hurt < 20 {
		t.Errorf("only %d groups, %d of which hurt somebody", groups, hurt)
	}
	t.Logf("%d groups, %d of them hurt somebody, %d would rather go their own way", groups, hurt, blocked)
}

func checkFormat(t *testing.T, a *Answer, options [][]bruteOption, f Format) {
	t.Helper()
	base := freely(a, options, f.Sides)
	bestSides, best := -1, new(big.Int)
	for _, p := range packagesOf(options, f.Sides) {
		if sides, product, ok := quality(p, base, f.Sides); ok && (sides > bestSides || sides == bestSides && product.Cmp(best) > 0) {
			bestSides, best = sides, product
		}
	}
	sides, product, ok := quality(f.Points, base, f.Sides)
	if !ok || sides != bestSides || product.Cmp(best) != 0 {
		t.Errorf("%v: %d members gain, product %s; by trying everything %d and %s", f.Sides, sides, product, bestSides, best)
	}
	sum := map[string]int64{}
	for _, row := range options {
		for k, o := range row {
			taken := f.Choices[o.choice.Topic] == o.choice.Option || k == 0 && f.Choices[o.choice.Topic] == ""
			if taken && !within(o.needs, f.Sides) {
				t.Errorf("%v take %v, which needs %v", f.Sides, o.choice, o.needs)
			}
			for side, v := range o.points {
				if taken {
					sum[side] += v
				}
			}
		}
	}
	if fmt.Sprint(sum) != fmt.Sprint(f.Points) {
		t.Errorf("%v: points %v, the options make %v", f.Sides, f.Points, sum)
	}
	for _, o := range f.Outside {
		loses := false
		for _, ch := range o.Worse {
			for _, row := range options {
				for _, x := range row {
					loses = loses || x.choice == ch && x.points[o.Side] < 0 && f.Choices[ch.Topic] == ch.Option
				}
			}
		}
		if want := loses && f.Points[o.Side] < base[o.Side]; o.Hurt != want || f.Free[o.Side] != base[o.Side] {
			t.Errorf("%v: %s hurt: %v, want %v; free %d, want %d", f.Sides, o.Side, o.Hurt, want, f.Free[o.Side], base[o.Side])
		}
	}
}

// checkStanding compares the groups that would go their own way with all there are.
func checkStanding(t *testing.T, a *Answer, options [][]bruteOption, st Standing) int {
	t.Helper()
	have := map[string]int64{}
	for _, row := range options {
		for _, o := range row {
			choices := a.Frontier[a.Solutions.Nash[0]].Choices
			if st.Deal >= 0 {
				choices = a.Deals[st.Deal].Choices
			}
			if choices[o.choice.Topic] == o.choice.Option {
				for side, v := range o.points {
					have[side] += v
				}
			}
		}
	}
	var want, got []string
	groups := [][]string{}
	for side := range a.Question.Scale {
		groups = append(groups, []string{side})
	}
	for _, f := range a.Formats.Groups[:len(a.Formats.Groups)-1] {
		groups = append(groups, f.Sides)
	}
	for _, g := range groups {
		if slices.ContainsFunc(packagesOf(options, g), func(p map[string]int64) bool {
			more := false
			for _, s := range g {
				if p[s] < have[s] {
					return false
				}
				more = more || p[s] > have[s]
			}
			return more
		}) {
			want = append(want, strings.Join(slices.Sorted(slices.Values(g)), "+"))
		}
	}
	for _, b := range st.Blocks {
		got = append(got, strings.Join(slices.Sorted(slices.Values(b.Sides)), "+"))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || len(st.Undecided) > 0 || st.InCore != (len(want) == 0) {
		t.Errorf("groups that would go their own way: got %v, want %v; in the core: %v", got, want, st.InCore)
	}
	return len(want)
}
