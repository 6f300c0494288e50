package deal

import (
	"strconv"
	"strings"

	"parley/i18n"
)

// say puts every reason, and the whole, into words.
func (x *explaining) say() {
	for i := range x.out.Reasons {
		r := &x.out.Reasons[i]
		r.Because = inEveryLanguage(func(w *i18n.Words) []string { return x.reasonWords(w, r) })
	}
	x.out.Because = inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{w.T(x.verdict())}
		if x.out.Balanced != nil && len(x.out.Changes) > 0 {
			out = append(out, w.T("whynot.balanced", "Changes", x.choiceWords(w, x.out.Changes)))
		}
		return out
	})
}

// verdict is the key of the sentence that stands above the reasons.
func (x *explaining) verdict() string {
	switch {
	case len(x.out.Reasons) > 0 && x.out.Reasons[0].Kind == AlwaysWorse:
		return x.worded("whynot.verdict.always-worse")
	case len(x.out.Reasons) > 0:
		return "whynot.verdict." + x.out.Reasons[0].Kind
	case x.out.Balanced != nil && len(x.out.Changes) == 0:
		return "whynot.verdict.balanced"
	}
	return "whynot.verdict.none"
}

// worded is the key for a table of points, where no ranking is spoken of.
func (x *explaining) worded(key string) string {
	if x.q.table.exact {
		return key + ".points"
	}
	return key
}

func (x *explaining) reasonWords(w *i18n.Words, r *Reason) []string {
	switch r.Kind {
	case BreaksRules:
		return x.ruleWords(w, r)
	case AlwaysWorse:
		return []string{w.T(x.worded("whynot.always-worse"), "Side", x.sideNamed(w, r.Side))}
	case Worse:
		out := []string{w.T("whynot.worse", "Side", x.sideNamed(w, r.Side))}
		return append(out, sharePhrase(w, "whynot.worse.share", r.Share)...)
	}
	key := x.worded("whynot.improvable")
	if r.Always && !x.q.table.exact {
		key = "whynot.improvable.always"
	}
	out := []string{w.T(key, "Changes", x.choiceWords(w, r.Changes))}
	if !r.Always {
		out = append(out, sharePhrase(w, "whynot.improvable.share", r.Share)...)
	}
	return out
}

// sharePhrase tells a share as a count out of a hundred rankings; where that would
// round to none or all of them, in words that stay true.
func sharePhrase(w *i18n.Words, key string, share *Share) []string {
	if share == nil || !share.Known() {
		return nil
	}
	n := (200*share.Num + share.Den) / (2 * share.Den)
	switch {
	case share.Num == share.Den:
		return []string{w.T(key + ".every")}
	case n == 100:
		return []string{w.T(key + ".nearly")}
	case n == 0:
		return []string{w.T(key + ".few")}
	}
	return []string{w.T(key, "N", strconv.FormatInt(n, 10))}
}

func (x *explaining) ruleWords(w *i18n.Words, r *Reason) []string {
	var out []string
	if len(r.Choices) > 0 {
		key := "whynot.together"
		if len(r.Choices) == 1 {
			key = "whynot.alone"
		}
		out = append(out, w.T(key, "Choices", x.choiceWords(w, r.Choices)))
	}
	for _, rule := range x.rules() {
		for _, n := range r.Rules {
			if rule.Number == n {
				out = append(out, rule.Because[w.Lang]...)
			}
		}
	}
	return out
}

// choiceWords lists choices as people read them.
func (x *explaining) choiceWords(w *i18n.Words, choices []Choice) string {
	var out []string
	for _, c := range choices {
		for i := range x.q.labels.issues {
			if l := &x.q.labels.issues[i]; l.id == c.Topic {
				out = append(out, w.T("strength.choice", "Topic", l.title.In(w.Lang), "Option", x.optionWords(w, i, c.Option)))
			}
		}
	}
	return strings.Join(out, "; ")
}
