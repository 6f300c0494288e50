package roadmap

import (
	"cmp"
	"math/bits"
	"slices"
)

// packer lists the steps from a state, leaving out early what cannot become one.
type packer struct {
	*course
	n     int
	limit int64
	looks int64
	most  [][]int64 // by move and side: what a move can add at best
	helps [][]int64 // by side: what moves can add to it at best, largest first; sums from the front
	needs []int     // by move: how large a step must be to hold it
}

func newPacker(c *course, limit int64) *packer {
	f := &packer{course: c, n: len(c.moves), limit: limit, most: make([][]int64, len(c.moves))}
	for x := range f.most {
		f.most[x] = slices.Clone(c.delta[x])
		for _, t := range c.terms {
			for p, v := range t.values {
				switch {
				case t.must>>x&1 == 1:
					f.most[x][p] += max(0, v)
				case t.not>>x&1 == 1:
					f.most[x][p] += max(0, -v)
				}
			}
		}
	}
	for p := range c.sides {
		help := make([]int64, f.n)
		for x := range help {
			help[x] = max(0, f.most[x][p])
		}
		slices.SortFunc(help, func(a, b int64) int { return cmp.Compare(b, a) })
		sums := make([]int64, f.n+1)
		for k, v := range help {
			sums[k+1] = sums[k] + v
		}
		f.helps = append(f.helps, sums)
	}
	for x := range f.most {
		f.needs = append(f.needs, f.requirement(f.most[x]))
	}
	return f
}

// requirement is how many moves a step must have at least to hold a move: the
// largest debt that it leaves with a single side must be paid by the others.
// Where values may fall to a floor nothing is owed.
func (f *packer) requirement(most []int64) int {
	need := 1
	if f.floor != nil {
		return need
	}
	for p, v := range most {
		for need < f.n && v+f.helps[p][need-1] < 0 {
			need++
		}
	}
	return need
}

// each calls do with every step of k moves from a state, in a fixed order, until
// it says no or the limit is reached. Moves are added in ascending order; a part
// of a step is dropped when those that can follow cannot pay some side's debt.
func (f *packer) each(s uint64, before []int64, k int, do func(step uint64, values []int64) bool) {
	sum, owed := make([]int64, f.sides), make([]int64, f.sides)
	var add func(step, rest uint64, k int) bool
	add = func(step, rest uint64, k int) bool {
		if f.looks++; f.looks > f.limit {
			return false
		}
		if k == 0 {
			t := s | step
			f.value(t, sum)
			return !f.possible(t, sum) || !f.step(s, t, before, sum) || do(step, sum)
		}
		for ; bits.OnesCount64(rest) >= k; rest &= rest - 1 {
			x := bits.TrailingZeros64(rest)
			if !f.payable(owed, x, k-1) {
				continue
			}
			f.owe(owed, x, 1)
			more := add(step|1<<x, rest&(rest-1), k-1)
			f.owe(owed, x, -1)
			if !more {
				return false
			}
		}
		return true
	}
	add(0, f.full&^s, k)
}

// payable reports whether so many more moves can pay what every side would owe
// after a move, at best.
func (f *packer) payable(owed []int64, x, more int) bool {
	if f.floor != nil {
		return true
	}
	for p, v := range owed {
		if v+f.most[x][p]+f.helps[p][more] < 0 {
			return false
		}
	}
	return true
}

func (f *packer) owe(owed []int64, x int, sign int64) {
	for p := range owed {
		owed[p] += sign * f.most[x][p]
	}
}

// hasty goes from the start to the end by the smallest step that each state
// offers, and spends at most half of the limit on it: then what is left is one
// step.
func (f *packer) hasty() []uint64 {
	limit := f.limit
	f.limit /= 2
	defer func() { f.limit = limit }()
	out := []uint64{0}
	for at := uint64(0); at != f.full; {
		made := bits.OnesCount64(at)
		before := f.value(at, make([]int64, f.sides))
		step, tie := f.full&^at, ^uint32(0)
		for k := 1; k < f.n-made && tie == ^uint32(0); k++ {
			f.each(at, before, k, func(d uint64, _ []int64) bool {
				if v := f.tie(at, at|d, made, k); v < tie {
					step, tie = d, v
				}
				return true
			})
		}
		at |= step
		out = append(out, at)
	}
	return out
}
