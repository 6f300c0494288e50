package bargain_test

import (
	"fmt"
	"math/big"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// Two neighbours as in the example of pareto: water and a harbour.
func Example() {
	table := pareto.Table{Sides: 2, Issues: [][][]int64{
		{{0, 0}, {-2, 5}}, // water: as now, or the first yields
		{{0, 0}, {4, -1}}, // harbour: as now, or the second yields
	}}
	asNow := []int64{0, 0}
	choice, exact := bargain.NewSolver().Nash(pareto.Space{Table: table}, asNow, 0)
	fmt.Println(choice, table.Value(choice), exact)
	// Output: [1 1] [2 4] true
}

func ExampleLeximin() {
	points := [][]int64{{10, 0}, {8, 6}, {6, 8}, {7, 7}}
	fmt.Println(bargain.Leximin(points, []int64{0, 0}, []int64{10, 10}))
	// Output: [3]
}

// One vital interest, two important ones.
func ExampleCentroid() {
	for _, w := range bargain.Centroid([]int{0, 1, 1}) {
		fmt.Println(w)
	}
	// Output:
	// 11/18
	// 7/36
	// 7/36
}

// A gain on the vital interest stands against a loss on one important interest,
// then on both.
func ExampleNeverWorse() {
	tiers := []int{0, 1, 1}
	fmt.Println(bargain.NeverWorse(tiers, []*big.Rat{big.NewRat(1, 1), big.NewRat(-1, 1), new(big.Rat)}))
	fmt.Println(bargain.NeverWorse(tiers, []*big.Rat{big.NewRat(1, 1), big.NewRat(-1, 1), big.NewRat(-1, 1)}))
	// Output:
	// true
	// false
}

// A house, a boat and a painting between two heirs with a hundred points each.
func ExampleAdjustedWinner() {
	shares, first, second, _ := bargain.AdjustedWinner([]int64{60, 30, 10}, []int64{50, 20, 30})
	fmt.Println(shares, first, second)
	// Output: [5/11 1/1 0/1] 630/11 630/11
}
