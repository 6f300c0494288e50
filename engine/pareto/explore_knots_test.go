package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// grouped is a space of groups of issues, with terms and rules inside each group
// and none between them.
func grouped(r *rand.Rand, h shape, groups int) Space {
	all := Space{Table: Table{Sides: h.sides}}
	moved := func(from []Literal, by int) (to []Literal) {
		for _, l := range from {
			to = append(to, Literal{Issue: l.Issue + by, Options: l.Options})
		}
		return to
	}
	for range groups {
		s, by := randomSpace(r, h), len(all.Issues)
		all.Issues = append(all.Issues, s.Issues...)
		for _, term := range s.Terms {
			all.Terms = append(all.Terms, Term{All: moved(term.All, by), Values: term.Values})
		}
		for _, rule := range s.Rules {
			n := Rule{When: moved(rule.When, by), Of: moved(rule.Of, by), AtLeast: rule.AtLeast}
			if rule.Sum != nil {
				n.Sum = &Sum{Amounts: slices.Concat(make([][]int64, by), rule.Sum.Amounts), Least: rule.Sum.Least}
				for _, t := range rule.Sum.Terms {
					n.Sum.Terms = append(n.Sum.Terms, Amount{All: moved(t.All, by), Value: t.Value})
				}
			}
			all.Rules = append(all.Rules, n)
		}
	}
	for k := range all.Rules { // sums have an entry for every issue
		if sum := all.Rules[k].Sum; sum != nil {
			sum.Amounts = slices.Concat(sum.Amounts, make([][]int64, len(all.Issues)-len(sum.Amounts)))
		}
	}
	return all
}

// TestGroupsAreMerged: a space of small groups has the frontier of enumeration
// for any number of sides, found without a search.
func TestGroupsAreMerged(t *testing.T) {
	feasible := map[int]int{}
	for seed := range 300 {
		r := rand.New(rand.NewPCG(uint64(seed), 17))
		h := shape{sides: 1 + seed%6, issues: 2, options: 3, terms: 2, literals: 2, additive: true, negative: true, rules: seed / 6 % 3}
		s := grouped(r, h, 3)
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		found, err := Explore(context.Background(), s, Limits{}, nil)
		checkExplored(t, s, found, err)
		if newGroups(s) == nil || found.Nodes > 0 {
			t.Errorf("seed %d: %d nodes for groups that can be merged", seed, found.Nodes)
		}
		if err == nil {
			feasible[h.sides]++
		}
		other, err := search(context.Background(), s, Limits{}, nil)
		checkExplored(t, s, other, err)
	}
	for sides := 1; sides <= 6; sides++ {
		if n := feasible[sides]; n < 15 || n == 50 {
			t.Errorf("%d sides: %d of 50 spaces have a package that keeps the rules", sides, n)
		}
	}
}

// TestMergedRepresentatives: of packages with equal points the one whose options
// come first, knot by knot, whatever the number of workers.
func TestMergedRepresentatives(t *testing.T) {
	// Issues 0 and 2 hang together, so the options of both are compared before
	// those of issue 1. The packages 0 1 1 and 1 1 0 are worth the same.
	s := Space{
		Table: Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {1, 1}}, {{0, 0}, {1, 1}}, {{0, 0}, {1, 1}}}},
		Rules: []Rule{
			{When: []Literal{{0, []int{1}}, {2, []int{1}}}, AtLeast: 1},
		},
	}
	for workers := range 3 {
		found, err := Explore(context.Background(), s, Limits{Workers: workers}, nil)
		want := []Point{{Values: []int64{2, 2}, Choice: []int{0, 1, 1}}}
		if err != nil || !reflect.DeepEqual(found.Points, want) {
			t.Errorf("got %v, %v, want %v", found.Points, err, want)
		}
	}
}

// TestMergeWithinLimits: a merge that would keep more points than allowed gives
// way to a search, whose gap is proved.
func TestMergeWithinLimits(t *testing.T) {
	s := grouped(rand.New(rand.NewPCG(3, 18)), shape{sides: 3, issues: 2, options: 4, terms: 2, literals: 2, additive: true, negative: true}, 4)
	full, err := Explore(context.Background(), s, Limits{}, nil)
	if err != nil || len(full.Points) < 20 {
		t.Fatal(len(full.Points), err)
	}
	for _, limits := range []Limits{{Points: 4}, {Nodes: 4}} {
		found, err := Explore(context.Background(), s, limits, nil)
		if err != nil || found.Complete || found.Nodes == 0 {
			t.Errorf("%+v: got %d points, complete %v, %v", limits, len(found.Points), found.Complete, err)
		}
		for _, p := range found.Points {
			if !slices.Equal(s.Value(p.Choice), p.Values) || !s.Feasible(p.Choice) {
				t.Errorf("%+v: %v is not worth %v", limits, p.Choice, p.Values)
			}
		}
	}
	if found, err := Explore(context.Background(), s, Limits{Points: 100_000, Nodes: 1}, nil); err != nil || !found.Complete {
		t.Errorf("points alone bound a merge: got %v, %v", found.Complete, err)
	}
}

func TestMergeOfNothing(t *testing.T) {
	never := func(issue int) Rule { return Rule{When: []Literal{{Issue: issue, Options: []int{0, 1}}}, AtLeast: 1} }
	s := Space{Table: Table{Sides: 4, Issues: [][][]int64{{{0, 0, 0, 0}, {1, 1, 1, 1}}, {{0, 0, 0, 0}, {1, 1, 1, 1}}}}, Rules: []Rule{never(1)}}
	if found, err := Explore(context.Background(), s, Limits{}, nil); !errors.Is(err, ErrInfeasible) || len(found.Points) > 0 {
		t.Errorf("got %v, %v, want %v", found.Points, err, ErrInfeasible)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	s.Rules = []Rule{{When: []Literal{{0, []int{1}}, {1, []int{1}}}, AtLeast: 1}}
	if _, err := Explore(ended, s, Limits{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("ended: got %v", err)
	}
}

// TestLargeKnotsAreSearched: beyond mostMerged combinations a group is not merged.
func TestLargeKnotsAreSearched(t *testing.T) {
	for issues, want := range map[int]bool{11: true, 12: false} {
		s := Space{Table: Table{Sides: 2}}
		var all []Literal
		for i := range issues {
			s.Issues = append(s.Issues, [][]int64{{0, 0}, {int64(i), -1}})
			all = append(all, Literal{Issue: i, Options: []int{1}})
		}
		s.Terms = []Term{{All: all, Values: []int64{0, 20}}}
		if merged := newGroups(s) != nil; merged != want {
			t.Errorf("%d issues of two options: merged is %v, want %v", issues, merged, want)
		}
	}
}

func ExampleExplore_groups() {
	// Forty times a road and the bridge that requires it: 3^40 packages that keep
	// the rules. The first side pays 2 for a road and 3 for a bridge and gains 6 by
	// both, the second gains 4 by a bridge; a road alone pays nobody.
	var s Space
	s.Sides = 2
	for k := range 40 {
		s.Issues = append(s.Issues, [][]int64{{0, 0}, {-2, 0}}, [][]int64{{0, 0}, {-5, 4}})
		road, bridge := Literal{2 * k, []int{1}}, Literal{2*k + 1, []int{1}}
		s.Terms = append(s.Terms, Term{All: []Literal{road, bridge}, Values: []int64{6, 0}})
		s.Rules = append(s.Rules, Rule{When: []Literal{bridge}, Of: []Literal{road}, AtLeast: 1})
	}
	found, err := Explore(context.Background(), s, Limits{}, nil)
	fmt.Println(len(found.Points), found.Points[0].Values, found.Points[40].Values, found.Complete, err)
	// Output: 41 [0 0] [-40 160] true <nil>
}
