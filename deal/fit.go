package deal

import (
	"math/big"
	"slices"
)

// The search adds integers of 61 bits. Values of a side that need more are
// rounded to multiples of 1/2^k, k as large as fits.
const fittedBits = 60

// smallMultiple and smallRatio bound the proportions that rounding keeps: a
// rounded unit is off by at most half a step, its multiple by that many halves.
const (
	smallMultiple = 1 << 14
	smallRatio    = 1 << 8
)

// fitted makes the values of one side, by issue and option, fit the search
// together with the others that are added to them or compared with them. Scale is
// what all of them are multiplied with to become integers. Where the exact
// common denominator is too large they are rounded in place. Then the options of
// an issue stay in the proportions that they have wherever these are small whole
// numbers, and so do issues whose units are small multiples of one another;
// packages that are equal for this reason stay equal, which rounding each value
// by itself would not keep.
func fitted(options [][]*big.Rat, others []*big.Rat) (scale *big.Int, wasRounded bool) {
	reach := reachOf(options, others)
	if common, ok := commonDenominator(slices.Concat(slices.Concat(options...), others)); ok && fits(reach, common) {
		return common, false
	}
	scale = big.NewInt(1)
	for twice := big.NewInt(2); fits(reach, twice) && twice.BitLen() <= fittedBits+1; twice = new(big.Int).Lsh(scale, 1) {
		scale = twice
	}
	units := make([]unit, len(options))
	for i, values := range options {
		units[i] = unitOf(values)
	}
	for _, v := range slices.Concat(slices.Concat(options...), others) {
		v.Set(rounded(v, scale))
	}
	for i := range units {
		if units[i].of != nil && !units[i].done {
			roundKin(units[i:], options[i:], scale)
		}
	}
	return scale, true
}

// reachOf is the most that values can add up to.
func reachOf(options [][]*big.Rat, others []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, values := range options {
		most := new(big.Rat)
		for _, v := range values {
			if a := new(big.Rat).Abs(v); a.Cmp(most) > 0 {
				most = a
			}
		}
		sum.Add(sum, most)
	}
	for _, v := range others {
		sum.Add(sum, new(big.Rat).Abs(v))
	}
	return sum
}

func fits(reach *big.Rat, scale *big.Int) bool {
	v := new(big.Rat).Mul(reach, new(big.Rat).SetInt(scale))
	return new(big.Int).Quo(v.Num(), v.Denom()).BitLen() <= fittedBits
}

// commonDenominator gives up beyond what could ever fit, so that no number grows
// without bound.
func commonDenominator(values []*big.Rat) (*big.Int, bool) {
	common := big.NewInt(1)
	for _, v := range values {
		if lcm(common, v.Denom()); common.BitLen() > 2*fittedBits {
			return nil, false
		}
	}
	return common, true
}

// unit is the largest number of which all values of an issue are whole
// multiples. Nil where the multiples are not small, or all values are nothing.
type unit struct {
	of        *big.Rat
	multiples []int64
	done      bool
}

func unitOf(values []*big.Rat) unit {
	var of *big.Rat
	for _, v := range values {
		if v.Sign() != 0 {
			of = commonMeasure(of, v)
		}
	}
	if of == nil {
		return unit{}
	}
	u := unit{of: of}
	for _, v := range values {
		n := new(big.Rat).Quo(v, of).Num()
		if !n.IsInt64() || n.Int64() > smallMultiple || n.Int64() < -smallMultiple {
			return unit{}
		}
		u.multiples = append(u.multiples, n.Int64())
	}
	return u
}

// commonMeasure is the largest number of which both are whole multiples:
// gcd(a·d, c·b) / (b·d) for a/b and c/d.
func commonMeasure(x, y *big.Rat) *big.Rat {
	if x == nil {
		return new(big.Rat).Abs(y)
	}
	left := new(big.Int).Mul(x.Num(), y.Denom())
	right := new(big.Int).Mul(y.Num(), x.Denom())
	gcd := new(big.Int).GCD(nil, nil, left.Abs(left), right.Abs(right))
	return new(big.Rat).SetFrac(gcd, new(big.Int).Mul(x.Denom(), y.Denom()))
}

// roundKin takes the issues whose units are small multiples of a measure common
// with the first one's, rounds that measure, and makes their values anew from it.
func roundKin(units []unit, options [][]*big.Rat, scale *big.Int) {
	measure := units[0].of
	var kin []int
	for i := range units {
		u := &units[i]
		if u.of == nil || u.done || !smallStep(u.of, units[0].of) {
			continue
		}
		shared := commonMeasure(measure, u.of)
		if !smallStep(shared, units[0].of) {
			continue
		}
		measure = shared
		kin = append(kin, i)
	}
	base := rounded(measure, scale)
	for _, i := range kin {
		steps := new(big.Rat).Quo(units[i].of, measure)
		for o, n := range units[i].multiples {
			v := options[i][o].Mul(steps, big.NewRat(n, 1))
			v.Mul(v, base)
		}
		units[i].done = true
	}
}

// smallStep reports whether two numbers are to each other as small whole ones.
func smallStep(x, y *big.Rat) bool {
	r := new(big.Rat).Quo(x, y)
	limit := big.NewInt(smallRatio)
	return r.Num().CmpAbs(limit) <= 0 && r.Denom().Cmp(limit) <= 0
}

// rounded is the nearest multiple of 1/scale, halves upward.
func rounded(v *big.Rat, scale *big.Int) *big.Rat {
	n := new(big.Int).Mul(v.Num(), scale)
	n.Lsh(n, 1).Add(n, v.Denom())
	n.Div(n, new(big.Int).Lsh(v.Denom(), 1))
	return new(big.Rat).SetFrac(n, scale)
}
