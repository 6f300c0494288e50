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
	for i := range w.gains {
		w.gains[i] = make([]int64, len(s.Changes))
	}
	return w
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

// acceptable counts who accepts what, and returns the Nash package, or -1. The
// product in floating point leaves out what is smaller by more than its rounding;
// whole numbers decide the rest.
func (w *surveyor) acceptable() (nash int) {
	nash = -1
	most := 0.0
	gains, best := w.gains[0], w.gains[1]
	for p := range w.k.n {
		all, product := true, 1.0
		accepts := w.shares.Acceptable[p]
		for side, values := range w.values {
			gain := values[p]
			if w.s.Base != nil {
				gain -= w.s.Base[side]
			}
			gains[side] = gain
			if gain >= 0 {
				accepts[side]++
			} else {
				all = false
			}
			product *= float64(gain)
		}
		if !all {
			continue
		}
		w.shares.All[p]++
		if nash < 0 || product >= most*(1-1e-9) && larger(gains, best) {
			nash, most = p, product
			copy(best, gains)
		}
	}
	return nash
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
	for p := range w.k.n {
		most := uint64(0)
		for side, values := range w.values {
			most = max(most, w.thousandths(side, uint64(w.best[side]-values[p])))
		}
		w.shares.Regret[p][most]++
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
