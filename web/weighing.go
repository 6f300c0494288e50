package web

import (
	"html/template"
	"slices"

	"parley/i18n"
	"parley/interest"
)

// weighty is what one register says about how much its interests matter beside
// one another.
type weighty struct {
	Side Side
	By   template.HTML
	Says []string
}

// weighty words what a register says about weights; only what names the interest,
// where there is one.
func (m *room) weighty(reg *interest.Register, of interest.ID) weighty {
	side := m.side(reg.Subject)
	x := weighty{Side: side, By: m.author(reg.Author)}
	for _, w := range reg.Weights {
		if of == "" || w.Names(of) {
			x.Says = append(x.Says, weighingWords(m.words, side.Name.Words, w, m.titleOf))
		}
	}
	return x
}

// weighties are what all registers say about weights, those first that count.
func (m *room) weighties() (out []weighty) {
	for _, counting := range []bool{true, false} {
		for _, s := range m.sides {
			for i := range m.Registers {
				reg := &m.Registers[i]
				if reg.Subject == s.ID && m.index.Counts(reg) == counting && len(reg.Weights) > 0 {
					out = append(out, m.weighty(reg, ""))
				}
			}
		}
	}
	return out
}

// titleOf is what the registers call an interest, or its id.
func (m *room) titleOf(id interest.ID) string {
	if i, _ := m.index.Interest(id); i != nil {
		return m.phrase(i.Title).Words
	}
	return string(id)
}

// weighingWords is one statement as a sentence; it begins with its side.
func weighingWords(words *i18n.Words, side string, w interest.Weighing, title func(interest.ID) string) string {
	if w.More == "" {
		key := "deals.weighing.trade"
		part := func(p interest.Part) bool { return p.Of.String() != "1" }
		if len(w.Gain) > 1 && !slices.ContainsFunc(w.Gain, part) && !slices.ContainsFunc(w.Outweighs, part) {
			key = "deals.weighing.together"
		}
		return words.T(key, "Side", side, "Gain", partsWords(words, w.Gain, title), "Outweighs", partsWords(words, w.Outweighs, title))
	}
	key := "deals.weighing"
	times := w.Times.String() // 0: not stated
	switch times {
	case "0", "1":
	case "2":
		key += ".twice"
	default:
		key += ".times"
	}
	return words.T(key, "Side", side, "More", title(w.More), "Than", title(w.Than), "Times", times)
}

// partsWords names interests, each with how much of it is meant.
func partsWords(words *i18n.Words, list []interest.Part, title func(interest.ID) string) string {
	var out []string
	for _, p := range list {
		key := "deals.weighing.part"
		if p.Of.String() == "1" {
			key = "deals.weighing.whole"
		}
		out = append(out, words.T(key, "Of", p.Of.String(), "Interest", title(p.Interest)))
	}
	return i18n.List(out)
}
