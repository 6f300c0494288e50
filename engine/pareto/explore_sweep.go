package pareto

import (
	"context"
	"slices"
)

// target is what a continuation must reach to matter: for every weight vector
// and corner the weighted sum just above the corner.
type target struct {
	corners [][]int64
	sums    [][]int64 // per corner, per weight vector
}

// sweep is one search through a course.
type sweep struct {
	*fan
	ctx     context.Context
	archive *archive
	target  target
	workers int
	keep    int // members kept per weight vector and stage; 0: all
	limits  Limits
	nodes   int64   // members made
	cut     bool    // members were left out that might have mattered
	effort  int64   // looks at bonds, bounds and points; 4,096 count as much as a member
	low     []int64 // per side: what every package has
	step    []int64 // per side: the step that gaps are measured in
	gapped  []int64 // what lies beyond the points by no more is passed over; nil: nothing
	path    []*wave
}

// aim renews the target after points were found.
func (s *sweep) aim() {
	slices.SortFunc(s.archive.corners, slices.Compare)
	s.target.corners = s.archive.corners
	s.target.sums = s.target.sums[:0]
	for _, c := range s.archive.corners {
		s.target.sums = append(s.target.sums, s.above(c, s.inward(c, s.gapped)))
	}
}

// gap is a number of steps in points.
func (s *sweep) gap(step int) []int64 {
	gap := make([]int64, len(s.step))
	for p := range gap {
		gap[p] = int64(step) * s.step[p]
	}
	return gap
}

// inward is the gap on the sides on which a corner has a point beside it. On the
// others it is open to below everything, where no point is near.
func (s *sweep) inward(corner, gap []int64) []int64 {
	if gap == nil {
		return nil
	}
	slack := slices.Clone(gap)
	for p := range slack {
		if corner[p] < s.low[p] {
			slack[p] = 0
		}
	}
	return slack
}

// above is the weighted sums of the least vector above a corner by slack.
func (f *fan) above(corner, slack []int64) []int64 {
	sums := make([]int64, len(f.weights))
	for w, weights := range f.weights {
		for q, weight := range weights {
			v := int64(0)
			switch {
			case q >= f.sides:
				v = f.floor[q-f.sides]
			case slack == nil:
				v = corner[q] + 1
			default:
				v = corner[q] + 1 + slack[q]
			}
			sums[w] += weight * (v >> f.shift[q])
		}
	}
	return sums
}

// start is the wave before the first stage.
func (s *sweep) start() *wave {
	w := &wave{words: s.words, width: s.width(), states: make([]uint64, s.words), first: []int32{0, 1},
		values: slices.Clone(s.fixed), parent: []int32{-1}, option: []int32{-1}, bound: make([]int64, len(s.weights))}
	s.rest(0, w.states, w.bound)
	return w
}

// run searches everything behind a wave that stands before stage k.
func (s *sweep) run(k int, w *wave) {
	s.path = append(s.path, w)
	defer func() { s.path = s.path[:len(s.path)-1] }()
	if k == len(s.stages) {
		s.finish(w)
		return
	}
	if s.over() {
		s.cut = true
		return
	}
	next := s.expand(k, w)
	if s.nodes += int64(next.len()); s.ctx.Err() != nil { // some groups were not made
		s.cut = true
		return
	}
	w.values, w.states = nil, nil // only the way back is needed from here
	if s.keep > 0 {
		next = s.thin(next)
	}
	next.bound = nil
	if next.len() == 0 {
		return
	}
	if next.len() <= batch {
		s.run(k+1, next)
		return
	}
	for from, to := 0, 0; from < next.groups(); from = to {
		for to = from + 1; to < next.groups() && int(next.first[to+1]-next.first[from]) <= batch; to++ {
		}
		s.run(k+1, next.part(from, to))
	}
}

// batch is how many members of a wave are searched together; what is behind the
// first of them is known before the next are begun.
const batch = 1 << 17

// over reports whether a limit or the context ends the search.
func (s *sweep) over() bool {
	return s.ctx.Err() != nil || s.limits.Nodes > 0 && (s.nodes >= s.limits.Nodes || s.effort>>12 > s.limits.Nodes) ||
		s.limits.Points > 0 && len(s.archive.points) >= s.limits.Points
}

// mostEffort bounds the comparisons for one more point.
const mostEffort = 1 << 31

// finish takes what came through.
func (s *sweep) finish(w *wave) {
	for k := range w.len() {
		values := w.at(k)
		if !s.reaches(values) || !s.archive.open(values[:s.sides]) {
			continue
		}
		if s.limits.Points > 0 && len(s.archive.points) >= s.limits.Points {
			s.cut = true
			break
		}
		effort := s.archive.effort(values[:s.sides])
		if s.ctx.Err() != nil || effort > mostEffort || s.limits.Nodes > 0 && s.effort>>12 > s.limits.Nodes {
			s.cut = true
			break
		}
		s.effort += effort
		s.archive.add(Point{Values: slices.Clone(values[:s.sides]), Choice: s.choice(k)})
	}
	s.aim()
}

func (s *sweep) reaches(values []int64) bool {
	for q, least := range s.floor {
		if values[s.sides+q] < least {
			return false
		}
	}
	return true
}

// choice follows the way back from a member of the last wave.
func (s *sweep) choice(k int) []int {
	choice := make([]int, len(s.issues))
	for at := len(s.path) - 1; at > 0; at-- {
		w := s.path[at]
		issue := s.stages[at-1].issue
		choice[issue] = s.issues[issue][w.option[k]].option
		k = int(w.parent[k])
	}
	return choice
}

// source is a group that moves to another by an option.
type source struct {
	group, option int32
	values        []int64
}

// expand makes the wave after stage k.
func (s *sweep) expand(k int, w *wave) *wave {
	table := newRegister(s.words, w.groups())
	var sources [][]source
	st := &s.stages[k]
	next := make([]uint64, s.words)
	for g := range w.groups() {
		state := w.state(g)
		for o := range st.options {
			values, allowed := st.gain(o, state)
			if !allowed {
				continue
			}
			for i := range next {
				next[i] = state[i]&st.options[o].keep[i] | st.options[o].start[i]
			}
			at := table.number(next)
			if at == len(sources) {
				sources = append(sources, nil)
			}
			sources[at] = append(sources[at], source{group: int32(g), option: int32(o), values: values})
		}
	}
	if s.keep != passes[0].keep { // the quickest pass finds points whatever the limit
		s.effort += int64(w.groups()*len(st.options)*(len(st.closing)+s.words) + len(sources)*len(s.after[k+1]))
	}
	jobs := max(1, min(s.workers*8, len(sources)/32))
	made := make([]*wave, jobs)
	run := func(from, to int) {
		for j := from; j < to; j++ {
			made[j] = s.gather(k, w, table.states, sources, len(sources)*j/jobs, len(sources)*(j+1)/jobs)
		}
	}
	if jobs == 1 || s.workers < 2 {
		run(0, jobs)
	} else {
		eachOf(jobs, s.workers, func(j int) { run(j, j+1) })
	}
	return joined(made)
}

// gain is what a move adds by itself and by the bonds it closes. It is not
// allowed where one of them is forbidden.
func (st *stage) gain(o int, state []uint64) ([]int64, bool) {
	values := st.options[o].values
	own := false
	for _, c := range st.closing {
		if !c.holds[o] || state[c.slot/64]>>(c.slot%64)&1 == 0 {
			continue
		}
		if c.values == nil {
			return nil, false
		}
		if !own {
			values, own = slices.Clone(values), true
		}
		for q, v := range c.values {
			values[q] += v
		}
	}
	return values, true
}

// gather makes the groups from..to-1 of the next wave.
func (s *sweep) gather(k int, w *wave, states []uint64, sources [][]source, from, to int) *wave {
	next := &wave{words: s.words, width: s.width(), first: []int32{0}}
	bound := make([]int64, len(s.weights))
	var c candidates
	c.sieve = sieve{ctx: s.ctx, sides: s.width()}
	probe := probe{sweep: s, sums: make([]int64, len(s.weights))}
	least := []int64(nil)
	if k+1 < len(s.stages) {
		least = s.stages[k+1].least
	}
	for g := from; g < to && s.ctx.Err() == nil; g++ {
		state := states[g*s.words : (g+1)*s.words]
		s.rest(k+1, state, bound)
		c.clear()
		for _, src := range sources[g] {
			for m := w.first[src.group]; m < w.first[src.group+1]; m++ {
				c.add(w.at(int(m)), src.values, m, src.option)
				last := c.last()
				s.saturate(last, least)
				if !probe.open(last, bound) {
					c.drop()
				}
			}
		}
		if c.settle(next) {
			next.states = append(next.states, state...)
			next.bound = append(next.bound, bound...)
			next.first = append(next.first, int32(next.len()))
		}
	}
	return next
}

// saturate cuts off what a coordinate has beyond the floor it cannot fall below
// any more, so that partial packages differ only in what can matter.
func (s *sweep) saturate(values, least []int64) {
	for q, floor := range s.floor {
		if q += s.sides; least != nil {
			values[q] = min(values[q], floor-least[q])
		} else {
			values[q] = min(values[q], floor)
		}
	}
}
