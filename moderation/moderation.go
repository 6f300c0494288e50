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
	Why      Why
	Of       writing.Contribution // as a moderator may read it
	Lang     string               // a translation of it; empty: the original
	Reports  []Report
	OpenedAt time.Time
	Decision *Decision
	Appeal   *Appeal
	Mine     bool // the reader may not decide: they wrote it, reported it, or decided what is appealed
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
	At       time.Time
	Sanction *Sanction
}

// Sanction keeps somebody from writing until it ends; they see it, and why.
type Sanction struct {
	Member dialogue.MemberID
	Until  time.Time
	Case   int64
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

// Rules are how strictly the forum of a dialogue is kept.
type Rules struct {
	Premoderate int           // how many first contributions of each newcomer are read before they are shown; 0: none
	Slow        time.Duration // the least time between two contributions of one person; 0: none
	SlowUntil   time.Time     // when slow mode ends
}

// Line is one entry of the public log.
type Line struct {
	Number   int64
	Why      Why
	Kind     writing.Kind
	Of       writing.ID
	Decision *Decision // nil: still open
	Appeal   *Appeal   // its text is left out
	OpenedAt time.Time
}

// Balance is how the process has served each side: of whom the authors are.
// Nothing is told of fewer than five cases.
type Balance struct {
	Sides []SideBalance
	Since time.Time
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
