package pareto

import (
	"context"
	"slices"
)

// course is the order in which a frame is gone through, one stage an issue. A
// bond is open from the first of its issues to the last; in between one bit says
// whether its literals have held so far. Partial packages that agree on the bits
// can be continued alike, so the bits are all that is remembered of the choices.
type course struct {
	*frame
	stages []stage
	slotOf []int // per bond: its bit
	words  int   // of 64 bits, for the bonds open at one time
}

type stage struct {
	issue   int
	options []move
	closing []closing
	open    []int   // the bonds open before this stage, ascending
	slot    []int   // for each of open: its bit
	least   []int64 // what the rest of the way adds at least, before this stage
}

// move is what taking an option does to the bits: those not in keep fall, those
// in start rise. Kept and started tell the same for single bonds.
type move struct {
	keep, start []uint64
	values      []int64
}

// closing is a bond whose last issue this is. Slot is its bit.
type closing struct {
	bond, slot int
	holds      []bool
	values     []int64
}

// newCourse orders the issues by eliminating, from the last stage to the first,
// the issue whose elimination leaves the fewest bonds that tie it to the rest. The
// course has no stages when ctx ends first.
func newCourse(ctx context.Context, f *frame) *course {
	order := eliminate(ctx, f)
	slices.Reverse(order)
	c := &course{frame: f}
	if ctx.Err() != nil {
		return c
	}
	at := make([]int, len(f.issues))
	for k, i := range order {
		at[i] = k
	}
	first, last := make([]int, len(f.bonds)), make([]int, len(f.bonds))
	for b, bond := range f.bonds {
		first[b] = len(order)
		for _, t := range bond.all {
			first[b], last[b] = min(first[b], at[t.issue]), max(last[b], at[t.issue])
		}
	}
	c.slotOf = c.assign(first, last)
	slot := c.slotOf
	for k, i := range order {
		s := stage{issue: i}
		for b := range f.bonds {
			if first[b] < k && k <= last[b] {
				s.open, s.slot = append(s.open, b), append(s.slot, slot[b])
			}
		}
		for o, option := range f.issues[i] {
			s.options = append(s.options, c.move(o, option, k, i, first, last, slot))
		}
		for b, bond := range f.bonds {
			if last[b] == k {
				s.closing = append(s.closing, closing{bond: b, slot: slot[b], holds: bond.at(i).holds, values: bond.values})
			}
		}
		c.stages = append(c.stages, s)
	}
	c.bounds()
	return c
}

// at is the literal about an issue, nil if there is none.
func (b *bond) at(issue int) *tie {
	for t := range b.all {
		if b.all[t].issue == issue {
			return &b.all[t]
		}
	}
	return nil
}

// assign gives every bond a bit that no other has while it is open.
func (c *course) assign(first, last []int) []int {
	slot := make([]int, len(first))
	var free []int // per bit: the stage from which it is free
	for k := range c.issues {
		for b := range first {
			if first[b] != k {
				continue
			}
			at := slices.IndexFunc(free, func(until int) bool { return until <= k })
			if at < 0 {
				at, free = len(free), append(free, 0)
			}
			slot[b], free[at] = at, last[b]
		}
	}
	c.words = max(1, (len(free)+63)/64)
	return slot
}

func (c *course) move(o int, option choiceOf, k, issue int, first, last, slot []int) move {
	m := move{keep: make([]uint64, c.words), start: make([]uint64, c.words), values: option.values}
	for b := range c.bonds {
		if k < first[b] || k >= last[b] {
			continue
		}
		t := c.bonds[b].at(issue)
		switch bit := uint64(1) << (slot[b] % 64); {
		case first[b] == k && t.holds[o]:
			m.start[slot[b]/64] |= bit
		case first[b] < k && (t == nil || t.holds[o]):
			m.keep[slot[b]/64] |= bit
		}
	}
	return m
}

// bounds fills in what the rest of the way adds at least.
func (c *course) bounds() {
	rest := make([]int64, c.width())
	for k := len(c.stages) - 1; k >= 0; k-- {
		s := &c.stages[k]
		for _, b := range s.closing {
			for q, v := range b.values {
				rest[q] += min(0, v)
			}
		}
		for q := range rest {
			least := s.options[0].values[q]
			for _, m := range s.options {
				least = min(least, m.values[q])
			}
			rest[q] += least
		}
		s.least = slices.Clone(rest)
	}
}
