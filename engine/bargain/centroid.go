package bargain

import (
	"math/big"
	"slices"
)

// Unplaced is the level of an interest in no tier: it is compatible with every
// place in the order.
const Unplaced = -1

// Centroid returns the central weights of an order by tiers, exactly: the mean,
// over all rankings the tiers allow, of the rank-order centroid weights
// w(k) = (1/n) (1/k + ... + 1/n) (Barron and Barrett 1996). They sum to 1.
// levels[k] is the tier of interest k: 0 is the highest, larger is lower, or
// Unplaced, whose mean is 1/n.
func Centroid(levels []int) []*big.Rat {
	n := len(levels)
	weights := make([]*big.Rat, n)
	placed, blocks := order(levels)
	byPlace := placeWeights(n, len(placed))
	for _, block := range blocks {
		mean := new(big.Rat)
		for place := block.from; place < block.to; place++ {
			mean.Add(mean, byPlace[place])
		}
		mean.Quo(mean, big.NewRat(int64(block.to-block.from), 1))
		for _, k := range placed[block.from:block.to] {
			weights[k] = new(big.Rat).Set(mean)
		}
	}
	for k, level := range levels {
		if level == Unplaced {
			weights[k] = big.NewRat(1, int64(n))
		}
	}
	return weights
}

// block is one tier in the list of placed interests.
type block struct{ from, to int }

// order lists the placed interests from the highest tier to the lowest, by
// index inside a tier, and where each tier stands in the list.
func order(levels []int) (placed []int, blocks []block) {
	for k, level := range levels {
		if level != Unplaced {
			placed = append(placed, k)
		}
	}
	slices.SortStableFunc(placed, func(a, b int) int { return levels[a] - levels[b] })
	for at, k := range placed {
		if at == 0 || levels[k] != levels[placed[at-1]] {
			blocks = append(blocks, block{at, at})
		}
		blocks[len(blocks)-1].to++
	}
	return placed, blocks
}

// placeWeights is the mean weight of each place among the placed, when the
// others of all n stand anywhere between them: place j is rank r in
// C(r, j) C(n-1-r, placed-1-j) of the C(n, placed) cases (counting from 0).
func placeWeights(n, placed int) []*big.Rat {
	ranks := make([]*big.Rat, n) // w(k)
	sum := new(big.Rat)
	for r := n - 1; r >= 0; r-- {
		sum.Add(sum, big.NewRat(1, int64(r+1)))
		ranks[r] = new(big.Rat).Quo(sum, big.NewRat(int64(n), 1))
	}
	if placed == n {
		return ranks
	}
	all := new(big.Int).Binomial(int64(n), int64(placed))
	means := make([]*big.Rat, placed)
	for j := range means {
		means[j] = new(big.Rat)
		for r := j; r <= n-placed+j; r++ {
			cases := new(big.Int).Binomial(int64(r), int64(j))
			cases.Mul(cases, new(big.Int).Binomial(int64(n-1-r), int64(placed-1-j)))
			chance := new(big.Rat).SetFrac(cases, all)
			means[j].Add(means[j], chance.Mul(chance, ranks[r]))
		}
	}
	return means
}

// Points turns weights that sum to 1 into integers that sum to total, by the
// largest remainder; of equal remainders the smaller index is served first.
func Points(weights []*big.Rat, total int64) []int64 {
	points := make([]int64, len(weights))
	remainders := make([]*big.Rat, len(weights))
	left := total
	for k, w := range weights {
		exact := new(big.Rat).Mul(w, big.NewRat(total, 1))
		whole := new(big.Int).Div(exact.Num(), exact.Denom())
		points[k] = whole.Int64()
		remainders[k] = exact.Sub(exact, new(big.Rat).SetInt(whole))
		left -= points[k]
	}
	byRemainder := make([]int, len(weights))
	for k := range byRemainder {
		byRemainder[k] = k
	}
	slices.SortStableFunc(byRemainder, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, k := range byRemainder[:max(0, min(left, int64(len(weights))))] {
		points[k]++
	}
	return points
}
