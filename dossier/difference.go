package dossier

import (
	"fmt"
	"slices"
	"strings"
)

// ChangeKind says what became of something between two dossiers.
type ChangeKind string

const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Change is one difference between two dossiers: where, as keys and ids
// ("topics[nato].title.en"), and what stood and stands there. Of a whole thing
// that was added or removed, such as an interest, its title is given.
type Change struct {
	Path     string
	Kind     ChangeKind
	Old, New string
}

func (c Change) String() string {
	switch c.Kind {
	case Added:
		return fmt.Sprintf("%s added: %s", c.Path, c.New)
	case Removed:
		return fmt.Sprintf("%s removed: %s", c.Path, c.Old)
	}
	return fmt.Sprintf("%s changed: %s -> %s", c.Path, c.Old, c.New)
}

// Difference lists what replacing one dossier by another would change, in the
// order of the form. It is empty exactly where Write writes the same for both.
func Difference(old, new *Dossier) []Change {
	c := comparer{}
	c.mappings("", canonical(old), canonical(new))
	return c.changes
}

// canonical is the dossier as a tree, so that nothing that is written can be
// left out of a comparison.
func canonical(d *Dossier) *node {
	r := &reader{refs: newRefs()}
	if root := r.tree(string(Write(d))); root != nil {
		return root
	}
	return &node{kind: mapping}
}

type comparer struct{ changes []Change }

func (c *comparer) add(path string, kind ChangeKind, old, new string) {
	c.changes = append(c.changes, Change{path, kind, old, new})
}

func (c *comparer) nodes(path string, old, new *node) {
	switch {
	case (old == nil || isThings(old)) && (new == nil || isThings(new)):
		c.things(path, itemsOf(old), itemsOf(new))
	case old == nil:
		c.add(path, Added, "", brief(new))
	case new == nil:
		c.add(path, Removed, brief(old), "")
	case old.kind == mapping && new.kind == mapping:
		c.mappings(path, old, new)
	case render(old) != render(new):
		c.add(path, Changed, render(old), render(new))
	}
}

func (c *comparer) mappings(path string, old, new *node) {
	if path != "" {
		path += "."
	}
	for _, p := range old.pairs {
		c.nodes(path+p.key.word, p.value, new.value(p.key.word))
	}
	for _, p := range new.pairs {
		if old.value(p.key.word) == nil {
			c.nodes(path+p.key.word, nil, p.value)
		}
	}
	if o, n := commonKeys(old, new), commonKeys(new, old); !slices.Equal(o, n) {
		c.add(strings.TrimSuffix(path, "."), Changed, "order "+strings.Join(o, ", "), "order "+strings.Join(n, ", "))
	}
}

func (n *node) value(key string) *node {
	for _, p := range n.pairs {
		if p.key.word == key {
			return p.value
		}
	}
	return nil
}

func commonKeys(of, with *node) []string {
	var out []string
	for _, p := range of.pairs {
		if with.value(p.key.word) != nil {
			out = append(out, p.key.word)
		}
	}
	return out
}

// things compares lists whose entries have a name of their own.
func (c *comparer) things(path string, old, new []*node) {
	before, after := names(old), names(new)
	var common [2][]string
	for i, n := range before {
		if at := slices.Index(after, n); at >= 0 {
			common[0] = append(common[0], n)
			c.nodes(path+"["+n+"]", old[i], new[at])
		} else {
			c.nodes(path+"["+n+"]", old[i], nil)
		}
	}
	for i, n := range after {
		if slices.Contains(before, n) {
			common[1] = append(common[1], n)
		} else {
			c.nodes(path+"["+n+"]", nil, new[i])
		}
	}
	if !slices.Equal(common[0], common[1]) {
		c.add(path, Changed, "order "+strings.Join(common[0], ", "), "order "+strings.Join(common[1], ", "))
	}
}

func isThings(n *node) bool {
	return n.kind == list && len(n.items) > 0 && n.items[0].kind == mapping
}

func itemsOf(n *node) []*node {
	if n == nil {
		return nil
	}
	return n.items
}

// names are what the entries of a list are called: by id, topic, or subject and
// author; what has no name is called by what it says.
func names(items []*node) []string {
	seen := map[string]int{}
	out := make([]string, len(items))
	for i, n := range items {
		name := nameOf(n)
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		out[i] = name
	}
	return out
}

func nameOf(n *node) string {
	for _, key := range []string{"id", "topic"} {
		if v := n.value(key); v != nil {
			return v.word
		}
	}
	if subject, author := n.value("subject"), n.value("author"); subject != nil && author != nil {
		if side := author.value("side"); side != nil {
			return subject.word + " by " + side.word
		}
		return subject.word + " by " + brief(author)
	}
	return render(n)
}

// brief is what to show of something whole: its title or name if it has one, of
// a register how many interests it holds.
func brief(n *node) string {
	for _, key := range []string{"title", "name"} {
		if v := n.value(key); v != nil {
			if v.kind == mapping && len(v.pairs) > 0 {
				v = v.pairs[0].value
			}
			return render(v)
		}
	}
	if n.value("subject") != nil {
		return fmt.Sprintf("%d interests", len(itemsOf(n.value("interests"))))
	}
	return render(n)
}

// render writes a node on one line.
func render(n *node) string {
	var parts []string
	switch n.kind {
	case scalar:
		return n.word
	case list:
		for _, i := range n.items {
			parts = append(parts, render(i))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	for _, p := range n.pairs {
		parts = append(parts, p.key.word+": "+render(p.value))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
