package pareto

import (
	"cmp"
	"math"
	"slices"
)

// coreSearch is the depth-first part of a walk: issues with the largest losses
// first, so that wrong turns end early; options of an issue by rising loss.
type coreSearch struct {
	sides, depth  int
	budget, steps int
	spent         bool
	slack         float64
	floor         []int64
	values        []int64
	loss          []float64
	order         []int     // issue decided at each depth
	options, ends []int32   // options still possible, and where those of a depth end
	cursor, taken []int32   // per depth
	lost          []float64 // per depth: loss of the decisions above
	sums          []int64   // per depth: values of the decisions above
	rest          []int64   // per depth: most that it and the depths below can add
	short         []int64   // per depth: what the decisions above must have reached
	added         []int64   // values and
	losses        []float64 // loss of the options still possible, in their order
	spread        []float64 // per issue: loss of its second option

	ties    *ties // nil where nothing reaches beyond the knots
	given   []int32
	decided []bool // per depth: ties have taken its decision
}

func (c *coreSearch) begin(w *Walker, floor []int64, slack float64, budget int) {
	n := w.issues()
	c.sides, c.depth, c.budget, c.steps, c.spent, c.slack = w.sides, 0, budget, 0, false, slack
	c.floor, c.values, c.loss = floor, w.values, w.loss
	c.order, c.ends, c.cursor, c.taken = grow(c.order, n), grow(c.ends, n+1), grow(c.cursor, n+1), grow(c.taken, n)
	c.lost, c.spread = grow(c.lost, n+1), grow(c.spread, n)
	c.sums, c.rest = grow(c.sums, (n+1)*c.sides), grow(c.rest, (n+1)*c.sides)
	for i := range n {
		c.order[i] = i
		c.spread[i] = secondLoss(c.loss[w.starts[i]:w.starts[i+1]])
	}
	slices.SortFunc(c.order, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.spread[b], c.spread[a]), a-b)
	})
	c.options, c.ends[0] = c.options[:0], 0
	for d, i := range c.order {
		from := len(c.options)
		for o := w.starts[i]; o < w.starts[i+1]; o++ {
			if c.loss[o] <= slack {
				c.insert(from, int32(o))
			}
		}
		c.ends[d+1] = int32(len(c.options))
	}
	clear(c.rest[n*c.sides:])
	for d := n - 1; d >= 0 && slack >= 0 && !w.void; d-- {
		c.bound(d)
	}
	clear(c.sums[:c.sides])
	c.cursor[0] = 0
	if slack < 0 || w.void {
		c.depth = -1
	}
	if c.ties = nil; w.linked() {
		c.follow(w, n)
	} else if c.depth == 0 {
		c.line()
	}
}

// line brings what a walk without ties reads into the order in which it is read.
func (c *coreSearch) line() {
	c.added, c.losses = c.added[:0], c.losses[:0]
	for _, o := range c.options {
		c.added = append(c.added, c.values[int(o)*c.sides:(int(o)+1)*c.sides]...)
		c.losses = append(c.losses, c.loss[o])
	}
	c.short = grow(c.short, len(c.rest))
	for k, v := range c.rest {
		c.short[k] = c.floor[k%c.sides] - v
	}
}

// follow starts with what ties know before any decision.
func (c *coreSearch) follow(w *Walker, n int) {
	c.ties, c.given, c.decided = &w.ties, w.given, grow(c.decided, n)
	clear(c.decided)
	if c.ties.begin(c.sums[:c.sides]) {
		c.depth = -1
	}
}

// secondLoss is the smallest loss but one, huge when there is no second option.
func secondLoss(loss []float64) float64 {
	const none = 1e308
	first, second := none, none
	for _, l := range loss {
		switch {
		case l < first:
			first, second = l, first
		case l < second:
			second = l
		}
	}
	return second
}

// insert keeps the options of one depth sorted by loss.
func (c *coreSearch) insert(from int, o int32) {
	c.options = append(c.options, o)
	for k := len(c.options) - 1; k > from && c.loss[c.options[k-1]] > c.loss[o]; k-- {
		c.options[k-1], c.options[k] = o, c.options[k-1]
	}
}

// bound computes what depth d, which has an option, and those below can add at
// most.
func (c *coreSearch) bound(d int) {
	for p := range c.sides {
		most := int64(math.MinInt64)
		for _, o := range c.options[c.ends[d]:c.ends[d+1]] {
			most = max(most, c.values[int(o)*c.sides+p])
		}
		c.rest[d*c.sides+p] = most + c.rest[(d+1)*c.sides+p]
	}
}

func (c *coreSearch) sum(d int) []int64 { return c.sums[d*c.sides : (d+1)*c.sides] }

func (c *coreSearch) next() bool {
	n := len(c.order)
	if n == 0 { // the one package of a table without issues
		c.steps++
		c.depth--
		return c.depth == -1 && atLeast(c.sums, c.floor)
	}
	if c.ties == nil {
		return c.stride(n)
	}
	for c.depth >= 0 {
		d := c.depth
		at := c.cursor[d]
		c.undo(d)
		if at == c.ends[d+1] || c.lost[d]+c.loss[c.options[at]] > c.slack {
			c.depth--
			continue
		}
		if c.budget > 0 && c.steps >= c.budget {
			c.spent, c.depth = true, -1
			break
		}
		c.steps++
		c.cursor[d]++
		o := c.options[at]
		c.taken[d] = o
		c.lost[d+1] = c.lost[d] + c.loss[o]
		if !c.decide(d, int(o)) {
			continue
		}
		if d+1 == n {
			return true
		}
		c.depth++
		c.cursor[d+1] = c.ends[d+1]
	}
	return false
}

// stride is next where no issues interact. Nearly all the time of a checker is spent
// here.
func (c *coreSearch) stride(n int) bool {
	sides := c.sides
	for c.depth >= 0 {
		d := c.depth
		lost, end := c.lost[d], c.ends[d+1]
		from, to := c.sums[d*sides:(d+1)*sides], c.sums[(d+1)*sides:(d+2)*sides]
		short := c.short[(d+1)*sides : (d+2)*sides]
		at, enough := c.cursor[d], false
		for ; at < end && !enough && !(lost+c.losses[at] > c.slack); at++ {
			if c.budget > 0 && c.steps >= c.budget {
				c.spent, c.depth = true, -1
				return false
			}
			c.steps++
			enough = advance(to, from, c.added[int(at)*sides:(int(at)+1)*sides], short)
		}
		if c.cursor[d] = at; !enough {
			c.depth--
			continue
		}
		c.taken[d], c.lost[d+1] = c.options[at-1], lost+c.losses[at-1]
		if d+1 == n {
			return true
		}
		c.depth++
		c.cursor[d+1] = end
	}
	return false
}

// advance adds values up as long as every sum is enough, and reports whether it is.
func advance(to, from, more, enough []int64) bool {
	from, more, enough = from[:len(to)], more[:len(to)], enough[:len(to)]
	for p := range to {
		sum := from[p] + more[p]
		if sum < enough[p] {
			return false
		}
		to[p] = sum
	}
	return true
}

// decide adds option o at depth d, where issues interact, and reports whether every
// floor is still in reach.
func (c *coreSearch) decide(d, o int) bool {
	from, to := c.sum(d), c.sum(d+1)
	rest := c.rest[(d+1)*c.sides : (d+2)*c.sides]
	for p, v := range c.values[o*c.sides : (o+1)*c.sides] {
		to[p] = from[p] + v
	}
	lost, keeps := c.ties.decide(c.ties.of(int(c.given[o])), to)
	c.decided[d] = true
	c.lost[d+1] += lost
	if !keeps || c.lost[d+1] > c.slack {
		return false
	}
	for p, v := range to {
		if v+rest[p] < c.floor[p] {
			return false
		}
	}
	return true
}

// undo takes back the decision at a depth.
func (c *coreSearch) undo(d int) {
	if c.decided[d] {
		c.ties.undo(c.ties.of(int(c.given[c.taken[d]])))
		c.decided[d] = false
	}
}
