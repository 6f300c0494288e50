package dossier

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"parley/i18n"
)

// families are the keys that are put together, and what their last part may be.
var families = map[string][]string{
	"dossier.wrong.taken-":   {"side", "interest", "topic", "named", "issue", "option"},
	"dossier.wrong.unknown-": {"side", "interest", "topic"},
	"dossier.instead.first-": {"side", "interest", "topic"},
	"dossier.wrong.yaml.":    yamlKeys(),
	"dossier.instead.yaml.":  yamlKeys(),
}

func yamlKeys() (out []string) {
	for _, u := range usualYAML {
		out = append(out, u.key)
	}
	return out
}

// saidInSource are the sentences that the reader may say, each with the places
// that it fills.
func saidInSource(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string][]string{"dossier.more": {"N"}}
	begins := map[string]string{"amiss": "dossier.wrong.", "instead": "dossier.instead.", "called": "dossier.name."}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			fun, ok := call.Fun.(*ast.Ident)
			if !ok || begins[fun.Name] == "" {
				return true
			}
			var places []string
			for i := 1; i < len(call.Args); i += 2 {
				places = append(places, literal(call.Args[i]))
			}
			slices.Sort(places)
			key, ends := call.Args[0], []string{""}
			if sum, ok := key.(*ast.BinaryExpr); ok {
				key = sum.X
				ends = families[begins[fun.Name]+literal(key)]
			}
			for _, end := range ends {
				whole := begins[fun.Name] + literal(key) + end
				if before, twice := said[whole]; twice && !slices.Equal(before, places) {
					t.Errorf("%s fills %v here and %v there", whole, before, places)
				}
				said[whole] = places
			}
			return true
		})
	}
	return said
}

// literal is the text of a string that stands in the source, or "?".
func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(l.Value); err == nil {
			return s
		}
	}
	return "?"
}

var placeForm = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// placesIn are the places of a sentence in each of its forms.
func placesIn(sentence any) (out [][]string) {
	forms, counted := sentence.(map[string]any)
	if !counted {
		forms = map[string]any{"other": sentence}
	}
	for _, f := range forms {
		var places []string
		for _, m := range placeForm.FindAllStringSubmatch(fmt.Sprint(f), -1) {
			places = append(places, m[1])
		}
		slices.Sort(places)
		out = append(out, slices.Compact(places))
	}
	return out
}

// Every mistake has words in every language, which name the places that the
// reader fills, no more and no fewer; and there are no words that nothing says.
func TestEveryMistakeIsSaidInEveryLanguage(t *testing.T) {
	said := saidInSource(t)
	if len(said) < 200 {
		t.Fatalf("only %d sentences were found: the test looks in the wrong place", len(said))
	}
	counted := map[string]string{}
	for _, lang := range i18n.Languages {
		data, err := os.ReadFile("../i18n/message/dossier." + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]any
		if err := yaml.Unmarshal(data, &sentences); err != nil {
			t.Fatal(err)
		}
		for key, places := range said {
			sentence, ok := sentences[key]
			if !ok {
				t.Errorf("%s has no words for %s", lang, key)
				continue
			}
			for _, got := range placesIn(sentence) {
				if !slices.Equal(got, places) {
					t.Errorf("%s: %s names the places %v, and the reader fills %v", lang, key, got, places)
				}
			}
			if _, plural := sentence.(map[string]any); plural {
				counted[key] += lang
			}
		}
		for key := range sentences {
			if _, ok := said[key]; !ok {
				t.Errorf("%s: nothing says %s", lang, key)
			}
		}
	}
	for key, langs := range counted {
		if langs != strings.Join(i18n.Languages, "") {
			t.Errorf("%s is counted in %s alone", key, langs)
		}
	}
}
