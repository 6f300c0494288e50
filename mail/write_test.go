package mail_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parley/i18n"
	"parley/mail"
	"parley/store"
)

// Every letter has words in both languages, and the subject of every one is the
// same and says nothing.
func TestEveryLetterInBothLanguages(t *testing.T) {
	kinds := 0
	for _, lang := range i18n.Languages {
		for _, key := range i18n.For(lang).Keys() {
			kind, ok := strings.CutPrefix(key, "letter.")
			if !ok || kind == "subject" || kind == "foot" {
				continue
			}
			kinds++
			link := "/x"
			if kind == store.NoticeLetter || kind == store.DigestLetter {
				link = "/notices" // they lead to what happened
			}
			args := map[string]string{"Link": "/" + lang + "/x", "From": "somewhere", "Message": "hello"}
			w, err := mail.Write(&store.Letter{Kind: kind, Lang: lang, Args: args}, "https://parley.example")
			if err != nil {
				t.Errorf("%s %s: %v", lang, kind, err)
			}
			if w.Subject != i18n.For(lang).T("letter.subject") || w.Lang != lang {
				t.Errorf("%s %s: got %q in %q", lang, kind, w.Subject, w.Lang)
			}
			for _, words := range []string{w.Text, w.HTML} {
				if strings.Contains(words, "{{") || strings.Contains(words, "<no value>") || !strings.Contains(words, "https://parley.example/"+lang+link) {
					t.Errorf("%s %s: got %q", lang, kind, words)
				}
			}
		}
	}
	if kinds < 30 {
		t.Errorf("only %d letters", kinds)
	}
}

// Every letter that the store writes has words, and there are no words for others.
func TestEveryLetterOfTheStoreHasWords(t *testing.T) {
	files, err := filepath.Glob("../store/*.go")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]bool{}
	kind := regexp.MustCompile(`(?:Kind: |Letter = |\btell\((?:\w+, )+)"([a-z-]+)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range kind.FindAllStringSubmatch(string(source), -1) {
			written[m[1]] = m[1] != "interest" // the kind of a text
		}
	}
	words := i18n.For("en")
	for k, is := range written {
		if is && !words.Has("letter."+k) {
			t.Errorf("the store writes %q, and there are no words for it", k)
		}
	}
	for _, key := range words.Keys() {
		if k, ok := strings.CutPrefix(key, "letter."); ok && k != "subject" && k != "foot" && !written[k] {
			t.Errorf("there are words for %q, and nobody writes it", k)
		}
	}
}
