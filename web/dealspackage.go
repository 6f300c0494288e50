package web

import (
	"html/template"
	"maps"
	"slices"

	"parley/chart"
	"parley/deal"
	"parley/i18n"
)

// shownPackages is how many packages the page lists; the files hold all.
const shownPackages = 5

// packageCard is a package of mutual steps: the same rows for every side. A
// package with the core of an earlier one shows where the two differ.
type packageCard struct {
	N        int
	Strength string
	CoreHold string // how often its core stands in the fair pick
	CoreOwn  string // whom the core alone would serve
	Like     int    // the earlier package whose core it shares; 0: none
	Rows     []packageRow
	Rest     []packageRow // as in that package
	Free     []matter     // what all could have anyway
	Still    []matter     // what stays as it is
	Because  []string
	Absent   []Phrase
	Support  *supportView
}

// packageRow is one matter of a package, and what it means for each side.
type packageRow struct {
	Matter matter
	Option string
	Hold   string // whether it belongs to the core; empty where nothing was sampled
	Cells  []packageCell
}

// packageCell is one side's part in a matter.
type packageCell struct {
	Side  Side
	Kind  string // "moves", "half", "both", "receives", "bears", "apart" or "still"
	Words string
}

func (v *dealsView) addPackages() {
	first := map[string]int{} // by core
	for n, d := range v.a.Deals {
		if n == shownPackages {
			v.MorePackages = len(v.a.Deals) - n
			break
		}
		c := packageCard{N: n + 1, Strength: v.strength(d.Acceptable["all"], "deals.strength"), Absent: v.absentees(d.NotAtTheTable)}
		key := coreKey(d)
		if like, seen := first[key]; seen {
			c.Like = like + 1
			v.compare(&c, d, v.a.Deals[like])
		} else {
			first[key] = n
			c.CoreHold = v.strength(d.CoreShare, "deals.core-share")
			if len(d.Core) > 0 && len(d.Core) < len(d.Choices) {
				c.CoreOwn = v.strength(d.CoreAcceptable["all"], "deals.core-own")
			}
			c.Because = v.bySide(inLanguage(d.Because, v.m.lang))
			v.fill(&c, d)
		}
		v.Packages = append(v.Packages, c)
	}
	v.Strengths = v.bars()
}

func coreKey(d deal.Deal) string {
	var key string
	for _, topic := range slices.Sorted(maps.Keys(d.Core)) {
		key += topic + "/" + d.Core[topic] + "\n"
	}
	return key
}

// fill sorts the matters of a package: steps of somebody, the core first; what
// is free; and what stays as it is.
func (v *dealsView) fill(c *packageCard, d deal.Deal) {
	var open []packageRow
	for _, i := range v.a.Issues {
		o, base := v.chosen(i, d)
		switch {
		case o.Option == base.Option && o.Free:
			c.Free = append(c.Free, v.topic(i.Topic))
		case o.Option == base.Option || o.Option == i.Options[0].Option:
			c.Still = append(c.Still, v.topic(i.Topic))
		case d.Core[i.Topic] == o.Option:
			c.Rows = append(c.Rows, v.row(i, d))
		default:
			open = append(open, v.row(i, d))
		}
	}
	c.Rows = append(c.Rows, open...)
}

// compare sorts the steps of a package by whether they are those of an earlier
// one with the same core.
func (v *dealsView) compare(c *packageCard, d, like deal.Deal) {
	for _, i := range v.a.Issues {
		o, base := v.chosen(i, d)
		switch {
		case d.Choices[i.Topic] != like.Choices[i.Topic]:
			c.Rows = append(c.Rows, v.row(i, d))
		case o.Option != base.Option && o.Option != i.Options[0].Option:
			c.Rest = append(c.Rest, v.row(i, d))
		}
	}
}

// chosen is the option that a package takes in an issue, and the baseline's.
func (v *dealsView) chosen(i deal.IssueInfo, d deal.Deal) (option, base deal.OptionInfo) {
	base = i.Options[0]
	if b, ok := v.options[deal.Choice{Topic: i.Topic, Option: v.a.Baseline.Choices[i.Topic]}]; ok {
		base = b
	}
	if o, ok := v.options[deal.Choice{Topic: i.Topic, Option: d.Choices[i.Topic]}]; ok {
		return o, base
	}
	return base, base
}

func (v *dealsView) row(i deal.IssueInfo, d deal.Deal) packageRow {
	o, base := v.chosen(i, d)
	row := packageRow{Matter: v.topic(i.Topic)}
	switch {
	case d.Core[i.Topic] == o.Option:
		row.Hold = v.T("deals.package.core")
	case v.Sampled:
		row.Hold = v.T("deals.package.open")
	}
	if v.writtenTitle(deal.Choice{Topic: i.Topic, Option: o.Option}) != "" {
		row.Option = v.m.phrase(o.Title).Words
	}
	for _, s := range v.m.sides {
		kind := "still"
		if o.Option != base.Option {
			kind = v.part(o, base, string(s.ID))
		}
		key := "deals.cell." + kind
		if kind == "moves" && !v.Two {
			key = "deals.cell.moves.many"
		}
		row.Cells = append(row.Cells, packageCell{s, kind, v.T(key)})
	}
	return row
}

// part is what an option means for a side, against the baseline.
func (v *dealsView) part(o, base deal.OptionInfo, side string) string {
	gain := o.Points[side] - base.Points[side]
	switch moves := slices.Contains(o.Movers, side); {
	case moves && gain > 0:
		return "both"
	case moves && deal.Halfway(o.Option):
		return "half"
	case moves:
		return "moves"
	case gain > 0:
		return "receives"
	case gain < 0:
		return "bears"
	}
	return "apart"
}

// strength says in words under how many of the sampled rankings something
// holds: counts, and never a chance.
func (v *dealsView) strength(s deal.Share, prefix string) string {
	if !s.Known() {
		return ""
	}
	who := v.T("deals.who.all")
	if v.Two {
		who = v.T("deals.who.both")
	}
	return v.T(prefix, "Who", who, "Rankings", rankings(v.words, s))
}

// rankings says under how many of the rankings tried something holds.
func rankings(w *i18n.Words, s deal.Share) string {
	word := s.Strength()
	if word == "few" && tenths(s) == 0 {
		word = "hardly"
	}
	return w.T("deals.rankings."+word, "Tenths", tenths(s))
}

// bars sets the packages on the page side by side, each by the side that it
// serves least surely.
func (v *dealsView) bars() template.HTML {
	if len(v.Packages) == 0 || !v.Sampled {
		return ""
	}
	b := chart.Bars{Caption: v.caption("strengths", v.T("deals.bars.title"), v.T("deals.bars.desc"))}
	for n := range v.Packages {
		shares := v.a.Deals[n].Acceptable
		least, alike := v.m.sides[0], true
		for _, side := range v.m.sides[1:] {
			s, l := shares[string(side.ID)], shares[string(least.ID)]
			alike = alike && s == l
			if s.Num*l.Den < l.Num*s.Den {
				least = side
			}
		}
		label := v.T("deals.bars.label", "N", n+1, "Side", least.Name.Words)
		if alike {
			label = v.T("deals.bars.alike", "N", n+1)
		}
		s := shares[string(least.ID)]
		b.Rows = append(b.Rows, chart.Bar{Label: label, Num: s.Num, Den: s.Den, Words: v.T("deals.bars.share", "Tenths", tenths(s))})
	}
	return b.HTML()
}

func tenths(s deal.Share) int64 {
	if !s.Known() {
		return 0
	}
	return s.Num * 10 / s.Den
}
