package pareto

import (
	"math"
	"slices"
)

// Verdict answers whether a package is efficient.
type Verdict int

const (
	Efficient Verdict = iota // no feasible package is at least as good for all and better for one
	Dominated                // there is such a package
	Undecided                // the budget ran out first
)

func (v Verdict) String() string {
	return [...]string{"efficient", "dominated", "undecided"}[v]
}

// Checker tests packages of one space for efficiency without its frontier.
// It is meant for thousands of spaces in turn: Reset keeps its memory. One
// goroutine uses it at a time.
type Checker struct {
	walker         Walker
	weights, trial []float64
	spread         []float64 // per side: best minus worst, at least 1
	reached        []int64
}

// NewChecker returns a checker for a space that passes Check.
func NewChecker(s Space) *Checker {
	c := new(Checker)
	c.Reset(s)
	return c
}

// Reset goes on with another space that passes Check.
func (c *Checker) Reset(s Space) {
	c.walker.Reset(s)
	c.weights, c.trial = grow(c.weights, s.Sides), grow(c.trial, s.Sides)
	c.spread, c.reached = grow(c.spread, s.Sides), grow(c.reached, s.Sides)
	for p := range c.spread {
		c.spread[p] = max(1, c.walker.Spread(p))
	}
}

// Efficient decides whether any feasible package is at least as good as values
// for every side and better for one. Budget bounds the partial packages
// looked at (0: no bound); the verdict never depends on rounding.
//
// A dominating package is better by at least one point for somebody, so under
// positive weights its sum exceeds that of values by the smallest weight or
// more. Weights that leave little or no room for that are sought first: with no
// room the package is proved efficient, with little the walk is short.
func (c *Checker) Efficient(values []int64, budget int) Verdict {
	if c.walker.Void() {
		return Efficient
	}
	for p := range c.trial {
		c.trial[p] = 1 / c.spread[p]
	}
	slack := math.Inf(1)
	for round := range rounds {
		c.level()
		room, met := c.room(values)
		if met && atLeast(c.reached, values) && !slices.Equal(c.reached, values) {
			return Dominated
		}
		if room < slack {
			slack = room
			copy(c.weights, c.trial)
		}
		if slack < -c.walker.Margin(c.weights) {
			return Efficient
		}
		c.turn(values, 4/float64(1+round))
	}
	c.walker.Begin(c.weights, values, slack, budget)
	for c.walker.Next() {
		if !slices.Equal(c.walker.Values(), values) {
			return Dominated
		}
	}
	if c.walker.Spent() {
		return Undecided
	}
	return Efficient
}

// rounds is how often weights are improved before the walk.
const rounds = 5

// level scales the trial weights so that all spreads together weigh one.
func (c *Checker) level() {
	whole := 0.0
	for p, w := range c.trial {
		whole += float64(w * c.spread[p])
	}
	for p := range c.trial {
		c.trial[p] /= whole
	}
}

// room is by how much the best sum under the trial weights exceeds what a
// package dominating values needs, and whether a package with that sum was met.
func (c *Checker) room(values []int64) (room float64, met bool) {
	best, met := c.walker.Best(c.trial, c.reached)
	least := math.Inf(1)
	for p, w := range c.trial {
		best -= float64(w * float64(values[p]))
		least = min(least, w)
	}
	return best - least, met
}

// turn gives more weight to the sides that the best package under the trial
// weights gives less than values does.
func (c *Checker) turn(values []int64, step float64) {
	for p, v := range values {
		more := (float64(c.reached[p]) - float64(v)) / c.spread[p]
		c.trial[p] *= min(2, max(0.5, 1-float64(step*more)))
	}
}
