package dossier

import (
	"fmt"

	"parley/i18n"
)

// What is wrong with a file, and what to write instead, are sentences of the
// catalogue: their keys begin with dossier.wrong and dossier.instead.

func amiss(key string, pairs ...any) i18n.Sentence {
	return i18n.Sentence{Key: "dossier.wrong." + key, Pairs: pairs}
}

func instead(key string, pairs ...any) i18n.Sentence {
	return i18n.Sentence{Key: "dossier.instead." + key, Pairs: pairs}
}

// label is what mistakes call a part of a file: a key as it stands there, which
// is a string, or words of the catalogue.
type label any

// called are words for a part of a file.
func called(key string, pairs ...any) i18n.Sentence {
	return i18n.Sentence{Key: "dossier.name." + key, Pairs: pairs}
}

// sort is what an id stands for. Sentences about ids have it at the end of their
// keys, for languages bend the word.
type sort string

const (
	aSide      sort = "side"
	anInterest sort = "interest"
	aTopic     sort = "topic"
	aNamed     sort = "named"
	anIssue    sort = "issue"
	anOption   sort = "option"
)

// codepoint names a character that may not show.
func codepoint(c rune) string { return fmt.Sprintf("U+%04X", c) }
