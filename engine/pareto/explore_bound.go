package pareto

import (
	"context"
	"math/bits"
	"slices"
)

// fan is a set of weight vectors over the coordinates, with upper bounds of what
// the rest of the way can add to each weighted sum. The bounds come from mini-
// bucket elimination (Dechter and Rish 2003): going back from the last issue,
// each is maximised out of what depends on it; where that would depend on more
// than a few bonds, it is maximised in parts, whose sum is no smaller. Parts
// first share their largest values for each option of the issue evenly
// (Ihler and others 2012), which brings the sum down.
type fan struct {
	*course
	weights [][]int64
	shift   []int       // per coordinate: values are taken in units of 2^shift, rounded up
	after   [][]result  // per stage (and one beyond): what the rest of the way sums to
	base    [][]int64   // the part of it that depends on nothing
	readers [][]*reader // per stage and part
	looks   int64       // at patterns, to find which packages can bring about
}

// result is a function of a few bonds: an entry for every weight vector and
// every pattern of their bits that packages can bring about.
type result struct {
	stage, part int // where it comes from
	scope       []int
	patterns    *register
	table       []int64
}

// never stands for what is forbidden; sums of it are cut off here.
const never = -1 << 57

// maxWeight bounds the sum of a weight vector.
const maxWeight = 1 << 16

// mostLooks bounds the looks at patterns by which parts of a bound are found that may
// be taken together. Beyond it every part stands alone: a bound that is a little
// higher is better than none.
const mostLooks = 1 << 23

// newFan computes the bounds for weight vectors, with results of at most limit
// patterns each. It is nil when ctx ends first.
func newFan(ctx context.Context, c *course, weights [][]int64, limit, workers int) *fan {
	f := &fan{course: c, weights: weights, shift: c.shifts()}
	n := len(c.stages)
	f.after, f.base, f.readers = make([][]result, n+1), make([][]int64, n+1), make([][]*reader, n)
	f.base[n] = make([]int64, len(weights))
	for k := n - 1; k >= 0; k-- {
		if !f.eliminate(ctx, k, limit, workers) {
			return nil
		}
	}
	return f
}

// shifts keeps every weighted sum far from the end of the integers: values of a
// coordinate add up to less than 2^34 units, weights
// to at most maxWeight.
func (c *course) shifts() []int {
	shift := make([]int, c.width())
	for q := range shift {
		size := uint64(max(c.fixed[q], -c.fixed[q]))
		for _, options := range c.issues {
			most := int64(0)
			for _, o := range options {
				most = max(most, o.values[q], -o.values[q])
			}
			size += uint64(most)
		}
		for _, b := range c.bonds {
			if b.values != nil {
				size += uint64(max(b.values[q], -b.values[q]))
			}
		}
		shift[q] = max(0, bits.Len64(size)-34)
	}
	return shift
}

// weigh is the weighted sum of values, rounded up.
func (f *fan) weigh(w int, values []int64) int64 {
	var sum int64
	for q, v := range values {
		sum -= f.weights[w][q] * (-v >> f.shift[q])
	}
	return sum
}

// part is what a stage maximises together: results, closing bonds and, in the
// first part, the values of the options.
type part struct {
	scope    []int // of what comes out
	patterns *register
	results  []result
	closing  []closing
	first    bool
}

// eliminate fills in stage k from stage k+1, unless ctx ends first.
func (f *fan) eliminate(ctx context.Context, k, limit, workers int) bool {
	s := &f.stages[k]
	about := f.about(s.issue)
	parts := []part{{first: true, patterns: f.patterns(k, nil, 1)}}
	var taken []part
	for _, r := range f.after[k+1] {
		if meets(r.scope, about) {
			taken = append(taken, part{scope: intersect(r.scope, s.open), results: []result{r}})
		} else {
			f.after[k] = append(f.after[k], r)
		}
	}
	for _, b := range s.closing {
		taken = append(taken, part{scope: []int{b.bond}, closing: []closing{b}})
	}
	slices.SortStableFunc(taken, func(a, b part) int { return len(b.scope) - len(a.scope) })
	for _, t := range taken {
		if ctx.Err() != nil {
			return false
		}
		parts = f.place(parts, t, k, limit)
	}
	for _, p := range parts {
		f.readers[k] = append(f.readers[k], f.newReader(k, p))
	}
	f.share(k, workers)
	for i, r := range f.readers[k] {
		r.made = result{stage: k, part: i, scope: r.part.scope, patterns: r.part.patterns,
			table: make([]int64, len(f.weights)*len(r.part.patterns.states))}
		if len(r.made.scope) > 0 {
			f.after[k] = append(f.after[k], r.made)
		}
	}
	f.maximise(k, workers)
	return true
}

// place takes a part together with one of those there, where that makes few patterns
// and can be found out within the bound, or else puts it beside them.
func (f *fan) place(parts []part, t part, k, limit int) []part {
	for at := range parts {
		p := &parts[at]
		both := union(p.scope, t.scope)
		patterns := p.patterns
		if len(both) > len(p.scope) {
			if f.looks > mostLooks {
				continue
			}
			patterns = f.patterns(k, both, limit)
		}
		if patterns != nil {
			p.scope, p.patterns = both, patterns
			p.results, p.closing = append(p.results, t.results...), append(p.closing, t.closing...)
			return parts
		}
	}
	t.patterns = f.patterns(k, t.scope, 1<<30)
	return append(parts, t)
}

// maximise computes the results of stage k.
func (f *fan) maximise(k, workers int) {
	f.base[k] = slices.Clone(f.base[k+1])
	for _, r := range f.readers[k] {
		inParallel(len(r.part.patterns.states), workers, r.maximise)
		if len(r.made.scope) == 0 {
			for w, v := range r.made.table {
				f.base[k][w] = max(never, f.base[k][w]+v)
			}
		}
	}
}

// about lists the bonds of an issue.
func (f *fan) about(issue int) []int {
	var about []int
	for b := range f.bonds {
		if f.bonds[b].at(issue) != nil {
			about = append(about, b)
		}
	}
	return about
}

func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func intersect(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(k int) bool { _, found := slices.BinarySearch(b, k); return !found })
}

// share fills in what to add to each part of a stage for every option and weight
// vector so that the largest values of all parts become equal; over the parts it
// adds up to nothing.
func (f *fan) share(k, workers int) {
	readers := f.readers[k]
	n := len(f.stages[k].options) * len(f.weights)
	largest := make([][]int64, len(readers))
	for i, r := range readers {
		r.share = make([]int64, n)
		if len(readers) > 1 {
			largest[i] = r.largest(workers)
		}
	}
	if len(readers) == 1 {
		return
	}
	for x := range n {
		sum, possible := int64(0), true
		for _, most := range largest {
			sum += most[x]
			possible = possible && most[x] > never/2
		}
		if !possible {
			continue
		}
		mean := sum / int64(len(readers))
		for i, r := range readers {
			if i == len(readers)-1 {
				mean = sum - mean*int64(len(readers)-1)
			}
			r.share[x] = mean - largest[i][x]
		}
	}
}

// rest puts into sum, for every weight vector, what no continuation from before
// stage k with these bits can exceed.
func (f *fan) rest(k int, state []uint64, sum []int64) {
	n := len(sum)
	copy(sum, f.base[k])
	var key [1]uint64
	for i := range f.after[k] {
		r := &f.after[k][i]
		key[0] = 0
		for at, b := range r.scope {
			slot := f.slotOf[b]
			key[0] |= state[slot/64] >> (slot % 64) & 1 << at
		}
		at := r.patterns.find(key[:])
		for w, v := range r.table[at*n : (at+1)*n] {
			sum[w] = max(never, sum[w]+v)
		}
	}
}
