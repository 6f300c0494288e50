// Package notice is how people hear that something happened: what they follow
// and how closely, a bell, letters at once or in a digest, and feeds. It says why
// it says something, and can always be told to stop.
package notice

import (
	"slices"
	"strconv"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Level is how closely somebody follows a thing.
type Level string

const (
	All     Level = "all"     // every change, at once on the bell and by letter
	Answers Level = "answers" // what answers or mentions them, at once; the rest in the digest
	Digest  Level = "digest"  // all of it in the digest
	Off     Level = "none"    //
)

// Levels lists them in the order in which forms offer them.
var Levels = []Level{All, Answers, Digest, Off}

// Known reports whether it is one of them.
func (l Level) Known() bool { return slices.Contains(Levels, l) }

// EventKind is what happened.
type EventKind string

const (
	Wrote      EventKind = "wrote"      // a new contribution can be read
	Edited     EventKind = "edited"     //
	Mentioned  EventKind = "mentioned"  // To names whom
	Answered   EventKind = "answered"   // To names whose words
	Translated EventKind = "translated" //
	Moved      EventKind = "moved"      // a problem or an action has another status
	ToldTotals EventKind = "told"       // totals of a statement are told, anew or for the first time
	Decided    EventKind = "decided"    // moderators decided about To's words
	Queued     EventKind = "queued"     // something waits for the moderators: told to them alone
	Hushed     EventKind = "hushed"     // something can be read no more: feeds drop it
)

// Event is one thing that happened in a dialogue. Args hold no words of people.
type Event struct {
	ID       int64 // later ones are greater, in one dialogue
	Dialogue dialogue.ID
	Kind     EventKind
	Item     writing.ID        // what it is about
	Root     writing.ID        // the problem, action or statement that it belongs to; 0: none
	By       dialogue.MemberID // empty: the machine
	To       dialogue.MemberID // whom it concerns alone; empty: all who follow
	Args     map[string]string
	At       time.Time
}

// Why is why somebody hears of something: "you wrote it", "you follow #12".
type Why string

const (
	BecauseMine      Why = "mine"
	BecauseFollow    Why = "follow"
	BecauseMentioned Why = "mentioned"
	BecauseAnswered  Why = "answered"
	BecauseDialogue  Why = "dialogue" // follows the whole dialogue
	BecauseModerator Why = "moderator"
)

// Notice is an event as one person hears of it.
type Notice struct {
	ID       int64
	Event    Event
	Kind     writing.Kind // of the item
	Why      Why
	Title    string // of the item or of its root, in the reader's language where it is translated
	Lang     string // of Title
	Snippet  string // plain words of the item, shortened
	By       writing.Author
	Read     bool
	Loud     bool   // on the bell at once; else it comes with the digest
	Address  string // below the dialogue: "problem/12#c-14"
	Dialogue dialogue.Dialogue
	Gone     bool // the person may not read it now: then there are neither words nor an address
}

// Settings are a person's own, for all their dialogues.
type Settings struct {
	Every   Rhythm
	Hour    int          // of the day in their zone at which the digest goes, 0-23
	Weekday time.Weekday // of a weekly digest
	Quiet   bool         // no letters between QuietFrom and QuietTo
	From    int          // hours in their zone, 0-23
	To      int
	Letters bool // letters at all; without an address there are none

	Revision int64 // from 1; of a change the one it started from, 0: whatever it is
}

// Rhythm is how often the digest goes.
type Rhythm string

const (
	Daily  Rhythm = "daily"
	Weekly Rhythm = "weekly"
	Never  Rhythm = "never"
)

// DefaultSettings are those of a new account.
func DefaultSettings() Settings {
	return Settings{Every: Daily, Hour: 8, Weekday: time.Monday, Quiet: true, From: 22, To: 7, Letters: true}
}

// Following is one thing that somebody follows; Item 0 is the dialogue.
type Following struct {
	Item  writing.ID
	Level Level
	Title string
	Kind  writing.Kind

	Titles map[string]string // by language: the original's, and its translations'
}

// Key is the sentence of the catalogue that says what happened, with the place
// Title.
func (n Notice) Key() string {
	switch {
	case n.Gone:
		return "notice.event.gone"
	case n.Event.Kind == Wrote:
		return "notice.event.wrote." + string(n.Kind)
	case n.Event.Kind == Moved && n.Event.Args["Status"] != "":
		return "notice.event.moved." + n.Event.Args["Status"]
	}
	return "notice.event." + string(n.Event.Kind)
}

// Thing is what the person would follow more or less closely to hear more or less
// of this; 0 is the dialogue.
func (n Notice) Thing() writing.ID {
	if n.Why == BecauseDialogue {
		return 0
	}
	if of, err := strconv.ParseInt(n.Event.Args[Under], 10, 64); err == nil {
		return writing.ID(of)
	}
	return n.Event.Root
}

// Under is the argument of a notice that somebody hears because they follow
// another thing than the one it is about: a problem, of an action that answers it
// or a statement beneath it.
const Under = "Under"
