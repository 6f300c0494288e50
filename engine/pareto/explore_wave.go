package pareto

import (
	"cmp"
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

func (w *wave) groups() int { return len(w.first) - 1 }

func (w *wave) len() int { return len(w.parent) }

func (w *wave) at(k int) []int64 { return w.values[k*w.width : (k+1)*w.width] }

func (w *wave) state(g int) []uint64 { return w.states[g*w.words : (g+1)*w.words] }

func (w *wave) boundAt(g, n int) []int64 { return w.bound[g*n : (g+1)*n] }

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

// joined puts waves together, one after another.
func joined(made []*wave) *wave {
	all := made[0]
	for _, w := range made[1:] {
		shift := int32(all.len())
		all.states, all.bound = append(all.states, w.states...), append(all.bound, w.bound...)
		for _, first := range w.first[1:] {
			all.first = append(all.first, first+shift)
		}
		all.values = append(all.values, w.values...)
		all.parent, all.option = append(all.parent, w.parent...), append(all.option, w.option...)
	}
	return all
}
