package deal

import (
	"strings"

	"parley/i18n"
	"parley/interest"
)

// Retitled is an interest that has another title than when it was asked about.
type Retitled struct {
	Side     i18n.Text // the name of the side whose interest it is
	Tier     interest.Tier
	Old, New i18n.Text
}

// Reword replaces a title wherever the answer quotes it, and marks the answer as
// superseded, with a warning for whoever reads it in any form. Titles decide nothing: a search on the question with the new title
// says the same.
func (a *Answer) Reword(r Retitled) {
	if !a.Superseded {
		a.Superseded = true
		a.Warnings = append(a.Warnings, "superseded")
		a.WarningText = warningText(a.Warnings)
	}
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		var pairs []string
		for _, key := range []string{"deal.interest", "deal.interest.possibly"} {
			quote := func(t i18n.Text) string {
				return w.T(key, "Title", t.In(lang), "Tier", w.T("deal.tier."+tierWord(r.Tier)))
			}
			pairs = append(pairs, quote(r.Old), quote(r.New))
		}
		reword := strings.NewReplacer(pairs...)
		for _, b := range a.reasons() {
			for i, sentence := range b[lang] {
				// A sentence about a side begins with its name and quotes its
				// interests alone.
				if strings.HasPrefix(sentence, r.Side.In(lang)+":") {
					b[lang][i] = reword.Replace(sentence)
				}
			}
		}
		quoted := func(t i18n.Text) string { return w.T("deal.quoted", "Words", t.In(lang)) }
		for _, b := range a.quoting() {
			for i, sentence := range b[lang] {
				if strings.Contains(sentence, r.Side.In(lang)+":") {
					b[lang][i] = strings.ReplaceAll(sentence, quoted(r.Old), quoted(r.New))
				}
			}
		}
	}
}

// quoting are the sentences that quote interests without their ranks, each after
// the name of its side.
func (a *Answer) quoting() []map[string][]string {
	var out []map[string][]string
	for _, r := range a.Rules {
		out = append(out, r.Because)
	}
	if a.Conflict != nil {
		out = append(out, a.Conflict.Because)
	}
	if a.Strength != nil {
		for _, j := range a.Strength.Judgements {
			out = append(out, j.Because)
		}
	}
	return out
}

// reasons are the sentences of the answer that name interests with their ranks,
// by language.
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
