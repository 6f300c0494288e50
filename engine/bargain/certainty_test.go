package bargain_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

func rats(numbers ...int64) []*big.Rat {
	var all []*big.Rat
	for _, n := range numbers {
		all = append(all, big.NewRat(n, 4))
	}
	return all
}

func TestPrefixSums(t *testing.T) {
	const free = bargain.Unplaced
	cases := []struct {
		name           string
		levels         []int
		quarters       []int64 // the changes
		want           string  // interest:sum
		never, somehow bool
	}{
		{"nothing", nil, nil, "", true, false},
		{"no change", []int{0, 1}, []int64{0, 0}, "", true, false},
		{"a vital gain pays for an important loss", []int{0, 1}, []int64{4, -4}, "0:1 1:0", true, true},
		{"an important gain does not pay for a vital loss", []int{0, 1}, []int64{-4, 8}, "0:-1 1:1", false, true},
		{"inside a tier the loss may weigh more", []int{0, 0}, []int64{8, -4}, "1:-1 0:1", false, true},
		{"a gain above pays for losses below", []int{1, 0, 1, 2}, []int64{-4, 8, -3, -1}, "1:2 0:1 2:1/4 3:0", true, true},
		{"what is not placed may outweigh all", []int{0, free}, []int64{40, -1}, "1:-1/4 0:39/4", false, true},
		{"its gain counts last", []int{free, 0, 1}, []int64{4, 4, -4}, "1:1 2:0 0:1", true, true},
	}
	for _, c := range cases {
		delta := rats(c.quarters...)
		var steps []string
		for _, s := range bargain.PrefixSums(c.levels, delta) {
			steps = append(steps, fmt.Sprintf("%d:%s", s.Interest, s.Sum.RatString()))
		}
		if got := strings.Join(steps, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		if got := bargain.NeverWorse(c.levels, delta); got != c.never {
			t.Errorf("%s: never worse: got %v, want %v", c.name, got, c.never)
		}
		if got := bargain.SometimesBetter(c.levels, delta); got != c.somehow {
			t.Errorf("%s: sometimes better: got %v, want %v", c.name, got, c.somehow)
		}
	}
}

// upSets lists the sets of interests that contain with every interest all of
// the tiers above its own. Their indicators, scaled, are the extreme weights.
func upSets(levels []int) [][]int {
	var all [][]int
	for mask := range 1 << len(levels) {
		var set []int
		for k := range levels {
			if mask>>k&1 == 1 {
				set = append(set, k)
			}
		}
		if !slices.ContainsFunc(set, func(k int) bool { return !free(levels, set, k) }) {
			all = append(all, set)
		}
	}
	return all
}

func TestCertaintyAgainstExtremeWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(7).Draw(t, "levels")
		delta := rats(rapid.SliceOfN(rapid.Int64Range(-3, 3), len(levels), len(levels)).Draw(t, "delta")...)
		never, better := true, false
		for _, set := range upSets(levels) {
			sum := new(big.Rat)
			for _, k := range set {
				sum.Add(sum, delta[k])
			}
			never = never && sum.Sign() >= 0
			better = better || sum.Sign() > 0
		}
		if got := bargain.NeverWorse(levels, delta); got != never {
			t.Fatalf("never worse: got %v, want %v", got, never)
		}
		if got := bargain.SometimesBetter(levels, delta); never && got != better {
			t.Fatalf("sometimes better: got %v, want %v", got, better)
		}
	})
}

// TestCertaintyHoldsForDraws: what is never worse is worse under no weighting
// drawn, and better wherever the weights fall strictly.
func TestCertaintyHoldsForDraws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(6).Draw(t, "levels")
		quarters := rapid.SliceOfN(rapid.Int64Range(-2, 3), len(levels), len(levels)).Draw(t, "delta")
		delta := rats(quarters...)
		if !bargain.NeverWorse(levels, delta) {
			t.Skip("may be worse")
		}
		strict := bargain.SometimesBetter(levels, delta)
		sampler, out := bargain.NewSampler(levels, 1<<40), make([]int64, len(levels))
		for sample := range 20 {
			sampler.Draw(bargain.NewStream(3, 0, sample), out)
			sum := int64(0)
			for k, w := range out {
				sum += w * quarters[k]
			}
			if sum < 0 || strict && sum == 0 {
				t.Fatalf("under %v the sum is %d", out, sum)
			}
		}
	})
}
