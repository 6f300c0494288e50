package dossier

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

type kind uint8

const (
	empty kind = iota
	scalar
	list
	mapping
)

// node is a part of the file: a word, a list or a mapping, and where it stands.
// The rest of the reader knows nothing about the YAML library.
type node struct {
	place
	kind  kind
	word  string
	items []*node // of a list
	pairs []pair  // of a mapping, in the order of the file
}

type pair struct {
	key   *node // a scalar
	value *node
}

// tree parses the text, or reports why it cannot.
func (r *reader) tree(text string) (root *node) {
	defer func() {
		if recover() != nil { // the parser is not ours: a bug in it must not end the program
			r.mistake(place{1, 1}, amiss("parser-failed"), instead("plain-form"))
			root = nil
		}
	}()
	tokens, doubtful := r.tokens(text)
	if len(r.found) > 0 {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	var bad *yaml.SyntaxError
	switch {
	case errors.As(err, &bad):
		r.notYAML(bad.Token, bad.Message)
		return nil
	case err != nil:
		r.mistake(place{1, 1}, amiss("not-yaml"), instead("form"))
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		r.mistake(place{1, 1}, amiss("empty-file"), instead("begin"))
		return nil
	}
	if len(doubtful) > 0 {
		r.found = doubtful
		return nil
	}
	return r.convert(file.Docs[0].Body)
}

// tokens splits the text and refuses what no dossier needs and what the parser
// would choke on. Comments are dropped. Doubtful is what the parser will read too
// freely.
func (r *reader) tokens(text string) (out token.Tokens, doubtful []finding) {
	for _, t := range lexer.Tokenize(text) {
		if t.Type != token.CommentType {
			out = append(out, t)
		}
	}
	g := guard{reader: r}
	l := loose{rest: text, at: place{1, 1}}
	for i, t := range out {
		if t.Type == token.InvalidType || t.Error != "" {
			r.notYAML(t, t.Error)
			break
		}
		var before, next *token.Token
		if i > 0 {
			before = out[i-1]
		}
		if i+1 < len(out) {
			next = out[i+1]
		}
		g.pass(before, t, next)
		l.pass(before, t, next)
		if len(r.found) >= maxStrange {
			break
		}
	}
	return out, l.found
}

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{1, 1}
	}
	return place{max(1, t.Position.Line), max(1, t.Position.Column)}
}

// notYAML reports a mistake of the YAML itself. What the parser says of the usual
// ones is put into plain words.
func (r *reader) notYAML(t *token.Token, message string) {
	what, advice := amiss("not-yaml"), instead("form")
	for _, u := range usualYAML {
		if strings.Contains(message, u.says) {
			what, advice = amiss("yaml."+u.key), instead("yaml."+u.key)
			break
		}
	}
	r.mistake(placeOf(t), what, advice)
}

// usualYAML are parts of what the parser says, and our words for it.
var usualYAML = []struct{ says, key string }{
	{"end character of", "open-quote"},
	{"escape character", "escape"},
	{"mapping value is not allowed", "colon"},
	{"map key-value is pre-defined", "further-in"},
	{"could not find flow map", "open-brace"},
	{"',' or", "comma"},
	{"sequence end token", "open-bracket"},
	{"corresponding to", "closing-bracket"},
	{"reserved character", "reserved"},
	{"non-map value", "no-key"},
	{"value is not allowed in this context", "value"},
	{"block sequence entries", "list-entry"},
	{"unexpected key name", "long-key"},
	{"invalid key for this map", "map-key"},
	{"header option", "block"},
	{"number of indent", "block"},
}

// convert turns the library's tree into ours.
func (r *reader) convert(n ast.Node) *node {
	out := &node{place: placeOf(n.GetToken())}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		r.addPairs(out, n.Values)
		if n.IsFlowStyle {
			out.place = placeOf(n.Start)
		}
	case *ast.SequenceNode:
		out.kind, out.place = list, placeOf(n.Start)
		for _, v := range n.Values {
			out.items = append(out.items, r.convert(v))
		}
	case *ast.LiteralNode:
		out.kind, out.place, out.word = scalar, placeOf(n.Start), n.Value.Value
	case *ast.StringNode:
		out.kind, out.word = scalar, n.Value
	case ast.ScalarNode: // numbers and truth values count as they are spelled
		out.kind, out.word = scalar, n.GetToken().Value
	default:
		r.mistake(out.place, amiss("something-else"), instead("form"))
	}
	return out
}

func (r *reader) addPairs(out *node, values []*ast.MappingValueNode) {
	out.kind = mapping
	for _, v := range values {
		key := r.convert(v.Key)
		if key.kind == empty {
			key.kind, key.word = scalar, v.Key.GetToken().Value
		}
		out.pairs = append(out.pairs, pair{key, r.convert(v.Value)})
	}
	if len(out.pairs) > 0 {
		out.place = out.pairs[0].key.place
	}
}
