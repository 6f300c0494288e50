package bargain

import "math/big"

// Opposition is the square of the distance from the ideal in which every side
// has all it could gain to the nearest of the points, measured in gain ratios:
// 0 when one point is best for all, 1/2 for two sides dividing a fixed sum.
// Sides that cannot gain (their ideal is their base) are left out; ok is false
// when no side can, or there is no point.
func Opposition(points [][]int64, base, ideal []int64) (squared *big.Rat, ok bool) {
	s := newScale(base, ideal)
	var least *big.Int
	for _, values := range points {
		sum := new(big.Int)
		for i, p := range s.sides {
			part := difference(ideal[p], values[p])
			part.Mul(part, s.factor[i])
			sum.Add(sum, part.Mul(part, part))
		}
		if least == nil || sum.Cmp(least) < 0 {
			least = sum
		}
	}
	if least == nil || len(s.sides) == 0 {
		return nil, false
	}
	return new(big.Rat).SetFrac(least, new(big.Int).Mul(s.whole, s.whole)), true
}

// Integrative is how much more there is to win than a fixed sum would allow:
// (largest sum of gain ratios - 1) / (sides - 1) over the sides that can gain.
// 0 is pure division, 1 means all can have everything. It needs two sides that
// can gain and a point; otherwise ok is false.
func Integrative(points [][]int64, base, ideal []int64) (potential *big.Rat, ok bool) {
	s := newScale(base, ideal)
	if len(s.sides) < 2 || len(points) == 0 {
		return nil, false
	}
	most := s.sum(points[0], base)
	for _, values := range points[1:] {
		if sum := s.sum(values, base); sum.Cmp(most) > 0 {
			most = sum
		}
	}
	potential = new(big.Rat).SetFrac(most.Sub(most, s.whole), s.whole)
	return potential.Quo(potential, big.NewRat(int64(len(s.sides)-1), 1)), true
}
