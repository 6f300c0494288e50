package again

import (
	"math/big"
	"slices"
)

// mostKept bounds what is kept of each kind for outweighs to try.
const mostKept = 64

// outweighs reports whether numbers sum to less than 0 under all weights that are above 0, fall strictly from tier to tier and
// keep what is said, where weights or numbers met before tell.
func (b *beliefs) outweighs(numbers row) (is, known bool) {
	for _, w := range b.inside {
		if w.covers(numbers) && w.favours(numbers) >= 0 {
			return false, true
		}
	}
	for _, less := range b.outside {
		if numbers.noneAbove(less) {
			return true, true
		}
	}
	return false, false
}

// outweigh finds it out.
func (b *beliefs) outweigh(numbers row) bool {
	w := b.with(numbers).strict()
	if w == nil {
		b.outside = append([]row{numbers}, b.outside[:min(len(b.outside), mostKept-1)]...)
		return true
	}
	b.inside = append([]witness{witnessOf(w)}, b.inside[:min(len(b.inside), mostKept-1)]...)
	return false
}

// with is the same side saying, too, that its weights times numbers add up to no less than 0.
func (b *beliefs) with(numbers row) *beliefs {
	more := &beliefs{mine: b.mine, tier: b.tier, named: slices.Clone(b.named)}
	said := make([]*big.Rat, len(numbers))
	for k, v := range numbers {
		said[k] = big.NewRat(v, 1)
		more.named[k] = more.named[k] || v != 0
	}
	more.said = append(slices.Clone(b.said), said)
	return more
}

// covers reports whether everything that changes weighs something.
func (w witness) covers(numbers row) bool {
	for k, v := range numbers {
		if v != 0 && w.weight[k].Sign() == 0 {
			return false
		}
	}
	return true
}

func (r row) noneAbove(o row) bool {
	for k, v := range r {
		if v > o[k] {
			return false
		}
	}
	return true
}
