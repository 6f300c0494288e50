package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// everyPackage calls visit with every package of a space.
func everyPackage(s Space, visit func(choice []int)) {
	choice := make([]int, len(s.Issues))
	for {
		visit(choice)
		i := 0
		for ; i < len(choice); i++ {
			if choice[i]++; choice[i] < len(s.Issues[i]) {
				break
			}
			choice[i] = 0
		}
		if i == len(choice) {
			return
		}
	}
}

// bruteFrontier enumerates.
func bruteFrontier(s Space) [][]int64 {
	seen := map[string][]int64{}
	everyPackage(s, func(choice []int) {
		if s.Feasible(choice) {
			v := s.Value(choice)
			seen[fmt.Sprint(v)] = v
		}
	})
	var all [][]int64
	for _, v := range seen {
		all = append(all, v)
	}
	var kept [][]int64
	for _, k := range Skyline(all) {
		kept = append(kept, all[k])
	}
	slices.SortFunc(kept, func(a, b []int64) int { return slices.Compare(b, a) })
	return kept
}

// shape says what randomSpace makes.
type shape struct {
	sides, issues, options, terms, literals, rules int
	additive, negative                             bool
}

func randomLiterals(r *rand.Rand, s Space, n int, twice bool) []Literal {
	var all []Literal
	for range n {
		i := r.IntN(len(s.Issues))
		if !twice && slices.ContainsFunc(all, func(l Literal) bool { return l.Issue == i }) {
			continue
		}
		l := Literal{Issue: i}
		a, b := r.IntN(len(s.Issues[i])), r.IntN(len(s.Issues[i]))
		a, b = min(a, b), max(a, b)
		outside := r.IntN(4) == 0
		for o := range s.Issues[i] {
			if (a <= o && o <= b) != outside {
				l.Options = append(l.Options, o)
			}
		}
		if l.Options != nil {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b Literal) int { return a.Issue - b.Issue })
	return all
}

func randomSpace(r *rand.Rand, h shape) Space {
	s := Space{Table: Table{Sides: h.sides}}
	points := func() []int64 {
		values := make([]int64, h.sides)
		for p := range values {
			if r.IntN(2) == 0 {
				values[p] = 1 + r.Int64N(20)
			}
			if h.negative && r.IntN(3) == 0 {
				values[p] = -values[p]
			}
		}
		return values
	}
	for range h.issues {
		options := make([][]int64, 1+r.IntN(h.options))
		for o := range options {
			options[o] = make([]int64, h.sides)
			if h.additive {
				options[o] = points()
			}
		}
		s.Issues = append(s.Issues, options)
	}
	for range h.terms {
		s.Terms = append(s.Terms, Term{All: randomLiterals(r, s, 1+r.IntN(h.literals), false), Values: points()})
	}
	for range h.rules {
		rule := Rule{When: randomLiterals(r, s, r.IntN(3), true)}
		switch r.IntN(4) {
		case 0, 1:
			rule.Of = randomLiterals(r, s, r.IntN(5), true)
			rule.AtLeast = r.IntN(4)
		default:
			sum := &Sum{Amounts: make([][]int64, len(s.Issues)), Least: r.Int64N(20) - 10}
			for i := range s.Issues {
				if r.IntN(3) > 0 {
					for range s.Issues[i] {
						sum.Amounts[i] = append(sum.Amounts[i], r.Int64N(11)-5)
					}
				}
			}
			for range r.IntN(3) {
				sum.Terms = append(sum.Terms, Amount{All: randomLiterals(r, s, 2, true), Value: r.Int64N(21) - 10})
			}
			rule.Sum = sum
		}
		s.Rules = append(s.Rules, rule)
	}
	return s
}

func checkExplored(t *testing.T, s Space, found Found, err error) {
	t.Helper()
	want := bruteFrontier(s)
	if len(want) == 0 {
		if !errors.Is(err, ErrInfeasible) {
			t.Fatalf("got %v, want %v", err, ErrInfeasible)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var got [][]int64
	for _, p := range found.Points {
		got = append(got, p.Values)
		if !slices.Equal(s.Value(p.Choice), p.Values) || !s.Feasible(p.Choice) {
			t.Fatalf("package %v is not worth %v", p.Choice, p.Values)
		}
	}
	if !found.Complete || !slices.EqualFunc(got, want, slices.Equal[[]int64]) {
		t.Fatalf("got %v %v, want %v", found.Complete, got, want)
	}
}

func TestExploreAgainstEnumeration(t *testing.T) {
	shapes := []shape{
		{sides: 2, issues: 5, options: 4, terms: 14, literals: 4},
		{sides: 2, issues: 6, options: 4, terms: 14, literals: 3, additive: true, negative: true},
		{sides: 2, issues: 6, options: 3, terms: 8, literals: 3, additive: true, negative: true, rules: 3},
		{sides: 3, issues: 5, options: 3, terms: 10, literals: 3, additive: true, negative: true, rules: 2},
		{sides: 1, issues: 5, options: 4, terms: 10, literals: 3, negative: true, rules: 2},
		{sides: 4, issues: 4, options: 3, terms: 6, literals: 3, additive: true, rules: 1},
	}
	for k, h := range shapes {
		for seed := range 150 {
			r := rand.New(rand.NewPCG(uint64(seed), uint64(k)))
			s := randomSpace(r, h)
			t.Run(fmt.Sprint(k, "/", seed), func(t *testing.T) {
				limits := Limits{Workers: 1 + seed%3}
				found, err := Explore(context.Background(), s, limits, nil)
				checkExplored(t, s, found, err)
				found, err = search(context.Background(), s, limits, nil) // also where it could be merged
				checkExplored(t, s, found, err)
			})
		}
	}
}
