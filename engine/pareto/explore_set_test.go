package pareto

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSets(t *testing.T) {
	a, b := newSet(130), newSet(130)
	for _, k := range []int{0, 5, 63, 64, 129} {
		a.add(k)
	}
	for _, k := range []int{5, 64, 100} {
		b.add(k)
	}
	listed := func(s set) (all []int) {
		for k := s.next(0); k >= 0; k = s.next(k + 1) {
			all = append(all, k)
		}
		return all
	}
	both, only := newSet(130), newSet(130)
	both.meet(a, b)
	only.without(a, b)
	only.drop(63)
	if got := listed(a); !slices.Equal(got, []int{0, 5, 63, 64, 129}) {
		t.Errorf("a set has %v", got)
	}
	if got := listed(both); !slices.Equal(got, []int{5, 64}) || a.common(b) != 2 {
		t.Errorf("two sets have %v in common, counted %d", got, a.common(b))
	}
	if got := listed(only); !slices.Equal(got, []int{0, 129}) || only.has(63) || !only.has(129) {
		t.Errorf("one set without another is %v", got)
	}
	if got := newSet(64).next(63); got != -1 {
		t.Errorf("an empty set has %d", got)
	}
}

// TestCliques: what a clique has is tied two by two, nothing is tied to all of it,
// and every tie is in one, as far as there may be so many.
func TestCliques(t *testing.T) {
	for seed := range 200 {
		r := rand.New(rand.NewPCG(uint64(seed), 41))
		n := 1 + r.IntN(80)
		tied := make([]set, n)
		for k := range tied {
			tied[k] = newSet(n)
		}
		ties := 0
		for a := range n {
			for b := range a {
				if r.IntN(4) == 0 {
					tied[a].add(b)
					tied[b].add(a)
					ties++
				}
			}
		}
		all := cliques(tied, 1<<20)
		covered := map[[2]int32]bool{}
		for _, q := range all {
			for i, x := range q {
				for _, y := range q[:i] {
					if !tied[x].has(int(y)) || x <= y {
						t.Fatalf("seed %d: %d and %d in %v", seed, x, y, q)
					}
					covered[[2]int32{x, y}] = true
				}
			}
			for k := range n {
				if !slices.ContainsFunc(q, func(v int32) bool { return !tied[k].has(int(v)) }) {
					t.Fatalf("seed %d: %v could have %d too", seed, q, k)
				}
			}
		}
		if len(covered) != ties {
			t.Fatalf("seed %d: %d of %d ties are in cliques", seed, len(covered), ties)
		}
		if few := cliques(tied, len(all)/2); len(few) != len(all)/2 {
			t.Fatalf("seed %d: %d cliques, want %d", seed, len(few), len(all)/2)
		}
	}
}
