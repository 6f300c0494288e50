package pareto

// Walker visits the packages of a table that give every side at least a floor
// and come close to the best weighted sum. For positive weights the best sum is
// additive over issues, so an option that loses more than the slack inside its
// own issue stands in no such package; what is left is a small core, searched
// depth first. Weights are floats and serve only to leave out what is outside
// the slack by more than every rounding error; values are integers throughout.
//
// The zero Walker is ready for Reset. It allocates nothing once it has grown to
// the size of its tables. One goroutine uses it at a time.
type Walker struct {
	sides  int
	starts []int     // options of issue i: starts[i] to starts[i+1]
	values []int64   // sides per option
	given  []int32   // option number in the given table
	floats []float64 // values as floats
	size   []float64 // per side: sum over issues of the largest absolute value

	loss   []float64 // per option: what it loses against the best of its issue
	margin float64   // above every rounding error of a weighted sum

	core coreSearch
}

// Reset takes a table that passes Check. Options beaten inside their issue and
// repetitions of equal options are left out.
func (w *Walker) Reset(t Table) {
	w.sides = t.Sides
	w.starts = append(w.starts[:0], 0)
	w.values, w.floats, w.given = w.values[:0], w.floats[:0], w.given[:0]
	for _, options := range t.Issues {
		for o, values := range options {
			if spare(options, o) {
				continue
			}
			w.given = append(w.given, int32(o))
			for _, v := range values {
				w.values = append(w.values, v)
				w.floats = append(w.floats, float64(v))
			}
		}
		w.starts = append(w.starts, len(w.given))
	}
	w.size = grow(w.size, w.sides)
	clear(w.size)
	for i := range w.issues() {
		for p := range w.sides {
			largest := 0.0
			for o := w.starts[i]; o < w.starts[i+1]; o++ {
				largest = max(largest, w.floats[o*w.sides+p], -w.floats[o*w.sides+p])
			}
			w.size[p] += largest
		}
	}
}

// spare reports whether an option is beaten inside its issue or repeats an
// earlier one.
func spare(options [][]int64, o int) bool {
	for other, values := range options {
		if other != o && atLeast(values, options[o]) && (other < o || !atLeast(options[o], values)) {
			return true
		}
	}
	return false
}

func (w *Walker) issues() int { return len(w.starts) - 1 }

// Spread is the difference between the most and the least side p can get.
func (w *Walker) Spread(p int) float64 {
	sum := 0.0
	for i := range w.issues() {
		least, most := w.floats[w.starts[i]*w.sides+p], w.floats[w.starts[i]*w.sides+p]
		for o := w.starts[i] + 1; o < w.starts[i+1]; o++ {
			v := w.floats[o*w.sides+p]
			least, most = min(least, v), max(most, v)
		}
		sum += most - least
	}
	return sum
}

// Best returns the largest weighted sum over all packages and writes what a
// package with that sum gives each side. Weights are not negative.
func (w *Walker) Best(weights []float64, values []int64) float64 {
	clear(values)
	sum := 0.0
	for i := range w.issues() {
		first := w.starts[i]
		best, at := w.score(weights, first), first
		for o := first + 1; o < w.starts[i+1]; o++ {
			if score := w.score(weights, o); score > best {
				best, at = score, o
			}
		}
		sum += best
		for p := range values {
			values[p] += w.values[at*w.sides+p]
		}
	}
	return sum
}

// score is the weighted sum of one option. The conversions keep a compiler from
// fusing product and sum, which would round differently from machine to machine.
func (w *Walker) score(weights []float64, o int) float64 {
	if w.sides == 2 { // the usual case, worth a line of its own
		return float64(weights[0]*w.floats[2*o]) + float64(weights[1]*w.floats[2*o+1])
	}
	sum := 0.0
	for p, v := range w.floats[o*w.sides : (o+1)*w.sides] {
		sum += float64(weights[p] * v)
	}
	return sum
}

// Margin is more than the rounding error of any weighted sum under the weights.
func (w *Walker) Margin(weights []float64) float64 {
	size := 0.0
	for p, s := range w.size {
		size += float64(weights[p] * s)
	}
	return float64(size * 1e-12 * float64(w.issues()+w.sides)) // rounded before it is added to a slack
}

// Begin starts a walk over the packages that give each side at least its floor
// and whose weighted sum is at most slack below the best. Budget bounds the
// partial packages looked at (0: no bound). Rounding never loses a package;
// packages slightly beyond the slack may be visited too.
func (w *Walker) Begin(weights []float64, floor []int64, slack float64, budget int) {
	w.margin = w.Margin(weights)
	w.loss = grow(w.loss, len(w.given))
	for i := range w.issues() {
		best := w.score(weights, w.starts[i])
		for o := w.starts[i]; o < w.starts[i+1]; o++ {
			w.loss[o] = w.score(weights, o)
			best = max(best, w.loss[o])
		}
		for o := w.starts[i]; o < w.starts[i+1]; o++ {
			w.loss[o] = best - w.loss[o]
		}
	}
	w.core.begin(w, floor, slack+w.margin, budget)
}

// Tighten lowers the slack of the walk under way.
func (w *Walker) Tighten(slack float64) { w.core.slack = min(w.core.slack, slack+w.margin) }

// Choice writes the given option numbers of the package just visited.
func (w *Walker) Choice(choice []int) {
	for d, i := range w.core.order {
		choice[i] = int(w.given[w.core.taken[d]])
	}
}

// Values is what the package just visited gives each side, until the next call.
func (w *Walker) Values() []int64 { return w.core.sum(w.issues()) }

// Steps is how many partial packages the walk has looked at.
func (w *Walker) Steps() int { return w.core.steps }

// Spent reports whether the walk ended because its budget did.
func (w *Walker) Spent() bool { return w.core.spent }

// Next goes on to the next package and reports whether there is one.
func (w *Walker) Next() bool { return w.core.next() }

// grow is a slice of n elements, never nil, in the memory of s where that is
// enough.
func grow[E any](s []E, n int) []E {
	if s == nil || cap(s) < n {
		return make([]E, n)
	}
	return s[:n]
}
