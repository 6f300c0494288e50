package bargain

import (
	"math"
	"math/bits"

	"parley/engine/pareto"
)

// dual seeks weights under which the best weighted sum of gains says most about
// the best product of gains. For positive weights l and any package, by the
// inequality of arithmetic and geometric means,
//
//	product of gains <= (sum of l times gain / k)^k / product of l
//
// over k sides, and the largest weighted sum over all packages is additive over
// issues, or bounded so where issues interact. The weights that make this bound least are proportional to 1/gain at
// the optimum of the relaxed problem, in which packages may be mixed.
//
// Weights are floats and only ever serve to leave out what cannot be best.
type dual struct {
	walker  *pareto.Walker
	base    []int64
	spread  []float64 // per side: best minus worst, at least 1
	who     group     // the sides whose gains are multiplied
	weights []float64 // the best found
	top     float64   // under them, the largest weighted sum of gains
	trial   []float64
	reached []int64 // what the best package under the trial weights gives
}

// rounds is how often weights are improved before the walk.
const rounds = 12

func (d *dual) reset(w *pareto.Walker, base []int64) {
	d.walker, d.base = w, base
	n := len(base)
	d.spread, d.weights, d.trial = grow(d.spread, n), grow(d.weights, n), grow(d.trial, n)
	d.reached = grow(d.reached, n)
	for p := range d.spread {
		d.spread[p] = max(1, w.Spread(p))
	}
}

// solve improves the weights for the product over the sides in who; the others
// must only keep their base. It calls see with what each feasible package met
// on the way gives.
func (d *dual) solve(who group, see func(values []int64)) {
	d.who = who
	for p, s := range d.spread {
		d.trial[p] = 1 / s
	}
	best := math.Inf(-1)
	for round := range rounds {
		top, met := d.walker.Best(d.trial, d.reached)
		for p, b := range d.base {
			top -= float64(d.trial[p] * float64(b))
		}
		if met {
			see(d.reached)
		}
		if tight := d.tightness(top); tight > best {
			best, d.top = tight, top
			copy(d.weights, d.trial)
		}
		if top <= 0 {
			return
		}
		d.turn(top, 2/(2+float64(round)))
	}
}

// tightness is larger the smaller the bound under the trial weights is.
func (d *dual) tightness(top float64) float64 {
	if top <= 0 {
		return math.Inf(1)
	}
	k := float64(d.who.size())
	product, sum := 1.0, 0.0
	for p, w := range d.trial {
		part := w * d.spread[p] / top
		sum += part
		if d.who.has(p) {
			product *= part * k
		}
	}
	if d.who == 0 {
		return sum
	}
	return product
}

// turn moves the trial weights so that each side's part in the best sum comes
// closer to an equal part, or to none for a side that only keeps its base.
func (d *dual) turn(top, step float64) {
	even := top / float64(max(1, d.who.size()))
	for p, v := range d.reached {
		excess := d.trial[p] * (float64(v) - float64(d.base[p])) / even
		if d.who.has(p) {
			excess--
		}
		d.trial[p] *= min(2, max(0.5, 1-float64(step*excess)))
	}
}

// slack is how far below the best weighted sum a package may lie and still have
// a product of gains as large as that of the gains given.
func (d *dual) slack(gains []int64) float64 {
	if d.who == 0 {
		return d.top
	}
	k := d.who.size()
	product, at := 1.0, 0
	for p, w := range d.weights {
		if !d.who.has(p) {
			continue
		}
		for gains[at] == 0 { // another group of as many sides may have gained them
			at++
		}
		product *= w * float64(gains[at]) * float64(k) / d.top
		at++
	}
	return d.top - float64(d.top*root(product, k))
}

// sure is a slack that leaves out no package with a gain for each side in who.
func (d *dual) sure() float64 {
	slack := d.top
	for p, w := range d.weights {
		if d.who.has(p) {
			slack -= w
		}
	}
	return slack
}

// root is the k-th root of a number up to 1 by Newton's method, which comes
// down on it from 1; 0 when that takes too long. The mathematical library
// rounds differently from machine to machine.
func root(a float64, k int) float64 {
	x := 1.0
	for range 200 {
		power := 1.0
		for range k - 1 {
			power *= x
		}
		next := (float64(float64(k-1)*x) + a/power) / float64(k)
		if next >= x {
			return x
		}
		x = next
	}
	return 0
}

// group is a set of sides, of which a table has at most 64.
type group uint64

func (g group) has(p int) bool { return g>>p&1 == 1 }
func (g group) size() int      { return bits.OnesCount64(uint64(g)) }
