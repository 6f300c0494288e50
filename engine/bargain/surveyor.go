package bargain

import (
	"math/bits"
	"slices"
)

// surveyor is one worker of a survey. It holds all packages against a hand of
// weightings at a time.
type surveyor struct {
	s        *Survey
	k        *kernel
	shares   *Shares
	samplers []*Sampler
	weights  [][][]int64 // by side and weighting
	worth    *worth
	live     hand                // 1 where a weighting was drawn
	values   [][]hand            // by side and package
	best     []hand              // by side: the largest values
	base     []int64             // by side
	measures []thousandth        // by side: the value of one interest in full
	most     [][2 * lanes]uint64 // by package: the largest loss of a side, in thousandths
	bins     [][]uint16          // by package: regrets that are not counted yet
	held     int                 // how many
	gains    [2][]int64
	accepts  [][]int64 // by side and package: what the shares say in the end
	places   *places   // nil where no package is listed
}

func (s *Survey) worker(k *kernel) *surveyor {
	sides := len(s.Changes)
	w := &surveyor{
		s: s, k: k, shares: s.none(), worth: new(worth), best: make([]hand, sides), base: s.Base,
		gains: [2][]int64{make([]int64, sides), make([]int64, sides)}, accepts: table(sides, k.n),
	}
	for side, p := range s.Weights {
		w.samplers = append(w.samplers, p.NewSampler(s.Total))
		w.weights = append(w.weights, table(k.width(), p.n))
		w.values = append(w.values, make([]hand, k.n))
		w.measures = append(w.measures, newThousandth(uint64(s.Total*s.Unit[side])))
	}
	w.most = make([][2 * lanes]uint64, k.n)
	for range k.n {
		w.bins = append(w.bins, make([]uint16, chunk+2*lanes))
	}
	if w.base == nil {
		w.base = make([]int64, sides)
	}
	if len(s.Listed) > 0 {
		w.places = newPlaces(s, k.n)
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

// draw draws the weightings from one sample to another, at most a hand of them,
// and counts how the packages fare under each.
func (w *surveyor) draw(from, to int) {
	w.live = hand{}
	for lane := range to - from {
		w.live[lane] = 1
	}
	for side, sampler := range w.samplers {
		for lane := range to - from {
			sampler.Draw(NewStream(w.s.Seed, side, from+lane), w.weights[side][lane])
		}
		w.k.values(side, w.weights[side], w.worth, w.values[side])
		w.best[side] = largest(w.values[side])
	}
	w.shares.Samples += int64(to - from)
	w.bargain(to - from)
	w.regret()
	w.held += to - from
	if w.places == nil {
		return
	}
	for lane := range to - from {
		w.places.count(w, lane)
	}
}

func largest(values []hand) hand {
	best := values[0]
	for p := range values {
		for lane, v := range values[p] {
			best[lane] = max(best[lane], v)
		}
	}
	return best
}

// bargain counts who accepts what, and finds the Nash packages. Products in
// floating point leave out what is smaller by more than their rounding; whole
// numbers decide the rest.
func (w *surveyor) bargain(drawn int) {
	var most [2 * lanes]float64
	var nash [2 * lanes]int
	for p := range w.k.n {
		agreed, all := w.live, int64(0)
		for side, base := range w.base {
			accepts := int64(0)
			for lane, v := range w.values[side][p] {
				yes := w.live[lane] &^ ((v - base) >> 63)
				accepts += yes
				agreed[lane] &= yes
			}
			w.accepts[side][p] += accepts
		}
		for lane, yes := range agreed {
			if yes == 0 {
				continue
			}
			all++
			product := 1.0
			for side, base := range w.base {
				product *= float64(w.values[side][p][lane] - base)
			}
			if nash[lane] == 0 || product >= most[lane]*(1-1e-9) && w.larger(lane, p, nash[lane]-1) {
				nash[lane], most[lane] = p+1, product
			}
		}
		w.shares.All[p] += all
	}
	for lane, p := range nash[:drawn] {
		if p == 0 {
			w.shares.None++
			continue
		}
		w.shares.Nash[p-1]++
		for side, row := range w.shares.Central[p-1] {
			addRow(row, w.weights[side][lane])
		}
	}
}

// larger compares the products of the gains of two packages.
func (w *surveyor) larger(lane, p, q int) bool {
	a, b := w.gains[0], w.gains[1]
	for side, base := range w.base {
		a[side], b[side] = w.values[side][p][lane]-base, w.values[side][q][lane]-base
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

// regret holds, for every package, the largest loss of any side against what is
// best for it, in whole thousandths of an interest in full.
func (w *surveyor) regret() {
	most := w.most
	clear(most)
	for side, measure := range w.measures {
		best, values := &w.best[side], w.values[side][:len(most)]
		for p := range values {
			m := &most[p]
			for lane, v := range &values[p] {
				m[lane] = max(m[lane], measure.of(uint64(best[lane]-v)))
			}
		}
	}
	for p := range most {
		at := w.bins[p][w.held:][:2*lanes]
		for lane, v := range &most[p] {
			at[lane] = uint16(v)
		}
	}
}

// flush counts the regrets that are held: those of one package lie far from those
// of the next, so that many of one are counted at a time.
func (w *surveyor) flush() {
	for p, row := range w.shares.Regret {
		for _, v := range w.bins[p][:w.held] {
			row[v]++
		}
	}
	w.held = 0
}
