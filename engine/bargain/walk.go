package bargain

import (
	"math/big"
	"math/bits"
	"slices"
)

// Bounds of drawing under statements.
const (
	pilots     = 500     // draws by tiers that are tried before anything else
	mostTries  = 100     // draws by tiers that one draw under statements may take on average
	gridBits   = 38      // whole numbers in which the walk goes
	wayBits    = 17      // bits of a direction before it is brought into the plane
	mostSpread = 16      // bits of a number that does so
	mostNumber = 1 << 22 // sum of the whole coefficients of a statement
	poolSize   = 4_096   // states that a draw may start from
	roughSize  = 1_024   // states of the first walk
	poolSteps  = 64      // steps between them, at most
	drawSteps  = 96      // steps of a draw, at most
	full       = 8       // interests from which on a walk takes that many steps
	directions = 1_024   // in which a step may go
	mostAgain  = 64      // draws that are repeated because rounding broke a statement
)

// inequality is a condition on whole weights: the sum of coefficients times
// weights is at least 0. equal marks one that no admissible weights satisfy
// otherwise.
type inequality struct {
	at    []int
	by    []int64
	equal bool
}

func (q *inequality) sum(w []int64) (s int64) {
	for i, k := range q.at {
		s += q.by[i] * w[k]
	}
	return s
}

// walk draws weights by hit and run on a grid of whole numbers. A step takes one
// of some fixed directions and goes to a point of the grid on the line within the
// polytope, each as likely. Since the choice of the direction does not depend on
// where the walk stands, a step from x to y is as likely as one from y to x, and
// the uniform distribution on the points of the grid that the walk reaches is
// stationary.
//
// A first walk has differences of weightings drawn by the tiers as directions,
// brought into the plane of the statements that hold with equality. Its states
// show where the polytope is long and where it is narrow: differences between them
// are the directions of the walk proper. That one goes on from there and leaves a
// pool of states; a draw starts from one of them and goes on.
type walk struct {
	total   int64 // of the weights on the grid
	rows    []inequality
	ways    []way
	pool    [][]int64
	current []int64
	sums    []int64
	begin   []int64 // where it began
}

// way is a direction, and how the sum of every row changes along it.
type way struct{ d, slope []int64 }

// Whole is the statement in whole numbers, as small as they can be.
func Whole(s Statement) []*big.Int {
	numbers := make([]*big.Rat, len(s))
	for k, c := range s {
		if numbers[k] = c; c == nil {
			numbers[k] = new(big.Rat)
		}
	}
	out, all := whole(numbers), new(big.Int)
	for _, v := range out {
		all.GCD(nil, nil, all, new(big.Int).Abs(v))
	}
	if all.Sign() > 0 {
		for _, v := range out {
			v.Quo(v, all)
		}
	}
	return out
}

// inequality is the statement in whole numbers, false where they are too large to
// be drawn under.
func (s Statement) inequality() (q inequality, ok bool) {
	sum := new(big.Int)
	for k, v := range Whole(s) {
		if v.Sign() == 0 {
			continue
		}
		if sum.Add(sum, new(big.Int).Abs(v)); sum.Cmp(big.NewInt(mostNumber)) > 0 {
			return q, false
		}
		q.at, q.by = append(q.at, k), append(q.by, v.Int64())
	}
	return q, true
}

// inequalities are the tiers, pair by pair, that no weight is below 0, and the
// statements.
func (p *Polytope) inequalities() (all []inequality, statements []inequality, ok bool) {
	placed, blocks := order(p.levels)
	for t := 1; t < len(blocks); t++ {
		for _, a := range placed[blocks[t-1].from:blocks[t-1].to] {
			for _, b := range placed[blocks[t].from:blocks[t].to] {
				all = append(all, inequality{at: []int{a, b}, by: []int64{1, -1}})
			}
		}
	}
	for k, level := range p.levels {
		if level == Unplaced || level == p.levels[placed[len(placed)-1]] {
			all = append(all, inequality{at: []int{k}, by: []int64{1}})
		}
	}
	for _, s := range p.statements {
		q, ok := s.inequality()
		if !ok {
			return nil, nil, false
		}
		statements = append(statements, q)
	}
	return append(all, statements...), statements, true
}

// newWalk finds the middle and the plane of the polytope and walks until the
// pool is full. It is nil where the numbers are too large.
func (p *Polytope) newWalk() *walk {
	w := &walk{}
	var ok bool
	if w.rows, _, ok = p.inequalities(); !ok || !w.start(p) {
		return nil
	}
	w.begin = slices.Clone(w.current)
	var within plane
	if !within.solve(p.n, w.rows) {
		return nil
	}
	r, tiers := NewStream(0, 0, 0), NewSampler(p.levels, 1<<gridBits)
	one, other := make([]int64, p.n), make([]int64, p.n)
	w.turn(&within, func() ([]int64, []int64) {
		tiers.Draw(r, one)
		tiers.Draw(r, other)
		return one, other
	})
	w.stand(slices.Clone(w.current))
	w.fill(r, roughSize)
	w.turn(&within, func() ([]int64, []int64) { return w.pool[r.Below(roughSize)], w.pool[r.Below(roughSize)] })
	w.fill(r, poolSize)
	return w
}

// turn replaces the directions by differences of pairs of weightings.
func (w *walk) turn(within *plane, pair func() (a, b []int64)) {
	w.ways = nil
	for range directions {
		a, b := pair()
		v := way{d: make([]int64, len(a))}
		for k := range v.d {
			v.d[k] = (a[k] - b[k]) >> (gridBits - wayBits)
		}
		within.project(v.d)
		for i := range w.rows {
			v.slope = append(v.slope, w.rows[i].sum(v.d))
		}
		w.ways = append(w.ways, v)
	}
}

// fill walks until it has a new pool of states.
func (w *walk) fill(r *Stream, states int) {
	var pool [][]int64
	for range states {
		for range w.steps(poolSteps) {
			w.step(r)
		}
		pool = append(pool, slices.Clone(w.current))
	}
	w.pool = pool
}

// steps is how many steps take as long in a polytope of few interests as most
// of them in one of many.
func (w *walk) steps(most int) int { return most * min(full, len(w.current)) / full }

// start adds up, for every inequality, weights under which it is strict, each
// brought to about the same total: a sum of admissible weights is admissible. An
// inequality without such weights always holds with equality.
func (w *walk) start(p *Polytope) bool {
	w.current = make([]int64, p.n)
	delta := make([]int64, p.n)
	room := big.NewInt((1 << gridBits) / int64(len(w.rows)))
	for i := range w.rows {
		q := &w.rows[i]
		clear(delta)
		for j, k := range q.at {
			delta[k] = -q.by[j]
		}
		_, strict := p.solve(delta)
		if q.equal = strict == nil; q.equal {
			continue
		}
		sum := new(big.Int)
		for _, v := range strict {
			sum.Add(sum, v)
		}
		times := new(big.Int).Quo(room, sum)
		if times.Sign() == 0 {
			return false
		}
		for k, v := range strict {
			w.current[k] += new(big.Int).Mul(v, times).Int64()
		}
	}
	for _, v := range w.current {
		w.total += v
	}
	return w.total > 0
}

// stand puts the walk at a point of the grid.
func (w *walk) stand(at []int64) {
	copy(w.current, at)
	w.sums = w.sums[:0]
	for i := range w.rows {
		w.sums = append(w.sums, w.rows[i].sum(at))
	}
}

func (w *walk) step(r *Stream) {
	v := &w.ways[r.Below(directions)]
	back, forth, ok := w.line(v)
	if !ok {
		return
	}
	t := int64(r.Below(uint64(back+forth)+1)) - back
	for k, d := range v.d {
		w.current[k] += t * d
	}
	for i, s := range v.slope {
		w.sums[i] += t * s
	}
}

// line finds how many times a direction can be gone back and forth.
func (w *walk) line(v *way) (back, forth int64, ok bool) {
	var down, up limit
	for i, slope := range v.slope {
		switch {
		case slope > 0:
			down.narrow(w.sums[i], slope)
		case slope < 0:
			up.narrow(w.sums[i], -slope)
		}
	}
	if down.by == 0 || up.by == 0 {
		return 0, 0, false // no direction at all
	}
	return down.room / down.by, up.room / up.by, true
}

// limit is the smallest of several quotients.
type limit struct{ room, by int64 }

func (l *limit) narrow(room, by int64) {
	if l.by != 0 {
		high, low := bits.Mul64(uint64(room), uint64(l.by))
		high2, low2 := bits.Mul64(uint64(l.room), uint64(by))
		if high > high2 || high == high2 && low >= low2 {
			return
		}
	}
	l.room, l.by = room, by
}
