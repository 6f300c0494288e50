package pareto_test

import (
	"context"
	"math/big"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

func frontier(t *rapid.T, table pareto.Table) []pareto.Point {
	points, err := pareto.Frontier(context.Background(), table, 0)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

func vectors(points []pareto.Point) [][]int64 {
	var all [][]int64
	for _, point := range points {
		all = append(all, point.Values)
	}
	return all
}

// TestFrontiersAdd: the frontier of two tables put together is what stands of
// the sums of their frontiers, and the counts multiply.
func TestFrontiersAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		a, b := tables(sides).Draw(t, "a"), tables(sides).Draw(t, "b")
		for _, issue := range slices.Concat(a.Issues, b.Issues) {
			for _, values := range issue {
				for p := range values {
					values[p] /= 4 // two tables together must pass Check
				}
			}
		}
		both := pareto.Table{Sides: sides, Issues: slices.Concat(a.Issues, b.Issues)}
		var sums []pareto.Point
		for _, x := range frontier(t, a) {
			for _, y := range frontier(t, b) {
				sum := pareto.Point{Choice: slices.Concat(x.Choice, y.Choice), Count: new(big.Int).Mul(x.Count, y.Count)}
				for p := range sides {
					sum.Values = append(sum.Values, x.Values[p]+y.Values[p])
				}
				sums = append(sums, sum)
			}
		}
		var want []pareto.Point
		for _, k := range pareto.Skyline(vectors(sums)) {
			at := slices.IndexFunc(want, func(p pareto.Point) bool { return slices.Equal(p.Values, sums[k].Values) })
			if at < 0 {
				want = append(want, sums[k])
				continue
			}
			want[at].Count.Add(want[at].Count, sums[k].Count)
			if slices.Compare(sums[k].Choice, want[at].Choice) < 0 {
				want[at].Choice = sums[k].Choice
			}
		}
		slices.SortFunc(want, func(a, b pareto.Point) int { return slices.Compare(b.Values, a.Values) })
		samePoints(t, frontier(t, both), want)
	})
}

// TestNeedlessOptionsChangeNothing: an option worse than another, appended to
// its issue, leaves the answer as it was; a copy of a whole issue's options
// doubles every count.
func TestNeedlessOptionsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		table := tables(sides).Draw(t, "table")
		if len(table.Issues) == 0 {
			t.Skip("no issue to add to")
		}
		want := frontier(t, table)
		i := rapid.IntRange(0, len(table.Issues)-1).Draw(t, "issue")
		options := table.Issues[i]
		worse := slices.Clone(options[rapid.IntRange(0, len(options)-1).Draw(t, "option")])
		worse[rapid.IntRange(0, sides-1).Draw(t, "side")]--
		table.Issues[i] = append(slices.Clip(options), worse)
		samePoints(t, frontier(t, table), want)
		table.Issues[i] = slices.Concat(options, options)
		for k := range want {
			want[k].Count.Lsh(want[k].Count, 1)
		}
		samePoints(t, frontier(t, table), want)
	})
}

// TestFrontierIsWhatNobodyBeats for more sides than the other tests try.
func TestFrontierIsWhatNobodyBeats(t *testing.T) {
	for _, sides := range []int{5, 6, 8} {
		rapid.Check(t, func(t *rapid.T) {
			table := tables(sides).Draw(t, "table")
			samePoints(t, frontier(t, table), bruteFrontier(table))
		})
	}
}

// TestSkylineStands: taking the skyline again takes nothing away, and whatever
// was taken away is beaten by something that stayed.
func TestSkylineStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 6).Draw(t, "sides")
		point := rapid.SliceOfN(rapid.Int64Range(0, 6), sides, sides)
		points := rapid.SliceOfN(point, 1, 300).Draw(t, "points")
		var stands [][]int64
		kept := pareto.Skyline(points)
		for _, k := range kept {
			stands = append(stands, points[k])
		}
		if again := pareto.Skyline(stands); len(again) != len(stands) {
			t.Fatalf("of %d points that stand, %d stand", len(stands), len(again))
		}
		for k, values := range points {
			beaten := slices.ContainsFunc(stands, func(other []int64) bool { return beats(other, values) })
			if _, stays := slices.BinarySearch(kept, k); stays == beaten {
				t.Fatalf("point %d %v: beaten %v, but stays %v", k, values, beaten, stays)
			}
		}
	})
}

// TestManyAtOnce: results do not depend on what else is running.
func TestManyAtOnce(t *testing.T) {
	tables := make([]pareto.Table, 12)
	for k := range tables {
		tables[k] = concessions(uint64(k), 2+k%3, 9)
	}
	answer := func(k int) (verdicts []pareto.Verdict, points []pareto.Point) {
		checker := pareto.NewChecker(pareto.Space{Table: tables[k]})
		points, err := pareto.Frontier(context.Background(), tables[k], 0)
		if err != nil {
			t.Error(err)
		}
		for _, point := range points[:min(20, len(points))] {
			choice := slices.Clone(point.Choice)
			choice[0] = (choice[0] + 1) % 3
			verdicts = append(verdicts, checker.Efficient(point.Values, 0), checker.Efficient(tables[k].Value(choice), 0))
		}
		return verdicts, points
	}
	var wait sync.WaitGroup
	for k := range tables {
		alone, alonePoints := answer(k)
		for range 3 {
			wait.Go(func() {
				verdicts, points := answer(k)
				if !slices.Equal(verdicts, alone) || len(points) != len(alonePoints) {
					t.Errorf("table %d: got another answer among others", k)
				}
			})
		}
	}
	wait.Wait()
}
