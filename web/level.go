package web

import (
	"slices"

	"parley/interest"
)

// bands lays out all that the filter lets through.
func (m *room) bands(f registerFilter) []band {
	var out []band
	for tier := interest.Vital; ; tier-- {
		b := band{Name: m.words.T("web.band." + unplaced(tier))}
		for _, h := range []interest.Horizon{interest.Immediate, interest.Long, interest.HorizonUnstated} {
			g := bandGroup{Horizon: m.horizon(h)}
			g.Rows = m.level(func(i *interest.Interest) bool { return i.Tier == tier && i.Horizon == h && f.lets(m, i) })
			if len(g.Rows) > 0 {
				b.Groups = append(b.Groups, g)
			}
		}
		if len(b.Groups) > 0 {
			out = append(out, b)
		}
		if tier == interest.Unplaced {
			return out
		}
	}
}

// level puts the interests that pass into rows: first those of different sides
// that meet in topics, one row for each knot of topics, then the rest.
func (m *room) level(pass func(*interest.Interest) bool) []bandRow {
	knots := newKnots()
	for i := range m.Topics {
		t := &m.Topics[i]
		var meet []interest.ID
		sides := 0
		for _, h := range m.index.Holders(t) {
			n := len(meet)
			for _, i := range h.Interests {
				if pass(i) {
					meet = append(meet, i.ID)
				}
			}
			if len(meet) > n {
				sides++
			}
		}
		if sides > 1 {
			knots.tie(t, meet)
		}
	}
	var rows []bandRow
	for _, k := range knots.list {
		row := m.row(func(i *interest.Interest) bool { return pass(i) && knots.of[i.ID] == k })
		for _, t := range k.topics {
			row.Topics = append(row.Topics, m.topicLink(t))
		}
		row.shorten()
		rows = append(rows, row)
	}
	rest := m.row(func(i *interest.Interest) bool { return pass(i) && knots.of[i.ID] == nil })
	if slices.ContainsFunc(rest.Cells, func(c bandCell) bool { return len(c.Entries) > 0 }) {
		rows = append(rows, rest)
	}
	return rows
}

// row puts the interests that pass under their sides.
func (m *room) row(pass func(*interest.Interest) bool) bandRow {
	var row bandRow
	for _, s := range m.sides {
		c := bandCell{Side: s}
		if s.Register != nil {
			for k := range s.Register.Interests {
				if i := &s.Register.Interests[k]; pass(i) {
					c.Entries = append(c.Entries, m.entry(i, s))
				}
			}
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// shorten drops from the entries the topics that stand above the whole row.
func (r bandRow) shorten() {
	for _, c := range r.Cells {
		for i := range c.Entries {
			c.Entries[i].Meets = slices.DeleteFunc(c.Entries[i].Meets, func(meet meeting) bool { return slices.Contains(r.Topics, meet.topicLink) })
		}
	}
}

// knots are groups of interests that topics tie together, in the order of the
// topics.
type knots struct {
	list []*knot
	of   map[interest.ID]*knot
}

type knot struct {
	topics    []*interest.Topic
	interests []interest.ID
}

func newKnots() *knots { return &knots{of: map[interest.ID]*knot{}} }

// tie joins the interests of a topic, and whatever they were joined to before.
func (ks *knots) tie(t *interest.Topic, ids []interest.ID) {
	joined := &knot{}
	for _, id := range ids {
		k := ks.of[id]
		switch k {
		case joined:
		case nil:
			joined.interests = append(joined.interests, id)
			ks.of[id] = joined
		default:
			joined.topics = append(joined.topics, k.topics...)
			joined.interests = append(joined.interests, k.interests...)
			for _, i := range k.interests {
				ks.of[i] = joined
			}
			ks.list = slices.DeleteFunc(ks.list, func(o *knot) bool { return o == k })
		}
	}
	joined.topics = append(joined.topics, t)
	ks.list = append(ks.list, joined)
}
