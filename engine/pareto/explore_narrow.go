package pareto

import "slices"

// mostMore is how many members more than the search narrowing may make.
const mostMore = 250_000

// narrow makes the gap that is proved smaller, by searching everything but what
// lies within the gap aimed at. That is far less than everything, and unlike the
// bounds of the start it sees between the hull and the points. Aims come down as
// long as each is reached before many more members are made than the search
// itself has made so far.
//
// With more than three sides corners are too many to be aimed at again and
// again; Cover serves there.
//
// What is found on the way is kept apart: which of several packages of equal
// points stands for them in the end is not to depend on it. Nor are its members
// counted against the limits of the search.
func (e *explorer) narrow() {
	s := &e.sweep
	if !s.cut || s.sides < 2 || s.sides > 3 || len(s.archive.points) == 0 || s.ctx.Err() != nil {
		return
	}
	own := *s
	a, complete := e.joint()
	if !complete {
		return
	}
	s.archive, s.keep, s.nodes, s.effort = a, 0, 0, 0
	s.limits.Nodes = own.nodes + min(own.nodes, mostMore)
	aim, stride := min(e.near, e.narrowed), 16
	for last := int64(0); s.nodes+last < s.limits.Nodes; {
		if aim -= (aim + stride - 1) / stride; aim <= 0 {
			break
		}
		s.cut, s.gapped = false, s.gap(aim)
		before := s.nodes
		s.aim()
		s.run(0, s.start())
		if s.cut {
			break
		}
		if last, e.narrowed = s.nodes-before, aim; 8*last < s.limits.Nodes-s.nodes {
			stride = max(2, stride/2)
		}
	}
	e.spent += s.nodes
	e.extra = slices.DeleteFunc(slices.Clone(a.points), func(p Point) bool {
		return slices.ContainsFunc(own.archive.points, func(q Point) bool { return slices.Equal(p.Values, q.Values) })
	})
	*s = own
	s.aim()
}

// joint is an archive of the points and of what narrowing found before; it is
// not complete where that would take too long.
func (e *explorer) joint() (a *archive, complete bool) {
	s := &e.sweep
	a = &archive{sides: s.sides, points: slices.Clone(s.archive.points), corners: slices.Clone(s.archive.corners)}
	for _, p := range e.extra {
		if !a.open(p.Values) {
			continue
		}
		if a.effort(p.Values) > mostEffort || s.ctx.Err() != nil {
			return nil, false
		}
		a.add(p)
	}
	return a, true
}
