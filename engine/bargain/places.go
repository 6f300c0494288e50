package bargain

import (
	"math/bits"
	"slices"
)

// places counts the ranks of the listed packages of a survey.
type places struct {
	listed []int
	values [][]int64 // by side and package, of one weighting
	orders []shelves // by side
	last   []int32   // by place in listed: what dominated it last
}

func newPlaces(s *Survey, packages int) *places {
	o := &places{
		listed: s.Listed, values: table(len(s.Changes), packages),
		orders: make([]shelves, len(s.Changes)), last: make([]int32, len(s.Listed)),
	}
	for side := range o.orders {
		o.orders[side].packages, o.orders[side].on = make([]int32, packages), make([]uint16, packages)
	}
	return o
}

// count counts the ranks of the listed packages among all under one weighting, and
// whether none dominates them. What dominated a package under the weighting before
// is tried first, then what is not worse for the side for which the fewest are
// better.
func (o *places) count(w *surveyor, lane int) {
	for side, values := range o.values {
		for p := range values {
			values[p] = w.values[side][p][lane]
		}
		o.orders[side].sort(values, w.best[side][lane])
	}
	for at, p := range o.listed {
		first, fewest := 0, len(o.values[0])
		for side, values := range o.values {
			rank := o.orders[side].better(values, values[p])
			w.shares.Ranks[at][side][rank]++
			if rank < fewest {
				first, fewest = side, rank
			}
		}
		dominated := o.dominates(o.last[at], p)
		if !dominated {
			for _, q := range o.orders[first].from(o.values[first][p]) {
				if dominated = o.dominates(q, p); dominated {
					o.last[at] = q
					break
				}
			}
		}
		if !dominated {
			w.shares.Efficient[at]++
		}
	}
}

// dominates reports whether q is better than p for some side and worse for none.
func (o *places) dominates(q int32, p int) bool {
	better := false
	for _, values := range o.values {
		if values[q] < values[p] {
			return false
		}
		better = better || values[q] > values[p]
	}
	return better
}

// shelfBits is how many bits of what a package loses tell its shelf.
const shelfBits = 10

// shelves has packages in the order of what they lose against the best for one
// side, as far as some bits of it tell: those of one shelf are in no order.
type shelves struct {
	packages []int32
	on       []uint16                // by package: its shelf
	start    [1<<shelfBits + 1]int32 // by shelf: where it starts among the packages
	shift    int
	best     int64
}

func (o *shelves) sort(values []int64, best int64) {
	o.best, o.shift = best, max(0, bits.Len64(uint64(best-slices.Min(values)))-shelfBits)
	clear(o.start[:])
	on := o.on[:len(values)]
	for p, v := range values {
		b := o.of(v)
		on[p] = uint16(b)
		o.start[b+1]++
	}
	for b := range o.start[1:] {
		o.start[b+1] += o.start[b]
	}
	for p, b := range on { // every start moves to where the next shelf starts
		b &= 1<<shelfBits - 1
		o.packages[o.start[b]] = int32(p)
		o.start[b]++
	}
	copy(o.start[1:], o.start[:])
	o.start[0] = 0
}

func (o *shelves) of(v int64) uint64 {
	return uint64(o.best-v) >> o.shift & (1<<shelfBits - 1)
}

// better counts the packages with more than v.
func (o *shelves) better(values []int64, v int64) int {
	b := o.of(v)
	n := int(o.start[b])
	for _, q := range o.packages[o.start[b]:o.start[b+1]] {
		if values[q] > v {
			n++
		}
	}
	return n
}

// from has the packages with at least v, and perhaps some with less.
func (o *shelves) from(v int64) []int32 { return o.packages[:o.start[o.of(v)+1]] }
