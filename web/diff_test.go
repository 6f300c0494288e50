package web

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// shown writes a comparison as [went]{came}.
func shown(list []stretch) string {
	var b strings.Builder
	for _, s := range list {
		switch {
		case s.Went:
			b.WriteString("[" + s.Words + "]")
		case s.Came:
			b.WriteString("{" + s.Words + "}")
		default:
			b.WriteString(s.Words)
		}
	}
	return b.String()
}

func TestWordsAreComparedOneByOne(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"same", "same", "same"},
		{"", "new", "{new}"},
		{"old", "", "[old]"},
		{"the old river", "the new river", "the [old]{new} river"},
		{"Воды мало.", "Воды очень мало.", "Воды {очень }мало."},
		{"a b c d", "a x y d", "a [b c]{x y} d"},
		{"one, two", "one; two", "one[,]{;} two"},
	} {
		if got := shown(compareWords(c.before, c.after)); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

// TestNothingIsLostInAComparison puts both texts together again, for random ones
// and for one that is too long to be compared.
func TestNothingIsLostInAComparison(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString([]string{"вода", "a", " ", "\n", ".", "é", "🙂", "two "}[r.IntN(8)])
		}
		return b.String()
	}
	for i := range 500 {
		n := 1 + r.IntN(40)
		if i == 0 {
			n = 3 * mostCompared
		}
		before, after := text(n), text(n)
		var was, is string
		for _, s := range compareWords(before, after) {
			if !s.Came {
				was += s.Words
			}
			if !s.Went {
				is += s.Words
			}
		}
		if was != before || is != after {
			t.Fatalf("%q to %q: %q and %q", before, after, was, is)
		}
	}
}
