package roadmap

import (
	"cmp"
	"container/heap"
	"context"
	"math/bits"
	"slices"
)

// forest is a best-first search (A*) over the states of more moves than can be
// listed. A node is looked at once for every size of step, smaller steps first,
// so that the many large ones are tried only when nothing smaller is left.
type forest struct {
	*course
	n      int
	limit  int64
	looks  int64
	known  map[uint64]int32
	nodes  []node
	queue  frontier
	most   [][]int64 // by move and side: what a move can add at best
	helps  [][]int64 // by side: what moves can add to it at best, largest first; sums from the front
	needs  []int     // by move: how large a step must be to hold it
	goal   int32     // the end, where it was reached
	values []int64   // by node and side
}

// node is a state and the best known way to it.
type node struct {
	state uint64
	cost  uint64
	tie   uint32
	prev  int32
}

// entry is a node whose steps of size k are to be tried. No path through them
// costs less than bound.
type entry struct {
	bound uint64
	made  int
	tie   uint32
	debt  int64
	seq   int
	node  int32
	size  int
}

// best is the A* search: its bound on what is left comes from the largest debt
// of a single side that a move leaves (see requirement).
func (c *course) best(ctx context.Context, limit int64) (Path, error) {
	f := &forest{course: c, n: len(c.moves), limit: limit, known: map[uint64]int32{}, goal: -1}
	f.bounds()
	f.reach(node{state: 0, prev: -1}, c.start)
	for len(f.queue) > 0 {
		if err := ctx.Err(); err != nil {
			return Path{}, err
		}
		e := heap.Pop(&f.queue).(entry)
		at := f.nodes[e.node]
		if at.state == f.full {
			return c.path(f.chain(e.node), true, f.looks), nil
		}
		made := bits.OnesCount64(at.state)
		if f.looks > f.limit {
			return c.path(f.stopped(), false, f.looks), nil
		}
		f.extend(e, at, made)
		if e.size < f.n-made {
			f.push(e.node, e.size+1)
		}
	}
	panic("all moves at once are a step, and were not found")
}

// bounds prepares what a move can do at best and how large its steps must be.
func (f *forest) bounds() {
	f.most = make([][]int64, f.n)
	for x := range f.most {
		f.most[x] = slices.Clone(f.delta[x])
		for _, t := range f.terms {
			if (t.must|t.not)>>x&1 == 0 {
				continue
			}
			for p, v := range t.values {
				switch {
				case t.must>>x&1 == 1:
					f.most[x][p] += max(0, v)
				default:
					f.most[x][p] += max(0, -v)
				}
			}
		}
	}
	f.helps = make([][]int64, f.sides)
	for p := range f.helps {
		var help []int64
		for x := range f.most {
			help = append(help, max(0, f.most[x][p]))
		}
		slices.SortFunc(help, func(a, b int64) int { return cmp.Compare(b, a) })
		f.helps[p] = make([]int64, f.n+1)
		for k, v := range help {
			f.helps[p][k+1] = f.helps[p][k] + v
		}
	}
	f.needs = make([]int, f.n)
	for x := range f.needs {
		f.needs[x] = f.requirement(f.most[x])
	}
}

// requirement is how many moves a step must have at least to hold a move: the
// largest debt that it leaves with a single side must be paid by the others.
func (f *forest) requirement(most []int64) int {
	need := 1
	if f.floor != nil {
		return need
	}
	for p, v := range most {
		for need < f.n && v+f.helps[p][need-1] < 0 {
			need++
		}
	}
	return need
}

// left is a bound from below on the cost of what remains of a state: the moves
// with the largest requirement need at least so many steps of that size, if not
// larger ones.
func (f *forest) left(s uint64) uint64 {
	need, count := 1, 0
	for rest := f.full &^ s; rest != 0; rest &= rest - 1 {
		switch k := f.needs[bits.TrailingZeros64(rest)]; {
		case k > need:
			need, count = k, 1
		case k == need:
			count++
		}
	}
	return uint64((count+need-1)/need) * f.cost[need]
}

// reach notes a way to a state, if it is better than what is known.
func (f *forest) reach(n node, values []int64) {
	i, ok := f.known[n.state]
	switch {
	case !ok:
		i = int32(len(f.nodes))
		f.known[n.state] = i
		f.nodes = append(f.nodes, n)
		f.values = append(f.values, values...)
	case n.cost < f.nodes[i].cost:
		f.nodes[i] = n
	default:
		return
	}
	f.push(i, 1)
}

func (f *forest) push(i int32, size int) {
	n := f.nodes[i]
	bound := n.cost + max(f.cost[size], f.left(n.state))
	if n.state == f.full {
		bound = n.cost
	}
	var debt int64
	for p, v := range f.of(i) {
		debt = max(debt, f.start[p]-v)
	}
	f.looks++
	heap.Push(&f.queue, entry{bound, bits.OnesCount64(n.state), n.tie, debt, int(f.looks), i, size})
}

func (f *forest) of(i int32) []int64 { return f.values[int(i)*f.sides : (int(i)+1)*f.sides] }

// extend tries the steps of one size from a state. Moves are added in ascending
// order; a part of a step is dropped when those that can follow cannot pay some
// side's debt.
func (f *forest) extend(e entry, at node, made int) {
	before := slices.Clone(f.of(e.node))
	sum := make([]int64, f.sides)
	owed := make([]int64, f.sides)
	var add func(step, rest uint64, k int)
	add = func(step, rest uint64, k int) {
		if f.looks++; f.looks > f.limit {
			return
		}
		if k == 0 {
			t := at.state | step
			if f.value(t, sum); f.possible(t, sum) && f.step(at.state, t, before, sum) {
				f.reach(node{t, at.cost + f.cost[e.size], at.tie + f.tie(at.state, t, made, e.size), e.node}, sum)
			}
			return
		}
		for ; bits.OnesCount64(rest) >= k; rest &= rest - 1 {
			x := bits.TrailingZeros64(rest)
			if f.payable(owed, x, k-1) {
				f.owe(owed, x, 1)
				add(step|1<<x, rest&(rest-1), k-1)
				f.owe(owed, x, -1)
			}
		}
	}
	add(0, f.full&^at.state, e.size)
}

// payable reports whether so many more moves can pay what every side would owe
// after a move, at best. Where values may fall to a floor nothing is owed.
func (f *forest) payable(owed []int64, x, more int) bool {
	if f.floor != nil {
		return true
	}
	for p, v := range owed {
		if v+f.most[x][p]+f.helps[p][more] < 0 {
			return false
		}
	}
	return true
}

func (f *forest) owe(owed []int64, x int, sign int64) {
	for p := range owed {
		owed[p] += sign * f.most[x][p]
	}
}

// chain is the way to a node.
func (f *forest) chain(i int32) []uint64 {
	var out []uint64
	for ; i >= 0; i = f.nodes[i].prev {
		out = append(out, f.nodes[i].state)
	}
	slices.Reverse(out)
	return out
}

// stopped is the best complete way known when a limit ends the search: to some
// state, and from there with all other moves at once.
func (f *forest) stopped() []uint64 {
	best, from := ^uint64(0), int32(0)
	for i, n := range f.nodes {
		if left := f.n - bits.OnesCount64(n.state); n.cost+f.cost[left] < best {
			best, from = n.cost+f.cost[left], int32(i)
		}
	}
	out := f.chain(from)
	if out[len(out)-1] != f.full {
		out = append(out, f.full)
	}
	return out
}

// frontier is a heap of entries: the smallest bound first, of equal ones the
// deepest state, since there the end is nearest.
type frontier []entry

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	a, b := f[i], f[j]
	return cmp.Or(cmp.Compare(a.bound, b.bound), cmp.Compare(b.made, a.made), cmp.Compare(a.tie, b.tie), cmp.Compare(a.debt, b.debt), cmp.Compare(a.seq, b.seq)) < 0
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(entry)) }
func (f *frontier) Pop() any {
	old := *f
	e := old[len(old)-1]
	*f = old[:len(old)-1]
	return e
}
