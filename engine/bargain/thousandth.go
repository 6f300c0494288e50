package bargain

import "math/bits"

// thousandth tells losses in whole thousandths of the value of one interest in full.
type thousandth struct {
	full    uint64
	inverse uint64
}

// newThousandth finds what a loss is multiplied by so that the upper word of the product
// is its whole thousandths. The inverse is too large by less than one in 2^64, which
// makes no loss up to 2^32 a whole thousandth more (Granlund and Montgomery 1994). It is 0
// where it would not be exact, or not fit a word.
func newThousandth(full uint64) thousandth {
	if full <= mostRegret || full > 1<<32 {
		return thousandth{full: full}
	}
	whole, rest := bits.Div64(mostRegret, 0, full)
	if rest > 0 {
		whole++
	}
	return thousandth{full, whole}
}

// of is how many a loss has, rounded down, and at most mostRegret.
func (t thousandth) of(loss uint64) uint64 {
	loss = min(loss, t.full)
	if t.inverse > 0 {
		high, _ := bits.Mul64(loss, t.inverse)
		return high
	}
	high, low := bits.Mul64(loss, mostRegret)
	whole, _ := bits.Div64(high, low, t.full)
	return whole
}
