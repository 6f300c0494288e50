package i18n

import "slices"

// Text is one piece of writing in several languages: language tag to words,
// for example {"en": "Russia", "ru": "Россия"}.
type Text map[string]string

// In returns the words in lang. Where lang is missing it returns English, then
// the language that sorts first, so that a reader always sees something; Has
// tells whether the words are in the language that was asked for.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	if s := t["en"]; s != "" {
		return s
	}
	for _, l := range t.Languages() {
		if t[l] != "" {
			return t[l]
		}
	}
	return ""
}

// Has reports whether the text exists in lang.
func (t Text) Has(lang string) bool { return t[lang] != "" }

// Languages lists the languages of the text in alphabetical order.
func (t Text) Languages() []string {
	out := make([]string, 0, len(t))
	for l := range t {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}
