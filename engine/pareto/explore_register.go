package pareto

import "slices"

// register numbers states in the order in which they are first met.
type register struct {
	words  int
	states []uint64
	slots  []int32 // one more than a number, or 0
	mask   uint64
}

func newRegister(words, expected int) *register {
	size := 64
	for size < 4*expected {
		size *= 2
	}
	return &register{words: words, slots: make([]int32, size), mask: uint64(size - 1)}
}

func hashed(state []uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, word := range state {
		h = (h ^ word) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return h
}

// number is the number of a state, which it may be given now.
func (r *register) number(state []uint64) int {
	for at := hashed(state) & r.mask; ; at = (at + 1) & r.mask {
		switch n := int(r.slots[at]) - 1; {
		case n < 0:
			n = len(r.states) / r.words
			r.states = append(r.states, state...)
			r.slots[at] = int32(n + 1)
			if 2*(n+1) > len(r.slots) {
				r.grow()
			}
			return n
		case slices.Equal(r.states[n*r.words:(n+1)*r.words], state):
			return n
		}
	}
}

// find is the number of a state that has one.
func (r *register) find(state []uint64) int {
	at := hashed(state) & r.mask
	for {
		n := int(r.slots[at]) - 1
		if slices.Equal(r.states[n*r.words:(n+1)*r.words], state) {
			return n
		}
		at = (at + 1) & r.mask
	}
}

func (r *register) grow() {
	r.slots = make([]int32, 2*len(r.slots))
	r.mask = uint64(len(r.slots) - 1)
	for n := range len(r.states) / r.words {
		at := hashed(r.states[n*r.words:(n+1)*r.words]) & r.mask
		for r.slots[at] != 0 {
			at = (at + 1) & r.mask
		}
		r.slots[at] = int32(n + 1)
	}
}
