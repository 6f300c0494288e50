package pareto

import (
	"context"
	"errors"
)

// Found is what is known of a frontier at some moment of a search.
type Found struct {
	// Points are mutually unbeaten packages, sorted by values descending
	// lexicographically, one for each distinct vector. Count is nil in a space
	// with terms or rules, where counting would be a second search. Of packages
	// with equal vectors the representative is the same on every machine and
	// for every number of workers.
	Points []Point
	// Complete says that every feasible package is beaten or equalled by one of
	// the points: the search has proved it.
	Complete bool
	// Gap, one number for each side, is proved too: for every feasible package
	// there is a point that gives no side p less than the package does by more
	// than Gap[p]. All zero when Complete.
	Gap []int64
	// Nodes is how many partial packages the search has looked at.
	Nodes int64
}

// Limits bound a search by counts, never by time.
type Limits struct {
	Nodes   int64 // partial packages looked at, those for a smaller gap not counted; 0: no bound
	Points  int   // points kept; 0: no bound
	Listed  int64 // packages that Explore may list one by one where a search does not end; 0: none
	Workers int   // goroutines, at least 1; never changes what is found
}

// partial is how many points a merge may keep at any step; 0: no bound.
func (l Limits) partial() int {
	if l.Points == 0 {
		return int(min(l.Nodes, 1<<30))
	}
	return l.Points
}

// ErrInfeasible says that no package satisfies every rule (and every floor).
var ErrInfeasible = errors.New("no package satisfies every rule")

// Explore finds the exact Pareto frontier over the feasible packages of a space
// with any number of sides, or, when a limit ends it, the best points it knows
// with a proved gap. Where terms and rules lie inside small groups of issues, the
// groups are merged one after another like the issues of a table. See is called
// now and then from one goroutine at a time with what is known so far; it may be
// nil. ErrInfeasible when there is no feasible package.
func Explore(ctx context.Context, s Space, limits Limits, see func(Found)) (Found, error) {
	if err := s.Check(); err != nil {
		return Found{}, err
	}
	points, err := merged(ctx, s, limits)
	switch {
	case err == nil:
		return Found{Points: points, Complete: true, Gap: make([]int64, s.Sides)}, nil
	case !errors.Is(err, ErrTooLarge):
		return Found{}, err
	}
	found, err := search(ctx, s, limits, see)
	if err != nil || found.Complete {
		return found, err
	}
	points, err = listed(ctx, s, limits)
	switch {
	case errors.Is(err, ErrTooLarge):
		return found, nil
	case err != nil:
		return found, err
	case len(points) == 0:
		return Found{Complete: true, Nodes: found.Nodes}, ErrInfeasible
	}
	return Found{Points: points, Complete: true, Gap: make([]int64, s.Sides), Nodes: found.Nodes}, nil
}

// merged is the frontier by merging; ErrTooLarge where that would pass the limits
// or cannot be done.
func merged(ctx context.Context, s Space, limits Limits) ([]Point, error) {
	if !s.Interacts() {
		return Frontier(ctx, s.Table, limits.Points)
	}
	g := newGroups(s)
	if g == nil {
		return nil, ErrTooLarge
	}
	return g.merge(ctx, limits.partial())
}

func search(ctx context.Context, s Space, limits Limits, see func(Found)) (Found, error) {
	f := newFrame(s, nil, nil)
	if f.empty {
		return Found{}, ErrInfeasible
	}
	e := newExplorer(ctx, f, limits)
	e.see = see
	e.explore()
	found := e.found()
	if found.Complete && len(found.Points) == 0 {
		return found, ErrInfeasible
	}
	return found, ctx.Err()
}
