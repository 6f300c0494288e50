// Package writing is what people write in a dialogue, whatever it is about: a
// numbered contribution in one language, its author, its edits, its translations
// beside it, and where it stands with moderators. What kinds there are for, the
// packages above say. It reads no clock and keeps nothing.
package writing

import (
	"time"

	"parley/dialogue"
)

// ID is the number of a contribution inside its dialogue, "#12" in texts: one
// series for all kinds, from 1.
type ID int64

// Kind is what a contribution is.
type Kind string

const (
	Problem   Kind = "problem"
	Action    Kind = "action"
	Comment   Kind = "comment"
	Statement Kind = "statement"
	Reason    Kind = "reason" // why somebody answered a statement as they did
)

// Kinds lists them in the order in which pages and searches show them.
var Kinds = []Kind{Problem, Action, Comment, Statement, Reason}

// State is where a contribution stands.
type State string

const (
	Held      State = "held"      // waits for a moderator before others may read it
	Shown     State = "shown"     //
	Hidden    State = "hidden"    // by a moderator, who said why; its author still reads it
	Withdrawn State = "withdrawn" // by its author, who may bring it back
	Removed   State = "removed"   // its words are gone for good
)

// Author is who wrote something, as others may see it. Who left, or is not to be
// named, has neither member nor pseudonym.
type Author struct {
	Member    dialogue.MemberID
	Pseudonym dialogue.Pseudonym
	Sides     []dialogue.SideID // that they declare now: none, one or several
	Role      dialogue.Role     // a neutral role that they hold, or convener; else empty
}

// Contribution is what all kinds have in common. Body is Markdown; HTML is Body
// rendered when it was written, its references as links below the dialogue.
type Contribution struct {
	ID       ID
	Kind     Kind
	State    State
	Author   Author
	Mine     bool // the reader wrote it
	Lang     string
	Title    string // one line; empty for comments and reasons; a statement is its title
	Body     string
	HTML     string
	Revision int // from 1; an edit names the one that it started from
	MadeAt   time.Time
	EditedAt time.Time // zero: never
	Tags     []string
	Reactions
	Translations []Translation // those that are shown, by language
	Verdict      *Verdict      // nil: no moderator ever hid it
}

// In is the contribution in the language: the original, or a translation that
// is shown; nil where there is neither.
func (c Contribution) In(lang string) *Translation {
	for i, t := range c.Translations {
		if t.Lang == lang {
			return &c.Translations[i]
		}
	}
	return nil
}

// Verdict is why something is hidden or was, as everybody may read it.
type Verdict struct {
	Reason string // a key of the catalogue: "moderation.reason." + Reason
	Case   int64  // the line of the public log of moderation
	At     time.Time
}

// Reaction is one of the three marks that a reader can give.
type Reaction string

const (
	Helpful     Reaction = "helpful"
	Unclear     Reaction = "unclear"
	NeedsSource Reaction = "needs-source"
)

// AllReactions lists them in the order in which pages offer them.
var AllReactions = []Reaction{Helpful, Unclear, NeedsSource}

// Reactions are the marks of a contribution, by kind and never by person or
// side, and those of the reader.
type Reactions struct {
	Counts map[Reaction]int
	Own    []Reaction
}

// Translation is a contribution in another language, made by a member.
type Translation struct {
	Lang  string
	Title string
	Body  string
	HTML  string
	By    Author
	Mine  bool
	Of    int  // the revision of the original that it translates
	Stale bool // the original has changed since
	Good  int  // how many found it true to the original
	Bad   int  // how many did not
	Own   int  // what the reader found: 1, -1, 0 nothing
	At    time.Time
	Hid   bool // a moderator hid it; its translator still reads it
}

// Revision is one state of a contribution's words over time.
type Revision struct {
	Number int
	Lang   string
	Title  string
	Body   string
	At     time.Time
}

// Edit changes one's own contribution.
type Edit struct {
	Revision int // the one that it started from
	Title    string
	Body     string
	Tags     []string
}

// Draft is what somebody is writing and has not sent: one for each place. It
// survives a crash of the browser and of the server.
type Draft struct {
	Place  string            // which form: "problem", "action", "comment:12", "edit:14", "translate:12:ru", "statement"
	Fields map[string]string // what stands in its fields
	SaveAt time.Time
}

// Limits in runes.
const (
	MaxTitle     = 140
	MaxBody      = 10_000
	MaxStatement = 200
	MaxReason    = 280
	MaxTags      = 5
	MaxTag       = 30
	MaxDraft     = 20_000 // all fields together
)
