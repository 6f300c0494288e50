package deal

import (
	"strings"

	"parley/i18n"
	"parley/interest"
)

// Reword replaces the title of an interest of that tier wherever the answer
// quotes it, and marks the answer as superseded. Titles decide nothing: a search
// on the question with the new title says the same.
func (a *Answer) Reword(old i18n.Text, tier interest.Tier, title i18n.Text) {
	a.Superseded = true
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		var pairs []string
		for _, key := range []string{"deal.interest", "deal.interest.possibly"} {
			quote := func(t i18n.Text) string {
				return w.T(key, "Title", t.In(lang), "Tier", w.T("deal.tier."+tierWord(tier)))
			}
			pairs = append(pairs, quote(old), quote(title))
		}
		reword := strings.NewReplacer(pairs...)
		for _, b := range a.reasons() {
			for i, sentence := range b[lang] {
				b[lang][i] = reword.Replace(sentence)
			}
		}
	}
}

// reasons are all sentences of the answer that name interests, by language.
func (a *Answer) reasons() []map[string][]string {
	var out []map[string][]string
	for _, q := range a.QuickWins {
		out = append(out, q.Because)
	}
	for _, s := range a.Swaps {
		out = append(out, s.Because)
	}
	for _, d := range a.Deals {
		out = append(out, d.Because)
	}
	return out
}
