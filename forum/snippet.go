package forum

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/markup"
)

// around is how many bytes, about, a snippet shows before the first hit and in all.
const (
	lead   = 60
	around = 240
)

// Snippet is a piece of a text around the first word that was searched for,
// escaped for HTML, with every such word in <mark>.
func Snippet(text, lang string, terms []Term) string {
	wanted := map[string]bool{}
	for _, t := range terms {
		for _, phrase := range t {
			for _, s := range phrase {
				wanted[s] = true
			}
		}
	}
	var hits []markup.Word
	words := markup.Words(text)
	for _, w := range words {
		if wanted[markup.Stem(w.Folded, lang)] {
			hits = append(hits, w)
		}
	}
	from, to := window(text, words, hits)
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	at := from
	for _, h := range hits {
		if h.From < at || h.To > to {
			continue
		}
		b.WriteString(html.EscapeString(text[at:h.From]) + "<mark>" + html.EscapeString(text[h.From:h.To]) + "</mark>")
		at = h.To
	}
	b.WriteString(html.EscapeString(strings.TrimRight(text[at:to], " \n\t")))
	if to < len(text) {
		b.WriteString(" …")
	}
	return b.String()
}

// window is the piece that is shown: whole words, of bounded length even where a
// word has none.
func window(text string, words, hits []markup.Word) (from, to int) {
	if len(hits) > 0 && hits[0].From > lead {
		for _, w := range words {
			if w.From >= hits[0].From-lead {
				from = w.From
				break
			}
		}
	}
	to = len(text)
	if to-from <= around {
		return from, to
	}
	to = from
	for _, w := range words {
		if w.To > from && w.To-from <= around {
			to = w.To
		}
	}
	if to == from { // one endless word
		for to = from + around; to > from && !utf8.RuneStart(text[to]); to-- {
		}
	}
	return from, to
}

// SnippetOf is the text of which Snippet shows a piece: the body where one of the
// words stands there, since pages show the title anyhow; else the title.
func SnippetOf(title, body, lang string, terms []Term) string {
	for _, s := range markup.Stems(body, lang) {
		for _, t := range terms {
			for _, phrase := range t {
				if slices.Contains(phrase, s) {
					return body
				}
			}
		}
	}
	if body == "" || title != "" {
		return title
	}
	return body
}
