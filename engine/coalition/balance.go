package coalition

import "math/big"

// Weight is a group and how much it counts.
type Weight struct {
	Group  Group
	Weight *big.Rat
}

// Balance proves that no division does better than LeastCore: positive weights of
// groups that sum to one and count every side alike, so often in all. Whatever the
// division gives, the weighted sum of what the groups could gain by going their
// own way is Σ weight × v(S) less what every side counts × v(all), and the largest
// gain is no less than that. It is empty for one side. (O. N. Bondareva 1963; L. S. Shapley, On
// balanced sets and cores, Naval Research Logistics Quarterly 14, 1967.)
func Balance(g Game) []Weight {
	if g.Sides == 1 {
		return nil
	}
	var out []Weight
	dual := leastCore(g).Dual
	for k, s := range Groups(g.Sides, 1, g.Sides-1) {
		if dual[k].Sign() != 0 {
			out = append(out, Weight{s, new(big.Rat).Neg(dual[k])})
		}
	}
	return out
}
