package dossier

import (
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
	i := deal.WrittenIssue{Title: t.text(f.get("title"), called("title"))}
	key := "topic"
	switch {
	case f.has("topic") == f.has("id"):
		t.mistake(f.at, amiss("topic-or-id"), instead("topic-or-id"))
		key = ""
	case f.has("topic"):
		i.Topic = interest.TopicID(t.refer(&t.refs.topics, f.get("topic"), aTopic, "topic"))
		if f.has("title") {
			t.mistake(f.place("title"), amiss("issue-title"), instead("leave"))
		}
	default:
		key = "id"
		i.Topic = interest.TopicID(t.id(f.get("id"), called("issue-id")))
		if t.refs.topics.has(string(i.Topic)) {
			t.mistake(f.place("id"), amiss("topic-id", "ID", i.Topic), instead("word", "Word", "topic: "+string(i.Topic)))
		}
		if !f.has("title") {
			t.mistake(f.at, amiss("no-title"), instead("key", "Key", "title"))
		}
	}
	if key != "" {
		t.define(&t.issues, f.get(key), anIssue, string(i.Topic))
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
		ID:      t.idOf(f.get("id"), called("option-id"), optionForm, instead("option-id")),
		Title:   t.text(f.get("title"), called("title")),
		Effects: t.readEffects(f.get("effects"), issue),
		Points:  t.sidePoints(f.get("points"), "points"),
		Act:     t.act(f.get("act")),
	}
	t.define(taken, f.get("id"), anOption, o.ID)
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
		id := interest.ID(t.refer(&t.refs.interests, p.key, "effects", anInterest))
		if id == "" {
			continue
		}
		if issue != "" && t.elsewhere(id, issue) {
			t.mistake(p.key.place, amiss("elsewhere", "Interest", id), instead("elsewhere"))
		}
		out = append(out, deal.WrittenEffect{Interest: id, Value: t.fraction(p.value, called("effect", "Interest", id), -maxEffect, maxEffect)})
	}
	return out
}

// sidePoints reads an exact value for each side.
func (t *tableReader) sidePoints(n *node, name label) []deal.SidePoints {
	if n == nil {
		return nil
	}
	out := t.someSidePoints(n, name)
	for _, s := range t.d.Dialogue.Sides {
		stated := func(p deal.SidePoints) bool { return p.Side == s.ID }
		if n.kind == mapping && !slices.ContainsFunc(out, stated) {
			t.mistake(n.place, amiss("leaves-out", "Name", name, "Side", s.ID), instead("every-side"))
		}
	}
	return out
}

// someSidePoints reads exact values for some of the sides.
func (t *tableReader) someSidePoints(n *node, name label) []deal.SidePoints {
	var out []deal.SidePoints
	for _, p := range t.named(n, name) {
		if s := t.side(p.key, name); s != "" {
			out = append(out, deal.SidePoints{Side: s, Value: t.exact(p.value, called("points", "Side", s))})
		}
	}
	return out
}

func (t *tableReader) checkPoints() {
	if !t.points {
		return
	}
	for _, at := range t.lacking {
		t.mistake(at, amiss("no-points"), instead("no-points"))
	}
	t.refuseEffects()
}

// cap reads what a package counts at most for some of the sides.
func (t *tableReader) cap(n *node) []deal.SidePoints {
	if n != nil && !t.points {
		t.mistake(n.place, amiss("cap"), instead("leave"))
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
			t.mistake(f.place("effects"), amiss("effects"), instead("effects"))
		case !t.points && f.has("points"):
			t.mistake(f.place("points"), amiss("together-points"), instead("word", "Word", "effects"))
		case !f.has("effects") && !f.has("points"):
			t.mistake(f.at, amiss("rule-lacks", "Verb", "together", "Key", t.synergyKey()), instead("key", "Key", t.synergyKey()))
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
		t.mistake(at, amiss("effects"), instead("effects"))
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
			*steps[k] = t.fraction(f.get(word), called("role-number", "Word", word), 0, 1)
		}
	}
	for k := 1; k < len(steps) && len(t.found) == so; k++ {
		if steps[k].Cmp(*steps[k-1]) < 0 {
			low, high := interest.RoleWords[k], interest.RoleWords[k+1]
			t.mistake(f.place(high), amiss("falls", "High", high, "Low", low), instead("rising"))
		}
	}
	if f.has("unknown") {
		ends := t.items(f.get("unknown"), "unknown", 2, 2)
		if len(ends) == 2 {
			numbers.UnknownLow = t.fraction(ends[0], called("end", "Name", "unknown"), 0, 1)
			numbers.UnknownHigh = t.fraction(ends[1], called("end", "Name", "unknown"), 0, 1)
		}
		if numbers.UnknownLow.Cmp(numbers.UnknownHigh) > 0 {
			t.mistake(f.place("unknown"), amiss("upside-down", "Name", "unknown"), instead("ends", "Low", numbers.UnknownHigh, "High", numbers.UnknownLow))
		}
	}
	t.w.Roles = numbers
}
