package pareto

import (
	"context"
	"slices"
)

// explorer finds a frontier in rounds: quick ones that keep little and find
// points, each with bounds for weight vectors that suit the points found so
// far, then one that keeps everything. Where the quick ones leave much open, hunts
// over wishes come in between.
type explorer struct {
	course   *course
	see      func(Found)
	sweep    sweep
	near     int     // the least gap that bounds of the start prove, in steps
	narrowed int     // the least gap proved for the points together with extra
	extra    []Point // found by narrowing and seeking
	spent    int64   // members made by narrowing, nodes of hunts
	built    int64   // looks and reads that bounds took; 4,096 count as much as a member
}

// steps are what a gap is measured in: parts of what each coordinate spans.
const steps = 1024

func newExplorer(ctx context.Context, f *frame, limits Limits) *explorer {
	e := &explorer{course: newCourse(ctx, f), near: steps + 1, narrowed: steps + 1}
	below := make([]int64, f.sides)
	e.sweep = sweep{ctx: ctx, limits: limits, workers: max(1, limits.Workers), low: make([]int64, f.sides), step: make([]int64, f.sides)}
	for p := range below {
		low, high := f.extent(p)
		below[p], e.sweep.low[p], e.sweep.step[p] = low-1, low, (high-low)/steps+1
	}
	e.sweep.archive = newArchive(below)
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
	for at, r := range passes {
		if s.cut = s.ctx.Err() != nil; s.cut { // the course may not be complete
			return
		}
		bounds := newFan(s.ctx, e.course, e.weights(r.directions), r.patterns, s.workers)
		if s.cut = bounds == nil; s.cut {
			return
		}
		s.fan = bounds
		e.built += bounds.looks
		if r.steps > 0 {
			s.fan.tighten(s.ctx, r.steps, e.known(), s.workers)
			e.built += int64(r.steps) * bounds.reads()
		}
		s.keep, s.cut = r.keep, false
		s.aim()
		s.run(0, s.start())
		if s.cut {
			e.prove()
			if at == 0 && e.tangled() {
				e.seek()
			}
			e.narrow()
			if at == 1 && !e.tangled() {
				e.seek()
			}
		}
		if e.see != nil {
			e.see(e.found())
		}
		if !s.cut || s.over() || s.limits.Nodes > 0 && e.built>>12 > s.limits.Nodes {
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
	s := &e.sweep
	f := Found{Points: slices.Clone(s.archive.points), Complete: !s.cut, Nodes: s.nodes + e.spent}
	if f.Complete {
		f.Gap = make([]int64, s.sides)
		return f
	}
	near := e.near
	if all := e.union(); e.narrowed < e.near && (s.limits.Points == 0 || len(all) <= s.limits.Points) {
		f.Points, near = all, e.narrowed
	}
	if near <= steps {
		f.Gap = s.gap(near)
	}
	return f
}

// union is the points and what narrowing found beyond them.
func (e *explorer) union() []Point {
	all := slices.Concat(e.sweep.archive.points, e.extra)
	values := make([][]int64, len(all))
	for k, p := range all {
		values[k] = p.Values
	}
	var kept []Point
	for _, k := range Skyline(values) {
		kept = append(kept, all[k])
	}
	slices.SortStableFunc(kept, func(a, b Point) int { return slices.Compare(b.Values, a.Values) })
	return slices.CompactFunc(kept, func(a, b Point) bool { return slices.Equal(a.Values, b.Values) })
}

// prove finds how far a package may lie beyond the points on every side, as far
// as the bounds of the start tell. Points without any gap are the frontier.
func (e *explorer) prove() {
	s := &e.sweep
	if len(s.archive.points) == 0 {
		return
	}
	start := s.start()
	sums := make([]int64, len(s.weights))
	for w := range sums {
		sums[w] = s.weigh(w, start.values) + start.bound[w]
	}
	low, high := -1, e.near // more points leave a gap proved
	for low+1 < high {
		step := (low + high) / 2
		gap := s.gap(step)
		if slices.ContainsFunc(s.archive.corners, func(c []int64) bool { return atLeast(sums, s.above(c, s.inward(c, gap))) }) {
			low = step
		} else {
			high = step
		}
	}
	if e.near = high; high == 0 {
		s.cut = false
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
