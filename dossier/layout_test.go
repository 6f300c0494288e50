package dossier

import (
	"testing"

	"pgregory.net/rapid"
)

func TestQuoted(t *testing.T) {
	cases := map[string]string{
		"Water":             "Water",
		"a, b; it's (so)?":  "a, b; it's (so)?",
		"Ёлка — «да»":       "Ёлка — «да»",
		"":                  `""`,
		"2009":              `"2009"`,
		"true":              `"true"`,
		"null":              `"null"`,
		"- x":               `"- x"`,
		"x - y":             `"x - y"`,
		"a: b":              `"a: b"`,
		"a # b":             `"a # b"`,
		"[x]":               `"[x]"`,
		" x":                `" x"`,
		`she said "no": so`: `'she said "no": so'`,
		`it's "so": yes`:    `"it's \"so\": yes"`,
		`back\slash`:        `'back\slash'`,
		"a\nb":              `"a\nb"`,
		"a\u2028b":          `"a\u2028b"`,
		"a\U000e0001b":      `"a\U000E0001b"`,
		"nato/US-yields":    "nato/US-yields",
		"A+B-together":      "A+B-together",
		"-1/2":              `"-1/2"`,
	}
	for in, want := range cases {
		if got := quoted(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestAsBlock(t *testing.T) {
	cases := map[string]bool{
		"one line": false, "one\ntwo": true, "one\n\ntwo": true, "one\n\n\ntwo": false,
		"one \ntwo": false, "one\n two": false, "one\ntw\u200bo": false, "# one\n- two": true,
	}
	for in, want := range cases {
		if got := asBlock(in); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

func TestNearest(t *testing.T) {
	tiers := []string{"secondary", "important", "vital"}
	cases := []struct {
		word  string
		known []string
		want  string
	}{
		{"vitall", tiers, "vital"}, {"Vital", tiers, "vital"}, {"vtial", tiers, "vital"}, {"importent", tiers, "important"},
		{"secundari", tiers, "secondary"}, {"x", tiers, ""}, {"", tiers, ""}, {"top", tiers, ""},
		{"RU-1", []string{"RU-11", "RU-12"}, "RU-11"}, {"A", []string{"B"}, ""}, {"a", []string{"B", "A"}, "A"},
		{"США", []string{"США "}, "США "}, {"vital", nil, ""},
	}
	for _, c := range cases {
		if got := nearest(c.word, c.known); got != c.want {
			t.Errorf("%q: got %q, want %q", c.word, got, c.want)
		}
	}
}

// Edits are a distance: none to oneself, the same both ways, and one for a
// single slip.
func TestEdits(t *testing.T) {
	const far = 100
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.RuneFrom([]rune("abcé")), 0, 12)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if d := edits(a, a, far); d != 0 {
			t.Fatalf("%d to itself", d)
		}
		there, back := edits(a, b, far), edits(b, a, far)
		if there != back {
			t.Fatalf("%d there and %d back", there, back)
		}
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		if got := edits(a, b, limit); got != min(there, limit) {
			t.Fatalf("%d with the limit %d, and %d without", got, limit, there)
		}
		at := rapid.IntRange(0, len(a)).Draw(t, "at")
		slip := append(append(append([]rune{}, a[:at]...), 'x'), a[at:]...)
		if d := edits(a, slip, far); d != 1 {
			t.Fatalf("%d for one letter more", d)
		}
	})
}
