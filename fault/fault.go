// Package fault holds the few ways a request can go wrong in a manner that the
// person who made it can understand and mend. Everything else stays a plain
// error: it is logged, and the person reads only that something failed.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of mistake it is; each front end has its own way of
// showing a kind (HTTP status, exit code).
type Kind int

const (
	Invalid   Kind = iota // what was sent cannot be used as it is
	Missing               // there is no such thing, or it may not be seen
	Conflict              // it was changed meanwhile, or exists already
	Busy                  // too much work is waiting; try again later
	Unknown               // who is asking is not known: sign in first
	Denied                // who is asking is known, and may not
	Stale                 // it is not what it was when it was read: read again
	Throttled             // too often; Args["Wait"] says for how long, as time.Duration
)

// Fault is an error for people. Key names the sentence in the catalogue, Args
// fill its places; Detail is the same thing in plain English, for logs and for
// the command line.
type Fault struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Detail string
}

// New makes a fault whose English detail is formatted like fmt.Sprintf.
func New(kind Kind, key, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Detail: fmt.Sprintf(format, args...)}
}

// With returns the fault with an argument for its catalogue sentence.
func (f *Fault) With(name string, value any) *Fault {
	if f.Args == nil {
		f.Args = map[string]any{}
	}
	f.Args[name] = value
	return f
}

func (f *Fault) Error() string { return f.Detail }

// As finds the fault inside an error, if there is one.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Is reports whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	f, ok := As(err)
	return ok && f.Kind == kind
}
