package dossier

import "slices"

// shape is one of the mappings of the form: the keys that must and may stand in
// it. doc/dossier.md explains each of them; a test sees to that.
type shape struct {
	name     string // as mistakes call it
	required []string
	optional []string
}

var (
	shapeFile        = shape{"the file", []string{"dossier", "dialogue", "sides"}, []string{"registers", "topics", "named", "table"}}
	shapeDialogue    = shape{"the dialogue", []string{"id", "title", "languages", "as_of"}, []string{"kind", "rule", "stage", "purpose", "source", "host"}}
	shapeSide        = shape{"a side", []string{"id", "name"}, nil}
	shapeRegister    = shape{"a register", []string{"subject", "author", "date"}, []string{"source", "interests", "weights"}}
	shapeAuthor      = shape{"an author", nil, []string{"side", "name"}}
	shapeInterest    = shape{"an interest", []string{"id", "title"}, []string{"note", "tier", "horizon", "counterparts"}}
	shapeWeighing    = shape{"a statement about weights", nil, []string{"more", "than", "times", "gain", "outweighs"}}
	shapeCounterpart = shape{"a counterpart", nil, []string{"role", "effect", "priority", "tone", "alignment", "note"}}
	shapeTopic       = shape{"a topic", []string{"id", "title", "interests", "relation"},
		[]string{"author", "date", "affects", "camps", "divisible", "minimum", "share", "act"}}
	shapeAct    = shape{"an act", []string{"title"}, []string{"actors", "by"}}
	shapeNamed  = shape{"a named matter", []string{"id", "title", "as", "by"}, []string{"of", "detail", "act"}}
	shapeTable  = shape{"the table", nil, []string{"issues", "rules", "disagreement", "cap", "roles"}}
	shapeIssue  = shape{"an issue", []string{"options"}, []string{"topic", "id", "title"}}
	shapeOption = shape{"an option", []string{"id"}, []string{"title", "effects", "points", "act"}}
	shapeRule   = shape{"a rule", nil, []string{"option", "requires", "at_least", "excludes", "side", "refuses", "not_below", "when", "together", "effects", "points", "note"}}
	shapeRoles  = shape{"the role numbers", nil, []string{"none", "minor", "medium", "important", "key", "unknown"}}
)

var shapes = []shape{
	shapeFile, shapeDialogue, shapeSide, shapeRegister, shapeAuthor, shapeInterest, shapeWeighing, shapeCounterpart, shapeTopic,
	shapeAct, shapeNamed, shapeTable, shapeIssue, shapeOption, shapeRule, shapeRoles,
}

func (s shape) keys() []string { return slices.Concat(s.required, s.optional) }
