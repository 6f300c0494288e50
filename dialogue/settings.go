package dialogue

import (
	"time"

	"parley/i18n"
)

// Admission is how people come in.
type Admission string

const (
	ByInvitation Admission = "invitation" // with a link that somebody gave them
	ByRequest    Admission = "request"    // they ask; the convener, or registrars of two sides, admit
	Freely       Admission = "open"       // at once; unverified, and bounded in weight until recommended
)

// Admissions lists them.
var Admissions = []Admission{ByInvitation, ByRequest, Freely}

// Settings are what a convener decides about a dialogue, and what everybody is
// told before joining. All texts are Markdown in the languages of the dialogue.
type Settings struct {
	Admission Admission
	Budget    int // how many members each member may recommend

	Operator i18n.Text // who runs it
	Payer    i18n.Text // who pays for it
	Country  i18n.Text // where the server stands, under whose law
	Readers  i18n.Text // who can read what
	Keeping  i18n.Text // what is kept, and for how long
	Limits   i18n.Text // what cannot be promised
	Exit     i18n.Text // how to leave, and what happens then
	Contact  i18n.Text // where to turn
}

// DefaultBudget is how many members each may recommend unless settled otherwise.
const DefaultBudget = 5

// MaxBudget is the most that can be settled.
const MaxBudget = 50

// DefaultSettings are those of a new dialogue: nobody enters uninvited, and
// nobody sees who takes part, since a roster that is not settled is closed.
func DefaultSettings() Settings {
	return Settings{Admission: ByInvitation, Budget: DefaultBudget}
}

// Configured is the head of a dialogue with its settings, as its desk shows them.
type Configured struct {
	Dialogue
	Settings
	Revision int64 // moves with every change; an edit names the one it started from
}

// Declaration is what everybody who takes part has agreed to, in all languages
// of the dialogue. Versions are numbered from 1 and never changed.
type Declaration struct {
	Version int
	Text    i18n.Text // Markdown
	MadeAt  time.Time
}

// Shown is the language in which somebody who reads lang is shown the text: lang
// itself where the text has it.
func (d Declaration) Shown(lang string) string {
	switch {
	case d.Text.Has(lang):
		return lang
	case d.Text.Has("en"), len(d.Text) == 0:
		return "en"
	}
	return d.Text.Languages()[0]
}

// Agreement is that somebody agreed: to which version, read in which language.
type Agreement struct {
	Version int
	Lang    string
	Text    string // the words they read
	At      time.Time
}

// Tick is one thing to which a person consents, apart from all others; each can
// be withdrawn.
type Tick string

const (
	TickRules       Tick = "rules"       // the rules of the room; without it nobody takes part
	TickOpinions    Tick = "opinions"    // their opinions may be kept and analysed
	TickPublication Tick = "publication" // results in which they are counted may be published
	TickContact     Tick = "contact"     // they may be written to
)

// Ticks lists them in the order in which pages show them.
var Ticks = []Tick{TickRules, TickOpinions, TickPublication, TickContact}

// Consent is one tick of one person over time.
type Consent struct {
	Tick        Tick
	GivenAt     time.Time
	WithdrawnAt time.Time // zero: it holds
}

// Invitation lets somebody in by a link.
type Invitation struct {
	ID        string
	Role      Role   // Participant, Observer, or one that is granted
	Side      SideID // of a role of a side; of a participant, the side proposed; may be empty
	Note      string // for those who made it
	MadeFor   int    // how many could come at first
	Uses      int    // how many may still come
	ByMember  MemberID
	BySide    SideID // a registrar's side: another side's registrar has still to approve; empty: the convener's, which admits
	MadeAt    time.Time
	ExpiresAt time.Time
}

// JournalEntry is one act of somebody who runs the dialogue. It says who by
// role and pseudonym, never by account; a registrar by role and side alone.
type JournalEntry struct {
	Number int64
	At     time.Time
	By     Pseudonym // the pseudonym; empty for the server itself, for registrars, and for whoever left since
	Role   Role
	Sides  []SideID // of a registrar: whose
	Verb   Verb
	What   string            // a key of the catalogue: "journal." + What
	Args   map[string]string // its places; neither names nor texts of members
}

// Exit is what somebody gets in writing when they leave.
type Exit struct {
	Dialogue  ID
	Title     i18n.Text
	Pseudonym Pseudonym
	JoinedAt  time.Time
	LeftAt    time.Time
	Kept      int       // contributions that stay under a neutral name
	Removed   int       // contributions that were removed
	Text      i18n.Text // what the convener promises to those who leave
	Contact   i18n.Text
}

// Item is one line of the checklist before a dialogue opens.
type Item struct {
	Key      string // of the catalogue: "checklist." + Key
	Required bool
	Done     bool
}
