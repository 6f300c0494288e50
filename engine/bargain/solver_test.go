package bargain_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// tables draws small tables with repetitions and ties on purpose.
func tables(sides int) *rapid.Generator[pareto.Table] {
	return rapid.Custom(func(t *rapid.T) pareto.Table {
		reach := rapid.SampledFrom([]int64{1, 3, 9, 1000, 1 << 40, 1 << 58}).Draw(t, "reach")
		table := pareto.Table{Sides: sides}
		for range rapid.IntRange(0, 5).Draw(t, "issues") {
			var options [][]int64
			for range rapid.IntRange(1, 4).Draw(t, "options") {
				options = append(options, rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides).Draw(t, "values"))
			}
			table.Issues = append(table.Issues, options)
		}
		return table
	})
}

// packages lists all choice vectors in lexicographic order.
func packages(t pareto.Table) [][]int {
	all := [][]int{{}}
	for _, options := range t.Issues {
		var longer [][]int
		for _, choice := range all {
			for o := range options {
				longer = append(longer, append(slices.Clone(choice), o))
			}
		}
		all = longer
	}
	return all
}

func TestSolverAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		solver := bargain.NewSolver()
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			choices := packages(table)
			var all [][]int64
			for _, choice := range choices {
				all = append(all, table.Value(choice))
			}
			base := slices.Clone(rapid.SampledFrom(all).Draw(t, "base"))
			base[0] += rapid.Int64Range(-2, 2).Draw(t, "shift")
			got, exact := solver.Nash(table, base, 0)
			want := bargain.Nash(all, base)
			switch {
			case !exact:
				t.Fatal("not exact without a budget")
			case len(want) == 0 && got != nil:
				t.Fatalf("got %v, want none", got)
			case len(want) > 0 && !slices.Equal(got, choices[want[0]]):
				t.Fatalf("got %v, want %v", got, choices[want[0]])
			}
		})
	}
}
