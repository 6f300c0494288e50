package bargain

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

func TestRoot(t *testing.T) {
	for k := 1; k <= 8; k++ {
		for _, want := range []float64{1, .999999, .9, .5, .1, .003} {
			power := math.Pow(want, float64(k))
			if got := root(power, k); math.Abs(got-want) > 1e-12 {
				t.Errorf("root %d of %v: got %v, want %v", k, power, got, want)
			}
		}
		if got := root(1.0000001, k); got != 1 {
			t.Errorf("root %d of a little over 1: got %v, want 1", k, got)
		}
	}
	if got := root(1e-300, 64); got < 0 || got > 1e-4 {
		t.Errorf("a root that takes too long: got %v, want no more than the truth", got)
	}
}

func TestGroup(t *testing.T) {
	var g group = 1<<0 | 1<<5 | 1<<63
	var members []int
	for p := range 64 {
		if g.has(p) {
			members = append(members, p)
		}
	}
	if want := []int{0, 5, 63}; !slices.Equal(members, want) || g.size() != 3 {
		t.Errorf("got %v, size %d, want %v", members, g.size(), want)
	}
}

// oneIssue is a table that is nothing but a list of packages.
func oneIssue(points [][]int64) pareto.Table {
	return pareto.Table{Sides: len(points[0]), Issues: [][][]int64{points}}
}

// TestSlackHidesNothing: whatever weights the dual ends with, every package with
// as large a product as the one given lies within the slack for it, and every
// package with a gain for all within the sure slack.
func TestSlackHidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		reach := rapid.SampledFrom([]int64{3, 1000, 1 << 50}).Draw(t, "reach")
		vector := rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides)
		points := rapid.SliceOfN(vector, 1, 8).Draw(t, "points")
		base := make([]int64, sides)
		var walker pareto.Walker
		walker.Reset(pareto.Space{Table: oneIssue(points)})
		var d dual
		d.reset(&walker, base)
		everyone := group(1<<sides - 1)
		d.solve(everyone, func([]int64) {})
		margin := walker.Margin(d.weights)
		below := func(gains []int64) float64 { // how far below the best weighted sum
			sum := d.top
			for p, g := range gains {
				sum -= d.weights[p] * float64(g)
			}
			return sum
		}
		for _, given := range points {
			if slices.Min(given) <= 0 {
				continue
			}
			if got := below(given); got > d.sure()+margin {
				t.Fatalf("%v is %v below the best, the sure slack is %v", given, got, d.sure())
			}
			slack := d.slack(given) + margin
			for _, other := range points {
				if slices.Min(other) > 0 && wholeProduct(other).Cmp(wholeProduct(given)) >= 0 && below(other) > slack {
					t.Fatalf("%v is as good as %v but %v below the best, slack %v", other, given, below(other), slack)
				}
			}
		}
	})
}

func wholeProduct(gains []int64) *big.Int {
	p := big.NewInt(1)
	for _, g := range gains {
		p.Mul(p, big.NewInt(g))
	}
	return p
}

// TestCompareIsExact looks where floats cannot tell: products one apart at the
// size of 2^120, and equal products whose quotient rounds to either side of 1.
func TestCompareIsExact(t *testing.T) {
	s := NewSolver()
	const x = int64(1) << 40
	cases := []struct {
		name string
		a, b []int64
		want int
	}{
		{"(x-1)(x+1) is one less than x x", []int64{x - 1, x + 1}, []int64{x, x}, -1},
		{"the other way", []int64{x, x}, []int64{x - 1, x + 1}, 1},
		{"three factors", []int64{x - 1, x, x + 1}, []int64{x, x, x}, -1},
		{"far apart", []int64{2, 3}, []int64{1, 5}, 1},
		{"zeros do not count", []int64{0, 6}, []int64{3, 0}, 1},
		{"more than floats hold", slices.Repeat([]int64{1 << 61}, 20), slices.Repeat([]int64{1<<61 - 1}, 20), 1},
		{"and less", slices.Repeat([]int64{1}, 20), slices.Repeat([]int64{1 << 61}, 20), -1},
	}
	for _, c := range cases {
		if got := s.compare(c.a, c.b); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.Int64Range(1, 1000), 2, 5).Draw(t, "a")
		b := rapid.Permutation(a).Draw(t, "b")
		if got := s.compare(a, b); got != 0 {
			t.Fatalf("the same factors in another order: got %d", got)
		}
		i := rapid.IntRange(0, len(b)-1).Draw(t, "i")
		b[i]++
		if got := s.compare(a, b); got != -1 {
			t.Fatalf("%v against %v: got %d, want -1", a, b, got)
		}
	})
}
