package deal

import (
	"context"
	"errors"

	"parley/engine/pareto"
)

// conflict is a smallest set of rules, and of sides that are to have their
// baseline, that no package satisfies together.
type conflict struct {
	rules   []int // of the table
	floors  []int // sides
	minimal bool
	most    []int64 // by floor: the most that the side can have where the rest of the set is satisfied
	known   []bool  // by floor: whether that is exact
}

// conflictLimit bounds each test of a conflict, in partial packages looked at.
const conflictLimit = 20_000_000

// findConflict says why no package satisfies every rule and gives each side its
// floor; nil asks for no floor.
func (s *search) findConflict(ctx context.Context, floor []int64) error {
	r := s.readings[0]
	for p, most := range r.cap {
		if floor != nil && floor[p] > most { // no package can count as much, whatever else holds
			s.conflict = &conflict{floors: []int{p}, minimal: true, most: []int64{most}, known: []bool{true}}
			return nil
		}
	}
	limits := pareto.Limits{Nodes: conflictLimit, Points: mostPartialPoints, Workers: max(1, s.run.Workers)}
	set, exact, err := pareto.Conflict(ctx, r.space, floor, limits)
	if err != nil || set == nil {
		return err
	}
	c := &conflict{minimal: exact}
	for _, k := range set {
		if k < len(r.space.Rules) {
			c.rules = append(c.rules, r.conditions[k])
		} else {
			c.floors = append(c.floors, k-len(r.space.Rules))
		}
	}
	s.conflict = c
	return s.addMost(ctx, set, floor, limits)
}

// addMost finds, for each side of a conflict, the most it can have where all
// else in the conflict is satisfied.
func (s *search) addMost(ctx context.Context, set []int, floor []int64, limits pareto.Limits) error {
	r, c := s.readings[0], s.conflict
	if len(c.floors) == 0 {
		return nil
	}
	space := pareto.Space{Table: r.table, Terms: r.space.Terms}
	lowest := make([]int64, len(floor))
	for p := range lowest {
		lowest[p] = -pareto.MaxSum
	}
	for _, k := range set {
		if k < len(r.space.Rules) {
			space.Rules = append(space.Rules, r.space.Rules[k])
		} else {
			lowest[k-len(r.space.Rules)] = floor[k-len(r.space.Rules)]
		}
	}
	for _, p := range c.floors {
		own := append([]int64(nil), lowest...)
		own[p] = -pareto.MaxSum
		weights := make([]int64, len(floor))
		weights[p] = 1
		choice, _, exact, err := pareto.Maximise(ctx, space, weights, own, limits)
		if err != nil && !errors.Is(err, pareto.ErrInfeasible) {
			return err
		}
		known := err == nil && exact && choice != nil
		var most int64
		if known {
			most = r.capped(space.Value(choice))[p]
		}
		c.most, c.known = append(c.most, most), append(c.known, known)
	}
	return nil
}
