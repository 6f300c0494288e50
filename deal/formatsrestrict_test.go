package deal

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

// drawnSpace is a space of three sides with terms and rules of every kind.
func drawnSpace(t *rapid.T) pareto.Space {
	s := pareto.Space{Table: pareto.Table{Sides: 3}}
	values := func() []int64 { return rapid.SliceOfN(rapid.Int64Range(-4, 4), 3, 3).Draw(t, "values") }
	for range 3 {
		s.Issues = append(s.Issues, [][]int64{values(), values(), values()})
	}
	literal := func(i int) pareto.Literal {
		options := rapid.SampledFrom([][]int{{0}, {1}, {2}, {0, 1}, {1, 2}}).Draw(t, "options")
		return pareto.Literal{Issue: i, Options: options}
	}
	pair := func() []pareto.Literal { return []pareto.Literal{literal(0), literal(2)} }
	s.Terms = []pareto.Term{{All: pair(), Values: values()}, {All: []pareto.Literal{literal(1)}, Values: values()}}
	s.Rules = []pareto.Rule{
		{When: []pareto.Literal{literal(0)}, Of: []pareto.Literal{literal(1), literal(2)}, AtLeast: rapid.IntRange(1, 2).Draw(t, "k")},
		{When: pair(), AtLeast: 1},
		{When: []pareto.Literal{literal(1)}, Sum: &pareto.Sum{
			Amounts: [][]int64{{0, 1, 2}, nil, {1, -2, 0}}, Terms: []pareto.Amount{{All: pair(), Value: 3}}, Least: rapid.Int64Range(-2, 4).Draw(t, "least"),
		}},
	}
	return s
}

// TestRestrictedSpaceIsThePartOfTheWhole: over the options that are left, values and
// rules are what they were.
func TestRestrictedSpaceIsThePartOfTheWhole(t *testing.T) {
	feasible, broken := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawnSpace(t)
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		var keep [][]int
		for range s.Issues {
			keep = append(keep, rapid.SampledFrom([][]int{{0}, {0, 1}, {0, 2}, {0, 1, 2}}).Draw(t, "keep"))
		}
		members := rapid.SampledFrom([][]int{{0}, {2}, {0, 2}, {0, 1, 2}}).Draw(t, "members")
		part := restrict(s, keep, members)
		if err := part.Check(); err != nil {
			t.Fatal(err)
		}
		for a, ka := range keep[0] {
			for b, kb := range keep[1] {
				for c, kc := range keep[2] {
					whole, here := []int{ka, kb, kc}, []int{a, b, c}
					var want []int64
					for _, p := range members {
						want = append(want, s.Value(whole)[p])
					}
					if got := part.Value(here); !slices.Equal(got, want) {
						t.Fatalf("%v: got %v, want %v", whole, got, want)
					}
					if got, want := part.Feasible(here), s.Feasible(whole); got != want {
						t.Fatalf("%v: feasible %v, want %v", whole, got, want)
					}
					if s.Feasible(whole) {
						feasible++
					} else {
						broken++
					}
				}
			}
		}
	})
	if feasible == 0 || broken == 0 {
		t.Errorf("%d feasible packages and %d others: want some of each", feasible, broken)
	}
}
