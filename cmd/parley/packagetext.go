package main

import (
	"maps"
	"slices"

	"parley/deal"
)

func (r *briefing) packages() {
	r.s.heading(r.t("deals.packages"))
	if r.exact() && len(r.a.Deals) == 0 {
		r.s.say(0, r.t("deals.packages.exact"))
		return
	}
	switch {
	case r.exact():
		r.s.say(0, r.t("deals.packages.note.exact"))
	case r.a.Question.Samples == 0:
		r.s.say(0, r.t("deals.packages.note"))
		r.s.say(0, r.t("deals.packages.unsampled"))
	default:
		r.s.say(0, r.t("deals.packages.note"))
	}
	if len(r.a.Deals) == 0 {
		r.s.gap()
		r.s.say(0, r.t("deals.packages.none"))
		return
	}
	shown := r.a.Deals[:min(shownDeals, len(r.a.Deals))]
	for from, to := 0, 0; from < len(shown); from = to {
		for to = from + 1; to < len(shown) && maps.Equal(shown[from].Core, shown[to].Core); to++ {
		}
		r.core(shown[from:to], from)
	}
	if rest := len(r.a.Deals) - len(shown); rest > 0 {
		r.s.gap()
		r.s.say(0, r.n("deals.packages.more", rest))
	}
}

// core writes the packages that share a core: the core with the turn of each
// side, then what each package adds, side by side.
func (r *briefing) core(variants []deal.Deal, before int) {
	r.s.gap()
	if len(variants[0].Core) > 0 {
		r.s.say(0, r.n("deals.core", len(variants))+" "+r.strength("strength.core", variants[0].CoreAcceptable["all"]))
		r.s.table(r.coreTable(variants[0].Core))
		r.s.gap()
	}
	r.additions(variants, before)
	for i, d := range variants {
		if s := r.strength("strength.package", d.Acceptable["all"]); s != "" {
			r.s.item(2, r.t("deals.package", "N", before+i+1)+" ", s)
		}
	}
	r.absentees(2, r.absentFrom(variants))
}

func (r *briefing) coreTable(core map[string]string) grid {
	g := grid{indent: 2, head: []string{r.t("col.topic")}}
	if len(r.sides) <= fewSides {
		for _, side := range r.sides {
			g.head = append(g.head, r.text(side.Name))
		}
	} else {
		g.head = append(g.head, r.t("col.movers"))
	}
	for _, issue := range r.a.Issues {
		if o, ok := r.options[deal.Choice{Topic: issue.Topic, Option: core[issue.Topic]}]; ok && !o.Baseline {
			g.rows = append(g.rows, r.turns(issue, o))
		}
	}
	return g
}

// turns is a row of the core: the matter and what it means for each side.
func (r *briefing) turns(issue deal.IssueInfo, o deal.OptionInfo) []string {
	row := []string{r.matter(issue, o)}
	if len(r.sides) > fewSides {
		return append(row, r.sideList(o.Movers))
	}
	for _, side := range r.sides {
		row = append(row, r.turn(o, string(side.ID)))
	}
	return row
}

// matter is the topic of an issue, and the option where somebody gave it a
// title of its own.
func (r *briefing) matter(issue deal.IssueInfo, o deal.OptionInfo) string {
	if title := r.text(o.Title); title != "" {
		return r.topic(issue.Topic) + ": " + title
	}
	return r.topic(issue.Topic)
}

// additions is what each package adds to the core: the matters, and who moves
// on them.
func (r *briefing) additions(variants []deal.Deal, before int) {
	g := grid{indent: 2, head: []string{r.t("col.topic")}}
	for i := range variants {
		g.head = append(g.head, r.t("deals.package", "N", before+i+1))
	}
	for _, issue := range r.a.Issues {
		if _, in := variants[0].Core[issue.Topic]; in {
			continue
		}
		row, any := []string{r.topic(issue.Topic)}, false
		for _, d := range variants {
			cell := "–"
			if o, ok := r.options[deal.Choice{Topic: issue.Topic, Option: d.Choices[issue.Topic]}]; ok && !o.Baseline {
				cell, any = r.option(o), true
			}
			row = append(row, cell)
		}
		if any {
			g.rows = append(g.rows, row)
		}
	}
	if len(g.rows) > 0 {
		if len(variants[0].Core) > 0 {
			r.s.say(0, r.t("deals.added"))
		}
		r.s.table(g)
		r.s.gap()
	}
}

// option says in words what an option is: its title, or who moves, or who takes
// part.
func (r *briefing) option(o deal.OptionInfo) string {
	switch {
	case r.text(o.Title) != "":
		return r.text(o.Title)
	case len(o.Movers) > 0 && deal.Halfway(o.Option):
		return r.t("option.half", "Sides", r.sideList(o.Movers))
	case len(o.Movers) > 0:
		return r.t("option.moves", "Sides", r.sideList(o.Movers))
	case len(o.Actors) > 0:
		return r.t("option.together", "Sides", r.sideList(o.Actors))
	}
	return r.t("option.keep")
}

func (r *briefing) absentFrom(variants []deal.Deal) []map[string]string {
	var out []map[string]string
	for _, d := range variants {
		for _, n := range d.NotAtTheTable {
			if !slices.ContainsFunc(out, func(o map[string]string) bool { return maps.Equal(o, n) }) {
				out = append(out, n)
			}
		}
	}
	return out
}

// turn says what an option means for a side, in words.
func (r *briefing) turn(o deal.OptionInfo, side string) string {
	switch {
	case slices.Contains(o.Movers, side) && deal.Halfway(o.Option):
		return r.t("turn.half")
	case slices.Contains(o.Movers, side) && len(r.sides) > 2:
		return r.t("turn.moves.many")
	case slices.Contains(o.Movers, side):
		return r.t("turn.moves")
	case o.Points[side] > 0:
		return r.t("turn.receives")
	case o.Points[side] < 0:
		return r.t("turn.bears")
	}
	return "–"
}

// strength says in words under how many rankings a package serves everyone.
func (r *briefing) strength(key string, s deal.Share) string {
	who := "all"
	if len(r.sides) == 2 {
		who = "both"
	}
	word := s.Strength()
	if word == "" {
		return ""
	}
	return r.t(key, "Who", r.t("strength."+who), "Rankings", r.t("strength."+word))
}
