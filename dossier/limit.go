package dossier

import (
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
		g.mistake(at, amiss("anchors"), instead("value-out"))
	case token.MergeKeyType:
		g.mistake(at, amiss("merge-keys"), instead("keys-out"))
	case token.TagType:
		g.mistake(at, amiss("tags"), instead("no-tag"))
	case token.DirectiveType:
		g.mistake(at, amiss("directives"), instead("percent"))
	case token.MappingKeyType:
		g.mistake(at, amiss("marked-keys"), instead("marked-keys"))
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
			g.mistake(at, amiss("many-hollow", "Most", maxHollow), instead("leave-entries"))
		}
	}
}

// part reports that a file holds several documents, once.
func (g *guard) part(at place, second bool) {
	if second && !g.parted {
		g.mistake(at, amiss("second-document"), instead("own-file"))
		g.parted = true
	}
}

func (g *guard) open(at place, brace bool) {
	g.braces = append(g.braces, brace)
	if len(g.braces) == maxDepth+1 {
		g.mistake(at, amiss("deep", "Most", maxDepth), instead("flat"))
	}
}

func (g *guard) key(at place, t *token.Token) {
	if utf8.RuneCountInString(t.Value) > maxKeyName {
		g.mistake(at, amiss("long-key", "Most", maxKeyName), instead("no-key"))
	}
	if !g.block(at) {
		return
	}
	g.keys[at.column]++
	if g.keys[at.column] == maxKeys+1 {
		g.mistake(at, amiss("many-keys", "Most", maxKeys), instead("fewer-keys"))
	}
}

// block begins a part in block style, which ends all parts further in.
func (g *guard) block(at place) bool {
	if len(g.braces) > 0 {
		return false
	}
	if at.column > maxIndent {
		g.mistake(at, amiss("indent", "Most", maxIndent), instead("flat"))
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
