package mail_test

import (
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
			args := map[string]string{"Link": "/" + lang + "/x", "From": "somewhere", "Message": "hello"}
			w, err := mail.Write(&store.Letter{Kind: kind, Lang: lang, Args: args}, "https://parley.example")
			if err != nil {
				t.Errorf("%s %s: %v", lang, kind, err)
			}
			if w.Subject != i18n.For(lang).T("letter.subject") || w.Lang != lang {
				t.Errorf("%s %s: got %q in %q", lang, kind, w.Subject, w.Lang)
			}
			for _, words := range []string{w.Text, w.HTML} {
				if strings.Contains(words, "{{") || strings.Contains(words, "<no value>") || !strings.Contains(words, "https://parley.example/"+lang+"/x") {
					t.Errorf("%s %s: got %q", lang, kind, words)
				}
			}
		}
	}
	if kinds < 20 {
		t.Errorf("only %d letters", kinds)
	}
}
