package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"parley/i18n"
)

// A clock that the test moves.
func progressAt(terminal bool) (*progress, *bytes.Buffer, func(time.Duration)) {
	var out bytes.Buffer
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := newProgress(&session{errOut: &out, w: i18n.For("en")})
	p.terminal, p.now, p.next = terminal, func() time.Time { return now }, now.Add(progressAfter)
	return p, &out, func(d time.Duration) { now = now.Add(d) }
}

func TestShortWorkIsSilent(t *testing.T) {
	p, out, pass := progressAt(false)
	p.report(1, 10)
	pass(999 * time.Millisecond)
	p.report(9, 10)
	p.end()
	if out.Len() > 0 {
		t.Errorf("got %q", out)
	}
}

func TestALogGetsALineNowAndThen(t *testing.T) {
	p, out, pass := progressAt(false)
	for i := range 13 {
		pass(time.Second)
		p.report(1000*(i+1), 20_000)
	}
	p.end()
	want := "1,000 of 20,000 rankings\n6,000 of 20,000 rankings\n11,000 of 20,000 rankings\n"
	if got := out.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATerminalIsKeptClean(t *testing.T) {
	p, out, pass := progressAt(true)
	pass(2 * time.Second)
	p.report(5, 10)
	p.end()
	if got := out.String(); strings.Contains(got, "\n") || !strings.HasSuffix(got, " \r") {
		t.Errorf("got %q", got)
	}
}

func TestASecondPassIsSaid(t *testing.T) {
	p, out, pass := progressAt(false)
	p.report(10_000, 10_000)
	pass(2 * time.Second)
	p.report(64, 10_000)
	if got, want := out.String(), "64 of 10,000 rankings, pass 2\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
