package deal

import (
	"context"
	"slices"

	"parley/engine/pareto"
	"parley/interest"
)

// Bounds of the search for swaps. Beyond them the answer says that there may be
// more.
const (
	movesASide   = 3
	mostSwapSets = 100_000 // sets of moves looked at
	mostSwaps    = 200     // swaps listed
)

// move is an option by which at least one side gives something up.
type move struct{ issue, option int }

// swapSearch looks for the smallest sets of moves that serve all who move and
// cost nobody. It goes from smaller sets to larger ones, and adds only moves
// that supply what the set lacks: a side that may lose needs a move that raises
// the very sum that is negative, a side that moves without gain needs a move
// that gives it something, a set that breaks a rule a move on an issue of that
// rule. Every swap is reached so, because whatever one of its parts lacks, the
// rest supplies. A set that contains a swap is dropped.
type swapSearch struct {
	c       *certainty
	tier    []interest.Tier
	moves   []move
	visited map[string]bool
	level   [][]int // sets of the present size, as ascending indices into moves
	found   [][]int
	with    [][]int   // by move: the swaps found that contain it
	full    bool      // a bound was reached
	lost    [][]tally // by side that says more of its weights than ranks: weights by entry under which it lost before, the last used first
}

// swaps lists all minimal swaps, smallest first and then in canonical order, and
// whether the search was complete.
func swaps(ctx context.Context, c *certainty) (found [][]move, complete bool, err error) {
	return swapsWith(ctx, c, nil, func(move) bool { return true })
}

// swapsWith lists the minimal swaps that contain a move of the given kind; no
// swap that contains one of those known is listed. A swap is reached from any of
// its moves, so the search begins with the moves of that kind alone.
func swapsWith(ctx context.Context, c *certainty, known [][]move, kind func(move) bool) (found [][]move, complete bool, err error) {
	if c.r.t.exact {
		return nil, true, nil
	}
	s := &swapSearch{c: c, tier: c.tiers(), visited: map[string]bool{}, lost: make([][]tally, len(c.r.t.sides))}
	index := map[move]int{}
	for i, is := range c.r.t.issues {
		for k, o := range is.options {
			if k > 0 && len(o.movers) > 0 {
				index[move{i, k}] = len(s.moves)
				s.moves = append(s.moves, move{i, k})
			}
		}
	}
	s.with = make([][]int, len(s.moves))
	for _, set := range known {
		s.keep(indices(set, index))
	}
	for n, m := range s.moves {
		if kind(m) {
			s.level = append(s.level, []int{n})
		}
	}
	for len(s.level) > 0 && !s.full {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		s.nextLevel()
	}
	for _, f := range s.found[len(known):] {
		found = append(found, s.named(f))
	}
	return found, !s.full, nil
}

func indices(set []move, index map[move]int) []int {
	out := make([]int, len(set))
	for i, m := range set {
		out[i] = index[m]
	}
	slices.Sort(out)
	return out
}

func (s *swapSearch) named(set []int) []move {
	out := make([]move, len(set))
	for i, m := range set {
		out[i] = s.moves[m]
	}
	return out
}

// nextLevel tests the sets of one size and builds those of the next.
func (s *swapSearch) nextLevel() {
	slices.SortFunc(s.level, slices.Compare)
	var next [][]int
	for _, set := range s.level {
		if s.holdsSwap(set) {
			continue // of the same size: found meanwhile, hence equal, or larger
		}
		lacking, helps := s.lack(s.named(set))
		if !lacking {
			s.keep(set)
			continue
		}
		for m := range s.moves {
			if s.full {
				return
			}
			if helps(s.moves[m]) {
				next = s.extend(next, set, m)
			}
		}
	}
	s.level = next
}

func (s *swapSearch) keep(set []int) {
	if len(s.found) == mostSwaps {
		s.full = true
		return
	}
	for _, m := range set {
		s.with[m] = append(s.with[m], len(s.found))
	}
	s.found = append(s.found, set)
}

// holdsSwap reports whether the set contains a swap that was found.
func (s *swapSearch) holdsSwap(set []int) bool {
	for _, m := range set {
		for _, f := range s.with[m] {
			if s.found[f][0] == m && contains(set, s.found[f]) {
				return true
			}
		}
	}
	return false
}

// contains reports whether the ascending list has all of part.
func contains(set, part []int) bool {
	for _, m := range part {
		if _, ok := slices.BinarySearch(set, m); !ok {
			return false
		}
	}
	return true
}

// extend adds the set with one more move to the next level, unless the move is
// on an issue that the set already settles, a side would move too often, or the
// set was there before.
func (s *swapSearch) extend(next [][]int, set []int, m int) [][]int {
	for _, old := range set {
		if s.moves[old].issue == s.moves[m].issue {
			return next
		}
	}
	at, _ := slices.BinarySearch(set, m)
	larger := slices.Insert(slices.Clone(set), at, m)
	for _, n := range s.c.movers(s.named(larger)) {
		if n > movesASide {
			return next
		}
	}
	key := string(appendChoice(nil, larger))
	if s.visited[key] || s.holdsSwap(larger) {
		return next
	}
	s.visited[key] = true
	if len(s.visited) >= mostSwapSets {
		s.full = true
	}
	return append(next, larger)
}

// movers counts the moves of every side.
func (c *certainty) movers(set []move) []int {
	out := make([]int, len(c.r.t.sides))
	for _, m := range set {
		for _, s := range c.r.t.issues[m.issue].options[m.option].movers {
			out[s]++
		}
	}
	return out
}

// sum is what a set of moves does to every interest at worst, with what options
// do together where the moves bring them together or part them.
func (c *certainty) sum(set []move) tally {
	sum := make(tally, len(c.r.t.entries))
	for _, m := range set {
		for _, d := range c.delta[m.issue][m.option] {
			sum[d.entry] += d.by
		}
	}
	if len(c.joint) == 0 {
		return sum
	}
	choice := c.r.after(set)
	for j, t := range c.r.space.Terms {
		sign := b2i(pareto.AllHold(t.All, choice)) - b2i(c.quo[j])
		for _, d := range c.joint[j] {
			sum[d.entry] += sign * d.by
		}
	}
	return sum
}

// after is the status quo with a set of moves.
func (r *reading) after(set []move) []int {
	choice := r.statusQuo()
	for _, m := range set {
		choice[m.issue] = m.option
	}
	return choice
}

// broken is the first rule of the space that the status quo with the moves
// breaks, -1 where they are feasible.
func (c *certainty) broken(set []move) int {
	if len(c.r.space.Rules) == 0 {
		return -1
	}
	choice := c.r.after(set)
	return slices.IndexFunc(c.r.space.Rules, func(u pareto.Rule) bool { return !u.Keeps(choice) })
}

// loses are weights under which a side lost before and loses again; nil where there
// are none. To look for others takes a linear program.
func (s *swapSearch) loses(side int, sum tally) tally {
	for k, w := range s.lost[side] {
		var total int64
		for _, n := range s.c.r.mine[side] {
			total += w[n] * sum[n]
		}
		if total < 0 {
			copy(s.lost[side][1:k+1], s.lost[side][:k])
			s.lost[side][0] = w
			return w
		}
	}
	return nil
}

// lack says whether the set is short of a swap, and which moves could supply
// what it lacks first.
func (s *swapSearch) lack(set []move) (bool, func(move) bool) {
	sum, movers := s.c.sum(set), s.c.movers(set)
	parts, idle := 0, -1
	for side := range movers {
		if losing := s.loses(side, sum); losing != nil {
			return true, func(m move) bool { return s.c.raises(m, losing) }
		}
		st := s.c.stand(side, sum, s.tier)
		if !st.never {
			losing := s.c.losing(side, sum, s.tier)
			if losing == nil {
				return true, func(m move) bool { return s.c.serves(m, side) }
			}
			if s.c.r.t.says(side) {
				s.lost[side] = slices.Insert(s.lost[side], 0, tally(losing))
			}
			return true, func(m move) bool { return s.c.raises(m, losing) }
		}
		if movers[side] > 0 {
			parts++
			if !st.gains {
				idle = side
			}
		}
	}
	switch {
	case idle >= 0:
		return true, func(m move) bool { return s.c.serves(m, idle) }
	case parts < 2:
		return true, func(m move) bool { return s.c.byAnother(m, movers) }
	}
	if k := s.c.broken(set); k >= 0 {
		issues := s.c.r.space.Rules[k].Issues()
		return true, func(m move) bool { return slices.Contains(issues, m.issue) }
	}
	return false, nil
}

// raises reports whether the move adds to the sum under some weights, or may do so
// together with others.
func (c *certainty) raises(m move, weight []int64) bool {
	var sum int64
	for _, d := range c.delta[m.issue][m.option] {
		sum += weight[d.entry] * d.by
	}
	return sum > 0 || c.joins(m, func(d change) bool { return weight[d.entry] > 0 })
}

// serves reports whether the move does any good to the side, or may do so
// together with others.
func (c *certainty) serves(m move, side int) bool {
	mine := func(d change) bool { return c.r.t.entries[d.entry].side == side }
	return slices.ContainsFunc(c.delta[m.issue][m.option], func(d change) bool { return d.by > 0 && mine(d) }) || c.joins(m, mine)
}

// joins reports whether options of the move's issue do something together with
// others that matters.
func (c *certainty) joins(m move, matters func(change) bool) bool {
	for j, t := range c.r.space.Terms {
		here := func(l pareto.Literal) bool { return l.Issue == m.issue }
		if slices.ContainsFunc(t.All, here) && slices.ContainsFunc(c.joint[j], matters) {
			return true
		}
	}
	return false
}

// byAnother reports whether a side that has not moved yet moves by it.
func (c *certainty) byAnother(m move, movers []int) bool {
	return slices.ContainsFunc(c.r.t.issues[m.issue].options[m.option].movers, func(s int) bool { return movers[s] == 0 })
}

// holds reports whether a set of moves is a swap under the given tiers.
func (c *certainty) holds(set []move, sum tally, tier []interest.Tier) bool {
	parts := 0
	for side, n := range c.movers(set) {
		st := c.stand(side, sum, tier)
		if !st.never || n > 0 && !st.gains {
			return false
		}
		if n > 0 {
			parts++
		}
	}
	return parts >= 2
}
