package coalition

import (
	"math/big"

	"parley/engine/linear"
)

// Excess is what the group that is worst off under a division could gain by going
// its own way, and that group, the first of several: the largest v(S) minus what
// the division gives S, over every group but the empty one and all. The division
// is in the core when nothing can be gained: Excess is not above zero.
func Excess(g Game, division []*big.Rat) (*big.Rat, Group) {
	var most *big.Rat
	var who Group
	for _, s := range Groups(g.Sides, 1, g.Sides-1) {
		e := new(big.Rat).Set(g.Worth[s])
		for _, p := range s.Members() {
			e.Sub(e, division[p])
		}
		if most == nil || e.Cmp(most) > 0 {
			most, who = e, s
		}
	}
	if most == nil {
		most = new(big.Rat)
	}
	return most, who
}

// LeastCore is the smallest e for which the worth of all can be divided so that
// no group could gain more than e by going its own way, and such a division. The
// core has a division in it when e is not above zero. (L. S. Shapley and
// M. Shubik, Quasi-cores in a monetary economy, Econometrica 34, 1966; Maschler,
// Peleg and Shapley, Mathematics of Operations Research 4, 1979.)
func LeastCore(g Game) (e *big.Rat, division []*big.Rat) {
	if g.Sides == 1 {
		return new(big.Rat), []*big.Rat{new(big.Rat).Set(g.Worth[1])}
	}
	result := leastCore(g)
	for p := range g.Sides {
		division = append(division, new(big.Rat).Sub(result.Point[p], result.Point[g.Sides]))
	}
	return new(big.Rat).Neg(result.Value), division
}

// leastCore solves the program of LeastCore: a row for every group but the empty one and all, in the order of Groups, and
// one for all.
func leastCore(g Game) linear.Result {
	// The variables cannot be negative: side p receives y_p - z, and e is a - b.
	n := g.Sides
	z, a, b := n, n+1, n+2
	program := linear.Program{Objective: zeros(n + 3)}
	program.Objective[a].SetInt64(-1)
	program.Objective[b].SetInt64(1)
	sum := func(s Group) []*big.Rat {
		row := zeros(n + 3)
		for _, p := range s.Members() {
			row[p].SetInt64(1)
		}
		row[z].SetInt64(-int64(s.Size()))
		return row
	}
	for _, s := range Groups(n, 1, n-1) {
		row := sum(s)
		row[a].SetInt64(1)
		row[b].SetInt64(-1)
		program.Rows = append(program.Rows, linear.Row{Coefficients: row, Sense: linear.AtLeast, Bound: g.Worth[s]})
	}
	program.Rows = append(program.Rows, linear.Row{Coefficients: sum(All(n)), Sense: linear.Equal, Bound: g.Worth[All(n)]})
	result := linear.Maximise(program)
	if result.Status != linear.Optimal {
		panic("coalition: a least core always exists: the worth of all can be divided, and single sides bound e from below")
	}
	return result
}

func zeros(n int) []*big.Rat {
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = new(big.Rat)
	}
	return out
}

// Blocks returns the first of the offers a group can make itself that gives
// nobody in it less than they have and somebody more, -1 where there is none. An
// offer and have hold what each member gets, in the same order.
func Blocks(offers [][]int64, have []int64) int {
	for k, offer := range offers {
		more, less := false, false
		for p, v := range offer {
			more = more || v > have[p]
			less = less || v < have[p]
		}
		if more && !less {
			return k
		}
	}
	return -1
}
