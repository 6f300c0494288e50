package roadmap

import (
	"fmt"
	"math/bits"

	"parley/engine/pareto"
)

// course is a question in terms of its moves: a state is the set of moves that
// were made, as bits.
type course struct {
	sides int
	moves []int // issues, ascending
	start []int64
	end   []int64
	delta [][]int64 // by move and side: what the move adds whatever else was made
	terms []part
	rules []rule
	late  []uint64 // by move: the moves that are later than it
	unit  []int64
	floor []int64 // of Within, nil for Monotone
	allow func(from, to uint64) bool
	liked func(from, to uint64) bool
	full  uint64
	cost  []uint64 // by size of a step
}

// when holds in the states that contain must and nothing of not.
type when struct{ must, not uint64 }

func (w when) holds(s uint64) bool { return s&w.must == w.must && s&w.not == 0 }

// part is what comes with a conjunction, against the start.
type part struct {
	when
	values []int64
}

// rule is a rule of the space in terms of moves.
type rule struct {
	when
	of      []when
	atLeast int
	sum     *sum
}

type sum struct {
	base, least int64
	moves       []int64
	terms       []amount
}

type amount struct {
	when
	value int64
}

func newCourse(q Question) (*course, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	c := &course{sides: q.Space.Sides, start: q.Space.Value(q.From), end: q.Space.Value(q.To), unit: q.Unit}
	bit := make([]uint64, len(q.From)) // by issue, 0 where nothing moves
	for i := range q.From {
		if q.From[i] == q.To[i] {
			continue
		}
		if len(c.moves) == MostMoves {
			return nil, ErrTooMany
		}
		bit[i] = 1 << len(c.moves)
		c.full |= bit[i]
		c.moves = append(c.moves, i)
		d := make([]int64, c.sides)
		for p := range d {
			d[p] = q.Space.Issues[i][q.To[i]][p] - q.Space.Issues[i][q.From[i]][p]
		}
		c.delta = append(c.delta, d)
	}
	if c.unit == nil {
		for range c.sides {
			c.unit = append(c.unit, 1)
		}
	}
	c.cost = weights(len(c.moves))
	c.order(q)
	c.compile(q, bit)
	c.allow, c.liked = c.between(q, q.Allow), c.between(q, q.Prefer)
	return c, nil
}

// between asks about packages what the search asks about states.
func (c *course) between(q Question, ask func(from, to []int) bool) func(from, to uint64) bool {
	if ask == nil {
		return nil
	}
	a, b := make([]int, len(q.From)), make([]int, len(q.From))
	return func(from, to uint64) bool { return ask(c.choice(q, from, a), c.choice(q, to, b)) }
}

func (q Question) check() error {
	if err := q.Space.Check(); err != nil {
		return err
	}
	for name, choice := range map[string][]int{"start": q.From, "end": q.To} {
		if len(choice) != len(q.Space.Issues) {
			return fmt.Errorf("the %s has %d options for %d issues", name, len(choice), len(q.Space.Issues))
		}
		for i, o := range choice {
			if o < 0 || o >= len(q.Space.Issues[i]) {
				return fmt.Errorf("the %s takes option %d of issue %d, which has %d", name, o, i, len(q.Space.Issues[i]))
			}
		}
	}
	if q.Late != nil && len(q.Late) != len(q.From) {
		return fmt.Errorf("there are %d horizons for %d issues", len(q.Late), len(q.From))
	}
	if q.Unit != nil && len(q.Unit) != q.Space.Sides {
		return fmt.Errorf("there are %d units for %d sides", len(q.Unit), q.Space.Sides)
	}
	for p, u := range q.Unit {
		if u <= 0 {
			return fmt.Errorf("the unit of side %d is not positive", p)
		}
	}
	return nil
}

// order notes which moves are later than which.
func (c *course) order(q Question) {
	c.late = make([]uint64, len(c.moves))
	if q.Late == nil {
		return
	}
	for x, i := range c.moves {
		for y, j := range c.moves {
			if q.Late[j] > q.Late[i] {
				c.late[x] |= 1 << y
			}
		}
	}
}

// compile turns literals into bits: each holds at the start of its issue, at the
// end of it, in both or in neither.
func (c *course) compile(q Question, bit []uint64) {
	all := func(list []pareto.Literal) (w when, ever bool) {
		ever = true
		for _, l := range list {
			switch at, then := l.Holds(q.From), l.Holds(q.To); {
			case at && then:
			case then:
				w.must |= bit[l.Issue]
			case at:
				w.not |= bit[l.Issue]
			default:
				ever = false
			}
		}
		return w, ever && w.must&w.not == 0
	}
	for _, t := range q.Space.Terms {
		if w, ever := all(t.All); ever && w != (when{}) {
			c.terms = append(c.terms, part{w, t.Values})
		}
	}
	for _, r := range q.Space.Rules {
		w, ever := all(r.When)
		if !ever {
			continue
		}
		one := rule{when: w, atLeast: r.AtLeast}
		for _, l := range r.Of {
			if w, ever := all([]pareto.Literal{l}); ever {
				one.of = append(one.of, w)
			}
		}
		if r.Sum != nil {
			one.sum = c.compileSum(q, r.Sum, all)
		}
		c.rules = append(c.rules, one)
	}
}

func (c *course) compileSum(q Question, s *pareto.Sum, all func([]pareto.Literal) (when, bool)) *sum {
	out := &sum{least: s.Least, moves: make([]int64, len(c.moves))}
	for i, amounts := range s.Amounts {
		if amounts != nil {
			out.base += amounts[q.From[i]]
		}
	}
	for x, i := range c.moves {
		if a := s.Amounts[i]; a != nil {
			out.moves[x] = a[q.To[i]] - a[q.From[i]]
		}
	}
	for _, t := range s.Terms {
		if w, ever := all(t.All); ever {
			out.terms = append(out.terms, amount{w, t.Value})
		}
	}
	return out
}

// choice writes the package of a state.
func (c *course) choice(q Question, s uint64, out []int) []int {
	copy(out, q.From)
	for ; s != 0; s &= s - 1 {
		i := c.moves[bits.TrailingZeros64(s)]
		out[i] = q.To[i]
	}
	return out
}

// value writes what a state gives each side.
func (c *course) value(s uint64, out []int64) []int64 {
	copy(out, c.start)
	for rest := s; rest != 0; rest &= rest - 1 {
		for p, v := range c.delta[bits.TrailingZeros64(rest)] {
			out[p] += v
		}
	}
	c.addTerms(s, out)
	return out
}

func (c *course) addTerms(s uint64, out []int64) {
	for _, t := range c.terms {
		now, before := t.holds(s), t.holds(0)
		switch {
		case now && !before:
			for p, v := range t.values {
				out[p] += v
			}
		case before && !now:
			for p, v := range t.values {
				out[p] -= v
			}
		}
	}
}

// feasible reports whether a state keeps every rule.
func (c *course) feasible(s uint64) bool {
	for i := range c.rules {
		if r := &c.rules[i]; r.holds(s) && !r.keeps(s) {
			return false
		}
	}
	return true
}

func (r *rule) keeps(s uint64) bool {
	if r.sum != nil {
		v := r.sum.base
		for rest := s; rest != 0; rest &= rest - 1 {
			v += r.sum.moves[bits.TrailingZeros64(rest)]
		}
		for _, t := range r.sum.terms {
			if t.holds(s) {
				v += t.value
			}
		}
		return v >= r.sum.least
	}
	held := 0
	for _, w := range r.of {
		if w.holds(s) {
			held++
		}
	}
	return held >= r.atLeast
}

// possible reports whether a state with these values can stand on a path at all.
// Whoever rises step by step is never above where they end.
func (c *course) possible(s uint64, v []int64) bool {
	for p, x := range v {
		switch {
		case c.floor != nil && x < c.floor[p],
			c.floor == nil && (x < c.start[p] || x > c.end[p]):
			return false
		}
	}
	return c.feasible(s) && (c.allow == nil || c.allow(0, s) && c.allow(s, c.full))
}

// step reports whether one possible state may follow another.
func (c *course) step(from, to uint64, a, b []int64) bool {
	if c.floor == nil {
		for p := range a {
			if b[p] < a[p] {
				return false
			}
		}
	}
	return c.allow == nil || c.allow(from, to)
}

// behind counts the pairs of moves in which one of the step comes after a later
// one that was made before.
func (c *course) behind(s, step uint64) int {
	n := 0
	for ; step != 0; step &= step - 1 {
		n += bits.OnesCount64(s & c.late[bits.TrailingZeros64(step)])
	}
	return n
}

// price is what the steps of a chain of states cost together.
func (c *course) price(states []uint64) (sum uint64) {
	for k := 1; k < len(states); k++ {
		sum += c.cost[bits.OnesCount64(states[k]&^states[k-1])]
	}
	return sum
}

// path follows a chain of states.
func (c *course) path(states []uint64, exact bool, looks int64) Path {
	out := Path{Start: c.start, Exact: exact, Looks: looks}
	for k := 1; k < len(states); k++ {
		step := Step{Values: c.value(states[k], make([]int64, c.sides))}
		for d := states[k] &^ states[k-1]; d != 0; d &= d - 1 {
			step.Moves = append(step.Moves, c.moves[bits.TrailingZeros64(d)])
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}
