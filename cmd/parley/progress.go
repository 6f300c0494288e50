package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

// Nothing is said about work shorter than progressAfter. A terminal is kept up to date; a
// log gets a line now and then.
const (
	progressAfter = time.Second
	terminalEvery = 200 * time.Millisecond
	logEvery      = 5 * time.Second
)

// progress tells how far long work has come, on standard error.
type progress struct {
	s        *session
	terminal bool
	now      func() time.Time
	mu       sync.Mutex
	next     time.Time
	width    int // of the line that stands on the terminal
	last     int // what was done at the last report
	pass     int // a search goes through the rankings more than once
}

func newProgress(s *session) *progress {
	p := &progress{s: s, now: time.Now}
	if f, ok := s.errOut.(*os.File); ok {
		p.terminal = isatty.IsTerminal(f.Fd())
	}
	p.next = p.now().Add(progressAfter)
	return p
}

// report may be called from many goroutines.
func (p *progress) report(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if done < p.last || p.pass == 0 {
		p.pass++
	}
	p.last = done
	now := p.now()
	if now.Before(p.next) {
		return
	}
	text := p.s.t("progress", "Done", p.s.w.Number(done), "Total", p.s.w.Number(total), "Pass", p.pass)
	p.say(text, now)
}

// end clears the line of a terminal.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		fmt.Fprint(p.s.errOut, "\r"+pad("", p.width)+"\r")
	}
}
