package dossier

import (
	"fmt"
	"slices"
	"strings"

	"parley/deal"
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
		what := "a rule says nothing"
		if len(said) > 1 {
			what = "a rule says several things: " + strings.Join(said, ", ")
		}
		t.mistake(f.at, what, "write exactly one of requires, excludes, refuses, not_below, together in each rule instead")
		return false
	}
	v := ruleVerbs[verb]
	if v.required != "" && !f.has(v.required) {
		t.mistake(f.at, fmt.Sprintf("a rule with %s lacks the key %s", v.verb, v.required), fmt.Sprintf(`write "%s: ..." in it`, v.required))
	}
	for _, k := range shapeRule.keys() {
		if f.has(k) && k != v.verb && k != v.required && k != "note" && !slices.Contains(v.optional, k) {
			t.mistake(f.keys[k], fmt.Sprintf("%s does not go with %s in a rule", k, v.verb), "leave it out, or write a rule of its own")
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
		Note:     t.text(f.get("note"), "the note"),
	}
	if n := f.get("not_below"); n != nil {
		u.NotBelow = interest.ID(t.refer(&t.refs.interests, n, "not_below", "interest"))
		if u.NotBelow != "" && u.Side != "" && t.d.Registers[t.refs.register[u.NotBelow]].Subject != u.Side {
			t.mistake(n.place, fmt.Sprintf("not_below names %s, which is no interest of %s", u.NotBelow, u.Side), fmt.Sprintf("write an interest of %s instead", u.Side))
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
			t.mistake(f.place("option"), fmt.Sprintf("a rule sets %s against itself", other), "write another option instead")
		}
	}
	t.w.Rules = append(t.w.Rules, u)
}

func (t *tableReader) checkTogether(n *node, refs []deal.OptionRef) {
	if len(refs) < 2 {
		t.mistake(n.place, "together names fewer than two options", "write two or more of them instead")
	}
	for i, ref := range refs {
		for _, before := range refs[:i] {
			if before.Topic == ref.Topic && ref.Topic != "" {
				t.mistake(n.place, fmt.Sprintf("together names two options of %s, which exclude each other", ref.Topic), "write options of different issues instead")
				return
			}
		}
	}
}

// optionRefs reads one option or a list of them.
func (t *tableReader) optionRefs(n *node, name string) []deal.OptionRef {
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
			t.mistake(i.place, fmt.Sprintf("%s names %s twice", name, ref), "write it once instead")
			continue
		}
		out = append(out, ref)
	}
	return out
}

// optionRef reads "issue/option".
func (t *tableReader) optionRef(n *node, name string) deal.OptionRef {
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
		t.mistake(n.place, fmt.Sprintf("%s is %s, which names no option", name, quote(w)), "write the issue and its option, such as nato/US-yields, instead")
	case !written && !t.refs.topics.has(issue):
		t.misspelt(n.place, fmt.Sprintf("%s names the issue %s, and there is no such issue", name, quote(issue)), "write the id of a topic or of a written issue instead",
			w, t.everyOption(option))
	case !written && t.certain:
		t.mistake(n.place, fmt.Sprintf("%s names an option of %s, and no option follows from that topic", name, issue), "write its options under issues, or another topic, instead")
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
func (t *tableReader) known(n *node, name string, ref deal.OptionRef, options []string) bool {
	_, unknown, ok := ref.Among(options)
	if ok {
		return true
	}
	issue := string(ref.Topic)
	what := fmt.Sprintf("%s names %s, and the options of %s are %s", name, quote(ref.String()), issue, strings.Join(options, ", "))
	if unknown != ref.Option {
		what = fmt.Sprintf("%s names %s: %s is none of them and no interval of them, and the options of %s are %s", name, quote(ref.String()), quote(unknown), issue, strings.Join(options, ", "))
	}
	first, last, interval := strings.Cut(unknown, "..")
	if interval && slices.Contains(options, first) && slices.Contains(options, last) {
		t.mistake(n.place, fmt.Sprintf("%s names %s, which goes from a later option to an earlier one", name, quote(ref.String())), fmt.Sprintf("write %s/%s..%s instead", issue, last, first))
		return false
	}
	t.misspelt(n.place, what, "write one of these instead", issue+"/"+unknown, prefixed(issue, options))
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
