package pareto

// layer holds the unbeaten partial packages over the issues merged so far:
// distinct vectors, sorted descending lexicographically, each with the number
// of partial packages that reach it and the way back to one of them.
type layer struct {
	sides  int
	values []int64 // sides per point
	parent []int32 // the point of the layer before
	class  []int32 // the class of the issue just merged
	counts tally
}

// newLayer is the layer before any issue: nothing chosen, nothing gained.
func newLayer(sides int) *layer {
	return &layer{
		sides:  sides,
		values: make([]int64, sides),
		parent: []int32{-1},
		class:  []int32{-1},
		counts: tally{small: []uint64{1}},
	}
}

func emptyLayer(sides, capacity int) *layer {
	return &layer{
		sides:  sides,
		values: make([]int64, 0, sides*capacity),
		parent: make([]int32, 0, capacity),
		class:  make([]int32, 0, capacity),
		counts: tally{small: make([]uint64, 0, capacity)},
	}
}

func (l *layer) len() int { return len(l.parent) }

func (l *layer) at(k int) []int64 { return l.values[k*l.sides : (k+1)*l.sides : (k+1)*l.sides] }

// keep appends point k of another layer as it stands.
func (l *layer) keep(from *layer, k int) {
	l.values = append(l.values, from.at(k)...)
	l.parent = append(l.parent, from.parent[k])
	l.class = append(l.class, from.class[k])
	l.counts.push(&from.counts, int32(k), 1)
}

// extend appends point k of the layer before with a class of the new issue.
func (l *layer) extend(before *layer, k int, c class, index int32) {
	for p, v := range before.at(k) {
		l.values = append(l.values, v+c.values[p])
	}
	l.parent = append(l.parent, int32(k))
	l.class = append(l.class, index)
	l.counts.push(&before.counts, int32(k), c.times)
}

// take appends candidate k, whose values are yet to be computed from the layer
// before and the classes of the new issue.
func (l *layer) take(found *layer, k int, before *layer, classes []class) {
	index := found.class[k]
	for p, v := range before.at(int(found.parent[k])) {
		l.values = append(l.values, v+classes[index].values[p])
	}
	l.parent = append(l.parent, found.parent[k])
	l.class = append(l.class, index)
	l.counts.push(&found.counts, int32(k), 1)
}
