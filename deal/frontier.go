package deal

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// Bounds of the frontier: partial packages looked at where options interact,
// partial packages kept at any step where they do not, and points listed.
const (
	DefaultLimit      = 2_000_000
	mostListed        = 1 << 20 // packages of a table, to be looked at one by one where a search does not end
	mostPartialPoints = 200_000
	mostListedPoints  = 20_000
	mostListedTies    = 100 // of each solution, where the frontier is too long to list
)

// centralBudget bounds the search for the Nash package under the central weights
// where the frontier is too large, in partial packages looked at.
const centralBudget = 20_000_000

// Known is what is known of the frontier at some moment of its search.
type Known struct {
	Points int               `json:"points"` // found so far
	Gap    map[string]int64  `json:"gap"`    // by side: no package gives it more than this beyond the nearest of them, proved
	Scale  map[string]string `json:"scale"`  // by side: the points that a full gain on every interest would make, or one point of its table
}

// findFrontier computes the exact frontier under the central weights and the
// fair picks on it, with at most limit partial packages or points kept. Past the limits only what is known is kept, with the gap that
// is proved, and the Nash package.
func (s *search) findFrontier(ctx context.Context, limit int) error {
	s.solutions = Solutions{Nash: []int{}, KalaiSmorodinsky: []int{}, Leximin: []int{}, Utilitarian: []int{}}
	err := s.explore(ctx, limit)
	switch {
	case errors.Is(err, pareto.ErrInfeasible):
		s.complete = true
		s.warn("no package keeps every rule")
		return s.findConflict(ctx, nil)
	case err != nil:
		return err
	case !s.complete:
		s.capPoints()
		s.withoutFrontier()
		if s.cover != nil {
			s.becauseCover()
		}
	default:
		s.capPoints()
		s.solve()
	}
	if len(s.solutions.Nash) == 0 && s.warned["no package at or above the baseline"] {
		return s.findConflict(ctx, s.readings[0].base)
	}
	return nil
}

// explore finds the points of the frontier, or those that the limits allow.
func (s *search) explore(ctx context.Context, limit int) error {
	r := s.readings[0]
	if !r.space.Interacts() {
		points, err := pareto.Frontier(ctx, r.table, limit)
		if errors.Is(err, pareto.ErrTooLarge) {
			s.warn("frontier too large")
			return s.coverFrontier(ctx)
		}
		s.points, s.complete = points, err == nil
		return err
	}
	see := func(f pareto.Found) {
		if s.run.See != nil {
			s.run.See(Known{len(f.Points), s.points64(f.Gap), s.scales()})
		}
	}
	limits := pareto.Limits{Nodes: s.partialPackages(), Points: limit, Listed: mostListed, Workers: max(1, s.run.Workers)}
	if s.q.Limit > 0 {
		limits.Nodes = s.q.Limit
	}
	found, err := pareto.Explore(ctx, r.space, limits, see)
	if err != nil {
		return err
	}
	s.points, s.complete = found.Points, found.Complete
	if !found.Complete {
		s.gap = found.Gap
		s.warn("frontier not complete")
		if r.table.Sides > 3 {
			return s.coverFrontier(ctx)
		}
	}
	return nil
}

// capPoints counts no more for a side than its cap. A cap never turns the order
// of two packages round, so the frontier is found among the points there are; how
// many packages reach one of them is a second search.
func (s *search) capPoints() {
	r := s.readings[0]
	if r.cap == nil {
		return
	}
	var kept []pareto.Point
	all := make([]pareto.Point, len(s.points))
	for i, p := range s.points {
		all[i] = pareto.Point{Values: r.capped(slices.Clone(p.Values)), Choice: p.Choice}
	}
	slices.SortFunc(all, func(a, b pareto.Point) int {
		return cmp.Or(slices.Compare(b.Values, a.Values), slices.Compare(a.Choice, b.Choice))
	})
	for _, p := range all {
		beats := func(k pareto.Point) bool { return notAbove(p.Values, k.Values) }
		if !slices.ContainsFunc(kept, beats) {
			kept = append(kept, p)
		}
	}
	s.points = kept
}

// infeasible reports whether no package satisfies every rule.
func (s *search) infeasible() bool { return s.complete && len(s.points) == 0 }

// solve finds the fair picks on the whole frontier. The most that a side can
// have at all it has on some point of it.
func (s *search) solve() {
	r, values := s.readings[0], s.values()
	ideal := slices.Clone(values[0])
	for _, v := range values {
		for p := range ideal {
			ideal[p] = max(ideal[p], v[p])
		}
	}
	s.ideal = ideal
	s.solutions = Solutions{
		Nash:             orEmpty(bargain.Nash(values, r.base)),
		KalaiSmorodinsky: orEmpty(bargain.KalaiSmorodinsky(values, r.base, s.ideal)),
		Leximin:          orEmpty(bargain.Leximin(values, r.base, s.ideal)),
		Utilitarian:      orEmpty(bargain.Utilitarian(values, r.base, s.ideal)),
	}
	if len(s.solutions.Nash) == 0 {
		s.warn("no package at or above the baseline")
	}
	if len(values) > mostListedPoints {
		s.keepSolutions()
	}
}

// keepSolutions shortens a frontier that is too long to list to the points of
// its solutions, the first ones where very many tie.
func (s *search) keepSolutions() {
	s.complete = false
	s.warn("frontier too long to list")
	place := map[int]int{}
	var kept []pareto.Point
	move := func(set []int) []int {
		out := []int{}
		for _, i := range set[:min(len(set), mostListedTies)] {
			if _, ok := place[i]; !ok {
				place[i] = len(kept)
				kept = append(kept, s.points[i])
			}
			out = append(out, place[i])
		}
		return out
	}
	s.solutions = Solutions{
		Nash: move(s.solutions.Nash), KalaiSmorodinsky: move(s.solutions.KalaiSmorodinsky),
		Leximin: move(s.solutions.Leximin), Utilitarian: move(s.solutions.Utilitarian),
	}
	s.points = kept
}

// withoutFrontier finds the Nash package alone, where the frontier is not known
// in full, and puts it among the points that are. Caps are not known to that
// search: a package within all of them is the fairest under them, too.
func (s *search) withoutFrontier() {
	r := s.readings[0]
	choice, exact := bargain.NewSolver().Nash(r.space, r.base, centralBudget)
	switch {
	case choice == nil && exact:
		s.warn("no package at or above the baseline")
		return
	case !exact, !slices.Equal(r.space.Value(choice), r.value(choice)): // of gains that do not count it may not be the fairest
		s.warn("nash search stopped at its bound")
		return
	}
	if len(s.points) > mostListedPoints {
		s.points, s.gap = nil, nil
		s.warn("frontier too long to list")
	}
	nash := pareto.Point{Values: r.value(choice), Choice: slices.Clone(choice)}
	at, found := slices.BinarySearchFunc(s.points, nash, func(a, b pareto.Point) int { return slices.Compare(b.Values, a.Values) })
	if !found {
		beaten := func(p pareto.Point) bool { return notAbove(p.Values, nash.Values) }
		before := s.points[:at]
		rest := slices.DeleteFunc(slices.Clone(s.points[at:]), beaten)
		s.points = slices.Concat(before, []pareto.Point{nash}, rest)
	}
	s.solutions.Nash = []int{at}
}

// notAbove reports whether no value is larger than the other's.
func notAbove(values, others []int64) bool {
	for p, v := range values {
		if v > others[p] {
			return false
		}
	}
	return true
}

func orEmpty(set []int) []int {
	if set == nil {
		return []int{}
	}
	return set
}
