package dossier_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
)

// FuzzRead never panics, says about every file either what is wrong with it, at
// a place that exists, or reads it; and what it reads it writes so that it
// reads back equal.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	files, err := filepath.Glob("testdata/seed/*.yaml")
	if err != nil || len(files) < 5 {
		f.Fatalf("seeds: %v, %v", files, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}

// Whole dossiers with a few lines damaged come close to every check.
func TestDamagedFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.Split(string(dossier.Write(dossiertest.Generate(t))), "\n")
		for n := rapid.IntRange(1, 3).Draw(t, "damages"); n > 0; n-- {
			lines = damage(t, lines)
		}
		checkRead(t, []byte(strings.Join(lines, "\n")))
	})
}

func damage(t *rapid.T, lines []string) []string {
	at := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
	other := lines[rapid.IntRange(0, len(lines)-1).Draw(t, "other line")]
	line := lines[at]
	cut := rapid.IntRange(0, len(line)).Draw(t, "cut")
	switch rapid.IntRange(0, 6).Draw(t, "damage") {
	case 0:
		return slices.Delete(slices.Clone(lines), at, at+1)
	case 1:
		return slices.Insert(slices.Clone(lines), at, other)
	case 2:
		line = other
	case 3:
		line = line[:cut]
	case 4:
		line = "  " + line
	case 5:
		line = strings.TrimPrefix(line, "  ")
	case 6:
		line = line[:cut] + rapid.SampledFrom([]string{":", ": ", "- ", "{", "}", "[", "]", ",", "'", "\"", "#", " #", "|", ">", "&a", "*a", "!a", "<<", "~", "\\", "0", "é"}).Draw(t, "mark") + line[cut:]
	}
	out := slices.Clone(lines)
	out[at] = line
	return out
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkRead reads a file, and what is read must be written so that it reads
// back equal.
func checkRead(t failer, data []byte) {
	t.Helper()
	d, err := dossier.Read("x.yaml", data)
	if err != nil {
		checkMistakes(t, data, err)
		return
	}
	text := dossier.Write(d)
	again, err := dossier.Read("y.yaml", text)
	if err != nil {
		t.Fatalf("what was written is not read: %v\n%s", err, text)
	}
	if !reflect.DeepEqual(again, d) {
		t.Fatalf("read back as\n%+v\nwas\n%+v\n%s", again, d, text)
	}
	if twice := dossier.Write(again); !bytes.Equal(twice, text) {
		t.Fatalf("written again as\n%s\nwas\n%s", twice, text)
	}
	if c := dossier.Difference(d, again); len(c) > 0 {
		t.Fatalf("differs from itself: %v", c)
	}
}

func checkMistakes(t failer, data []byte, err error) {
	t.Helper()
	var m dossier.Mistakes
	if !errors.As(err, &m) || len(m) == 0 {
		t.Fatalf("%T is no list of mistakes", err)
	}
	lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + 1
	last := m[0]
	for _, x := range m {
		if x.Line < 1 || x.Column < 1 || x.Line > lines+1 || x.What.Key == "" || x.Instead.Key == "" {
			t.Fatalf("%+v in a file of %d lines", x, lines)
		}
		if x.Line < last.Line || x.Line == last.Line && x.Column < last.Column {
			t.Fatalf("%+v stands after %+v", x, last)
		}
		last = x
	}
	if !utf8.ValidString(err.Error()) {
		t.Fatalf("%q is not UTF-8", err)
	}
}
