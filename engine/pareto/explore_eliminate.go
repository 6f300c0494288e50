package pareto

import (
	"context"
	"slices"
)

// eliminator orders the issues of a frame.
type eliminator struct {
	*frame
	about    [][]int // per issue: its bonds
	left     []int   // per bond: its issues that remain
	done     []bool
	pool     []scope
	children [][]int // per issue: those whose results it took
}

// scope is the bonds on which the result of eliminating an issue depends.
type scope struct {
	issue int
	bonds []int
}

// eliminate returns the issues in an order of elimination: greedily, the one
// whose result depends on the fewest bonds, then rearranged so that what
// belongs together stands together and a small branch comes right before what it
// hangs from. It is nil when ctx ends first.
func eliminate(ctx context.Context, f *frame) []int {
	e := eliminator{frame: f, about: make([][]int, len(f.issues)), left: make([]int, len(f.bonds)),
		done: make([]bool, len(f.issues)), children: make([][]int, len(f.issues))}
	for b, bond := range f.bonds {
		e.left[b] = len(bond.all)
		for _, t := range bond.all {
			e.about[t.issue] = append(e.about[t.issue], b)
		}
	}
	for range f.issues {
		var best scope
		found := false
		for i := range f.issues {
			if e.done[i] {
				continue
			}
			if ctx.Err() != nil {
				return nil
			}
			bonds := e.after(i)
			if !found || len(bonds) < len(best.bonds) {
				best, found = scope{issue: i, bonds: bonds}, true
			}
		}
		e.take(best)
	}
	var roots []int
	for _, s := range e.pool {
		roots = append(roots, s.issue)
	}
	return branches(e.children, roots)
}

// after is what the result of eliminating an issue depends on: its own bonds
// and those of the results it meets, but for bonds without another issue left.
func (e *eliminator) after(issue int) []int {
	bonds := slices.Clone(e.about[issue])
	for _, s := range e.pool {
		if meets(s.bonds, e.about[issue]) {
			bonds = append(bonds, s.bonds...)
		}
	}
	slices.Sort(bonds)
	return slices.DeleteFunc(slices.Compact(bonds), func(b int) bool {
		return e.left[b] == 1 && slices.Contains(e.about[issue], b)
	})
}

// take eliminates an issue.
func (e *eliminator) take(s scope) {
	e.pool = slices.DeleteFunc(e.pool, func(r scope) bool {
		taken := meets(r.bonds, e.about[s.issue])
		if taken {
			e.children[s.issue] = append(e.children[s.issue], r.issue)
		}
		return taken
	})
	e.pool = append(e.pool, s)
	for _, b := range e.about[s.issue] {
		e.left[b]--
	}
	e.done[s.issue] = true
}

func meets(a, b []int) bool {
	return slices.ContainsFunc(a, func(k int) bool { return slices.Contains(b, k) })
}

// branches lists a forest from the leaves, larger branches first.
func branches(children [][]int, roots []int) []int {
	below := make([][]int, len(children))
	var visit func(i int) []int
	gather := func(of []int) []int {
		var all []int
		for _, c := range of {
			below[c] = visit(c)
		}
		slices.SortStableFunc(of, func(a, b int) int { return len(below[b]) - len(below[a]) })
		for _, c := range of {
			all = append(all, below[c]...)
		}
		return all
	}
	visit = func(i int) []int { return append(gather(children[i]), i) }
	return gather(roots)
}
