package pareto

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestListAgainstEnumeration: also where packages are sieved many times over.
func TestListAgainstEnumeration(t *testing.T) {
	for seed := range 120 {
		r := rand.New(rand.NewPCG(uint64(seed), 141))
		s := randomSpace(r, shape{sides: 1 + seed%7, issues: 5, options: 4, terms: seed % 9, literals: 3, additive: true, negative: true, rules: seed % 4})
		points, err := listed(t.Context(), s, Limits{Listed: 1 << 20})
		if len(points) == 0 && err == nil {
			err = ErrInfeasible
		}
		checkExplored(t, s, Found{Points: points, Complete: true}, err)
	}
}

// TestListTakesTheFirst: of packages with equal points the one whose options
// come first.
func TestListTakesTheFirst(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 151))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 3, terms: 5, literals: 3, rules: 1})
		points, err := listed(t.Context(), s, Limits{Listed: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range points {
			everyPackage(s, func(choice []int) {
				if s.Feasible(choice) && slices.Equal(s.Value(choice), p.Values) && slices.Compare(choice, p.Choice) < 0 {
					t.Errorf("seed %d: %v comes before %v", seed, choice, p.Choice)
				}
			})
		}
	}
}

// sums is a space of two opposed sides: n issues of two options, worth 2^i to one
// side or to the other, so that nobody beats anybody.
func sums(n int) Space {
	s := Space{Table: Table{Sides: 2}}
	for i := range n {
		s.Issues = append(s.Issues, [][]int64{{1 << i, 0}, {0, 1 << i}})
	}
	return s
}

func TestListWithinLimits(t *testing.T) {
	cases := []struct {
		name   string
		issues int
		limits Limits
		points int
		err    error
	}{
		{"everything stands", 10, Limits{Listed: 1024}, 1024, nil},
		{"one package too many", 10, Limits{Listed: 1023}, 0, ErrTooLarge},
		{"as many points as may be kept", 10, Limits{Listed: 1024, Points: 1024}, 1024, nil},
		{"one point too many", 10, Limits{Listed: 1024, Points: 1023}, 0, ErrTooLarge},
		{"more than are sieved at once", 15, Limits{Listed: 1 << 15}, 1 << 15, nil},
		{"too many points long before the end", 19, Limits{Listed: 1 << 19, Points: 100}, 0, ErrTooLarge},
		{"nothing may be listed", 1, Limits{}, 0, ErrTooLarge},
		{"no issue is one package", 0, Limits{Listed: 1}, 1, nil},
		{"more packages than a number holds", 80, Limits{Listed: 1 << 62}, 0, ErrTooLarge},
	}
	for _, c := range cases {
		s := sums(min(c.issues, 60))
		for len(s.Issues) < c.issues {
			s.Issues = append(s.Issues, [][]int64{{0, 0}, {0, 0}})
		}
		points, err := listed(t.Context(), s, c.limits)
		if !errors.Is(err, c.err) || err == nil && len(points) != c.points {
			t.Errorf("%s: got %d points, %v, want %d, %v", c.name, len(points), err, c.points, c.err)
		}
	}
}

func TestListEndsWithItsContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := listed(ended, sums(10), Limits{Listed: 1 << 20}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestManyRulesAreNotListed: a million packages under thousands of rules are too
// much to look at.
func TestManyRulesAreNotListed(t *testing.T) {
	s := sums(20)
	for range 1000 {
		s.Rules = append(s.Rules, Rule{When: []Literal{{0, []int{0}}, {1, []int{0}}}, AtLeast: 1})
	}
	if _, err := listed(t.Context(), s, Limits{Listed: 1 << 20}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want %v", err, ErrTooLarge)
	}
}

// TestListWhereASearchEnds: what a limit ends is listed where that is allowed,
// and complete; also where no package is feasible.
func TestListWhereASearchEnds(t *testing.T) {
	cut := 0
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 161))
		s := randomSpace(r, shape{sides: 4 + seed%4, issues: 6, options: 3, terms: 12, literals: 4, additive: true, negative: true, rules: seed % 4})
		short, err := Explore(t.Context(), s, Limits{Nodes: 3}, nil)
		if err == nil && !short.Complete {
			cut++
		}
		found, err := Explore(t.Context(), s, Limits{Nodes: 3, Listed: 1 << 12}, nil)
		checkExplored(t, s, found, err)
	}
	if cut < 10 {
		t.Errorf("a limit ended %d searches, want 10 or more", cut)
	}
}
