package main

import (
	"slices"

	"parley/deal"
	"parley/i18n"
)

// formatsFlag asks for what groups could do.
type formatsFlag struct {
	Formats bool `help:"${flag_formats}" env:"PARLEY_FORMATS"`
}

// formatsText is what each group of sides could do without the others, for people.
// At one's own desk it tells all of it, what could make a promise hard to keep too.
func formatsText(b *book, a *deal.Answer) string {
	s := &sheet{}
	s.heading(b.w.T("formats.title"))
	if a.Formats == nil {
		s.say(0, b.w.T("formats.none"))
		return s.String()
	}
	s.say(0, b.w.T("formats.lead"))
	if !a.Formats.Complete {
		s.say(0, b.w.T("formats.part"))
	}
	for _, f := range b.groups(a.Formats.Groups) {
		title := b.sideList(f.Sides)
		if len(f.Sides) == len(b.sides) {
			title = b.w.T("formats.all")
		}
		s.gap()
		s.say(0, title)
		for _, line := range f.Because[b.w.Lang] {
			s.item(2, "- ", line)
		}
	}
	b.standings(s, a.Formats.Packages)
	b.payments(s, a.Formats.Payments)
	return s.String()
}

// groups are in the order of their size, then of the reader's alphabet.
func (b *book) groups(all []deal.Format) []deal.Format {
	out := slices.Clone(all)
	i18n.Sort(b.w.Lang, out, func(f deal.Format) string { return b.sideList(f.Sides) })
	slices.SortStableFunc(out, func(x, y deal.Format) int { return len(x.Sides) - len(y.Sides) })
	return out
}

func (b *book) standings(s *sheet, all []deal.Standing) {
	if len(all) == 0 {
		return
	}
	s.heading(b.w.T("formats.stands"))
	s.say(0, b.w.T("formats.stands.note"))
	for _, p := range all {
		title := b.w.T("formats.package.nash")
		if p.Deal >= 0 {
			title = b.w.T("formats.package", "N", p.Deal+1)
		}
		s.gap()
		s.say(0, title)
		for _, line := range p.Because[b.w.Lang] {
			s.item(2, "- ", line)
		}
		for _, side := range b.sides {
			for _, back := range p.GoingBack {
				if back.Side == string(side.ID) {
					s.item(2, "- ", b.text(side.Name)+": "+b.w.T("formats.back."+back.Held, "Answer", b.sideList(back.Answer)))
				}
			}
		}
	}
}

func (b *book) payments(s *sheet, p *deal.Payments) {
	if p == nil {
		return
	}
	s.heading(b.w.T("formats.payments"))
	for _, line := range p.Because[b.w.Lang] {
		s.say(0, line)
	}
	s.gap()
	g := grid{head: []string{b.w.T("formats.payments.side"), b.w.T("formats.payments.shapley"), b.w.T("formats.payments.division")}}
	for _, side := range b.sides {
		g.rows = append(g.rows, []string{b.text(side.Name), p.Shapley[string(side.ID)], p.Division[string(side.ID)]})
	}
	s.table(g)
}
