package pareto_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

func allValues(table pareto.Table) [][]int64 {
	var all [][]int64
	for _, choice := range packages(table) {
		all = append(all, table.Value(choice))
	}
	return all
}

func TestCheckerAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		checker := new(pareto.Checker)
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			budget := rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(t, "budget")
			checker.Reset(pareto.Space{Table: table})
			all := allValues(table)
			for _, values := range all {
				want := pareto.Efficient
				if slices.ContainsFunc(all, func(other []int64) bool { return beats(other, values) }) {
					want = pareto.Dominated
				}
				got := checker.Efficient(values, budget)
				if got != want && (budget == 0 || got != pareto.Undecided) {
					t.Fatalf("%v: got %v, want %v", values, got, want)
				}
			}
		})
	}
}

// TestCheckerAgainstFrontier does the same on tables too large to enumerate.
func TestCheckerAgainstFrontier(t *testing.T) {
	for _, size := range []struct{ sides, issues int }{{2, 20}, {3, 12}, {4, 10}} {
		table := concessions(uint64(size.sides), size.sides, size.issues)
		checker := pareto.NewChecker(pareto.Space{Table: table})
		points, err := pareto.Frontier(t.Context(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		for k, point := range points {
			if k%(1+len(points)/200) != 0 {
				continue
			}
			if got := checker.Efficient(point.Values, 0); got != pareto.Efficient {
				t.Errorf("%d sides, %v: got %v, want efficient", size.sides, point.Values, got)
			}
			worse := slices.Clone(point.Values)
			worse[k%size.sides]--
			if got := checker.Efficient(worse, 0); got != pareto.Dominated {
				t.Errorf("%d sides, one point worse: got %v, want dominated", size.sides, got)
			}
			point.Choice[k%size.issues] = (point.Choice[k%size.issues] + 1) % 3
			values := table.Value(point.Choice)
			want := pareto.Efficient
			if slices.ContainsFunc(points, func(p pareto.Point) bool { return beats(p.Values, values) }) {
				want = pareto.Dominated
			}
			if got := checker.Efficient(values, 0); got != want {
				t.Errorf("%d sides, a neighbour %v: got %v, want %v", size.sides, values, got, want)
			}
		}
	}
}

func TestCheckerForgetsNothingItShould(t *testing.T) {
	large, small := pareto.Space{Table: concessions(1, 3, 14)}, pareto.Space{Table: concessions(2, 2, 5)}
	checker := pareto.NewChecker(large)
	values := large.Value(make([]int, 14))
	first := checker.Efficient(values, 0)
	checker.Reset(small)
	if got := checker.Efficient(small.Value(make([]int, 5)), 0); got != pareto.NewChecker(small).Efficient(small.Value(make([]int, 5)), 0) {
		t.Error("a reset checker answers otherwise than a fresh one")
	}
	checker.Reset(large)
	if got := checker.Efficient(values, 0); got != first {
		t.Errorf("got %v, then %v", first, got)
	}
	if allocations := testing.AllocsPerRun(20, func() {
		checker.Reset(large)
		checker.Efficient(values, 0)
	}); allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}

// TestCheckerSeesAFixedPie: where equal weights leave no room for anything
// better there is nothing to search, however many packages tie.
func TestCheckerSeesAFixedPie(t *testing.T) {
	for sides := 2; sides <= 5; sides++ {
		table := pareto.Table{Sides: sides}
		for range 60 {
			var options [][]int64
			for p := range sides {
				values := make([]int64, sides)
				values[p] = 1
				options = append(options, values)
			}
			table.Issues = append(table.Issues, options)
		}
		choice := make([]int, 60)
		for i := range choice {
			choice[i] = i % sides
		}
		if got := pareto.NewChecker(pareto.Space{Table: table}).Efficient(table.Value(choice), 1); got != pareto.Efficient {
			t.Errorf("%d sides: got %v, want efficient", sides, got)
		}
	}
}

// TestWalker compares a walk with the list of all packages: everything within
// floor and slack is visited once, nothing below the floor ever.
func TestWalker(t *testing.T) {
	for sides := 1; sides <= 3; sides++ {
		walker := new(pareto.Walker)
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			walker.Reset(pareto.Space{Table: table})
			weights := rapid.SliceOfN(rapid.Float64Range(0.1, 3), sides, sides).Draw(t, "weights")
			choices := packages(table)
			floor := slices.Clone(table.Value(rapid.SampledFrom(choices).Draw(t, "floor")))
			reached := make([]int64, sides)
			best, _ := walker.Best(weights, reached)
			if got := weigh(weights, reached); got < best-walker.Margin(weights) || got > best+walker.Margin(weights) {
				t.Fatalf("the best package weighs %v, want %v", got, best)
			}
			slack := rapid.Float64Range(0, 4).Draw(t, "slack") * weights[0]
			visited := map[string]bool{}
			walker.Begin(weights, floor, slack, 0)
			for walker.Next() {
				choice := make([]int, len(table.Issues))
				walker.Choice(choice)
				values := table.Value(choice)
				if key := string(label(choice)); visited[key] {
					t.Fatalf("%v visited twice", choice)
				} else {
					visited[key] = true
				}
				if !slices.Equal(values, walker.Values()) {
					t.Fatalf("%v: got %v, want %v", choice, walker.Values(), values)
				}
				if !reaches(values, floor) {
					t.Fatalf("%v gives %v, below the floor %v", choice, values, floor)
				}
			}
			for _, choice := range choices {
				values := table.Value(choice)
				if weigh(weights, values) >= best-slack && reaches(values, floor) && !visited[string(label(choice))] && leastOf(table, choice) {
					t.Fatalf("%v with %v was left out", choice, values)
				}
			}
		})
	}
}

func label(choice []int) []byte {
	var name []byte
	for _, o := range choice {
		name = append(name, byte('0'+o))
	}
	return name
}

func weigh(weights []float64, values []int64) float64 {
	sum := 0.0
	for p, v := range values {
		sum += weights[p] * float64(v)
	}
	return sum
}

func reaches(values, floor []int64) bool {
	return !slices.ContainsFunc(upTo(len(values)), func(p int) bool { return values[p] < floor[p] })
}

// leastOf reports whether no option taken is beaten inside its issue or repeats
// an earlier one.
func leastOf(table pareto.Table, choice []int) bool {
	for i, o := range choice {
		for other, values := range table.Issues[i] {
			if beats(values, table.Issues[i][o]) || other < o && slices.Equal(values, table.Issues[i][o]) {
				return false
			}
		}
	}
	return true
}

func TestWalkerBudget(t *testing.T) {
	table := concessions(5, 2, 10)
	walker := new(pareto.Walker)
	walker.Reset(pareto.Space{Table: table})
	floor := []int64{-1 << 60, -1 << 60}
	for _, budget := range []int{1, 10, 100} {
		walker.Begin([]float64{1, 1}, floor, 1e9, budget)
		for walker.Next() {
		}
		if !walker.Spent() || walker.Steps() != budget {
			t.Errorf("budget %d: %d steps, spent %v", budget, walker.Steps(), walker.Spent())
		}
	}
	walker.Begin([]float64{1, 1}, floor, 1e9, 0)
	visited := 0
	for walker.Next() {
		visited++
	}
	if walker.Spent() || visited != 59_049 {
		t.Errorf("visited %d of 3^10 packages, spent %v", visited, walker.Spent())
	}
	walker.Begin([]float64{1, 1}, floor, 1e9, 0)
	walker.Next()
	walker.Tighten(-1e9)
	if walker.Next() {
		t.Error("a walk without slack left goes on")
	}
}
