package i18n

import goi18n "github.com/nicksnyder/go-i18n/v2/i18n"

// Sentence is a sentence of the catalogue that is said once the language of its
// reader is known.
type Sentence struct {
	Key   string
	Pairs []any // a name and a value for each place; a value may be a Sentence
	Count any   // the number that asks for a plural form; nil where none does
}

// Of is the sentence in the plural form that n asks for.
func (s Sentence) Of(n int) Sentence {
	s.Count = n
	return s
}

// Say says the sentence.
func (w *Words) Say(s Sentence) string {
	return w.say(&goi18n.LocalizeConfig{MessageID: s.Key, TemplateData: w.args(s.Pairs), PluralCount: s.Count})
}
