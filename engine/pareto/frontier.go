package pareto

import (
	"context"
	"errors"
	"math/big"
)

// Point is one vector of values on the frontier.
type Point struct {
	Values []int64
	Choice []int    // the lexicographically smallest choice vector that reaches Values
	Count  *big.Int // how many packages reach Values, exactly
}

// ErrTooLarge says that a frontier would pass the limit it was asked to keep.
var ErrTooLarge = errors.New("the frontier has more partial points than the limit allows")

// Frontier returns the exact Pareto frontier over all packages, one point per
// distinct vector, sorted by values descending lexicographically. Limit bounds
// the partial points kept after any issue (0: no bound); ErrTooLarge when it is
// passed. The error also names a table that cannot be used (Table.Check) and
// the end of ctx.
//
// F(i) is the frontier over issues i to the last; F(i) is what nobody beats
// among the points of F(i+1) moved by each option of issue i. Dropping a beaten
// partial package is exact because adding the same vector to both sides of a
// comparison preserves it. Issues are merged from the last to the first, so the
// first issue is decided last: of two partial packages with the same vector,
// the one with the smaller option of issue i is lexicographically smaller, and
// with the same option both continue from the same point of F(i+1), whose
// representative is the smallest by induction. No choice vectors are compared.
func Frontier(ctx context.Context, t Table, limit int) ([]Point, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	m := merger{sides: t.Sides, low: make([]int64, t.Sides), high: make([]int64, t.Sides)}
	issues := make([][]class, len(t.Issues))
	layers := make([]*layer, len(t.Issues))
	last := newLayer(t.Sides)
	for i := len(issues) - 1; i >= 0; i-- {
		issues[i] = compress(t.Issues[i])
		next := m.merge(ctx, last, issues[i])
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if limit > 0 && next.len() > limit {
			return nil, ErrTooLarge
		}
		last.values, last.counts = nil, tally{} // only the way back is needed from here
		layers[i], last = next, next
	}
	points := make([]Point, last.len())
	choices := make([]int, len(issues)*len(points))
	for k := range points {
		choice := choices[k*len(issues) : (k+1)*len(issues) : (k+1)*len(issues)]
		trace(issues, layers, k, choice)
		points[k] = Point{Values: last.at(k), Choice: choice, Count: last.counts.at(k)}
	}
	return points, nil
}

// trace follows the way back from point k of the first layer.
func trace(issues [][]class, layers []*layer, k int, choice []int) {
	for i, classes := range issues {
		choice[i] = classes[layers[i].class[k]].option
		k = int(layers[i].parent[k])
	}
}

// merger picks, issue by issue, the cheapest exact way to merge.
type merger struct {
	sides     int
	low, high []int64 // bounds of the sums over the issues merged so far
	grid      grid
}

func (m *merger) merge(ctx context.Context, last *layer, classes []class) *layer {
	m.widen(classes)
	candidates := last.len() * len(classes)
	switch {
	case len(classes) == 1:
		return shift(last, classes[0])
	case m.gridPays(candidates):
		return m.mergeGrid(last, classes)
	case m.sides == 2:
		return mergeStairs(last, classes)
	default:
		return mergeSorted(ctx, last, classes)
	}
}

// widen takes another issue into the bounds of the sums.
func (m *merger) widen(classes []class) {
	for p := range m.sides {
		low, high := classes[0].values[p], classes[0].values[p]
		for _, c := range classes {
			low, high = min(low, c.values[p]), max(high, c.values[p])
		}
		m.low[p] += low
		m.high[p] += high
	}
}

// shift adds the only class of an issue to every point.
func shift(last *layer, only class) *layer {
	next := emptyLayer(last.sides, last.len())
	for k := range last.len() {
		next.extend(last, k, only, 0)
	}
	return next
}
