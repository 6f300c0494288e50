package dossiertest

import (
	"slices"

	"pgregory.net/rapid"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// topic draws a topic whose relation suits the sides that hold its interests.
func (g *generator) topic() {
	t := interest.Topic{
		ID:        interest.TopicID(g.next("t")),
		Title:     g.text("topic"),
		Interests: some(g, "topic interests", g.counted, 1),
		Act:       g.act("act"),
	}
	if len(t.Interests) > 4 {
		t.Interests = t.Interests[:4]
	}
	holders := g.holdersOf(t.Interests)
	t.Interests = append(t.Interests, some(g, "interests that do not count", g.other, 0)...)
	if g.yes("topic author") {
		t.Author = g.author("topic author", g.sides)
	}
	if g.yes("topic date") {
		t.Date = g.date("topic date")
	}
	for n := g.upTo("affected", 2); n > 0; n-- {
		t.Affects = append(t.Affects, g.text("affected"))
	}
	t.Relation = interest.OneSided
	if len(holders) > 1 {
		t.Relation = pick(g, "relation", []interest.Relation{interest.Shared, interest.Opposed, interest.Complementary})
	}
	switch t.Relation {
	case interest.Shared:
		if g.yes("minimum") {
			t.Minimum = g.between("minimum", 2, len(holders))
		}
	case interest.Opposed:
		t.Divisible = g.yes("divisible")
		if len(holders) > 2 || g.yes("camps") {
			t.Camps = g.camps(t.Interests, holders)
		}
	}
	g.d.Topics = append(g.d.Topics, t)
}

func (g *generator) holdersOf(ids []interest.ID) []dialogue.SideID {
	var out []dialogue.SideID
	for _, id := range ids {
		if s := g.holder[id]; s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// camps puts the first holder into one camp, the last into another and the
// others into any of the two or one of their own.
func (g *generator) camps(ids []interest.ID, holders []dialogue.SideID) [][]interest.ID {
	camp := map[dialogue.SideID]int{}
	for i, h := range holders {
		switch i {
		case 0:
			camp[h] = 0
		case len(holders) - 1:
			camp[h] = 1
		default:
			camp[h] = g.upTo("camp", 2)
		}
	}
	out := make([][]interest.ID, 3)
	for _, id := range ids {
		if s := g.holder[id]; s != "" {
			out[camp[s]] = append(out[camp[s]], id)
		}
	}
	return slices.DeleteFunc(out, func(c []interest.ID) bool { return len(c) == 0 })
}

// shares states for some interests how much of them is at stake where.
func (g *generator) shares() {
	for _, id := range slices.Concat(g.counted, g.other) {
		var touching []*interest.Topic
		for k := range g.d.Topics {
			if slices.Contains(g.d.Topics[k].Interests, id) {
				touching = append(touching, &g.d.Topics[k])
			}
		}
		if len(touching) == 0 || g.upTo("share", 3) > 0 {
			continue
		}
		parts := make([]int64, len(touching))
		sum := int64(0)
		for i := range parts {
			parts[i] = int64(g.between("part", 1, 5))
			sum += parts[i]
		}
		for i, t := range touching {
			t.Share = append(t.Share, interest.Share{Interest: id, Part: interest.FractionOf(parts[i], sum)})
		}
	}
}

func (g *generator) table() {
	sort := pick(g, "table", []string{"none", "none", "effects", "effects", "points"})
	if sort == "none" {
		return
	}
	w := &deal.Written{}
	for _, t := range g.d.Topics {
		if g.upTo("written", 3) == 0 {
			w.Issues = append(w.Issues, g.issue(t.ID, nil, sort))
		}
	}
	if g.yes("issue of its own") || len(w.Issues) == 0 {
		w.Issues = append(w.Issues, g.issue(interest.TopicID(g.next("i")), g.text("issue"), sort))
	}
	if g.yes("disagreement") {
		w.Disagreement = g.points()
	}
	if sort == "points" && g.yes("cap") {
		w.Cap = g.points()[:1]
	}
	if g.yes("roles") {
		w.Roles = deal.UsualRoleNumbers()
		w.Roles.Set = true
		w.Roles.Minor = interest.FractionOf(int64(g.upTo("minor", 5)), 10)
	}
	g.d.Table = w
	options := g.options()
	for n := g.upTo("rules", 3); n > 0; n-- {
		w.Rules = append(w.Rules, g.rule(options, sort))
	}
}

func (g *generator) issue(topic interest.TopicID, title i18n.Text, sort string) deal.WrittenIssue {
	i := deal.WrittenIssue{Topic: topic, Title: title}
	for k := range g.between("options", 2, 4) {
		o := deal.WrittenOption{ID: []string{"keep", "A-yields", "A+B-together", "other"}[k], Title: g.maybe("option"), Act: g.act("act")}
		if sort == "points" {
			o.Points = g.points()
		} else if k > 0 {
			o.Effects = g.effects(g.atStake(topic))
		}
		i.Options = append(i.Options, o)
	}
	return i
}

func (g *generator) number(label string, most int64) interest.Fraction {
	return interest.FractionOf(rapid.Int64Range(-most, most).Draw(g.t, label), int64(g.between(label+" of", 1, 12)))
}

func (g *generator) points() []deal.SidePoints {
	var out []deal.SidePoints
	for _, s := range g.sides {
		out = append(out, deal.SidePoints{Side: s, Value: g.number("points", 100)})
	}
	return out
}

// atStake lists the interests that an issue can have effects on: not those whose
// shares are all in other topics.
func (g *generator) atStake(issue interest.TopicID) []interest.ID {
	here, shared := map[interest.ID]bool{}, map[interest.ID]bool{}
	for _, t := range g.d.Topics {
		for _, s := range t.Share {
			shared[s.Interest] = true
			here[s.Interest] = here[s.Interest] || t.ID == issue
		}
	}
	return slices.DeleteFunc(slices.Clone(g.counted), func(id interest.ID) bool { return shared[id] && !here[id] })
}

func (g *generator) effects(on []interest.ID) []deal.WrittenEffect {
	var out []deal.WrittenEffect
	for _, id := range some(g, "effects", on, 0) {
		out = append(out, deal.WrittenEffect{Interest: id, Value: g.number("effect", 2)})
	}
	return out
}

// options lists what rules may refer to, issue by issue.
func (g *generator) options() [][]deal.OptionRef {
	all := deal.OptionIDs(g.d.Input())
	var out [][]deal.OptionRef
	add := func(t interest.TopicID) {
		var refs []deal.OptionRef
		for _, o := range all[t] {
			refs = append(refs, deal.OptionRef{Topic: t, Option: o})
		}
		if len(refs) > 0 {
			out = append(out, refs)
		}
	}
	for _, t := range g.d.Topics {
		add(t.ID)
	}
	for _, i := range g.d.Table.Issues {
		if i.Title != nil {
			add(i.Topic)
		}
	}
	return out
}

func (g *generator) rule(options [][]deal.OptionRef, sort string) deal.Rule {
	refs := some(g, "rule options", slices.Concat(options...), 2)
	if len(refs) > 4 {
		refs = refs[:4]
	}
	for i := range refs {
		refs[i] = g.wider(refs[i], options)
	}
	refs = distinct(refs)
	u := deal.Rule{Note: g.maybe("note")}
	switch verb := g.upTo("verb", 4); {
	case verb == 2 || len(refs) < 2:
		u.Side, u.Refuses = pick(g, "red line", g.sides), refs[0]
		if g.yes("when") {
			u.When = refs[1:]
		}
	case verb == 1:
		u.Option, u.Excludes = refs[0], refs[1:]
	case verb == 3:
		u.NotBelow = pick(g, "not below", g.counted)
		u.Side = g.holder[u.NotBelow]
		if g.yes("when") {
			u.When = refs[:1]
		}
	case verb == 4 && len(options) > 1:
		g.synergy(&u, options, sort)
	default:
		u.Option, u.Requires = refs[0], refs[1:]
		if g.yes("at least") {
			u.AtLeast = g.between("at least", 1, len(u.Requires))
		}
	}
	return u
}

// synergy is what options of two issues do together.
func (g *generator) synergy(u *deal.Rule, options [][]deal.OptionRef, sort string) {
	for _, issue := range options[:2] {
		u.Together = append(u.Together, g.wider(pick(g, "together", issue), options))
	}
	if sort == "points" {
		u.Points = g.points()[:g.between("sides", 1, len(g.sides))]
		return
	}
	u.Effects = []deal.WrittenEffect{{Interest: pick(g, "synergy", g.counted), Value: g.number("effect", 2)}}
}

// wider is now and then a reference to several options of the issue.
func (g *generator) wider(ref deal.OptionRef, options [][]deal.OptionRef) deal.OptionRef {
	for _, issue := range options {
		at := slices.Index(issue, ref)
		switch {
		case at < 0:
		case at > 0 && g.upTo("or", 3) == 3:
			ref.Option = issue[0].Option + "|" + ref.Option
		case at > 0 && g.upTo("from", 3) == 3:
			ref.Option = issue[0].Option + ".." + ref.Option
		}
	}
	return ref
}

func distinct(refs []deal.OptionRef) []deal.OptionRef {
	var out []deal.OptionRef
	for _, r := range refs {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
