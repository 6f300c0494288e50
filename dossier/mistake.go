package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/i18n"
)

// Mistake is something in a file that cannot be read as it stands.
type Mistake struct {
	File         string
	Line, Column int           // from 1; columns count characters
	What         i18n.Sentence // what is wrong
	Instead      i18n.Sentence // what to do about it: "write vital instead"
}

// In is the mistake on one line, in the language of the words.
func (m Mistake) In(w *i18n.Words) string {
	return fmt.Sprintf("%s:%d:%d: %s; %s", m.File, m.Line, m.Column, w.Say(m.What), w.Say(m.Instead))
}

func (m Mistake) Error() string { return m.In(i18n.For("en")) }

// Mistakes are all mistakes of a file, in the order of the file. As an error
// they are English.
type Mistakes []Mistake

const mistakesShown = 50

func (m Mistakes) Error() string { return m.In(i18n.For("en")) }

// In are the mistakes in the language of the words, one to a line, the first
// fifty of them.
func (m Mistakes) In(w *i18n.Words) string {
	var b strings.Builder
	for i, x := range m {
		if i == mistakesShown {
			b.WriteString("\n" + w.T("dossier.more", "N", len(m)-mistakesShown))
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(x.In(w))
	}
	return b.String()
}

// finding is a mistake whose advice may still be the known word nearest to the
// one that was written: nearness is looked for at the end, and only for the
// mistakes that will be shown.
type finding struct {
	place
	what, instead i18n.Sentence
	word          string
	known         []string
}

// place is where something stands in the file.
type place struct{ line, column int }

func mistakesOf(file string, found []finding) Mistakes {
	slices.SortStableFunc(found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	out := make(Mistakes, 0, len(found))
	for i, f := range found {
		advice := f.instead
		if i < mistakesShown {
			if near := nearest(f.word, f.known); near != "" {
				advice = instead("word", "Word", near)
			}
		}
		out = append(out, Mistake{File: file, Line: f.line, Column: f.column, What: f.what, Instead: advice})
	}
	return out
}

// slip is how many edits of a word still count as a slip of the pen.
func slip(word []rune) int {
	if len(word) < 2 {
		return 0
	}
	return min(3, max(1, len(word)/3))
}

// nearest finds the known word that a misspelt one was probably meant to be:
// the fewest edits, then the earliest. It is empty where none is near.
func nearest(word string, known []string) string {
	w := []rune(strings.ToLower(word))
	best, least := "", slip(w)+1
	for _, k := range known {
		if d := edits(w, []rune(strings.ToLower(k)), least); d < least {
			best, least = k, d
		}
	}
	return best
}

// edits counts the insertions, deletions, changes and swaps of neighbours that
// turn a into b (optimal string alignment); it gives up at the limit.
func edits(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	var before []int
	last, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, make([]int, len(b)+1)
	}
	return min(last[len(b)], limit)
}
