package main

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"Russia", 6},
		{"Россия", 6},
		{"й", 1},
		{"и\u0306", 1}, // the same letter in two code points
		{"日本", 4},
		{"soft\u00adhyphen", 10},
		{"\u00a012", 3},
	} {
		if got := columns(c.text); got != c.want {
			t.Errorf("columns(%q): got %d, want %d", c.text, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		limit int
		want  []string
	}{
		{"nothing", "", 10, []string{""}},
		{"one line", "a b c", 10, []string{"a b c"}},
		{"at a space", "alpha beta gamma", 11, []string{"alpha beta", "gamma"}},
		{"line breaks are spaces", "alpha\nbeta", 20, []string{"alpha beta"}},
		{"no-break space holds", "12\u00a0345 rankings", 9, []string{"12\u00a0345", "rankings"}},
		{"long word", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"long word at its hyphen", "us-russia-2009-long", 12, []string{"us-russia-", "2009-long"}},
		{"Russian", "шаг навстречу по теме", 13, []string{"шаг навстречу", "по теме"}},
		{"wide letters", "日本 日本", 5, []string{"日本", "日本"}},
	} {
		if got := wrap(c.text, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// No line is wider than the limit, and no letter is lost or added.
func TestWrapKeepsLettersAndLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aбв -/\n\u00a0日й\u0306"))).Draw(t, "text")
		limit := rapid.IntRange(2, 20).Draw(t, "limit")
		lines := wrap(text, limit)
		for _, l := range lines {
			if columns(l) > limit {
				t.Fatalf("line %q has %d columns, limit %d", l, columns(l), limit)
			}
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got, want := squeeze(strings.Join(lines, "")), squeeze(text); got != want {
			t.Fatalf("letters changed: got %q, want %q", got, want)
		}
	})
}

func TestPrintableDropsWhatSteersATerminal(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "plain",
		"red \x1b[31mletters": "red [31mletters",
		"two\nlines":          "two lines",
		"turned \u202eback":   "turned back",
		"Украина: «приписанный»": "Украина: «приписанный»",
		"bell\a and c1 \u009b2J": "bell and c1 2J",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q): got %q, want %q", in, got, want)
		}
	}
}
