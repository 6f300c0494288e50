package pareto

import (
	"math/big"
	"math/bits"
)

// tally counts packages exactly: in machine words as long as every count fits
// one, in big integers from then on.
type tally struct {
	small []uint64
	large []*big.Int // nil while small serves
}

// push appends times times the count of src at j.
func (t *tally) push(src *tally, j int32, times uint64) {
	if t.large == nil {
		t.small = append(t.small, 0)
	} else {
		t.large = append(t.large, new(big.Int))
	}
	t.add(t.len()-1, src, j, times)
}

// set replaces the count at i.
func (t *tally) set(i int, src *tally, j int32, times uint64) {
	if t.large == nil {
		t.small[i] = 0
	} else {
		t.large[i] = new(big.Int)
	}
	t.add(i, src, j, times)
}

// add adds times times the count of src at j to the count at i.
func (t *tally) add(i int, src *tally, j int32, times uint64) {
	if t.large == nil && src.large == nil {
		over, product := bits.Mul64(src.small[j], times)
		sum, carry := bits.Add64(t.small[i], product, 0)
		if over == 0 && carry == 0 {
			t.small[i] = sum
			return
		}
	}
	t.grow()
	product := new(big.Int).SetUint64(times)
	product.Mul(product, src.at(int(j)))
	t.large[i].Add(t.large[i], product)
}

func (t *tally) grow() {
	if t.large != nil {
		return
	}
	t.large = make([]*big.Int, len(t.small), max(cap(t.small), 1))
	for i := range t.small {
		t.large[i] = new(big.Int).SetUint64(t.small[i])
	}
	t.small = nil
}

// at is a fresh copy of the count at i.
func (t *tally) at(i int) *big.Int {
	if t.large == nil {
		return new(big.Int).SetUint64(t.small[i])
	}
	return new(big.Int).Set(t.large[i])
}

func (t *tally) len() int { return max(len(t.small), len(t.large)) }
