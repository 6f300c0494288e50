package deal

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"parley/engine/pareto"
)

// graph is the table as vertices and edges. A colour is the number of vertices
// of smaller colours, so a colouring without ties is a ranking.
type graph struct {
	side, entry, issue int   // first vertices
	rule               int   // the first vertex of the rules
	option             []int // by issue: the first vertex of its options
	colour             []int
	edges              [][]edge
}

type edge struct{ label, to int }

func newGraph(t *table) *graph {
	b := &graphBuilder{g: &graph{}}
	b.g.side = b.add(len(t.sides), func(i int) string {
		kind := "0 side"
		if t.disagreement != nil {
			kind += " " + t.disagreement[i].RatString()
		}
		if t.cap != nil && t.cap[i] != nil {
			kind += " cap " + t.cap[i].RatString()
		}
		return kind
	})
	b.g.entry = b.add(len(t.entries), func(i int) string { return fmt.Sprintf("1 interest %d %d", t.entries[i].tier, t.entries[i].horizon) })
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
	b.addRules(t.rules)
	b.addWeighings(t.weighings)
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
		b.addEffect(v, e)
	}
}

// addEffect adds an effect of an option or a rule.
func (b *graphBuilder) addEffect(v int, e effect) {
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

func (b *graphBuilder) addRules(rules []tableRule) {
	b.g.rule = b.add(len(rules), func(k int) string {
		return fmt.Sprintf("5 rule %s %d", rules[k].kind, rules[k].atLeast)
	})
	for k := range rules {
		u, v := &rules[k], b.g.rule+k
		b.addLiterals("6 when", v, u.when)
		b.addLiterals("6 of", v, u.of)
		if u.side >= 0 {
			b.link("line", v, b.g.side+u.side)
		}
		if u.entry >= 0 {
			b.link("holds", v, b.g.entry+u.entry)
		}
		for _, e := range u.effects {
			b.addEffect(v, e)
		}
		for s, p := range u.points {
			b.link("points "+p.RatString(), v, b.g.side+s)
		}
	}
}

func (b *graphBuilder) addLiterals(kind string, rule int, all []pareto.Literal) {
	for _, l := range all {
		x := b.add(1, func(int) string { return kind })
		b.link("states", rule, x)
		for _, k := range l.Options {
			b.link("names", x, b.g.option[l.Issue]+k)
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
