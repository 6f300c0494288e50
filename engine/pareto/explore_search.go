package pareto

import (
	"context"
	"slices"
)

// explorer finds a frontier in rounds: quick ones that keep little and find
// points, each with bounds for weight vectors that suit the points found so
// far, then one that keeps everything.
type explorer struct {
	ctx    context.Context
	course *course
	limits Limits
	see    func(Found)
	sweep  sweep
}

func newExplorer(ctx context.Context, f *frame, limits Limits, see func(Found)) *explorer {
	e := &explorer{ctx: ctx, course: newCourse(f), limits: limits, see: see}
	low := make([]int64, f.sides)
	for p := range low {
		low[p], _ = f.range1(p)
		low[p]--
	}
	e.sweep = sweep{ctx: ctx, archive: newArchive(low), workers: max(1, limits.Workers), most: limits.Nodes}
	return e
}

func (e *explorer) explore() (Found, error) {
	s := &e.sweep
	rounds := []struct{ directions, scope, keep int }{{8, 8, 2}, {16, 10, 8}, {32, 12, 0}}
	for _, r := range rounds {
		s.fan = newFan(e.course, e.weights(r.directions), r.scope, s.workers)
		s.keep, s.cut, s.batch = r.keep, false, 1<<20
		s.aim()
		s.run(0, s.start())
		if e.see != nil {
			e.see(e.found(!s.cut))
		}
		if !s.cut {
			break
		}
	}
	found := e.found(!s.cut)
	if found.Complete && len(found.Points) == 0 {
		return found, ErrInfeasible
	}
	return found, e.ctx.Err()
}

func (e *explorer) found(complete bool) Found {
	f := Found{Points: slices.Clone(e.sweep.archive.points), Complete: complete, Nodes: e.sweep.nodes}
	if complete {
		f.Gap = make([]int64, e.course.sides)
	} else {
		f.Gap = e.gap()
	}
	return f
}

// gap is how far a package may lie beyond the points on every side, in steps of
// a 1024th of what the coordinate spans, as far as the bounds of the start tell.
func (e *explorer) gap() []int64 {
	s := &e.sweep
	if len(s.archive.points) == 0 {
		return nil
	}
	start := s.start()
	sums := make([]int64, len(s.weights))
	for w := range sums {
		sums[w] = s.weigh(w, start.values) + start.bound[w]
	}
	gap := make([]int64, s.sides)
	low, high := -1, 1024
	for low+1 < high {
		step := (low + high) / 2
		e.step(gap, step)
		covered := true
		for _, c := range s.archive.corners {
			if atLeast(sums, s.above(c, gap)) {
				covered = false
				break
			}
		}
		if covered {
			high = step
		} else {
			low = step
		}
	}
	e.step(gap, high)
	return gap
}

func (e *explorer) step(gap []int64, step int) {
	for p := range gap {
		low, high := e.course.range1(p)
		gap[p] = int64(step) * (((high - low) >> 10) + 1)
	}
}

// weights chooses weight vectors: each coordinate alone, the normals of the hull
// of the points where there are two sides, and others spread evenly.
func (e *explorer) weights(directions int) [][]int64 {
	c := e.course
	var all [][]int64
	span := make([]int64, c.width())
	shift := c.shifts()
	for q := range span {
		low, high := c.range1(q)
		span[q] = max(1, (high-low)>>shift[q])
		alone := make([]int64, c.width())
		alone[q] = 1
		all = append(all, alone)
	}
	if c.sides == 2 {
		points := e.sweep.archive.points
		hull := hullOf(points)
		var edges [][]int64
		for k := 1; k < len(hull); k++ {
			a, b := points[hull[k-1]].Values, points[hull[k]].Values
			w := make([]int64, c.width())
			w[0], w[1] = (b[1]-a[1])>>shift[1], (a[0]-b[0])>>shift[0]
			edges = append(edges, w)
		}
		if n := len(edges); n > directions {
			for k := range directions {
				edges[k] = edges[k*n/directions]
			}
			edges = edges[:directions]
		}
		all = append(all, edges...)
		if len(edges) < directions/2 {
			for k := 1; k < 8; k++ {
				w := make([]int64, c.width())
				w[0], w[1] = int64(k)*span[1], int64(8-k)*span[0]
				all = append(all, w)
			}
		}
	}
	for _, w := range all {
		var sum int64
		for _, v := range w {
			sum += v
		}
		for ; sum > maxWeight; sum >>= 1 {
			for q := range w {
				w[q] >>= 1
			}
		}
	}
	return all
}

// hullOf lists the points on the upper hull of a frontier of two sides.
func hullOf(points []Point) []int {
	var hull []int
	for k, p := range points {
		for len(hull) > 1 {
			a, b := points[hull[len(hull)-2]].Values, points[hull[len(hull)-1]].Values
			// b is below the line from a to p
			if (b[1]-a[1])*(a[0]-p.Values[0]) > (p.Values[1]-a[1])*(a[0]-b[0]) {
				break
			}
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, k)
	}
	return hull
}
