package pareto

import "slices"

// archive is what a search has found: mutually unbeaten vectors of the sides,
// and the corners of what they leave open. A vector is beaten or equalled by
// none of them exactly if it lies strictly above some corner on every side
// (Klamroth, Lacour and Vanderpooten 2015).
type archive struct {
	sides   int
	points  []Point
	corners [][]int64
}

// newArchive starts below everything.
func newArchive(low []int64) *archive {
	return &archive{sides: len(low), corners: [][]int64{low}}
}

// open reports whether a vector is beaten or equalled by no point.
func (a *archive) open(values []int64) bool {
	for _, p := range a.points {
		if atLeast(p.Values, values) {
			return false
		}
	}
	return true
}

// add takes a point that is open and drops those it beats.
func (a *archive) add(p Point) {
	a.points = slices.DeleteFunc(a.points, func(q Point) bool { return atLeast(p.Values, q.Values) })
	at, _ := slices.BinarySearchFunc(a.points, p, func(x, y Point) int { return slices.Compare(y.Values, x.Values) })
	a.points = slices.Insert(a.points, at, p)
	var kept, fresh [][]int64
	for _, c := range a.corners {
		if !below(c, p.Values) {
			kept = append(kept, c)
			continue
		}
		for side, v := range p.Values {
			moved := slices.Clone(c)
			moved[side] = v
			fresh = append(fresh, moved)
		}
	}
	for i, c := range fresh {
		redundant := slices.ContainsFunc(kept, func(d []int64) bool { return atLeast(c, d) })
		for j := 0; j < len(fresh) && !redundant; j++ {
			redundant = j != i && atLeast(c, fresh[j]) && (j < i || !slices.Equal(c, fresh[j]))
		}
		if !redundant {
			kept = append(kept, c)
		}
	}
	a.corners = kept
}

// effort is about how many comparisons it takes to add a point: with many sides
// the corners multiply.
func (a *archive) effort(values []int64) int64 {
	var met int64
	for _, c := range a.corners {
		if below(c, values) {
			met++
		}
	}
	fresh := met * int64(len(values))
	return fresh * (fresh + int64(len(a.corners)))
}

// below reports whether every coordinate of a is smaller.
func below(a, b []int64) bool {
	for p, v := range a {
		if v >= b[p] {
			return false
		}
	}
	return true
}
