package deal

import (
	"bytes"
	"cmp"
	"slices"
)

// The canonical order numbers sides, interests, issues and options by content
// alone. The table becomes a graph with coloured vertices and labelled edges;
// colour refinement splits the vertices as far as their surroundings differ;
// where several stay alike, each is singled out in turn and the ordering with
// the smallest encoding wins. Orderings with equal encodings differ by a
// symmetry of the table, which is kept: it prunes the search and says which
// items are interchangeable. (McKay and Piperno, Practical graph isomorphism II,
// Journal of Symbolic Computation 60, 2014, describe the method.)

// order is the canonical numbering: element new of a list is the old number.
type order struct {
	sides, entries, issues []int
	options                [][]int // by old issue: old option numbers, the status quo first
	rules                  []int
	forced                 bool // the search was cut short: the order may depend on the file's
	graph                  *graph
	symmetries             [][]int
}

// mostRefinements bounds the search for the smallest encoding; tables made by
// people need a few dozen.
const mostRefinements = 20_000

func canonicalOrder(t *table) *order {
	g := newGraph(t)
	s := &canonSearch{g: g, budget: mostRefinements}
	start := slices.Clone(g.colour)
	everything := make([]int, len(start))
	for v := range everything {
		everything[v] = v
	}
	g.refine(start, everything)
	s.visit(start, nil)
	rank := s.best
	o := &order{graph: g, symmetries: s.symmetries, forced: s.budget <= 0}
	o.sides = byRank(rank, g.side, len(t.sides))
	o.entries = byRank(rank, g.entry, len(t.entries))
	o.issues = byRank(rank, g.issue, len(t.issues))
	o.rules = byRank(rank, g.rule, len(t.rules))
	for i := range t.issues {
		o.options = append(o.options, byRank(rank, g.option[i], len(t.issues[i].options)))
	}
	return o
}

// byRank sorts the things 0..n-1 by the rank of their vertices, which follow
// each other from first.
func byRank(rank []int, first, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(rank[first+a], rank[first+b]) })
	return out
}

// optionOrbits numbers, for every issue in canonical order and every option of
// it, the class of options that symmetries of the table exchange.
func (o *order) optionOrbits(t *table) [][]int {
	class := orbits(len(o.graph.colour), o.symmetries)
	var out [][]int
	for _, i := range o.issues {
		var row []int
		for _, k := range o.options[i] {
			row = append(row, class[o.graph.option[i]+k])
		}
		out = append(out, row)
	}
	return out
}

// orbits gives each vertex the smallest vertex it can be exchanged with.
func orbits(n int, symmetries [][]int) []int {
	parent := make([]int, n)
	for i := range parent {
		parent[i] = i
	}
	find := func(v int) int {
		for parent[v] != v {
			parent[v] = parent[parent[v]]
			v = parent[v]
		}
		return v
	}
	for _, s := range symmetries {
		for v, w := range s {
			a, b := find(v), find(w)
			parent[max(a, b)] = min(a, b)
		}
	}
	for v := range parent {
		parent[v] = find(v)
	}
	return parent
}

// canonSearch walks the tree of choices between vertices that look alike.
type canonSearch struct {
	g          *graph
	budget     int
	best       []int // colours of the best leaf: a rank for every vertex
	bestCode   []byte
	bestPath   []int
	symmetries [][]int
}

// visit explores a colouring that refinement has settled. It returns the length
// of the path to which the search can go back: a leaf that equals the best one
// shows that its whole branch repeats another.
func (s *canonSearch) visit(colour, path []int) int {
	cell := s.g.firstCell(colour)
	if cell == nil {
		return s.leaf(colour, path)
	}
	if s.alike(colour, cell) {
		return s.visit(s.splitAll(colour, cell), path)
	}
	var tried []int
	for _, v := range cell {
		if s.budget <= 0 && s.best != nil {
			return 0
		}
		if s.equivalent(v, tried, path) {
			continue
		}
		tried = append(tried, v)
		if back := s.visit(s.single(colour, cell, v), append(slices.Clone(path), v)); back < len(path) {
			return back
		}
	}
	return len(path)
}

// single singles a vertex out of its cell: it comes last, and refinement follows.
func (s *canonSearch) single(colour, cell []int, v int) []int {
	next := slices.Clone(colour)
	next[v] += len(cell) - 1
	s.g.refine(next, []int{v})
	s.budget--
	return next
}

// alike reports whether every two neighbours in the list of a cell can be
// exchanged together with what hangs on them while all else stays in place. Then
// any order of the cell gives the same encoding. The exchanges are kept.
func (s *canonSearch) alike(colour, cell []int) bool {
	var found [][]int
	var before []int
	for i, v := range cell {
		after := s.single(colour, cell, v)
		if i > 0 {
			swap := exchange(before, after)
			if swap == nil || !s.g.symmetry(swap) {
				return false
			}
			found = append(found, swap)
		}
		before = after
	}
	s.symmetries = append(s.symmetries, found...)
	return true
}

// exchange maps what one colouring has singled out to what the other has in its
// place, and back, and leaves all else alone. It is nil where that is no exchange.
func exchange(a, b []int) []int {
	inA, inB := singletons(a), singletons(b)
	swap := make([]int, len(a))
	for v := range swap {
		swap[v] = v
	}
	for c, v := range inA {
		w := inB[c]
		if v < 0 && w < 0 || v == w {
			continue
		}
		if v < 0 || w < 0 || swap[v] != v && swap[v] != w || swap[w] != w && swap[w] != v {
			return nil
		}
		swap[v], swap[w] = w, v
	}
	return swap
}

// singletons lists by colour the vertex that has it alone, or -1.
func singletons(colour []int) []int {
	out := make([]int, len(colour))
	for c := range out {
		out[c] = -1
	}
	seen := make([]bool, len(colour))
	for v, c := range colour {
		if seen[c] {
			out[c] = -1
			continue
		}
		seen[c], out[c] = true, v
	}
	return out
}

// splitAll numbers the vertices of a cell one after the other.
func (s *canonSearch) splitAll(colour, cell []int) []int {
	next := slices.Clone(colour)
	for i, v := range cell {
		next[v] += i
	}
	s.g.refine(next, cell[1:])
	s.budget--
	return next
}

// equivalent reports whether a known symmetry that leaves the path alone maps v
// to a vertex already tried.
func (s *canonSearch) equivalent(v int, tried, path []int) bool {
	if len(tried) == 0 {
		return false
	}
	var fixing [][]int
	for _, p := range s.symmetries {
		if !slices.ContainsFunc(path, func(w int) bool { return p[w] != w }) {
			fixing = append(fixing, p)
		}
	}
	class := orbits(len(s.g.colour), fixing)
	return slices.ContainsFunc(tried, func(w int) bool { return class[w] == class[v] })
}

func (s *canonSearch) leaf(colour, path []int) int {
	code := s.g.encode(colour)
	switch c := bytes.Compare(code, s.bestCode); {
	case s.best == nil || c < 0:
		s.best, s.bestCode, s.bestPath = slices.Clone(colour), code, slices.Clone(path)
	case c == 0:
		at := inverse(s.best)
		symmetry := make([]int, len(colour))
		for v, rank := range colour {
			symmetry[v] = at[rank]
		}
		s.symmetries = append(s.symmetries, symmetry)
		common := 0
		for common < min(len(path), len(s.bestPath)) && path[common] == s.bestPath[common] {
			common++
		}
		return common
	}
	return len(path)
}
