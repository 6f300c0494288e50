package notice

import (
	"testing"

	"parley/writing"
)

func TestPlainWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                                       "",
		"<p>One</p>\n<p>two <b>three</b>.</p>":   "One two three.",
		"a &lt;b&gt; &amp; c":                    "a <b> & c",
		"<ul><li>first</li><li>second</li></ul>": "first second",
		"three &gt; two":                         "three > two",
	} {
		if got := Plain(in, 100); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := Plain("<p>каждый охотник желает знать</p>", 16); got != "каждый охотник…" {
		t.Errorf("got %q", got)
	}
	if got := Plain("ёёёёёёёё", 4); got != "ёёёё…" {
		t.Errorf("got %q", got)
	}
}

func TestPlaces(t *testing.T) {
	for want, got := range map[string]string{
		"problem/12":       Place(writing.Problem, 12, writing.Problem, 12),
		"statement/7":      Place(writing.Statement, 7, writing.Problem, 7),
		"statement/7#r":    Place(writing.Reason, 9, writing.Statement, 7) + "#r",
		"problem/12#c-14":  Place(writing.Comment, 14, writing.Problem, 12),
		"comments#c-14":    Place(writing.Comment, 14, "", 0),
		"item/14":          Place(writing.Comment, 14, "", 12),
		"action/3":         Place(writing.Action, 3, "", 0),
		"statement/5#c-14": Place(writing.Comment, 14, writing.Statement, 5),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
