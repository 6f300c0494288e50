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

// Four sides share twelve things that each of them values differently. The
// frontier has thousands of points; a few stand for all of it.
func ExampleCover() {
	table := pareto.Table{Sides: 4}
	for i := range 12 {
		var options [][]int64
		for p := range 4 {
			values := make([]int64, 4)
			values[p] = int64(10 + (7*i+3*p)%11)
			options = append(options, values)
		}
		table.Issues = append(table.Issues, options)
	}
	quarter := pareto.Fraction{Num: 1, Den: 4}
	due := []int64{20, 20, 20, 20}
	cover, err := pareto.Cover(context.Background(), pareto.Space{Table: table}, due, quarter, pareto.Limits{})
	if err != nil {
		panic(err)
	}
	fmt.Println(len(cover.Points), "packages; none gives any side more than", cover.Gap, "beyond the nearest")
	fmt.Println(cover.Points[1].Values)
	// Output:
	// 13 packages; none gives any side more than [38 39 40 41] beyond the nearest
	// [74 37 74 38]
}
