package pareto_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"parley/engine/pareto"
)

// TestLargestPoints: sums up to the bound are exact, where floats would not tell
// one point from the next.
func TestLargestPoints(t *testing.T) {
	const half = pareto.MaxSum / 2
	for sides := 2; sides <= 4; sides++ {
		give, take, both := make([]int64, sides), make([]int64, sides), make([]int64, sides)
		give[0], take[1] = half, half
		both[0], both[1] = half-1, 1 // one point from giving, for one point
		for p := 2; p < sides; p++ {
			give[p], take[p], both[p] = -half, -half, -half
		}
		table := pareto.Table{Sides: sides, Issues: [][][]int64{{give, take}, {take, give, both}}}
		points, err := pareto.Frontier(context.Background(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got [][]int64
		for _, point := range points {
			got = append(got, point.Values[:2])
		}
		want := [][]int64{{2 * half, 0}, {2*half - 1, 1}, {half, half}, {half - 1, half + 1}, {0, 2 * half}}
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%d sides: got %v, want %v", sides, got, want)
		}
		if got := points[2].Count; got.Cmp(big.NewInt(2)) != 0 {
			t.Errorf("%d sides: the middle counts %v, want 2", sides, got)
		}
		checker := pareto.NewChecker(pareto.Space{Table: table})
		for _, point := range points {
			if got := checker.Efficient(point.Values, 0); got != pareto.Efficient {
				t.Errorf("%d sides, %v: got %v, want efficient", sides, point.Values, got)
			}
			worse := slices.Clone(point.Values)
			worse[1]--
			if got := checker.Efficient(worse, 0); got != pareto.Dominated {
				t.Errorf("%d sides, one point less than %v: got %v, want dominated", sides, point.Values, got)
			}
		}
	}
}

// TestFrontierEndsInTime: a frontier too large to wait for ends soon after its
// context does.
func TestFrontierEndsInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	ended := make(chan error)
	go func() {
		_, err := pareto.Frontier(ctx, concessions(1, 5, 40), 0)
		ended <- err
	}()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the end of the context", err)
		}
	case <-time.After(time.Minute):
		t.Error("still working a minute after the end")
	}
}

// TestManyOptions: one issue with thousands of options is a skyline.
func TestManyOptions(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		table := synthetic(uint64(sides), sides, 1, 3_000, 200)
		points, err := pareto.Frontier(context.Background(), table, 0)
		if err != nil {
			t.Fatal(err)
		}
		total := int64(0)
		for _, point := range points {
			total += point.Count.Int64()
		}
		if want := len(pareto.Skyline(table.Issues[0])); total != int64(want) {
			t.Errorf("%d sides: %d options stand, want %d", sides, total, want)
		}
	}
}
