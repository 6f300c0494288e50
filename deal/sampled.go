package deal

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// Run says how a search is carried out. It never changes the answer.
type Run struct {
	Workers  int                   // at least 1
	Progress func(done, total int) // called now and then from one goroutine at a time; may be nil
	See      func(Known)           // called now and then with what is known of the frontier where options interact; may be nil
}

// Bounds of the work on one weighting, in partial packages looked at.
const (
	nashBudget      = 60_000
	efficientBudget = 30_000
)

// drawer draws weightings of a table and evaluates it under each. One weighting
// is the same whatever is done with it: it depends on the seed, the canonical
// number of the side and the number of the sample alone.
type drawer struct {
	t       *table
	seed    uint64
	weights []*bargain.Sampler
	mine    [][]int
	drawn   []int64 // of one side
	weight  []int64 // by entry
	roles   []int64 // by entry and side
	space   pareto.Space
	base    []int64
}

func newDrawer(q *Question, r *reading) *drawer {
	d := &drawer{t: q.table, seed: q.Seed, mine: r.mine, weight: make([]int64, len(q.table.entries))}
	d.roles = make([]int64, len(r.sampled.low))
	d.weights = make([]*bargain.Sampler, len(r.mine))
	for s, mine := range r.mine {
		if len(mine) > 0 {
			d.weights[s] = r.t.allowed[s].NewSampler(weightTotal)
		}
	}
	d.space.Table = pareto.Table{Sides: len(q.table.sides)}
	d.space.Rules = r.space.Rules
	for _, t := range r.space.Terms {
		d.space.Terms = append(d.space.Terms, pareto.Term{All: t.All, Values: make([]int64, len(q.table.sides))})
	}
	for _, is := range q.table.issues {
		rows := make([][]int64, len(is.options))
		for k := range rows {
			rows[k] = make([]int64, len(q.table.sides))
		}
		d.space.Issues = append(d.space.Issues, rows)
	}
	d.base = make([]int64, len(q.table.sides))
	return d
}

// draw draws the n-th weighting with its roles.
func (d *drawer) draw(r *reading, n int) {
	p := len(d.t.sides)
	for s, mine := range d.mine {
		if len(mine) == 0 {
			continue
		}
		stream := bargain.NewStream(d.seed, s, n)
		d.drawn = append(d.drawn[:0], make([]int64, len(mine))...)
		d.weights[s].Draw(stream, d.drawn)
		for k, e := range mine {
			d.weight[e] = d.drawn[k]
		}
		for _, e := range mine {
			for o := range p {
				if at := e*p + o; r.sampled.span[at] > 0 {
					d.roles[at] = r.sampled.low[at] + r.sampled.span[at]*int64(stream.Below(roleGrid+1))
				} else {
					d.roles[at] = r.sampled.low[at]
				}
			}
		}
	}
}

// evaluate fills the space and the baseline under the drawn weighting, as one
// reading of the stakes has it.
func (d *drawer) evaluate(r *reading) {
	d.space.Rules = r.space.Rules
	for i, options := range r.sampled.terms {
		for k, terms := range options {
			d.fill(d.space.Issues[i][k], terms)
		}
	}
	for j, terms := range r.sampled.joint {
		d.fill(d.space.Terms[j].Values, terms)
	}
	if r.baseline == nil {
		copy(d.base, r.sampled.base)
		return
	}
	d.value(r.baseline, d.base)
}

// fill sums terms up by side.
func (d *drawer) fill(row []int64, terms []term) {
	clear(row)
	for _, x := range terms {
		row[x.side] += d.weight[x.entry] * (x.fixed + x.slope*(d.largest(x.gain)-d.largest(x.loss)))
	}
}

// value writes what a package gives each side.
func (d *drawer) value(choice []int, out []int64) {
	clear(out)
	for i, k := range choice {
		for s, v := range d.space.Issues[i][k] {
			out[s] += v
		}
	}
	for _, t := range d.space.Terms {
		if pareto.AllHold(t.All, choice) {
			for s, v := range t.Values {
				out[s] += v
			}
		}
	}
}

func (d *drawer) largest(roles []int) int64 {
	var best int64
	for k, at := range roles {
		if v := d.roles[at]; k == 0 || v > best {
			best = v
		}
	}
	return best
}

// inParallel runs work on the samples 0..n-1, each worker with its own state,
// and reports progress. Every result is a count, so neither the number of
// workers nor their order matters.
func inParallel(ctx context.Context, run Run, n int, worker func() (each func(sample int), finish func())) error {
	const mostChunk, chunks = 64, 16
	chunk := max(1, min(mostChunk, n/(chunks*max(1, run.Workers)))) // few that take long are shared out one by one
	var next atomic.Int64
	var done int
	var lock sync.Mutex
	var all sync.WaitGroup
	for range max(1, run.Workers) {
		all.Go(func() {
			each, finish := worker()
			for ctx.Err() == nil {
				from := int(next.Add(int64(chunk))) - chunk
				if from >= n {
					break
				}
				to := min(from+chunk, n)
				for k := from; k < to; k++ {
					each(k)
				}
				lock.Lock()
				done += to - from
				if run.Progress != nil {
					run.Progress(done, n)
				}
				lock.Unlock()
			}
			lock.Lock()
			defer lock.Unlock()
			finish()
		})
	}
	all.Wait()
	return ctx.Err()
}

// nashPackages counts, over all samples, which package is the Nash bargaining
// solution.
type nashPackages struct {
	samples  int
	inexact  int              // samples whose search hit its bound
	none     int              // samples without any package at or above the baseline
	byChoice map[string]int64 // by choice vector, see appendChoice
	option   [][]int64        // by issue and option
}

func newNashPackages(t *table, samples int) *nashPackages {
	n := &nashPackages{samples: samples, byChoice: map[string]int64{}}
	for _, is := range t.issues {
		n.option = append(n.option, make([]int64, len(is.options)))
	}
	return n
}

func (n *nashPackages) merge(o *nashPackages) {
	n.inexact += o.inexact
	n.none += o.none
	for c, v := range o.byChoice {
		n.byChoice[c] += v
	}
	for i := range n.option {
		for k, v := range o.option[i] {
			n.option[i][k] += v
		}
	}
}

// sampleNash solves every sample under each of the readings.
func sampleNash(ctx context.Context, q *Question, run Run, readings []*reading) ([]*nashPackages, error) {
	total := make([]*nashPackages, len(readings))
	for i := range total {
		total[i] = newNashPackages(q.table, q.Samples)
	}
	err := inParallel(ctx, run, q.Samples, func() (func(int), func()) {
		d := newDrawer(q, readings[0])
		solvers := make([]*bargain.Solver, len(readings)) // each remembers what it knows of its rules
		mine := make([]*nashPackages, len(readings))
		for i := range mine {
			mine[i], solvers[i] = newNashPackages(q.table, q.Samples), bargain.NewSolver()
		}
		var key []byte
		each := func(sample int) {
			d.draw(readings[0], sample)
			for i, r := range readings {
				d.evaluate(r)
				choice, exact := solvers[i].Nash(d.space, d.base, nashBudget)
				key = mine[i].count(choice, exact, key)
			}
		}
		return each, func() {
			for i := range total {
				total[i].merge(mine[i])
			}
		}
	})
	return total, err
}

// count adds the Nash package of one sample; buffer is reused for its key.
func (n *nashPackages) count(choice []int, exact bool, buffer []byte) []byte {
	if !exact {
		n.inexact++
	}
	if choice == nil {
		n.none++
		return buffer
	}
	for i, k := range choice {
		n.option[i][k]++
	}
	buffer = appendChoice(buffer[:0], choice)
	n.byChoice[string(buffer)]++
	return buffer
}

// appendChoice writes a choice vector as a key: two bytes an issue, so that keys
// sort as vectors do.
func appendChoice(key []byte, choice []int) []byte {
	for _, k := range choice {
		key = binary.BigEndian.AppendUint16(key, uint16(k))
	}
	return key
}

func choiceOf(key string) []int {
	out := make([]int, len(key)/2)
	for i := range out {
		out[i] = int(binary.BigEndian.Uint16([]byte(key[2*i:])))
	}
	return out
}

// shares turns counts of options into shares, averaged over options that
// symmetries of the table exchange.
func (n *nashPackages) shares(orbit [][]int) [][]Share {
	sum, size := map[int]int64{}, map[int]int64{}
	for i, row := range n.option {
		for k, v := range row {
			sum[orbit[i][k]] += v
			size[orbit[i][k]]++
		}
	}
	out := make([][]Share, len(n.option))
	for i, row := range n.option {
		for k := range row {
			c := orbit[i][k]
			out[i] = append(out[i], Share{sum[c], size[c] * int64(n.samples)})
		}
	}
	return out
}

// ranked lists the Nash packages, most frequent first, then by their choices.
func (n *nashPackages) ranked() []string {
	var out []string
	for c := range n.byChoice {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(n.byChoice[b], n.byChoice[a]), cmp.Compare(a, b))
	})
	return out
}

// support is how a package fares over all samples.
type support struct {
	acceptable []int64 // by side
	all        int64
	efficient  int64
	undecided  int64 // samples in which the efficiency test hit its bound
}

// sampleSupport evaluates packages over the same samples again.
func sampleSupport(ctx context.Context, q *Question, run Run, r *reading, packages [][]int) ([]support, error) {
	fresh := func() []support {
		out := make([]support, len(packages))
		for i := range out {
			out[i].acceptable = make([]int64, len(q.table.sides))
		}
		return out
	}
	total := fresh()
	err := inParallel(ctx, run, q.Samples, func() (func(int), func()) {
		d, mine, checker := newDrawer(q, r), fresh(), new(pareto.Checker)
		values := make([]int64, len(q.table.sides))
		each := func(sample int) {
			d.draw(r, sample)
			d.evaluate(r)
			checker.Reset(d.space)
			for i, choice := range packages {
				d.value(choice, values)
				mine[i].count(values, d.base, checker)
			}
		}
		return each, func() {
			for i := range total {
				total[i].merge(&mine[i])
			}
		}
	})
	return total, err
}

func (s *support) count(values, base []int64, checker *pareto.Checker) {
	all := true
	for p, v := range values {
		if v >= base[p] {
			s.acceptable[p]++
		} else {
			all = false
		}
	}
	if all {
		s.all++
	}
	switch checker.Efficient(values, efficientBudget) {
	case pareto.Efficient:
		s.efficient++
	case pareto.Undecided:
		s.undecided++
	}
}

func (s *support) merge(o *support) {
	for p, v := range o.acceptable {
		s.acceptable[p] += v
	}
	s.all += o.all
	s.efficient += o.efficient
	s.undecided += o.undecided
}
