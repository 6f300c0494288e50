package bargain

import (
	"math"
	"math/bits"
	"slices"
)

// surveyor is one worker of a survey.
type surveyor struct {
	s        *Survey
	k        *kernel
	shares   *Shares
	samplers []*Sampler
	weights  [][]int64 // by side
	values   [][]int64 // by side and package
	best     []int64   // by side: the largest value
	full     []uint64  // by side: the value of one interest in full
	inverse  []uint64  // of full, times 2^64, rounded up
	gains    [2][]int64
	accepts  [][]int64 // by side and package: what the shares say in the end
	refused  []int64   // by package, of one weighting
	products []float64
}

func (s *Survey) worker(k *kernel) *surveyor {
	w := &surveyor{s: s, k: k, shares: s.none(), best: make([]int64, len(s.Changes))}
	for side, p := range s.Weights {
		w.samplers = append(w.samplers, p.NewSampler(s.Total))
		w.weights = append(w.weights, make([]int64, p.n))
		w.values = append(w.values, make([]int64, k.room()))
		full := uint64(s.Total * s.Unit[side])
		w.full, w.inverse = append(w.full, full), append(w.inverse, math.MaxUint64/full+1)
	}
	w.accepts = table(len(s.Changes), k.n)
	w.refused, w.products = make([]int64, k.n), make([]float64, k.n)
	for i := range w.gains {
		w.gains[i] = make([]int64, len(s.Changes))
	}
	return w
}

// done is what the worker has counted.
func (w *surveyor) done() *Shares {
	for side, row := range w.accepts {
		for p, v := range row {
			w.shares.Acceptable[p][side] = v
		}
	}
	return w.shares
}

// count draws one weighting and counts how the packages fare.
func (w *surveyor) count(sample int) {
	for side, sampler := range w.samplers {
		sampler.Draw(NewStream(w.s.Seed, side, sample), w.weights[side])
		w.k.values(side, w.weights[side], w.values[side])
		w.best[side] = slices.Max(w.values[side][:w.k.n])
	}
	w.shares.Samples++
	nash := w.acceptable()
	if nash < 0 {
		w.shares.None++
	} else {
		w.shares.Nash[nash]++
		for side, row := range w.shares.Central[nash] {
			addRow(row, w.weights[side])
		}
	}
	w.regret()
	for at, p := range w.s.Listed {
		w.place(at, p)
	}
}

// acceptable counts who accepts what, and returns the Nash package, or -1. Side
// by side it marks with -1 what somebody does not accept, and multiplies in
// floating point, which leaves out what is smaller by more than its rounding;
// whole numbers decide the rest.
func (w *surveyor) acceptable() (nash int) {
	refused, products := w.refused[:w.k.n], w.products[:w.k.n]
	for side, values := range w.values {
		base, accepts := int64(0), w.accepts[side][:w.k.n]
		if w.s.Base != nil {
			base = w.s.Base[side]
		}
		values = values[:w.k.n]
		for p := range refused {
			gain := values[p] - base
			no := gain >> 63
			accepts[p] += 1 + no
			if side == 0 {
				refused[p], products[p] = no, float64(gain)
			} else {
				refused[p] |= no
				products[p] *= float64(gain)
			}
		}
	}
	nash = -1
	most := 0.0
	for p, no := range refused {
		w.shares.All[p] += 1 + no
		if no == 0 && (nash < 0 || products[p] >= most*(1-1e-9) && w.larger(p, nash)) {
			nash, most = p, products[p]
		}
	}
	return nash
}

// larger compares the products of the gains of two packages.
func (w *surveyor) larger(p, q int) bool {
	a, b := w.gains[0], w.gains[1]
	for side, values := range w.values {
		a[side], b[side] = values[p], values[q]
		if w.s.Base != nil {
			a[side] -= w.s.Base[side]
			b[side] -= w.s.Base[side]
		}
	}
	return larger(a, b)
}

// larger compares the products of two lists of numbers that are not below 0.
func larger(a, b []int64) bool {
	if len(a) == 2 {
		high, low := bits.Mul64(uint64(a[0]), uint64(a[1]))
		high2, low2 := bits.Mul64(uint64(b[0]), uint64(b[1]))
		return high > high2 || high == high2 && low > low2
	}
	return slices.Compare(words(a), words(b)) > 0
}

// words is a product in words of 64 bits, the highest first.
func words(factors []int64) []uint64 {
	out := make([]uint64, len(factors))
	out[len(out)-1] = 1
	for _, f := range factors {
		carry := uint64(0)
		for i := len(out) - 1; i >= 0; i-- {
			high, low := bits.Mul64(out[i], uint64(f))
			var c uint64
			out[i], c = bits.Add64(low, carry, 0)
			carry = high + c
		}
	}
	return out
}

// regret counts, for every package, the largest loss of any side against what is
// best for it, in whole thousandths of an interest in full.
func (w *surveyor) regret() {
	most := w.refused[:w.k.n]
	clear(most)
	for side, values := range w.values {
		values = values[:w.k.n]
		for p := range most {
			most[p] = max(most[p], int64(w.thousandths(side, uint64(w.best[side]-values[p]))))
		}
	}
	for p, v := range most {
		w.shares.Regret[p][v]++
	}
}

// thousandths divides by multiplying with the inverse, which is too large by less
// than one in the result, and takes that one off again.
func (w *surveyor) thousandths(side int, loss uint64) uint64 {
	full := w.full[side]
	if loss >= full {
		return mostRegret
	}
	if full >= 1<<53 { // so much that a thousandth of it is exact enough for the product
		return min(loss/(full/mostRegret), mostRegret)
	}
	loss *= mostRegret
	whole, _ := bits.Mul64(loss, w.inverse[side])
	if whole*full > loss {
		whole--
	}
	return whole
}

// place counts the ranks of a package among all, and whether none dominates it.
func (w *surveyor) place(at, p int) {
	dominated := false
	for side, values := range w.values {
		own, better := values[p], 0
		for _, v := range values[:w.k.n] {
			if v > own {
				better++
			}
		}
		w.shares.Ranks[at][side][better]++
	}
	for q := 0; q < w.k.n && !dominated; q++ {
		better := false
		for _, values := range w.values {
			if values[q] < values[p] {
				better = false
				break
			}
			better = better || values[q] > values[p]
		}
		dominated = better
	}
	if !dominated {
		w.shares.Efficient[at]++
	}
}
