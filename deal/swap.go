package deal

import (
	"cmp"
	"fmt"
	"slices"

	"parley/interest"
)

// Bounds of the search for swaps.
const (
	movesASide   = 3
	mostSwapSets = 300_000 // sets of moves looked at; beyond it the answer says so
)

// move is an option by which at least one side gives something up.
type move struct{ issue, option int }

// swapSearch looks for the smallest sets of moves that serve all who move and
// cost nobody. From every move it repairs what the set lacks: a side that may
// lose needs a move that raises the very sum that is negative, a side that moves
// without gain needs a move that gives it something. A swap can always be
// reached so, because whatever one of its parts lacks, the rest supplies.
type swapSearch struct {
	c       *certainty
	tier    []interest.Tier
	moves   []move
	visited map[string]bool
	found   [][]move
	full    bool // the bound was reached
}

// swaps lists all minimal swaps in canonical order, smallest first, and whether
// the search was complete.
func swaps(c *certainty) (found [][]move, complete bool) {
	if c.r.t.exact {
		return nil, true
	}
	s := &swapSearch{c: c, tier: c.tiers(), visited: map[string]bool{}}
	for i, is := range c.r.t.issues {
		for k, o := range is.options {
			if k > 0 && len(o.movers) > 0 {
				s.moves = append(s.moves, move{i, k})
			}
		}
	}
	for _, m := range s.moves {
		s.extend(nil, m)
	}
	return smallest(s.found), !s.full
}

func (s *swapSearch) extend(set []move, m move) {
	for _, old := range set {
		if old.issue == m.issue {
			return
		}
	}
	set = append(slices.Clone(set), m)
	slices.SortFunc(set, compareMoves)
	if !s.allowed(set) {
		return
	}
	key := fmt.Sprint(set)
	if s.visited[key] || s.full {
		return
	}
	s.visited[key] = true
	if len(s.visited) >= mostSwapSets {
		s.full = true
		return
	}
	sum := s.c.sum(set)
	lacking, helps := s.lack(set, sum)
	if !lacking {
		s.found = append(s.found, set)
		return
	}
	for _, next := range s.moves {
		if helps(next) {
			s.extend(set, next)
		}
	}
}

func compareMoves(a, b move) int {
	return cmp.Or(cmp.Compare(a.issue, b.issue), cmp.Compare(a.option, b.option))
}

// allowed reports whether no side moves more often than it may.
func (s *swapSearch) allowed(set []move) bool {
	for _, n := range s.c.movers(set) {
		if n > movesASide {
			return false
		}
	}
	return true
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

func (c *certainty) sum(set []move) tally {
	sum := make(tally, len(c.r.t.entries))
	for _, m := range set {
		c.add(sum, m.issue, m.option, 1)
	}
	return sum
}

// lack says whether the set is short of a swap, and which moves could supply
// what it lacks first.
func (s *swapSearch) lack(set []move, sum tally) (bool, func(move) bool) {
	movers := s.c.movers(set)
	parts, idle := 0, -1
	for side := range movers {
		st := s.c.stand(side, sum, s.tier)
		if !st.never {
			return true, func(m move) bool { return s.c.raises(m, st.losing) }
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
	return false, nil
}

// raises reports whether the move adds to the sum over the interests.
func (c *certainty) raises(m move, entries []int) bool {
	var sum int64
	for _, d := range c.delta[m.issue][m.option] {
		if slices.Contains(entries, d.entry) {
			sum += d.by
		}
	}
	return sum > 0
}

// serves reports whether the move does any good to the side.
func (c *certainty) serves(m move, side int) bool {
	return slices.ContainsFunc(c.delta[m.issue][m.option], func(d change) bool {
		return d.by > 0 && c.r.t.entries[d.entry].side == side
	})
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

// smallest drops every set that contains another one, and sorts the rest.
func smallest(sets [][]move) [][]move {
	slices.SortFunc(sets, func(a, b []move) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, compareMoves))
	})
	var out [][]move
	for _, s := range sets {
		if !slices.ContainsFunc(out, func(part []move) bool { return contains(s, part) }) {
			out = append(out, s)
		}
	}
	return out
}

func contains(set, part []move) bool {
	for _, m := range part {
		if !slices.Contains(set, m) {
			return false
		}
	}
	return true
}
