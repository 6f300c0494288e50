package dossier

import (
	"slices"

	"parley/deal"
	"parley/interest"
)

func (w *writer) table(d *Dossier) {
	t := d.Table
	isTopic := func(i deal.WrittenIssue) bool {
		return slices.ContainsFunc(d.Topics, func(t interest.Topic) bool { return t.ID == i.Topic })
	}
	w.under("table", func() {
		section(w, "issues", t.Issues, func(i deal.WrittenIssue) { w.issue(i, isTopic(i)) })
		section(w, "rules", t.Rules, w.rule)
		if len(t.Disagreement) > 0 {
			w.line("disagreement: %s", pointsRow(t.Disagreement))
		}
		if len(t.Cap) > 0 {
			w.line("cap: %s", pointsRow(t.Cap))
		}
		if t.Roles.Set {
			w.roles(t.Roles)
		}
	})
}

func (w *writer) issue(i deal.WrittenIssue, isTopic bool) {
	if isTopic {
		w.word("topic", quoted(string(i.Topic)))
	} else {
		w.word("id", quoted(string(i.Topic)))
		w.text("title", i.Title)
	}
	section(w, "options", i.Options, w.option)
}

func (w *writer) option(o deal.WrittenOption) {
	w.word("id", quoted(o.ID))
	w.text("title", o.Title)
	if len(o.Effects) > 0 {
		w.line("effects: %s", effectsRow(o.Effects))
	}
	if len(o.Points) > 0 {
		w.line("points: %s", pointsRow(o.Points))
	}
	w.act(o.Act)
}

func effectsRow(effects []deal.WrittenEffect) (r row) {
	for _, e := range effects {
		r.add(string(e.Interest), e.Value.String())
	}
	return r
}

func pointsRow(points []deal.SidePoints) (r row) {
	for _, p := range points {
		r.add(string(p.Side), p.Value.String())
	}
	return r
}

func (w *writer) rule(u deal.Rule) {
	w.ref("option", u.Option)
	w.refs("requires", u.Requires)
	if u.AtLeast > 0 {
		w.line("at_least: %d", u.AtLeast)
	}
	w.refs("excludes", u.Excludes)
	if u.Side != "" {
		w.word("side", quoted(string(u.Side)))
	}
	w.ref("refuses", u.Refuses)
	if u.NotBelow != "" {
		w.word("not_below", quoted(string(u.NotBelow)))
	}
	w.refs("when", u.When)
	w.refs("together", u.Together)
	if len(u.Effects) > 0 {
		w.line("effects: %s", effectsRow(u.Effects))
	}
	if len(u.Points) > 0 {
		w.line("points: %s", pointsRow(u.Points))
	}
	w.text("note", u.Note)
}

func (w *writer) ref(key string, o deal.OptionRef) {
	if o != (deal.OptionRef{}) {
		w.word(key, quoted(o.String()))
	}
}

func (w *writer) refs(key string, refs []deal.OptionRef) {
	if len(refs) == 1 && key != "together" {
		w.ref(key, refs[0])
		return
	}
	if len(refs) > 0 {
		out := make([]string, len(refs))
		for i, o := range refs {
			out[i] = o.String()
		}
		w.line("%s: %s", key, flow(out))
	}
}

func (w *writer) roles(n deal.RoleNumbers) {
	var r row
	for k, f := range []interest.Fraction{n.None, n.Minor, n.Medium, n.Important, n.Key} {
		r.add(interest.RoleWords[k+1], f.String())
	}
	r.add("unknown", "["+n.UnknownLow.String()+", "+n.UnknownHigh.String()+"]")
	w.line("roles: %s", r)
}
