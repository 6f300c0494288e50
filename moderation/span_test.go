package moderation

import (
	"strings"
	"testing"
)

// What a hint is about stands in the text as it was typed, where the span says.
func TestSpans(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Only an idiot says so.", "idiot"},
		{"So, only an Idiot.\n> an Idiot, you said\n", "Idiot"},
		{"> only an idiot\nYou are an idiot.", "idiot"},
		{"Forced by an orc.", "orc"},
		{"Так говорит только идиот, ёлки!", "идиот"},
		{"🙂🙂 Why??! Who knows.", "??!"},
		{"This\u00a0is SOMETHING THAT MATTERS A LOT now", "SOMETHING THAT MATTERS A LOT"},
		{"An id\u00adiot\u200b says so.", "id\u00adiot"},
		{"Well.\r\nYou people never listen.", "You people"},
	} {
		hints := Heat(c.text)
		if len(hints) != 1 {
			t.Errorf("%q: got %+v", c.text, hints)
			continue
		}
		start, end, ok := hints[0].Span(c.text)
		if !ok {
			t.Errorf("%q: %q is not found", c.text, hints[0].Words)
			continue
		}
		if got := string([]rune(c.text)[start:end]); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
		if quoted := strings.Index(c.text, "> "); quoted == 0 && start < strings.Index(c.text, "\n") {
			t.Errorf("%q: found in the quotation, at %d", c.text, start)
		}
	}
}

func TestWordsThatDoNotStandThere(t *testing.T) {
	for _, c := range []struct {
		text  string
		words string
	}{{"", "orc"}, {"Forces.", "orc"}, {"> orc", "orc"}, {"orc", ""}, {"An orc\xff", "orca"}} {
		if start, end, ok := (Hint{"insult", c.words}).Span(c.text); ok {
			t.Errorf("%q in %q: got %d to %d", c.words, c.text, start, end)
		}
	}
}

// Whatever was typed, a span lies inside of it.
func FuzzSpan(f *testing.F) {
	f.Add("Only an idiot says so.\n> idiot", "idiot")
	f.Add("🙂 ＩＤ\u00ad??? ", "???")
	f.Fuzz(func(t *testing.T, text, words string) {
		hints := append(Heat(text), Hint{"insult", words})
		for _, h := range hints {
			start, end, ok := h.Span(text)
			if n := len([]rune(text)); ok && (start < 0 || end <= start || end > n) {
				t.Errorf("%q in %q: %d to %d of %d", h.Words, text, start, end, n)
			}
		}
		for _, h := range hints[:len(hints)-1] {
			if _, _, ok := h.Span(text); !ok {
				t.Errorf("%+v is not found in %q", h, text)
			}
		}
	})
}
