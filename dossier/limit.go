package dossier

import (
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// Limits on what the parser is given. It calls itself once for each level and
// for each key of a block mapping, copies the key into every path below it, and
// moves all that follows for each value that is missing.
const (
	maxDepth   = 16  // brackets inside brackets
	maxIndent  = 64  // columns
	maxKeys    = 256 // in one mapping in block style
	maxKeyName = 100 // characters
	maxHollow  = 100 // entries without a value
)

// guard follows the tokens of a file, refuses what no dossier needs and keeps
// the parser within its limits.
type guard struct {
	*reader
	braces []bool             // the brackets that are open: whether each is a brace
	keys   [maxIndent + 1]int // in the block mappings that are open, by column
	hollow int
	parted bool
}

func (g *guard) pass(before, t, next *token.Token) {
	at := placeOf(t)
	switch t.Type {
	case token.AnchorType, token.AliasType:
		g.mistake(at, "anchors (&) and aliases (*) are not part of the form", "write the value out instead, in quotes where text begins with & or *")
	case token.MergeKeyType:
		g.mistake(at, "merge keys (<<) are not part of the form", "write the keys out instead")
	case token.TagType:
		g.mistake(at, "tags (!) are not part of the form", "write the value without a tag instead, in quotes where text begins with !")
	case token.DirectiveType:
		g.mistake(at, "directives (%) are not part of the form", "write text that begins with % in quotes instead")
	case token.MappingKeyType:
		g.mistake(at, "keys marked with ? are not part of the form", `write "key: value" instead, and text that begins with ? in quotes`)
	case token.DocumentHeaderType:
		g.part(at, before != nil)
	case token.DocumentEndType:
		g.part(at, next != nil)
	case token.MappingStartType, token.SequenceStartType:
		g.open(at, t.Type == token.MappingStartType)
	case token.MappingEndType, token.SequenceEndType:
		g.braces = g.braces[:max(0, len(g.braces)-1)]
	case token.SequenceEntryType:
		g.block(at)
	default:
		if next != nil && next.Type == token.MappingValueType {
			g.key(at, t)
		}
	}
	if g.isHollow(before, t, next) {
		g.hollow++
		if g.hollow == maxHollow+1 {
			g.mistake(at, fmt.Sprintf("more than %d entries without a value", maxHollow), "leave such entries out")
		}
	}
}

// part reports that a file holds several documents, once.
func (g *guard) part(at place, second bool) {
	if second && !g.parted {
		g.mistake(at, "a second document begins or ends here", "write each dossier in a file of its own instead")
		g.parted = true
	}
}

func (g *guard) open(at place, brace bool) {
	g.braces = append(g.braces, brace)
	if len(g.braces) == maxDepth+1 {
		g.mistake(at, fmt.Sprintf("brackets stand in each other more than %d deep", maxDepth), "write it as flat as doc/dossier.md shows instead")
	}
}

func (g *guard) key(at place, t *token.Token) {
	if utf8.RuneCountInString(t.Value) > maxKeyName {
		g.mistake(at, fmt.Sprintf("a key of more than %d characters", maxKeyName), "write text that is no key in quotes instead")
	}
	if !g.block(at) {
		return
	}
	g.keys[at.column]++
	if g.keys[at.column] == maxKeys+1 {
		g.mistake(at, fmt.Sprintf("a mapping of more than %d keys", maxKeys), "write fewer of them, or all of them in braces {}, instead")
	}
}

// block begins a part in block style, which ends all parts further in.
func (g *guard) block(at place) bool {
	if len(g.braces) > 0 {
		return false
	}
	if at.column > maxIndent {
		g.mistake(at, fmt.Sprintf("indented by more than %d columns", maxIndent), "write it as flat as doc/dossier.md shows instead")
		return false
	}
	clear(g.keys[at.column+1:])
	return true
}

// isHollow reports whether the token begins an entry that has no value.
func (g *guard) isHollow(before, t, next *token.Token) bool {
	inFlow := len(g.braces) > 0
	ends := next == nil || inFlow && (next.Type == token.CollectEntryType || next.Type == token.MappingEndType || next.Type == token.SequenceEndType)
	switch {
	case t.Type == token.MappingValueType && before != nil:
		return ends || !inFlow && further(before, next) && (next.Type != token.SequenceEntryType || next.Position.Column < before.Position.Column)
	case t.Type == token.SequenceEntryType:
		return ends || further(t, next)
	case inFlow && g.braces[len(g.braces)-1] && ends && before != nil:
		return before.Type == token.MappingStartType || before.Type == token.CollectEntryType
	}
	return false
}

// further reports whether the next token stands on a later line and not further
// in than the entry.
func further(entry, next *token.Token) bool {
	return next.Position.Line > entry.Position.Line && next.Position.Column <= entry.Position.Column
}
