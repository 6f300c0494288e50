package pareto

import (
	"math/rand/v2"
	"testing"
)

// hand is a plot of wishes worth so much with the cliques of what is tied.
func handPlot(worth []int64, tied []set) *plot {
	p := &plot{open: newSet(len(worth)), rest: make([]int64, len(worth))}
	all := plot{first: []int32{0}}
	for _, q := range cliques(tied, 1<<20) {
		all.members = append(all.members, q...)
		all.first, all.price = append(all.first, int32(len(all.members))), append(all.price, 0)
	}
	for k := range worth {
		p.open.add(k)
	}
	p.inherit(&all, worth)
	return p
}

func tiesOf(n int, ties ...[2]int) []set {
	tied := make([]set, n)
	for k := range tied {
		tied[k] = newSet(n)
	}
	for _, t := range ties {
		tied[t[0]].add(t[1])
		tied[t[1]].add(t[0])
	}
	return tied
}

// TestPlotByHand: of three that clash with one another the best is the bound; of a
// ring of five worth one each half of them, which no set of them reaches.
func TestPlotByHand(t *testing.T) {
	three := handPlot([]int64{5, 4, 3}, tiesOf(3, [2]int{0, 1}, [2]int{1, 2}, [2]int{0, 2}))
	if before, after := three.bound(), three.improve(0, 0); before != 12 || after != 5 {
		t.Errorf("three: got %d, then %d, want 12, then 5", before, after)
	}
	ring := handPlot([]int64{1000, 1000, 1000, 1000, 1000}, tiesOf(5, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 4}, [2]int{4, 0}))
	if got := ring.improve(2000, 300); got < 2500 || got > 2510 {
		t.Errorf("a ring: got %d, want little more than 2500", got)
	}
	alone := handPlot([]int64{7, 9}, tiesOf(2))
	if got := alone.improve(0, 10); got != 16 {
		t.Errorf("without cliques: got %d, want 16", got)
	}
}

// heaviest is the most that a set of open wishes is worth no two of which are tied.
func heaviest(worth []int64, tied []set, open set, from int) int64 {
	k := open.next(from)
	if k < 0 {
		return 0
	}
	most := heaviest(worth, tied, open, k+1)
	rest := newSet(len(worth))
	rest.without(open, tied[k])
	return max(most, worth[k]+heaviest(worth, tied, rest, k+1))
}

// TestPlotsBound: whatever is open, and before and after prices move, no set is worth
// more than the bound; the bound does not rise by moving prices; and what wishes are
// charged is what their cliques cost.
func TestPlotsBound(t *testing.T) {
	tight := 0
	for seed := range 300 {
		r := rand.New(rand.NewPCG(uint64(seed), 42))
		n := 2 + r.IntN(14)
		worth, tied := make([]int64, n), tiesOf(n)
		scale := int64(1) << (4 * r.IntN(8))
		for a := range n {
			worth[a] = 1 + r.Int64N(100)*scale
			for b := range a {
				if r.IntN(3) == 0 {
					tied[a].add(b)
					tied[b].add(a)
				}
			}
		}
		p := handPlot(worth, tied)
		for p.open.next(0) >= 0 {
			want := heaviest(worth, tied, p.open, 0)
			before := p.bound()
			if before < want {
				t.Fatalf("seed %d: bound %d before, and a set is worth %d", seed, before, want)
			}
			after := p.improve(want, 60)
			if after < want || after > before {
				t.Fatalf("seed %d: bound %d, then %d, and a set is worth %d", seed, before, after, want)
			}
			if after == want {
				tight++
			}
			checkCharges(t, p, worth)
			p.open.drop(p.open.next(r.IntN(p.open.next(0) + 1)))
			p.inherit(p, worth)
		}
	}
	if tight < 1000 {
		t.Errorf("only %d bounds were what a set is worth", tight)
	}
}

func checkCharges(t *testing.T, p *plot, worth []int64) {
	t.Helper()
	for r := p.open.next(0); r >= 0; r = p.open.next(r + 1) {
		rest := worth[r]
		for k, price := range p.price {
			if price < 0 {
				t.Fatalf("a price of %d", price)
			}
			for _, v := range p.clique(k) {
				if !p.open.has(int(v)) {
					t.Fatalf("%d is not open", v)
				}
				if int(v) == r {
					rest -= price
				}
			}
		}
		if rest != p.rest[r] {
			t.Fatalf("wish %d: %d left, want %d", r, p.rest[r], rest)
		}
	}
}
