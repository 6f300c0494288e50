package linear_test

import (
	"fmt"
	"math/big"

	"parley/engine/linear"
)

// The smallest pull that brings a sum of two weights to 1 where the second is
// at least twice the first.
func Example() {
	one, two := big.NewRat(1, 1), big.NewRat(2, 1)
	p := linear.Program{
		Objective: []*big.Rat{one, nil},
		Rows: []linear.Row{
			{Coefficients: []*big.Rat{one, one}, Sense: linear.Equal, Bound: one},
			{Coefficients: []*big.Rat{two, big.NewRat(-1, 1)}, Sense: linear.AtMost},
		},
	}
	r := linear.Maximise(p)
	fmt.Println(r.Value, r.Point, r.Dual, p.Prove(r))
	// Output: 1/3 [1/3 2/3] [1/3 1/3] <nil>
}
