package bargain_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// The Panama Canal negotiations (Raiffa 1982): the points each side gave the
// ten issues, and the same as ranks, ties as tiers.
var (
	unitedStates = []int64{22, 22, 15, 14, 11, 6, 4, 2, 2, 2}
	panama       = []int64{9, 15, 15, 3, 15, 5, 11, 7, 7, 13}
)

func TestAdjustedWinnerPanama(t *testing.T) {
	share, us, pa, err := bargain.AdjustedWinner(unitedStates, panama)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(us.RatString(), " ", pa.RatString(), " ", share[2].RatString())
	if want := "66 66 2/15"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for k, wins := range []bool{true, true, false, true, false, true, false, false, false, false} {
		if whole := share[k].Sign() == 1; k != 2 && whole != wins {
			t.Errorf("issue %d to the United States: got %v, want %v", k+1, whole, wins)
		}
	}
}

// tiers turns points into levels, equal points in one tier.
func tiers(points []int64) []int {
	distinct := slices.Clone(points)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	levels := make([]int, len(points))
	for k, v := range points {
		at, _ := slices.BinarySearch(distinct, v)
		levels[k] = len(distinct) - 1 - at
	}
	return levels
}

// division is the choice vector that gives the United States the issues named,
// counted from 1.
func division(toUS ...int) []int {
	choice := []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	for _, k := range toUS {
		choice[k-1] = 0
	}
	return choice
}

func TestPanamaByRanks(t *testing.T) {
	const samples, total = 40_000, 1_000_000_000
	draw := [2]*bargain.Sampler{bargain.NewSampler(tiers(unitedStates), total), bargain.NewSampler(tiers(panama), total)}
	weights := [2][]int64{make([]int64, 10), make([]int64, 10)}
	table := pareto.Table{Sides: 2}
	for range 10 {
		table.Issues = append(table.Issues, [][]int64{{0, 0}, {0, 0}})
	}
	base, ideal := []int64{total / 2, total / 2}, []int64{total, total}
	solver, checker := bargain.NewSolver(), new(pareto.Checker)
	four, five := division(1, 2, 4, 6), division(1, 2, 3, 4, 6)
	counts := map[string]int{}
	nash := map[string]int{}
	for sample := range samples {
		for side := range draw {
			draw[side].Draw(bargain.NewStream(1, side, sample), weights[side])
		}
		for k := range table.Issues {
			table.Issues[k][0][0], table.Issues[k][1][1] = weights[0][k], weights[1][k]
		}
		checker.Reset(table)
		for name, choice := range map[string][]int{"four ": four, "five ": five} {
			values := table.Value(choice)
			us, pa := values[0] >= base[0], values[1] >= base[1]
			count := func(what string, holds bool) {
				if holds {
					counts[name+what]++
				}
			}
			count("US", us)
			count("Panama", pa)
			count("both", us && pa)
			count("efficient", checker.Efficient(values, 0) == pareto.Efficient)
		}
		choice, exact := solver.Nash(table, base, 0)
		if !exact {
			t.Fatal("not exact without a budget")
		}
		nash[fmt.Sprint(choice)]++
		points, err := pareto.Frontier(context.Background(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		var values [][]int64
		for _, point := range points {
			values = append(values, point.Values)
		}
		for _, k := range bargain.KalaiSmorodinsky(values, base, ideal) {
			if slices.Equal(points[k].Choice, four) {
				counts["four max-min"]++
			}
		}
	}
	counts["four Nash"] = nash[fmt.Sprint(four)]
	delete(nash, fmt.Sprint(four))
	for _, n := range nash {
		counts["next Nash"] = max(counts["next Nash"], n)
	}
	for what, want := range map[string]float64{
		"four US": .9993, "four Panama": .9768, "four both": .9761, "four efficient": .8151,
		"four Nash": .3874, "next Nash": .079, "four max-min": .2105,
		"five both": .4501, "five efficient": .7027,
	} {
		got := float64(counts[what]) / samples
		t.Logf("%-16s %.4f (reference %.4f)", what, got, want)
		if math.Abs(got-want) > .005 {
			t.Errorf("%s: got %.4f, want %.4f", what, got, want)
		}
	}
}
