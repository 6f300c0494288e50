package again

import (
	"cmp"
	"slices"
)

// groupBudget bounds the comparisons by which the package of one group is worked out.
const groupBudget = 20_000_000

// part is the beginning of a package of a group.
type part struct {
	v      row // by side, with what rules give so far
	own    row // the members' part of it
	choice []int
	open   string
}

// nashOf is the package of a group with the most gains of members above a floor, and of these the largest product of them;
// of several the first. It is nil where no package reaches the floor, and not known where that is too much work. Issue by
// issue only what is unbeaten for the members is kept, among choices that the rules cannot tell apart any more.
func (r *reading) nashOf(g *group, floor row) (choice []int, known bool) {
	members, work := g.members(), 0
	own := func(v row) (out row) {
		for _, s := range members {
			out = append(out, v[s])
		}
		return out
	}
	least, most := own(floor), r.mostOf(g)
	kept := []part{{v: make(row, r.Sides)}}
	for i, keep := range g.keep {
		var next []part
		for _, x := range kept {
			for k, is := range keep {
				v, choice := slices.Clone(x.v), append(x.choice[:i:i], k)
				v.add(r.table.issues[i][k])
				if !is || !r.table.settle(v, choice) {
					continue
				}
				y, far := part{v, own(v), choice, r.table.open(choice)}, false
				for n, s := range members {
					far = far || y.own[n]+most[i+1][s] < least[n]
				}
				if !far {
					next = append(next, y)
				}
			}
		}
		slices.SortFunc(next, func(a, b part) int {
			return cmp.Or(slices.Compare(b.own, a.own), cmp.Compare(a.open, b.open), slices.Compare(a.choice, b.choice))
		})
		kept = kept[:0]
		for _, x := range next {
			if !slices.ContainsFunc(kept, func(y part) bool { work++; return y.open == x.open && y.own.covers(x.own) }) {
				kept = append(kept, x)
			}
			if work > groupBudget {
				return nil, false
			}
		}
	}
	var best *part
	for n := range kept {
		if x := &kept[n]; best == nil || cmp.Or(fairer(x.own, best.own, least), slices.Compare(best.choice, x.choice)) > 0 {
			best = x
		}
	}
	if best == nil {
		return nil, true
	}
	return best.choice, true
}

// mostOf is what the issues of a group from each one on can add at most.
func (r *reading) mostOf(g *group) []row {
	last := len(g.keep)
	most := make([]row, last+1)
	most[last] = make(row, r.Sides)
	for i := last - 1; i >= 0; i-- {
		most[i] = slices.Clone(most[i+1])
		for s := range r.Sides {
			best := r.table.issues[i][0][s]
			for k, is := range g.keep[i] {
				if is {
					best = max(best, r.table.issues[i][k][s])
				}
			}
			most[i][s] += best
		}
		for k, issues := range r.links {
			if r.Rules[k].Kind == "together" && len(issues) > 0 && issues[len(issues)-1] == i {
				for s, v := range r.table.joint[k] {
					most[i][s] += max(0, v)
				}
			}
		}
	}
	return most
}
