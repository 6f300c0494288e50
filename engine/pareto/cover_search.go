package pareto

import (
	"context"
	"slices"
)

// coverer settles boxes. A box is what lies above its lower corner on every
// side and not above its upper corner on any.
type coverer struct {
	ctx    context.Context
	space  Space
	walker Walker
	origin []int64
	span   []int64 // per side: the most it can get, less the origin, at least 1
	limits Limits
	nodes  int64
	points []Point

	shift   []int64 // per side: what a point covers beyond itself
	slack   []int64 // per side: what stays open beyond a corner
	left    float64 // part of the spans by which packages may pass the corners of boxes given up
	boxes   []box   // still to be settled, the last first
	free    [][]int64
	spare   [][]float64 // both to be used again
	corner  []int64     // of the box being settled, one more than low, and slack
	weights []float64   // tried for it
	reached []int64     // by the best package under them
	floor   []int64     // of a walk near it
	best    climber
}

type box struct {
	low, high []int64
	weights   []float64 // those that said most about the box it was cut from
}

// Bounds of the work on one box.
const (
	coverRounds = 12   // weights tried
	coverWalk   = 2000 // partial packages looked at for a package in it
	coverStroll = 2000 // and for one near it
)

func newCoverer(ctx context.Context, s Space, origin []int64, limits Limits) *coverer {
	c := &coverer{ctx: ctx, space: s, limits: limits}
	c.walker.Reset(s)
	n := s.Sides
	c.origin, c.span = make([]int64, n), make([]int64, n)
	c.shift, c.slack = make([]int64, n), make([]int64, n)
	c.weights, c.reached, c.corner = make([]float64, n), make([]int64, n), make([]int64, n)
	for p := range n {
		c.origin[p] = c.walker.Least(p)
		if origin != nil {
			c.origin[p] = max(c.origin[p], origin[p])
		}
		c.span[p] = max(1, c.walker.Most(p)-c.origin[p])
	}
	c.best.given = make([]int, len(s.Issues))
	c.floor = make([]int64, n)
	return c
}

// settle covers everything within the part of each side's span, as far as limits
// allow, and reports whether it could.
func (c *coverer) settle(part Fraction) bool {
	c.left = 0
	whole := box{low: c.vector(), high: c.vector(), weights: c.someWeights()}
	for p, span := range c.span {
		gap := part.of(span)
		c.shift[p] = gap - gap/4
		c.slack[p] = gap / 4
		whole.low[p], whole.high[p] = c.origin[p]-1, c.walker.Most(p)
		whole.weights[p] = 1 / float64(span) / float64(len(c.span))
	}
	c.boxes = append(c.boxes[:0], whole)
	for len(c.boxes) > 0 {
		if c.limits.Nodes > 0 && c.nodes >= c.limits.Nodes || c.ctx.Err() != nil {
			return false
		}
		b := c.boxes[len(c.boxes)-1]
		c.boxes = c.boxes[:len(c.boxes)-1]
		if !c.settleBox(b) {
			return false
		}
		c.free, c.spare = append(c.free, b.low, b.high), append(c.spare, b.weights)
	}
	return true
}

func (c *coverer) vector() []int64 {
	if n := len(c.free); n > 0 {
		v := c.free[n-1]
		c.free = c.free[:n-1]
		return v
	}
	return make([]int64, len(c.span))
}

func (c *coverer) someWeights() []float64 {
	if n := len(c.spare); n > 0 {
		w := c.spare[n-1]
		c.spare = c.spare[:n-1]
		return w
	}
	return make([]float64, len(c.span))
}

// settleBox settles a box or cuts it up; it reports whether it could.
func (c *coverer) settleBox(b box) bool {
	if c.covered(b) {
		return true
	}
	for p, v := range b.low {
		c.corner[p] = v + 1
		if v >= c.origin[p] {
			c.corner[p] += c.slack[p]
		}
	}
	room := c.room(b)
	if room < 0 {
		return true
	}
	near, distance := c.nearest(b)
	if near < 0 || distance < -0.5 {
		copy(c.weights, b.weights)
		if at, found := c.add(b, room, distance); found {
			near = at
		}
	}
	if near >= 0 {
		c.cut(b, near)
		return true
	}
	return c.walk(b) || c.leave(b, room)
}

// covered reports whether some point lies near the upper corner.
func (c *coverer) covered(b box) bool {
	for _, point := range c.points {
		p := 0
		for p < len(b.high) && point.Values[p]+c.shift[p] >= b.high[p] {
			p++
		}
		if p == len(b.high) {
			return true
		}
	}
	return false
}

// room is what part of its span every side can get beyond the corner at most,
// and below zero where no package reaches the corner. It is the least that any
// of the weights tried allows; those go on to the boxes cut from this one.
func (c *coverer) room(b box) float64 {
	copy(c.weights, b.weights)
	c.nodes += int64(coverRounds * c.walker.issues())
	room := 2.0
	for round := range coverRounds {
		best, _ := c.walker.Best(c.weights, c.reached)
		margin := c.walker.Margin(c.weights)
		for p, w := range c.weights {
			best -= float64(w * float64(c.corner[p]))
		}
		if best < -2*margin {
			return -1
		}
		if best < room {
			room = best
			copy(b.weights, c.weights)
		}
		c.turn(4 / float64(2+round))
	}
	return max(0, room)
}

// turn gives more weight to the sides on which the best package falls short of
// the corner, and scales the weights so that all spans together weigh one.
func (c *coverer) turn(step float64) {
	whole := 0.0
	for p, v := range c.corner {
		more := (float64(c.reached[p]) - float64(v)) / float64(c.span[p])
		c.weights[p] *= min(2, max(0.5, 1-float64(step*more)))
		whole += float64(c.weights[p] * float64(c.span[p]))
	}
	for p := range c.weights {
		c.weights[p] /= whole
	}
}

// nearest is the point that cuts the box deepest, and how deep: the least it
// lies above the lower corner on any side, in shifts. It is -1 when none cuts.
func (c *coverer) nearest(b box) (at int, distance float64) {
	at, distance = -1, -1
	for k, point := range c.points {
		if d := c.depth(point.Values, b.low); d > distance {
			at, distance = k, d
		}
	}
	return at, distance
}

// depth is -1 or less for a package that does not cut the box.
func (c *coverer) depth(values, low []int64) float64 {
	least := 1e300
	for p, v := range values {
		if v+c.shift[p] <= low[p] {
			return -1
		}
		least = min(least, (float64(v)-float64(low[p]))/float64(c.shift[p]+1))
	}
	return max(least, -0.999999)
}

// cut puts in place of a box the parts of it that a point does not cover.
func (c *coverer) cut(b box, near int) {
	values := c.points[near].Values
	high := c.vector()
	copy(high, b.high)
	for p, v := range values {
		edge := v + c.shift[p]
		if edge >= high[p] {
			continue
		}
		part := box{low: c.vector(), high: c.vector(), weights: c.someWeights()}
		copy(part.low, b.low)
		copy(part.high, high)
		copy(part.weights, b.weights)
		part.low[p] = max(part.low[p], edge)
		c.boxes = append(c.boxes, part)
		high[p] = edge
	}
	c.free = append(c.free, high)
}

// add makes a point of the package that a climb ends with if it cuts the box
// deeper than the points known do.
func (c *coverer) add(b box, room, than float64) (at int, found bool) {
	met := c.climb(room) && atLeast(c.best.values, c.origin) && c.depth(c.best.values, b.low) > than
	if !met && than <= -1 {
		met = c.stroll()
	}
	if !met {
		return 0, false
	}
	return c.keep(c.best.given, c.best.values)
}

func (c *coverer) keep(choice []int, values []int64) (at int, found bool) {
	if c.limits.Points > 0 && len(c.points) >= c.limits.Points {
		return 0, false
	}
	c.points = append(c.points, Point{Values: slices.Clone(values), Choice: slices.Clone(choice)})
	return len(c.points) - 1, true
}

// walk looks for a package in the box, one by one.
func (c *coverer) walk(b box) bool {
	room, _ := c.walker.Best(b.weights, c.reached)
	for p, w := range b.weights {
		room -= float64(w * float64(c.corner[p]))
	}
	c.walker.Begin(b.weights, c.corner, room, coverWalk)
	found := c.walker.Next()
	c.nodes += int64(c.walker.Steps())
	if !found {
		return !c.walker.Spent()
	}
	choice := make([]int, len(c.space.Issues))
	c.walker.Choice(choice)
	at, kept := c.keep(choice, c.walker.Values())
	if kept {
		c.cut(b, at)
	}
	return kept
}

// leave gives a box up: it holds no package that is beyond the corner by more
// than the room on every side, and so, with the sides that stand at the origin
// left out, by more than this part of the span on each of the others.
func (c *coverer) leave(b box, room float64) bool {
	rest, size := 0.0, 0.0
	for p, w := range b.weights {
		weight := float64(w * float64(c.span[p]))
		if b.low[p] >= c.origin[p] {
			rest += weight
		}
		size += weight
	}
	if rest < float64(size*1e-6) {
		return false
	}
	c.left = max(c.left, float64((room+2*c.walker.Margin(b.weights))/rest*1.000001))
	return true
}
