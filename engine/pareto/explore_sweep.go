package pareto

import (
	"cmp"
	"context"
	"slices"
)

// wave is what one stage of a search works on: partial packages, grouped by
// their bits. In a group none is beaten by another.
type wave struct {
	words, width int
	states       []uint64 // words per group
	bound        []int64  // per group and weight vector: what the rest adds at most; nil once used
	first        []int32  // per group: its first member; one more at the end
	values       []int64  // width per member
	parent       []int32  // the member of the wave before
	option       []int32
}

func (w *wave) groups() int              { return len(w.first) - 1 }
func (w *wave) len() int                 { return len(w.parent) }
func (w *wave) at(k int) []int64         { return w.values[k*w.width : (k+1)*w.width] }
func (w *wave) state(g int) []uint64     { return w.states[g*w.words : (g+1)*w.words] }
func (w *wave) boundAt(g, n int) []int64 { return w.bound[g*n : (g+1)*n] }

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
	nodes   int64 // members made
	cut     bool  // members were left out that might have mattered
	path    []*wave
}

// aim renews the target after points were found.
func (s *sweep) aim() {
	slices.SortFunc(s.archive.corners, slices.Compare)
	s.target.corners = s.archive.corners
	s.target.sums = s.target.sums[:0]
	for _, c := range s.archive.corners {
		s.target.sums = append(s.target.sums, s.above(c, nil))
	}
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
	s.nodes += int64(next.len())
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

// part is some of the groups of a wave.
func (w *wave) part(from, to int) *wave {
	a, b := w.first[from], w.first[to]
	p := &wave{words: w.words, width: w.width, states: w.states[from*w.words : to*w.words],
		values: w.values[int(a)*w.width : int(b)*w.width], parent: w.parent[a:b], option: w.option[a:b]}
	for _, first := range w.first[from : to+1] {
		p.first = append(p.first, first-a)
	}
	return p
}

// thin keeps of a wave, for every weight vector, the members that promise most.
func (s *sweep) thin(w *wave) *wave {
	if w.len() <= s.keep {
		return w
	}
	n := len(s.weights)
	sums := make([]int64, w.len())
	order := make([]int32, w.len())
	chosen := make([]bool, w.len())
	for v := range n {
		for g := range w.groups() {
			for k := w.first[g]; k < w.first[g+1]; k++ {
				sums[k], order[k] = s.weigh(v, w.at(int(k)))+w.boundAt(g, n)[v], k
			}
		}
		slices.SortFunc(order, func(a, b int32) int {
			if by := cmp.Compare(sums[b], sums[a]); by != 0 {
				return by
			}
			return int(a - b)
		})
		for _, k := range order[:min(s.keep, len(order))] {
			chosen[k] = true
		}
	}
	thinned := &wave{words: w.words, width: w.width, first: []int32{0}}
	for g := range w.groups() {
		for k := int(w.first[g]); k < int(w.first[g+1]); k++ {
			if chosen[k] {
				thinned.values = append(thinned.values, w.at(k)...)
				thinned.parent, thinned.option = append(thinned.parent, w.parent[k]), append(thinned.option, w.option[k])
			}
		}
		if last := int32(thinned.len()); last > thinned.first[thinned.groups()] {
			thinned.first = append(thinned.first, last)
			thinned.states, thinned.bound = append(thinned.states, w.state(g)...), append(thinned.bound, w.boundAt(g, n)...)
		}
	}
	s.cut = s.cut || thinned.len() < w.len()
	return thinned
}

// batch is how many members of a wave are searched together; what is behind the
// first of them is known before the next are begun.
const batch = 1 << 17

// over reports whether a limit or the context ends the search.
func (s *sweep) over() bool {
	return s.ctx.Err() != nil || s.limits.Nodes > 0 && s.nodes >= s.limits.Nodes ||
		s.limits.Points > 0 && len(s.archive.points) >= s.limits.Points
}

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
	for g := from; g < to; g++ {
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

// probe tests members of a wave against the target.
type probe struct {
	*sweep
	sums []int64
	last int // the weight vector that closed the last corner
}

// open reports whether a continuation may lie above some corner.
func (p *probe) open(values, bound []int64) bool {
	for w := range p.sums {
		if bound[w] <= never/2 {
			return false
		}
		p.sums[w] = p.weigh(w, values) + bound[w]
	}
	for _, sums := range p.target.sums {
		if p.sums[p.last] < sums[p.last] {
			continue
		}
		if p.clears(sums) {
			return true
		}
	}
	return false
}

func (p *probe) clears(sums []int64) bool {
	for w, sum := range sums {
		if p.sums[w] < sum {
			p.last = w
			return false
		}
	}
	return true
}

// candidates collects the members of a group.
type candidates struct {
	sieve  sieve
	parent []int32
	option []int32
	order  []int32
}

func (c *candidates) clear() {
	c.sieve.values, c.parent, c.option = c.sieve.values[:0], c.parent[:0], c.option[:0]
}

func (c *candidates) add(values, more []int64, parent, option int32) {
	for q, v := range values {
		c.sieve.values = append(c.sieve.values, v+more[q])
	}
	c.parent, c.option = append(c.parent, parent), append(c.option, option)
}

func (c *candidates) last() []int64 { return c.sieve.values[len(c.sieve.values)-c.sieve.sides:] }

func (c *candidates) drop() {
	n := len(c.parent) - 1
	c.sieve.values, c.parent, c.option = c.sieve.values[:n*c.sieve.sides], c.parent[:n], c.option[:n]
}

// settle appends those that no other beats to a wave, as its next group.
func (c *candidates) settle(to *wave) bool {
	if len(c.parent) == 0 {
		return false
	}
	at := func(k int32) []int64 { return c.sieve.values[int(k)*c.sieve.sides : (int(k)+1)*c.sieve.sides] }
	c.order = c.order[:0]
	for k := range c.parent {
		c.order = append(c.order, int32(k))
	}
	slices.SortFunc(c.order, func(a, b int32) int {
		if by := slices.Compare(at(b), at(a)); by != 0 {
			return by
		}
		return int(a - b)
	})
	distinct := slices.CompactFunc(c.order, func(a, b int32) bool { return slices.Equal(at(a), at(b)) })
	c.sieve.beaten = append(c.sieve.beaten[:0], make([]bool, len(c.parent))...)
	if c.sieve.sides > 1 {
		c.sieve.run(distinct)
	} else {
		distinct = distinct[:1]
	}
	for _, k := range distinct {
		if !c.sieve.beaten[k] {
			to.values = append(to.values, at(k)...)
			to.parent, to.option = append(to.parent, c.parent[k]), append(to.option, c.option[k])
		}
	}
	return true
}
