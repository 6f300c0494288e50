package pareto_test

import (
	"context"
	"errors"
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

// TestFrontierForgetsOrder shuffles sides, issues and options: the vectors and
// counts stay, and the representative is still a package with these values.
func TestFrontierForgetsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		table := tables(sides).Draw(t, "table")
		order := rapid.Permutation(upTo(sides)).Draw(t, "sides")
		other := pareto.Table{Sides: sides}
		for _, i := range rapid.Permutation(upTo(len(table.Issues))).Draw(t, "issues") {
			var options [][]int64
			for _, o := range rapid.Permutation(upTo(len(table.Issues[i]))).Draw(t, "options") {
				options = append(options, permute(table.Issues[i][o], order))
			}
			other.Issues = append(other.Issues, options)
		}
		want, err1 := pareto.Frontier(context.Background(), table, 0)
		got, err2 := pareto.Frontier(context.Background(), other, 0)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		for k := range want {
			want[k].Values = permute(want[k].Values, order)
		}
		slices.SortFunc(want, func(a, b pareto.Point) int { return slices.Compare(b.Values, a.Values) })
		if len(got) != len(want) {
			t.Fatalf("got %d points, want %d", len(got), len(want))
		}
		for k := range got {
			if !slices.Equal(got[k].Values, want[k].Values) || got[k].Count.Cmp(want[k].Count) != 0 {
				t.Fatalf("point %d: got %v, want %v", k, got[k], want[k])
			}
			if values := other.Value(got[k].Choice); !slices.Equal(values, got[k].Values) {
				t.Fatalf("point %d: its package has %v, want %v", k, values, got[k].Values)
			}
		}
	})
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func permute(values []int64, order []int) []int64 {
	moved := make([]int64, len(values))
	for p, q := range order {
		moved[p] = values[q]
	}
	return moved
}

func TestFrontierCountsBeyondMachineWords(t *testing.T) {
	hundred := new(big.Int).Exp(big.NewInt(10), big.NewInt(100), nil)
	for sides := 1; sides <= 4; sides++ {
		for _, reach := range []int64{1, 1 << 50} { // on the grid and off it
			table := pareto.Table{Sides: sides}
			give := make([]int64, sides)
			give[sides-1] = reach
			take := make([]int64, sides)
			take[0] = reach
			for range 100 { // ten options, five of either kind
				table.Issues = append(table.Issues, [][]int64{give, take, give, take, give, take, give, take, give, take})
			}
			points, err := pareto.Frontier(context.Background(), table, 0)
			if err != nil {
				t.Fatal(err)
			}
			sum := new(big.Int)
			for _, point := range points {
				sum.Add(sum, point.Count)
			}
			if sum.Cmp(hundred) != 0 {
				t.Errorf("%d sides: the counts add up to %v, want 10^100", sides, sum)
			}
			middle := points[len(points)/2]
			if got, want := middle.Count, new(big.Int).Mul(new(big.Int).Exp(big.NewInt(5), big.NewInt(100), nil), new(big.Int).Binomial(100, 50)); sides > 1 && got.Cmp(want) != 0 {
				t.Errorf("%d sides: the middle counts %v, want 5^100 times 100 over 50", sides, got)
			}
			for i, o := range middle.Choice { // the first option as long as possible
				if want := i / 50; sides > 1 && o != want {
					t.Fatalf("%d sides: issue %d of the middle takes option %d, want %d", sides, i, o, want)
				}
			}
		}
	}
}

func TestFrontierLimit(t *testing.T) {
	table := synthetic(3, 2, 12, 3, 1_000_000)
	points, err := pareto.Frontier(context.Background(), table, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pareto.Frontier(context.Background(), table, len(points)-1); !errors.Is(err, pareto.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
	same, err := pareto.Frontier(context.Background(), table, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	samePoints(t, same, points)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for sides := 1; sides <= 4; sides++ {
		if _, err := pareto.Frontier(ended, synthetic(3, sides, 3, 3, 1_000), 0); !errors.Is(err, context.Canceled) {
			t.Errorf("%d sides: got %v, want the end of the context", sides, err)
		}
	}
}

func TestSkylineAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 5).Draw(t, "sides")
		reach := rapid.SampledFrom([]int64{1, 3, 1 << 62}).Draw(t, "reach")
		point := rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides)
		points := rapid.SliceOfN(point, 0, 150).Draw(t, "points")
		var want []int
		for k, values := range points {
			if !slices.ContainsFunc(points, func(other []int64) bool { return beats(other, values) }) {
				want = append(want, k)
			}
		}
		if got := pareto.Skyline(points); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestSkylineOfMany makes the sieve split at every depth: of points on a
// simplex none is beaten, and each has a worse neighbour that is.
func TestSkylineOfMany(t *testing.T) {
	for sides := 2; sides <= 5; sides++ {
		seed := uint64(sides)
		var points [][]int64
		var want []int
		for k := range 3_000 {
			seed = seed*6364136223846793005 + 1442695040888963407
			left := int64(1000)
			best := make([]int64, sides)
			for p := range sides - 1 {
				best[p] = int64(seed>>(8*p)) & 255 * left / 256
				left -= best[p]
			}
			best[sides-1] = left
			worse := slices.Clone(best)
			worse[k%sides] -= int64(k % 7)
			points = append(points, worse, best)
			if k%7 == 0 {
				want = append(want, 2*k)
			}
			want = append(want, 2*k+1)
		}
		if got := pareto.Skyline(points); !slices.Equal(got, want) {
			t.Errorf("%d sides: got %d points, want %d", sides, len(got), len(want))
		}
	}
}
