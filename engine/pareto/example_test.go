package pareto_test

import (
	"context"
	"fmt"

	"parley/engine/pareto"
)

// Two neighbours: the first can let more water through, the second can open its
// harbour. Each step costs the one who takes it less than it brings the other.
func Example() {
	table := pareto.Table{Sides: 2, Issues: [][][]int64{
		{{0, 0}, {-2, 5}}, // water: as now, or the first yields
		{{0, 0}, {4, -1}}, // harbour: as now, or the second yields
	}}
	points, err := pareto.Frontier(context.Background(), table, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, point := range points {
		fmt.Println(point.Values, "by", point.Choice)
	}
	asNow := table.Value([]int{0, 0})
	fmt.Println("as now:", pareto.NewChecker(pareto.Space{Table: table}).Efficient(asNow, 0))
	// Output:
	// [4 -1] by [0 1]
	// [2 4] by [1 1]
	// [-2 5] by [1 0]
	// as now: dominated
}

func ExampleSkyline() {
	fmt.Println(pareto.Skyline([][]int64{{3, 1}, {2, 2}, {1, 1}, {1, 3}, {2, 2}}))
	// Output: [0 1 3 4]
}
