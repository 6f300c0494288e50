package pareto

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Conflict returns, where no package satisfies every rule and floor, a minimal
// set of them that cannot be satisfied together: dropping any one leaves the
// rest of the set satisfiable. Floors are numbered after the rules: the floor of
// side p is len(s.Rules)+p. It is nil where a package satisfies them all. Exact
// is false when limits ended a test: a set that is returned cannot be satisfied
// but may not be minimal, and nil says nothing.
//
// Of several minimal sets it finds the one that is left when what stands first
// is dropped first.
func Conflict(ctx context.Context, s Space, floor []int64, limits Limits) (set []int, exact bool, err error) {
	if err := s.Check(); err != nil {
		return nil, false, err
	}
	c := conflict{ctx: ctx, space: s, floor: floor, limits: limits, exact: true}
	set = lastOfEqual(s.Rules)
	for p := range floor {
		set = append(set, len(s.Rules)+p)
	}
	clash, known, err := c.clash(set)
	if err != nil || !clash {
		return nil, known, err
	}
	for kept := 0; kept < len(set); kept++ {
		drop, err := c.needless(set, kept)
		if err != nil {
			return nil, false, err
		}
		set = slices.Delete(set, kept, kept+drop)
	}
	return set, c.exact, nil
}

// lastOfEqual lists the rules that no later one repeats.
func lastOfEqual(rules []Rule) (set []int) {
	texts, last := make([]string, len(rules)), map[string]int{}
	for k, r := range rules {
		texts[k] = fmt.Sprint(r.When, r.Of, r.AtLeast, r.Sum)
		last[texts[k]] = k
	}
	for k, text := range texts {
		if last[text] == k {
			set = append(set, k)
		}
	}
	return set
}

// needless is how many of a set, one after another from place at on, can be
// dropped so that the rest still clashes. Dropping more never brings a clash
// back, so it is enough to halve.
func (c *conflict) needless(set []int, at int) (int, error) {
	low, high := 0, len(set)-at+1
	for step := 1; low+1 < high; step *= 2 {
		try := min(low+step, (low+high)/2)
		clash, known, err := c.clash(slices.Concat(set[:at], set[at+try:]))
		if err != nil {
			return 0, err
		}
		if c.exact = c.exact && known; clash {
			low = try
		} else {
			high = try
		}
	}
	return low, nil
}

type conflict struct {
	ctx    context.Context
	space  Space
	floor  []int64
	limits Limits
	exact  bool // every test so far was decided
}

// clash reports whether the rules and floors of a set cannot be satisfied
// together, and whether that is known.
func (c *conflict) clash(set []int) (clash, known bool, err error) {
	s := c.space
	s.Rules = nil
	var floor []int64
	for _, k := range set {
		if k < len(c.space.Rules) {
			s.Rules = append(s.Rules, c.space.Rules[k])
			continue
		}
		if floor == nil {
			floor = slices.Repeat([]int64{math.MinInt64}, s.Sides)
		}
		floor[k-len(c.space.Rules)] = c.floor[k-len(c.space.Rules)]
	}
	choice, _, known, err := Maximise(c.ctx, s, make([]int64, s.Sides), floor, c.limits)
	switch {
	case errors.Is(err, ErrInfeasible):
		return true, true, nil
	case choice != nil:
		return false, true, nil
	default:
		return false, known, err
	}
}
