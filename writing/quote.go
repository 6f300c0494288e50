package writing

import (
	"html"
	"strings"
	"unicode/utf8"

	"parley/fault"
)

// MaxQuote is the length of a quote in runes.
const MaxQuote = 600

// Stands reports whether the words stand in one of the texts just so; spaces and
// line ends do not count, since a browser copies them as it likes.
func Stands(words string, texts ...string) bool {
	words = Line(words)
	if words == "" {
		return false
	}
	for _, t := range texts {
		if strings.Contains(Line(t), words) {
			return true
		}
	}
	return false
}

// CheckQuote cleans the words of a quote; they must stand in one of the texts.
func CheckQuote(words string, texts ...string) (string, error) {
	words = Line(words)
	if utf8.RuneCountInString(words) > MaxQuote {
		return "", fault.New(fault.Invalid, "writing.quote-long", "the quote has more than %d letters", MaxQuote).With("Max", MaxQuote)
	}
	if !Stands(words, texts...) {
		return "", fault.New(fault.Invalid, "writing.quote", "the words do not stand there: they were changed, or never said")
	}
	return words, nil
}

// Plain is the text of HTML that Render made, as a browser copies it: without
// tags, a space where a block ends.
func Plain(rendered string) string {
	var b strings.Builder
	for rendered != "" {
		at := strings.IndexByte(rendered, '<')
		if at < 0 {
			at = len(rendered)
		}
		b.WriteString(html.UnescapeString(rendered[:at]))
		end := strings.IndexByte(rendered[at:], '>')
		if end < 0 {
			break
		}
		if tag := rendered[at : at+end+1]; !inline(tag) {
			b.WriteByte(' ')
		}
		rendered = rendered[at+end+1:]
	}
	return Line(b.String())
}

// inline reports whether a tag may stand inside a word.
func inline(tag string) bool {
	name := strings.TrimLeft(tag, "</")
	name = name[:strings.IndexAny(name, " >/")]
	switch name {
	case "a", "em", "strong", "del", "code", "sup":
		return true
	}
	return false
}
