package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"parley/chart"
	"parley/deal"
	"parley/i18n"
)

// formatsView is what each group of sides could do without the others, as readers of
// one language see it.
type formatsView struct {
	*dealsView
	f        *deal.Formats
	Network  template.HTML // every pair; empty with two sides
	Groups   []groupCard   // smaller groups first, by the reader's alphabet
	Packages []standing
	Payments []string // sentences; only of tables of points
	Shares   []payment
}

// groupCard is one group.
type groupCard struct {
	ID      string
	Sides   []Side
	Title   string
	All     bool // the whole table
	Only    []matter
	Also    []matter
	Swaps   []swapLink
	Moves   []groupMoves
	Members []fare
	Outside []fare
	Exact   bool
}

// swapLink leads to a swap on the page of what might be done.
type swapLink struct{ Words, Address string }

// groupMoves is on what a member moves in the package of its group.
type groupMoves struct {
	Side    Side
	Matters []matter
}

// fare is how a side fares, in words, and on what it loses.
type fare struct {
	Side  Side
	Kind  string // "gain", "same", "hurt", "worse" or "served"
	Words string
	Worse []matter
	More  []string // further sentences
}

// standing is whether a package stands.
type standing struct {
	Title  string
	Says   []string
	InCore bool
	Back   []fare // what could make promises hard to keep, as far as the reader may see it
}

// payment is what a side would have if payments were possible.
type payment struct {
	Side              Side
	Shapley, Division string
}

func newFormatsView(m *room, a *deal.Answer) *formatsView {
	v := &formatsView{dealsView: newDealsView(m, a, true), f: a.Formats}
	for _, f := range a.Formats.Groups {
		v.Groups = append(v.Groups, v.group(f))
	}
	at := func(g groupCard) []int {
		var out []int
		for _, s := range g.Sides {
			out = append(out, slices.IndexFunc(m.sides, s.is))
		}
		return out
	}
	slices.SortStableFunc(v.Groups, func(a, b groupCard) int {
		return cmp.Or(len(a.Sides)-len(b.Sides), slices.Compare(at(a), at(b)))
	})
	for _, p := range a.Formats.Packages {
		v.addStanding(v.standing(p))
	}
	if len(m.sides) > 2 {
		v.Network = v.network()
	}
	if p := a.Formats.Payments; p != nil {
		v.Payments = inLanguage(p.Because, m.lang)
		for _, s := range m.sides {
			v.Shares = append(v.Shares, payment{s, p.Shapley[string(s.ID)], p.Division[string(s.ID)]})
		}
	}
	return v
}

// Complete reports whether every group was looked at.
func (v *formatsView) Complete() bool { return v.f.Complete }

func (v *formatsView) group(f deal.Format) groupCard {
	g := groupCard{Sides: v.seated(f.Sides), All: len(f.Sides) == len(v.m.sides), Exact: f.Exact, ID: "group"}
	var names []string
	for _, s := range g.Sides {
		g.ID += "-" + string(s.ID)
		names = append(names, s.Name.Words)
	}
	g.Title = i18n.List(names)
	g.Only, g.Also = v.matters(f.Only), v.matters(v.unpaid(f.Also))
	for _, n := range f.Swaps {
		g.Swaps = append(g.Swaps, swapLink{v.T("deals.swap", "N", n+1), v.m.to("deals") + fmt.Sprintf("#swap-%d", n+1)})
	}
	for _, s := range g.Sides {
		g.Members = append(g.Members, v.member(f, s))
		if on := v.movedOn(f, s); len(on) > 0 {
			g.Moves = append(g.Moves, groupMoves{s, on})
		}
	}
	for _, s := range v.m.sides {
		for _, o := range f.Outside {
			if o.Side == string(s.ID) {
				g.Outside = append(g.Outside, v.outsider(f, o, s))
			}
		}
	}
	return g
}

// member says how a member fares.
func (v *formatsView) member(f deal.Format, s Side) fare {
	id := string(s.ID)
	x := fare{Side: s, Kind: "same"}
	if f.Points[id] > 0 {
		x.Kind = "gain"
	}
	x.Words = v.T("formats.member." + x.Kind)
	if len(f.Sides) > 2 && f.Beyond[id] > 0 {
		x.More = append(x.More, v.T("formats.member.beyond"))
	}
	if len(f.Sides) > 2 && f.Beyond[id] < 0 {
		x.More = append(x.More, v.T("formats.member.less"))
	}
	if slices.Contains(f.BetterAway, id) {
		x.More = append(x.More, v.T("formats.member.away"))
	}
	return x
}

// outsider says how a side fares that is not in the group.
func (v *formatsView) outsider(f deal.Format, o deal.Outside, s Side) fare {
	x := fare{Side: s, Kind: "same", Worse: v.matters(o.Worse)}
	switch {
	case o.Hurt:
		x.Kind = "hurt"
	case len(o.Worse) > 0:
		x.Kind = "worse"
	case f.Points[o.Side] > 0:
		x.Kind = "served"
	}
	x.Words = v.T("formats.outsider." + x.Kind)
	if slices.Contains(f.BetterInside, o.Side) {
		x.More = append(x.More, v.T("formats.outsider.inside"))
	}
	return x
}

// matters are the topics of some options, each once.
func (v *formatsView) matters(options []deal.Choice) []matter {
	var out []matter
	for _, ch := range options {
		if x := v.topic(ch.Topic); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// unpaid leaves out the options by which somebody gives something up.
func (v *formatsView) unpaid(options []deal.Choice) []deal.Choice {
	return slices.DeleteFunc(slices.Clone(options), func(ch deal.Choice) bool { return len(v.options[ch].Movers) > 0 })
}

// movedOn lists the topics on which a side moves in the package of a group.
func (v *formatsView) movedOn(f deal.Format, s Side) []matter {
	var out []matter
	for _, i := range v.a.Issues {
		if o := v.options[deal.Choice{Topic: i.Topic, Option: f.Choices[i.Topic]}]; slices.Contains(o.Movers, string(s.ID)) {
			out = append(out, v.topic(i.Topic))
		}
	}
	return out
}

func (v *formatsView) standing(p deal.Standing) standing {
	x := standing{Title: v.T("formats.package.nash"), Says: inLanguage(p.Because, v.m.lang), InCore: p.InCore}
	if p.Deal >= 0 {
		x.Title = v.T("formats.package", "N", p.Deal+1)
	}
	for _, s := range v.m.sides {
		for _, b := range p.GoingBack {
			if b.Side == string(s.ID) {
				answer := i18n.List(v.sideNames(b.Answer))
				x.Back = append(x.Back, fare{Side: s, Kind: b.Held, Words: v.T("formats.back."+b.Held, "Answer", answer)})
			}
		}
	}
	return x
}

// addStanding puts packages of which the same is said under one heading.
func (v *formatsView) addStanding(x standing) {
	if n := len(v.Packages) - 1; n >= 0 && len(x.Back) == 0 {
		if last := &v.Packages[n]; len(last.Back) == 0 && slices.Equal(last.Says, x.Says) {
			last.Title += ", " + x.Title
			return
		}
	}
	v.Packages = append(v.Packages, x)
}

// network draws every pair: what it has to do with one another, and whether somebody
// outside loses by it.
func (v *formatsView) network() template.HTML {
	n := chart.Network{Caption: v.caption("formats", v.T("formats.network.title"), v.T("formats.network.desc"))}
	for _, s := range v.m.sides {
		n.Nodes = append(n.Nodes, chart.Node{
			Name: s.Name.Words, Letter: s.Mark.Letter, Shape: s.Mark.Shape, Base: s.Mark.Base, Pattern: fmt.Sprintf("pattern-%d", s.Mark.Pattern),
		})
	}
	for _, g := range v.Groups {
		if len(g.Sides) != 2 {
			continue
		}
		l := chart.Link{
			From: slices.IndexFunc(v.m.sides, g.Sides[0].is), To: slices.IndexFunc(v.m.sides, g.Sides[1].is),
			Line: g.Line(), Crossed: g.Hurts(),
		}
		l.Name = g.Title + ": " + v.LineWords(g)
		n.Links = append(n.Links, l)
	}
	for _, line := range []chart.Line{chart.Double, chart.Solid, chart.Dashed, chart.Dotted} {
		n.Keys = append(n.Keys, chart.Key{Line: line, Words: v.T("formats.line." + lineWord(line))})
	}
	n.Keys = append(n.Keys, chart.Key{Crossed: true, Words: v.T("formats.line.cross")})
	return n.HTML()
}

// Line is how the link of a pair is drawn.
func (g groupCard) Line() chart.Line {
	switch {
	case len(g.Swaps) > 0:
		return chart.Double
	case len(g.Moves) > 0:
		return chart.Solid
	case len(g.Only) > 0:
		return chart.Dashed
	}
	return chart.Dotted
}

func lineWord(l chart.Line) string { return [...]string{"double", "solid", "dashed", "dotted"}[l] }

// LineWords says the same in words.
func (v *formatsView) LineWords(g groupCard) string { return v.T("formats.line." + lineWord(g.Line())) }

// Hurts reports whether somebody outside is worse off by what the group moves on.
func (g groupCard) Hurts() bool {
	return slices.ContainsFunc(g.Outside, func(x fare) bool { return x.Kind == "hurt" })
}

// HurtNames are those who are.
func (g groupCard) HurtNames() string {
	var out []string
	for _, x := range g.Outside {
		if x.Kind == "hurt" {
			out = append(out, x.Side.Name.Words)
		}
	}
	return i18n.List(out)
}

// Pairs are the groups of two.
func (v *formatsView) Pairs() []groupCard {
	return slices.DeleteFunc(slices.Clone(v.Groups), func(g groupCard) bool { return len(g.Sides) != 2 })
}

type groupFold struct {
	View *formatsView
	groupCard
}

// Fold is a card with the view.
func (v *formatsView) Fold(g groupCard) groupFold { return groupFold{v, g} }

// Deals is the answer that the view is about.
func (v *formatsView) Deals() *dealsView { return v.dealsView }
