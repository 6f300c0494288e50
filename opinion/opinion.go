// Package opinion is short statements that people answer, what they expect the
// other sides to answer, and what may be told of it. Nobody but the person ever
// sees one person's answer: what is told is told of ten people of every side at
// first, and then of five more at a time.
package opinion

import (
	"slices"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Choice is an answer to a statement.
type Choice string

const (
	Agree    Choice = "agree"
	Disagree Choice = "disagree"
	Pass     Choice = "pass"
)

// Choices lists them in the order in which the card offers them.
var Choices = []Choice{Agree, Disagree, Pass}

// The floors of everything that is told.
const (
	FirstTotal = 10 // people of each side before anything is told
	NextTotal  = 5  // people of a side whose answers are new or changed before it is told again
	Smallest   = 5  // the smallest group of which anything is ever told
)

// Place is under what a statement stands; the zero Place is the dialogue.
type Place struct {
	Item   writing.ID // a problem or an action
	Option string     // "topic/option" of the table
}

// Statement is one short sentence.
type Statement struct {
	writing.Contribution // Title is the sentence; Body its background: sources and links
	Under                Place
	Closed               bool // takes no answers any more
	Comments             int
	Told                 *Told   // nil: not yet ten people of each side, or kept from the reader
	Kept                 bool    // something is told that the reader sees once they have answered and said what they expect
	Mine                 *Answer // the reader's own; nil: they are no voter
}

// Answer is what one person answered and expects; only they may see it.
type Answer struct {
	Choice  Choice // empty: not answered
	Matters bool
	Counts  bool // it came by the card; what was answered on the statement's own page waits for its turn
	At      time.Time
	Guesses []Guess
	Skipped []dialogue.SideID // of which they would not say what they expect
	Reason  writing.ID        // 0: gave none
}

// Guess is what a person expects of another side: of ten participants from
// there, how many would agree.
type Guess struct {
	About dialogue.SideID
	Of10  int
	At    time.Time
}

// Settled reports whether the person has said what there is to say about the
// side, so that the result may be shown to them.
func (a Answer) Settled(about dialogue.SideID) bool {
	expects := slices.ContainsFunc(a.Guesses, func(g Guess) bool { return g.About == about })
	return a.Choice != "" && (expects || slices.Contains(a.Skipped, about))
}

// Sees reports whether all that is told of a statement may be shown to a voter
// who is asked what they expect of these sides.
func (a Answer) Sees(others []dialogue.SideID) bool {
	return a.Choice != "" && !slices.ContainsFunc(others, func(s dialogue.SideID) bool { return !a.Settled(s) })
}

// Group is for whom figures are told: a side, or one of those that are no side.
type Group string

const (
	Several  Group = "several"  // people of several sides
	None     Group = "none"     // people of no side
	Newcomer Group = "newcomer" // whom nobody vouches for yet, of whatever side
)

// Told is everything that is told about a statement: one and the same for
// everybody and on every way out, until it is told anew.
type Told struct {
	Groups []Figures // sides in the order of their ids, then several, none, newcomer; only those that may be told
	Gaps   []Gap     // only those that may be told
	Ground float64   // common ground: the least lower 90 % bound of agreement over the sides, in [0, 1]
	At     time.Time // rounded to the day
}

// Figures are the answers of one group.
type Figures struct {
	Group                   Group
	N                       int // agree + disagree + pass
	Agree, Disagree, Passed int
	Matters                 int     // told only from five on either way; else -1
	Low, High               float64 // the 90 % Jeffreys interval of the share that agrees, in [0, 1]
}

// Gap is how one side's picture of another differs from what the other says
// here, on one statement.
type Gap struct {
	Of, About dialogue.SideID // Of expects, About says
	N         int             // how many of Of said what they expect
	Expected  float64         // the mean, of ten
	Middle    float64         // the median, of ten
	Said      float64         // of ten of About who agree
	Diff      float64         // Expected - Said
	Low, High float64         // the 90 % interval of Diff
}

// Knowing is how well the sides of a dialogue know each other.
type Knowing struct {
	Pairs      []Pair
	Statements int // about which something may be told
}

// Pair is one side's picture of another over all statements.
type Pair struct {
	Of, About dialogue.SideID
	Gaps      []StatementGap // the widest first
	Mean      float64        // mean of |Diff| over statements, of ten
	Low, High float64        // its 90 % interval
	Worse     int            // on how many the other was expected to be further away than it is, beyond chance
	Right     int            // on how many the interval holds 0
}

// StatementGap is a gap with its statement.
type StatementGap struct {
	Statement writing.Contribution
	Gap
}

// Card is one statement, served to one person.
type Card struct {
	Statement Statement
	Token     string // signed, good once, for this person and statement
	At, Of    int    // the how-many-th of how many
	Left      int
	Sides     []dialogue.SideID // of whom this person may say what they expect
}

// Ballot is an answer that is sent in.
type Ballot struct {
	Choice  Choice
	Matters bool
	Token   string // of the card; empty: answered on the statement's own page
}

// NewStatement is sent in.
type NewStatement struct {
	Lang, Title, Body string
	Under             Place
	Tags              []string
}

// Result is what a person sees after their answer and expectation.
type Result struct {
	Statement Statement
	About     []ResultAbout // one for each other side, those expected wrongly for the worse first
}

// ResultAbout is the result for one side.
type ResultAbout struct {
	Side    dialogue.SideID
	Figures *Figures // nil: not told yet
	Guess   *Guess   // nil: skipped
	Middle  float64  // the middle expectation of the reader's own side; -1: not told
	Worse   bool     // the side stands further from the reader's own answer than they expected: reasons come first
	Reasons []Shared // at most one for and one against
}

// Shared is why somebody of a side answered as they did, in their words and
// without their name.
type Shared struct {
	writing.Contribution
	Side   dialogue.SideID
	Choice Choice
	Helped int // how many readers of other sides found it helpful
}

// Support is what members of one side here say about an option of the table.
type Support struct {
	Statement writing.Contribution
	Figures   []Figures // of the sides that may be told
	Told      bool
	Kept      bool // something is told that the reader sees once they have answered
	Asked     bool // the reader has still to answer, or to say what they expect
}

// Filter picks statements.
type Filter struct {
	Under *Place // nil: all
	Order string // "ground", "time", "answers", "mine-open"; empty: "time"
	Tag   string
	After writing.ID
	Limit int
}

// History is a person's own answers and expectations.
type History struct {
	On    bool // off: their page lists nothing, and nothing is compared
	Lines []HistoryLine
}

// HistoryLine is one answer of theirs.
type HistoryLine struct {
	Statement Statement
	Answer    Answer
}
