package pareto

import "slices"

// probe tests members of a wave against the target.
type probe struct {
	*sweep
	sums []int64
	last int // the weight vector that closed the last corner
}

// open reports whether a continuation may lie above some corner.
func (p *probe) open(values, bound []int64) bool {
	for w := range p.sums {
		if bound[w] <= never/2 {
			return false
		}
		p.sums[w] = p.weigh(w, values) + bound[w]
	}
	for _, sums := range p.target.sums {
		if p.sums[p.last] < sums[p.last] {
			continue
		}
		if p.clears(sums) {
			return true
		}
	}
	return false
}

func (p *probe) clears(sums []int64) bool {
	for w, sum := range sums {
		if p.sums[w] < sum {
			p.last = w
			return false
		}
	}
	return true
}

// candidates collects the members of a group.
type candidates struct {
	sieve  sieve
	parent []int32
	option []int32
	order  []int32
}

func (c *candidates) clear() {
	c.sieve.values, c.parent, c.option = c.sieve.values[:0], c.parent[:0], c.option[:0]
}

func (c *candidates) add(values, more []int64, parent, option int32) {
	for q, v := range values {
		c.sieve.values = append(c.sieve.values, v+more[q])
	}
	c.parent, c.option = append(c.parent, parent), append(c.option, option)
}

func (c *candidates) last() []int64 { return c.sieve.values[len(c.sieve.values)-c.sieve.sides:] }

func (c *candidates) drop() {
	n := len(c.parent) - 1
	c.sieve.values, c.parent, c.option = c.sieve.values[:n*c.sieve.sides], c.parent[:n], c.option[:n]
}

// settle appends those that no other beats to a wave, as its next group.
func (c *candidates) settle(to *wave) bool {
	if len(c.parent) == 0 {
		return false
	}
	at := func(k int32) []int64 { return c.sieve.values[int(k)*c.sieve.sides : (int(k)+1)*c.sieve.sides] }
	c.order = c.order[:0]
	for k := range c.parent {
		c.order = append(c.order, int32(k))
	}
	slices.SortFunc(c.order, func(a, b int32) int {
		if by := slices.Compare(at(b), at(a)); by != 0 {
			return by
		}
		return int(a - b)
	})
	distinct := slices.CompactFunc(c.order, func(a, b int32) bool { return slices.Equal(at(a), at(b)) })
	c.sieve.beaten = append(c.sieve.beaten[:0], make([]bool, len(c.parent))...)
	if c.sieve.sides > 1 {
		c.sieve.run(distinct)
	} else {
		distinct = distinct[:1]
	}
	for _, k := range distinct {
		if !c.sieve.beaten[k] {
			to.values = append(to.values, at(k)...)
			to.parent, to.option = append(to.parent, c.parent[k]), append(to.option, c.option[k])
		}
	}
	return true
}
