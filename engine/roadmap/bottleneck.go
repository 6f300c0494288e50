package roadmap

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"math/bits"
	"slices"
)

// Narrow is the narrowest place of a way in which moves are made one at a time.
type Narrow struct {
	Path Path
	// Side is the one most exposed, and Step the step after which it is; Short is
	// by how much it is then below its start. All zero, and Step -1, where nobody
	// ever is.
	Side, Step int
	Short      int64
	// AtLeast is proved: no path of such steps keeps every side's exposure below
	// AtLeast of this one's units. Equal to Short where Path.Exact.
	AtLeast int64
}

// Bottleneck finds, of all paths that keep the rules with moves made one at a
// time, one whose largest exposure in units is smallest (the bottleneck shortest
// path). Where rules allow no such path, steps are as small as the rules let them
// be. The smallest bound that makes Within succeed with these steps is
// Path.Exposure. It is ErrNoPath where the end breaks a rule.
func Bottleneck(ctx context.Context, q Question, limits Limits) (Narrow, error) {
	c, err := newCourse(q)
	if err != nil {
		return Narrow{}, err
	}
	c.allow = nil
	if !c.feasible(c.full) {
		return Narrow{}, ErrNoPath
	}
	limit := limits.Looks
	if limit <= 0 {
		limit = math.MaxInt64
	}
	s := &straits{course: c, n: len(c.moves), limit: limit}
	for most := 1; most <= max(1, s.n); most++ {
		found, proved, err := s.search(ctx, most)
		if err != nil {
			return Narrow{}, err
		}
		if found != nil {
			return s.narrow(found, proved), nil
		}
	}
	panic("all moves at once are a step, and were not found")
}

// straits is a best-first search for the least exposed path.
type straits struct {
	*course
	n     int
	limit int64
	looks int64
	known map[uint64]int32
	nodes []strait
	queue narrows
}

// strait is a state and the least exposure with which it is known to be reached.
type strait struct {
	state uint64
	worst exposure
	tie   uint32
	prev  int32
	done  bool
}

// exposure is by how much a side is below its start.
type exposure struct {
	short int64
	side  int
}

// search is nil where steps of at most so many moves do not reach the end. The
// second result is what was proved: no path is less exposed.
func (s *straits) search(ctx context.Context, most int) ([]uint64, exposure, error) {
	s.known, s.nodes, s.queue = map[uint64]int32{}, nil, nil
	end := s.exposed(s.end)
	s.reach(strait{state: 0, prev: -1, worst: end})
	proved := end
	for turn := 0; len(s.queue) > 0; turn++ {
		if turn%1024 == 0 && ctx.Err() != nil {
			return nil, proved, ctx.Err()
		}
		e := heap.Pop(&s.queue).(passing)
		at := s.nodes[e.node]
		if at.done || at.worst != e.worst {
			continue
		}
		s.nodes[e.node].done = true
		if proved = at.worst; at.state == s.full {
			return s.chain(e.node), proved, nil
		}
		if s.looks > s.limit {
			return s.hurried(most), proved, nil
		}
		s.extend(e.node, most)
	}
	return nil, proved, nil
}

// extend reaches what is one step further. What is exposed at the end is so on
// every path: it is counted from the start on.
func (s *straits) extend(i int32, most int) {
	at := s.nodes[i]
	made := bits.OnesCount64(at.state)
	sum := make([]int64, s.sides)
	for k := 1; k <= min(most, s.n-made); k++ {
		subsets(s.full&^at.state, k, func(d uint64) bool {
			s.looks++
			t := at.state | d
			if s.feasible(t) {
				s.reach(strait{
					state: t, prev: i, worst: s.worse(at.worst, s.exposed(s.value(t, sum))), tie: at.tie + s.tie(at.state, t, made, k),
				})
			}
			return true
		})
	}
}

func (s *straits) reach(n strait) {
	i, ok := s.known[n.state]
	if !ok {
		i = int32(len(s.nodes))
		s.known[n.state] = i
		s.nodes = append(s.nodes, n)
	} else if old := s.nodes[i]; old.done || cmp.Or(s.compare(n.worst, old.worst), cmp.Compare(n.tie, old.tie)) >= 0 {
		return
	}
	s.nodes[i] = n
	heap.Push(&s.queue, passing{s, n.worst, bits.OnesCount64(n.state), n.tie, i})
}

// exposed is the largest exposure of any side at these values, the first of
// equals.
func (s *straits) exposed(values []int64) exposure {
	var worst exposure
	for p, v := range values {
		worst = s.worse(worst, exposure{max(0, s.start[p]-v), p})
	}
	return worst
}

func (s *straits) worse(a, b exposure) exposure {
	if s.compare(b, a) > 0 {
		return b
	}
	return a
}

// compare compares exposures in units.
func (s *straits) compare(a, b exposure) int {
	if s.unit[a.side] == s.unit[b.side] {
		return cmp.Compare(a.short, b.short)
	}
	ahi, alo := bits.Mul64(uint64(a.short), uint64(s.unit[b.side]))
	bhi, blo := bits.Mul64(uint64(b.short), uint64(s.unit[a.side]))
	return cmp.Or(cmp.Compare(ahi, bhi), cmp.Compare(alo, blo))
}

// hurried completes a path when a limit ends the search: from the start, always
// the move that leaves the least exposed state, and where rules bar every move
// all of them at once.
func (s *straits) hurried(most int) []uint64 {
	out := []uint64{0}
	sum := make([]int64, s.sides)
	for at := uint64(0); at != s.full; {
		var best uint64
		var worst exposure
		for k := 1; k <= min(most, s.n) && best == 0; k++ {
			subsets(s.full&^at, min(k, bits.OnesCount64(s.full&^at)), func(d uint64) bool {
				if s.feasible(at | d) {
					if e := s.exposed(s.value(at|d, sum)); best == 0 || s.compare(e, worst) < 0 {
						best, worst = d, e
					}
				}
				return true
			})
		}
		if best == 0 {
			best = s.full &^ at
		}
		at |= best
		out = append(out, at)
	}
	return out
}

func (s *straits) chain(i int32) []uint64 {
	var out []uint64
	for ; i >= 0; i = s.nodes[i].prev {
		out = append(out, s.nodes[i].state)
	}
	slices.Reverse(out)
	return out
}

// narrow says where a path is narrowest.
func (s *straits) narrow(states []uint64, proved exposure) Narrow {
	out := Narrow{Path: s.path(states, true, s.looks), Step: -1}
	var worst exposure
	for k, step := range out.Path.Steps {
		if e := s.exposed(step.Values); s.compare(e, worst) > 0 {
			worst, out.Step = e, k
		}
	}
	out.Side, out.Short = worst.side, worst.short
	out.Path.Exact = s.compare(worst, proved) == 0
	if out.AtLeast = worst.short; !out.Path.Exact {
		out.AtLeast = s.inUnits(proved, worst.side)
	}
	return out
}

// inUnits is an exposure in the units of another side, rounded down.
func (s *straits) inUnits(e exposure, side int) int64 {
	if s.unit[e.side] == s.unit[side] {
		return e.short
	}
	hi, lo := bits.Mul64(uint64(e.short), uint64(s.unit[side]))
	if hi >= uint64(s.unit[e.side]) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(s.unit[e.side]))
	return int64(min(q, math.MaxInt64))
}

// passing is a state to go on from: the least exposed first, of equals the
// deepest.
type passing struct {
	of    *straits
	worst exposure
	made  int
	tie   uint32
	node  int32
}

type narrows []passing

func (h narrows) Len() int { return len(h) }
func (h narrows) Less(i, j int) bool {
	a, b := h[i], h[j]
	return cmp.Or(a.of.compare(a.worst, b.worst), cmp.Compare(b.made, a.made), cmp.Compare(a.tie, b.tie), cmp.Compare(a.node, b.node)) < 0
}
func (h narrows) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *narrows) Push(x any)   { *h = append(*h, x.(passing)) }
func (h *narrows) Pop() any {
	old := *h
	e := old[len(old)-1]
	*h = old[:len(old)-1]
	return e
}
