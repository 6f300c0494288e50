// Package feed writes what is new as programs for reading read it: Atom 1.0 (RFC
// 4287, pages by RFC 5005) and JSON Feed 1.1. It decides nothing about what
// stands in a feed or who may read it. The same feed always gives the same bytes.
package feed

import "time"

// Feed is one document: the newest entries, or a page of earlier ones.
type Feed struct {
	ID       string // for ever, "tag:parley.example,2026:river"
	Lang     string
	Title    string
	Subtitle string
	Updated  time.Time

	Self    Addresses // of this document
	Home    string    // the page for people
	Current Addresses // of the newest document; empty: this is it
	Prev    Addresses // of the archive with the entries before these; empty: there are none
	Next    Addresses // of the archive with the entries after these; empty: there is none
	Entries []Entry
}

// Addresses are where a document stands in either form.
type Addresses struct{ Atom, JSON string }

// Types of the documents.
const (
	AtomType = "application/atom+xml; charset=utf-8"
	JSONType = "application/feed+json; charset=utf-8"
)

// Entry is one contribution.
type Entry struct {
	ID        string // for ever, "tag:parley.example,2026:river/12"
	Address   string // the page for people
	Lang      string // of title, summary and content
	Title     string // plain
	Summary   string // plain
	HTML      string // tame HTML, its addresses whole
	Author    string // empty: nobody is named
	Tags      []string
	Published time.Time
	Updated   time.Time
}
