package pareto

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
)

// Fraction is Num of Den, both positive or Num 0.
type Fraction struct{ Num, Den int64 }

// Covering is a set of packages that stands for all.
type Covering struct {
	// Points are mutually unbeaten feasible packages, sorted by values descending
	// lexicographically, one for each distinct vector, none below the origin on
	// any side. Count is nil.
	Points []Point
	// Epsilon is proved: for every feasible package that gives no side less than
	// the origin there is a point that gives no side less than that package does
	// by more than Epsilon of what the side can get above the origin. Gap is the
	// same in points of each side, rounded down. Epsilon 1/1 says nothing.
	Epsilon Fraction
	Gap     []int64
	// Nodes is how many partial packages the search has looked at, the issues of
	// each best weighted sum included.
	Nodes int64
}

// Cover finds a few packages near every feasible package that gives no side less
// than the origin (nil: every package), within epsilon where limits allow and
// within the Epsilon it reports where they end the search first. It is meant for
// four and more sides, where frontiers have more points than anybody can read.
// Without feasible packages above the origin it returns no points and proves
// Epsilon 0.
//
// Nearness is measured on each side's own scale, from the origin to the most it
// could get, and added, not multiplied: a ratio would spend the points where
// some side has next to nothing. Merging issue by issue and thinning after each
// adds up one error an issue, and with seven sides proves nothing; so the proof
// is made on the whole. What is not yet covered is cut into boxes; a box is
// settled when a point lies near its upper corner, or when for some weights no
// package reaches the weighted sum of its lower corner (Best: a maximum over
// issues, one by one). Any other box is cut by a point in it or near it.
// Epsilon is lowered step by step as long as every box could be settled.
func Cover(ctx context.Context, s Space, origin []int64, epsilon Fraction, limits Limits) (Covering, error) {
	if err := s.Check(); err != nil {
		return Covering{}, err
	}
	c := newCoverer(ctx, s, origin, limits)
	if c.walker.Void() || slices.ContainsFunc(upTo(s.Sides), func(p int) bool { return c.walker.Most(p) < c.origin[p] }) {
		return Covering{Epsilon: Fraction{0, 1}, Gap: make([]int64, s.Sides)}, nil
	}
	proved := Covering{Epsilon: Fraction{1, 1}, Gap: slices.Clone(c.span)}
	for _, level := range levels(epsilon) {
		if !c.settle(level) {
			break
		}
		c.prove(level, &proved)
		if len(c.points) == 0 {
			proved.Epsilon = Fraction{0, 1}
			clear(proved.Gap)
			break
		}
	}
	proved.Points, proved.Nodes = c.unbeaten(), c.nodes
	return proved, ctx.Err()
}

// prove notes what a level that is settled proves, if that is more than is known.
func (c *coverer) prove(level Fraction, known *Covering) {
	worst, gap := Fraction{0, 1}, make([]int64, len(c.span))
	for p, span := range c.span {
		gap[p] = min(span, level.of(span)+int64(math.Ceil(float64(min(1, c.left)*float64(span)))))
		if this := (Fraction{gap[p], span}); this.compare(worst) > 0 {
			worst = this
		}
	}
	if worst.compare(known.Epsilon) < 0 {
		known.Epsilon, known.Gap = worst, gap
	}
}

func (f Fraction) compare(g Fraction) int {
	h1, l1 := bits.Mul64(uint64(f.Num), uint64(g.Den))
	h2, l2 := bits.Mul64(uint64(g.Num), uint64(f.Den))
	return cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// levels fall by fifths to epsilon.
func levels(epsilon Fraction) []Fraction {
	var all []Fraction
	const whole = 10_000
	for part := int64(whole); part > 0; part = part * 4 / 5 {
		if level := (Fraction{part, whole}); level.compare(epsilon) <= 0 {
			break
		} else if part < whole {
			all = append(all, level)
		}
	}
	return append(all, epsilon)
}

// of is the part f of a span, rounded down.
func (f Fraction) of(span int64) int64 {
	hi, lo := bits.Mul64(uint64(span), uint64(f.Num))
	part, _ := bits.Div64(hi%uint64(f.Den), lo, uint64(f.Den))
	return int64(part)
}

func (c *coverer) unbeaten() []Point {
	var values [][]int64
	for _, point := range c.points {
		values = append(values, point.Values)
	}
	var kept []Point
	for _, k := range Skyline(values) {
		kept = append(kept, c.points[k])
	}
	slices.SortFunc(kept, func(a, b Point) int { return slices.Compare(b.Values, a.Values) })
	return slices.CompactFunc(kept, func(a, b Point) bool { return slices.Equal(a.Values, b.Values) })
}
