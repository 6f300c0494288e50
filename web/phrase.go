package web

import (
	"html"
	"html/template"
	"regexp"

	"parley/i18n"
)

// Phrase is somebody's words, as a reader gets them: in the reader's language,
// or in another one, which is then said so that it is read aloud and hyphenated
// rightly.
type Phrase struct {
	Words string
	Lang  string // empty: the language of the page
}

// phrase picks the words of a text for a reader of lang.
func phrase(t i18n.Text, lang string) Phrase {
	words := t.In(lang)
	if words == "" || t.Has(lang) {
		return Phrase{Words: words}
	}
	for _, l := range append([]string{"en"}, t.Languages()...) {
		if t[l] == words {
			return Phrase{words, l}
		}
	}
	return Phrase{Words: words}
}

// String is the bare words, for attributes and titles.
func (p Phrase) String() string { return p.Words }

// HTML is the words, marked where they are in another language.
func (p Phrase) HTML() template.HTML {
	words := template.HTMLEscapeString(p.Words)
	if p.Lang == "" {
		return template.HTML(words)
	}
	return template.HTML(`<span lang="` + template.HTMLEscapeString(p.Lang) + `">` + words + `</span>`)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// bare is markup of ours without the marks, for files and pictures.
func bare(h template.HTML) string { return html.UnescapeString(tag.ReplaceAllString(string(h), "")) }
