package web

import (
	"net/http"
	"strings"

	"parley/i18n"
)

// textBox is one text in one language, to be written.
type textBox struct {
	Name   string // of the input: "purpose.ru"
	Lang   string
	Tongue string // what the language calls itself
	Words  string
	Most   int // runes
	Wrong  string
	Now    string // what stands there meanwhile, where somebody else changed it

	NowLabel string
}

// textBoxes are a text in each of the languages, side by side.
func textBoxes(name string, t i18n.Text, languages []string, most int) []textBox {
	var out []textBox
	for _, l := range languages {
		out = append(out, textBox{Name: name + "." + l, Lang: l, Tongue: languageName(l), Words: t[l], Most: most})
	}
	return out
}

// textFrom reads what was written; an empty one is left out.
func textFrom(r *http.Request, name string, languages []string) i18n.Text {
	t := i18n.Text{}
	for _, l := range languages {
		words := strings.ReplaceAll(r.PostFormValue(name+"."+l), "\r\n", "\n")
		if words = strings.TrimSpace(words); words != "" {
			t[l] = words
		}
	}
	return t
}
