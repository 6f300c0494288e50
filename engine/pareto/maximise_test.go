package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// atLeastFloor reports whether values reach a floor, nil being none.
func atLeastFloor(values, floor []int64) bool { return floor == nil || atLeast(values, floor) }

func TestMaximiseAgainstEnumeration(t *testing.T) {
	for seed := range 400 {
		r := rand.New(rand.NewPCG(uint64(seed), 9))
		h := shape{sides: 1 + seed%3, issues: 5, options: 4, terms: 10, literals: 3, additive: true, negative: seed%2 == 0, rules: seed % 4}
		s := randomSpace(r, h)
		weights := make([]int64, h.sides)
		var floor []int64
		for p := range weights {
			weights[p] = r.Int64N(4)
			if seed%5 > 1 {
				floor = append(floor, r.Int64N(60)-10)
			}
		}
		best, feasible := int64(0), false
		worth := func(values []int64) (sum int64) {
			for p, v := range values {
				sum += weights[p] * v
			}
			return sum
		}
		everyPackage(s, func(choice []int) {
			if v := s.Value(choice); s.Feasible(choice) && atLeastFloor(v, floor) && (!feasible || worth(v) > best) {
				best, feasible = worth(v), true
			}
		})
		choice, bound, exact, err := Maximise(context.Background(), s, weights, floor, Limits{Workers: 1 + seed%2})
		if !feasible {
			if !errors.Is(err, ErrInfeasible) || !exact {
				t.Fatalf("seed %d: got %v %v, want %v", seed, choice, err, ErrInfeasible)
			}
			continue
		}
		if err != nil || !exact || bound != best || worth(s.Value(choice)) != best || !s.Feasible(choice) || !atLeastFloor(s.Value(choice), floor) {
			t.Fatalf("seed %d: got %v worth %d (%v, %v), want %d", seed, choice, bound, exact, err, best)
		}
	}
}

func TestMaximiseWithinLimits(t *testing.T) {
	s := randomScenario(1, 30, 4, false, false)
	_, want, exact, err := Maximise(context.Background(), s, []int64{1, 2}, nil, Limits{})
	if err != nil || !exact {
		t.Fatal(exact, err)
	}
	for _, nodes := range []int64{1, 20, 60, 100} {
		choice, bound, exact, err := Maximise(context.Background(), s, []int64{1, 2}, nil, Limits{Nodes: nodes})
		if err != nil || bound < want || exact && bound != want {
			t.Errorf("%d nodes: got bound %d (%v, %v), want at least %d", nodes, bound, exact, err, want)
		}
		if choice == nil {
			continue
		}
		if v := s.Value(choice); v[0]+2*v[1] > want {
			t.Errorf("%d nodes: got %v, want at most %d", nodes, v, want)
		}
	}
}

// brokenTogether tells by enumeration whether rules and floors clash.
func brokenTogether(s Space, floor []int64, set []int) bool {
	clash := true
	everyPackage(s, func(choice []int) {
		values := s.Value(choice)
		for _, k := range set {
			if k < len(s.Rules) && !s.Rules[k].Keeps(choice) || k >= len(s.Rules) && values[k-len(s.Rules)] < floor[k-len(s.Rules)] {
				return
			}
		}
		clash = false
	})
	return clash
}

func TestConflictAgainstEnumeration(t *testing.T) {
	clashes := 0
	for seed := range 300 {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		s := randomSpace(r, shape{sides: 2, issues: 4, options: 3, terms: 5, literals: 2, additive: true, negative: true, rules: 5})
		floor := []int64{r.Int64N(60), r.Int64N(60)}
		var all []int
		for k := range len(s.Rules) + len(floor) {
			all = append(all, k)
		}
		set, exact, err := Conflict(context.Background(), s, floor, Limits{Workers: 1})
		if err != nil || !exact {
			t.Fatal(exact, err)
		}
		if !brokenTogether(s, floor, all) {
			if set != nil {
				t.Fatalf("seed %d: got %v, want none", seed, set)
			}
			continue
		}
		clashes++
		if set == nil || !brokenTogether(s, floor, set) {
			t.Fatalf("seed %d: %v can be satisfied", seed, set)
		}
		for k := range set {
			if brokenTogether(s, floor, slices.Delete(slices.Clone(set), k, k+1)) {
				t.Fatalf("seed %d: %v clashes without %d", seed, set, set[k])
			}
		}
	}
	if clashes < 50 {
		t.Errorf("only %d cases clash", clashes)
	}
}

func ExampleConflict() {
	// Two issues of two options. The first rule wants the second option of the
	// first issue, the second rule that of the second issue, the third forbids
	// both together; the fourth has nothing to do with it.
	second := func(issue int) []Literal { return []Literal{{Issue: issue, Options: []int{1}}} }
	s := Space{
		Table: Table{Sides: 1, Issues: [][][]int64{{{0}, {1}}, {{0}, {1}}, {{0}, {1}}}},
		Rules: []Rule{
			{Of: second(0), AtLeast: 1},
			{Of: second(1), AtLeast: 1},
			{When: append(second(0), second(1)...), AtLeast: 1},
			{When: second(2), AtLeast: 1},
		},
	}
	fmt.Println(Conflict(context.Background(), s, nil, Limits{}))
	// Output: [0 1 2] true <nil>
}
