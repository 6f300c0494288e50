package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
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

// largeSpaces are a table with so many rules, and one with so many joint gains, that
// hardly two parts of a bound can be taken together.
func largeSpaces() map[string]Space {
	r := rand.New(rand.NewPCG(3, 2))
	ruled, gaining := largeTable(r, 2, 60, 4), largeTable(r, 2, 60, 4)
	addSimpleRules(r, &ruled, 2500)
	addGains(r, &gaining, 600)
	return map[string]Space{"rules": ruled, "gains": gaining}
}

// TestLargeTablesHaveAGap: a limit ends the search of such tables with points, and no
// package lies beyond all of them by more than the gap.
func TestLargeTablesHaveAGap(t *testing.T) {
	if testing.Short() {
		t.Skip("ten times slower under the race detector, whose question smaller tables ask, too")
	}
	for name, s := range largeSpaces() {
		found, err := Explore(t.Context(), s, Limits{Workers: 2, Nodes: 20_000}, nil)
		if err != nil || len(found.Points) == 0 || len(found.Gap) != s.Sides {
			t.Fatalf("%s: %d points, gap %v, %v", name, len(found.Points), found.Gap, err)
		}
		r, tried := rand.New(rand.NewPCG(3, 3)), 0
		try := func(choice []int) {
			if !s.Feasible(choice) {
				return
			}
			tried++
			values := s.Value(choice)
			if !slices.ContainsFunc(found.Points, func(p Point) bool {
				for side, v := range p.Values {
					if v < values[side]-found.Gap[side] {
						return false
					}
				}
				return true
			}) {
				t.Fatalf("%s: %v has %v, beyond every point by more than %v", name, choice, values, found.Gap)
			}
		}
		for range 3000 { // around what was found, and anywhere
			choice := slices.Clone(found.Points[r.IntN(len(found.Points))].Choice)
			for range 1 + r.IntN(4) {
				i := r.IntN(len(choice))
				choice[i] = r.IntN(len(s.Issues[i]))
			}
			try(choice)
			for i := range choice {
				choice[i] = r.IntN(len(s.Issues[i]))
			}
			try(choice)
		}
		if tried < 100 {
			t.Errorf("%s: only %d packages were tried", name, tried)
		}
	}
}

// TestBoundsOfLargeTablesAreBounded: what parts of a bound can be taken together is
// looked for no longer than is allowed, and what could not be taken together still
// makes a bound.
func TestBoundsOfLargeTablesAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("ten times slower under the race detector, whose question smaller tables ask, too")
	}
	for name, s := range largeSpaces() {
		c := newCourse(t.Context(), newFrame(s, nil, nil))
		f := newFan(t.Context(), c, [][]int64{{1, 0}, {0, 1}, {1, 1}}, 1<<12, 1)
		if f.looks < mostLooks || f.looks > mostLooks*5/4 {
			t.Errorf("%s: %d looks, with %d allowed", name, f.looks, mostLooks)
		}
		sweep := sweep{fan: f}
		start := sweep.start()
		for w, weights := range f.weights {
			choice, _, _, err := Maximise(t.Context(), s, weights, nil, Limits{Workers: 2, Nodes: 5000})
			if err != nil || choice == nil {
				t.Fatal(name, choice, err)
			}
			if most := f.weigh(w, start.values) + start.bound[w]; f.weigh(w, s.Value(choice)) > most {
				t.Fatalf("%s: %v is above the bound %d of %v", name, s.Value(choice), most, weights)
			}
		}
	}
}

// counted is a context that ends when it has been asked a number of times, and counts
// how often it is asked from then on.
type counted struct {
	context.Context
	asked, ends atomic.Int64
}

func (c *counted) Err() error {
	if c.asked.Add(1) > c.ends.Load() {
		return context.Canceled
	}
	return nil
}

// TestLargeTablesAreCancelledAtOnce: wherever the context ends, the search does little
// more than notice it.
func TestLargeTablesAreCancelledAtOnce(t *testing.T) {
	for name, s := range largeSpaces() {
		for _, ends := range []int64{0, 5, 200, 2000} {
			ctx := &counted{Context: context.Background()}
			ctx.ends.Store(ends)
			_, err := Explore(ctx, s, Limits{Workers: 1, Nodes: 1 << 40}, nil)
			if after := ctx.asked.Load() - ends; !errors.Is(err, context.Canceled) || after > 200 {
				t.Errorf("%s, ended after %d: %v, asked %d times more", name, ends, err, after)
			}
		}
	}
}
