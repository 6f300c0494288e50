package dossier_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/dossier"
)

// Nothing that a hostile file may hold takes long or ends the program. The
// times are far above what is measured, for slow machines.
func TestHostileFilesAreRefusedQuickly(t *testing.T) {
	const size = dossier.MaxBytes - 100
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	cases := []struct{ name, text, want string }{
		{"50 MB", strings.Repeat("a: b\n", 10_000_000), "x.yaml:1:1: the file has 50000000 bytes, and a dossier has at most 4194304 (4 MiB)"},
		{"alias bomb", aliasBomb(), "x.yaml:2:5: anchors (&) and aliases (*) are not part of the form"},
		{"brackets", fill("["), "x.yaml:1:1: the file has more than 500000 parts"},
		{"fewer brackets", strings.Repeat("[", 200_000), "x.yaml:1:17: brackets stand in each other more than 16 deep"},
		{"braces", strings.Repeat("{a: ", 200_000), "x.yaml:1:65: brackets stand in each other more than 16 deep"},
		{"dashes", strings.Repeat("- ", 200_000), "x.yaml:1:65: indented by more than 64 columns"},
		{"stairs", stairs(1200), "x.yaml:65:65: indented by more than 64 columns"},
		{"keys", strings.Repeat("k:\n", 200_000), "x.yaml:101:2: more than 100 entries without a value"},
		{"keys with values", numbered(60_000), "x.yaml:257:1: a mapping of more than 256 keys"},
		{"colons", strings.Repeat("a: ", 200_000), "x.yaml:1:67: indented by more than 64 columns"},
		{"long key", strings.Repeat("k", 1<<20) + ": {a: b}", "x.yaml:1:1: a key of more than 100 characters"},
		{"words in braces", "{" + strings.Repeat("a, ", 200_000) + "}", "more than 100 entries without a value"},
		{"list of nothing", strings.Repeat("-\n", 200_000), "more than 100 entries without a value"},
		{"empty lines in a block", "a: |\n  x\n" + fill("\n"), "x.yaml:103:1: more than 100 empty lines in a row"},
		{"angle brackets", fill("<"), `x.yaml:1:101: more than 100 "<" in a row`},
		{"tabs in quotes", `a: "` + fill("\t"), "x.yaml:1:5: a tab"},
		{"one long text", `a: "` + fill("x") + `"`, `x.yaml:1:1: the file has no key "a"`},
		{"one long line", fill("x"), "x.yaml:1:1: the file is a single value and not a mapping"},
		{"lines of text", "a: " + strings.Repeat("x\n ", 200_000), `x.yaml:1:1: the file has no key "a"`},
		{"comments", strings.Repeat("# x\n", 200_000) + "a: b", `x.yaml:200001:1: the file has no key "a"`},
		{"list", "dossier: [" + strings.Repeat("a,", 200_000) + "]", "the version of the form is a list"},
		{"block list", "dossier:\n" + strings.Repeat("- a\n", 200_000), "the version of the form is a list"},
		{"texts in quotes", "a: [" + strings.Repeat(`"é",`, 100_000) + "]", `x.yaml:1:1: the file has no key "a"`},
		{"escapes in quotes", "a: [" + strings.Repeat(`"\\\x41",`, 100_000) + "]", `x.yaml:1:1: the file has no key "a"`},
		{"quotes", "a: " + strings.Repeat("''", 200_000), `x.yaml:1:1: the file has no key "a"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, err := dossier.Read("x.yaml", []byte(c.text))
			took := time.Since(start)
			t.Logf("%d bytes in %v", len(c.text), took)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %.300v, want %s", err, c.want)
			}
			if took > time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString("dossier: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 60; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String()
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "k:\n")
	}
	return b.String()
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1\n", i)
	}
	return b.String()
}

// large is a valid dossier of close to the largest size.
func large(tb testing.TB) []byte {
	tb.Helper()
	var b strings.Builder
	b.WriteString("dossier: 1\ndialogue: {id: large, title: Large, languages: [en, ru], as_of: 2025}\nsides:\n")
	for s := range 4 {
		fmt.Fprintf(&b, "  - {id: S%d, name: Side %d}\n", s, s)
	}
	b.WriteString("registers:\n")
	note := strings.Repeat("words of a note, ", 20)
	for s := range 4 {
		fmt.Fprintf(&b, "  - subject: S%d\n    author: {side: S%d}\n    date: 2025\n    interests:\n", s, s)
		for i := range 1250 {
			fmt.Fprintf(&b, "      - id: S%d-%d\n        title: {en: An interest, ru: Интерес стороны}\n        note: %s\n        tier: vital\n        counterparts:\n", s, i, note)
			for o := range 4 {
				if o != s {
					fmt.Fprintf(&b, "          S%d: {role: [minor, key], effect: hinders, priority: high, alignment: opposed}\n", o)
				}
			}
		}
	}
	b.WriteString("topics:\n")
	for i := range 1250 {
		fmt.Fprintf(&b, "  - id: t%d\n    title: {en: A topic, ru: Тема}\n    interests: [S0-%d, S1-%d, S2-%d, S3-%d]\n    relation: shared\n    minimum: 2\n", i, i, i, i, i)
	}
	b.WriteString("table:\n  rules:\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "    - {option: t%d/together, requires: t%d/S0+S1-together}\n", i, i+1)
	}
	if b.Len() > dossier.MaxBytes {
		tb.Fatalf("%d bytes", b.Len())
	}
	return []byte(b.String())
}

func TestLargestFileIsRead(t *testing.T) {
	text := large(t)
	start := time.Now()
	d, err := dossier.Read("x.yaml", text)
	if err != nil {
		t.Fatalf("%.500v", err)
	}
	t.Logf("%d bytes in %v", len(text), time.Since(start))
	if n := len(d.Topics); n != 1250 {
		t.Errorf("%d topics", n)
	}
}

func BenchmarkReadLargest(b *testing.B) {
	text := large(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dossier.Read("x.yaml", text); err != nil {
			b.Fatal(err)
		}
	}
}

func TestHowManyThereMayBe(t *testing.T) {
	repeat := func(n int, f string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, f, i)
		}
		return b.String()
	}
	sides := func(n int) string {
		return "dossier: 1\ndialogue: {id: x, title: X, languages: [en], as_of: 2025}\nsides:\n" + repeat(n, "  - {id: S%d, name: N}\n")
	}
	issue := func(n int) string {
		return "table: {issues: [{id: i, title: I, options: [" + repeat(n, "{id: o%d}, ") + "]}]}\n"
	}
	registers := func(n int) string {
		return "registers:\n" + repeat(n, "  - {subject: S%[1]d, author: S, date: 2025, interests: [{id: I%[1]d, title: x}]}\n")
	}
	topic := func(n, minimum int) string {
		ids := strings.TrimSuffix(repeat(n, "I%d, "), ", ")
		return fmt.Sprintf("topics: [{id: t, title: T, interests: [%s], relation: shared, minimum: %d}]\n", ids, minimum)
	}
	interests := func(n int) string {
		half := repeat(n/2, "      - {id: A%d, title: x}\n")
		rest := repeat(n-n/2, "      - {id: B%d, title: x}\n")
		return "registers:\n  - subject: S0\n    author: S\n    date: 2025\n    interests:\n" + half + "  - subject: S1\n    author: S\n    date: 2025\n    interests:\n" + rest
	}
	cases := []struct{ name, text, want string }{
		{"12 sides", sides(12), ""},
		{"13 sides", sides(13), "x.yaml:4:3: sides has 13 entries, and may have at most 12; write fewer of them instead"},
		{"200 options", sides(2) + issue(200), ""},
		{"201 options", sides(2) + issue(201), "x.yaml:6:45: options has 201 entries, and may have at most 200; write fewer of them instead"},
		{"5,000 interests", sides(2) + interests(5000), ""},
		{"5,001 interests", sides(2) + interests(5001), "x.yaml:7:3: the registers have 5001 interests together, and may have at most 5000; write fewer of them instead"},
		{"2,000 topics", sides(2) + interests(2) + "topics:\n" + repeat(2000, "  - {id: t%d, title: T, interests: [A0, B0], relation: shared}\n"), ""},
		{"2,001 topics", sides(2) + interests(2) + "topics:\n" + repeat(2001, "  - {id: t%d, title: T, interests: [A0, B0], relation: shared}\n"),
			"x.yaml:18:3: topics has 2001 entries, and may have at most 2000; write fewer of them instead"},
		{"163 groupings", sides(8) + registers(8) + topic(8, 4), ""},
		{"247 groupings", sides(8) + registers(8) + topic(8, 2),
			"x.yaml:21:100: minimum is 2, which makes more than 200 options out of 8 sides; write a whole number from 4 to 8 instead"},
		{"a text of 10,000", sides(2) + "named: [{id: n, as: ask, by: B, title: " + strings.Repeat("ы", 10_000) + "}]", ""},
		{"a text of 10,001", sides(2) + "named: [{id: n, as: ask, by: B, title: " + strings.Repeat("ы", 10_001) + "}]",
			"x.yaml:6:40: the title has 10001 characters, and may have at most 10000; write less instead"},
		{"an id of 64", sides(2) + "named: [{id: " + strings.Repeat("x", 64) + ", as: ask, by: B, title: T}]", ""},
		{"an id of 65", sides(2) + "named: [{id: " + strings.Repeat("x", 65) + ", as: ask, by: B, title: T}]",
			`x.yaml:6:14: the id "` + strings.Repeat("x", 40) + `..." cannot be an id; write 1 to 64 of the letters A-Z and a-z, digits and - _ . instead, a letter or digit first`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := dossier.Read("x.yaml", []byte(c.text))
			if got := fmt.Sprint(err); err == nil && c.want != "" || err != nil && got != c.want {
				t.Errorf("got %.400s, want %s", got, c.want)
			}
		})
	}
}

// A file in braces that would be too large to be read again once it is written
// in the canonical form is refused at once.
func TestFileThatGrowsTooLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString("dossier: 1\ndialogue: {id: x, title: X, languages: [en], as_of: 2025}\nsides: [{id: A, name: A}, {id: B, name: B}]\n")
	b.WriteString("registers: [{subject: A, author: A, date: 2025, interests: [{id: A1, title: x}]}]\ntopics:\n")
	affected := strings.TrimSuffix(strings.Repeat("x,", 100), ",")
	for i := range 2000 {
		fmt.Fprintf(&b, "- {id: t%d, title: T, interests: [A1], relation: one-sided, affects: [%s]}\n", i, affected)
	}
	_, err := dossier.Read("x.yaml", []byte(b.String()))
	if err != nil {
		t.Fatalf("%d bytes: %.300v", b.Len(), err)
	}
	long := strings.ReplaceAll(b.String(), "title: T", "title: "+strings.Repeat("T", 1200))
	_, err = dossier.Read("x.yaml", []byte(long))
	if want := "when it is written out in full"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%d bytes: got %.300v, want %s", len(long), err, want)
	}
}
