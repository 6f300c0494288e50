package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestExploreIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	for _, s := range []Space{
		randomScenario(1, 30, 4, true, false),
		randomSpace(rand.New(rand.NewPCG(4, 3)), shape{sides: 3, issues: 12, options: 4, terms: 30, literals: 3, additive: true, negative: true, rules: 3}),
	} {
		var want []Found
		for _, workers := range []int{1, 2, 16} {
			var got []Found
			last, err := Explore(context.Background(), s, Limits{Workers: workers}, func(f Found) { got = append(got, f) })
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, last); want == nil {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%d workers find something else", workers)
			}
		}
	}
}

// covered reports whether some point gives no side less than values by more
// than the gap.
func covered(found Found, values []int64) bool {
	for _, p := range found.Points {
		near := true
		for side, v := range p.Values {
			near = near && values[side]-v <= found.Gap[side]
		}
		if near {
			return true
		}
	}
	return false
}

func TestGapIsProved(t *testing.T) {
	seen := 0
	for seed := range 600 {
		r := rand.New(rand.NewPCG(uint64(seed), 21))
		s := randomSpace(r, shape{sides: 2 + seed%2, issues: 7, options: 4, terms: 24, literals: 4, negative: seed%3 == 0, rules: seed % 2})
		check := func(f Found) {
			if f.Gap == nil {
				return
			}
			seen++
			everyPackage(s, func(choice []int) {
				if s.Feasible(choice) && !covered(f, s.Value(choice)) {
					t.Fatalf("seed %d: %v is farther than %v from every point", seed, s.Value(choice), f.Gap)
				}
			})
		}
		for _, nodes := range []int64{0, 10, 40} {
			found, err := search(context.Background(), s, Limits{Workers: 2, Nodes: nodes}, check)
			if errors.Is(err, ErrInfeasible) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			check(found)
		}
	}
	if seen < 100 {
		t.Errorf("only %d gaps were checked", seen)
	}
}

func TestExploreStopsAtItsLimits(t *testing.T) {
	s := randomScenario(2, 30, 4, false, false)
	full, err := Explore(context.Background(), s, Limits{}, nil)
	if err != nil || !full.Complete {
		t.Fatal(full.Complete, err)
	}
	few, err := Explore(context.Background(), s, Limits{Points: 3}, nil)
	if err != nil || few.Complete || len(few.Points) != 3 {
		t.Errorf("3 points: got %d, %v, %v", len(few.Points), few.Complete, err)
	}
	short, err := Explore(context.Background(), s, Limits{Nodes: 1}, nil)
	if err != nil || short.Complete || short.Nodes > full.Nodes {
		t.Errorf("1 node: got %d nodes, %v, %v", short.Nodes, short.Complete, err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if none, err := Explore(ended, s, Limits{}, nil); !errors.Is(err, context.Canceled) || none.Complete {
		t.Errorf("ended: got %v, %v", none.Complete, err)
	}
}

// TestExploreOfATableIsTheMerge: without terms and rules nothing changes.
func TestExploreOfATableIsTheMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	s := randomSpace(r, shape{sides: 2, issues: 8, options: 4, additive: true})
	want, err := Frontier(context.Background(), s.Table, 0)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Explore(context.Background(), s, Limits{}, nil)
	if err != nil || !found.Complete || !reflect.DeepEqual(found.Points, want) {
		t.Errorf("got %v, %v, want %v", found.Points, err, want)
	}
	again := s
	again.Rules = []Rule{{AtLeast: 0}} // demands nothing, yet takes the other way
	other, err := search(context.Background(), again, Limits{}, nil)
	if err != nil || len(other.Points) != len(want) {
		t.Fatalf("got %d points, %v, want %d", len(other.Points), err, len(want))
	}
	for k, p := range other.Points {
		if !reflect.DeepEqual(p.Values, want[k].Values) || p.Count != nil {
			t.Errorf("point %d: got %v (%v), want %v", k, p.Values, p.Count, want[k].Values)
		}
	}
}

// TestExploreWithLargePoints: bounds are rounded where points are large, what is
// found is not.
func TestExploreWithLargePoints(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 31))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 4, terms: 10, literals: 3, additive: true, negative: true, rules: seed % 3})
		for p, factor := range []int64{1 << 50, 3} {
			for _, options := range s.Issues {
				for _, values := range options {
					values[p] = values[p]*factor + r.Int64N(3)
				}
			}
			for _, term := range s.Terms {
				term.Values[p] *= factor
			}
		}
		found, err := Explore(context.Background(), s, Limits{}, nil)
		checkExplored(t, s, found, err)
	}
}

// TestComponentsAddUp: two copies of a space that have nothing to do with each
// other have the frontier of the sums.
func TestComponentsAddUp(t *testing.T) {
	for seed := range 20 {
		r := rand.New(rand.NewPCG(uint64(seed), 41))
		s := randomSpace(r, shape{sides: 2, issues: 4, options: 4, terms: 8, literals: 3, negative: true})
		var sums [][]int64
		one := bruteFrontier(s)
		for _, a := range one {
			for _, b := range one {
				sums = append(sums, []int64{a[0] + b[0], a[1] + b[1]})
			}
		}
		want := map[string]bool{}
		for _, k := range Skyline(sums) {
			want[fmt.Sprint(sums[k])] = true
		}
		n := len(s.Issues)
		s.Issues = append(s.Issues, s.Issues...)
		for _, term := range s.Terms {
			twin := Term{Values: term.Values}
			for _, l := range term.All {
				twin.All = append(twin.All, Literal{Issue: l.Issue + n, Options: l.Options})
			}
			s.Terms = append(s.Terms, twin)
		}
		found, err := Explore(context.Background(), s, Limits{}, nil)
		if err != nil || len(found.Points) != len(want) {
			t.Fatalf("seed %d: got %d points, %v, want %d", seed, len(found.Points), err, len(want))
		}
		for _, p := range found.Points {
			if !want[fmt.Sprint(p.Values)] {
				t.Errorf("seed %d: %v is not a sum", seed, p.Values)
			}
		}
	}
}

func ExampleExplore() {
	// A road and a bridge, each built or not: the road costs the town 2, the
	// bridge costs it 3; the valley gains 4 by either. Both together bring the
	// town 6. The bridge requires the road.
	built := func(issue int) Literal { return Literal{Issue: issue, Options: []int{1}} }
	s := Space{
		Table: Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {-2, 4}}, {{0, 0}, {-3, 4}}}},
		Terms: []Term{{All: []Literal{built(0), built(1)}, Values: []int64{6, 0}}},
		Rules: []Rule{{When: []Literal{built(1)}, Of: []Literal{built(0)}, AtLeast: 1}},
	}
	found, err := Explore(context.Background(), s, Limits{}, nil)
	fmt.Println(found.Complete, err)
	for _, p := range found.Points {
		fmt.Println(p.Values, p.Choice)
	}
	fmt.Println(s.Packages().Cmp(big.NewInt(4)) == 0)
	// Output:
	// true <nil>
	// [1 8] [1 1]
	// true
}
