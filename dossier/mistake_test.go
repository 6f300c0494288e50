package dossier_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/fault"
	"parley/i18n"
)

type mistakeCase struct {
	name           string
	old, new, file []string
	want           []string
	russian        []string // where it is checked, too
}

// text is the file of the case.
func (c mistakeCase) text(t *testing.T) string {
	t.Helper()
	if c.old == nil {
		return plain(t, c.file)
	}
	old := plain(t, c.old)
	if n := strings.Count(small, old); n != 1 {
		t.Fatalf("%q stands %d times in the small dossier", old, n)
	}
	return strings.Replace(small, old, plain(t, c.new), 1)
}

// plain joins lines and reads their backslashes.
func plain(t *testing.T, lines []string) string {
	t.Helper()
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.Join(lines, `\n`), `"`, `\"`) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mistakeCases(t *testing.T) []mistakeCase {
	t.Helper()
	b, err := os.ReadFile("testdata/mistakes.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []mistakeCase
	for line := range strings.SplitSeq(string(b), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		if mark == "##" {
			out = append(out, mistakeCase{name: rest})
		}
		if len(out) == 0 {
			continue
		}
		c := &out[len(out)-1]
		switch mark {
		case "-":
			c.old = append(c.old, rest)
		case "+":
			c.new = append(c.new, rest)
		case "=":
			c.file = append(c.file, rest)
		case ">":
			c.want = append(c.want, "x.yaml:"+rest)
		case "~":
			c.russian = append(c.russian, "x.yaml:"+rest)
		}
	}
	return out
}

func TestMistakes(t *testing.T) {
	cases := mistakeCases(t)
	if len(cases) < 150 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := dossier.Read("x.yaml", []byte(c.text(t)))
			if d != nil || err == nil {
				t.Fatal("it was read")
			}
			var m dossier.Mistakes
			if !errors.As(err, &m) {
				t.Fatalf("%T is no list of mistakes", err)
			}
			if got, want := err.Error(), strings.Join(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			got, want := m.In(i18n.For("ru")), strings.Join(c.russian, "\n")
			if want != "" && got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for _, x := range m {
				for _, s := range []i18n.Sentence{x.What, x.Instead} {
					if said := i18n.For("ru").Say(s); !russian.MatchString(said) || strings.Contains(said, "<no value>") {
						t.Errorf("%s is said in Russian as %q", s.Key, said)
					}
				}
			}
		})
	}
}

// russian is one letter of it.
var russian = regexp.MustCompile(`\p{Cyrillic}`)

func TestFiftyMistakesAreShown(t *testing.T) {
	text := strings.Replace(small, "named:\n", "colour: red\nnamed:\n"+strings.Repeat("  - {id: ferry}\n", 40), 1)
	_, err := dossier.Read("x.yaml", []byte(text))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 51 || lines[50] != "and 111 more" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	var m dossier.Mistakes
	if errors.As(err, &m); len(m) != 161 {
		t.Errorf("%d mistakes", len(m))
	}
	if said := m.In(i18n.For("ru")); !strings.HasSuffix(said, "\nи ещё 111") {
		t.Errorf("got %q", said)
	}
}

// A change that leaves the dialogue unfit is told in the language of whoever made it.
func TestUnfitChangesAreToldInEveryLanguage(t *testing.T) {
	d, err := dossier.Read("x.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	d.Dialogue.AsOf = "2026-02-30"
	f, ok := fault.As(dossier.Check(d))
	if !ok || f.Key != "edit.unfit" {
		t.Fatalf("got %v", f)
	}
	if want := "as_of 2026-02-30 does not exist in the calendar; write a date such as 2009, 2009-06 or 2009-06-15 instead"; f.Detail != want {
		t.Errorf("got %q, want %q", f.Detail, want)
	}
	for lang, want := range map[string]string{
		"en": "as_of 2026-02-30 does not exist in the calendar.",
		"ru": "as_of: даты 2026-02-30 в календаре нет.",
	} {
		if got := i18n.For(lang).T(f.Key, "What", f.Args["What"]); !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q at its end", got, want)
		}
	}
}

func ExampleRead() {
	_, err := dossier.Read("river.yaml", []byte(`dossier: 1
dialogue: {id: river, title: The river, languages: [en], as_of: 2025-13}
sides:
  - {id: A, name: Upper town}
  - {id: B, nam: Lower town}
`))
	fmt.Println(err)
	// Output:
	// river.yaml:2:65: as_of 2025-13 does not exist in the calendar; write a date such as 2009, 2009-06 or 2009-06-15 instead
	// river.yaml:5:5: a side lacks the key name; write "name: ..." in it
	// river.yaml:5:13: a side has no key "nam"; write name instead
}

var scaleWord = regexp.MustCompile(`\b(?:tier|horizon|role|effect|priority|tone|alignment|relation): ([a-z-]+)`)

// A mistake stands exactly where the wrong word stands, counted in characters.
func TestPlacesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(dossier.Write(dossiertest.Generate(t)))
		found := scaleWord.FindAllStringSubmatchIndex(text, -1)
		if len(found) == 0 {
			t.Skip("no word of a scale")
		}
		at := rapid.SampledFrom(found).Draw(t, "word")
		before := text[:at[2]]
		line := strings.Count(before, "\n") + 1
		column := utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1
		_, err := dossier.Read("x.yaml", []byte(before+"zq"+text[at[3]:]))
		if want := fmt.Sprintf(`x.yaml:%d:%d: `, line, column); err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("got %v, want %s\n%s", err, want, text)
		}
	})
}
