package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestSortFollowsTheReadersAlphabet(t *testing.T) {
	for _, c := range []struct {
		lang     string
		in, want []string
	}{
		{"ru", []string{"Жизнь", "Ель", "Ёлка", "Азия"}, []string{"Азия", "Ёлка", "Ель", "Жизнь"}},
		{"en", []string{"united", "Éire", "Estonia", "Denmark"}, []string{"Denmark", "Éire", "Estonia", "united"}},
	} {
		got := slices.Clone(c.in)
		Sort(c.lang, got, func(s string) string { return s })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.lang, got, c.want)
		}
	}
}

func TestPluralsOfBothLanguages(t *testing.T) {
	want := map[string]map[int]string{
		"en": {1: "1 matter", 2: "2 matters", 5: "5 matters", 21: "21 matters"},
		"ru": {1: "1 тема", 2: "2 темы", 5: "5 тем", 21: "21 тема", 11: "11 тем", 104: "104 темы"},
	}
	for lang, cases := range want {
		for n, sentence := range cases {
			if got := For(lang).N("web.matters", n); got != sentence {
				t.Errorf("%s %d: got %q, want %q", lang, n, got, sentence)
			}
		}
	}
}

func TestPlacesAreFilledAndEscaped(t *testing.T) {
	w := For("en")
	if got := w.T("i18n.month-year", "Month", "June", "Year", 2009); got != "June 2009" {
		t.Errorf("got %q", got)
	}
	if got := w.HTML("i18n.month-year", "Month", "<b>", "Year", 2009); got != "&lt;b&gt; 2009" {
		t.Errorf("got %q: a value must not bring markup", got)
	}
	if got := For("de").Lang; got != "en" {
		t.Errorf("a language that is not spoken gives %q", got)
	}
}

// Every counted sentence has the forms that its language counts in.
func TestCountedSentencesHaveAllForms(t *testing.T) {
	forms := map[string][]string{"en": {"one", "other"}, "ru": {"few", "many", "one", "other"}}
	files, err := messages.ReadDir("message")
	if err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, f := range files {
		data, err := messages.ReadFile("message/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]any
		if err := yaml.Unmarshal(data, &entries); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		lang := strings.Split(f.Name(), ".")[1]
		for key, value := range entries {
			sentence, ok := value.(map[string]any)
			if !ok {
				continue
			}
			counted++
			got := slices.Sorted(maps.Keys(sentence))
			if !slices.Equal(got, forms[lang]) {
				t.Errorf("%s: %s has the forms %v, %s counts in %v", f.Name(), key, got, lang, forms[lang])
			}
		}
	}
	if counted < 10 {
		t.Errorf("only %d counted sentences were found", counted)
	}
}
