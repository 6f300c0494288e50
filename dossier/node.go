package dossier

import (
	"fmt"
	"slices"
	"strings"

	"parley/i18n"
)

// reader reads one file. Its methods take a node, report what is wrong with it
// and return the zero value then; a nil node is a key that is not there.
type reader struct {
	file  string
	found []finding
	d     Dossier
	refs  refs
}

func (r *reader) mistake(at place, what, advice i18n.Sentence) {
	r.found = append(r.found, finding{place: at, what: what, instead: advice})
}

// misspelt reports a word that is not among the known ones.
func (r *reader) misspelt(at place, what, advice i18n.Sentence, word string, known []string) {
	r.found = append(r.found, finding{place: at, what: what, instead: advice, word: word, known: known})
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
			r.misspelt(p.key.place, amiss("no-key", "Name", s.name, "Key", quote(p.key.word)), instead("one-of", "Words", i18n.List(known)), p.key.word, known)
			continue
		}
		f.values[p.key.word] = p.value
		f.keys[p.key.word] = p.key.place
	}
	for _, k := range s.required {
		if _, stated := f.keys[k]; !stated {
			r.mistake(n.place, amiss("lacks", "Name", s.name, "Key", k), instead("key", "Key", k))
		}
	}
	return f, true
}

// pairs are the entries of a mapping without those whose key stands twice.
func (r *reader) pairs(n *node, name label) []pair {
	first := map[string]place{}
	var out []pair
	for _, p := range n.pairs {
		if at, twice := first[p.key.word]; twice {
			r.mistake(p.key.place, amiss("key-twice", "Key", quote(p.key.word), "Name", name, "Line", at.line), instead("once-or-other"))
			continue
		}
		first[p.key.word] = p.key.place
		out = append(out, p)
	}
	return out
}

// named are the values of a mapping whose keys are ids or languages.
func (r *reader) named(n *node, name label) []pair {
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
	r.mistake(p.key.place, amiss("no-value", "Key", quote(p.key.word)), instead("value-or-none"))
}

// items are the entries of a list, at least least and at most most of them.
func (r *reader) items(n *node, name label, least, most int) []*node {
	if n == nil || !r.is(n, list, name) {
		return nil
	}
	var out []*node
	for _, i := range n.items {
		if i.kind == empty {
			r.mistake(i.place, amiss("hollow-entry", "Name", name), instead("entry-or-none"))
			continue
		}
		out = append(out, i)
	}
	switch got := len(n.items); {
	case got < least && got == 0:
		r.mistake(n.place, amiss("no-entries", "Name", name, "Least", least), instead("missing"))
	case got < least:
		r.mistake(n.place, amiss("few-entries", "Name", name, "Got", got, "Least", least).Of(got), instead("missing"))
	case got > most:
		r.mistake(n.place, amiss("many-entries", "Name", name, "Got", got, "Most", most).Of(got), instead("fewer"))
		out = out[:min(most, len(out))]
	}
	return out
}

var kindWords = [...]i18n.Sentence{empty: called("nothing"), scalar: called("scalar"), list: called("list"), mapping: called("mapping")}

// is reports a node of the wrong kind.
func (r *reader) is(n *node, want kind, name label) bool {
	if n.kind == want {
		return true
	}
	advice := instead("scalar")
	switch want {
	case list:
		advice = instead("list")
	case mapping:
		advice = instead("mapping")
	}
	r.mistake(n.place, amiss("kind", "Name", name, "Is", kindWords[n.kind], "Want", kindWords[want]), advice)
	return false
}

// word is the spelling of a single value.
func (r *reader) word(n *node, name label) (string, bool) {
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
