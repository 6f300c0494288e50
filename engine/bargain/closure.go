package bargain

import "math/big"

// network carries gains along arcs to the losses below them. Edges come in
// pairs: 2i and its reverse 2i+1.
type network struct {
	to   []int
	room []int64
	at   [][]int // by node
}

func (f *network) add(from, to int, room int64) {
	f.at[from] = append(f.at[from], len(f.to))
	f.at[to] = append(f.at[to], len(f.to)+1)
	f.to = append(f.to, to, from)
	f.room = append(f.room, room, 0)
}

// cover looks for a flow in which every loss is covered by gains on interests
// that matter at least as much: then no weights make the changes a loss. Where
// there is none, the minimum cut is an up-set of the order, every interest with
// all that stand above it, over which the changes sum below 0 (Picard 1976, the
// minimum closure); equal weights on it are a loss. flow is by arc.
func (p *Polytope) cover(delta []int64) (flow []int64, loss []*big.Int) {
	source, sink := p.n+p.joints, p.n+p.joints+1
	f := &network{at: make([][]int, sink+1)}
	const endless = 1 << 62
	for _, a := range p.arcs {
		f.add(a.above, a.below, endless)
	}
	wanted := int64(0)
	for k, d := range delta {
		switch {
		case d > 0:
			f.add(source, k, d)
		case d < 0:
			f.add(k, sink, -d)
			wanted -= d
		}
	}
	for wanted > 0 {
		got := f.push(source, sink)
		if got == 0 {
			return nil, p.reaching(f, sink)
		}
		wanted -= got
	}
	flow = make([]int64, len(p.arcs))
	for i := range flow {
		flow[i] = f.room[2*i+1]
	}
	return flow, nil
}

// push sends as much as it can along a shortest way with room (Edmonds and Karp
// 1972) and returns how much.
func (f *network) push(source, sink int) int64 {
	by := make([]int, len(f.at)) // the edge that reached a node, one more
	queue := []int{source}
	for len(queue) > 0 && by[sink] == 0 {
		v := queue[0]
		queue = queue[1:]
		for _, e := range f.at[v] {
			if w := f.to[e]; f.room[e] > 0 && by[w] == 0 && w != source {
				by[w] = e + 1
				queue = append(queue, w)
			}
		}
	}
	if by[sink] == 0 {
		return 0
	}
	least := int64(1 << 62)
	for v := sink; v != source; v = f.to[(by[v]-1)^1] {
		least = min(least, f.room[by[v]-1])
	}
	for v := sink; v != source; v = f.to[(by[v]-1)^1] {
		f.room[by[v]-1] -= least
		f.room[(by[v]-1)^1] += least
	}
	return least
}

// reaching gives weight 1 to the interests from which there is still room to the
// sink: a loss that is not covered, and all that could have covered it.
func (p *Polytope) reaching(f *network, sink int) []*big.Int {
	reached := make([]bool, len(f.at))
	reached[sink] = true
	queue := []int{sink}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, e := range f.at[v] {
			if w := f.to[e]; f.room[e^1] > 0 && !reached[w] {
				reached[w] = true
				queue = append(queue, w)
			}
		}
	}
	out := make([]*big.Int, p.n)
	for k := range out {
		out[k] = new(big.Int)
		if reached[k] {
			out[k].SetInt64(1)
		}
	}
	return out
}
