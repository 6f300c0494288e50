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
	*packer
	known  map[uint64]int32
	nodes  []node
	queue  frontier
	values []int64 // by node and side
	spare  uint64  // the cost of a path that is known anyway
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
// of a single side that a move leaves (see requirement). A path that was found in
// haste before is good enough where nothing costs less.
func (c *course) best(ctx context.Context, limit int64) (Path, error) {
	p := newPacker(c, limit)
	spare := p.hasty()
	f := &forest{packer: p, known: map[uint64]int32{}, spare: c.price(spare)}
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
		if f.looks > f.limit {
			return c.path(spare, false, f.looks), nil
		}
		made := bits.OnesCount64(at.state)
		f.extend(e, at, made)
		if e.size < f.n-made {
			f.push(e.node, e.size+1)
		}
	}
	return c.path(spare, true, f.looks), nil
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
	if bound >= f.spare {
		return
	}
	var debt int64
	for p, v := range f.of(i) {
		debt = max(debt, f.start[p]-v)
	}
	f.looks++
	heap.Push(&f.queue, entry{bound, bits.OnesCount64(n.state), n.tie, debt, int(f.looks), i, size})
}

func (f *forest) of(i int32) []int64 { return f.values[int(i)*f.sides : (int(i)+1)*f.sides] }

// extend tries the steps of one size from a state.
func (f *forest) extend(e entry, at node, made int) {
	before := slices.Clone(f.of(e.node))
	f.each(at.state, before, e.size, func(step uint64, values []int64) bool {
		t := at.state | step
		f.reach(node{t, at.cost + f.cost[e.size], at.tie + f.tie(at.state, t, made, e.size), e.node}, values)
		return true
	})
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
