package examples

import (
	"os"
	"path"
	"reflect"
	"strings"
	"testing"

	"parley/dossier"
	"parley/i18n"
)

// load reads a dossier and fails the test on the first mistake in it.
func load(t *testing.T, name string, data []byte) *dossier.Dossier {
	t.Helper()
	d, err := dossier.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func example(t *testing.T, name string) *dossier.Dossier {
	t.Helper()
	data, err := Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return load(t, name, data)
}

func fixture(t *testing.T, name string) *dossier.Dossier {
	t.Helper()
	data, err := os.ReadFile(path.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return load(t, name, data)
}

func TestHistoricalComesFirst(t *testing.T) {
	var names []string
	for _, e := range All() {
		names = append(names, e.Name)
		d := load(t, e.Name, e.Data)
		if want := string(d.Dialogue.ID) + ".yaml"; e.Name != want {
			t.Errorf("the file is called %q, want %q after its dialogue", e.Name, want)
		}
	}
	if got, want := strings.Join(names, " "), "us-russia-2009.yaml three-towns.yaml china-eu-russia-us-2009.yaml"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEveryTextIsInBothLanguages(t *testing.T) {
	dossiers := map[string]*dossier.Dossier{}
	for _, e := range All() {
		dossiers[e.Name] = load(t, e.Name, e.Data)
	}
	for _, name := range []string{"four-sides.yaml", "panama.yaml"} {
		dossiers[name] = fixture(t, name)
	}
	for name, d := range dossiers {
		seen := 0
		eachText(reflect.ValueOf(d), name, func(where string, text i18n.Text) {
			seen++
			for _, lang := range i18n.Languages {
				if words := text[lang]; words == "" || words != strings.TrimSpace(words) {
					t.Errorf("%s: %s: got %q", where, lang, words)
				}
			}
			if isCyrillic(text["en"]) || !isCyrillic(text["ru"]) {
				t.Errorf("%s: languages changed places: %v", where, text)
			}
		})
		if seen < 10 {
			t.Errorf("%s: %d texts looked at, want all of them", name, seen)
		}
	}
}

// eachText calls f for every text that is not empty, anywhere below v.
func eachText(v reflect.Value, where string, f func(string, i18n.Text)) {
	if text, ok := v.Interface().(i18n.Text); ok {
		if len(text) > 0 {
			f(where, text)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), where, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), where, f)
		}
	case reflect.Struct:
		if id := v.FieldByName("ID"); id.IsValid() {
			where += " " + id.String()
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachText(v.Field(i), where+" "+v.Type().Field(i).Name, f)
			}
		}
	}
}

func isCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 'А' <= r && r <= 'я' })
}
