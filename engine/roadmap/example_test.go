package roadmap_test

import (
	"context"
	"fmt"

	"parley/engine/pareto"
	"parley/engine/roadmap"
)

// Two sides exchange two steps each. One after another, somebody would always
// wait for the other; two small exchanges harm nobody.
func Example() {
	stay := []int64{0, 0}
	q := roadmap.Question{
		Space: pareto.Space{Table: pareto.Table{Sides: 2, Issues: [][][]int64{
			{stay, {-2, 3}}, {stay, {3, -2}}, {stay, {-1, 2}}, {stay, {2, -1}},
		}}},
		From: []int{0, 0, 0, 0},
		To:   []int{1, 1, 1, 1},
	}
	ctx := context.Background()
	path, err := roadmap.Monotone(ctx, q, roadmap.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for k, s := range path.Steps {
		fmt.Println("step", k+1, "moves", s.Moves, "values", s.Values)
	}
	narrow, err := roadmap.Bottleneck(ctx, q, roadmap.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("one at a time, side", narrow.Side, "is short of", narrow.Short, "after step", narrow.Step+1)
	// Output:
	// step 1 moves [0 1] values [1 1]
	// step 2 moves [2 3] values [2 2]
	// one at a time, side 0 is short of 1 after step 1
}

// A side that has received before it pays keeps its promise for what is still to
// come, if that counts enough.
func ExampleLedger_Patience() {
	l := roadmap.Ledger{Received: []int64{5, 0, 4}, Paid: []int64{0, 3, 0}}
	p := l.Patience()
	fmt.Println(p.Held, p.Least)
	// Output: [true true true] 7500
}
