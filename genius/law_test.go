package genius_test

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"parley/deal"
	"parley/dossier"
	"parley/fault"
	"parley/genius"
	"parley/i18n"
)

// drawn is a rectangle as Genius has it.
type drawn struct {
	utility  int
	excludes bool
	bounds   []drawnBound
}

type drawnBound struct{ index, low, high int }

// gives is what Genius says a rectangle gives at a package, from its own source:
// a value is looked at bound by bound, both ends inside.
func (d drawn) gives(values []int) int {
	inside := true
	for _, b := range d.bounds {
		v := values[b.index-1]
		inside = inside && b.low <= v && v <= b.high
	}
	if inside != d.excludes || len(d.bounds) == 0 {
		return d.utility
	}
	return 0
}

const drawnIssues = 3

func drawnSpace(kind string, list []drawn) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<utility_space type=\"nonlinear\"><objective index=\"0\" name=\"drawn\">\n")
	for i := range drawnIssues {
		fmt.Fprintf(&b, "<issue index=\"%d\" name=\"i%d\" type=\"integer\" lowerbound=\"%d\" upperbound=\"%d\"/>\n", i+1, i+1, i, i+3)
	}
	if kind != "" {
		fmt.Fprintf(&b, "<utility maxutility=\"100\"><ufun aggregation=%q>\n", kind)
		for _, d := range list {
			fmt.Fprintf(&b, "<hyperRectangle utility=\"%d\">", d.utility)
			tag := "INCLUDES"
			if d.excludes {
				tag = "EXCLUDES"
			}
			for _, bd := range d.bounds {
				fmt.Fprintf(&b, "<%s index=\"%d\" min=\"%d\" max=\"%d\"/>", tag, bd.index, bd.low, bd.high)
			}
			b.WriteString("</hyperRectangle>\n")
		}
		b.WriteString("</ufun></utility>")
	}
	b.WriteString("</objective></utility_space>")
	return []byte(b.String())
}

func drawRectangles(t *rapid.T, kind string) []drawn {
	var out []drawn
	for n := rapid.IntRange(1, 5).Draw(t, "rectangles"); n > 0; n-- {
		d := drawn{utility: rapid.IntRange(0, 20).Draw(t, "utility")}
		if kind == "sum" {
			d.utility -= 10
			d.excludes = rapid.Bool().Draw(t, "excludes")
		}
		for k := rapid.IntRange(0, 4).Draw(t, "bounds"); k > 0; k-- {
			low := rapid.IntRange(-1, 6).Draw(t, "low")
			d.bounds = append(d.bounds, drawnBound{rapid.IntRange(1, drawnIssues).Draw(t, "issue"), low, low + rapid.IntRange(0, 4).Draw(t, "width")})
		}
		out = append(out, d)
	}
	return out
}

// TestTablesSayWhatGeniusSays compares the table with Genius's own rules on every
// package: sums of rectangles, and the largest and the smallest of them.
func TestTablesSayWhatGeniusSays(t *testing.T) {
	for _, kind := range []string{"sum", "max", "min"} {
		rapid.Check(t, func(t *rapid.T) {
			lists := [][]drawn{drawRectangles(t, kind), drawRectangles(t, kind)}
			made, err := genius.Read(genius.File{Name: "domain.xml", Data: drawnSpace("", nil)}, []genius.File{
				{Name: "a.xml", Data: drawnSpace(kind, lists[0])}, {Name: "b.xml", Data: drawnSpace(kind, lists[1])},
			}, genius.Settings{AsOf: "2026"})
			if err != nil {
				t.Fatal(err)
			}
			for n := range 4 * 4 * 4 {
				choice := []int{n % 4, n / 4 % 4, n / 16}
				values := []int{choice[0], choice[1] + 1, choice[2] + 2}
				for s, id := range []string{"a", "b"} {
					want := together(kind, lists[s], values)
					if got := valueOf(t, made.Dossier.Table, choice, id); got.Cmp(big.NewRat(int64(want), 1)) != 0 {
						t.Fatalf("%s of %s at %v: got %v, want %d", kind, id, values, got, want)
					}
				}
			}
		})
	}
}

func together(kind string, list []drawn, values []int) int {
	var given []int
	sum := 0
	for _, d := range list {
		given = append(given, d.gives(values))
		sum += d.gives(values)
	}
	switch kind {
	case "max":
		return slices.Max(given)
	case "min":
		return slices.Min(given)
	}
	return sum
}

// valueOf adds up what the written table gives a side at a package.
func valueOf(t *rapid.T, table *deal.Written, choice []int, side string) *big.Rat {
	sum := new(big.Rat)
	add := func(list []deal.SidePoints) {
		for _, p := range list {
			if string(p.Side) == side {
				sum.Add(sum, p.Value.Rat())
			}
		}
	}
	at := map[string]int{}
	ids := map[string][]string{}
	for i, is := range table.Issues {
		add(is.Options[choice[i]].Points)
		at[string(is.Topic)] = choice[i]
		for _, o := range is.Options {
			ids[string(is.Topic)] = append(ids[string(is.Topic)], o.ID)
		}
	}
	for _, r := range table.Rules {
		holds := len(r.Together) > 1
		for _, ref := range r.Together {
			among, unknown, ok := ref.Among(ids[string(ref.Topic)])
			if !ok {
				t.Fatalf("%s names no options: %q", ref, unknown)
			}
			holds = holds && slices.Contains(among, at[string(ref.Topic)])
		}
		if holds {
			add(r.Points)
		}
	}
	return sum
}

// TestEverySentenceIsThere: every mistake and notice has words in every language.
func TestEverySentenceIsThere(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\.(wrong|note)\("([a-z0-9-]+)"`).FindAllStringSubmatch(string(source), -1) {
			used[map[string]string{"wrong": "import.", "note": "import.notice."}[m[1]]+m[2]] = true
		}
	}
	if len(used) < 50 {
		t.Errorf("only %d sentences were found: the test looks in the wrong place", len(used))
	}
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for key := range used {
			if !w.Has(key) {
				t.Errorf("%s has no words for %s", lang, key)
			}
		}
		for _, key := range w.Keys() {
			rest, ours := strings.CutPrefix(key, "import.")
			if ours && !used[key] && rest != "done" && !strings.HasPrefix(rest, "source.") {
				t.Errorf("%s: nothing says %s", lang, key)
			}
		}
	}
}

// FuzzRead: whatever the files hold, either a person is told what is wrong with
// them, or the dossier reads back as it was written.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob("testdata/case/*.txt")
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		var parts [3][]byte
		for k, file := range a.Files[:min(len(a.Files)-1, 3)] {
			parts[k] = file.Data
		}
		f.Add(filepath.Ext(a.Files[0].Name), parts[0], parts[1], parts[2])
	}
	f.Fuzz(func(t *testing.T, form string, domain, one, two []byte) {
		d := genius.File{Name: "domain" + form, Data: domain}
		profiles := []genius.File{{Name: "one" + form, Data: one}, {Name: "two" + form, Data: two}}
		set := genius.Settings{AsOf: "2026-11", Reservation: true, Cap: true}
		var made *genius.Imported
		var err error
		switch form {
		case ".json":
			made, err = genius.ReadWeb(d, profiles, set)
		case ".csv":
			made, err = genius.ReadCSV(d, set)
		default:
			made, err = genius.Read(d, profiles, set)
		}
		if err != nil {
			var mistakes dossier.Mistakes
			if _, ok := fault.As(err); !ok && !errors.As(err, &mistakes) {
				t.Fatalf("an error that no person is told: %v", err)
			}
			return
		}
		again, err := dossier.Read("again.yaml", dossier.Write(made.Dossier))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(dossier.Write(again)), string(dossier.Write(made.Dossier)); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}
