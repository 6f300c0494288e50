package again

import (
	"math/big"
	"slices"
)

// The numbers of a side are whole on its scale where that has room: their common denominator has at most fineBits bits, and
// they add up to less than 2^roomBits. Else they are rounded to a power of two, and what is in small proportions stays so:
// options that are at most mostTimes times the unit of their issue, issues whose units are to each other as numbers up to mostApart.
const fineBits, roomBits, mostTimes, mostApart = 120, 60, 1 << 14, 1 << 8

// fit finds the scale of a side's points, by issue and option, with the others that are added to them or held against them.
// Those that it is too small for are rounded in place.
func fit(columns [][]*big.Rat, others []*big.Rat) (scale *big.Int, rounded bool) {
	scale, reach := big.NewInt(1), new(big.Rat)
	all := slices.Concat(slices.Concat(columns...), others)
	for _, v := range all {
		if lcm(scale, v.Denom()); scale.BitLen() > fineBits {
			break
		}
	}
	for _, column := range columns {
		most := new(big.Rat)
		for _, v := range column {
			if size := new(big.Rat).Abs(v); size.Cmp(most) > 0 {
				most = size
			}
		}
		reach.Add(reach, most)
	}
	for _, v := range others {
		reach.Add(reach, new(big.Rat).Abs(v))
	}
	power := func(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
	hasRoom := func(scale *big.Int) bool {
		return mul(reach, new(big.Rat).SetInt(scale)).Cmp(new(big.Rat).SetInt(power(roomBits))) < 0
	}
	if scale.BitLen() <= fineBits && hasRoom(scale) {
		return scale, false
	}
	bits := uint(0)
	for bits < roomBits && hasRoom(power(bits+1)) {
		bits++
	}
	scale = power(bits)
	alike := proportions(columns, scale)
	for _, v := range all {
		v.Set(nearest(v, scale))
	}
	for i, column := range alike {
		for k, v := range column {
			columns[i][k].Set(v)
		}
	}
	return scale, true
}

// nearest is the multiple of 1/scale next to a number, of two the upper one.
func nearest(v *big.Rat, scale *big.Int) *big.Rat {
	n := mul(v, new(big.Rat).SetInt(scale))
	n.Add(n, big.NewRat(1, 2))
	return n.SetFrac(new(big.Int).Div(n.Num(), n.Denom()), scale)
}

// proportions are the numbers of the issues, by place, of which a common measure is rounded and not each number by itself.
func proportions(columns [][]*big.Rat, scale *big.Int) map[int][]*big.Rat {
	units, out := make([]*big.Rat, len(columns)), map[int][]*big.Rat{}
	for i, column := range columns {
		units[i] = measureOf(column)
		for _, v := range column {
			if units[i] != nil && new(big.Rat).Quo(v, units[i]).Num().CmpAbs(big.NewInt(mostTimes)) > 0 {
				units[i] = nil
			}
		}
	}
	near := func(a, b *big.Rat) bool {
		times := new(big.Rat).Quo(a, b)
		return times.Num().CmpAbs(big.NewInt(mostApart)) <= 0 && times.Denom().Cmp(big.NewInt(mostApart)) <= 0
	}
	for i, first := range units {
		if first == nil || out[i] != nil {
			continue
		}
		measure, kin := first, []int{i}
		for j := i + 1; j < len(units); j++ {
			if units[j] == nil || out[j] != nil || !near(units[j], first) {
				continue
			}
			if shared := measureOf([]*big.Rat{measure, units[j]}); near(shared, first) {
				measure, kin = shared, append(kin, j)
			}
		}
		for _, j := range kin {
			for _, v := range columns[j] {
				out[j] = append(out[j], mul(new(big.Rat).Quo(v, measure), nearest(measure, scale)))
			}
		}
	}
	return out
}

// measureOf is the largest number of which all are whole multiples, nil where all are 0. Fractions in lowest terms have that
// of their numerators over what all of their denominators divide.
func measureOf(numbers []*big.Rat) *big.Rat {
	top, bottom := new(big.Int), big.NewInt(1)
	for _, v := range numbers {
		if v.Sign() != 0 {
			top.GCD(nil, nil, top, new(big.Int).Abs(v.Num()))
			lcm(bottom, v.Denom())
		}
	}
	if top.Sign() == 0 {
		return nil
	}
	return new(big.Rat).SetFrac(top, bottom)
}
