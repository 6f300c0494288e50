package bargain

import (
	"cmp"
	"math/bits"
	"slices"
)

// under draws weights under statements: by tiers until all of them hold, where
// that is not too rare, else by a walk.
type under struct {
	statements []inequality
	walk       *walk // nil where draws by tiers are tried
	remainder  []uint64
	order      []int
}

// Drawable reports whether weights of the polytope can be drawn: its statements
// written in whole numbers are not too large.
func (p *Polytope) Drawable() bool {
	_, _, ok := p.inequalities()
	return ok && (len(p.statements) == 0 || p.law() != nil)
}

// NewSampler returns a sampler of integer weights of the polytope that sum to
// total. Where at least one in a hundred weightings drawn by the tiers satisfies
// the statements, the first that does is taken, which is exactly uniform.
// Elsewhere it is hit and run, whose states are near to uniform after a long walk;
// a test holds it against the exact draws. Weights of a walk are rounded to the
// total by largest remainder; where a statement would break by it, the walk goes
// on, and after many such attempts it may break by the rounding. The total is at
// most 2^40. It panics where
// the polytope is not Drawable.
func (p *Polytope) NewSampler(total int64) *Sampler {
	s := NewSampler(p.levels, total)
	if len(p.statements) == 0 {
		return s
	}
	law := p.law()
	if law == nil {
		panic("bargain: statements in numbers too large to draw under")
	}
	s.under = &under{statements: law.statements, remainder: make([]uint64, p.n), order: make([]int, p.n)}
	if law.walk != nil {
		mine := *law.walk
		mine.current, mine.sums = make([]int64, p.n), make([]int64, len(mine.rows))
		s.under.walk = &mine
	}
	return s
}

// Start is the point of the grid at which the walk of a polytope begins, inside of
// all that its tiers and statements leave open; nil where weights are drawn by
// tiers. Whoever has it can draw the same weights.
func (p *Polytope) Start() []int64 {
	if len(p.statements) == 0 || p.law() == nil || p.drawn.walk == nil {
		return nil
	}
	return slices.Clone(p.drawn.walk.begin)
}

// law finds out once how weights are drawn; nil where they cannot be.
func (p *Polytope) law() *under {
	p.once.Do(func() {
		_, statements, ok := p.inequalities()
		if !ok {
			return
		}
		u := &under{statements: statements}
		s, out, r := NewSampler(p.levels, 1<<gridBits), make([]int64, p.n), NewStream(0, 0, 0)
		found := 0
		for range pilots {
			s.byTiers(r, out)
			if u.hold(out) {
				found++
			}
		}
		if found*mostTries < pilots {
			if u.walk = p.newWalk(); u.walk == nil {
				return
			}
			for i := range u.statements { // those that are no inequalities have no say in rounding
				u.statements[i].equal = u.walk.rows[len(u.walk.rows)-len(u.statements)+i].equal
			}
		}
		p.drawn = u
	})
	return p.drawn
}

// hold reports whether whole weights satisfy the statements.
func (u *under) hold(w []int64) bool {
	for i := range u.statements {
		if q := &u.statements[i]; !q.equal && q.sum(w) < 0 {
			return false
		}
	}
	return true
}

func (u *under) draw(s *Sampler, r *Stream, out []int64) {
	if u.walk == nil {
		for s.byTiers(r, out); !u.hold(out); s.byTiers(r, out) {
			continue // on average no more than mostTries times
		}
		return
	}
	u.walk.stand(u.walk.pool[r.Below(poolSize)])
	for range mostAgain {
		for range u.walk.steps(drawSteps) {
			u.walk.step(r)
		}
		u.round(s.total, out)
		if u.hold(out) {
			return
		}
	}
}

// round brings the walk's weights to a total by largest remainder; of equal ones
// the smaller index is served first.
func (u *under) round(total int64, out []int64) {
	left := total
	for k, v := range u.walk.current {
		high, low := bits.Mul64(uint64(v), uint64(total))
		q, rest := bits.Div64(high, low, uint64(u.walk.total))
		out[k], u.remainder[k], u.order[k] = int64(q), rest, k
		left -= int64(q)
	}
	slices.SortFunc(u.order, func(a, b int) int {
		return cmp.Or(cmp.Compare(u.remainder[b], u.remainder[a]), a-b)
	})
	for _, k := range u.order[:left] {
		out[k]++
	}
}
