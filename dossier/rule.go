package dossier

import (
	"slices"
	"strings"

	"parley/deal"
	"parley/i18n"
	"parley/interest"
)

const maxTogether = 100 // options in one rule

// Each rule has exactly one of these keys, with the keys that go with it.
var ruleVerbs = []struct {
	verb     string
	required string
	optional []string
}{
	{"requires", "option", []string{"at_least"}},
	{"excludes", "option", nil},
	{"refuses", "side", []string{"when"}},
	{"not_below", "side", []string{"when"}},
	{"together", "", []string{"effects", "points"}},
}

func (t *tableReader) rules(n *node) {
	t.findOptions()
	for _, i := range t.items(n, "rules", 0, MaxRules) {
		if f, ok := t.fields(i, shapeRule); ok && t.checkVerb(f) {
			t.rule(f)
		}
	}
	t.checkSynergies()
}

// findOptions adds the options of derived issues, where the file so far allows
// to derive them.
func (t *tableReader) findOptions() {
	if t.certain = len(t.found) == 0; !t.certain {
		return
	}
	in := t.d.Input()
	in.Written = &t.w
	t.options = deal.OptionIDs(in)
}

// checkVerb sees that the rule says one thing and nothing beside it.
func (t *tableReader) checkVerb(f fields) bool {
	var said []string
	var verb int
	for k, v := range ruleVerbs {
		if f.has(v.verb) {
			said, verb = append(said, v.verb), k
		}
	}
	if len(said) != 1 {
		what := amiss("rule-nothing")
		if len(said) > 1 {
			what = amiss("rule-several", "Words", i18n.List(said))
		}
		t.mistake(f.at, what, instead("rule"))
		return false
	}
	v := ruleVerbs[verb]
	if v.required != "" && !f.has(v.required) {
		t.mistake(f.at, amiss("rule-lacks", "Verb", v.verb, "Key", v.required), instead("key", "Key", v.required))
	}
	for _, k := range shapeRule.keys() {
		if f.has(k) && k != v.verb && k != v.required && k != "note" && !slices.Contains(v.optional, k) {
			t.mistake(f.keys[k], amiss("rule-key", "Key", k, "Verb", v.verb), instead("own-rule"))
		}
	}
	return true
}

func (t *tableReader) rule(f fields) {
	u := deal.Rule{
		Option:   t.optionRef(f.get("option"), "option"),
		Requires: t.optionRefs(f.get("requires"), "requires"),
		Excludes: t.optionRefs(f.get("excludes"), "excludes"),
		Side:     t.side(f.get("side"), "side"),
		Refuses:  t.optionRef(f.get("refuses"), "refuses"),
		When:     t.optionRefs(f.get("when"), "when"),
		Together: t.optionRefs(f.get("together"), "together"),
		Effects:  t.readEffects(f.get("effects"), ""),
		Points:   t.someSidePoints(f.get("points"), "points"),
		Note:     t.text(f.get("note"), called("note")),
	}
	if n := f.get("not_below"); n != nil {
		u.NotBelow = interest.ID(t.refer(&t.refs.interests, n, "not_below", anInterest))
		if u.NotBelow != "" && u.Side != "" && t.d.Registers[t.refs.register[u.NotBelow]].Subject != u.Side {
			t.mistake(n.place, amiss("not-below", "Interest", u.NotBelow, "Side", u.Side), instead("interest-of", "Side", u.Side))
		}
	}
	if n := f.get("at_least"); n != nil && len(u.Requires) > 0 {
		u.AtLeast = t.integer(n, "at_least", 1, len(u.Requires))
	}
	if n := f.get("together"); n != nil {
		t.checkTogether(n, u.Together)
		t.synergies = append(t.synergies, f)
	}
	for _, other := range slices.Concat(u.Requires, u.Excludes) {
		if other == u.Option && u.Option.Option != "" {
			t.mistake(f.place("option"), amiss("against-itself", "Option", other), instead("other-option"))
		}
	}
	t.w.Rules = append(t.w.Rules, u)
}

func (t *tableReader) checkTogether(n *node, refs []deal.OptionRef) {
	if len(refs) < 2 {
		t.mistake(n.place, amiss("together-few"), instead("together-few"))
	}
	for i, ref := range refs {
		for _, before := range refs[:i] {
			if before.Topic == ref.Topic && ref.Topic != "" {
				t.mistake(n.place, amiss("together-issue", "Issue", ref.Topic), instead("together-issue"))
				return
			}
		}
	}
}

// optionRefs reads one option or a list of them.
func (t *tableReader) optionRefs(n *node, name label) []deal.OptionRef {
	if n == nil {
		return nil
	}
	if n.kind == scalar {
		return []deal.OptionRef{t.optionRef(n, name)}
	}
	var out []deal.OptionRef
	for _, i := range t.items(n, name, 1, maxTogether) {
		ref := t.optionRef(i, name)
		if slices.Contains(out, ref) && ref.Option != "" {
			t.mistake(i.place, amiss("names-twice", "Name", name, "Word", ref), instead("once"))
			continue
		}
		out = append(out, ref)
	}
	return out
}

// optionRef reads "issue/option".
func (t *tableReader) optionRef(n *node, name label) deal.OptionRef {
	w, ok := t.word(n, name)
	if !ok {
		return deal.OptionRef{}
	}
	issue, option, cut := strings.Cut(w, "/")
	topic := interest.TopicID(issue)
	options, written := t.options[topic]
	switch {
	case cut && option != "" && t.refs.aside[topic] && !t.issues.has(issue):
		return deal.OptionRef{Topic: topic, Option: option} // it may have followed while all its interests counted
	case !cut || option == "":
		t.mistake(n.place, amiss("no-option", "Name", name, "Word", quote(w)), instead("option"))
	case !written && !t.refs.topics.has(issue):
		t.misspelt(n.place, amiss("no-issue", "Name", name, "Word", quote(issue)), instead("issue"),
			w, t.everyOption(option))
	case !written && t.certain:
		t.mistake(n.place, amiss("no-options", "Name", name, "Issue", issue), instead("no-options"))
	default:
		ref := deal.OptionRef{Topic: topic, Option: option}
		if written && len(options) > 0 && !t.known(n, name, ref, options) {
			break
		}
		return ref
	}
	return deal.OptionRef{}
}

// known reports whether every option that a reference names is there. Of an
// interval the ends are, the first one first.
func (t *tableReader) known(n *node, name label, ref deal.OptionRef, options []string) bool {
	_, unknown, ok := ref.Among(options)
	if ok {
		return true
	}
	issue := string(ref.Topic)
	what := amiss("not-option", "Name", name, "Word", quote(ref.String()), "Issue", issue, "Words", i18n.List(options))
	if unknown != ref.Option {
		what = amiss("not-options", "Name", name, "Word", quote(ref.String()), "Part", quote(unknown), "Issue", issue, "Words", i18n.List(options))
	}
	first, last, interval := strings.Cut(unknown, "..")
	if interval && slices.Contains(options, first) && slices.Contains(options, last) {
		t.mistake(n.place, amiss("backwards", "Name", name, "Word", quote(ref.String())), instead("word", "Word", issue+"/"+last+".."+first))
		return false
	}
	t.misspelt(n.place, what, instead("these"), issue+"/"+unknown, prefixed(issue, options))
	return false
}

// everyOption lists what a reference may name: in each issue the option, or the
// options, that stand after its stroke, where there are such, else all it has.
func (t *tableReader) everyOption(option string) []string {
	var out []string
	for _, issue := range slices.Concat(t.issues.order, t.refs.topics.order) {
		options := t.options[interest.TopicID(issue)]
		if _, _, ok := (deal.OptionRef{Option: option}).Among(options); ok {
			options = []string{option}
		}
		out = append(out, prefixed(issue, options)...)
	}
	return out
}

func prefixed(issue string, options []string) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = issue + "/" + o
	}
	return out
}
