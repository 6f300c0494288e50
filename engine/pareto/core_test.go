package pareto

import (
	"slices"
	"testing"
)

func TestSecondLoss(t *testing.T) {
	cases := []struct {
		loss []float64
		want float64
	}{
		{[]float64{0}, 1e308},
		{[]float64{0, 4}, 4},
		{[]float64{4, 0}, 4},
		{[]float64{3, 0, 2}, 2},
		{[]float64{0, 0, 9}, 0},
	}
	for _, c := range cases {
		if got := secondLoss(c.loss); got != c.want {
			t.Errorf("%v: got %v, want %v", c.loss, got, c.want)
		}
	}
}

// TestCoreByHand follows one walk: weights (1, 1), so the options are worth
// 10 and 4 in the first issue, 6 and 5 in the second, 3 in the third.
func TestCoreByHand(t *testing.T) {
	var w Walker
	w.Reset(Space{Table: Table{Sides: 2, Issues: [][][]int64{
		{{10, 0}, {0, 4}},
		{{1, 5}, {5, 0}, {0, 5}}, // the last is beaten by the first
		{{1, 2}},
	}}})
	if got, want := w.given, []int32{0, 1, 0, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("options kept: got %v, want %v", got, want)
	}
	reached := make([]int64, 2)
	weights := []float64{1, 1}
	if got, met := w.Best(weights, reached); !met || got != 19 || !slices.Equal(reached, []int64{12, 7}) {
		t.Errorf("best: got %v %v, want 19 [12 7]", got, reached)
	}
	if got := []float64{w.Spread(0), w.Spread(1)}; !slices.Equal(got, []float64{14, 9}) {
		t.Errorf("spread: got %v, want [14 9]", got)
	}
	cases := []struct {
		name  string
		floor []int64
		slack float64
		want  [][]int64 // in the order of the walk
	}{
		{"no slack: the best alone", []int64{0, 0}, 0, [][]int64{{12, 7}}},
		{"one point of slack lets the second issue change", []int64{0, 0}, 1, [][]int64{{12, 7}, {16, 2}}},
		{"seven points let everything", []int64{0, 0}, 7, [][]int64{{12, 7}, {16, 2}, {2, 11}, {6, 6}}},
		{"six points exclude what loses seven", []int64{0, 0}, 6, [][]int64{{12, 7}, {16, 2}, {2, 11}}},
		{"a floor for the second side", []int64{0, 7}, 7, [][]int64{{12, 7}, {2, 11}}},
		{"a floor nobody reaches", []int64{17, 0}, 7, nil},
		{"less than no slack", []int64{0, 0}, -1, nil},
	}
	for _, c := range cases {
		var got [][]int64
		w.Begin(weights, c.floor, c.slack, 0)
		for w.Next() {
			got = append(got, slices.Clone(w.Values()))
		}
		if !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
		if w.Next() {
			t.Errorf("%s: a walk that ended goes on", c.name)
		}
	}
}

func TestEmptyWalk(t *testing.T) {
	var w Walker
	w.Reset(Space{Table: Table{Sides: 2}})
	for _, c := range []struct {
		floor []int64
		want  int
	}{{[]int64{0, 0}, 1}, {[]int64{-1, 0}, 1}, {[]int64{0, 1}, 0}} {
		got := 0
		w.Begin([]float64{1, 1}, c.floor, 0, 0)
		for w.Next() {
			got++
		}
		if got != c.want {
			t.Errorf("floor %v: visited %d packages of a table without issues, want %d", c.floor, got, c.want)
		}
	}
}

// TestCheckerByHand looks at the weights themselves: sides of which the checker
// knows what each package gives.
func TestCheckerByHand(t *testing.T) {
	c := NewChecker(Space{Table: Table{Sides: 2, Issues: [][][]int64{{{4, 0}, {3, 3}, {1, 4}, {2, 2}}}}})
	cases := []struct {
		values []int64
		want   Verdict
	}{
		{[]int64{4, 0}, Efficient},
		{[]int64{3, 3}, Efficient},
		{[]int64{1, 4}, Efficient},
		{[]int64{2, 2}, Dominated},
		{[]int64{3, 2}, Dominated}, // no package gives this; one gives more
		{[]int64{5, 5}, Efficient}, // out of reach: nothing beats it
		{[]int64{2, 4}, Efficient},
	}
	for _, k := range cases {
		if got := c.Efficient(k.values, 0); got != k.want {
			t.Errorf("%v: got %v, want %v", k.values, got, k.want)
		}
	}
	c.trial = []float64{6, 3}
	c.level()
	if got := c.trial[0]*c.spread[0] + c.trial[1]*c.spread[1]; got < .999999 || got > 1.000001 {
		t.Errorf("levelled weights give the spreads %v in all, want 1", got)
	}
	before := c.trial[0] / c.trial[1]
	copy(c.reached, []int64{4, 0})
	c.turn([]int64{3, 3}, 1)
	if after := c.trial[0] / c.trial[1]; after >= before {
		t.Errorf("the side that got too much gained weight: %v to %v", before, after)
	}
}
