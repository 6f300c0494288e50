package dossier

import (
	"maps"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// How many of each there may be.
const (
	MaxSides     = 12
	MaxRegisters = 200
	MaxInterests = 5_000 // in all registers together
	MaxTopics    = 2_000
	MaxNamed     = 2_000
	MaxIssues    = 2_000
	MaxOptions   = 200 // of an issue
	MaxRules     = 10_000
	maxLanguages = 20
	maxAffected  = 100
)

// Read reads a dossier. It is strict: whatever it does not know, cannot place
// or finds impossible is a mistake, and all of them come back together as an
// error of type Mistakes. The name is that of the file, for these errors alone.
func Read(name string, data []byte) (*Dossier, error) {
	r := &reader{file: name, refs: newRefs()}
	if text, ok := r.clean(data); ok {
		if root := r.tree(text); root != nil {
			r.whole(root)
		}
	}
	if len(r.found) == 0 && len(data) > MaxBytes/mostGrowth {
		r.checkWritten()
	}
	if len(r.found) > 0 {
		return nil, mistakesOf(name, r.found)
	}
	return &r.d, nil
}

// mostGrowth is how many times longer a file may become when it is written in
// the canonical form.
const mostGrowth = 10

// checkWritten sees that the dossier can be read again once it is written: a
// file in braces may be small where its canonical form is too large.
func (r *reader) checkWritten() {
	text := Write(&r.d)
	if _, ok := (&reader{}).clean(text); !ok {
		r.mistake(place{1, 1}, amiss("written-large", "Got", len(text), "Most", MaxBytes), instead("shorter"))
	}
}

// refs are the ids that the file has defined so far, and where.
type refs struct {
	sides     ids
	interests ids
	topics    ids
	named     ids
	register  map[interest.ID]int // the register that an interest stands in
	counts    []bool              // whether a register counts in the analysis
	shares    map[interest.ID][]stake
	aside     map[interest.TopicID]bool // topics with interests that do not count

	anyLanguage bool // the list of languages is broken, which is reported
}

func newRefs() refs {
	return refs{
		sides: newIDs(), interests: newIDs(), topics: newIDs(), named: newIDs(),
		register: map[interest.ID]int{}, shares: map[interest.ID][]stake{}, aside: map[interest.TopicID]bool{},
	}
}

// ids are ids of one sort in the order of the file.
type ids struct {
	order []string
	at    map[string]place
}

func newIDs() ids { return ids{at: map[string]place{}} }

func (i *ids) has(id string) bool { _, ok := i.at[id]; return ok }

// define adds an id, which must be new.
func (r *reader) define(to *ids, n *node, what sort, id string) {
	if id == "" {
		return
	}
	if at, taken := to.at[id]; taken {
		r.mistake(n.place, amiss("taken-"+string(what), "ID", id, "Line", at.line), instead("own-id"))
		return
	}
	to.order = append(to.order, id)
	to.at[id] = n.place
}

// refer reads the id of something that the file defines elsewhere.
func (r *reader) refer(to *ids, n *node, name label, what sort) string {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	if !to.has(w) {
		r.dangling(to, n.place, w, name, what)
		return ""
	}
	return w
}

func (r *reader) dangling(to *ids, at place, w string, name label, what sort) {
	if len(to.order) == 0 && to == &r.refs.sides {
		return // there are no sides, which is reported already
	}
	advice := instead("defined")
	switch n := len(to.order); {
	case n == 0:
		advice = instead("first-" + string(what))
	case n == 1:
		advice = instead("word", "Word", to.order[0])
	case n <= MaxSides:
		advice = instead("one-of", "Words", i18n.List(to.order))
	}
	r.misspelt(at, amiss("unknown-"+string(what), "Name", name, "Word", quote(w)), advice, w, to.order)
}

func (r *reader) side(n *node, name label) dialogue.SideID {
	return dialogue.SideID(r.refer(&r.refs.sides, n, name, aSide))
}

func (r *reader) whole(root *node) {
	f, ok := r.fields(root, shapeFile)
	if !ok {
		return
	}
	r.integer(f.get("dossier"), called("version"), Version, Version)
	r.dialogue(f.get("dialogue"))
	r.sides(f.get("sides"))
	r.registers(f.get("registers"))
	r.topics(f.get("topics"))
	r.matters(f.get("named"))
	r.table(f.get("table"))
}

func (r *reader) dialogue(n *node) {
	f, ok := r.fields(n, shapeDialogue)
	if !ok {
		return
	}
	d := &r.d.Dialogue
	so := len(r.found)
	for _, i := range r.items(f.get("languages"), "languages", 1, maxLanguages) {
		if l := r.tag(i); slices.Contains(d.Languages, l) {
			r.mistake(i.place, amiss("language-twice", "Lang", l), instead("once"))
		} else if l != "" {
			d.Languages = append(d.Languages, l)
		}
	}
	r.refs.anyLanguage = !f.has("languages") || len(r.found) > so
	d.ID = r.dialogueID(f)
	d.Title = r.text(f.get("title"), called("title"))
	d.AsOf = r.date(f.get("as_of"), "as_of")
	d.Kind = choice(r, f.get("kind"), "kind", dialogue.Kinds, dialogue.Live)
	d.Rule = choice(r, f.get("rule"), "rule", dialogue.Rules, dialogue.Members)
	d.Stage = choice(r, f.get("stage"), "stage", dialogue.Stages, dialogue.Preparing)
	d.Purpose = r.text(f.get("purpose"), called("purpose"))
	d.Source = r.text(f.get("source"), called("source"))
	d.Host = r.text(f.get("host"), called("host"))
}

// dialogueID reads the name in addresses, which must not be that of a page.
func (r *reader) dialogueID(f fields) dialogue.ID {
	id := dialogue.ID(r.idOf(f.get("id"), called("dialogue-id"), dialogueIDForm, instead("dialogue-id")))
	if slices.Contains(dialogue.Reserved, id) {
		r.mistake(f.place("id"), amiss("reserved-dialogue", "Word", quote(string(id))), instead("other-id"))
		return ""
	}
	return id
}

// choice reads one of a few words; without a key it is the usual one.
func choice[T ~string](r *reader, n *node, name label, words []T, usual T) T {
	w, ok := r.word(n, name)
	if !ok {
		return usual
	}
	known := make([]string, len(words))
	for i, x := range words {
		known[i] = string(x)
	}
	if i := r.oneOf(n, name, w, known); i >= 0 {
		return words[i]
	}
	return usual
}

// Words that stand for something else where results name sides, or groups of people
// who are of no one side.
var reservedSides = []string{"all", "equal", "unknown", "several", "none", "newcomer"}

func (r *reader) sides(n *node) {
	for _, i := range r.items(n, "sides", 2, MaxSides) {
		f, ok := r.fields(i, shapeSide)
		if !ok {
			continue
		}
		id := r.id(f.get("id"), called("side-id"))
		if slices.Contains(reservedSides, id) {
			r.mistake(f.place("id"), amiss("reserved-side", "Word", quote(id)), instead("other-id"))
			continue
		}
		r.define(&r.refs.sides, f.get("id"), aSide, id)
		r.d.Dialogue.Sides = append(r.d.Dialogue.Sides, dialogue.Side{ID: dialogue.SideID(id), Name: r.text(f.get("name"), called("side-name"))})
	}
}

// author reads who wrote something: a side, a name or both. A plain string is a
// name, or the side that has it as its id.
func (r *reader) author(n *node, name label) interest.Author {
	if n == nil {
		return interest.Author{}
	}
	if n.kind == scalar {
		if id := strings.TrimSpace(n.word); r.refs.sides.has(id) {
			return interest.Author{Side: dialogue.SideID(id)}
		}
		return interest.Author{Name: r.text(n, name)}
	}
	f, ok := r.fields(n, shapeAuthor)
	if !ok {
		return interest.Author{}
	}
	if len(f.keys) == 0 {
		r.mistake(n.place, amiss("no-author", "Name", name), instead("author"))
	}
	return interest.Author{Side: r.side(f.get("side"), name), Name: r.text(f.get("name"), called("author-name"))}
}

func (r *reader) act(n *node) *interest.Act {
	f, ok := r.fields(n, shapeAct)
	if !ok {
		return nil
	}
	a := &interest.Act{Title: r.text(f.get("title"), called("act-title")), By: r.author(f.get("by"), "by")}
	for _, i := range r.items(f.get("actors"), "actors", 1, MaxSides) {
		s := r.side(i, "actors")
		if slices.Contains(a.Actors, s) && s != "" {
			r.mistake(i.place, amiss("names-twice", "Name", "actors", "Word", s), instead("once"))
			continue
		}
		a.Actors = append(a.Actors, s)
	}
	return a
}

// matters reads what stands in no register.
func (r *reader) matters(n *node) {
	for _, i := range r.items(n, "named", 0, MaxNamed) {
		f, ok := r.fields(i, shapeNamed)
		if !ok {
			continue
		}
		m := interest.Named{
			ID:     r.id(f.get("id"), called("id")),
			Title:  r.text(f.get("title"), called("title")),
			By:     r.author(f.get("by"), "by"),
			Of:     r.side(f.get("of"), "of"),
			Detail: r.text(f.get("detail"), called("detail")),
			Act:    r.act(f.get("act")),
		}
		if w, ok := r.word(f.get("as"), "as"); ok {
			m.As = interest.NamedAs(r.oneOf(f.get("as"), "as", w, interest.NamedWords[1:]) + 1)
		}
		if f.has("of") && m.As != interest.AsAsk && m.As != interest.NamedUnstated {
			r.mistake(f.place("of"), amiss("of", "As", m.As), instead("ask"))
		}
		r.define(&r.refs.named, f.get("id"), aNamed, m.ID)
		r.d.Named = append(r.d.Named, m)
	}
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
