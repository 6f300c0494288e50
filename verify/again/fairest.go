package again

import (
	"math/big"
	"slices"
)

// fairness is what is fair among some points, by what each gives every side beyond the baseline.
type fairness struct {
	gains                   [][]*big.Rat
	most                    []*big.Rat // by side: the most that it can gain
	sets                    obj        // the fair picks by their rules
	opposition, integrative *big.Rat   // nil where no point leaves every side its baseline
}

// fairest finds the fair picks among the points that leave no side below the baseline: each is the set of points whose key
// is largest.
func fairest(gains [][]*big.Rat) *fairness {
	f := &fairness{gains: gains}
	for _, gain := range gains {
		if f.most == nil {
			f.most = slices.Repeat([]*big.Rat{new(big.Rat)}, len(gain))
		}
		for s, g := range gain {
			if g.Cmp(f.most[s]) > 0 {
				f.most[s] = g
			}
		}
	}
	leximin := f.pick(func(n int) []*big.Rat { return slices.SortedFunc(slices.Values(f.ratios(n)), (*big.Rat).Cmp) })
	nash := f.pick(func(n int) []*big.Rat {
		above, product := int64(0), big.NewRat(1, 1)
		for _, g := range gains[n] {
			if g.Sign() > 0 {
				above, product = above+1, mul(product, g)
			}
		}
		return []*big.Rat{big.NewRat(above, 1), product}
	})
	utilitarian := f.pick(func(n int) []*big.Rat { return []*big.Rat{added(f.ratios(n))} })
	f.sets = obj{"nash": nash, "leximin": leximin, "kalai_smorodinsky": leximin, "utilitarian": utilitarian}
	if len(nash) > 0 { // else there is no ideal of theirs to be far from
		f.measure()
	}
	return f
}

// ratios are the gains by a point as parts of what each side could gain, for those that can.
func (f *fairness) ratios(n int) (out []*big.Rat) {
	for s, g := range f.gains[n] {
		if f.most[s].Sign() > 0 {
			out = append(out, new(big.Rat).Quo(g, f.most[s]))
		}
	}
	return out
}

func (f *fairness) pick(key func(n int) []*big.Rat) []int {
	var best []*big.Rat
	set := []int{}
	for n, gain := range f.gains {
		if slices.ContainsFunc(gain, func(g *big.Rat) bool { return g.Sign() < 0 }) {
			continue
		}
		k := key(n)
		c := slices.CompareFunc(k, best, (*big.Rat).Cmp)
		if best == nil || c > 0 {
			set, best = set[:0], k
		}
		if c >= 0 {
			set = append(set, n)
		}
	}
	return set
}

// measure finds how near to the ideal of all some point is, and how much more there is than to divide.
func (f *fairness) measure() {
	for n := range f.gains {
		ratios := f.ratios(n)
		if len(ratios) == 0 {
			continue
		}
		far := new(big.Rat)
		for _, z := range ratios {
			d := new(big.Rat).Sub(big.NewRat(1, 1), z)
			far.Add(far, d.Mul(d, d))
		}
		if f.opposition == nil || far.Cmp(f.opposition) < 0 {
			f.opposition = far
		}
		if more := added(ratios); len(ratios) > 1 {
			more.Quo(more.Sub(more, big.NewRat(1, 1)), big.NewRat(int64(len(ratios)-1), 1))
			if f.integrative == nil || more.Cmp(f.integrative) > 0 {
				f.integrative = more
			}
		}
	}
}

func added(of []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, v := range of {
		sum.Add(sum, v)
	}
	return sum
}
