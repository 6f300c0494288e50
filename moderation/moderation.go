// Package moderation is how a dialogue keeps its own rules: reports, a queue that
// neutral moderators share, decisions with reasons that everybody may read,
// appeals that somebody else decides, sanctions that end. Nothing is deleted in
// silence. Figures by side tell of the process, never of guilt.
package moderation

import (
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Reason is why something is reported or hidden: a key "moderation.reason.*".
type Reason string

const (
	Insult   Reason = "insult"  // attacks a person or a people
	Threat   Reason = "threat"  //
	Private  Reason = "private" // tells of a person what is theirs
	Spam     Reason = "spam"    //
	OffTopic Reason = "off-topic"
	Unlawful Reason = "unlawful"
	Mistrans Reason = "translation" // a translation that says something else
	Other    Reason = "other"
)

// Reasons lists them in the order in which forms offer them.
var Reasons = []Reason{Insult, Threat, Private, Spam, OffTopic, Unlawful, Mistrans, Other}

// Why is why something stands in the queue.
type Why string

const (
	Reported Why = "reported"
	Newcomer Why = "newcomer" // the first contributions of somebody new are read before they are shown
	Personal Why = "personal" // looks as if it told an address, a number of a document or a telephone
	Appealed Why = "appealed"
)

// Case is one matter before the moderators; its number is the line of the
// public log.
type Case struct {
	Number   int64
	Why      Why                  // Appealed while an appeal waits
	Of       writing.Contribution // as a moderator may read it
	Root     writing.ID           // the problem, action or statement that it belongs to; 0: the dialogue
	Lang     string               // a translation of it; empty: the original
	Reports  []Report
	OpenedAt time.Time
	Since    time.Time // since when it waits: opened, or appealed
	Decision *Decision
	Earlier  []Decision // before that one, the oldest first
	Appeal   *Appeal
	Mine     bool   // the reader may not decide: they wrote it, reported it, or decided what is appealed
	Barred   string // why the reader may not decide: a key "moderation.barred." + Barred; empty: they may
	Nobody   bool   // nobody is there who may: it waits for another moderator
}

// Report is what a reader said against a contribution. Who it was, nobody learns.
type Report struct {
	Reason Reason
	Text   string
	At     time.Time
}

// NewReport is sent in.
type NewReport struct {
	Of     writing.ID
	Lang   string // of a translation; empty: the original
	Reason Reason
	Text   string
}

// Verdict is what moderators can do.
type Verdict string

const (
	Keep   Verdict = "keep"   // it stays, or is shown now
	Hide   Verdict = "hide"   //
	Remove Verdict = "remove" // its words go for good: for a person's safety alone
)

// Decision is what was decided, and why.
type Decision struct {
	Verdict  Verdict
	Reason   Reason
	Text     string // for everybody, in Lang
	Lang     string
	By       dialogue.Pseudonym // of the moderator
	ByMember dialogue.MemberID
	Role     dialogue.Role // moderator or convener
	At       time.Time
	Sanction *Sanction
	Waits    bool // a removal to which a second moderator has still to agree: it is hidden meanwhile
	Alone    bool // a removal by one moderator, because there was no other
}

// Sanction keeps somebody from writing until it ends; they see it, and why.
type Sanction struct {
	Member dialogue.MemberID
	Until  time.Time
	Case   int64
	Of     writing.ID // whose decision it is about; what follows is told to the member alone
	Lang   string     // a translation of it; empty: the original
	Reason Reason
	Text   string
	In     string // the language of Text
}

// MaxSanction is the longest.
const MaxSanction = 30 * 24 * time.Hour

// Appeal asks another moderator to look again; one for each decision, within
// AppealWithin.
type Appeal struct {
	Text     string
	At       time.Time
	Decision *Decision
}

// AppealWithin is how long after a decision.
const AppealWithin = 30 * 24 * time.Hour

// MaxDecision and MaxReport are the longest texts, in runes.
const (
	MaxDecision = 1000
	MaxReport   = 1000
)

// Rules are how strictly the forum of a dialogue is kept.
type Rules struct {
	Premoderate int           // how many first contributions of each newcomer are read before they are shown; 0: none
	Slow        time.Duration // the least time between two contributions of one person; 0: none
	SlowUntil   time.Time     // when slow mode ends
	Text        string        // why they were changed to this, for everybody, in Lang
	Lang        string
	Revision    int64 // from 1; of a change the one it started from, 0: whatever it is
}

// Line is one entry of the public log.
type Line struct {
	Number   int64
	Why      Why
	Kind     writing.Kind
	Of       writing.ID
	Root     writing.ID // the problem, action or statement that it belongs to; 0: the dialogue
	Lang     string     // a translation of it; empty: the original
	Readable bool       // everybody who may read can read it now
	Decision *Decision  // nil: still open; without member and pseudonym, as all in this line
	Earlier  []Decision // before that one, the oldest first
	Appeal   *Appeal    // its text is left out
	OpenedAt time.Time
	Waited   time.Duration // until the first decision; 0: still open
	Rules    *Rules        // the line is a change of the rules, and has nothing of the above but Number and OpenedAt
}

// Balance is how the process has served each side: of whom the authors are.
// Nothing is told of fewer than five cases.
type Balance struct {
	Sides  []SideBalance
	Since  time.Time // of the first case
	AsOf   time.Time // told once a week: up to this Monday
	Uneven *Imbalance
}

// SideBalance is the process for authors of one side, several or none.
type SideBalance struct {
	Group    string // a SideID, "several" or "none"
	Cases    int    // 0: fewer than five, nothing is told
	Waited   time.Duration
	Appeals  int // -1: too few to be told
	Reversed int // of the appeals; -1: too few to be told
}

// Hint is what could be said more calmly, found by rules.
type Hint struct {
	Key   string // of the catalogue: "moderation.hint." + Key
	Words string // as they stand in the text
}
