package coalition_test

import (
	"fmt"

	"parley/engine/coalition"
)

// Three neighbours share a well. Any two who dig together save 60, all three 90.
func Example() {
	g := coalition.NewGame(3)
	for s := range g.Worth {
		switch coalition.Group(s).Size() {
		case 2:
			g.Worth[s].SetInt64(60)
		case 3:
			g.Worth[s].SetInt64(90)
		}
	}
	fmt.Println("each adds", coalition.Shapley(g))
	e, division := coalition.LeastCore(g)
	fmt.Println("what a group could gain by itself:", e.RatString(), "under", division)
	// Output:
	// each adds [30/1 30/1 30/1]
	// what a group could gain by itself: 0 under [30/1 30/1 30/1]
}

// Two sides promised something to each other. Either can go back on its part.
func ExampleGraph_Judge() {
	const both, onlyB, onlyA, none = 0, 1, 2, 3 // who still keeps the promise
	g := coalition.Graph{
		Moves: [][][]int{{both: {onlyB}, onlyB: nil, onlyA: {none}, none: nil}, {both: {onlyA}, onlyB: {none}, onlyA: nil, none: nil}},
		Worth: [][]int64{{both: 3, onlyB: 4, onlyA: 1, none: 2}, {both: 3, onlyB: 1, onlyA: 4, none: 2}},
	}
	s := g.Judge(0, both)
	fmt.Println("A would gain by going back:", !s.Nash)
	fmt.Println("B has an answer that serves B:", s.Sequential, "-", s.Answers[0] == none)
	// Output:
	// A would gain by going back: true
	// B has an answer that serves B: true - true
}
