package pareto

import (
	"math"
	"slices"
)

// frame is a space brought to the form that is searched: a vector of
// coordinates, of which the first are the sides and each of the others must
// reach a floor; options and bonds that add to them; and bonds that must not
// hold. Rules are gone: what demands one of several literals forbids that all
// of them fail, every other rule is one more coordinate.
type frame struct {
	sides  int
	floor  []int64 // of the coordinates after the sides
	issues [][]choiceOf
	bonds  []bond
	fixed  []int64 // what every package has
	empty  bool    // no package is feasible
}

// choiceOf is an option that is still open, with what it adds by itself.
type choiceOf struct {
	option int // in the space
	values []int64
}

// bond is a conjunction of literals about different issues. Values nil: it must
// not hold.
type bond struct {
	all    []tie
	values []int64
}

// tie is a literal; holds has an entry for every open option of its issue.
type tie struct {
	issue int
	holds []bool
}

func (f *frame) width() int { return f.sides + len(f.floor) }

// maxForbidden bounds how many forbidden conjunctions a rule "k of m" turns
// into before it becomes a coordinate that counts.
const maxForbidden = 64

// newFrame reads a space. Floor, if not nil, adds one coordinate for each side
// whose floor not every package reaches. Weights, if not nil, put the weighted
// sum of the sides in their place.
func newFrame(s Space, floor, weights []int64) *frame {
	f := &frame{sides: s.Sides, fixed: make([]int64, s.Sides)}
	for _, options := range s.Issues {
		var open []choiceOf
		for o, values := range options {
			open = append(open, choiceOf{option: o, values: slices.Clone(values)})
		}
		f.issues = append(f.issues, open)
	}
	for _, t := range s.Terms {
		f.addBond(t.All, t.Values)
	}
	for p, least := range floor {
		f.addFloor(p, least)
	}
	for _, r := range s.Rules {
		f.addRule(r)
	}
	if weights != nil {
		f.collapse(weights)
	}
	f.reduce()
	return f
}

// conjunction unites literals, those about the same issue by what they have in
// common. It is false where they cannot hold together.
func (f *frame) conjunction(all []Literal, failing []Literal) ([]tie, bool) {
	var ties []tie
	add := func(l Literal, want bool) {
		at := slices.IndexFunc(ties, func(t tie) bool { return t.issue == l.Issue })
		if at < 0 {
			at = len(ties)
			ties = append(ties, tie{issue: l.Issue, holds: make([]bool, len(f.issues[l.Issue]))})
			for k := range ties[at].holds {
				ties[at].holds[k] = true
			}
		}
		for k, open := range f.issues[l.Issue] {
			_, named := slices.BinarySearch(l.Options, open.option)
			ties[at].holds[k] = ties[at].holds[k] && named == want
		}
	}
	for _, l := range all {
		add(l, true)
	}
	for _, l := range failing {
		add(l, false)
	}
	for _, t := range ties {
		if !slices.Contains(t.holds, true) {
			return nil, false
		}
	}
	slices.SortFunc(ties, func(a, b tie) int { return a.issue - b.issue })
	return ties, true
}

// addBond takes a term; values may be shorter than the frame is wide.
func (f *frame) addBond(all []Literal, values []int64) {
	if ties, possible := f.conjunction(all, nil); possible {
		f.bonds = append(f.bonds, bond{all: ties, values: f.widened(values)})
	}
}

func (f *frame) widened(values []int64) []int64 {
	wide := make([]int64, f.width())
	copy(wide, values)
	return wide
}

func (f *frame) forbid(all, failing []Literal) {
	if ties, possible := f.conjunction(all, failing); possible {
		f.bonds = append(f.bonds, bond{all: ties})
	}
}

// addCoordinate adds a coordinate that nothing adds to yet and returns its number.
func (f *frame) addCoordinate(floor int64) int {
	f.floor = append(f.floor, floor)
	f.fixed = append(f.fixed, 0)
	for _, options := range f.issues {
		for k := range options {
			options[k].values = append(options[k].values, 0)
		}
	}
	for k := range f.bonds {
		if f.bonds[k].values != nil {
			f.bonds[k].values = append(f.bonds[k].values, 0)
		}
	}
	return f.width() - 1
}

// addFloor copies the coordinate of a side into one that has a floor.
func (f *frame) addFloor(p int, least int64) {
	if low, _ := f.extent(p); low >= least {
		return
	}
	q := f.addCoordinate(least)
	for _, options := range f.issues {
		for _, o := range options {
			o.values[q] = o.values[p]
		}
	}
	for _, b := range f.bonds {
		if b.values != nil {
			b.values[q] = b.values[p]
		}
	}
}

// collapse puts one coordinate in the place of the sides.
func (f *frame) collapse(weights []int64) {
	weighted := func(values []int64) []int64 {
		sum := int64(0)
		for p, w := range weights {
			sum += w * values[p]
		}
		return append([]int64{sum}, values[f.sides:]...)
	}
	for _, options := range f.issues {
		for k := range options {
			options[k].values = weighted(options[k].values)
		}
	}
	for k, b := range f.bonds {
		if b.values != nil {
			f.bonds[k].values = weighted(b.values)
		}
	}
	f.fixed = weighted(f.fixed)
	f.sides = 1
}

// addRule turns a rule into forbidden conjunctions or into a coordinate.
func (f *frame) addRule(r Rule) {
	switch m := len(r.Of); {
	case r.Sum != nil:
		f.addSum(r.When, r.Sum)
	case r.AtLeast <= 0:
	case r.AtLeast > m:
		f.forbid(r.When, nil)
	case subsets(m, m-r.AtLeast+1) <= maxForbidden:
		each(m, m-r.AtLeast+1, func(chosen []int) {
			var failing []Literal
			for _, k := range chosen {
				failing = append(failing, r.Of[k])
			}
			f.forbid(r.When, failing)
		})
	default:
		count := &Sum{Amounts: make([][]int64, len(f.issues)), Least: int64(r.AtLeast)}
		for _, l := range r.Of {
			count.Terms = append(count.Terms, Amount{All: []Literal{l}, Value: 1})
		}
		f.addSum(r.When, count)
	}
}

// addSum adds the sum as a coordinate. Where it counts only when something
// holds, the floor is lowered to what the sum has anyway, and the coordinate by
// as much where that something holds.
func (f *frame) addSum(when []Literal, s *Sum) {
	q := f.addCoordinate(s.Least)
	for i, amounts := range s.Amounts {
		for k := range f.issues[i] {
			if amounts != nil {
				f.issues[i][k].values[q] = amounts[f.issues[i][k].option]
			}
		}
	}
	unit := make([]int64, f.width())
	for _, t := range s.Terms {
		unit[q] = t.Value
		f.addBond(t.All, unit)
	}
	low, _ := f.extent(q)
	if len(when) > 0 && low < s.Least {
		unit[q] = low - s.Least
		f.addBond(when, unit)
		f.floor[q-f.sides] = low
	}
}

// extent bounds a coordinate over all packages.
func (f *frame) extent(q int) (low, high int64) {
	low, high = f.fixed[q], f.fixed[q]
	for _, options := range f.issues {
		least, most := int64(math.MaxInt64), int64(math.MinInt64)
		for _, o := range options {
			least, most = min(least, o.values[q]), max(most, o.values[q])
		}
		low, high = low+least, high+most
	}
	for _, b := range f.bonds {
		if b.values != nil {
			low, high = low+min(0, b.values[q]), high+max(0, b.values[q])
		}
	}
	return low, high
}

// subsets is how many subsets of k of m there are, at most maxForbidden+1.
func subsets(m, k int) int {
	n := 1
	for i := range min(k, m-k) { // until the middle the numbers rise
		if n = n * (m - i) / (i + 1); n > maxForbidden {
			return maxForbidden + 1
		}
	}
	return n
}

// each calls visit with every ascending choice of k of m numbers.
func each(m, k int, visit func([]int)) {
	chosen := make([]int, k)
	var pick func(at, from int)
	pick = func(at, from int) {
		if at == k {
			visit(chosen)
			return
		}
		for i := from; i <= m-(k-at); i++ {
			chosen[at] = i
			pick(at+1, i+1)
		}
	}
	pick(0, 0)
}
