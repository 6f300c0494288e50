package web

import (
	"html/template"
	"slices"

	"parley/interest"
)

// grid is the 3 x 3 table of two sides: rows are one side's ranks, columns the
// other's. A fourth rank appears where something is not placed.
type grid struct {
	Anchor  string
	Title   string
	Pair    template.HTML
	Row     Side
	Column  Side
	Heads   []string
	Rows    []gridRow
	Matters int
	Hint    string
}

type gridRow struct {
	Head  string
	Cells []gridCell
}

type gridCell struct {
	Head   string // the column's rank, for a screen that stacks cells
	Topics []topicLink
	Corner bool // vital to both
}

// grids are the disputed and the shared matters of two sides, always, and the
// complementary ones where there are any.
func (m *room) grids(row, column Side) []grid {
	var out []grid
	for _, rel := range relations {
		g := m.grid(rel, row, column)
		if g.Matters > 0 || rel != interest.Complementary {
			out = append(out, g)
		}
	}
	return out
}

func (m *room) grid(rel interest.Relation, row, column Side) grid {
	w := m.words
	g := grid{
		Anchor: map[interest.Relation]string{interest.Opposed: "disputed", interest.Shared: "shared", interest.Complementary: "exchange"}[rel],
		Title:  w.T("web.group." + rel.String()), Pair: m.pairName(row, column), Row: row, Column: column,
		Hint: w.T("web.grid.hint." + rel.String()),
	}
	cells := map[[2]interest.Tier][]topicLink{}
	lowest := interest.Secondary
	for _, t := range m.related(rel) {
		a, b, meet := m.meet(t, row, column)
		if !meet || (rel == interest.Opposed && sameCamp(t, a, b)) {
			continue
		}
		ra, _ := a.Rank()
		rb, _ := b.Rank()
		lowest = min(lowest, ra, rb)
		cells[[2]interest.Tier{ra, rb}] = append(cells[[2]interest.Tier{ra, rb}], m.topicLink(t))
		g.Matters++
	}
	for tier := interest.Vital; tier >= lowest; tier-- {
		g.Heads = append(g.Heads, w.T("web.tier."+unplaced(tier)))
		r := gridRow{Head: w.T("web.tier." + unplaced(tier))}
		for other := interest.Vital; other >= lowest; other-- {
			r.Cells = append(r.Cells, gridCell{
				Head: w.T("web.tier." + unplaced(other)), Topics: cells[[2]interest.Tier{tier, other}],
				Corner: tier == interest.Vital && other == interest.Vital && rel == interest.Opposed,
			})
			if other == interest.Unplaced {
				break
			}
		}
		g.Rows = append(g.Rows, r)
		if tier == interest.Unplaced {
			break
		}
	}
	return g
}

// unplaced is the tier's word, or "unplaced".
func unplaced(t interest.Tier) string {
	if t == interest.Unplaced {
		return "unplaced"
	}
	return t.String()
}

// meet reports whether both sides hold interests in the topic.
func (m *room) meet(t *interest.Topic, row, column Side) (a, b interest.Held, ok bool) {
	holders := m.index.Holders(t)
	i := slices.IndexFunc(holders, func(h interest.Held) bool { return h.Side == row.ID })
	j := slices.IndexFunc(holders, func(h interest.Held) bool { return h.Side == column.ID })
	if i < 0 || j < 0 {
		return a, b, false
	}
	return holders[i], holders[j], true
}

// sameCamp reports whether the two stand together in a dispute.
func sameCamp(t *interest.Topic, a, b interest.Held) bool {
	in := func(camp []interest.ID, h interest.Held) bool {
		return slices.ContainsFunc(h.Interests, func(i *interest.Interest) bool { return slices.Contains(camp, i.ID) })
	}
	return slices.ContainsFunc(t.Camps, func(camp []interest.ID) bool { return in(camp, a) && in(camp, b) })
}

// sameCamp lists the disputes in which the two stand together.
func (m *room) sameCamp(row, column Side) []topicLink {
	var out []topicLink
	for _, t := range m.related(interest.Opposed) {
		if a, b, ok := m.meet(t, row, column); ok && sameCamp(t, a, b) {
			out = append(out, m.topicLink(t))
		}
	}
	return out
}
