package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"parley/i18n"
)

var update = flag.Bool("update", false, "write testdata/golden anew; read the difference before keeping it")

// The briefings as people read them, for a small dossier with one of
// everything: testdata/golden.
func TestBriefingsReadAsBefore(t *testing.T) {
	for _, lang := range i18n.Languages {
		d := neighbours()
		for name, text := range map[string]string{
			"compare." + lang + ".txt": compareText(newBook(d, lang), laid()),
			"deals." + lang + ".txt":   dealsText(newBook(d, lang), found(d), "towns.yaml"),
		} {
			file := filepath.Join("testdata", "golden", name)
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if text != string(want) {
				t.Errorf("%s: run the test with -update and read what changed; got\n%s", file, text)
			}
			checkSheet(t, lang, text)
		}
	}
}
