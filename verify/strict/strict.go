// Package strict is the gate in front of both verifiers: it lets a bundle through
// only where all readers of JSON read the same in it. Go takes the last of two
// equal keys and passes over their case; others take the first, or do not.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"
)

// named are the parts of a bundle whose keys may be ids or languages. Package
// again compares these keys to the letter.
var named = map[string]bool{"answer": true, "labels": true, "asked": true, "why_not": true}

// level is an object or a list that is open.
type level struct {
	at     string
	keys   map[string]bool // nil in a list
	key    string          // whose value comes next
	wanted bool            // a key
	free   bool            // keys may be ids
}

// Check says what makes a bundle mean different things to different readers: text
// that is not UTF-8, anything after the one value, a key given twice in one object,
// or a key in other letters than the documented ones.
func Check(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("the bundle is not UTF-8 throughout")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return fmt.Errorf("the bundle is not one JSON value with nothing after it: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var open []*level
	for {
		token, err := d.Token()
		if err != nil {
			return nil // all of it is valid, so this is its end
		}
		if open, err = next(open, token); err != nil {
			return err
		}
	}
}

// next takes one token in.
func next(open []*level, token json.Token) ([]*level, error) {
	var in *level
	if len(open) > 0 {
		in = open[len(open)-1]
	}
	if d, ok := token.(json.Delim); ok && (d == '}' || d == ']') {
		return open[:len(open)-1], nil
	}
	if in != nil && in.wanted {
		in.key, in.wanted = token.(string), false
		return open, in.take()
	}
	inside := level{}
	if in != nil {
		in.wanted = in.keys != nil
		inside.at, inside.free = in.at, in.free || len(open) == 1 && named[in.key]
		if in.keys != nil {
			inside.at = strings.TrimPrefix(in.at+"."+in.key, ".")
		}
	}
	switch token {
	case json.Delim('{'):
		inside.keys, inside.wanted = map[string]bool{}, true
		return append(open, &inside), nil
	case json.Delim('['):
		return append(open, &inside), nil
	}
	return open, nil
}

// take takes a key in.
func (l *level) take() error {
	if l.keys[l.key] {
		return fmt.Errorf("the key %q stands twice in %s", l.key, place(l.at))
	}
	l.keys[l.key] = true
	documented := strings.TrimLeft(l.key, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
	if !l.free && !documented {
		return fmt.Errorf("the key %q in %s is not written as documented", l.key, place(l.at))
	}
	return nil
}

func place(at string) string {
	if at == "" {
		return "the bundle"
	}
	return at
}

// TooMuch is what a verifier panics with where a bound on its work is reached.
type TooMuch string

func (m TooMuch) Error() string { return string(m) }

// Failed is the error of a check that panicked; errors.As finds TooMuch in it.
func Failed(what string, panicked any) error {
	if much, is := panicked.(TooMuch); is {
		return fmt.Errorf("%s: %w", what, much)
	}
	return fmt.Errorf("%s: %s", what, Why(panicked))
}

// Why says in words why a check came to no end: what a verifier panicked with,
// where this is no fault that the runtime found.
func Why(panicked any) string {
	if _, fault := panicked.(runtime.Error); fault {
		return "a number or a name in it points to nothing"
	}
	return fmt.Sprint(panicked)
}
