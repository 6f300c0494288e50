package pareto

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// hubScenario is drawn like the published ones: n issues of ten values, 2n boxes a
// side about one to four issues each, every sixth issue in many more of them than
// the others.
func hubScenario(seed uint64, n int) Space {
	s := randomScenario(seed, n, 4, false, false)
	r := rand.New(rand.NewPCG(seed, uint64(n)+1))
	for k := range s.Terms {
		var all []Literal
		for _, l := range s.Terms[k].All {
			if r.IntN(2) == 0 {
				l.Issue = 6 * r.IntN((n+5)/6)
			}
			if !slices.ContainsFunc(all, func(m Literal) bool { return m.Issue == l.Issue }) {
				all = append(all, l)
			}
		}
		slices.SortFunc(all, func(a, b Literal) int { return a.Issue - b.Issue })
		s.Terms[k].All = all
	}
	return s
}

// randomScenario has n issues of ten values and 2n boxes a side, which tie any
// issues together alike. It is harder than the published ones.
func randomScenario(seed uint64, n, literals int, excludes, negative bool) Space {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	s := Space{Table: Table{Sides: 2}}
	for range n {
		options := make([][]int64, 10)
		for o := range options {
			options[o] = make([]int64, 2)
		}
		s.Issues = append(s.Issues, options)
	}
	for p := range 2 {
		for range 2 * n {
			issues := r.Perm(n)[:1+r.IntN(literals)]
			slices.Sort(issues)
			values, less := make([]int64, 2), make([]int64, 2)
			values[p] = 1 + r.Int64N(100)
			if negative && r.IntN(5) == 0 {
				values[p] = -values[p]
			}
			less[p] = -values[p]
			var all []Literal
			for _, i := range issues {
				all = append(all, Literal{Issue: i, Options: randomInterval(r)})
			}
			if excludes && r.IntN(4) == 0 {
				s.Terms = append(s.Terms, Term{Values: values}, Term{All: all, Values: less})
			} else {
				s.Terms = append(s.Terms, Term{All: all, Values: values})
			}
		}
	}
	return s
}

// randomInterval reaches the low end in two cases of five, the high end in most
// others, and always into the upper half.
func randomInterval(r *rand.Rand) []int {
	low, high := 0, 5+r.IntN(4)
	if r.IntN(5) >= 2 {
		low, high = 1+r.IntN(9), 9
		if r.IntN(2) == 0 {
			high = max(low, 5+r.IntN(5))
		}
	}
	var options []int
	for o := low; o <= high; o++ {
		options = append(options, o)
	}
	return options
}

func BenchmarkRandomScenario(b *testing.B) {
	for _, n := range []int{10, 20, 30, 40, 50} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for seed := uint64(0); b.Loop(); seed++ {
				if _, err := Explore(context.Background(), randomScenario(seed%4, n, 4, false, false), Limits{Workers: 2}, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
