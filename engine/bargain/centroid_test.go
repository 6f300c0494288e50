package bargain_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

func decimals(weights []*big.Rat, digits int) string {
	var parts []string
	for _, w := range weights {
		parts = append(parts, strings.TrimPrefix(w.FloatString(digits), "0"))
	}
	return strings.Join(parts, " ")
}

// blocks is an order of tiers with the given numbers of interests.
func blocks(sizes ...int) []int {
	var levels []int
	for tier, n := range sizes {
		for range n {
			levels = append(levels, tier)
		}
	}
	return levels
}

func TestCentroid(t *testing.T) {
	cases := []struct {
		levels []int
		digits int
		want   string
	}{
		{nil, 2, ""},
		{[]int{0}, 2, "1.00"},
		{[]int{0, 1}, 2, ".75 .25"},
		{[]int{0, 1, 2}, 4, ".6111 .2778 .1111"},
		{[]int{0, 1, 2, 3}, 4, ".5208 .2708 .1458 .0625"},
		{[]int{0, 1, 2, 3, 4}, 4, ".4567 .2567 .1567 .0900 .0400"},
		{[]int{5, 2, 9}, 4, ".2778 .6111 .1111"}, // only the order of levels counts
		{[]int{1, 0, 1}, 4, ".1944 .6111 .1944"}, // (.2778 + .1111) / 2
		{[]int{0, 0, 0}, 4, ".3333 .3333 .3333"},
		{[]int{bargain.Unplaced, bargain.Unplaced}, 2, ".50 .50"},
		{[]int{0, bargain.Unplaced, 1}, 4, ".5000 .3333 .1667"}, // (.6111 + .6111 + .2778) / 3
	}
	for _, c := range cases {
		if got := decimals(bargain.Centroid(c.levels), c.digits); got != c.want {
			t.Errorf("%v: got %s, want %s", c.levels, got, c.want)
		}
	}
}

// TestCentroidOfTheSeedRegisters: Russia 11, 14, 7 interests by tier, the
// United States 10, 12, 6.
func TestCentroidOfTheSeedRegisters(t *testing.T) {
	cases := []struct {
		sizes      []int
		each, sums string
	}{
		{[]int{11, 14, 7}, ".063707 .019283 .004181", ".7008 .2700 .0293"},
		{[]int{10, 12, 6}, ".071364 .021482 .004763", ".7136 .2578 .0286"},
	}
	for _, c := range cases {
		weights := bargain.Centroid(blocks(c.sizes...))
		first := 0
		var each, sums []*big.Rat
		for _, n := range c.sizes {
			each = append(each, weights[first])
			sums = append(sums, total(weights[first:first+n]))
			first += n
		}
		if got := decimals(each, 6); got != c.each {
			t.Errorf("%v: got %s each, want %s", c.sizes, got, c.each)
		}
		if got := decimals(sums, 4); got != c.sums {
			t.Errorf("%v: got %s a tier, want %s", c.sizes, got, c.sums)
		}
	}
}

// levels draws an order with ties, gaps and unplaced interests.
func levels(most int) *rapid.Generator[[]int] {
	return rapid.SliceOfN(rapid.IntRange(bargain.Unplaced, 2), 1, most)
}

// rankings lists every order of the interests, best first, that the tiers allow.
func rankings(levels []int) [][]int {
	all := [][]int{{}}
	for range levels {
		var longer [][]int
		for _, ranking := range all {
			for k := range levels {
				if !slices.Contains(ranking, k) && free(levels, ranking, k) {
					longer = append(longer, append(slices.Clone(ranking), k))
				}
			}
		}
		all = longer
	}
	return all
}

// free reports whether nothing that must stand above k is missing.
func free(levels, ranking []int, k int) bool {
	for other, level := range levels {
		if level != bargain.Unplaced && level < levels[k] && !slices.Contains(ranking, other) {
			return false
		}
	}
	return true
}

// TestCentroidIsTheMeanOverRankings takes the definition at its word.
func TestCentroidIsTheMeanOverRankings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(5).Draw(t, "levels")
		n := len(levels)
		want := make([]*big.Rat, n)
		for k := range want {
			want[k] = new(big.Rat)
		}
		all := rankings(levels)
		for _, ranking := range all {
			for rank, k := range ranking {
				for j := rank; j < n; j++ {
					want[k].Add(want[k], big.NewRat(1, int64(n*(j+1)*len(all))))
				}
			}
		}
		got := bargain.Centroid(levels)
		if slices.CompareFunc(got, want, (*big.Rat).Cmp) != 0 {
			t.Fatalf("%v: got %v, want %v", levels, got, want)
		}
		if sum := total(got); sum.Cmp(big.NewRat(1, 1)) != 0 {
			t.Fatalf("the weights sum to %v", sum)
		}
	})
}

func TestPoints(t *testing.T) {
	third, half := big.NewRat(1, 3), big.NewRat(1, 2)
	cases := []struct {
		weights []*big.Rat
		total   int64
		want    []int64
	}{
		{nil, 100, nil},
		{[]*big.Rat{third, third, third}, 100, []int64{34, 33, 33}},
		{[]*big.Rat{third, third, third}, 101, []int64{34, 34, 33}},
		{[]*big.Rat{big.NewRat(1, 6), half, third}, 100, []int64{17, 50, 33}}, // remainders 2/3, 0, 1/3
		{[]*big.Rat{new(big.Rat), big.NewRat(1, 1)}, 1_000_000, []int64{0, 1_000_000}},
	}
	for _, c := range cases {
		if got := bargain.Points(c.weights, c.total); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.weights, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		weights := bargain.Centroid(levels(9).Draw(t, "levels"))
		total := rapid.Int64Range(0, 1_000_000).Draw(t, "total")
		sum := int64(0)
		for k, v := range bargain.Points(weights, total) {
			exact := new(big.Rat).Mul(weights[k], big.NewRat(total, 1))
			off := exact.Sub(exact, big.NewRat(v, 1))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%d points for %v of %d", v, weights[k], total)
			}
			sum += v
		}
		if sum != total {
			t.Fatalf("the points sum to %d, want %d", sum, total)
		}
	})
}
