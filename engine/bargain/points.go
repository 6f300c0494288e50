// Package bargain picks fair points among packages and turns ordinal weights
// into numbers without pretending to know more than their order.
//
// Its solutions are the field's: Nash, Kalai-Smorodinsky, leximin, utilitarian,
// adjusted winner. Each is a rule, none is the truth; ties come back as sets.
// Everything that decides is an integer or an exact fraction.
//
// The package does not search for frontiers (engine/pareto does) and does not
// say which rule to prefer.
package bargain

import (
	"math/big"
	"slices"
)

// gain is what a point gives beyond the base, for points not below it. The
// difference of two int64 fits a uint64 even where it does not fit an int64.
func gain(value, base int64) uint64 { return uint64(value) - uint64(base) }

// rational returns the indices of the points that give no side less than base.
func rational(points [][]int64, base []int64) []int {
	var kept []int
	for k, values := range points {
		if notBelow(values, base) {
			kept = append(kept, k)
		}
	}
	return kept
}

func notBelow(values, base []int64) bool {
	for p, v := range values {
		if v < base[p] {
			return false
		}
	}
	return true
}

// bestBy returns the indices whose key is largest, in their order.
func bestBy[K any](indices []int, key func(k int) K, compare func(a, b K) int) []int {
	var best K
	var kept []int
	for _, k := range indices {
		this := key(k)
		if len(kept) > 0 {
			switch c := compare(this, best); {
			case c < 0:
				continue
			case c > 0:
				kept = kept[:0]
			}
		}
		if len(kept) == 0 {
			best = this
		}
		kept = append(kept, k)
	}
	return slices.Clip(kept)
}

// Nash returns the indices of the points that, among those giving no side less
// than base, leave the most sides strictly above it and of these have the
// largest product of the gains above it (Nash 1950). Empty when no point gives
// every side its base.
func Nash(points [][]int64, base []int64) []int {
	key := func(k int) nashKey { return nashOf(points[k], base) }
	return bestBy(rational(points, base), key, func(a, b nashKey) int {
		if a.above != b.above {
			return a.above - b.above
		}
		return a.product.Cmp(b.product)
	})
}

type nashKey struct {
	above   int
	product *big.Int // of the gains that are not zero
}

func nashOf(values, base []int64) nashKey {
	key := nashKey{product: big.NewInt(1)}
	var factor big.Int
	for p, v := range values {
		if g := gain(v, base[p]); g > 0 {
			key.above++
			key.product.Mul(key.product, factor.SetUint64(g))
		}
	}
	return key
}
