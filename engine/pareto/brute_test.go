package pareto_test

import (
	"slices"

	"pgregory.net/rapid"

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

func beats(a, b []int64) bool {
	for p := range a {
		if a[p] < b[p] {
			return false
		}
	}
	return !slices.Equal(a, b)
}
