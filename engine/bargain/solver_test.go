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
		return tablesWithin(sides, rapid.SampledFrom([]int64{1, 3, 9, 1000, 1 << 40, 1 << 58}).Draw(t, "reach")).Draw(t, "table")
	})
}

// tablesWithin draws tables with points from -reach to reach.
func tablesWithin(sides int, reach int64) *rapid.Generator[pareto.Table] {
	return rapid.Custom(func(t *rapid.T) pareto.Table {
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
			got, exact := solver.Nash(pareto.Space{Table: table}, base, 0)
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

// TestSolverAgainstFrontier does the same on tables too large to enumerate, with
// large points and with small ones that tie often.
func TestSolverAgainstFrontier(t *testing.T) {
	solver := bargain.NewSolver()
	for seed := range uint64(60) {
		sides := 2 + int(seed%3)
		table := concessions(seed, sides, 20-3*sides)
		if seed%2 == 1 {
			shrink(table, 40_000)
		}
		points, err := pareto.Frontier(t.Context(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		var values [][]int64
		for _, point := range points {
			values = append(values, point.Values)
		}
		base := make([]int64, sides)
		if seed%5 == 0 { // a base only reached by giving somebody much
			base = slices.Clone(values[len(values)/2])
			base[seed%uint64(sides)] /= 2
		}
		var want []int
		for _, k := range bargain.Nash(values, base) {
			if want == nil || slices.Compare(points[k].Choice, want) < 0 {
				want = points[k].Choice
			}
		}
		if got, exact := solver.Nash(pareto.Space{Table: table}, base, 0); !exact || !slices.Equal(got, want) {
			t.Errorf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}

func shrink(t pareto.Table, unit int64) {
	for _, options := range t.Issues {
		for _, values := range options {
			for p := range values {
				values[p] /= unit
			}
		}
	}
}

// TestSolverWithAMillionBestPackages: fifty issues, each to one side or the
// other, all alike. Any even division is best; the first is wanted, and the
// frontier gives it where a search would not end.
func TestSolverWithAMillionBestPackages(t *testing.T) {
	for sides := 2; sides <= 3; sides++ {
		table := pareto.Table{Sides: sides}
		for range 24 * sides {
			var options [][]int64
			for p := range sides {
				values := make([]int64, sides)
				values[p] = 1
				options = append(options, values)
			}
			table.Issues = append(table.Issues, options)
		}
		got, exact := bargain.NewSolver().Nash(pareto.Space{Table: table}, make([]int64, sides), 0)
		for i, o := range got {
			if o != i/24 {
				t.Fatalf("%d sides: got %v", sides, got)
			}
		}
		if !exact || len(got) != 24*sides {
			t.Errorf("%d sides: got %v, exact %v", sides, got, exact)
		}
	}
}

// TestSolverTiesOfFrontierPoints: forty-nine such issues can only be divided 25
// to 24 or 24 to 25; both are best, and the first in order gives side 0 more.
func TestSolverTiesOfFrontierPoints(t *testing.T) {
	table := pareto.Table{Sides: 2, Issues: slices.Repeat([][][]int64{{{1, 0}, {0, 1}}}, 49)}
	got, exact := bargain.NewSolver().Nash(pareto.Space{Table: table}, []int64{0, 0}, 0)
	want := slices.Concat(make([]int, 25), slices.Repeat([]int{1}, 24))
	if !exact || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, exact, want)
	}
}

// TestSolverForgetsScaleAndOrigin: multiplying a side's points and adding to all
// options of an issue change nothing, as the Nash solution promises; exchanging
// sides neither. Scale does matter where not all can gain at once and products
// of different sides' gains are compared: the promise is kept for the others.
func TestSolverForgetsScaleAndOrigin(t *testing.T) {
	solver := bargain.NewSolver()
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 3).Draw(t, "sides")
		table := tablesWithin(sides, 6).Draw(t, "table")
		base := table.Value(rapid.SampledFrom(packages(table)).Draw(t, "base"))
		base[0]-- // so that more packages give all a gain
		want, _ := solver.Nash(pareto.Space{Table: table}, base, 0)
		want = slices.Clone(want)
		if above, _ := product(table.Value(want), base); above < sides {
			t.Skip("not all gain")
		}
		order := rapid.Permutation([]int{0, 1, 2}[:sides]).Draw(t, "order")
		factor := rapid.SliceOfN(rapid.Int64Range(1, 5), sides, sides).Draw(t, "factor")
		shift := rapid.SliceOfN(rapid.Int64Range(-9, 9), sides, sides).Draw(t, "shift")
		move := func(values []int64, times int64) []int64 {
			to := make([]int64, sides)
			for p, q := range order {
				to[p] = values[q]*factor[q] + times*shift[q]
			}
			return to
		}
		other := pareto.Table{Sides: sides}
		for _, options := range table.Issues {
			var moved [][]int64
			for _, values := range options {
				moved = append(moved, move(values, 1))
			}
			other.Issues = append(other.Issues, moved)
		}
		got, exact := solver.Nash(pareto.Space{Table: other}, move(base, int64(len(table.Issues))), 0)
		if !exact || !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestSolverBudget(t *testing.T) {
	solver := bargain.NewSolver()
	table := concessions(3, 3, 14)
	base := []int64{0, 0, 0}
	want, _ := solver.Nash(pareto.Space{Table: table}, base, 0)
	want = slices.Clone(want)
	spent := 0
	for budget := 1; budget < 20_000; budget = 1 + budget*3/2 {
		got, exact := solver.Nash(pareto.Space{Table: table}, base, budget)
		if exact && !slices.Equal(got, want) {
			t.Errorf("budget %d: got %v as exact, want %v", budget, got, want)
		}
		if !exact {
			spent++
			if got != nil && !reaches(table.Value(got), base) {
				t.Errorf("budget %d: %v is below the base", budget, got)
			}
		}
	}
	if spent == 0 {
		t.Error("no budget was too small")
	}
}

func TestSolverByHand(t *testing.T) {
	exchange := [][][]int64{{{0, 0}, {-1, 3}}, {{0, 0}, {3, -1}}} // each can yield at 1 for the other's 3
	cases := []struct {
		name  string
		table pareto.Table
		base  []int64
		want  []int
	}{
		{"no issues", pareto.Table{Sides: 2}, []int64{0, 0}, []int{}},
		{"no issues, and more is due", pareto.Table{Sides: 2}, []int64{0, 1}, nil},
		{"an exchange", pareto.Table{Sides: 2, Issues: exchange}, []int64{0, 0}, []int{1, 1}},
		{"nothing beats the base", pareto.Table{Sides: 2, Issues: exchange}, []int64{2, 2}, []int{1, 1}},
		{"out of reach", pareto.Table{Sides: 2, Issues: exchange}, []int64{3, 0}, nil},
		{"either can gain, not both: two points beat one", pareto.Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {5, 0}}, {{0, 0}, {-1, 2}}}}, []int64{4, 0}, []int{1, 1}},
		{"of three, one has nothing at stake", pareto.Table{Sides: 3, Issues: [][][]int64{
			{{0, 0, 0}, {-1, 0, 3}}, {{0, 0, 0}, {3, 0, -1}},
		}}, []int64{0, 0, 0}, []int{1, 1}},
		{"two of three can gain, in one way more", pareto.Table{Sides: 3, Issues: [][][]int64{
			{{0, 0, 0}, {2, 2, -1}, {3, -1, 3}, {-1, 3, 2}, {2, 3, 0}},
		}}, []int64{0, 0, 0}, []int{4}},
	}
	for _, c := range cases {
		got, exact := bargain.NewSolver().Nash(pareto.Space{Table: c.table}, c.base, 0)
		if !exact || (got == nil) != (c.want == nil) || !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, exact, c.want)
		}
	}
}

func TestSolverAllocatesNothing(t *testing.T) {
	solver := bargain.NewSolver()
	tables := []pareto.Table{concessions(1, 2, 13), concessions(2, 4, 12), concessions(3, 3, 15)}
	bases := [][]int64{make([]int64, 2), make([]int64, 4), make([]int64, 3)}
	round := func() {
		for k, table := range tables {
			solver.Nash(pareto.Space{Table: table}, bases[k], 1_000_000)
		}
	}
	round()
	if n := testing.AllocsPerRun(20, round); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
