package dossier

import (
	"errors"
	"fmt"
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
		if p := recover(); p != nil { // the parser is not ours: a bug in it must not end the program
			r.mistake(place{1, 1}, fmt.Sprintf("the YAML parser failed: %v", p), "write the file in the plain form that doc/dossier.md shows instead")
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
		r.mistake(place{1, 1}, "the file is not YAML: "+err.Error(), "write it in the form that doc/dossier.md shows instead")
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		r.mistake(place{1, 1}, "the file is empty", `write "dossier: 1" and a dialogue instead`)
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

// notYAML reports a mistake of the YAML itself, with advice on the usual ones.
func (r *reader) notYAML(t *token.Token, message string) {
	instead := "write it in the form that doc/dossier.md shows instead"
	for _, a := range yamlAdvice {
		if strings.Contains(message, a.in) {
			instead = a.instead
			break
		}
	}
	r.mistake(placeOf(t), "this is not YAML: "+message, instead)
}

var yamlAdvice = []struct{ in, instead string }{
	{"end character of", "write the closing quote instead of leaving the text open"},
	{"escape character", `write \\ for a backslash, or the text in single quotes, instead`},
	{"mapping value is not allowed", "write text that holds a colon in quotes, and the keys of one mapping at the same column, instead"},
	{"map key-value is pre-defined", "write the line further to the left, or the value above in quotes, instead"},
	{"could not find flow map", "write every { with its }, and text with commas in quotes, instead"},
	{"',' or", "write a comma between the entries, close every bracket, and put text that holds brackets or quotes in quotes"},
	{"sequence end token", "write every [ with its ] instead"},
	{"corresponding to", "write the bracket that opens, or the text in quotes, instead"},
	{"reserved character", "write the text in quotes instead"},
	{"non-map value", `write "key: value", with a space after the colon, instead`},
	{"value is not allowed in this context", "write the line at the column of its neighbours instead"},
	{"block sequence entries", `write "- " on a line of its own below the key instead`},
	{"unexpected key name", "write the key on one line, and text of several lines in quotes, instead"},
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
		r.mistake(out.place, "something that is neither text, list nor mapping", "write it in the form that doc/dossier.md shows instead")
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
