package pareto

import (
	"context"
	"errors"
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
	c := conflict{ctx: ctx, space: s, floor: floor, limits: limits}
	for k := range len(s.Rules) + len(floor) {
		set = append(set, k)
	}
	clash, known, err := c.clash(set)
	if err != nil || !clash {
		return nil, known, err
	}
	exact = true
	for k := range len(s.Rules) + len(floor) {
		rest := slices.DeleteFunc(slices.Clone(set), func(j int) bool { return j == k })
		clash, known, err := c.clash(rest)
		if err != nil {
			return nil, false, err
		}
		if clash {
			set = rest
		}
		exact = exact && known
	}
	return set, exact, nil
}

type conflict struct {
	ctx    context.Context
	space  Space
	floor  []int64
	limits Limits
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
