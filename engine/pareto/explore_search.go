package pareto

import (
	"context"
	"slices"
)

// explorer finds a frontier in rounds: quick ones that keep little and find
// points, each with bounds for weight vectors that suit the points found so
// far, then one that keeps everything.
type explorer struct {
	course *course
	see    func(Found)
	near   []int64 // the least gap proved so far
	sweep  sweep
}

func newExplorer(ctx context.Context, f *frame, limits Limits) *explorer {
	e := &explorer{course: newCourse(f)}
	low := make([]int64, f.sides)
	for p := range low {
		low[p], _ = f.extent(p)
		low[p]--
	}
	e.sweep = sweep{ctx: ctx, archive: newArchive(low), limits: limits, workers: max(1, limits.Workers)}
	return e
}

// passes are how the search gets more thorough: how many directions weight
// vectors take, how many patterns a bound may depend on, how many partial
// packages are kept for each weight vector (0: all), how often bounds are
// tightened.
var passes = []struct{ directions, patterns, keep, steps int }{
	{8, 1 << 6, 2, 0}, {16, 1 << 8, 8, 16}, {24, 1 << 8, 60, 24}, {24, 1 << 9, 500, 32},
	{32, 1 << 10, 5000, 48}, {32, 1 << 12, 0, 48},
}

// explore searches until nothing was left out or a limit ends it.
func (e *explorer) explore() {
	s := &e.sweep
	for _, r := range passes {
		s.fan = newFan(e.course, e.weights(r.directions), r.patterns, s.workers)
		if r.steps > 0 {
			s.fan.tighten(s.ctx, r.steps, e.known(), s.workers)
		}
		s.keep, s.cut = r.keep, false
		s.aim()
		s.run(0, s.start())
		if e.see != nil {
			e.see(e.found())
		}
		if !s.cut || s.over() {
			return
		}
	}
}

// known is what the points reach for every weight vector, beyond what every
// package has.
func (e *explorer) known() []int64 {
	s := &e.sweep
	known := slices.Repeat([]int64{never}, len(s.weights))
	values := make([]int64, s.width())
	for w := range known {
		for _, p := range s.archive.points {
			copy(values, p.Values)
			copy(values[s.sides:], s.floor)
			known[w] = max(known[w], s.weigh(w, values)-s.weigh(w, s.fixed))
		}
	}
	return known
}

func (e *explorer) found() Found {
	f := Found{Points: slices.Clone(e.sweep.archive.points), Complete: !e.sweep.cut, Nodes: e.sweep.nodes}
	if f.Complete {
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
			if atLeast(sums, s.above(c, e.inward(c, gap))) {
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
	if e.step(gap, high); e.near == nil || gap[0] < e.near[0] {
		e.near = gap // more points leave a gap proved
	}
	return slices.Clone(e.near)
}

// inward is the gap on the sides on which a corner has a point beside it. On the
// others it is open to below everything, where no point is near.
func (e *explorer) inward(corner, gap []int64) []int64 {
	slack := slices.Clone(gap)
	for p := range slack {
		if low, _ := e.course.extent(p); corner[p] < low {
			slack[p] = 0
		}
	}
	return slack
}

func (e *explorer) step(gap []int64, step int) {
	for p := range gap {
		low, high := e.course.extent(p)
		gap[p] = int64(step) * (((high - low) >> 10) + 1)
	}
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
