package main

import (
	"maps"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// suppose returns the dossier with the assumptions in force. The file's own
// judgements stay in the one that was given.
func (s *session) suppose(d *dossier.Dossier, words []string) (*dossier.Dossier, []interest.Assumption, error) {
	var list []interest.Assumption
	for _, w := range words {
		a, err := s.assumption(d, w)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, a)
	}
	registers, err := interest.Assume(d.Registers, list)
	if err != nil {
		return nil, nil, usageError{err}
	}
	out := *d
	out.Registers = registers
	out.Dialogue.Title = supposedTitle(d.Dialogue.Title, list)
	return &out, list, nil
}

// supposedTitle names the assumptions in the title, so that whatever is made
// from the dossier says that it is not what the file states.
func supposedTitle(title i18n.Text, list []interest.Assumption) i18n.Text {
	if len(list) == 0 {
		return title
	}
	words := i18n.List(assumed(list))
	out := i18n.Text{}
	for _, lang := range titleLanguages(title) {
		out[lang] = i18n.For(lang).T("cli.supposed.title", "Title", title.In(lang), "List", words)
	}
	return out
}

// titleLanguages are those of a title and those that parley speaks: what is added
// to a title is in the reader's language, whatever the title is in.
func titleLanguages(title i18n.Text) []string {
	out := slices.Sorted(maps.Keys(title))
	for _, lang := range i18n.Languages {
		if !slices.Contains(out, lang) {
			out = append(out, lang)
		}
	}
	return out
}

// assumed lists the assumptions as a flag takes them.
func assumed(list []interest.Assumption) []string {
	var words []string
	for _, a := range list {
		words = append(words, a.String())
	}
	return words
}

// assumption reads one --assume: an interest, for a part also the other side
// after a colon or a full stop, and a word.
func (s *session) assumption(d *dossier.Dossier, got string) (interest.Assumption, error) {
	what, word, ok := strings.Cut(got, "=")
	if !ok || what == "" || word == "" {
		return interest.Assumption{}, s.wrong("assume.form", "Got", got)
	}
	ids, subjects := interestsOf(d)
	id, side, part := cutSide(what, ids)
	if !slices.Contains(ids, id) {
		return interest.Assumption{}, s.wrong("assume.no-interest", "Got", got, "ID", id, "Near", nearest(id, ids))
	}
	known := append(slices.Clone(interest.TierWords[1:]), "unplaced")
	if part {
		known = append(slices.Clone(interest.RoleWords[1:]), "unknown")
		var others []string
		for _, o := range d.Dialogue.Sides {
			if o.ID != subjects[id] {
				others = append(others, string(o.ID))
			}
		}
		if !slices.Contains(others, side) {
			return interest.Assumption{}, s.wrong("assume.no-side", "Got", got, "Side", side, "Sides", strings.Join(others, ", "))
		}
	}
	if !slices.Contains(known, word) {
		return interest.Assumption{}, s.wrong("assume.no-word", "Got", got, "Word", word, "Words", strings.Join(known, ", "), "Near", nearest(word, known))
	}
	if part {
		id += ":" + side
	}
	return interest.ParseAssumption(id + "=" + word)
}

// cutSide splits "US-11:RU" or "US-11.RU". An id that itself holds a full stop
// stays whole.
func cutSide(what string, ids []string) (id, side string, part bool) {
	if slices.Contains(ids, what) {
		return what, "", false
	}
	if i := strings.LastIndexAny(what, ":."); i > 0 {
		return what[:i], what[i+1:], true
	}
	return what, "", false
}

func interestsOf(d *dossier.Dossier) (ids []string, subjects map[string]dialogue.SideID) {
	subjects = map[string]dialogue.SideID{}
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			ids = append(ids, string(i.ID))
			subjects[string(i.ID)] = r.Subject
		}
	}
	return ids, subjects
}

// nearest is the known word that differs from the one given by the fewest
// letters, or none where all differ by more than two.
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if n := distance(strings.ToLower(word), strings.ToLower(k)); n < least && n < len(k) {
			best, least = k, n
		}
	}
	return best
}

// distance is Levenshtein's: insertions, deletions and changes of a letter.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before := row[0]
		row[0] = i + 1
		for j := range y {
			change := before
			if x[i] != y[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
