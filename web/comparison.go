package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// comparisonPage is the comparison at a glance: for two sides at a time the
// matters by both ranks, then every topic, then what has no counterpart.
type comparisonPage struct {
	Layout
	Heading      string
	Points       bool       // there are no registers, but a table of points
	Pairs        []pairLink // empty for two sides
	Grids        []grid
	SameCamp     []topicLink // disputed with others, where these two stand together
	Columns      []Side
	Wide         bool
	Groups       []topicGroup
	Single       []singleRow
	Unmatched    []holderLink
	Unregistered []namedRow
	Asks         []askRow
	Absent       []affectedRow
	LinkedBy     []template.HTML
	Object       string
	Files        []fileLink
}

// pairLink is one pair of sides.
type pairLink struct {
	Name    template.HTML
	Address string
	Current bool
}

// topicGroup is all topics of one relation.
type topicGroup struct {
	Title   string
	Meaning string
	Anchor  string
	Rows    []topicRow
}

// topicRow is one topic across all sides.
type topicRow struct {
	topicLink
	Cells     []topicCell
	Weightier template.HTML
	Affects   []Phrase
}

// topicCell is one side in a topic; without a tier it holds no interest there.
type topicCell struct {
	Side Side
	Tier string
	Part string // the part it plays in the interests of the others
}

// singleRow is a matter that one side's register holds alone.
type singleRow struct {
	topicLink
	Side    Side
	Tier    string
	Entries []entry
}

// holderLink is an interest with the side that holds it.
type holderLink struct {
	Side    Side
	Title   Phrase
	Address string
	Tier    string
}

// namedRow is a matter that stands in no register.
type namedRow struct {
	Title, Detail Phrase
	As            string
	By            template.HTML
}

// askRow is what one side's interest asks of another.
type askRow struct {
	Of Side
	holderLink
}

func (s *Server) comparison(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	p := comparisonPage{
		Points:  m.pointsAlone(),
		Heading: m.words.T("web.comparison.title"), Columns: m.sides, Wide: m.wide(), Groups: m.topicGroups(), Single: m.single(),
		Unmatched: m.unmatched(), Unregistered: m.unregistered(), Asks: m.asks(), Absent: m.affected(),
		LinkedBy: m.linkedBy(), Object: m.to("about") + "#object", Files: m.files(),
	}
	p.Layout = s.roomLayout(r, m, "comparison", p.Heading)
	if row, column, ok := m.pair(r.URL.Query()); ok {
		p.Pairs = m.pairs(row, column)
		p.Grids = m.grids(row, column)
		p.SameCamp = m.sameCamp(row, column)
	}
	return s.show(w, r, http.StatusOK, "comparison", p)
}

// pair is the two sides that the address asks for, or the first two columns.
func (m *room) pair(q url.Values) (row, column Side, ok bool) {
	if len(m.sides) < 2 {
		return Side{}, Side{}, false
	}
	row, column = m.sides[0], m.sides[1]
	a, b := slices.IndexFunc(m.sides, m.called(q.Get("row"))), slices.IndexFunc(m.sides, m.called(q.Get("column")))
	if a >= 0 && b >= 0 && a != b {
		row, column = m.sides[min(a, b)], m.sides[max(a, b)]
	}
	return row, column, true
}

func (m *room) called(id string) func(Side) bool {
	return func(s Side) bool { return string(s.ID) == id }
}

// pairs lists every pair of sides where there are more than two.
func (m *room) pairs(row, column Side) []pairLink {
	if len(m.sides) == 2 {
		return nil
	}
	var out []pairLink
	for i, a := range m.sides {
		for _, b := range m.sides[i+1:] {
			q := url.Values{"row": {string(a.ID)}, "column": {string(b.ID)}}
			if m.swapped {
				q.Set("swap", "1")
			}
			address := url.URL{Path: "/" + m.lang + "/" + string(m.Dialogue.ID) + "/comparison", RawQuery: q.Encode(), Fragment: "pair"}
			out = append(out, pairLink{m.pairName(a, b), address.String(), a.ID == row.ID && b.ID == column.ID})
		}
	}
	return out
}

// pairName names two sides with nothing that either could inflect.
func (m *room) pairName(a, b Side) template.HTML { return a.Name.HTML() + " × " + b.Name.HTML() }

var relations = []interest.Relation{interest.Opposed, interest.Shared, interest.Complementary}

func (m *room) topicGroups() []topicGroup {
	var out []topicGroup
	for _, rel := range relations {
		g := topicGroup{
			Title: m.words.T("web.every." + rel.String()), Meaning: m.meaning(rel), Anchor: "all-" + rel.String(),
		}
		for _, t := range m.related(rel) {
			g.Rows = append(g.Rows, m.topicRow(t))
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (m *room) topicRow(t *interest.Topic) topicRow {
	row := topicRow{topicLink: m.topicLink(t), Weightier: m.weightier(t)}
	ranks := m.ranks(t)
	for _, s := range m.sides {
		c := topicCell{Side: s}
		if i := slices.IndexFunc(ranks, func(r sideTier) bool { return r.Side.ID == s.ID }); i >= 0 {
			c.Tier = ranks[i].Tier
			c.Part = m.partInTopic(t, s.ID)
		}
		row.Cells = append(row.Cells, c)
	}
	for _, a := range t.Affects {
		row.Affects = append(row.Affects, m.phrase(a))
	}
	i18n.Sort(m.lang, row.Affects, func(p Phrase) string { return p.Words })
	return row
}

// partInTopic is the part that a side plays in the interests of the other
// holders: from the smallest to the largest that their entries state.
func (m *room) partInTopic(t *interest.Topic, side dialogue.SideID) string {
	var all interest.RoleRange
	for _, h := range m.index.Holders(t) {
		if h.Side == side {
			continue
		}
		for _, i := range h.Interests {
			c, _ := i.Counterpart(side)
			if !c.Role.Known() {
				continue
			}
			if !all.Known() {
				all = c.Role
			}
			all = interest.RoleRange{Low: min(all.Low, c.Role.Low), High: max(all.High, c.Role.High)}
		}
	}
	return m.role(all)
}

func (m *room) single() []singleRow {
	var out []singleRow
	for _, t := range m.related(interest.OneSided) {
		for _, h := range m.index.Holders(t) {
			side := m.side(h.Side)
			tier, _ := h.Rank()
			row := singleRow{topicLink: m.topicLink(t), Side: side, Tier: m.tier(tier)}
			for _, i := range h.Interests {
				row.Entries = append(row.Entries, m.entry(i, side))
			}
			out = append(out, row)
		}
	}
	slices.SortStableFunc(out, func(a, b singleRow) int { return cmp.Compare(m.seatOf(a.Side), m.seatOf(b.Side)) })
	return out
}

// seatOf is the column of a side.
func (m *room) seatOf(side Side) int { return slices.IndexFunc(m.sides, m.called(string(side.ID))) }

func (m *room) holderLink(id string) holderLink {
	i, reg := m.index.Interest(interest.ID(id))
	return holderLink{m.side(reg.Subject), m.phrase(i.Title), m.toInterest(i.ID), m.tier(i.Tier)}
}

func (m *room) unmatched() []holderLink {
	var out []holderLink
	for _, id := range m.compare.Unmatched {
		out = append(out, m.holderLink(id))
	}
	return out
}

func (m *room) asks() []askRow {
	var out []askRow
	for _, a := range m.compare.Asks {
		out = append(out, askRow{m.side(dialogue.SideID(a.Of)), m.holderLink(a.Interest)})
	}
	slices.SortStableFunc(out, func(a, b askRow) int { return cmp.Compare(m.seatOf(a.Of), m.seatOf(b.Of)) })
	return out
}

func (m *room) unregistered() []namedRow {
	var out []namedRow
	for i := range m.Named {
		n := &m.Named[i]
		out = append(out, namedRow{m.phrase(n.Title), m.phrase(n.Detail), m.words.T("web.named." + n.As.String()), m.author(n.By)})
	}
	return out
}

// linkedBy names who drew the links between the registers, and when.
func (m *room) linkedBy() []template.HTML {
	var out []template.HTML
	for i := range m.Topics {
		if by := m.drawnBy(&m.Topics[i]); !slices.Contains(out, by) {
			out = append(out, by)
		}
	}
	return out
}

func (m *room) drawnBy(t *interest.Topic) template.HTML {
	by := m.author(t.Author)
	if t.Date != "" {
		by += template.HTML(", " + template.HTMLEscapeString(m.words.Date(t.Date)))
	}
	return by
}
