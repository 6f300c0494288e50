package again

import (
	"cmp"
	"math/big"
	"math/bits"
	"runtime"
	"slices"
	"sync"
)

// stream is the splitmix64 stream of one side in one sample; it returns numbers below n, each as likely (Lemire 2019).
func stream(seed uint64, side, sample int) func(n uint64) uint64 {
	state := seed
	next := func() uint64 {
		state += 0x9e3779b97f4a7c15
		z := (state ^ state>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		return z ^ z>>31
	}
	state = next() ^ uint64(side)
	state = next() ^ uint64(sample)
	state = next()
	return func(n uint64) uint64 {
		high, low := bits.Mul64(next(), n)
		for low < -n%n {
			high, low = bits.Mul64(next(), n)
		}
		return high
	}
}

// byTiers are drawn weights of some interests: gaps between sorted uniform cuts, dealt to the tiers from the top, at random
// inside a tier; unplaced interests take random places.
func byTiers(below func(n uint64) uint64, tier []int, total int64) []int64 {
	n := len(tier)
	cuts := []int64{0}
	for range n - 1 {
		cuts = append(cuts, int64(below(uint64(total)+1)))
	}
	slices.Sort(cuts)
	cuts = append(cuts, total)
	weight, gaps, places := make([]int64, n), make([]int64, n), make([]int, n)
	for k := range gaps {
		gaps[k], places[k] = cuts[k+1]-cuts[k], k
	}
	slices.SortFunc(gaps, func(a, b int64) int { return cmp.Compare(b, a) })
	var placed []int
	for k := range tier {
		if tier[k] > 0 {
			placed = append(placed, k)
			continue
		}
		at, last := below(uint64(len(places))), len(places)-1
		weight[k], places[at] = gaps[places[at]], places[last]
		places = places[:last]
	}
	slices.Sort(places)
	slices.SortStableFunc(placed, func(a, b int) int { return tier[b] - tier[a] })
	for from, to := 0, 0; from < len(placed); from = to {
		for to = from; to < len(placed) && tier[placed[to]] == tier[placed[from]]; to++ {
		}
		for i := to - from - 1; i > 0; i-- {
			j := int(below(uint64(i + 1)))
			placed[from+i], placed[from+j] = placed[from+j], placed[from+i]
		}
	}
	for place, k := range placed {
		weight[k] = gaps[places[place]]
	}
	return weight
}

// draw is the weighting of one sample; every part is uniform on its interval.
func (p *proof) draw(sample int) (weight []int64, parts [][]int64) {
	weight, parts = make([]int64, len(p.side)), make([][]int64, len(p.side))
	for side, mine := range p.of {
		if len(mine) == 0 {
			continue
		}
		below := stream(p.Seed, side, sample)
		for k, w := range p.ways[side].draw(below, total) {
			weight[mine[k]] = w
		}
		for _, k := range mine {
			for _, ends := range p.parts[k] {
				at := ends[0]
				if ends[1] > at {
					at += (ends[1] - at) / steps * int64(below(steps+1))
				}
				parts[k] = append(parts[k], at)
			}
		}
	}
	return weight, parts
}

// sample is the table and the baseline of one weighting under this reading.
func (r *reading) sample(weight []int64, parts [][]int64) (table, row) {
	t := r.evaluate(func(n int) int64 { return weight[n] }, func(n, s int, _ bool) int64 { return parts[n][s] })
	if r.at != nil {
		return t, t.value(r.at)
	}
	base := make(row, r.Sides)
	for s, d := range r.Disagreement {
		base[s] = whole(rat(d), new(big.Int).Mul(big.NewInt(total*r.unit), big.NewInt(r.grid)))
	}
	return t, base
}

// firstGap is how far below the largest sum of gains, as a part of it, a search for the fairest package first goes.
const firstGap = 0.01

// nash is the package with most gains above the baseline and of these the largest product of them, the first of several. A
// package that was found only narrows the search: by the inequality of means none with as large a product has a smaller sum
// of gains, whatever counts for how much in it. Until that bound is reached the search goes further and further down.
func (t table) nash(base row, start []int) (best []int) {
	start = t.climb(base, start)
	if t.value(start).above(base) == nil {
		_, middle := t.slope(start, t.value(start).under(t.span()))
		start = t.climb(base, middle)
	}
	if t.value(start).above(base) == nil {
		return base.fairest(t.merge(base, nil, 0))
	}
	w, start := t.slope(start, base)
	start = t.climb(base, start)
	top, _ := t.furthest(w)
	for gap := firstGap; ; gap *= 4 {
		least := t.value(start).above(base).mean(w)
		from := max(least, (1-gap)*(top.weigh(w)-base.weigh(w)))
		best = base.fairest(t.merge(base, w, base.weigh(w)+from))
		if best != nil && fairer(t.value(best), t.value(start), base) > 0 {
			start, least = best, t.value(best).above(base).mean(w)
		}
		if from <= least {
			return best
		}
	}
}

// fairest is the package of some points that is fairest above a baseline, the first of several.
func (r row) fairest(all []point) (best []int) {
	var most row
	for _, x := range all {
		if best == nil || cmp.Or(fairer(x.v, most, r), slices.Compare(best, x.choice)) > 0 {
			best, most = x.choice, x.v
		}
	}
	return best
}

// fairer compares two vectors by what they leave below the baseline, by how many gains there are, and by their product.
// Floats decide products that differ by more than all rounding.
func fairer(a, b, base row) int {
	measure := func(v row) (short int64, above int, near float64) {
		near = 1
		for s := range v {
			short += min(0, v[s]-base[s])
			if v[s] > base[s] {
				above++
				near *= float64(v[s] - base[s])
			}
		}
		return short, above, near
	}
	product := func(v row) *big.Int {
		out := big.NewInt(1)
		for s := range v {
			if v[s] > base[s] {
				out.Mul(out, big.NewInt(v[s]-base[s]))
			}
		}
		return out
	}
	if slices.Equal(a, b) {
		return 0
	}
	s1, n1, p1 := measure(a)
	s2, n2, p2 := measure(b)
	switch by := cmp.Or(cmp.Compare(s1, s2), n1-n2); {
	case by != 0:
		return by
	case p1 > p2*(1+1e-9):
		return 1
	case p2 > p1*(1+1e-9):
		return -1
	}
	return product(a).Cmp(product(b))
}

// climb changes one issue at a time as long as that is fairer.
func (t table) climb(base row, start []int) []int {
	at := slices.Clone(start)
	v, w := t.value(at), make(row, t.Sides)
	for again := true; again; {
		again = false
		for i, options := range t.issues {
			for k, o := range options {
				old := at[i]
				if at[i] = k; t.tied[i] {
					copy(w, t.value(at))
				} else {
					for s := range w {
						w[s] = v[s] + o[s] - options[old][s]
					}
				}
				if k != old && fairer(w, v, base) > 0 && (!t.tied[i] || t.broken(at) == nil) {
					v, w, again = w, v, true
				} else {
					at[i] = old
				}
			}
		}
	}
	return at
}

// rivals are packages that were found better for everyone than some other under one table: they may be under the next.
// The one that was so last stands first.
type rivals [][]int

// mostRivals bounds how many of them are remembered.
const mostRivals = 16

// better reports whether one of the rivals gives every side as much as v does and somebody more.
func (t table) better(of rivals, v row) bool {
	n := slices.IndexFunc(of, func(c []int) bool { return t.beats(c, v) })
	if n >= 0 {
		c := of[n]
		copy(of[1:n+1], of[:n])
		of[0] = c
	}
	return n >= 0
}

func (t table) beats(choice []int, v row) bool {
	w := t.value(choice)
	return w.covers(v) && !slices.Equal(w, v)
}

// efficient reports whether no package gives every side as much as this one does and somebody more. It begins its search
// with another one, and looks at the rivals first.
func (t table) efficient(choice, start []int, base row, known *rivals) bool {
	v := t.value(choice)
	if t.better(*known, v) {
		return false
	}
	found := t.beyond(choice, v, t.value(start).above(base))
	if found != nil {
		*known = append(rivals{found}, (*known)[:min(len(*known), mostRivals-1)]...)
	}
	return found == nil
}

// beyond is a package that gives every side as much as v and somebody more, nil where there is none.
func (t table) beyond(choice []int, v row, unit gains) []int {
	var w []float64
	if unit != nil {
		below := slices.Clone(v)
		for s := range v {
			below[s] -= 1 + int64(unit[s]/64)
		}
		var c []int
		if w, c = t.slope(choice, below); t.beats(c, v) {
			return c
		}
	}
	for _, x := range t.merge(v, w, v.weigh(w)) {
		if !slices.Equal(x.v, v) {
			return x.choice
		}
	}
	return nil
}

// each runs work on every sample, on all cores, each of which makes its own; what it finds stands by sample.
func (p *proof) each(worker func() func(sample int, weight []int64, parts [][]int64)) {
	var all sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	failed := make([]any, cores)
	for from := range cores {
		all.Go(func() {
			defer func() { failed[from] = recover() }()
			work := worker()
			for n := from; n < p.Samples; n += cores {
				weight, parts := p.draw(n)
				work(n, weight, parts)
			}
		})
	}
	all.Wait()
	for _, why := range failed {
		if why != nil {
			panic(why)
		}
	}
}
