// Package roadmap orders the moves of a package into steps, so that the way to
// it harms nobody: after every step no side is worse off than one step before
// (Monotone), or no side is further below its start than it agreed to be
// (Within). Moves that only work together make one simultaneous step, and such
// steps are as small as can be. Where moves one at a time would leave somebody
// exposed, Bottleneck finds by how much at least; Keep says how patient a side
// must be for its promises to hold.
//
// A state of the way is a package: of every issue the option it starts from or
// the one it ends with. Values, terms and rules are those of a pareto.Space, so
// a prerequisite is a rule and a synergy counts from the step that completes it.
// All deciding is done in integers; work is bounded by counts, and a result says
// when a bound ended its search.
//
// The package does not know whose move a move is, and it does not judge whether
// the package is worth reaching.
package roadmap

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/engine/pareto"
)

// MostMoves bounds the moves of a question: up to here the costs that compare
// steps by size fit 64 bits.
const MostMoves = 60

// Question is a way to be found: from one package of a space to another. A move
// is an issue in which the two differ.
type Question struct {
	Space pareto.Space
	From  []int   // an option for every issue
	To    []int   // an option for every issue
	Late  []int   // by issue, larger is later: of steps that are otherwise alike, moves of smaller numbers come first; nil: all alike
	Unit  []int64 // by side, positive: exposures of several sides are compared in these units; nil: 1

	// Allow is a further condition on every step, nil for none: from and to are
	// packages. It must be transitive and hold between equal packages, as "nobody
	// is worse off" does. Monotone alone asks it.
	Allow func(from, to []int) bool

	// Prefer marks steps that are better than others of their size, nil for none,
	// as those under which nobody can lose whatever is not known.
	Prefer func(from, to []int) bool
}

// Limits bound a search by a count. Looks is how many states are looked at;
// 0 is no bound.
type Limits struct{ Looks int64 }

// Step is a set of moves made at the same time.
type Step struct {
	Moves  []int   // issues, ascending
	Values []int64 // by side, after the step
}

// Path is a way from the start of a question to its end.
type Path struct {
	Start []int64 // values by side before the first step
	Steps []Step
	// Exact says that no path has smaller steps (of Monotone and Within), or a
	// smaller largest exposure (of Bottleneck). False: a limit ended the search.
	Exact bool
	Looks int64
}

// ErrNoPath says that there is no path: the end leaves a side worse off than the
// start or than its bound, or breaks a rule.
var ErrNoPath = errors.New("no order of the moves reaches the package")

// ErrTooMany says that the packages differ in more than MostMoves issues.
var ErrTooMany = fmt.Errorf("a roadmap has at most %d moves", MostMoves)

// Monotone finds a path on which no side is worse off after any step than before
// it and every state keeps the rules. Of all such paths it takes one whose
// largest step is smallest; of these one with the fewest steps of that size, then
// of the size below, and so on: moves are merged only where they must be. Of
// paths alike in this it takes one with the fewest steps that Prefer does not
// mark, of these one in which the fewest moves wait behind a later one (see Late),
// and of these one that has its larger steps later; past 22 moves these three
// only guide the search. It is ErrNoPath where not even all moves at once are a
// step.
func Monotone(ctx context.Context, q Question, limits Limits) (Path, error) {
	c, err := newCourse(q)
	if err != nil {
		return Path{}, err
	}
	return c.smallest(ctx, limits.Looks)
}

// Within is like Monotone with another rule: after every step side p is at most
// bound[p] below its value at the start. Bounds are not negative.
func Within(ctx context.Context, q Question, bound []int64, limits Limits) (Path, error) {
	c, err := newCourse(q)
	if err != nil {
		return Path{}, err
	}
	if len(bound) != c.sides {
		return Path{}, fmt.Errorf("there are %d bounds for %d sides", len(bound), c.sides)
	}
	c.allow, c.floor = nil, slices.Clone(c.start)
	for p, b := range bound {
		if b < 0 {
			return Path{}, fmt.Errorf("the bound of side %d is negative", p)
		}
		c.floor[p] -= min(b, pareto.MaxSum)
	}
	return c.smallest(ctx, limits.Looks)
}

// Sizes are the numbers of moves of the steps, largest first: what Monotone and
// Within make smallest, compared from the front.
func (p Path) Sizes() []int {
	var out []int
	for _, s := range p.Steps {
		out = append(out, len(s.Moves))
	}
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return out
}

// Before is what the sides have before a step.
func (p Path) Before(step int) []int64 {
	if step == 0 {
		return p.Start
	}
	return p.Steps[step-1].Values
}

// Exposure is, by side, how far below the start a path leaves it at worst.
func (p Path) Exposure() []int64 {
	out := make([]int64, len(p.Start))
	for _, s := range p.Steps {
		for side, v := range s.Values {
			out[side] = max(out[side], p.Start[side]-v)
		}
	}
	return out
}

// weights are what steps of every size cost, so that sums of them compare as the
// sizes do: one larger step costs more than whatever smaller ones can stand in
// its place.
func weights(n int) []uint64 {
	w := make([]uint64, n+1)
	most := make([]uint64, n+1) // by moves: the largest sum of weights of the sizes so far
	for k := 2; k <= n; k++ {
		w[k] = most[n] + 1
		for m := k; m <= n; m++ {
			most[m] = max(most[m], most[m-k]+w[k])
		}
	}
	return w
}
