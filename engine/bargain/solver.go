package bargain

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"parley/engine/pareto"
)

// Solver finds Nash packages of spaces without their frontiers. It is meant for
// thousands of spaces in turn and allocates nothing once it has grown to their
// size, apart from rare cases handed to pareto.Frontier or pareto.Explore. One
// goroutine uses it at a time.
type Solver struct {
	walker pareto.Walker
	dual   dual
	space  pareto.Space
	base   []int64
	floor  []int64              // base, and one more where the gain must be strict
	left   int                  // steps left of the budget
	see    func(values []int64) // note, kept so that passing it allocates nothing

	hint   []int64 // what a package known to be best gives each side, else empty
	seen   bool    // some package with the gains wanted is known
	gains  []int64 // those with the largest product known
	found  bool    // choice is a package
	held   bool    // with these gains
	choice []int
	trial  []int
	one    []int64
	x, y   big.Int
	factor big.Int
}

// patience is how many steps a search may take before the frontier is tried: a
// table of small integers can have a million best packages and a short frontier.
const patience = 1 << 16

// NewSolver returns a solver ready for any table.
func NewSolver() *Solver {
	s := new(Solver)
	s.see = s.note
	return s
}

// Nash returns the feasible package that, among those giving no side less than base,
// leaves the most sides strictly above it and of these has the largest product
// of the gains above it; of several, the lexicographically smallest choice
// vector. It is nil when no feasible package gives every side its base. The space
// passes Check and base lies within the sums it allows. The result is valid until the
// next call.
//
// Budget bounds the partial packages looked at by each of at most three
// attempts (0: no bound). When it runs out before the search is complete, exact
// is false and the choice is the best package met, nil if there was none.
func (s *Solver) Nash(space pareto.Space, base []int64, budget int) (choice []int, exact bool) {
	s.walker.Reset(space)
	if s.walker.Void() {
		return nil, true
	}
	s.dual.reset(&s.walker, base)
	s.space, s.base, s.hint = space, base, s.hint[:0]
	s.floor, s.gains, s.one = grow(s.floor, space.Sides), grow(s.gains, space.Sides), grow(s.one, space.Sides)
	s.choice, s.trial = grow(s.choice, len(space.Issues)), grow(s.trial, len(space.Issues))
	first, all := patience, budget
	if budget <= 0 {
		all = 1 << 62
	}
	exact = s.search(min(first, all)) || s.fromFrontier(all) || all > first && s.search(all)
	if !s.found {
		return nil, exact
	}
	return s.choice, exact
}

// search looks for packages that give as many sides as possible a gain, and
// reports whether it could finish. Groups are tried from the largest down; once
// none of a size has a package, groups one smaller have packages in which
// nobody else gains.
func (s *Solver) search(budget int) (complete bool) {
	s.left, s.seen, s.found, s.held = budget, false, false, false
	able := s.able()
	for size := able.size(); size >= 0 && !s.found; size-- {
		for who := able; ; who = (who - 1) & able {
			if s.left--; s.left < 0 || who.size() == size && !s.searchGroup(who) {
				return false
			}
			if who == 0 || size == able.size() {
				break
			}
		}
	}
	return true
}

// able is the group of sides that can get more than their base at all.
func (s *Solver) able() group {
	var able group
	for p := range s.base {
		if s.walker.Most(p) > s.base[p] {
			able |= 1 << p
		}
	}
	return able
}

// searchGroup looks for the packages that give every side in who a gain and
// nobody a loss. Without one to start from it tries packages close to the bound
// first, because what they show leaves little to search.
func (s *Solver) searchGroup(who group) (complete bool) {
	for p, b := range s.base {
		s.floor[p] = b
		if who.has(p) {
			s.floor[p]++
		}
	}
	s.dual.solve(who, s.see)
	if len(s.hint) > 0 {
		s.note(s.hint)
	}
	sure := s.dual.sure()
	for _, part := range [...]float64{0.05, 0.3} {
		guess := float64(s.dual.top * part)
		if s.seen || guess >= sure {
			break
		}
		if !s.walk(guess) {
			return false
		}
		if s.seen && s.dual.slack(s.gains) <= guess {
			return true
		}
	}
	if s.seen {
		sure = min(sure, s.dual.slack(s.gains))
	}
	return s.walk(sure)
}

// note remembers the gains of a package met on the way if they are the best.
func (s *Solver) note(values []int64) {
	if !notBelow(values, s.floor) {
		return
	}
	s.measure(values)
	if !s.seen || s.compare(s.one, s.gains) > 0 {
		s.seen, s.held = true, false
		copy(s.gains, s.one)
	}
}

// walk visits all packages within the slack and keeps the best.
func (s *Solver) walk(slack float64) (complete bool) {
	if s.left <= 0 {
		return false
	}
	s.walker.Begin(s.dual.weights, s.floor, slack, s.left)
	for s.walker.Next() {
		s.measure(s.walker.Values())
		order := 1
		if s.seen {
			order = s.compare(s.one, s.gains)
		}
		if order < 0 {
			continue
		}
		s.walker.Choice(s.trial)
		if order > 0 || !s.held || slices.Compare(s.trial, s.choice) < 0 {
			s.choice, s.trial = s.trial, s.choice
		}
		s.seen, s.found, s.held = true, true, true
		if order > 0 {
			copy(s.gains, s.one)
			s.walker.Tighten(s.dual.slack(s.gains))
		}
	}
	s.left -= s.walker.Steps()
	return !s.walker.Spent()
}

// measure writes the gains of a package to one.
func (s *Solver) measure(values []int64) {
	for p, v := range values {
		s.one[p] = v - s.base[p]
	}
}

// compare orders gains by the product of those that are not zero, of which both
// have the same number. Floats decide only what is far apart.
func (s *Solver) compare(a, b []int64) int {
	quotient := 1.0
	for p := range a {
		quotient *= float64(max(1, a[p])) / float64(max(1, b[p]))
	}
	switch {
	case quotient > 1+1e-9 && quotient < 1e300:
		return 1
	case quotient < 1-1e-9 && quotient > 1e-300:
		return -1
	}
	return s.product(&s.x, a).Cmp(s.product(&s.y, b))
}

func (s *Solver) product(x *big.Int, gains []int64) *big.Int {
	x.SetInt64(1)
	for _, g := range gains {
		x.Mul(x, s.factor.SetInt64(max(1, g)))
	}
	return x
}

// fromFrontier takes the answer from the whole frontier if that stays within
// the budget.
func (s *Solver) fromFrontier(budget int) bool {
	options := 1
	for _, issue := range s.space.Issues {
		options += len(issue)
	}
	limit := max(1, min(budget, 1<<22)/options)
	if s.space.Interacts() {
		return s.ask(budget, limit)
	}
	points, err := pareto.Frontier(context.Background(), s.space.Table, limit)
	if err != nil {
		return false
	}
	s.found = false
	for _, k := range Nash(valuesOf(points), s.base) {
		if !s.found || slices.Compare(points[k].Choice, s.choice) < 0 {
			copy(s.choice, points[k].Choice)
			s.found = true
		}
	}
	return true
}

// ask takes from the frontier of a space what the best package gives, which
// leaves the next search little to look at. The package itself it cannot take:
// an explored frontier names some package for each vector, not the first. It
// reports whether that settles the question, because no package is feasible.
func (s *Solver) ask(budget, limit int) (none bool) {
	found, err := pareto.Explore(context.Background(), s.space, pareto.Limits{Nodes: int64(budget), Points: limit, Workers: 1}, nil)
	if err != nil {
		s.found = false
		return errors.Is(err, pareto.ErrInfeasible)
	}
	values := valuesOf(found.Points)
	if best := Nash(values, s.base); len(best) > 0 {
		s.hint = append(s.hint, values[best[0]]...)
	}
	return false
}

func valuesOf(points []pareto.Point) [][]int64 {
	values := make([][]int64, len(points))
	for k, point := range points {
		values[k] = point.Values
	}
	return values
}

// grow is a slice of n elements, never nil, in the memory of s where that is
// enough.
func grow[E any](s []E, n int) []E {
	if s == nil || cap(s) < n {
		return make([]E, n)
	}
	return s[:n]
}
