package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/dossier"
	"parley/i18n"
)

func quiet(lang string) *session {
	return &session{ctx: context.Background(), in: strings.NewReader(""), out: io.Discard, errOut: io.Discard, lang: lang, w: i18n.For(lang),
		given: map[string]bool{}}
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out.txt")
	s := quiet("en")
	for _, content := range []string{"first", "second, longer"} {
		if err := (outFlag{Out: name}).write(s, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(name); string(got) != content {
			t.Errorf("got %q, want %q", got, content)
		}
	}
	if err := (outFlag{Out: filepath.Join(dir, "no", "out.txt")}).write(s, nil); err == nil || !strings.Contains(err.Error(), "there is no such file or folder") {
		t.Errorf("got %v", err)
	}
	if err := (outFlag{Out: dir}).write(s, []byte("x")); err == nil {
		t.Error("a folder was written to")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := (outFlag{Out: os.DevNull}).write(s, []byte("x")); err != nil {
		t.Errorf("a device cannot be written to: %v", err)
	}
}

func TestAHyphenIsStandardOutput(t *testing.T) {
	for _, name := range []string{"", "-"} {
		var b bytes.Buffer
		s := quiet("en")
		s.out = &b
		if err := (outFlag{Out: name}).write(s, []byte("x")); err != nil || b.String() != "x" {
			t.Errorf("%q: got %q, %v", name, &b, err)
		}
	}
}

func TestJSONEndsInALineBreak(t *testing.T) {
	got, err := inJSON(map[string]int{"a": 1})
	if err != nil || string(got) != "{\n  \"a\": 1\n}\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReadingADossier(t *testing.T) {
	s := quiet("en")
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "none.yaml"): "there is no such file",
		dir:                             "is a folder",
	} {
		if _, err := s.read(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	s.in = strings.NewReader("dossier: 2\n")
	_, err := s.read("-")
	var m dossier.Mistakes
	if !errors.As(err, &m) || m[0].File != "standard input" {
		t.Errorf("got %v", err)
	}
	s.in = io.LimitReader(endless{}, 1<<40)
	if _, err := s.read("-"); err == nil || !strings.Contains(err.Error(), "4 MiB") {
		t.Errorf("endless input: got %v", err)
	}
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '#'
	}
	return len(b), nil
}

func TestWaitingForInputCanBeStopped(t *testing.T) {
	s := quiet("en")
	in, out := io.Pipe()
	defer out.Close()
	ctx, cancel := context.WithCancel(context.Background())
	s.ctx, s.in = ctx, in
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := s.read("-"); err == nil {
		t.Error("no error")
	}
}

func TestWhereTheDataIs(t *testing.T) {
	const address = "postgres://u:secret@host/db"
	for _, c := range []struct {
		name  string
		flags dataFlags
		given []string
		want  dataFlags
		err   string
	}{
		{"folder", dataFlags{Data: "d"}, []string{"data"}, dataFlags{Data: "d"}, ""},
		{"database", dataFlags{Database: address}, nil, dataFlags{Database: address}, ""},
		{"long scheme", dataFlags{Database: "postgresql://h/d"}, nil, dataFlags{Database: "postgresql://h/d"}, ""},
		{"folder before the environment", dataFlags{Data: "d", Database: address}, []string{"data"}, dataFlags{Data: "d"}, ""},
		{"database before the environment", dataFlags{Data: "d", Database: address}, []string{"database"}, dataFlags{Database: address}, ""},
		{"both given", dataFlags{Data: "d", Database: address}, []string{"data", "database"}, dataFlags{}, "not both"},
		{"both in the environment", dataFlags{Data: "d", Database: address}, nil, dataFlags{}, "not both"},
		{"neither", dataFlags{}, nil, dataFlags{}, "--data DIR or --database URL"},
		{"another database", dataFlags{Database: "mysql://h"}, nil, dataFlags{}, "postgres://"},
	} {
		s := quiet("en")
		for _, g := range c.given {
			s.given[g] = true
		}
		got := c.flags
		err := got.settle(s)
		if c.err == "" && (err != nil || got != c.want) {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
		}
		if c.err != "" && (!errors.As(err, new(usageError)) || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.err)
		}
	}
	f := dataFlags{Database: address}
	if got := f.withoutPassword("cannot reach " + address + " as u:secret"); strings.Contains(got, "secret") || !strings.Contains(got, "host/db") {
		t.Errorf("got %s", got)
	}
	f.Database = "postgres://u:se%cret@host"
	if got := f.withoutPassword("bad address " + f.Database); strings.Contains(got, "cret") {
		t.Errorf("got %s", got)
	}
}

func TestAMessageIsOneLine(t *testing.T) {
	if got, want := oneLine("cannot connect:\n\thost: refused\n\thost: refused\n"), "cannot connect: host: refused"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMistakesStandBare(t *testing.T) {
	mistake := dossier.Mistake{
		File: "a.yaml", Line: 3, Column: 7,
		What:    i18n.Sentence{Key: "dossier.wrong.tab"},
		Instead: i18n.Sentence{Key: "dossier.instead.word", Pairs: []any{"Word", "y"}},
	}
	for lang, want := range map[string]string{
		"en": `a.yaml:3:7: a tab; write y instead
a.yaml:3:7: a tab; write y instead
parley: a.yaml: 2 mistakes
parley: b.yaml: no such file
`,
		"ru": `a.yaml:3:7: знак табуляции; напишите y
a.yaml:3:7: знак табуляции; напишите y
parley: a.yaml: 2 ошибки
parley: b.yaml: no such file
`,
	} {
		var b bytes.Buffer
		s := quiet(lang)
		s.errOut = &b
		s.complain(many{dossier.Mistakes{mistake, mistake}, errors.New("b.yaml: no such file")})
		if got := b.String(); got != want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", lang, got, want)
		}
	}
}
