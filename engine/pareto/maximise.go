package pareto

import "context"

// Maximise finds a feasible package that gives every side at least its floor
// (nil: no floor) and of these one with the largest weighted sum of values;
// weights are not negative, their sum times any side's points stays below 2^61.
// It is ErrInfeasible when there is none. When limits end the search, exact is
// false, the choice is the best package met (nil if none) and bound is what no
// package can exceed.
func Maximise(ctx context.Context, s Space, weights, floor []int64, limits Limits) (choice []int, bound int64, exact bool, err error) {
	if err := s.Check(); err != nil {
		return nil, 0, false, err
	}
	f := newFrame(s, floor, weights)
	if f.empty {
		return nil, 0, true, ErrInfeasible
	}
	e := newExplorer(ctx, f, limits)
	e.explore()
	points := e.sweep.archive.points
	switch {
	case len(points) > 0 && !e.sweep.cut:
		return points[0].Choice, points[0].Values[0], true, nil
	case !e.sweep.cut:
		return nil, 0, true, ErrInfeasible
	case len(points) > 0:
		choice = points[0].Choice
	}
	return choice, e.most(), false, ctx.Err()
}

// most is what the only side cannot exceed, as far as the bounds of the start
// tell: a weighted sum without what the floors need of it.
func (e *explorer) most() int64 {
	_, most := e.course.extent(0)
	s := &e.sweep
	if s.fan == nil {
		return most
	}
	start := s.start()
	for w, weights := range s.weights {
		if weights[0] == 0 {
			continue
		}
		left := s.weigh(w, start.values) + start.bound[w]
		for q, floor := range s.floor {
			left -= weights[1+q] * (floor >> s.shift[1+q])
		}
		units := left / weights[0]
		if left < 0 && left%weights[0] != 0 {
			units--
		}
		if units < most>>s.shift[0] {
			most = (units+1)<<s.shift[0] - 1
		}
	}
	return most
}
