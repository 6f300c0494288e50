package dossier

import (
	"slices"

	"parley/i18n"
)

// shape is one of the mappings of the form: the keys that must and may stand in
// it. doc/dossier.md explains each of them; a test sees to that.
type shape struct {
	name     i18n.Sentence // as mistakes call it
	required []string
	optional []string
}

var (
	shapeFile        = shape{called("file"), []string{"dossier", "dialogue", "sides"}, []string{"registers", "topics", "named", "table"}}
	shapeDialogue    = shape{called("dialogue"), []string{"id", "title", "languages", "as_of"}, []string{"kind", "rule", "stage", "purpose", "source", "host"}}
	shapeSide        = shape{called("side"), []string{"id", "name"}, nil}
	shapeRegister    = shape{called("register"), []string{"subject", "author", "date"}, []string{"source", "interests", "weights"}}
	shapeAuthor      = shape{called("an-author"), nil, []string{"side", "name"}}
	shapeInterest    = shape{called("interest"), []string{"id", "title"}, []string{"note", "tier", "horizon", "counterparts"}}
	shapeWeighing    = shape{called("weighing"), nil, []string{"more", "than", "times", "gain", "outweighs"}}
	shapeCounterpart = shape{called("counterpart"), nil, []string{"role", "effect", "priority", "tone", "alignment", "note"}}
	shapeTopic       = shape{called("topic"), []string{"id", "title", "interests", "relation"},
		[]string{"author", "date", "affects", "camps", "divisible", "minimum", "share", "act"}}
	shapeAct    = shape{called("act"), []string{"title"}, []string{"actors", "by"}}
	shapeNamed  = shape{called("named"), []string{"id", "title", "as", "by"}, []string{"of", "detail", "act"}}
	shapeTable  = shape{called("table"), nil, []string{"issues", "rules", "disagreement", "cap", "roles"}}
	shapeIssue  = shape{called("issue"), []string{"options"}, []string{"topic", "id", "title"}}
	shapeOption = shape{called("option"), []string{"id"}, []string{"title", "effects", "points", "act"}}
	shapeRule   = shape{called("rule"), nil, []string{"option", "requires", "at_least", "excludes", "side", "refuses", "not_below", "when", "together", "effects", "points", "note"}}
	shapeRoles  = shape{called("roles"), nil, []string{"none", "minor", "medium", "important", "key", "unknown"}}
)

var shapes = []shape{
	shapeFile, shapeDialogue, shapeSide, shapeRegister, shapeAuthor, shapeInterest, shapeWeighing, shapeCounterpart, shapeTopic,
	shapeAct, shapeNamed, shapeTable, shapeIssue, shapeOption, shapeRule, shapeRoles,
}

func (s shape) keys() []string { return slices.Concat(s.required, s.optional) }
