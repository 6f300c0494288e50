package bargain

import (
	"cmp"
	"math/bits"
	"slices"
)

// Representative is a point that stands for those near it.
type Representative struct {
	Point int    // index of the point
	Rule  string // of the pick it comes from, or Cluster
	For   int    // how many points are as near to it as to any other representative, itself included
}

// Pick is what a rule picked among points.
type Pick struct {
	Rule   string
	Points []int
}

// Cluster is the rule of representatives that no rule picked: they are far from
// all others.
const Cluster = "cluster"

// Representatives chooses at most most points that stand for all those that give
// no side less than base, or for all where none does: first the picks, in their
// order, then again and again the points furthest from those chosen (Gonzalez
// 1985), of several as far the most even. Ideal is no less than any point gives.
// Distance is Euclidean between the parts that the sides receive of what they
// can gain, in millionths, so that the scale and origin of a side's points say
// nothing.
//
// Points that nothing tells apart but the names of the sides are chosen together
// or, where they do not fit, passed over. The order of the sides therefore
// changes nothing but the order of such points, unless so many tie for the first
// place that they do not fit: then the first of them stands for all.
func Representatives(points [][]int64, base, ideal []int64, picks []Pick, most int) []Representative {
	kept := rational(points, base)
	if len(kept) == 0 {
		kept, base, ideal = everything(points)
	}
	if len(kept) == 0 || most < 1 {
		return nil
	}
	c := newClustering(points, kept, base, ideal, most)
	for _, pick := range picks {
		c.take(pick.Rule, pick.Points)
	}
	for c.takeFurthest() {
	}
	if len(c.chosen) == 0 {
		c.choose(Cluster, kept[0])
	}
	return c.count()
}

// everything measures from the least that any point gives each side to the most.
func everything(points [][]int64) (kept []int, least, most []int64) {
	for k, values := range points {
		kept = append(kept, k)
		if k == 0 {
			least, most = slices.Clone(values), slices.Clone(values)
		}
		for p, v := range values {
			least[p], most[p] = min(least[p], v), max(most[p], v)
		}
	}
	return kept, least, most
}

// clustering holds the points as parts of what each side can gain.
type clustering struct {
	kept     []int     // indices of the points
	parts    [][]int64 // of each point kept, in millionths
	sorted   [][]int64 // the same without the names of the sides
	distance []int64   // of each point kept: squared, to the nearest chosen
	chosen   []Representative
	most     int
}

const millionths = 1_000_000

// furthest is a distance beyond any between two points of 64 sides.
const furthest = 1 << 62

func newClustering(points [][]int64, kept []int, base, ideal []int64, most int) *clustering {
	c := &clustering{kept: kept, most: most}
	for _, k := range kept {
		var parts []int64
		for p, v := range points[k] {
			if ideal[p] > base[p] {
				hi, lo := bits.Mul64(gain(v, base[p]), millionths)
				part, _ := bits.Div64(hi, lo, gain(ideal[p], base[p]))
				parts = append(parts, int64(part))
			}
		}
		c.parts = append(c.parts, parts)
		alike := slices.Clone(parts)
		slices.Sort(alike)
		c.sorted = append(c.sorted, alike)
		c.distance = append(c.distance, furthest)
	}
	return c
}

// take chooses what a rule picked, if all of it fits.
func (c *clustering) take(rule string, picked []int) {
	var fresh []int
	for _, k := range picked {
		known := slices.ContainsFunc(c.chosen, func(r Representative) bool { return r.Point == k })
		if !known && slices.Contains(c.kept, k) {
			fresh = append(fresh, k)
		}
	}
	if len(c.chosen)+len(fresh) > c.most {
		return
	}
	for _, k := range fresh {
		c.choose(rule, k)
	}
}

func (c *clustering) choose(rule string, k int) {
	c.chosen = append(c.chosen, Representative{Point: k, Rule: rule})
	at, _ := slices.BinarySearch(c.kept, k)
	for j := range c.kept {
		c.distance[j] = min(c.distance[j], squared(c.parts[j], c.parts[at]))
	}
}

func squared(a, b []int64) int64 {
	var sum int64
	for p, v := range a {
		sum += (v - b[p]) * (v - b[p])
	}
	return sum
}

// takeFurthest chooses the furthest points that nothing but names tells apart
// and that fit, and reports whether there were any.
func (c *clustering) takeFurthest() bool {
	order := make([]int, len(c.kept))
	for j := range order {
		order[j] = j
	}
	compare := func(a, b int) int {
		return cmp.Or(cmp.Compare(c.distance[b], c.distance[a]), slices.Compare(c.sorted[b], c.sorted[a]))
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(compare(a, b), a-b) })
	for from := 0; from < len(order) && c.distance[order[from]] > 0; {
		to := from + 1
		for to < len(order) && compare(order[from], order[to]) == 0 {
			to++
		}
		if len(c.chosen)+to-from <= c.most {
			for _, j := range order[from:to] {
				c.choose(Cluster, c.kept[j])
			}
			return true
		}
		from = to
	}
	return false
}

// count finds how many points each representative stands for.
func (c *clustering) count() []Representative {
	for r := range c.chosen {
		at, _ := slices.BinarySearch(c.kept, c.chosen[r].Point)
		for j := range c.kept {
			if squared(c.parts[j], c.parts[at]) == c.distance[j] {
				c.chosen[r].For++
			}
		}
	}
	return c.chosen
}
