package forum_test

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/forum"
	"parley/markup"
)

func TestTerms(t *testing.T) {
	for words, want := range map[string]string{
		"bridges":                "[[[bridg]]]",
		"воды 2009":              "[[[вод]] [[2009]]]",
		`"missile defence" now`:  "[[[missil defenc]] [[now]]]",
		"«ПРО» x":                "[[[про]] [[x]]]",
		"anti-missile":           "[[[anti missil]]]",
		`"unclosed phrase`:       "[[[unclos phrase]]]",
		`a "" b`:                 "[[[a]] [[b]]]",
		`'; drop -- *`:           "[[[drop]]]",
		"":                       "writing.query",
		"x":                      "writing.query",
		"+++":                    "writing.query",
		strings.Repeat("я", 201): "writing.query",
	} {
		terms, err := forum.Terms(words, []string{"en", "ru"})
		got := fmt.Sprint(terms)
		if err != nil {
			wantKey(t, words, err, want)
			continue
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", words, got, want)
		}
	}
	many, err := forum.Terms(strings.Repeat("word ", 30), []string{"en"})
	if err != nil || len(many) != 12 {
		t.Errorf("%d terms, %v", len(many), err)
	}
}

func TestScore(t *testing.T) {
	terms, err := forum.Terms(`bridge "river bank"`, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	score := func(title, body string) int {
		return forum.Score(append(append(markup.Stems(title, "en"), forum.Boundary), markup.Stems(body, "en")...), terms)
	}
	if score("A bridge", "no river, a bank") != 0 || score("A bridge over a river", "bank") != 0 {
		t.Error("a phrase is found where it does not stand")
	}
	title, body, often := score("Bridges, river bank", ""), score("", "bridge river bank"), score("", "bridge bridge bridge river bank")
	if title <= often || often <= body || body <= 0 {
		t.Errorf("title %d, often %d, once %d", title, often, body)
	}
	if many := score("", strings.Repeat("bridge ", 500)+"river bank"); many >= title {
		t.Errorf("what is said 500 times has %d, in the title %d", many, title)
	}
}

// Nothing but <mark> comes out of a snippet as a tag, and without the tags it is a
// piece of the text.
func TestSnippetsAreEscapedPieces(t *testing.T) {
	terms, _ := forum.Terms("bridge мост", []string{"en", "ru"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.SampledFrom([]string{"bridge", "мосты", "<script>", "&amp;", "a<b>", "\"", "longer words", "</mark>", strings.Repeat("x", 300)}),
			rapid.String().Filter(utf8.ValidString),
		)).Draw(t, "text"), " ")
		got := forum.Snippet(text, "en", terms)
		bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got)
		if strings.ContainsAny(bare, "<>\"") {
			t.Fatalf("got %q", got)
		}
		if strings.Count(got, "<mark>") != strings.Count(got, "</mark>") {
			t.Fatalf("got %q", got)
		}
		piece := strings.TrimSuffix(strings.TrimPrefix(html.UnescapeString(bare), "… "), " …")
		if !strings.Contains(text, piece) || len(piece) > 400 {
			t.Fatalf("%q is no piece of %q", piece, text)
		}
	})
}

func TestSnippetShowsTheHit(t *testing.T) {
	terms, _ := forum.Terms("bridge", []string{"en"})
	text := strings.Repeat("Filler words. ", 40) + "Here the <b>bridges</b> stand." + strings.Repeat(" More words.", 40)
	got := forum.Snippet(text, "en", terms)
	if !strings.Contains(got, "&lt;b&gt;<mark>bridges</mark>&lt;/b&gt;") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len(got) > 330 {
		t.Errorf("got %q", got)
	}
}
