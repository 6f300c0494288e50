package web

import (
	"html/template"
	"maps"
	"slices"

	"parley/chart"
	"parley/deal"
)

// shownPackages is how many packages the page lists; the files hold all.
const shownPackages = 5

// packageCard is a package of mutual steps: the same rows for every side.
type packageCard struct {
	N        int
	Strength string
	CoreHold string // how often its core stands in the fair pick
	CoreOwn  string // whom the core alone would serve
	Rows     []packageRow
	SameCore int // the earlier package whose core it shares; 0: none
	CoreRows []packageRow
	Free     []matter // what all could have anyway
	Still    []matter // what stays as it is
	Because  []string
	Absent   []Phrase
}

// packageRow is one matter of a package, and what it means for each side.
type packageRow struct {
	Matter matter
	Option string
	Core   bool
	Cells  []packageCell
}

// packageCell is one side's part in a matter.
type packageCell struct {
	Side  Side
	Kind  string // "moves", "half", "both", "receives", "bears" or "apart"
	Words string
}

func (v *dealsView) addPackages() {
	cores := map[string]int{}
	for n, d := range v.a.Deals {
		if n == shownPackages {
			v.MorePackages = len(v.a.Deals) - n
			break
		}
		c := packageCard{
			N: n + 1, Strength: v.strength(d.Acceptable["all"], "deals.strength"), CoreHold: v.strength(d.CoreShare, "deals.core-share"),
			Because: v.bySide(inLanguage(d.Because, v.m.lang)), Absent: v.absentees(d.NotAtTheTable),
		}
		if len(d.Core) > 0 && len(d.Core) < len(d.Choices) {
			c.CoreOwn = v.strength(d.CoreAcceptable["all"], "deals.core-own")
		}
		v.fill(&c, d)
		key := coreKey(d)
		if first, seen := cores[key]; seen && len(c.CoreRows) > 0 {
			c.SameCore = first
		} else {
			cores[key] = c.N
			c.Rows, c.CoreRows = append(c.CoreRows, c.Rows...), nil
		}
		v.Core = append(v.Core, c)
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

// fill sorts the matters of a package: steps of somebody, what is free, and what
// stays as it is.
func (v *dealsView) fill(c *packageCard, d deal.Deal) {
	for _, i := range v.a.Issues {
		choice := deal.Choice{Topic: i.Topic, Option: d.Choices[i.Topic]}
		o, known := v.options[choice]
		base := v.options[deal.Choice{Topic: i.Topic, Option: v.a.Baseline.Choices[i.Topic]}]
		switch {
		case !known:
			continue
		case o.Option == base.Option && o.Free:
			c.Free = append(c.Free, v.topic(i.Topic))
			continue
		case o.Option == base.Option || o.Option == i.Options[0].Option:
			c.Still = append(c.Still, v.topic(i.Topic))
			continue
		}
		row := packageRow{Matter: v.topic(i.Topic), Core: d.Core[i.Topic] == o.Option && o.Option != ""}
		if t := v.writtenTitle(choice); t != "" {
			row.Option = v.m.phrase(o.Title).Words
		}
		for _, s := range v.m.sides {
			kind := v.part(o, base, string(s.ID))
			row.Cells = append(row.Cells, packageCell{s, kind, v.T("deals.cell." + kind)})
		}
		if row.Core {
			c.CoreRows = append(c.CoreRows, row)
		} else {
			c.Rows = append(c.Rows, row)
		}
	}
}

// part is what an option means for a side, against the baseline.
func (v *dealsView) part(o, base deal.OptionInfo, side string) string {
	gain := o.Points[side] - base.Points[side]
	switch moves := slices.Contains(o.Movers, side); {
	case moves && gain > 0:
		return "both"
	case moves && v.half(o.Option):
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
	word := "few"
	switch {
	case !s.Known():
		return ""
	case s.Num == s.Den:
		word = "every"
	case s.AtLeast(9, 10):
		word = "nearly-every"
	case s.AtLeast(6, 10):
		word = "most"
	case s.AtLeast(4, 10):
		word = "half"
	}
	who := v.T("deals.who.all")
	if v.Two {
		who = v.T("deals.who.both")
	}
	return v.T(prefix, "Who", who, "Rankings", v.T("deals.rankings."+word, "Tenths", s.Num*10/s.Den))
}

// bars sets the packages on the page side by side.
func (v *dealsView) bars() template.HTML {
	if len(v.Core) < 2 || !v.Sampled {
		return ""
	}
	b := chart.Bars{Caption: v.caption("strengths", v.T("deals.bars.title"), v.T("deals.bars.desc"))}
	for n := range v.Core {
		s := v.a.Deals[n].Acceptable["all"]
		b.Rows = append(b.Rows, chart.Bar{
			Label: v.T("deals.package", "N", n+1), Num: s.Num, Den: s.Den,
			Words: v.T("deals.bars.share", "Tenths", tenths(s)),
		})
	}
	return b.HTML()
}

func tenths(s deal.Share) int64 {
	if !s.Known() {
		return 0
	}
	return s.Num * 10 / s.Den
}
