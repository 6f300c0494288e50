package again

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// capped is a table of random points with caps, and all its packages.
func capped(r *rand.Rand) (x *reading, all [][]int) {
	x = listed(nil, nil, make(row, 2+r.IntN(2)))
	x.front, x.table.reading, all = nil, x, [][]int{{}}
	x.open, x.claim = map[string][]Open{}, obj{}
	for s := range x.Sides {
		x.base[s] = r.Int64N(6)
		x.cap = append(x.cap, []int64{uncapped, 6 + r.Int64N(20)}[r.IntN(2)])
	}
	for range 4 {
		var options []row
		var next [][]int
		for k := range 3 {
			v := make(row, x.Sides)
			for s := range v {
				v[s] = r.Int64N(10)
			}
			options = append(options, v)
			for _, choice := range all {
				next = append(next, append(slices.Clone(choice), k))
			}
		}
		x.table.issues, all = append(x.table.issues, options), next
	}
	x.Issues = slices.Grow(x.Issues, len(all[0]))[:len(all[0])]
	x.link()
	return x, all
}

// The fairest by what counts is that of all packages, tried one by one.
func TestFairestUnderCapsAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	cut, none := 0, 0
	for n := range 200 {
		x, all := capped(r)
		if n%5 == 0 {
			x.base = slices.Repeat(row{25}, x.Sides) // out of the reach of most
		}
		var best []int
		for _, choice := range all {
			if v := x.capped(x.table.value(choice)); v.covers(x.base) && (best == nil || fairer(v, x.capped(x.table.value(best)), x.base) > 0) {
				best = choice
			}
		}
		got := x.fairestOfAll()
		if (got == nil) != (best == nil) || best != nil && fairer(x.capped(x.table.value(got)), x.capped(x.table.value(best)), x.base) != 0 {
			t.Fatalf("table %d: %v, want one like %v", n, got, best)
		}
		if best == nil {
			none++
		} else if !slices.Equal(x.capped(x.table.value(best)), x.table.value(best)) {
			cut++
		}
	}
	if cut < 20 || none < 10 {
		t.Errorf("%d of the fairest are cut by a cap, %d tables have none", cut, none)
	}
}

// A gap holds where it is as wide as what counts needs, of all packages tried one by one, and not where it is narrower.
func TestGapsUnderCapsAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2))
	narrower := 0
	for n := range 200 {
		x, all := capped(r)
		for range 3 {
			v := x.capped(x.table.value(all[r.IntN(len(all))]))
			x.front = append(x.front, point{v: v})
		}
		gap := make(row, x.Sides)
		for s := range gap {
			gap[s] = r.Int64N(12)
		}
		holds := !slices.ContainsFunc(all, func(choice []int) bool {
			v := x.capped(x.table.value(choice))
			return !slices.ContainsFunc(x.front, func(p point) bool {
				near := slices.Clone(p.v)
				near.add(gap)
				return near.covers(v)
			})
		})
		believed := func() (is bool) {
			defer func() { is = recover() == nil }()
			x.nothingBeyond("frontier_gap", gap, nil)
			return true
		}()
		if believed != holds {
			t.Fatalf("table %d: a gap of %v holds: %t, believed: %t", n, gap, holds, believed)
		}
		if !holds {
			narrower++
		}
	}
	if narrower < 40 || narrower > 160 {
		t.Errorf("%d of 200 gaps are too narrow", narrower)
	}
}
