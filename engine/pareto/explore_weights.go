package pareto

import "slices"

// weights chooses weight vectors for a fan: every coordinate alone, the normals
// of the hull of the points where there are two sides, mixtures of the sides,
// and of these with each floor. Which they are decides how fast a search is,
// never what it finds.
func (e *explorer) weights(directions int) [][]int64 {
	c := e.course
	shift := c.shifts()
	span := make([]int64, c.width())
	var all [][]int64
	for q := range span {
		low, high := c.extent(q)
		span[q] = max(1, (high-low)>>shift[q])
		all = append(all, single(c.width(), q))
	}
	var mixed [][]int64
	if c.sides == 2 {
		mixed = e.normals(shift, directions)
	}
	if len(mixed) < directions/2 {
		mixed = append(mixed, mixtures(c.sides, span, directions)...)
	}
	for _, m := range mixed {
		all = append(all, scaleDown(m))
	}
	if c.sides == 1 {
		mixed = [][]int64{single(c.width(), 0)}
	}
	for _, m := range spread(mixed, max(1, directions/(1+len(c.floor)))) {
		for q := c.sides; q < c.width(); q++ {
			all = append(all, scaleDown(blend(m, q, span, 1)), scaleDown(blend(m, q, span, 4)))
		}
	}
	return all
}

func single(width, q int) []int64 {
	w := make([]int64, width)
	w[q] = 1
	return w
}

// normals are those of the hull of the points found so far.
func (e *explorer) normals(shift []int, most int) [][]int64 {
	points := e.sweep.archive.points
	hull := hullOf(points)
	var normals [][]int64
	for k := 1; k < len(hull); k++ {
		a, b := points[hull[k-1]].Values, points[hull[k]].Values
		w := make([]int64, e.course.width())
		w[0], w[1] = (b[1]-a[1])>>shift[1], (a[0]-b[0])>>shift[0]
		normals = append(normals, w)
	}
	return spread(normals, most)
}

// spread takes at most n of a list, evenly.
func spread(all [][]int64, n int) [][]int64 {
	if len(all) <= n {
		return all
	}
	var some [][]int64
	for k := range n {
		some = append(some, all[k*len(all)/n])
	}
	return some
}

// mixtures are the points of a lattice on the simplex of the sides, as fine as
// their number allows, each side measured by its span.
func mixtures(sides int, span []int64, most int) [][]int64 {
	if sides < 2 {
		return nil
	}
	fine := 8
	for fine > 1 && lattice(sides, fine) > 2*most {
		fine--
	}
	var all [][]int64
	share := make([]int64, sides)
	var fill func(p, left int)
	fill = func(p, left int) {
		if p == sides-1 {
			share[p] = int64(left)
			all = append(all, mixture(share, span))
			return
		}
		for k := 0; k <= left; k++ {
			share[p] = int64(k)
			fill(p+1, left-k)
		}
	}
	if fine > 1 {
		fill(0, fine)
	}
	for p := range share {
		share[p] = 1
	}
	return append(all, mixture(share, span))
}

// lattice is how many points fill makes.
func lattice(sides, fine int) int {
	n := 1
	for k := 1; k < sides; k++ {
		if n = n * (fine + k) / k; n > 1<<20 {
			return n
		}
	}
	return n
}

// mixture weighs every side by its share of the weight over its span.
func mixture(share, span []int64) []int64 {
	w := make([]int64, len(span))
	widest := slices.Max(span[:len(share)])
	for p, s := range share {
		w[p] = s * (widest << 10 / span[p])
	}
	return w
}

// blend adds a coordinate to a weight vector that scaleDown left, with one of so
// many parts of what the heaviest side amounts to.
func blend(m []int64, q int, span []int64, parts int64) []int64 {
	w := slices.Clone(m)
	for slices.Max(w) <= maxWeight/4 {
		for p := range w {
			w[p] *= 2
		}
	}
	most := int64(0)
	for p, v := range w {
		most = max(most, v*span[p])
	}
	w[q] = max(1, most/(span[q]*parts))
	return w
}

// scaleDown brings the sum of a weight vector to at most maxWeight.
func scaleDown(w []int64) []int64 {
	sum := int64(0)
	for _, v := range w {
		sum += v
	}
	for ; sum > maxWeight; sum >>= 1 {
		for q := range w {
			w[q] >>= 1
		}
	}
	return w
}
