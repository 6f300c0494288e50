package again

import (
	"cmp"
	"math/big"
	"slices"
)

// mostRepresentatives is how many points stand for a frontier.
const mostRepresentatives = 7

// standing are the points among which representatives are chosen: those that leave no side below the baseline, or all
// where none does. Each is the parts, in millionths, that the sides receive of what they can gain.
type standing struct {
	kept   []int // by point: its place on the frontier
	parts  []row
	names  []row // the parts without the names of the sides
	far    []int64
	chosen []obj
	at     []int // of each chosen, its place among those kept
}

// representatives are a few points that stand for those listed: the fair picks, then again and again the points furthest
// from those chosen, of several as far the most even. Points that only the names of the sides tell apart are chosen
// together or, where they do not fit, passed over.
func (r *reading) representatives() any {
	if len(r.front) == 0 {
		return list{}
	}
	x := r.spread()
	for _, pick := range [][2]string{{"leximin", "leximin"}, {"kalai-smorodinsky", "kalai_smorodinsky"}, {"nash", "nash"}} {
		var fresh []int
		for _, n := range r.fair[pick[1]].([]int) {
			if k := slices.Index(x.kept, n); k >= 0 && !slices.Contains(x.at, k) {
				fresh = append(fresh, k)
			}
		}
		x.choose(pick[0], fresh)
	}
	for x.chooseFurthest() {
	}
	if len(x.chosen) == 0 {
		x.choose("cluster", []int{0})
	}
	out := list{}
	for n, c := range x.chosen {
		near := 0
		for k := range x.kept {
			if x.distance(k, x.at[n]) == x.far[k] {
				near++
			}
		}
		out = append(out, with(c, obj{"for": near}))
	}
	return out
}

func (r *reading) spread() *standing {
	x, low, high := &standing{}, slices.Clone(r.base), slices.Clone(r.base)
	for n, p := range r.front {
		for s, v := range p.v {
			high[s] = max(high[s], v)
		}
		if p.v.covers(r.base) {
			x.kept = append(x.kept, n)
		}
	}
	if x.kept == nil { // from the least that any point gives to the most
		low, high = slices.Clone(r.front[0].v), slices.Clone(r.front[0].v)
		for n, p := range r.front {
			x.kept = append(x.kept, n)
			for s, v := range p.v {
				low[s], high[s] = min(low[s], v), max(high[s], v)
			}
		}
	}
	for _, n := range x.kept {
		parts := row{}
		for s, v := range r.front[n].v {
			if high[s] > low[s] {
				part := new(big.Int).Sub(big.NewInt(v), big.NewInt(low[s]))
				part.Mul(part, big.NewInt(total))
				parts = append(parts, part.Quo(part, new(big.Int).Sub(big.NewInt(high[s]), big.NewInt(low[s]))).Int64())
			}
		}
		x.parts = append(x.parts, parts)
		x.names = append(x.names, slices.Sorted(slices.Values(parts)))
		x.far = append(x.far, 1<<62)
	}
	return x
}

func (x *standing) distance(a, b int) (sum int64) {
	for s, v := range x.parts[a] {
		sum += (v - x.parts[b][s]) * (v - x.parts[b][s])
	}
	return sum
}

// choose takes points in where all of them fit.
func (x *standing) choose(rule string, fresh []int) bool {
	if len(x.chosen)+len(fresh) > mostRepresentatives {
		return false
	}
	for _, k := range fresh {
		x.chosen, x.at = append(x.chosen, obj{"point": x.kept[k], "rule": rule}), append(x.at, k)
		for j := range x.far {
			x.far[j] = min(x.far[j], x.distance(j, k))
		}
	}
	return len(fresh) > 0
}

// chooseFurthest takes in the furthest points that are alike and fit.
func (x *standing) chooseFurthest() bool {
	alike := func(a, b int) int {
		return cmp.Or(cmp.Compare(x.far[b], x.far[a]), slices.Compare(x.names[b], x.names[a]))
	}
	var order []int
	for k, far := range x.far {
		if far > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, alike)
	for len(order) > 0 {
		n := 1
		for n < len(order) && alike(order[0], order[n]) == 0 {
			n++
		}
		if x.choose("cluster", order[:n]) {
			return true
		}
		order = order[n:]
	}
	return false
}
