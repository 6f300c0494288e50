package bargain_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// withRules adds random terms and rules to a table.
func withRules(t *rapid.T, table pareto.Table, reach int64) pareto.Space {
	s := pareto.Space{Table: table}
	if len(table.Issues) == 0 {
		return s
	}
	literals := func(most int) []pareto.Literal {
		var all []pareto.Literal
		last := -1
		for range rapid.IntRange(0, most).Draw(t, "literals") {
			issue := rapid.IntRange(last+1, len(table.Issues)).Draw(t, "issue")
			if issue == len(table.Issues) {
				break
			}
			last = issue
			options := rapid.SliceOfNDistinct(rapid.IntRange(0, len(table.Issues[issue])-1), 1, -1, rapid.ID).Draw(t, "options")
			slices.Sort(options)
			all = append(all, pareto.Literal{Issue: issue, Options: options})
		}
		return all
	}
	for range rapid.IntRange(0, 2).Draw(t, "terms") {
		values := rapid.SliceOfN(rapid.Int64Range(-reach, reach), table.Sides, table.Sides).Draw(t, "values")
		s.Terms = append(s.Terms, pareto.Term{All: literals(4), Values: values})
	}
	for range rapid.IntRange(0, 2).Draw(t, "rules") {
		r := pareto.Rule{When: literals(3), Of: literals(3), AtLeast: rapid.IntRange(0, 2).Draw(t, "at least")}
		if rapid.Bool().Draw(t, "sum") {
			r.Sum = &pareto.Sum{Amounts: make([][]int64, len(table.Issues)), Least: rapid.Int64Range(-9, 6).Draw(t, "least")}
			for i, options := range table.Issues {
				r.Sum.Amounts[i] = rapid.SliceOfN(rapid.Int64Range(-4, 4), len(options), len(options)).Draw(t, "amounts")
			}
			r.Sum.Terms = []pareto.Amount{{All: literals(2), Value: rapid.Int64Range(-5, 5).Draw(t, "value")}}
		}
		s.Rules = append(s.Rules, r)
	}
	return s
}

// wide draws tables of few issues with many options: too many together for
// their issues to be decided as one.
func wide(sides int) *rapid.Generator[pareto.Table] {
	return rapid.Custom(func(t *rapid.T) pareto.Table {
		vector := rapid.SliceOfN(rapid.Int64Range(-9, 9), sides, sides)
		table := pareto.Table{Sides: sides}
		for range rapid.IntRange(2, 3).Draw(t, "issues") {
			table.Issues = append(table.Issues, rapid.SliceOfN(vector, 8, 12).Draw(t, "options"))
		}
		return table
	})
}

func TestSolverWithRulesAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 5; sides++ {
		solver := bargain.NewSolver()
		rapid.Check(t, func(t *rapid.T) {
			s := withRules(t, rapid.OneOf(tablesWithin(sides, 1000), wide(sides)).Draw(t, "table"), 9)
			var choices [][]int
			var all [][]int64
			for _, choice := range packages(s.Table) {
				if s.Feasible(choice) {
					choices, all = append(choices, choice), append(all, s.Value(choice))
				}
			}
			base := make([]int64, sides)
			if len(all) > 0 && rapid.Bool().Draw(t, "reached") {
				base = slices.Clone(rapid.SampledFrom(all).Draw(t, "base"))
			}
			got, exact := solver.Nash(s, base, 0)
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

// TestSolverAllocatesNothingWithRules: neither where the rules stay and the
// points change nor where both do.
func TestSolverAllocatesNothingWithRules(t *testing.T) {
	solver := bargain.NewSolver()
	spaces := []pareto.Space{interacting(1, 2, 13), interacting(2, 2, 13), interacting(3, 3, 12)}
	bases := [][]int64{make([]int64, 2), make([]int64, 2), make([]int64, 3)}
	round := func() {
		for k, s := range spaces {
			if _, exact := solver.Nash(s, bases[k], 1_000_000); !exact {
				t.Fatal("not exact")
			}
		}
	}
	round()
	round() // what was kept of one space and what is read of the next take turns
	if n := testing.AllocsPerRun(20, round); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
