// Package genius reads negotiation scenarios that other programs wrote: Genius
// XML, GeniusWeb JSON, and a plain table of points. What it makes is a dossier
// with a table of exact points, so that everything parley can do with a table it
// can do with a scenario.
//
// Each format is read with its own meaning. Genius divides an evaluation by the
// largest of its issue and the weights by their sum, counts integers from the
// lower bound and cuts the line off at 0 and 1, and takes bounds of rectangles
// as inside; GeniusWeb takes weights and utilities as they stand. All numbers are
// exact: no float is ever made, and nothing is rounded.
//
// The package takes bytes and gives a dossier; it opens no file.
package genius

import (
	"math/big"

	"parley/dossier"
	"parley/i18n"
)

// Limits on what is read, far above any published scenario.
const (
	maxBytes    = 16 << 20
	maxElements = 200_000
	maxDepth    = 32
	maxTerms    = 10_000 // rectangles of a table, all sides together
)

// File is something to read: its name, which messages and the names of sides
// come from, and what it holds.
type File struct {
	Name string
	Data []byte
}

// Settings are what the person who imports may choose.
type Settings struct {
	AsOf        string // the date that the dossier bears
	Reservation bool   // the reservation values of the files are what no agreement gives, in place of 0
	Cap         bool   // no side counts more than the file's maxutility
}

// Imported is a dossier and what should be known about how it came about.
type Imported struct {
	Dossier *dossier.Dossier
	Notices []Notice
}

// Notice is a sentence of the catalogue about something that was read in a way
// that may surprise.
type Notice struct {
	Key  string
	Args []any
}

// In is the notice in a language.
func (n Notice) In(w *i18n.Words) string { return w.T(n.Key, n.Args...) }

// scenario is what every format comes to.
type scenario struct {
	form    string // a word of the catalogue: "genius", "geniusweb", "points"
	title   string
	name    string // of the file that names the domain
	issues  []issue
	sides   []*side
	notices []Notice
}

// issue is something to decide and its values in the order of the file.
type issue struct {
	index  int // the number by which Genius files refer to it
	name   string
	values []string
	ranged bool // the values are the integers from low
	low    int
	at     place
}

// side is what one party values: points for each value of each issue, terms for
// values that come together, and a constant that it has in any case.
type side struct {
	name        string // of the file, or of the column
	points      [][]*big.Rat
	terms       []term
	constant    *big.Rat
	reservation *big.Rat // nil where none is stated
	cap         *big.Rat // nil where none is stated
}

// term gives value where every bound holds.
type term struct {
	bounds []bound // ascending by issue, each issue once
	value  *big.Rat
}

// bound holds for the values from low to high of an issue, both inside.
type bound struct{ issue, low, high int }

func newSide(name string, issues int) *side {
	return &side{name: name, points: make([][]*big.Rat, issues), constant: new(big.Rat)}
}

func (s *scenario) note(key string, args ...any) {
	n := Notice{"import.notice." + key, args}
	for _, before := range s.notices {
		if before.same(n) {
			return
		}
	}
	s.notices = append(s.notices, n)
}

func (n Notice) same(m Notice) bool {
	if n.Key != m.Key || len(n.Args) != len(m.Args) {
		return false
	}
	for i := range n.Args {
		if n.Args[i] != m.Args[i] {
			return false
		}
	}
	return true
}
