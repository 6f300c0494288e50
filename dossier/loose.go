package dossier

import (
	"strings"

	"github.com/goccy/go-yaml/token"

	"parley/i18n"
)

// loose finds what the library reads and YAML does not. It is reported unless
// the parser finds something worse.
type loose struct {
	rest     string // of the text, from a place on
	at       place
	brackets int // that are open
	found    []finding
}

func (l *loose) pass(before, t, next *token.Token) {
	at := placeOf(t)
	switch t.Type {
	case token.MappingStartType, token.SequenceStartType:
		l.brackets++
	case token.MappingEndType, token.SequenceEndType:
		l.brackets--
	case token.SequenceEntryType:
		if next != nil && further(t, next) && next.Type != token.SequenceEntryType {
			l.add(at, amiss("dash"), instead("dash"))
		}
	case token.MappingValueType:
		l.colon(at, before, next)
	case token.StringType:
		l.plain(at, before, t.Value)
	case token.DoubleQuoteType:
		if l.badEscape(at) {
			l.add(at, amiss("escape-digits"), instead("yaml.escape"))
		}
	}
}

func (l *loose) add(at place, what, advice i18n.Sentence) {
	l.found = append(l.found, finding{place: at, what: what, instead: advice})
}

// colon finds {id:A}, which YAML takes for one word.
func (l *loose) colon(at place, before, next *token.Token) {
	if before == nil || next == nil || before.Type == token.SingleQuoteType || before.Type == token.DoubleQuoteType {
		return
	}
	if isPlain(next) && next.Position.Line == at.line && next.Position.Column == at.column+1 {
		l.add(at, amiss("colon-space"), instead("colon-space"))
	}
}

func isPlain(t *token.Token) bool {
	switch t.Type {
	case token.MappingStartType, token.MappingEndType, token.SequenceStartType, token.SequenceEndType, token.CollectEntryType,
		token.SingleQuoteType, token.DoubleQuoteType:
		return false
	}
	return true
}

// plain finds text without quotes that holds a colon and a space, or, inside
// brackets, another bracket.
func (l *loose) plain(at place, before *token.Token, text string) {
	if before != nil && (before.Type == token.LiteralType || before.Type == token.FoldedType) {
		return
	}
	if strings.Contains(text, ": ") {
		l.add(at, amiss("bare-colon"), instead("bare-colon"))
	} else if l.brackets > 0 && strings.ContainsAny(text, "[]{}") {
		l.add(at, amiss("bare-bracket"), instead("bare-bracket"))
	}
}

// badEscape looks at the text in double quotes that begins at a place.
func (l *loose) badEscape(at place) bool {
	l.seek(at)
	if l.at != at || !strings.HasPrefix(l.rest, `"`) {
		return false
	}
	for i := 1; i < len(l.rest) && l.rest[i] != '"'; i++ {
		if l.rest[i] == '\\' {
			if i++; i < len(l.rest) && !isEscape(l.rest[i:]) {
				return true
			}
		}
	}
	return false
}

// seek goes forward in the text; what it has passed it never walks again.
func (l *loose) seek(to place) {
	for i, c := range l.rest {
		if l.at.line > to.line || l.at.line == to.line && l.at.column >= to.column {
			l.rest = l.rest[i:]
			return
		}
		if c == '\n' {
			l.at = place{l.at.line + 1, 1}
		} else {
			l.at.column++
		}
	}
	l.rest = ""
}

// isEscape reports whether what follows a backslash has the digits it needs.
func isEscape(s string) bool {
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[0]]
	return len(s) > digits && strings.Trim(s[1:digits+1], "0123456789abcdefABCDEF") == ""
}
