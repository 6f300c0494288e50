package pareto

import (
	"math/bits"
	"slices"
)

// set is small numbers, one bit each.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) has(k int) bool { return s[k/64]>>(k%64)&1 == 1 }

func (s set) add(k int) { s[k/64] |= 1 << (k % 64) }

func (s set) drop(k int) { s[k/64] &^= 1 << (k % 64) }

// next is the least number from k on, -1 if there is none.
func (s set) next(k int) int {
	for i := k / 64; i < len(s); i++ {
		word := s[i]
		if i == k/64 {
			word &= ^uint64(0) << (k % 64)
		}
		if word != 0 {
			return i*64 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// meet leaves in s what is in both others.
func (s set) meet(a, b set) {
	for i := range s {
		s[i] = a[i] & b[i]
	}
}

// without leaves in s what is in a and not in b.
func (s set) without(a, b set) {
	for i := range s {
		s[i] = a[i] &^ b[i]
	}
}

// common counts what is in both.
func (s set) common(a set) (n int) {
	for i := range s {
		n += bits.OnesCount64(s[i] & a[i])
	}
	return n
}

// cliques are sets of numbers that are tied two by two, with every tie in at least
// one of them: each tie that is in none yet is grown by what is tied to all of it,
// first what leaves most to grow by. Ties in excess of most are left out.
func cliques(tied []set, most int) [][]int32 {
	var all [][]int32
	seen := make([]set, len(tied)) // ties in some clique
	for k := range seen {
		seen[k] = newSet(len(tied))
	}
	both := newSet(len(tied))
	for a := range tied {
		for b := tied[a].next(a + 1); b >= 0; b = tied[a].next(b + 1) {
			if seen[a].has(b) {
				continue
			}
			if len(all) == most {
				return all
			}
			both.meet(tied[a], tied[b])
			clique := grown([]int32{int32(a), int32(b)}, both, tied)
			for _, x := range clique {
				for _, y := range clique {
					seen[x].add(int(y))
				}
			}
			all = append(all, clique)
		}
	}
	return all
}

func grown(clique []int32, by set, tied []set) []int32 {
	for {
		best, most := -1, -1
		for k := by.next(0); k >= 0; k = by.next(k + 1) {
			if n := by.common(tied[k]); n > most {
				best, most = k, n
			}
		}
		if best < 0 {
			slices.Sort(clique)
			return clique
		}
		clique = append(clique, int32(best))
		by.meet(by, tied[best])
	}
}
