package pareto

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// largeTable is a table of points where nothing goes together by itself.
func largeTable(r *rand.Rand, sides, issues, options int) Space {
	s := Space{Table: Table{Sides: sides}}
	for range issues {
		rows := make([][]int64, options)
		for o := range rows {
			rows[o] = make([]int64, sides)
			for p := range rows[o] {
				if o > 0 {
					rows[o][p] = r.Int64N(101) - 45
				}
			}
		}
		s.Issues = append(s.Issues, rows)
	}
	return s
}

// addSimpleRules adds that an option requires another or excludes it.
func addSimpleRules(r *rand.Rand, s *Space, n int) {
	for range n {
		two := r.Perm(len(s.Issues))[:2]
		a, b := Literal{two[0], []int{1 + r.IntN(len(s.Issues[two[0]])-1)}}, Literal{two[1], []int{1 + r.IntN(len(s.Issues[two[1]])-1)}}
		if r.IntN(2) == 0 {
			s.Rules = append(s.Rules, Rule{When: []Literal{a}, Of: []Literal{b}, AtLeast: 1})
		} else {
			s.Rules = append(s.Rules, Rule{When: []Literal{a, b}, AtLeast: 1})
		}
	}
}

// addGains adds terms on options of three issues.
func addGains(r *rand.Rand, s *Space, n int) {
	for range n {
		three := r.Perm(len(s.Issues))[:3]
		slices.Sort(three)
		t := Term{Values: make([]int64, s.Sides)}
		for _, i := range three {
			t.All = append(t.All, Literal{i, []int{1 + r.IntN(len(s.Issues[i])-1)}})
		}
		for p := range t.Values {
			t.Values[p] = r.Int64N(121) - 60
		}
		s.Terms = append(s.Terms, t)
	}
}

// BenchmarkLarge searches tables near the bounds of what a dossier may have, as
// far as a limit lets it.
func BenchmarkLarge(b *testing.B) {
	for _, c := range []struct{ sides, issues, options, rules, gains int }{
		{2, 100, 4, 10_000, 0}, {2, 100, 4, 0, 1000}, {12, 12, 3, 10, 0}, {7, 30, 3, 10, 10},
	} {
		b.Run(fmt.Sprintf("%dx%dx%d-%d-rules-%d-gains", c.sides, c.issues, c.options, c.rules, c.gains), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			s := largeTable(r, c.sides, c.issues, c.options)
			addSimpleRules(r, &s, c.rules)
			addGains(r, &s, c.gains)
			found := Found{}
			for b.Loop() {
				var err error
				if found, err = Explore(context.Background(), s, Limits{Workers: 2, Nodes: 20_000}, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(found.Points)), "points")
			b.ReportMetric(hundredths(found), "%gap")
		})
	}
}
