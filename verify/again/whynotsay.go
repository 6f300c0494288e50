package again

import (
	"slices"
	"strconv"
	"strings"
)

// worded is the key of a sentence, for a table of points where no ranking is spoken of.
func (x *whyNot) worded(key string) string {
	if x.exact() {
		return key + ".points"
	}
	return key
}

func (x *whyNot) says(lang string, balanced []int) []string {
	key := "whynot.verdict.none"
	switch {
	case len(x.reasons) > 0 && x.reasons[0].kind == "always-worse":
		key = x.worded("whynot.verdict.always-worse")
	case len(x.reasons) > 0:
		key = "whynot.verdict." + x.reasons[0].kind
	case balanced != nil && slices.Equal(balanced, x.choice):
		key = "whynot.verdict.balanced"
	}
	out := []string{x.say(lang, key)}
	if balanced != nil && !slices.Equal(balanced, x.choice) {
		out = append(out, x.say(lang, "whynot.balanced", "Changes", x.choiceSays(lang, x.changes(balanced))))
	}
	return out
}

func (x *whyNot) reasonSays(lang string, r reason) (out []string) {
	shared := func(key string) {
		den := int64(x.Samples)
		if r.share == nil {
			return
		}
		n := (200*r.lost + den) / (2 * den)
		switch {
		case r.lost == den:
			key += ".every"
		case n == 100:
			key += ".nearly"
		case n == 0:
			key += ".few"
		}
		out = append(out, x.say(lang, key, "N", strconv.FormatInt(n, 10)))
	}
	switch r.kind {
	case "breaks-rules":
		if len(r.choices) > 0 {
			key := "whynot.together"
			if len(r.choices) == 1 {
				key = "whynot.alone"
			}
			out = append(out, x.say(lang, key, "Choices", x.choiceSays(lang, r.choices)))
		}
		for _, k := range x.ruleOrder() {
			if slices.Contains(r.rules, k) {
				out = append(append(out, x.ruleWords(lang, x.Rules[k])), x.givesSays(lang, x.Rules[k])...)
			}
		}
	case "always-worse":
		out = append(out, x.say(lang, x.worded("whynot.always-worse"), "Side", x.sideName(lang, r.side)))
	case "worse":
		out = append(out, x.say(lang, "whynot.worse", "Side", x.sideName(lang, r.side)))
		shared("whynot.worse.share")
	default:
		key := x.worded("whynot.improvable")
		if r.always && !x.exact() {
			key = "whynot.improvable.always"
		}
		out = append(out, x.say(lang, key, "Changes", x.choiceSays(lang, x.changes(r.better))))
		if !r.always {
			shared("whynot.improvable.share")
		}
	}
	return out
}

// choiceSays lists options by their topics.
func (x *whyNot) choiceSays(lang string, set []move) string {
	var out []string
	for _, m := range set {
		out = append(out, x.say(lang, "strength.choice", "Topic", x.topic(lang, m), "Option", x.optionSays(lang, m)))
	}
	return strings.Join(out, "; ")
}
