package dossier

import (
	"fmt"
	"slices"

	"parley/deal"
	"parley/interest"
)

// tableReader reads the table. A table states effects or points, never both.
type tableReader struct {
	*reader
	w       deal.Written
	issues  ids
	options map[interest.TopicID][]string // of written issues, then of derived ones
	certain bool                          // whether options holds all there are
	points  bool                          // whether some option has points
	effects []place                       // where effects stand
	lacking []place                       // options without points

	synergies []fields // rules with together
}

func (r *reader) table(n *node) {
	f, ok := r.fields(n, shapeTable)
	if !ok {
		return
	}
	t := &tableReader{reader: r, issues: newIDs(), options: map[interest.TopicID][]string{}}
	for _, i := range r.items(f.get("issues"), "issues", 0, MaxIssues) {
		t.issue(i)
	}
	t.checkPoints()
	t.w.Disagreement = t.sidePoints(f.get("disagreement"), "disagreement")
	t.w.Cap = t.cap(f.get("cap"))
	t.roles(f.get("roles"))
	if f.has("rules") {
		t.rules(f.get("rules"))
	}
	if len(t.w.Issues)+len(t.w.Rules)+len(t.w.Disagreement)+len(t.w.Cap) > 0 || t.w.Roles.Set {
		r.d.Table = &t.w
	}
}

func (t *tableReader) issue(n *node) {
	f, ok := t.fields(n, shapeIssue)
	if !ok {
		return
	}
	i := deal.WrittenIssue{Title: t.text(f.get("title"), "the title")}
	key := "topic"
	switch {
	case f.has("topic") == f.has("id"):
		t.mistake(f.at, "an issue has either a topic or an id of its own", "write topic: with a topic's id, or id: and title:, instead")
		key = ""
	case f.has("topic"):
		i.Topic = interest.TopicID(t.refer(&t.refs.topics, f.get("topic"), "topic", "topic"))
		if f.has("title") {
			t.mistake(f.place("title"), "an issue with a topic has the topic's title", "leave it out")
		}
	default:
		key = "id"
		i.Topic = interest.TopicID(t.id(f.get("id"), "the issue's id"))
		if t.refs.topics.has(string(i.Topic)) {
			t.mistake(f.place("id"), fmt.Sprintf("%s is the id of a topic", i.Topic), "write topic: "+string(i.Topic)+" instead")
		}
		if !f.has("title") {
			t.mistake(f.at, "an issue with an id of its own has no title", `write "title: ..." in it`)
		}
	}
	if key != "" {
		t.define(&t.issues, f.get(key), "issue", string(i.Topic))
	}
	options := newIDs()
	for _, o := range t.items(f.get("options"), "options", 2, MaxOptions) {
		if o, ok := t.option(o, i.Topic, &options); ok {
			i.Options = append(i.Options, o)
		}
	}
	t.options[i.Topic] = options.order
	t.w.Issues = append(t.w.Issues, i)
}

func (t *tableReader) option(n *node, issue interest.TopicID, taken *ids) (deal.WrittenOption, bool) {
	f, ok := t.fields(n, shapeOption)
	if !ok {
		return deal.WrittenOption{}, false
	}
	o := deal.WrittenOption{
		ID:      t.idOf(f.get("id"), "the option's id", optionForm, optionAdvice),
		Title:   t.text(f.get("title"), "the title"),
		Effects: t.readEffects(f.get("effects"), issue),
		Points:  t.sidePoints(f.get("points"), "points"),
		Act:     t.act(f.get("act")),
	}
	t.define(taken, f.get("id"), "option", o.ID)
	if f.has("points") {
		t.points = true
	} else {
		t.lacking = append(t.lacking, f.at)
	}
	return o, true
}

// readEffects reads what an option of an issue does to interests, or what a rule
// does, which belongs to no issue.
func (t *tableReader) readEffects(n *node, issue interest.TopicID) []deal.WrittenEffect {
	if n != nil {
		t.effects = append(t.effects, n.place)
	}
	var out []deal.WrittenEffect
	for _, p := range t.named(n, "effects") {
		id := interest.ID(t.refer(&t.refs.interests, p.key, "effects", "interest"))
		if id == "" {
			continue
		}
		if issue != "" && t.elsewhere(id, issue) {
			t.mistake(p.key.place, fmt.Sprintf("effects names %s, whose shares are all in other topics, so that it would count nothing here", id),
				"leave it out, or leave out its shares, so that it counts in equal parts")
		}
		out = append(out, deal.WrittenEffect{Interest: id, Value: t.fraction(p.value, "the effect on "+string(id), -maxEffect, maxEffect)})
	}
	return out
}

// sidePoints reads an exact value for each side.
func (t *tableReader) sidePoints(n *node, name string) []deal.SidePoints {
	if n == nil {
		return nil
	}
	out := t.someSidePoints(n, name)
	for _, s := range t.d.Dialogue.Sides {
		stated := func(p deal.SidePoints) bool { return p.Side == s.ID }
		if n.kind == mapping && !slices.ContainsFunc(out, stated) {
			t.mistake(n.place, fmt.Sprintf("%s leaves out %s", name, s.ID), "write a number for every side")
		}
	}
	return out
}

// someSidePoints reads exact values for some of the sides.
func (t *tableReader) someSidePoints(n *node, name string) []deal.SidePoints {
	var out []deal.SidePoints
	for _, p := range t.named(n, name) {
		if s := t.side(p.key, name); s != "" {
			out = append(out, deal.SidePoints{Side: s, Value: t.exact(p.value, "the points of "+string(s))})
		}
	}
	return out
}

func (t *tableReader) checkPoints() {
	if !t.points {
		return
	}
	for _, at := range t.lacking {
		t.mistake(at, "an option has no points, and others of this table have", "write points for every side in every option, or in none")
	}
	t.refuseEffects()
}

// cap reads what a package counts at most for some of the sides.
func (t *tableReader) cap(n *node) []deal.SidePoints {
	if n != nil && !t.points {
		t.mistake(n.place, "cap stands in a table without points", "leave it out")
		return nil
	}
	return t.someSidePoints(n, "cap")
}

// checkSynergies sees that what options do together is said as the table says
// what each of them does: in points or in effects.
func (t *tableReader) checkSynergies() {
	for _, f := range t.synergies {
		switch {
		case t.points && f.has("effects"):
			t.mistake(f.place("effects"), "effects stand in a table with points", "write points alone, or effects alone, instead")
		case !t.points && f.has("points"):
			t.mistake(f.place("points"), "together has points, and the options of this table have none", "write effects instead")
		case !f.has("effects") && !f.has("points"):
			t.mistake(f.at, "a rule with together lacks the key "+t.synergyKey(), fmt.Sprintf(`write "%s: ..." in it`, t.synergyKey()))
		}
	}
}

func (t *tableReader) synergyKey() string {
	if t.points {
		return "points"
	}
	return "effects"
}

func (t *tableReader) refuseEffects() {
	for _, at := range t.effects {
		t.mistake(at, "effects stand in a table with points", "write points alone, or effects alone, instead")
	}
	t.effects = nil
}

// roles reads numbers for the words of the role scale; a word that is left out
// keeps its usual number.
func (t *tableReader) roles(n *node) {
	f, ok := t.fields(n, shapeRoles)
	if !ok {
		return
	}
	numbers := deal.UsualRoleNumbers()
	numbers.Set = true
	so := len(t.found)
	steps := []*interest.Fraction{&numbers.None, &numbers.Minor, &numbers.Medium, &numbers.Important, &numbers.Key}
	for k, word := range interest.RoleWords[1:] {
		if f.has(word) {
			*steps[k] = t.fraction(f.get(word), "the number of "+word, 0, 1)
		}
	}
	for k := 1; k < len(steps) && len(t.found) == so; k++ {
		if steps[k].Cmp(*steps[k-1]) < 0 {
			low, high := interest.RoleWords[k], interest.RoleWords[k+1]
			t.mistake(f.place(high), fmt.Sprintf("%s counts less than %s", high, low), "write numbers that do not fall from none to key instead")
		}
	}
	if f.has("unknown") {
		ends := t.items(f.get("unknown"), "unknown", 2, 2)
		if len(ends) == 2 {
			numbers.UnknownLow = t.fraction(ends[0], "an end of unknown", 0, 1)
			numbers.UnknownHigh = t.fraction(ends[1], "an end of unknown", 0, 1)
		}
		if numbers.UnknownLow.Cmp(numbers.UnknownHigh) > 0 {
			t.mistake(f.place("unknown"), "unknown is an interval upside down", fmt.Sprintf("write [%s, %s] instead", numbers.UnknownHigh, numbers.UnknownLow))
		}
	}
	t.w.Roles = numbers
}
