package bargain_test

import (
	"fmt"
	"math/big"
	"os"
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

// TestCertaintyTextCases runs the cases of testdata/certainty.txt.
func TestCertaintyTextCases(t *testing.T) {
	text, err := os.ReadFile("testdata/certainty.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	for body := range strings.SplitSeq(cases, "\ncase ") {
		name, body, _ := strings.Cut(body, "\n")
		changes, want, _ := strings.Cut(body, "\nsums")
		var levels []int
		var delta []*big.Rat
		for fields := strings.Fields(changes); len(fields) > 1; fields = fields[2:] {
			level := bargain.Unplaced
			if fields[0] != "?" {
				level = int(fields[0][0] - '1')
			}
			levels, delta = append(levels, level), append(delta, decimal(fields[1]))
		}
		got := ""
		for _, step := range bargain.PrefixSums(levels, delta) {
			got += " " + step.Sum.RatString()
		}
		yes := map[bool]string{true: "yes", false: "no"}
		got += " never worse " + yes[bargain.NeverWorse(levels, delta)]
		got += " better " + yes[bargain.SometimesBetter(levels, delta)]
		if want := strings.Join(strings.Fields(want), " "); strings.TrimSpace(got) != want {
			t.Errorf("%s: got%s, want %s", name, got, want)
		}
	}
}

func TestPrefixSumsNameTheInterests(t *testing.T) {
	var got []string
	for _, s := range bargain.PrefixSums([]int{1, 0, bargain.Unplaced, 0, 1}, rats(-4, 8, 0, -1, 2)) {
		got = append(got, fmt.Sprintf("%d:%s", s.Interest, s.Sum.RatString()))
	}
	if want := "[3:-1/4 1:7/4 0:3/4 4:5/4]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
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
