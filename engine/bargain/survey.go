package bargain

import (
	"context"
	"sync"
	"sync/atomic"
)

// Survey asks how some packages fare under many weightings (stochastic
// multicriteria acceptability: Lahdelma and Salminen 2001). The weights of every
// side are drawn on their own, and all packages meet the same weightings. The same
// survey has the same shares with any number of workers.
type Survey struct {
	Weights []*Polytope // by side: they must be Drawable
	Total   int64       // what the weights of one side sum to, at most 2^20
	Changes [][][]int64 // by side, package and interest: what the package changes from the baseline
	Unit    []int64     // by side: the change that is one interest in full
	Base    []int64     // by side: weights times changes that are as good as the baseline; nil is 0
	Listed  []int       // packages whose ranks and efficiency among all packages are counted
	Seed    uint64
	Samples int
}

// Shares are the counts of a survey, of Samples weightings.
type Shares struct {
	Samples    int64
	Acceptable [][]int64   // by package and side: no worse than the baseline
	All        []int64     // by package: acceptable to all sides
	Nash       []int64     // by package: largest product of gains; of equal ones the first counts
	None       int64       // weightings under which no package is acceptable to all
	Central    [][][]int64 // by package, side and interest: sums of the weights that make it the Nash package
	Regret     [][]int64   // by package and thousandth: the largest loss of a side against its best package
	Efficient  []int64     // by place in Listed: no package is better for one side and no worse for any
	Ranks      [][][]int64 // by place in Listed, side and rank: how many packages are better for the side
}

// mostRegret is the last thousandth of an interest in full that regret is told in;
// what is larger counts there.
const mostRegret = 1_000

// chunk is how many weightings a worker takes at a time.
const chunk = 256

// Run draws the weightings and counts. It stops early only when ctx ends.
func (s *Survey) Run(ctx context.Context, workers int) (*Shares, error) {
	total := s.none()
	if s.packages() == 0 {
		return total, ctx.Err()
	}
	k := newKernel(s)
	var next atomic.Int64
	var lock sync.Mutex
	var all sync.WaitGroup
	for range max(1, workers) {
		all.Go(func() {
			w := s.worker(k)
			for ctx.Err() == nil {
				from := int(next.Add(chunk)) - chunk
				if from >= s.Samples {
					break
				}
				for to := min(from+chunk, s.Samples); from < to; from += k.width() {
					w.draw(from, min(from+k.width(), to))
				}
				w.flush()
			}
			lock.Lock()
			defer lock.Unlock()
			total.add(w.done())
		})
	}
	all.Wait()
	return total, ctx.Err()
}

func (s *Survey) packages() int {
	if len(s.Changes) == 0 {
		return 0
	}
	return len(s.Changes[0])
}

func (s *Survey) none() *Shares {
	n, sides := s.packages(), len(s.Changes)
	out := &Shares{
		Acceptable: table(n, sides), All: make([]int64, n), Nash: make([]int64, n), Regret: table(n, mostRegret+1),
		Efficient: make([]int64, len(s.Listed)),
	}
	for range n {
		var central [][]int64
		for _, w := range s.Weights {
			central = append(central, make([]int64, w.n))
		}
		out.Central = append(out.Central, central)
	}
	for range s.Listed {
		out.Ranks = append(out.Ranks, table(sides, n))
	}
	return out
}

func table(rows, columns int) [][]int64 {
	out := make([][]int64, rows)
	for i := range out {
		out[i] = make([]int64, columns)
	}
	return out
}

func (s *Shares) add(o *Shares) {
	s.Samples += o.Samples
	s.None += o.None
	addRow(s.All, o.All)
	addRow(s.Nash, o.Nash)
	addRow(s.Efficient, o.Efficient)
	addTable(s.Acceptable, o.Acceptable)
	addTable(s.Regret, o.Regret)
	for i := range o.Central {
		addTable(s.Central[i], o.Central[i])
	}
	for i := range o.Ranks {
		addTable(s.Ranks[i], o.Ranks[i])
	}
}

func addTable(to, from [][]int64) {
	for i := range from {
		addRow(to[i], from[i])
	}
}

func addRow(to, from []int64) {
	for i, v := range from {
		to[i] += v
	}
}

// RegretQuantile is the smallest number of thousandths of an interest in full that
// the regret of a package exceeds in no more than the rest of the weightings: with
// 9 and 10, the nine tenths quantile.
func (s *Shares) RegretQuantile(p int, part, of int64) int {
	sum := int64(0)
	for bin, v := range s.Regret[p] {
		if sum += v; sum*of >= s.Samples*part {
			return bin
		}
	}
	return mostRegret
}
