package again

import (
	"cmp"
	"math"
	"slices"
)

// mostBars bounds how many bars are held against a package.
const mostBars = 64

// widening is a search for a package that is better than one, with more and more changes.
type widening struct {
	*whyNot
	better
	at    []int
	tried int
	delta [][]row // by issue and option: what it changes
	sum   row     // what single options change so far
	held  []bar
}

// bar is what a weighted sum of changes must not fall short of.
type bar struct {
	weight row
	least  int64
	rest   [][]int64 // by issue and number of changes: the most that so many, there and after, can add, with all rules
}

// witnesses are some weights of a side's interests: all that stands above one of them, and itself, or where the side says
// more what was found so far.
func (p *proof) witnesses(side int) (out []row) {
	b := p.believes(side, p.tier)
	if b == nil {
		for _, n := range p.of[side] {
			weight := make(row, len(p.side))
			for _, o := range p.of[side] {
				if o == n || p.tier[n] > 0 && p.tier[o] > p.tier[n] {
					weight[o] = 1
				}
			}
			out = append(out, weight)
		}
		return out
	}
	for _, known := range b.known {
		if known.times != nil && !b.impossible {
			weight := make(row, len(p.side))
			for k, v := range known.times {
				weight[b.mine[k]] = v
			}
			out = append(out, weight)
		}
	}
	return out
}

// look finds what every option changes.
func (w *widening) look() {
	for i, is := range w.Issues {
		var rows []row
		for k := range is.Options {
			rows = append(rows, w.better.change(move{i, k}))
		}
		w.delta = append(w.delta, rows)
	}
	w.sum = make(row, len(w.delta[0][0]))
}

// raise holds the bars that are known by now against all that follows.
func (w *widening) raise() {
	w.held = slices.DeleteFunc(w.bars(), w.large)
	w.held = w.held[:min(len(w.held), mostBars)]
	for n := range w.held {
		b, joint := &w.held[n], int64(0)
		for k, u := range w.Rules {
			if by := w.better.joint(k); u.Kind == "together" && by != nil {
				joint += max(0, b.weight.times(by)*(1-2*holding(u.When, w.choice)))
			}
		}
		last := len(w.delta)
		b.rest = make([][]int64, last+1)
		b.rest[last] = slices.Repeat([]int64{joint}, last+1)
		var most row // what single issues can add, the largest first
		for i := last - 1; i >= 0; i-- {
			best := int64(0)
			for _, change := range w.delta[i] {
				best = max(best, b.weight.times(change))
			}
			at, _ := slices.BinarySearchFunc(most, best, func(a, b int64) int { return cmp.Compare(b, a) })
			most = slices.Insert(most, at, best)
			b.rest[i] = append(b.rest[i], joint)
			for n := range last {
				b.rest[i] = append(b.rest[i], b.rest[i][n])
				if n < len(most) {
					b.rest[i][n+1] += most[n]
				}
			}
		}
	}
}

// large reports whether the sums of a bar may be too large to add up.
func (w *widening) large(b bar) bool {
	most := 0.0
	add := func(change row) {
		for n, v := range change {
			most += math.Abs(float64(v)) * math.Abs(float64(b.weight[n]))
		}
	}
	for _, rows := range w.delta {
		for _, change := range rows {
			add(change)
		}
	}
	for k := range w.Rules {
		add(w.better.joint(k))
	}
	return most >= 1<<61
}

// hopeless reports whether nothing that so many more changes from an issue on can bring clears some bar.
func (w *widening) hopeless(from, left int) bool {
	return slices.ContainsFunc(w.held, func(b bar) bool { return b.weight.times(w.sum)+b.rest[from][left] < b.least })
}

// widen makes so many more changes from an issue on, in every way that may be better. It is done unless there are too many.
func (w *widening) widen(from, left int) (done bool) {
	if w.hopeless(from, left) {
		return true
	}
	if left == 0 {
		w.tried++
		must(w.tried > whyBudget || !w.is(w.at) || w.reading.broken(w.at) != nil, "a package with fewer changes is better")
		if w.tried&(w.tried-1) == 0 { // now and then
			w.raise()
		}
		return w.tried <= whyBudget
	}
	for i := from; i <= len(w.at)-left; i++ {
		for k, change := range w.delta[i] {
			if k == w.choice[i] {
				continue
			}
			w.at[i] = k
			w.sum.add(change)
			done = w.widen(i+1, left-1)
			for n, v := range change {
				w.sum[n] -= v
			}
			if !done {
				return false
			}
		}
		w.at[i] = w.choice[i]
	}
	return true
}
