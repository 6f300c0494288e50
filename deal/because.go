package deal

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"parley/engine/pareto"
	"parley/i18n"
	"parley/interest"
)

// Every result carries plain sentences: one for each topic that moves and one
// for each side, in every language of the interface. Names of sides stand in the
// nominative, because names given in a file cannot be declined.

func inEveryLanguage(say func(w *i18n.Words) []string) map[string][]string {
	out := map[string][]string{}
	for _, lang := range i18n.Languages {
		out[lang] = say(i18n.For(lang))
	}
	return out
}

func warningText(codes []string) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{}
		for _, code := range codes {
			out = append(out, w.T("deal.warning."+strings.ReplaceAll(code, " ", "-")))
		}
		return out
	})
}

// becauseFree explains a first step: who takes part and what it serves.
func (s *search) becauseFree(m move) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{}
		for _, p := range s.sidesByName(w) {
			if served := s.served(w, p, []move{m}, 1); served != "" {
				out = append(out, w.T("deal.free.side", "Side", s.sideName(w, p), "Gains", served))
			}
		}
		return out
	})
}

// becauseSwap explains a swap: a sentence a move, then a sentence a side.
func (s *search) becauseSwap(set []move) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := s.moveSentences(w, set)
		for _, p := range s.sidesByName(w) {
			moved, gained := s.served(w, p, set, -1), s.served(w, p, set, 1)
			out = append(out, sideSentence(w, "deal.swap", s.sideName(w, p), moved, gained)...)
		}
		return out
	})
}

// becauseDeal explains a package: a sentence a move, then for each side the
// topics on which it moves and those on which the others move toward it.
func (s *search) becauseDeal(set []move) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out, key := s.moveSentences(w, set), s.toward("deal.package")
		for _, p := range s.sidesByName(w) {
			var moved, gained []string
			for _, m := range set {
				topic := w.T("deal.quoted", "Words", s.q.labels.issues[m.issue].title.In(w.Lang))
				if slices.Contains(s.q.table.issues[m.issue].options[m.option].movers, p) {
					moved = append(moved, topic)
				} else if options := s.readings[0].table.Issues[m.issue]; options[m.option][p] > options[0][p] {
					gained = append(gained, topic)
				}
			}
			out = append(out, sideSentence(w, key, s.sideName(w, p), i18n.List(moved), i18n.List(gained))...)
		}
		return out
	})
}

// toward is the key of sentences about steps toward the other side, or the others.
func (s *search) toward(key string) string {
	if len(s.q.table.sides) > 2 {
		return key + ".many"
	}
	return key
}

func sideSentence(w *i18n.Words, key, side, moved, gained string) []string {
	switch {
	case moved != "" && gained != "":
		return []string{w.T(key+".both", "Side", side, "Moved", moved, "Gains", gained)}
	case moved != "":
		return []string{w.T(key+".moves", "Side", side, "Moved", moved)}
	case gained != "":
		return []string{w.T(key+".gains", "Side", side, "Gains", gained)}
	}
	return nil
}

// moveSentences says of each move who moves on what.
func (s *search) moveSentences(w *i18n.Words, set []move) []string {
	out := []string{}
	for _, m := range s.movesByName(w, set) {
		is, l := &s.q.table.issues[m.issue], &s.q.labels.issues[m.issue]
		key := s.toward("deal.move")
		switch {
		case is.written:
			key = "deal.move.written"
		case Halfway(l.options[m.option].id):
			key += ".half"
		}
		var names []string
		for _, p := range is.options[m.option].movers {
			names = append(names, s.sideName(w, p))
		}
		i18n.Sort(w.Lang, names, func(n string) string { return n })
		title := l.options[m.option].title.In(w.Lang)
		if title == "" {
			title = l.options[m.option].id
		}
		out = append(out, w.T(key, "Side", strings.Join(names, w.T("deal.and")), "Topic", l.title.In(w.Lang), "Option", title))
	}
	return out
}

// sidesByName lists the sides as the reader's alphabet has them: no side comes
// first by merit or by chance.
func (s *search) sidesByName(w *i18n.Words) []int {
	out := make([]int, len(s.q.table.sides))
	for i := range out {
		out[i] = i
	}
	i18n.Sort(w.Lang, out, func(p int) string { return s.sideName(w, p) })
	return out
}

// movesByName lists moves by the names of those who make them, then as the file
// has the topics.
func (s *search) movesByName(w *i18n.Words, set []move) []move {
	at := inverse(s.sidesByName(w))
	first := func(m move) int {
		best := len(at)
		for _, p := range s.q.table.issues[m.issue].options[m.option].movers {
			best = min(best, at[p])
		}
		return best
	}
	out := slices.Clone(set)
	slices.SortStableFunc(out, func(a, b move) int { return cmp.Or(first(a)-first(b), s.byFile(a, b)) })
	return out
}

func (s *search) sideName(w *i18n.Words, p int) string { return s.q.labels.sides[p].title.In(w.Lang) }

// served lists the interests of a side that the moves serve (sign 1) or cost
// (sign -1) with every role at the middle of its interval, the highest tier
// first. A gain that is only possible, because the role may be none, says so.
func (s *search) served(w *i18n.Words, side int, set []move, sign int) string {
	r := s.readings[0]
	sum := s.certain[0].sum(set)
	type item struct {
		tier  interest.Tier
		id    string
		words string
	}
	var items []item
	for _, n := range r.mine[side] {
		middle := s.centralChange(set, n)
		if middle*sign <= 0 {
			continue
		}
		e := &s.q.labels.entries[n]
		key := "deal.interest"
		if sign > 0 && sum[n] <= 0 {
			key = "deal.interest.possibly"
		}
		items = append(items, item{e.tier, e.id, w.T(key, "Title", e.title.In(w.Lang), "Tier", w.T("deal.tier."+tierWord(e.tier)))})
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(a.id, b.id)) })
	words := make([]string, len(items))
	for i, it := range items {
		words[i] = it.words
	}
	return strings.Join(words, "; ")
}

// centralChange is the sign of what the moves do to an interest with every role
// at the middle of its interval, measured from the status quo.
func (s *search) centralChange(set []move, n int) int {
	t, full := s.q.table, s.readings[0].full
	sum := new(big.Rat)
	for _, m := range set {
		for _, e := range t.issues[m.issue].options[m.option].effects {
			if e.entry == n {
				sum.Add(sum, t.central(e, full))
			}
		}
		for _, e := range t.issues[m.issue].options[0].effects {
			if e.entry == n {
				sum.Sub(sum, t.central(e, full))
			}
		}
	}
	choice, quo := s.readings[0].after(set), s.readings[0].statusQuo()
	for _, k := range s.readings[0].joint {
		sign := big.NewRat(b2i(pareto.AllHold(t.rules[k].when, choice))-b2i(pareto.AllHold(t.rules[k].when, quo)), 1)
		sum.Add(sum, sign.Mul(sign, t.jointChange(k, n, full)))
	}
	return sum.Sign()
}
