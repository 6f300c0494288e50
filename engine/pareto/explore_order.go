package pareto

import "slices"

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
// the issue whose elimination leaves the fewest bonds that tie it to the rest.
func newCourse(f *frame) *course {
	order := eliminate(f)
	slices.Reverse(order)
	c := &course{frame: f}
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

// eliminate returns the issues in an order of elimination: greedily, the one
// that leaves the smallest scope, then rearranged so that what belongs together
// stands together and a small branch comes right before what it hangs from.
func eliminate(f *frame) []int {
	about := make([][]int, len(f.issues)) // bonds of each issue
	left := make([]int, len(f.bonds))     // issues of each bond that remain
	for b, bond := range f.bonds {
		left[b] = len(bond.all)
		for _, t := range bond.all {
			about[t.issue] = append(about[t.issue], b)
		}
	}
	type result struct {
		issue int
		scope []int
	}
	done := make([]bool, len(f.issues))
	children := make([][]int, len(f.issues))
	var pool []result
	for range f.issues {
		best, bestScope := -1, []int(nil)
		for i := range f.issues {
			if done[i] {
				continue
			}
			scope := slices.Clone(about[i])
			for _, r := range pool {
				if meets(r.scope, about[i]) {
					scope = append(scope, r.scope...)
				}
			}
			if scope = scopeAfter(scope, about[i], left); best < 0 || len(scope) < len(bestScope) {
				best, bestScope = i, scope
			}
		}
		pool = slices.DeleteFunc(pool, func(r result) bool {
			if meets(r.scope, about[best]) {
				children[best] = append(children[best], r.issue)
				return true
			}
			return false
		})
		pool = append(pool, result{issue: best, scope: bestScope})
		for _, b := range about[best] {
			left[b]--
		}
		done[best] = true
	}
	var roots []int
	for _, r := range pool {
		roots = append(roots, r.issue)
	}
	return branches(children, roots)
}

// branches lists a forest from the leaves, larger branches first.
func branches(children [][]int, roots []int) []int {
	below := make([][]int, len(children))
	var visit func(i int) []int
	gather := func(of []int) []int {
		var all []int
		for _, c := range of {
			below[c] = visit(c)
		}
		slices.SortStableFunc(of, func(a, b int) int { return len(below[b]) - len(below[a]) })
		for _, c := range of {
			all = append(all, below[c]...)
		}
		return all
	}
	visit = func(i int) []int { return append(gather(children[i]), i) }
	return gather(roots)
}

// scopeAfter takes from a scope the bonds that have no other issue left.
func scopeAfter(scope, about, left []int) []int {
	slices.Sort(scope)
	return slices.DeleteFunc(slices.Compact(scope), func(b int) bool {
		return left[b] == 1 && slices.Contains(about, b)
	})
}

func meets(a, b []int) bool {
	return slices.ContainsFunc(a, func(k int) bool { return slices.Contains(b, k) })
}
