package again

import (
	"fmt"
	"math/big"
	"slices"
)

// Memory re-checks many bundles of the same question: what follows from the question
// and the names of the first, and from its claims, is derived once. What rests on
// other claims is derived for each bundle, and all of it for another question.
type Memory struct {
	key   string
	known *derived
}

// Bundle is what the package's function of that name is.
func (m *Memory) Bundle(data []byte) (Report, error) {
	return check(data, func(p *proof) *derived {
		key := fmt.Sprint(p.sha256, p.starts)
		if p.claim["why_not"] == nil { // there names are read with each bundle
			key = fmt.Sprint(key, p.labels, p.alike)
		}
		if p.cut { // the search begins with what is listed
			key = fmt.Sprint(key, p.claim["frontier"], p.claim["solutions"], p.claim["warnings"])
		}
		if m.known == nil {
			m.key, m.known = key, &derived{}
		}
		if m.key != key {
			return &derived{}
		}
		return m.known
	})
}

// BundleWithin re-checks a bundle with so many comparisons for its frontier.
func BundleWithin(data []byte, comparisons int) (Report, error) {
	return check(data, func(p *proof) *derived {
		p.bound = comparisons
		return &derived{}
	})
}

// Necessary tells of every package that keeps the rules, or of those proposed alone, whether no other is ever as good for everyone, as it is found and
// as tries of all packages have it: under every ranking and, where weights are compared, under all whole weights up to 6.
func (m *Memory) Necessary(proposed bool) (found, byRanks, byWeights []bool) {
	r := m.known.reading
	all := [][]int{{}}
	for _, is := range r.Issues {
		var next [][]int
		for _, choice := range all {
			for k := range is.Options {
				next = append(next, append(slices.Clone(choice), k))
			}
		}
		all = next
	}
	all = slices.DeleteFunc(all, func(choice []int) bool { return r.broken(choice) != nil })
	ranks, weights := make([][]row, r.Sides), make([][]row, r.Sides)
	for s := range r.Sides {
		ranks[s], weights[s] = r.extremes(s), r.admissible(s)
	}
	of := all
	if proposed {
		of = r.packages
	}
	for _, than := range of {
		beside := func(of [][]row, least int64) bool {
			return slices.ContainsFunc(all, func(choice []int) bool {
				sum := r.atBest(than, choice)
				for s := range r.Sides {
					nothing := !slices.ContainsFunc(r.of[s], func(n int) bool { return sum[n] != 0 })
					gains := slices.ContainsFunc(of[s], func(w row) bool {
						total := int64(0)
						for k, n := range r.of[s] {
							total += w[k] * sum[n]
						}
						return total >= least
					})
					if !nothing && !gains {
						return false
					}
				}
				return slices.ContainsFunc(sum, func(v int64) bool { return v != 0 })
			})
		}
		found = append(found, r.necessary(than))
		byRanks, byWeights = append(byRanks, !beside(ranks, 1)), append(byWeights, !beside(weights, 0))
	}
	return found, byRanks, byWeights
}

// atBest is the most favourable change of every interest from one package to another.
func (r *reading) atBest(from, to []int) row {
	sum := make(row, len(r.side))
	for n, v := range r.between(to, from) {
		sum[n] = -v
	}
	return sum
}

// extremes are, for every order of a side's interests that its ranks allow, the weights that are the same down to a place.
func (r *reading) extremes(side int) (out []row) {
	mine := r.of[side]
	var order func(taken []int)
	order = func(taken []int) {
		w := make(row, len(mine))
		for _, k := range taken {
			w[k] = 1
		}
		out = append(out, w)
		for k, n := range mine {
			higher := func(o int) bool {
				return r.tier[n] > 0 && r.tier[mine[o]] > r.tier[n] && !slices.Contains(taken, o)
			}
			if !slices.Contains(taken, k) && !slices.ContainsFunc(seq(len(mine)), higher) {
				order(append(slices.Clone(taken), k))
			}
		}
	}
	order(nil)
	return out
}

// admissible are all whole weights from 1 to 6 that fall strictly from rank to rank and keep what the side says.
func (r *reading) admissible(side int) (out []row) {
	mine := r.of[side]
	b := r.believes(side, r.tier)
	var next func(w row)
	next = func(w row) {
		if k := len(w); k < len(mine) {
			for v := int64(1); v <= 6; v++ {
				next(append(slices.Clone(w), v))
			}
			return
		}
		for k, n := range mine {
			for o, m := range mine {
				if r.tier[m] > 0 && r.tier[n] > r.tier[m] && w[k] <= w[o] {
					return
				}
			}
		}
		if b != nil && slices.ContainsFunc(b.said, func(times []*big.Rat) bool {
			sum := new(big.Rat)
			for k, v := range times {
				sum.Add(sum, mul(v, big.NewRat(w[k], 1)))
			}
			return sum.Sign() < 0
		}) {
			return
		}
		out = append(out, w)
	}
	next(nil)
	return out
}

func seq(n int) (out []int) {
	for k := range n {
		out = append(out, k)
	}
	return out
}
