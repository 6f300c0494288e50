package pareto

import (
	"context"
	"slices"
)

// groups is a space all of whose terms and rules lie inside knots: a table whose
// issues are the knots and whose options are the combinations that keep every
// rule.
type groups struct {
	knots knots
	table Table
	fixed []int64 // what every package has
	empty bool    // no package keeps the rules about no issue at all
}

// newGroups is nil where some term or rule reaches beyond a knot.
func newGroups(s Space) *groups {
	g := &groups{knots: knots{most: mostMerged}, table: Table{Sides: s.Sides}, fixed: make([]int64, s.Sides)}
	s = g.settle(s)
	k := &g.knots
	if k.tie(s); slices.Contains(k.insider, false) {
		return nil
	}
	k.list(s)
	k.combine(s)
	for knot := range k.len() {
		rows := k.values(s, knot, nil)
		g.empty = g.empty || len(rows) == 0
		var options [][]int64
		for at := 0; at < len(rows); at += s.Sides {
			options = append(options, rows[at:at+s.Sides])
		}
		g.table.Issues = append(g.table.Issues, options)
	}
	return g
}

// settle takes out of a space what no choice changes.
func (g *groups) settle(s Space) Space {
	rest := Space{Table: s.Table}
	for _, t := range s.Terms {
		if len(t.All) > 0 {
			rest.Terms = append(rest.Terms, t)
			continue
		}
		for p, v := range t.Values {
			g.fixed[p] += v
		}
	}
	for _, r := range s.Rules {
		if len(r.Issues()) > 0 {
			rest.Rules = append(rest.Rules, r)
			continue
		}
		g.empty = g.empty || !r.Keeps(make([]int, len(s.Issues)))
	}
	return rest
}

// merge is the frontier by merging knot after knot; of packages with equal
// vectors it has the one whose combinations come first, knot by knot.
func (g *groups) merge(ctx context.Context, limit int) ([]Point, error) {
	if g.empty {
		return nil, ErrInfeasible
	}
	points, err := Frontier(ctx, g.table, limit)
	k := &g.knots
	for n := range points {
		choice := make([]int, len(k.root))
		for knot, c := range points[n].Choice {
			members := k.members(knot)
			for j, o := range k.part(knot, k.first[knot]+c) {
				choice[members[j]] = int(o)
			}
		}
		for p, v := range g.fixed {
			points[n].Values[p] += v
		}
		points[n].Choice, points[n].Count = choice, nil
	}
	return points, err
}
