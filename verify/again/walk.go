package again

import (
	"cmp"
	"math/big"
	"slices"
)

// How weights are drawn under statements. First by tiers: where fewer than one in a hundred of some first draws keep
// what is said, by a walk on a grid of whole numbers.
const (
	firstDraws, oneIn      = 500, 100
	gridTotal              = 1 << 38
	shorter                = 21 // bits by which a direction is shorter than the grid
	directions             = 1_024
	firstStates, allStates = 1_024, 4_096
	stateSteps, drawSteps  = 64, 96
	fewInterests           = 8
	again                  = 64
	meanDraws, meanTotal   = 512, 1 << 30
)

// way is how the weights of a side are drawn.
type way struct {
	tier     []int
	said     []inequality
	rows     []inequality // of a walk, with those of the tiers before what is said
	d, slope [][]int64    // of a walk: its directions, and how every row changes along each
	pool     [][]int64    // of a walk: the states that a draw begins from; nil where draws are by tiers
	whole    int64        // of a walk: the sum of its weights
}

// inequality is a sum of times weights that is at least 0, or always 0.
type inequality struct {
	times []int64
	zero  bool
}

func (q inequality) sum(w []int64) (sum int64) {
	for k, v := range q.times {
		sum += v * w[k]
	}
	return sum
}

// findWays finds how the weights of every side are drawn, and the central weights of those that say something about them.
func (p *proof) findWays() {
	p.ways, p.means = make([]*way, p.Sides), make([][]*big.Rat, p.Sides)
	must(len(p.starts) == 0 || len(p.starts) == p.Sides, "a start for every side")
	for s, mine := range p.of {
		w := &way{}
		for _, n := range mine {
			w.tier = append(w.tier, p.tier[n])
		}
		walks := false
		if b := p.believes(s, p.tier); b != nil && !p.exact() {
			must(!b.impossible, "statements that leave some weights")
			w = drawn(b)
			if walks = w.rare(); walks {
				must(len(p.starts) > 0 && len(p.starts[s]) == len(mine), "a start for a walk")
				w.walk(b, p.starts[s])
			}
			p.means[s] = w.mean(b)
		}
		p.ways[s] = w
		must(walks || len(p.starts) == 0 || len(p.starts[s]) == 0, "a start for a walk alone")
	}
}

// drawn is how weights are drawn by tiers under what a side says, or is supposed to say.
func drawn(b *beliefs) *way {
	w := &way{tier: b.tier}
	for _, said := range b.said {
		q := inequality{}
		for _, v := range said {
			q.times = append(q.times, whole(v, big.NewInt(1)))
		}
		w.said = append(w.said, q)
	}
	return w
}

// rare reports whether draws by tiers seldom keep what is said.
func (w *way) rare() bool {
	below, found := stream(0, 0, 0), 0
	for range firstDraws {
		if w.keeps(byTiers(below, w.tier, gridTotal)) {
			found++
		}
	}
	return found*oneIn < firstDraws
}

func (w *way) keeps(weight []int64) bool {
	return !slices.ContainsFunc(w.said, func(q inequality) bool { return !q.zero && q.sum(weight) < 0 })
}

// mean is that of weights drawn under what a side says, the same for interests of a tier that no statement names.
func (w *way) mean(b *beliefs) []*big.Rat {
	sums := make([]int64, len(w.tier))
	for n := range meanDraws {
		for k, v := range w.draw(stream(0, 0, n), meanTotal) {
			sums[k] += v
		}
	}
	out := make([]*big.Rat, len(w.tier))
	for k := range out {
		sum, n := int64(0), int64(0)
		for j, v := range sums {
			if j == k || w.tier[j] == w.tier[k] && !b.named[j] && !b.named[k] {
				sum, n = sum+v, n+1
			}
		}
		out[k] = big.NewRat(sum, n)
		out[k].Quo(out[k], big.NewRat(meanDraws*meanTotal, 1))
	}
	return out
}

// draw draws weights that sum to a total.
func (w *way) draw(below func(n uint64) uint64, total int64) []int64 {
	if w.pool == nil {
		for {
			if weight := byTiers(below, w.tier, total); w.keeps(weight) {
				return weight
			}
		}
	}
	at := slices.Clone(w.pool[below(allStates)])
	var weight []int64
	for range again {
		w.step(below, at, drawSteps)
		if weight = w.round(at, total); w.keeps(weight) {
			break
		}
	}
	return weight
}

// round brings weights to a total by largest remainder.
func (w *way) round(at []int64, total int64) []int64 {
	weight, order, rest, left := make([]int64, len(at)), make([]int, len(at)), make([]int64, len(at)), total
	for k, v := range at {
		q, r := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(v), big.NewInt(total)), big.NewInt(w.whole), new(big.Int))
		weight[k], rest[k], order[k] = q.Int64(), r.Int64(), k
		left -= weight[k]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, k := range order[:left] {
		weight[k]++
	}
	return weight
}

// step goes along drawn directions, each time to some point within all rows.
func (w *way) step(below func(n uint64) uint64, at []int64, most int) {
	sums := make([]int64, len(w.rows))
	for i, q := range w.rows {
		sums[i] = q.sum(at)
	}
	for range most * min(fewInterests, len(at)) / fewInterests {
		n := below(directions)
		back, forth := int64(-1), int64(-1)
		for i, slope := range w.slope[n] {
			if room := &back; slope != 0 {
				if slope < 0 {
					room, slope = &forth, -slope
				}
				if far := sums[i] / slope; *room < 0 || far < *room {
					*room = far
				}
			}
		}
		if back < 0 || forth < 0 {
			continue // no direction at all
		}
		t := int64(below(uint64(back+forth)+1)) - back
		for k, d := range w.d[n] {
			at[k] += t * d
		}
		for i, slope := range w.slope[n] {
			sums[i] += t * slope
		}
	}
}

// walk makes the directions and the states that draws begin from. It begins where the bundle says, which must be inside.
func (w *way) walk(b *beliefs, start []int64) {
	w.findRows()
	for _, v := range start {
		must(v >= 0 && v <= gridTotal, "a start on the grid")
		w.whole += v
	}
	must(w.whole > 0 && w.whole <= gridTotal, "a start on the grid")
	for i := range w.rows {
		q := &w.rows[i]
		sum := q.sum(start)
		must(sum >= 0, "a start that keeps all that is said")
		if q.zero = sum == 0; q.zero {
			must(b.under(q.times) == nil, "a start with room on every side")
		}
	}
	copy(w.said, w.rows[len(w.rows)-len(w.said):])
	below, at := stream(0, 0, 0), slices.Clone(start)
	plane := w.plane()
	w.turn(plane, func() ([]int64, []int64) {
		one := byTiers(below, w.tier, gridTotal)
		return one, byTiers(below, w.tier, gridTotal)
	})
	rough := w.states(below, at, firstStates)
	w.turn(plane, func() ([]int64, []int64) {
		one := rough[below(firstStates)]
		return one, rough[below(firstStates)]
	})
	w.pool = w.states(below, at, allStates)
}

func (w *way) states(below func(n uint64) uint64, at []int64, n int) (out [][]int64) {
	for range n {
		w.step(below, at, stateSteps)
		out = append(out, slices.Clone(at))
	}
	return out
}

// findRows lists what the tiers say, pair by pair of neighbours, that no weight is below 0, and what is said besides.
func (w *way) findRows() {
	add := func(more, less int) {
		q := inequality{times: make([]int64, len(w.tier))}
		if less >= 0 {
			q.times[less] = -1
		}
		q.times[more] = 1
		w.rows = append(w.rows, q)
	}
	next := func(of int) (below int) {
		for _, t := range w.tier {
			if t < of {
				below = max(below, t)
			}
		}
		return below
	}
	for a, more := range w.tier {
		for b, less := range w.tier {
			if less > 0 && less == next(more) {
				add(a, b)
			}
		}
		if more == 0 || next(more) == 0 {
			add(a, -1)
		}
	}
	w.rows = append(w.rows, w.said...)
}

// turn makes directions of pairs of weightings, each in the plane of the rows that are always 0.
func (w *way) turn(plane [][]*big.Int, pair func() (a, b []int64)) {
	w.d, w.slope = nil, nil
	for range directions {
		a, b := pair()
		d := make([]int64, len(w.tier))
		for k := range d {
			d[k] = (a[k] - b[k]) >> shorter
		}
		d = project(plane, d)
		var slope []int64
		for _, q := range w.rows {
			slope = append(slope, q.sum(d))
		}
		w.d, w.slope = append(w.d, d), append(w.slope, slope)
	}
}

// plane solves the rows that are always 0, and that the sum stays, for as many weights as it can, the last ones first:
// all of it times one number, by row; what a row is solved for stands last.
func (w *way) plane() (out [][]*big.Int) {
	n := len(w.tier)
	var rows [][]*big.Rat
	for _, q := range append([]inequality{{times: slices.Repeat([]int64{1}, n), zero: true}}, w.rows...) {
		if !q.zero {
			continue
		}
		var row []*big.Rat
		for _, v := range q.times {
			row = append(row, big.NewRat(v, 1))
		}
		rows = append(rows, row)
	}
	var solved []int
	for k := n - 1; k >= 0; k-- {
		at := len(solved)
		for at < len(rows) && rows[at][k].Sign() == 0 {
			at++
		}
		if at == len(rows) {
			continue
		}
		this := len(solved)
		rows[this], rows[at] = rows[at], rows[this]
		by := new(big.Rat).Inv(rows[this][k])
		for j := range rows[this] {
			rows[this][j] = mul(rows[this][j], by)
		}
		for i := range rows {
			if factor := rows[i][k]; i != this && factor.Sign() != 0 {
				for j := range rows[i] {
					rows[i][j] = new(big.Rat).Sub(rows[i][j], mul(factor, rows[this][j]))
				}
			}
		}
		solved = append(solved, k)
	}
	unit := big.NewInt(1)
	for i := range solved {
		for _, v := range rows[i] {
			lcm(unit, v.Denom())
		}
	}
	for i, k := range solved {
		var row []*big.Int
		for _, v := range rows[i] {
			row = append(row, new(big.Int).Mul(v.Num(), new(big.Int).Quo(unit, v.Denom())))
		}
		out = append(out, append(row, big.NewInt(int64(k))))
	}
	return out
}

// project brings a direction into the plane: the weights that are solved for follow from the others.
func project(plane [][]*big.Int, d []int64) []int64 {
	n := len(d)
	free := slices.Clone(d)
	for _, row := range plane {
		free[row[n].Int64()] = 0
	}
	out := make([]int64, n)
	for k, v := range free {
		out[k] = v * plane[0][plane[0][n].Int64()].Int64()
	}
	for _, row := range plane {
		sum := new(big.Int)
		for k, v := range free {
			sum.Sub(sum, new(big.Int).Mul(row[k], big.NewInt(v)))
		}
		out[row[n].Int64()] = sum.Int64()
	}
	return out
}
