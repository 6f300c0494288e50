package pareto_test

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

// bruteFrontier enumerates.
func bruteFrontier(t pareto.Table) []pareto.Point {
	var points []pareto.Point
	var all [][]int64
	choices := packages(t)
	for _, choice := range choices {
		all = append(all, t.Value(choice))
	}
	for k, values := range all {
		if slices.ContainsFunc(all, func(other []int64) bool { return beats(other, values) }) {
			continue
		}
		at := slices.IndexFunc(points, func(p pareto.Point) bool { return slices.Equal(p.Values, values) })
		if at < 0 {
			points = append(points, pareto.Point{Values: values, Choice: choices[k], Count: new(big.Int)})
			at = len(points) - 1
		}
		points[at].Count.Add(points[at].Count, big.NewInt(1))
	}
	slices.SortFunc(points, func(a, b pareto.Point) int { return slices.Compare(b.Values, a.Values) })
	return points
}

func samePoints(t interface{ Fatalf(string, ...any) }, got, want []pareto.Point) {
	if len(got) != len(want) {
		t.Fatalf("got %d points, want %d:\n%v\n%v", len(got), len(want), got, want)
	}
	for k := range got {
		g, w := got[k], want[k]
		if !slices.Equal(g.Values, w.Values) || !slices.Equal(g.Choice, w.Choice) || g.Count.Cmp(w.Count) != 0 {
			t.Fatalf("point %d: got %v, want %v", k, g, w)
		}
	}
}

func TestFrontierAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			got, err := pareto.Frontier(context.Background(), table, 0)
			if err != nil {
				t.Fatal(err)
			}
			samePoints(t, got, bruteFrontier(table))
		})
	}
}

func TestCheckerAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		checker := new(pareto.Checker)
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			checker.Reset(table)
			var all [][]int64
			for _, choice := range packages(table) {
				all = append(all, table.Value(choice))
			}
			for _, values := range all {
				want := pareto.Efficient
				if slices.ContainsFunc(all, func(other []int64) bool { return beats(other, values) }) {
					want = pareto.Dominated
				}
				if got := checker.Efficient(values, 0); got != want {
					t.Fatalf("%v: got %v, want %v", values, got, want)
				}
			}
		})
	}
}
