package deal

import (
	"math/big"
	"slices"

	"parley/engine/coalition"
	"parley/i18n"
)

// because explains a format: what only this group can take up, who moves on what,
// who gains, and how those outside fare.
func (f *formats) because(g coalition.Group, x Format) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{}
		say := func(key, place string, words []string) {
			if len(words) > 0 {
				out = append(out, w.T(key, place, i18n.List(words)))
			}
		}
		say("formats.only", "Topics", f.topics(w, x.Only))
		say("formats.also", "Topics", f.topics(w, f.unpaid(x.Also)))
		out = append(out, f.moved(w, g)...)
		var gain, same, beyond []string
		for _, p := range f.s.sidesByName(w) {
			name := f.s.sideName(w, p)
			switch {
			case !g.Has(p):
				continue
			case f.at[g].gains[p] > 0:
				gain = append(gain, name)
			default:
				same = append(same, name)
			}
			if x.Beyond[f.s.q.labels.sides[p].id] > 0 && g.Size() > 2 {
				beyond = append(beyond, name)
			}
		}
		say("formats.gain", "Sides", gain)
		say("formats.same", "Sides", same)
		say("formats.beyond", "Sides", beyond)
		out = append(out, f.fare(w, x)...)
		say("formats.better-away", "Sides", f.byName(w, x.BetterAway))
		say("formats.better-inside", "Sides", f.byName(w, x.BetterInside))
		if !x.Exact {
			out = append(out, w.T("formats.inexact"))
		}
		return out
	})
}

// moved says of each member on what it moves in the package of its group.
func (f *formats) moved(w *i18n.Words, g coalition.Group) []string {
	var out []string
	for _, p := range f.s.sidesByName(w) {
		var on []Choice
		for _, m := range f.s.paidMoves(f.at[g].choice) {
			if slices.Contains(f.s.q.table.issues[m.issue].options[m.option].movers, p) {
				on = append(on, f.s.choice(m))
			}
		}
		if len(on) > 0 {
			out = append(out, w.T("formats.moves", "Side", f.s.sideName(w, p), "Topics", i18n.List(f.topics(w, on))))
		}
	}
	return out
}

// fare says how those outside fare: each who loses something by its own sentence.
func (f *formats) fare(w *i18n.Words, x Format) []string {
	var out, served []string
	for _, p := range f.s.sidesByName(w) {
		id := f.s.q.labels.sides[p].id
		for _, o := range x.Outside {
			key := "formats.worse"
			switch {
			case o.Side != id:
				continue
			case o.Hurt:
				key = "formats.hurt"
			case len(o.Worse) == 0 && x.Points[id] > 0:
				served = append(served, f.s.sideName(w, p))
				continue
			case len(o.Worse) == 0:
				continue
			}
			out = append(out, w.T(key, "Side", f.s.sideName(w, p), "Topics", i18n.List(f.topics(w, o.Worse))))
		}
	}
	if len(served) > 0 {
		out = append(out, w.T("formats.served", "Sides", i18n.List(served)))
	}
	return out
}

// unpaid leaves out the options by which somebody gives something up.
func (f *formats) unpaid(all []Choice) []Choice {
	var out []Choice
	for _, ch := range all {
		for i := range f.s.q.labels.issues {
			l := &f.s.q.labels.issues[i]
			for k := range l.options {
				if l.id == ch.Topic && l.options[k].id == ch.Option && len(f.s.q.table.issues[i].options[k].movers) == 0 {
					out = append(out, ch)
				}
			}
		}
	}
	return out
}

// topics are the titles of the topics of some options, each once.
func (f *formats) topics(w *i18n.Words, options []Choice) []string {
	var out []string
	seen := map[string]bool{}
	for _, ch := range options {
		if seen[ch.Topic] {
			continue
		}
		seen[ch.Topic] = true
		for i := range f.s.q.labels.issues {
			if l := &f.s.q.labels.issues[i]; l.id == ch.Topic {
				out = append(out, w.T("deal.quoted", "Words", l.title.In(w.Lang)))
			}
		}
	}
	return out
}

// byName are the names of sides in the order of the reader's alphabet.
func (f *formats) byName(w *i18n.Words, ids []string) []string {
	var out []string
	for _, p := range f.s.sidesByName(w) {
		for _, id := range ids {
			if f.s.q.labels.sides[p].id == id {
				out = append(out, f.s.sideName(w, p))
			}
		}
	}
	return out
}

// becauseStanding says whether a package holds against what groups could do
// instead. What going back would bring is told to those alone whom it concerns.
func (f *formats) becauseStanding(x Standing) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		if x.InCore {
			return []string{w.T("formats.core.in")}
		}
		out := []string{}
		for _, b := range x.Blocks {
			var more []string
			for _, p := range f.s.sidesByName(w) {
				if b.More[f.s.q.labels.sides[p].id] > 0 {
					more = append(more, f.s.sideName(w, p))
				}
			}
			out = append(out, w.T("formats.core.block", "Sides", i18n.List(f.byName(w, b.Sides)), "More", i18n.List(more)))
		}
		if n := len(x.Undecided); n > 0 {
			out = append(out, w.N("formats.core.undecided", n))
		}
		if len(x.Blocks) == 0 && f.n > mostSidesForAll {
			out = append(out, w.T("formats.core.partly"))
		}
		return out
	})
}

func (f *formats) becausePayments(e *big.Rat) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{w.T("formats.payments.if")}
		if e.Sign() > 0 {
			return append(out, w.T("formats.payments.empty", "Points", e.RatString()))
		}
		return append(out, w.T("formats.payments.core"))
	})
}
