package pareto

import (
	"slices"
	"sync"
	"sync/atomic"
)

// reader evaluates a part for one pattern at a time.
type reader struct {
	part    part
	made    result
	share   []int64 // per option and weight: what it has from the other parts
	moves   int
	weights int
	values  []int64   // per option and weight: by itself
	index   [][]int32 // per result: its pattern for each pattern and option
	bit     []int     // per closing: its place in the scope
	closing [][]int64 // per closing: weighted values, nil where forbidden
}

func (f *fan) newReader(k int, p part) *reader {
	s := &f.stages[k]
	r := &reader{part: p, moves: len(s.options), weights: len(f.weights)}
	n := len(f.weights)
	r.values = make([]int64, len(s.options)*n)
	if p.first {
		for o, m := range s.options {
			for w := range n {
				r.values[o*n+w] = f.weigh(w, m.values)
			}
		}
	}
	for _, res := range p.results {
		r.index = append(r.index, f.index(s, p, res))
	}
	for _, c := range p.closing {
		at, _ := slices.BinarySearch(p.scope, c.bond)
		var values []int64
		if c.values != nil {
			for w := range n {
				values = append(values, f.weigh(w, c.values))
			}
		}
		r.bit, r.closing = append(r.bit, at), append(r.closing, values)
	}
	return r
}

// read puts into sum what an option is worth with a pattern.
func (r *reader) read(o, pattern int, sum []int64) {
	n := len(sum)
	copy(sum, r.values[o*n:])
	for i, res := range r.part.results {
		at := int(r.index[i][pattern*r.moves+o]) * n
		for w, v := range res.table[at : at+n] {
			sum[w] = max(never, sum[w]+v)
		}
	}
	for i, c := range r.part.closing {
		if r.part.patterns.states[pattern]>>r.bit[i]&1 == 0 || !c.holds[o] {
			continue
		}
		if r.closing[i] == nil {
			for w := range sum {
				sum[w] = never
			}
			continue
		}
		for w, v := range r.closing[i] {
			sum[w] += v
		}
	}
	for w := range sum {
		sum[w] = max(sum[w], never)
	}
}

// largest is, for every option and weight vector, the largest value of a part.
func (r *reader) largest(workers int) []int64 {
	n := r.weights
	most := slices.Repeat([]int64{never}, r.moves*n)
	inParallel(r.moves, workers, func(from, to int) {
		sum := make([]int64, n)
		for o := from; o < to; o++ {
			row := most[o*n : (o+1)*n]
			for pattern := range r.part.patterns.states {
				r.read(o, pattern, sum)
				for w, v := range sum {
					row[w] = max(row[w], v)
				}
			}
		}
	})
	return most
}

// maximise fills in what is made of some patterns.
func (r *reader) maximise(from, to int) {
	n := r.weights
	sum := make([]int64, n)
	for pattern := from; pattern < to; pattern++ {
		row := r.made.table[pattern*n : (pattern+1)*n]
		for w := range row {
			row[w] = never
		}
		for o := range r.moves {
			r.read(o, pattern, sum)
			for w, v := range sum {
				row[w] = max(row[w], v+r.share[o*n+w])
			}
		}
	}
}

// inParallel divides 0..n-1 among workers. What they do must not depend on how.
func inParallel(n, workers int, do func(from, to int)) {
	if workers < 2 || n < 64 {
		do(0, n)
		return
	}
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { do(n*w/workers, n*(w+1)/workers) })
	}
	group.Wait()
}

// eachOf lets workers take the numbers below n one after another.
func eachOf(n, workers int, do func(int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				do(k)
			}
		})
	}
	group.Wait()
}
