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
// ten issues. As ranks, equal points are one tier.
var (
	unitedStates = []int64{22, 22, 15, 14, 11, 6, 4, 2, 2, 2}
	panama       = []int64{9, 15, 15, 3, 15, 5, 11, 7, 7, 13}
)

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

// divisions is the table in which each issue goes to one side whole.
func divisions(us, pa []int64) pareto.Table {
	table := pareto.Table{Sides: 2}
	for k := range us {
		table.Issues = append(table.Issues, [][]int64{{us[k], 0}, {0, pa[k]}})
	}
	return table
}

// sharesByRanks draws weightings and counts how often each statement holds.
func sharesByRanks(t *testing.T, samples int) map[string]float64 {
	const total = 1_000_000_000
	us, pa := bargain.NewSampler(tiers(unitedStates), total), bargain.NewSampler(tiers(panama), total)
	wUS, wPa := make([]int64, 10), make([]int64, 10)
	nothing, half, ideal := []int64{0, 0}, []int64{total / 2, total / 2}, []int64{total, total}
	named := map[string][]int{"1246": division(1, 2, 4, 6), "12346": division(1, 2, 3, 4, 6)}
	solver, checker := bargain.NewSolver(), new(pareto.Checker)
	counts := map[string]int{}
	for sample := range samples {
		us.Draw(bargain.NewStream(1, 0, sample), wUS)
		pa.Draw(bargain.NewStream(1, 1, sample), wPa)
		table := divisions(wUS, wPa)
		checker.Reset(pareto.Space{Table: table})
		for name, choice := range named {
			values := table.Value(choice)
			for what, holds := range map[string]bool{
				"US half":     values[0] >= half[0],
				"Panama half": values[1] >= half[1],
				"both half":   values[0] >= half[0] && values[1] >= half[1],
				"efficient":   checker.Efficient(values, 0) == pareto.Efficient,
			} {
				if holds {
					counts[name+" "+what]++
				}
			}
		}
		for what, base := range map[string][]int64{"Nash": nothing, "Nash above half": half} {
			choice, exact := solver.Nash(pareto.Space{Table: table}, base, 0)
			if !exact {
				t.Fatal("not exact without a budget")
			}
			counts[fmt.Sprint(what, choice)]++
		}
		if sample%2 == 1 { // a frontier each would be most of the time
			continue
		}
		points, err := pareto.Frontier(context.Background(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		var values [][]int64
		for _, point := range points {
			values = append(values, point.Values)
		}
		for _, k := range bargain.KalaiSmorodinsky(values, half, ideal) {
			if slices.Equal(points[k].Choice, named["1246"]) {
				counts["1246 max-min"] += 2
			}
		}
	}
	shares := map[string]float64{}
	for what, n := range counts {
		shares[what] = float64(n) / float64(samples)
	}
	return shares
}

// TestPanamaByRanks holds shares against reference values computed elsewhere by
// enumerating all 1,024 divisions. The reference takes the product of the whole
// shares for Nash; with half as the base of the product the division leads by
// .376 to .096 (a million weightings), held here too.
func TestPanamaByRanks(t *testing.T) {
	shares := sharesByRanks(t, 40_000)
	product, above := fmt.Sprint("Nash", division(1, 2, 4, 6)), fmt.Sprint("Nash above half", division(1, 2, 4, 6))
	next := fmt.Sprint("Nash", division(1, 2, 4, 6, 9))
	nextAbove := fmt.Sprint("Nash above half", division(1, 2, 4, 6, 9))
	for what, want := range map[string]float64{
		"1246 US half": .9993, "1246 Panama half": .9768, "1246 both half": .9761,
		"1246 efficient": .8151, "1246 max-min": .2105,
		"12346 both half": .4501, "12346 efficient": .7027,
		product: .3874, next: .079, above: .376, nextAbove: .096,
	} {
		if got := shares[what]; math.Abs(got-want) > .005 {
			t.Errorf("%s: got %.4f, want %.4f", what, got, want)
		}
	}
	for what, share := range shares {
		if len(what) == len(product) && what != product && share > shares[next]+.005 {
			t.Errorf("%s: %.4f, more than the next best should have", what, share)
		}
	}
}

// TestPanamaSurvey counts the same shares with all 1,024 divisions as packages of
// one survey, so that each is held against every other.
func TestPanamaSurvey(t *testing.T) {
	const samples, total = 40_000, 1_000_000
	s := bargain.Survey{Total: total, Unit: []int64{2, 2}, Seed: 1, Samples: samples}
	for side, points := range [][]int64{unitedStates, panama} {
		s.Weights = append(s.Weights, bargain.NewPolytope(tiers(points), nil))
		var rows [][]int64
		for toUS := range 1 << 10 {
			row := make([]int64, 10) // in halves of an issue: what is more than half of all
			for k := range row {
				row[k] = 1
				if toUS>>k&1 == side {
					row[k] = -1
				}
			}
			rows = append(rows, row)
		}
		s.Changes = append(s.Changes, rows)
	}
	first, second := 1<<0|1<<1|1<<3|1<<5, 1<<0|1<<1|1<<2|1<<3|1<<5
	s.Listed = []int{first, second}
	shares, err := s.Run(context.Background(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		got  int64
		want float64
	}{
		{"US half", shares.Acceptable[first][0], .9993}, {"Panama half", shares.Acceptable[first][1], .9768},
		{"both half", shares.All[first], .9761}, {"efficient", shares.Efficient[0], .8151},
		{"Nash above half", shares.Nash[first], .376},
		{"second both half", shares.All[second], .4501}, {"second efficient", shares.Efficient[1], .7027},
	} {
		if got := float64(c.got) / samples; math.Abs(got-c.want) > .005 {
			t.Errorf("%s: got %.4f, want %.4f", c.what, got, c.want)
		}
	}
}

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
