package main

import (
	"slices"
	"strings"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// tierOrder is the order of ranks from the top, as reports list them.
var tierOrder = []string{"vital", "important", "secondary", "unplaced"}

// compareText is the comparison as a briefing.
func compareText(b *book, c interest.Comparison) string {
	for i, r := range c.Registers {
		b.beliefs[&b.d.Registers[i]] = !r.Used
	}
	s := &sheet{}
	b.head(s, b.t("compare.title"))
	b.registers(s, c)
	b.relation(s, c, interest.Shared)
	b.relation(s, c, interest.Opposed)
	b.relation(s, c, interest.Complementary)
	b.relation(s, c, interest.OneSided)
	b.asks(s, c)
	b.differences(s, c)
	b.contradictions(s, c)
	b.outside(s, c)
	b.absent(s, c)
	b.parts(s, c)
	return s.String()
}

func (b *book) registers(s *sheet, c interest.Comparison) {
	if len(c.Registers) == 0 {
		return
	}
	s.heading(b.t("compare.registers"))
	g := grid{head: []string{b.t("col.about"), b.t("col.author"), b.t("col.kind")}, right: []int{3, 4, 5, 6}}
	for _, t := range tierOrder {
		g.head = append(g.head, b.t("tier."+t))
	}
	for i, r := range c.Registers {
		kind := "register.outside"
		switch {
		case !r.Used:
			kind = "register.beliefs"
		case r.Declared:
			kind = "register.own"
		case b.d.Registers[i].Author.Side != "":
			kind = "register.other-side"
		}
		row := []string{b.side(r.Subject), b.author(b.d.Registers[i].Author), b.t(kind)}
		for _, t := range tierOrder {
			row = append(row, b.w.Number(r.Counts[t]))
		}
		g.rows = append(g.rows, row)
	}
	s.table(g)
	s.gap()
	s.say(0, b.t("compare.ranks"))
}

// relation writes the topics of one relation: first the picture of where the
// rankings differ, pair by pair, then the list.
func (b *book) relation(s *sheet, c interest.Comparison, r interest.Relation) {
	var rows []interest.TopicRow
	for _, t := range c.Topics {
		if t.Relation == r.String() {
			rows = append(rows, t)
		}
	}
	if len(rows) == 0 {
		return
	}
	s.heading(b.n("compare."+r.String(), len(rows)))
	if r == interest.OneSided {
		b.oneSided(s, rows)
		return
	}
	if r != interest.Complementary {
		for i, one := range b.sides {
			for _, other := range b.sides[i+1:] {
				b.pair(s, rows, one, other)
			}
		}
		if r == interest.Opposed {
			s.say(0, b.t("compare.corner"))
			s.gap()
		}
	}
	b.topicList(s, rows)
}

// pair is the 3 x 3 picture of two sides: the rows are the tiers of one, the
// columns those of the other.
func (b *book) pair(s *sheet, rows []interest.TopicRow, one, other dialogue.Side) {
	tiers := tierOrder[:3]
	cells := map[[2]string][]string{}
	for _, t := range rows {
		at := [2]string{t.Tiers[string(one.ID)], t.Tiers[string(other.ID)]}
		if slices.Contains(tiers, at[0]) && slices.Contains(tiers, at[1]) {
			cells[at] = append(cells[at], "· "+b.topic(t.ID))
		}
	}
	if len(cells) == 0 {
		return
	}
	g := grid{head: []string{""}, spaced: true}
	for _, col := range tiers {
		g.head = append(g.head, b.t("side-ranks", "Side", b.text(other.Name), "Tier", b.t("tier."+col)))
	}
	for _, row := range tiers {
		line := []string{b.t("side-ranks", "Side", b.text(one.Name), "Tier", b.t("tier."+row))}
		for _, col := range tiers {
			cell := strings.Join(cells[[2]string{row, col}], "\n")
			if cell == "" {
				cell = "–"
			}
			line = append(line, cell)
		}
		g.rows = append(g.rows, line)
	}
	s.table(g)
	s.gap()
}

// fewSides is how many sides have a column each; more are written in one.
const fewSides = 4

func (b *book) topicList(s *sheet, rows []interest.TopicRow) {
	g := grid{head: []string{b.t("col.topic")}}
	if len(b.sides) <= fewSides {
		for _, side := range b.sides {
			g.head = append(g.head, b.text(side.Name))
		}
	} else {
		g.head = append(g.head, b.t("col.ranks"))
	}
	g.head = append(g.head, b.t("col.weightier"))
	for _, t := range rows {
		row := []string{b.topic(t.ID)}
		var ranks []string
		for _, side := range b.sides {
			rank := b.rank(t, string(side.ID))
			if len(b.sides) <= fewSides {
				row = append(row, rank)
			} else if rank != "–" {
				ranks = append(ranks, b.t("side-ranks", "Side", b.text(side.Name), "Tier", rank))
			}
		}
		if len(b.sides) > fewSides {
			row = append(row, strings.Join(ranks, "\n"))
		}
		g.rows = append(g.rows, append(row, b.weightier(t)))
	}
	s.table(g)
}

func (b *book) weightier(t interest.TopicRow) string {
	switch {
	case t.WeightierFor == "equal" && len(t.Holders) > 2:
		return b.t("weightier.several")
	case t.WeightierFor == "equal" || t.WeightierFor == "unknown":
		return b.t("weightier." + t.WeightierFor)
	}
	return b.side(t.WeightierFor)
}

// rank is a side's tier in a topic with the ids of its interests there.
func (b *book) rank(t interest.TopicRow, side string) string {
	tier, holds := t.Tiers[side]
	if !holds {
		return "–"
	}
	var ids []string
	for _, id := range t.Interests {
		if e, ok := b.entries[id]; ok && string(e.register.Subject) == side && !b.beliefs[e.register] {
			ids = append(ids, id)
		}
	}
	return b.t("tier."+tier) + " (" + i18n.List(ids) + ")"
}

func (b *book) oneSided(s *sheet, rows []interest.TopicRow) {
	g := grid{head: []string{b.t("col.topic"), b.t("col.whose"), b.t("col.rank")}}
	for _, t := range rows {
		g.rows = append(g.rows, []string{b.topic(t.ID), b.sideList(t.Holders), b.rank(t, first(t.Holders))})
	}
	s.table(g)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (b *book) asks(s *sheet, c interest.Comparison) {
	if len(c.Asks) == 0 {
		return
	}
	s.heading(b.n("compare.asks", len(c.Asks)))
	s.say(0, b.t("compare.asks.note"))
	for _, side := range b.sides {
		var titles []string
		for _, a := range c.Asks {
			if a.Of == string(side.ID) {
				titles = append(titles, b.entry(a.Interest))
			}
		}
		if len(titles) == 0 {
			continue
		}
		s.gap()
		s.say(0, b.t("compare.asked-of", "Side", b.text(side.Name)))
		for _, t := range titles {
			s.item(2, "- ", t)
		}
	}
}

// differences writes what is believed about a side beside what its register says,
// each basis under its own heading: only words between sides are a gap
// between them.
func (b *book) differences(s *sheet, c interest.Comparison) {
	for _, basis := range []string{interest.BetweenSides, interest.WithinOneSource, interest.BetweenAuthors} {
		var rows [][]string
		for _, x := range slices.Concat(c.Perception, c.BetweenAuthors) {
			if x.Basis != basis {
				continue
			}
			rows = append(rows, []string{
				b.topic(x.Topic), b.side(x.About), b.t("tier."+x.OwnTier) + " (" + x.Interest + ")",
				b.span("level", x.Believed) + " (" + x.BelievedIn + ")", b.beliefAuthor(x),
			})
		}
		if len(rows) == 0 {
			continue
		}
		s.heading(b.n("beliefs."+basis, len(rows)))
		s.say(0, b.t("beliefs."+basis+".note"))
		g := grid{head: []string{b.t("col.topic"), b.t("col.about"), b.t("col.own"), b.t("col.believed"), b.t("col.by")}, rows: rows}
		b.sayOnce(s, &g, 4)
		s.gap()
		s.table(g)
	}
}

// beliefAuthor is who wrote the entry that carries a belief.
func (b *book) beliefAuthor(x interest.Belief) string {
	if e, ok := b.entries[x.BelievedIn]; ok {
		return b.author(e.register.Author)
	}
	return b.side(x.BelievedBy)
}

func (b *book) contradictions(s *sheet, c interest.Comparison) {
	if len(c.Contradictions) == 0 {
		return
	}
	s.heading(b.n("compare.contradictions", len(c.Contradictions)))
	g := grid{head: []string{b.t("col.topic"), b.t("col.link"), b.t("col.entry"), b.t("col.about"), b.t("col.direction")}}
	for _, x := range c.Contradictions {
		g.rows = append(g.rows, []string{
			b.topic(x.Topic), b.t("relation." + x.Relation), x.Interest, b.side(x.Side), b.t("alignment." + x.Alignment),
		})
	}
	s.table(g)
}

// outside writes the interests that no topic links and the matters that stand
// in no register.
func (b *book) outside(s *sheet, c interest.Comparison) {
	if len(c.Unmatched) > 0 {
		s.heading(b.n("compare.unmatched", len(c.Unmatched)))
		for _, id := range c.Unmatched {
			s.item(0, "- ", b.side(b.subject(id))+": "+b.entry(id))
		}
	}
	if len(c.Unregistered) > 0 {
		s.heading(b.n("compare.unregistered", len(c.Unregistered)))
		g := grid{head: []string{b.t("col.topic"), b.t("col.named-as"), b.t("col.named-by")}}
		for _, u := range c.Unregistered {
			by := u.By
			if n, ok := b.matters[u.ID]; ok {
				by = b.author(n.By)
			}
			g.rows = append(g.rows, []string{b.topic(u.ID), b.word("named", u.As), by})
		}
		s.table(g)
	}
}

func (b *book) subject(id string) string {
	if e, ok := b.entries[id]; ok {
		return string(e.register.Subject)
	}
	return ""
}

// absent names those whom the topics affect and who do not sit at the table.
func (b *book) absent(s *sheet, c interest.Comparison) {
	topics := map[string][]string{}
	var names []string
	for _, t := range c.Topics {
		for _, a := range t.Affects {
			if topics[a] == nil {
				names = append(names, a)
			}
			topics[a] = append(topics[a], b.topic(t.ID))
		}
	}
	if len(names) == 0 {
		return
	}
	i18n.Sort(b.w.Lang, names, func(n string) string { return n })
	s.heading(b.n("compare.absent", len(names)))
	g := grid{head: []string{b.t("col.who"), b.t("col.matters")}}
	for _, n := range names {
		g.rows = append(g.rows, []string{n, strings.Join(topics[n], "; ")})
	}
	s.table(g)
}

// parts lists every interest with the part that each counterpart can play.
func (b *book) parts(s *sheet, c interest.Comparison) {
	if len(c.Part) == 0 {
		return
	}
	for _, side := range b.sides {
		g := grid{head: []string{b.t("col.interest"), b.t("col.rank"), b.t("col.counterpart"), b.t("col.part"), b.t("col.direction")}}
		for _, p := range c.Part {
			e, ok := b.entries[p.Interest]
			if !ok || e.register.Subject != side.ID {
				continue
			}
			part := b.span("role", p.Role)
			if p.Effect != "" {
				part += ", " + b.t("effect."+p.Effect)
			}
			g.rows = append(g.rows, []string{b.entry(p.Interest), b.tier(e.Tier.String()), b.side(p.Side), part, b.word("alignment", p.Alignment)})
		}
		if len(g.rows) > 0 {
			s.heading(b.t("compare.parts", "Side", b.text(side.Name)))
			b.sayOnce(s, &g, 2)
			s.gap()
			s.table(g)
		}
	}
}

// sayOnce takes a column out of a table where every row says the same in it, and says
// it above the table.
func (b *book) sayOnce(s *sheet, g *grid, column int) {
	for _, row := range g.rows {
		if row[column] != g.rows[0][column] {
			return
		}
	}
	s.say(0, b.t("throughout", "Column", g.head[column], "Value", g.rows[0][column]))
	g.head = slices.Delete(g.head, column, column+1)
	for i := range g.rows {
		g.rows[i] = slices.Delete(g.rows[i], column, column+1)
	}
}
