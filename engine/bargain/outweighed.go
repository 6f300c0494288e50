package bargain

import (
	"math"
	"math/big"

	"parley/engine/linear"
)

// Outweighed returns, where the changes are a loss under all weights that are above
// 0, fall strictly from tier to tier and satisfy the statements, what each change
// could be at most for the same reason: changes of which none is larger are such a
// loss, too. Where they are none under some of these weights, which is the possible
// preference, it returns nil. There have to be such weights, see Contradiction.
//
// The reason is a combination of the conditions on the weights (Farkas): with prices
// y for these and 1 for the changes, they add up to 0 at least what y times the
// conditions leaves each interest, and to less than 0 altogether.
func (p *Polytope) Outweighed(delta []int64) []int64 {
	in, of, rows := inside(p.levels, p.statements, delta)
	own := make([]*big.Rat, in.n+in.joints)
	for at, k := range of {
		own[at] = big.NewRat(delta[k], 1)
	}
	rows = append(rows, linear.Row{Coefficients: own, Sense: linear.AtLeast})
	r := linear.Maximise(linear.Program{Objective: make([]*big.Rat, len(own)), Rows: rows})
	if r.Status != linear.Infeasible {
		return nil
	}
	last := len(rows) - 1
	if r.Dual[last].Sign() == 0 {
		panic("bargain: no weights fall from tier to tier and satisfy the statements")
	}
	most, product := make([]int64, p.n), new(big.Rat)
	for at, k := range of {
		sum := new(big.Rat)
		for j, row := range rows[:last] {
			if c := row.Coefficients[at]; c != nil {
				sum.Add(sum, product.Mul(r.Dual[j], c))
			}
		}
		most[k] = floor(sum.Quo(sum, product.Neg(r.Dual[last])))
	}
	return most
}

// floor is the largest whole number that is not above v, as far as it is one of 64 bits.
func floor(v *big.Rat) int64 {
	down := new(big.Int).Div(v.Num(), v.Denom())
	switch {
	case down.IsInt64():
		return down.Int64()
	case down.Sign() > 0:
		return math.MaxInt64
	}
	return math.MinInt64
}
