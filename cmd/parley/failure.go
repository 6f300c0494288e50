package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"parley/dossier"
	"parley/fault"
	"parley/i18n"
)

// usageError is a mistake in the command itself: exit code 2.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// wrong makes a usage error from a sentence of the catalogue.
func (s *session) wrong(key string, pairs ...any) error {
	return usageError{errors.New(s.t(key, pairs...))}
}

// cannot makes an error of exit code 1 from a sentence of the catalogue.
func (s *session) cannot(key string, pairs ...any) error { return errors.New(s.t(key, pairs...)) }

// complain writes an error for people: what is wrong, and what to do. Mistakes
// in a file stand bare, one a line, so that editors find their places.
func (s *session) complain(err error) {
	var several many
	if errors.As(err, &several) {
		for _, e := range several {
			s.complain(e)
		}
		return
	}
	text := err.Error()
	var mistakes dossier.Mistakes
	if errors.As(err, &mistakes) && len(mistakes) > 0 {
		for _, line := range strings.Split(mistakes.In(s.w), "\n") {
			fmt.Fprintln(s.errOut, printable(line))
		}
		text = s.w.N("cli.check.mistakes", len(mistakes), "File", mistakes[0].File)
	}
	if f, ok := fault.As(err); ok && f.Detail != "" {
		text = s.faultText(f)
	}
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if i == 0 {
			line = "parley: " + line
		}
		fmt.Fprintln(s.errOut, printable(line))
	}
}

// faultText is a fault in the reader's language, where the catalogue has it;
// its detail is English and says the most.
func (s *session) faultText(f *fault.Fault) string {
	if s.w.Lang == "en" || !s.w.Has(f.Key) {
		return f.Detail
	}
	var pairs []any
	for name, value := range f.Args {
		pairs = append(pairs, name, value)
	}
	return s.w.T(f.Key, pairs...)
}

// bug is what people read where the program itself is at fault: where it
// happened, and never a stack trace.
func bug(w *i18n.Words, r any) error {
	return errors.New(w.T("cli.bug", "What", fmt.Sprint(r), "Where", culprit(), "Version", version()))
}

// culprit is the innermost line of parley's own code under a panic.
func culprit() string {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
	panicking := false
	for {
		f, more := frames.Next()
		if panicking && (strings.HasPrefix(f.Function, "parley/") || strings.HasPrefix(f.Function, "main.")) {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
		panicking = panicking || f.Function == "runtime.gopanic"
		if !more {
			return "?"
		}
	}
}

// usageForms are what the flags' reader says, and the sentence for each: places
// name the parts in brackets.
var usageForms = []struct {
	form   *regexp.Regexp
	key    string
	places []string
}{
	{regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "usage.unknown-flag", []string{"Flag", "Near"}},
	{regexp.MustCompile(`^unexpected argument (.+?)(?:, did you mean (?:one of )?(.+)\?)?$`), "usage.unexpected", []string{"Word", "Near"}},
	{regexp.MustCompile(`^expected "<(\w+)>.*"`), "usage.missing", []string{"Arg"}},
	{regexp.MustCompile(`^expected one of `), "usage.no-command", nil},
	{regexp.MustCompile(`^<([\w-]+)> must be one of (.*) but got (.*)$`), "usage.one-of-words", []string{"Arg", "Words", "Got"}},
	{regexp.MustCompile(`^(?:.*: )?(?:--)?([\w-]+) must be one of (.*) but got (.*)$`), "usage.one-of", []string{"Flag", "Words", "Got"}},
	{regexp.MustCompile(`^--([\w-]+)(?:=\S+)?: expected (?:\w+) value but got "EOL"`), "usage.no-value", []string{"Flag"}},
	{regexp.MustCompile(`^--([\w-]+)(?:=\S+)?: expected .*(?:int|uint)\b.* but got ("-[0-9]+")`), "usage.from-zero", []string{"Flag", "Got"}},
	{regexp.MustCompile(`^--([\w-]+)(?:=\S+)?: expected .*(?:int|uint)\b.* but got ("[0-9]+")`), "usage.too-large", []string{"Flag", "Got"}},
	{regexp.MustCompile(`^--([\w-]+)(?:=\S+)?: expected .*(?:int|uint)\b.* but got ("[^"]*")`), "usage.number", []string{"Flag", "Got"}},
	{regexp.MustCompile(`^--([\w-]+)(?:=\S+)?: expected \w+ value but got ("[^"]*")`), "usage.no-value", []string{"Flag"}},
}

// badUsage says in the reader's language what the flags' reader found wrong.
func (s *session) badUsage(err error) error {
	text := err.Error()
	for _, m := range usageForms {
		found := m.form.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		var pairs []any
		for i, p := range m.places {
			v := strings.ReplaceAll(found[i+1], `","`, `", "`)
			if p == "Arg" {
				v = strings.ToUpper(strings.TrimSuffix(v, "s"))
			}
			pairs = append(pairs, p, v)
		}
		return s.wrong(m.key, pairs...)
	}
	return usageError{err}
}

// many are the failures of several files.
type many []error

func (m many) Error() string { return errors.Join(m...).Error() }

func (m many) Unwrap() []error { return m }

// orNone is the failures as an error, or nil where there are none.
func (m many) orNone() error {
	if len(m) == 0 {
		return nil
	}
	return m
}
