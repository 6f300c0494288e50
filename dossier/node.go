package dossier

import (
	"fmt"
	"slices"
	"strings"
)

// reader reads one file. Its methods take a node, report what is wrong with it
// and return the zero value then; a nil node is a key that is not there.
type reader struct {
	file  string
	found []finding
	d     Dossier
	refs  refs
}

func (r *reader) mistake(at place, what, instead string) {
	r.found = append(r.found, finding{place: at, what: what, instead: instead})
}

// misspelt reports a word that is not among the known ones.
func (r *reader) misspelt(at place, what, instead, word string, known []string) {
	r.found = append(r.found, finding{place: at, what: what, instead: instead, word: word, known: known})
}

// fields are the values of a mapping by key.
type fields struct {
	at     place
	values map[string]*node
	keys   map[string]place
}

func (f fields) get(key string) *node { return f.values[key] }

func (f fields) has(key string) bool { return f.values[key] != nil }

// place is where a key's value stands, or the mapping where the key is missing.
func (f fields) place(key string) place {
	if n := f.values[key]; n != nil {
		return n.place
	}
	return f.at
}

// fields checks a mapping against its shape. Of a key that stands twice the
// first value counts.
func (r *reader) fields(n *node, s shape) (fields, bool) {
	if n == nil || !r.is(n, mapping, s.name) {
		return fields{}, false
	}
	f := fields{at: n.place, values: map[string]*node{}, keys: map[string]place{}}
	known := s.keys()
	for _, p := range r.pairs(n, s.name) {
		if p.value.kind == empty {
			r.hollow(p)
			f.keys[p.key.word] = p.key.place
			continue
		}
		if !slices.Contains(known, p.key.word) {
			r.misspelt(p.key.place, fmt.Sprintf("%s has no key %s", s.name, quote(p.key.word)), "write one of "+strings.Join(known, ", ")+" instead", p.key.word, known)
			continue
		}
		f.values[p.key.word] = p.value
		f.keys[p.key.word] = p.key.place
	}
	for _, k := range s.required {
		if _, stated := f.keys[k]; !stated {
			r.mistake(n.place, fmt.Sprintf("%s lacks the key %s", s.name, k), fmt.Sprintf(`write "%s: ..." in it`, k))
		}
	}
	return f, true
}

// pairs are the entries of a mapping without those whose key stands twice.
func (r *reader) pairs(n *node, name string) []pair {
	first := map[string]place{}
	var out []pair
	for _, p := range n.pairs {
		if at, twice := first[p.key.word]; twice {
			r.mistake(p.key.place, fmt.Sprintf("the key %s stands twice in %s, first in line %d", quote(p.key.word), name, at.line), "write it once, or another key, instead")
			continue
		}
		first[p.key.word] = p.key.place
		out = append(out, p)
	}
	return out
}

// named are the values of a mapping whose keys are ids or languages.
func (r *reader) named(n *node, name string) []pair {
	if n == nil || !r.is(n, mapping, name) {
		return nil
	}
	var out []pair
	for _, p := range r.pairs(n, name) {
		if p.value.kind == empty {
			r.hollow(p)
			continue
		}
		out = append(out, p)
	}
	return out
}

// hollow reports a key without a value. In braces it is often the rest of a
// text after a comma.
func (r *reader) hollow(p pair) {
	r.mistake(p.key.place, fmt.Sprintf("%s has no value", quote(p.key.word)), "write one after the colon, or leave the key out; in braces write text that holds a comma in quotes")
}

// items are the entries of a list, at least least and at most most of them.
func (r *reader) items(n *node, name string, least, most int) []*node {
	if n == nil || !r.is(n, list, name) {
		return nil
	}
	var out []*node
	for _, i := range n.items {
		if i.kind == empty {
			r.mistake(i.place, fmt.Sprintf("an entry of %s has no value", name), "write one, or leave the entry out")
			continue
		}
		out = append(out, i)
	}
	switch {
	case len(n.items) < least:
		r.mistake(n.place, fmt.Sprintf("%s has %s, and needs at least %d", name, entries(len(n.items)), least), "write the missing ones in it")
	case len(n.items) > most:
		r.mistake(n.place, fmt.Sprintf("%s has %s, and may have at most %d", name, entries(len(n.items)), most), "write fewer of them instead")
		out = out[:min(most, len(out))]
	}
	return out
}

func entries(n int) string {
	switch n {
	case 0:
		return "no entries"
	case 1:
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

var kindWords = [...]string{empty: "nothing", scalar: "a single value", list: "a list", mapping: "a mapping"}

// is reports a node of the wrong kind.
func (r *reader) is(n *node, want kind, name string) bool {
	if n.kind == want {
		return true
	}
	instead := "write a single value instead"
	switch want {
	case list:
		instead = `write a list instead: entries in brackets [a, b], or below each other, each after "- "`
	case mapping:
		instead = `write a mapping instead: {key: value, key: value}, or "key: value" lines below each other`
	}
	r.mistake(n.place, fmt.Sprintf("%s is %s and not %s", name, kindWords[n.kind], kindWords[want]), instead)
	return false
}

// word is the spelling of a single value.
func (r *reader) word(n *node, name string) (string, bool) {
	if n == nil || !r.is(n, scalar, name) {
		return "", false
	}
	return strings.TrimSpace(n.word), true
}

// quote shows what was written, shortened and without what cannot be seen.
func quote(s string) string {
	const most = 40
	if c := []rune(s); len(c) > most {
		s = string(c[:most]) + "..."
	}
	return fmt.Sprintf("%q", s)
}
