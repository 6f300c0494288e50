package bargain

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// ratio is the part of its possible gain that a side receives, as a fraction.
type ratio struct{ got, most uint64 }

func compareRatios(a, b ratio) int {
	h1, l1 := bits.Mul64(a.got, b.most)
	h2, l2 := bits.Mul64(b.got, a.most)
	return cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
}

// ratios lists the gain ratios of the sides that can gain at all.
func ratios(values, base, ideal []int64) []ratio {
	var all []ratio
	for p, v := range values {
		if ideal[p] > base[p] {
			all = append(all, ratio{gain(v, base[p]), gain(ideal[p], base[p])})
		}
	}
	return all
}

// Leximin returns the indices of the points that, among those giving no side
// less than base, make the smallest gain ratio as large as possible, of these
// the second smallest, and so on. Ideal is the most each side could get; a side
// that cannot gain (its ideal is its base) has no ratio and is left out.
func Leximin(points [][]int64, base, ideal []int64) []int {
	key := func(k int) []ratio {
		all := ratios(points[k], base, ideal)
		slices.SortFunc(all, compareRatios)
		return all
	}
	return bestBy(rational(points, base), key, func(a, b []ratio) int {
		return slices.CompareFunc(a, b, compareRatios)
	})
}

// KalaiSmorodinsky returns the indices of the points with the largest smallest
// gain ratio, ties broken by leximin (Kalai and Smorodinsky 1975 for points in
// a list). With ties broken so, it is Leximin; both names are kept because both
// rules are asked for, and a reader should see that they agree.
func KalaiSmorodinsky(points [][]int64, base, ideal []int64) []int {
	return Leximin(points, base, ideal)
}

// Utilitarian returns the indices of the points that, among those giving no
// side less than base, have the largest sum of gain ratios. The rule depends on
// how each side's points are scaled by its ideal.
func Utilitarian(points [][]int64, base, ideal []int64) []int {
	scale := newScale(base, ideal)
	key := func(k int) *big.Int { return scale.sum(points[k], base) }
	return bestBy(rational(points, base), key, (*big.Int).Cmp)
}

// scale puts the gain ratios of all sides that can gain on one denominator.
type scale struct {
	sides  []int      // those that can gain
	factor []*big.Int // per such side: whole divided by its possible gain
	whole  *big.Int   // product of the possible gains
}

func newScale(base, ideal []int64) scale {
	s := scale{whole: big.NewInt(1)}
	for p := range base {
		if ideal[p] > base[p] {
			s.sides = append(s.sides, p)
			s.whole.Mul(s.whole, difference(ideal[p], base[p]))
		}
	}
	for _, p := range s.sides {
		s.factor = append(s.factor, new(big.Int).Div(s.whole, difference(ideal[p], base[p])))
	}
	return s
}

// sum is the sum of the gain ratios times whole.
func (s scale) sum(values, base []int64) *big.Int {
	sum := new(big.Int)
	for i, p := range s.sides {
		part := difference(values[p], base[p])
		sum.Add(sum, part.Mul(part, s.factor[i]))
	}
	return sum
}

func difference(a, b int64) *big.Int {
	d := big.NewInt(a)
	return d.Sub(d, big.NewInt(b))
}
