package pareto

import "math"

// Walker visits the feasible packages of a space that give every side at least a
// floor and come close to the best weighted sum. For positive weights the best
// sum is additive over issues, so an option that loses more than the slack
// inside its own issue stands in no such package; what is left is a small core,
// searched depth first. Issues that interact are decided together where they
// are few (knots); other terms enter the bound with the most they can give, and
// other rules are tested as soon as they are decided (ties). Weights are floats
// and serve only to leave out what is outside the slack by more than every
// rounding error; values are integers throughout.
//
// The zero Walker is ready for Reset. It allocates nothing once it has grown to
// the size of its spaces. One goroutine uses it at a time.
type Walker struct {
	sides  int
	starts []int     // options of issue i, or combinations of knot i: starts[i] to starts[i+1]
	values []int64   // sides per option
	given  []int32   // option number in the given table, or the combination of the knot
	floats []float64 // values as floats
	size   []float64 // per side: no less than the largest absolute value of a package
	spread []float64 // per side: no less than the difference of two packages
	most   []int64   // per side: no less than the best package gives
	least  []int64   // per side: no more than the worst package gives

	loss   []float64 // per option: what it loses against the best of its issue
	margin float64   // above every rounding error of a weighted sum
	void   bool      // some knot has no feasible combination

	tied  bool // the space has terms or rules
	knots knots
	ties  ties
	rows  []int64   // sides per combination of the knot being added
	worth []float64 // per option: its weighted sum with what ties credit it with

	core coreSearch
}

// Reset takes a space that passes Check. Options beaten inside their issue and
// repetitions of equal options are left out, if what remains serves every rule
// and term as well.
func (w *Walker) Reset(s Space) {
	w.sides, w.tied, w.void = s.Sides, s.Interacts(), false
	w.starts = append(w.starts[:0], 0)
	w.values, w.floats, w.given = w.values[:0], w.floats[:0], w.given[:0]
	if w.tied {
		w.addKnots(s)
	} else {
		w.addIssues(s.Table)
	}
	w.measure()
}

func (w *Walker) addIssues(t Table) {
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
}

// addKnots does the same for the combinations of knots.
func (w *Walker) addKnots(s Space) {
	w.knots.most = mostTogether
	if !w.knots.read(s) {
		w.ties.read(s, &w.knots)
	}
	w.ties.revalue(s)
	k := &w.knots
	for knot := range k.len() {
		first, last := k.first[knot], k.first[knot+1]
		w.rows = k.values(s, knot, w.rows[:0])
		for c := first; c < last; c++ {
			if w.spareCombination(c-first, first) {
				continue
			}
			w.given = append(w.given, int32(c))
			for _, v := range w.rows[(c-first)*w.sides : (c-first+1)*w.sides] {
				w.values = append(w.values, v)
				w.floats = append(w.floats, float64(v))
			}
		}
		w.void = w.void || first == last
		w.starts = append(w.starts, len(w.given))
	}
}

// spareCombination is spare for a combination of the knot whose values stand in
// rows.
func (w *Walker) spareCombination(c, first int) bool {
	mine := w.rows[c*w.sides : (c+1)*w.sides]
	for other := range len(w.rows) / w.sides {
		theirs := w.rows[other*w.sides : (other+1)*w.sides]
		if other != c && atLeast(theirs, mine) && (other < c || !atLeast(mine, theirs)) && w.ties.replaces(first+other, first+c) {
			return true
		}
	}
	return false
}

// measure finds how much each side can get and how little.
func (w *Walker) measure() {
	w.size, w.spread = grow(w.size, w.sides), grow(w.spread, w.sides)
	w.most, w.least = grow(w.most, w.sides), grow(w.least, w.sides)
	clear(w.size)
	clear(w.spread)
	clear(w.most)
	clear(w.least)
	for i := range w.issues() {
		from, to := w.starts[i]*w.sides, w.starts[i+1]*w.sides
		if from == to {
			continue
		}
		for p := range w.sides {
			least, most := w.values[from+p], w.values[from+p]
			for at := from + w.sides + p; at < to; at += w.sides {
				least, most = min(least, w.values[at]), max(most, w.values[at])
			}
			w.size[p] += float64(max(most, -least))
			w.spread[p] += float64(most - least)
			w.most[p] += most
			w.least[p] += least
		}
	}
	if w.linked() {
		for n, v := range w.ties.gives {
			p := n % w.sides
			w.size[p] += float64(max(v, -v))
			w.spread[p] += float64(max(v, -v))
			w.most[p] += max(0, v)
			w.least[p] += min(0, v)
		}
	}
}

// linked reports whether something reaches beyond the knots.
func (w *Walker) linked() bool { return w.tied && w.ties.any() }

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

// Spread is no less than the difference between the most and the least side p
// can get.
func (w *Walker) Spread(p int) float64 { return w.spread[p] }

// Most is no less than the most side p can get. The space is not void.
func (w *Walker) Most(p int) int64 { return w.most[p] }

// Least is no more than the least side p can get from a package of options that
// are not left out.
func (w *Walker) Least(p int) int64 { return w.least[p] }

// Void reports whether it is plain that no package is feasible.
func (w *Walker) Void() bool { return w.void }

// Best returns a weighted sum that no feasible package exceeds by more than the
// margin and writes what the package that suggests it gives each side. Met tells
// whether that package is feasible; without interaction it always is, and the
// sum is its own. Weights are not negative, and the space is not void.
func (w *Walker) Best(weights []float64, values []int64) (sum float64, met bool) {
	if w.linked() {
		return w.bestTied(weights, values)
	}
	clear(values)
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
	return sum, true
}

// bestTied counts every term with what its literals are credited with.
func (w *Walker) bestTied(weights []float64, values []int64) (sum float64, met bool) {
	sum = w.weigh(weights)
	met = !w.ties.begin(values)
	for i := range w.issues() {
		first := w.starts[i]
		best, at := w.worth[first], first
		for o := first + 1; o < w.starts[i+1]; o++ {
			if w.worth[o] > best {
				best, at = w.worth[o], o
			}
		}
		sum += best
		_, keeps := w.ties.decide(w.ties.of(int(w.given[at])), values)
		met = met && keeps
		for p := range values {
			values[p] += w.values[at*w.sides+p]
		}
	}
	return sum, met
}

// weigh fills worth and returns the weight of the terms that always hold.
func (w *Walker) weigh(weights []float64) float64 {
	always := w.ties.weigh(weights)
	w.worth = grow(w.worth, len(w.given))
	for o, c := range w.given {
		w.worth[o] = w.score(weights, o) + w.ties.credit(int(c))
	}
	return always
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
	size, terms := 0.0, w.issues()+w.sides
	for p, s := range w.size {
		size += float64(weights[p] * s)
	}
	if w.linked() {
		terms += len(w.ties.all)
	}
	return float64(size * 1e-12 * float64(terms)) // rounded before it is added to a slack
}

// Begin starts a walk over the feasible packages that give each side at least
// its floor and whose weighted sum is at most slack below Best. Budget bounds
// the partial packages looked at (0: no bound). Rounding never loses a package;
// packages slightly beyond the slack may be visited too.
func (w *Walker) Begin(weights []float64, floor []int64, slack float64, budget int) {
	w.margin = w.Margin(weights)
	w.loss = grow(w.loss, len(w.given))
	if w.linked() {
		w.weigh(weights)
		copy(w.loss, w.worth)
	} else {
		for o := range w.loss {
			w.loss[o] = w.score(weights, o)
		}
	}
	for i := range w.issues() {
		best := math.Inf(-1)
		for o := w.starts[i]; o < w.starts[i+1]; o++ {
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
		w.place(i, int(w.core.taken[d]), choice)
	}
}

// place writes the given option numbers of one issue or knot.
func (w *Walker) place(i, option int, choice []int) {
	given := int(w.given[option])
	if !w.tied {
		choice[i] = given
		return
	}
	for j, o := range w.knots.part(i, given) {
		choice[w.knots.members(i)[j]] = int(o)
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
