package bargain

import (
	"math/big"
	"slices"
)

// Step is one line of a proof by prefix sums: the interest that changes and the
// sum of all changes up to it.
type Step struct {
	Interest int
	Sum      *big.Rat
}

// PrefixSums adds up the changes delta[k] of the interests in the order that is
// worst for their sum: tier by tier from the top, losses of a tier before its
// gains; every loss of an unplaced interest stands before everything, its gain
// after everything, because an unplaced interest may have any weight. Interests
// that do not change are left out. Levels are as in Centroid.
//
// By Abel's summation, the weighted sum of the changes is at least 0 for all
// weights that respect the tiers exactly when every prefix sum is.
func PrefixSums(levels []int, delta []*big.Rat) []Step {
	var changed []int
	for k, d := range delta {
		if d.Sign() != 0 {
			changed = append(changed, k)
		}
	}
	lowest := slices.Max(append(slices.Clone(levels), 0)) + 1
	place := func(k int) int { // of losses and gains, twice the tier and one more
		switch level, sign := levels[k], delta[k].Sign(); {
		case level == Unplaced && sign < 0:
			return -1
		case level == Unplaced:
			return 2 * lowest
		case sign < 0:
			return 2 * level
		default:
			return 2*level + 1
		}
	}
	slices.SortStableFunc(changed, func(a, b int) int { return place(a) - place(b) })
	steps := make([]Step, len(changed))
	sum := new(big.Rat)
	for i, k := range changed {
		sum.Add(sum, delta[k])
		steps[i] = Step{k, new(big.Rat).Set(sum)}
	}
	return steps
}

// NeverWorse reports whether no weights that respect the tiers make the changes
// a loss: every prefix sum is at least 0.
func NeverWorse(levels []int, delta []*big.Rat) bool {
	return !slices.ContainsFunc(PrefixSums(levels, delta), func(s Step) bool { return s.Sum.Sign() < 0 })
}

// SometimesBetter reports whether some prefix sum is above 0. Together with
// NeverWorse it means that the changes are a gain wherever the weights fall
// strictly from tier to tier and are all above 0.
func SometimesBetter(levels []int, delta []*big.Rat) bool {
	return slices.ContainsFunc(PrefixSums(levels, delta), func(s Step) bool { return s.Sum.Sign() > 0 })
}
