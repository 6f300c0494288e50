package deal

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
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
	forced                 bool    // the search was cut short: the order may depend on the file's
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

// graph is the table as vertices and edges. A colour is the number of vertices
// of smaller colours, so a colouring without ties is a ranking.
type graph struct {
	side, entry, issue int   // first vertices
	option             []int // by issue: the first vertex of its options
	colour             []int
	edges              [][]edge
}

type edge struct{ label, to int }

func newGraph(t *table) *graph {
	b := &graphBuilder{g: &graph{}}
	b.g.side = b.add(len(t.sides), func(i int) string {
		if t.disagreement != nil {
			return "0 side " + t.disagreement[i].RatString()
		}
		return "0 side"
	})
	b.g.entry = b.add(len(t.entries), func(i int) string { return fmt.Sprintf("1 interest %d", t.entries[i].tier) })
	b.g.issue = b.add(len(t.issues), func(i int) string {
		is := &t.issues[i]
		return fmt.Sprintf("2 issue %s %t %t %d", is.relation, is.written, is.contested, len(is.options))
	})
	// The status quo comes first and the fullest free option next: where packages
	// tie, the first one stands for all, and nobody is left out of what is free.
	for _, i := range t.issues {
		b.g.option = append(b.g.option, b.add(len(i.options), func(k int) string {
			o := &i.options[k]
			return fmt.Sprintf("3 option %t %t %t %t", k != 0, k != i.fullest, o.free, o.act != nil)
		}))
	}
	for n, e := range t.entries {
		b.link("owner", b.g.entry+n, b.g.side+e.side)
		for s, r := range e.roles {
			if s != e.side {
				b.link("role "+r.low.RatString()+" "+r.high.RatString(), b.g.entry+n, b.g.side+s)
			}
		}
	}
	for i := range t.issues {
		for k := range t.issues[i].options {
			b.addOption(i, k, &t.issues[i].options[k])
		}
	}
	b.finish()
	return b.g
}

type graphBuilder struct {
	g      *graph
	kinds  []string // by vertex
	labels []string // by raw edge
	raw    [][2]int
}

func (b *graphBuilder) add(n int, kind func(int) string) (first int) {
	first = len(b.kinds)
	for i := range n {
		b.kinds = append(b.kinds, kind(i))
	}
	return first
}

func (b *graphBuilder) link(label string, from, to int) {
	b.labels = append(b.labels, label)
	b.raw = append(b.raw, [2]int{from, to})
}

func (b *graphBuilder) addOption(i, k int, o *option) {
	v := b.g.option[i] + k
	b.link("of", v, b.g.issue+i)
	for _, s := range o.movers {
		b.link("mover", v, b.g.side+s)
	}
	for _, s := range o.actors {
		b.link("actor", v, b.g.side+s)
	}
	for s, p := range o.points {
		b.link("points "+p.RatString(), v, b.g.side+s)
	}
	for _, e := range o.effects {
		x := b.add(1, func(int) string {
			return "4 effect " + e.stake.RatString() + " " + e.base.RatString() + " " + e.factor.RatString()
		})
		b.link("does", x, v)
		b.link("to", x, b.g.entry+e.entry)
		for _, s := range e.gain {
			b.link("gain", x, b.g.side+s)
		}
		for _, s := range e.loss {
			b.link("loss", x, b.g.side+s)
		}
	}
}

// finish turns words into numbers, by their alphabetical order, and edges into
// lists at both ends.
func (b *graphBuilder) finish() {
	number := numberWords(b.labels)
	b.g.edges = make([][]edge, len(b.kinds))
	for i, r := range b.raw {
		n := number[b.labels[i]]
		b.g.edges[r[0]] = append(b.g.edges[r[0]], edge{2 * n, r[1]})
		b.g.edges[r[1]] = append(b.g.edges[r[1]], edge{2*n + 1, r[0]})
	}
	for _, e := range b.g.edges {
		slices.SortFunc(e, compareEdges)
	}
	sorted := slices.Clone(b.kinds)
	slices.Sort(sorted)
	b.g.colour = make([]int, len(b.kinds))
	for v, k := range b.kinds {
		b.g.colour[v], _ = slices.BinarySearch(sorted, k)
	}
}

func compareEdges(a, b edge) int {
	return cmp.Or(cmp.Compare(a.label, b.label), cmp.Compare(a.to, b.to))
}

func numberWords(words []string) map[string]int {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	out := map[string]int{}
	for i, w := range slices.Compact(sorted) {
		out[w] = i
	}
	return out
}

// refine splits colours until vertices of one colour have the same labelled
// neighbours, colour by colour. Changed are the vertices whose colour is new; a
// part of a split colour that keeps the old one need not be looked at again,
// because what it gives its neighbours is the rest.
func (g *graph) refine(colour, changed []int) {
	size := make([]int, len(colour))
	for _, c := range colour {
		size[c]++
	}
	signature := map[int][]uint64{}
	for len(changed) > 0 {
		clear(signature)
		var affected []int
		for _, u := range changed {
			for _, e := range g.edges[u] {
				if signature[e.to] == nil {
					affected = append(affected, e.to)
				}
				signature[e.to] = append(signature[e.to], uint64(e.label^1)<<32|uint64(colour[u]))
			}
		}
		for _, v := range affected {
			slices.Sort(signature[v])
		}
		compare := func(a, b int) int {
			return cmp.Or(cmp.Compare(colour[a], colour[b]), slices.Compare(signature[a], signature[b]))
		}
		slices.SortFunc(affected, func(a, b int) int { return cmp.Or(compare(a, b), cmp.Compare(a, b)) })
		changed = changed[:0:0]
		for from := 0; from < len(affected); {
			to := from
			for to < len(affected) && colour[affected[to]] == colour[affected[from]] {
				to++
			}
			changed = append(changed, split(colour, size, affected[from:to], compare)...)
			from = to
		}
	}
}

// split gives the affected vertices of one colour, sorted by signature, their
// new colours behind those that are not affected, and lists those that changed.
func split(colour, size []int, affected []int, compare func(a, b int) int) []int {
	old := colour[affected[0]]
	next := make([]int, len(affected))
	for i := range affected {
		next[i] = old + size[old] - len(affected) + i
		if i > 0 && compare(affected[i-1], affected[i]) == 0 {
			next[i] = next[i-1]
		}
	}
	var changed []int
	whole := size[old]
	for i, v := range affected {
		if next[i] != old {
			colour[v] = next[i]
			changed = append(changed, v)
			whole--
			size[next[i]]++
		}
	}
	size[old] = whole
	return changed
}

// firstCell lists the vertices of the smallest colour that several share, nil
// where there is none.
func (g *graph) firstCell(colour []int) []int {
	members := make([][]int, len(colour))
	for v, c := range colour {
		members[c] = append(members[c], v)
	}
	for _, m := range members {
		if len(m) > 1 {
			return m
		}
	}
	return nil
}

// symmetry reports whether a mapping of the vertices leaves the graph as it is.
// An edge between vertices that stay is the same before and after.
func (g *graph) symmetry(swap []int) bool {
	var row []edge
	for v, w := range swap {
		if v == w {
			continue
		}
		if g.colour[v] != g.colour[w] || len(g.edges[v]) != len(g.edges[w]) {
			return false
		}
		row = row[:0]
		for _, e := range g.edges[v] {
			row = append(row, edge{e.label, swap[e.to]})
		}
		slices.SortFunc(row, compareEdges)
		if !slices.Equal(row, g.edges[w]) {
			return false
		}
	}
	return true
}

// encode writes the whole graph under a ranking; two rankings with equal codes
// differ by a symmetry. Colours before refinement are part of the code.
func (g *graph) encode(rank []int) []byte {
	at := inverse(rank)
	var out []byte
	var row []edge
	for _, v := range at {
		row = row[:0]
		for _, e := range g.edges[v] {
			row = append(row, edge{e.label, rank[e.to]})
		}
		slices.SortFunc(row, compareEdges)
		out = binary.AppendUvarint(out, uint64(g.colour[v]))
		out = binary.AppendUvarint(out, uint64(len(row)))
		for _, e := range row {
			out = binary.AppendUvarint(out, uint64(e.label))
			out = binary.AppendUvarint(out, uint64(e.to))
		}
	}
	return out
}
