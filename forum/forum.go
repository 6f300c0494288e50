// Package forum is where people say what complicates their relationship and what
// could be done: problems, actions that answer them, comments, and what became
// of each. What rises is what helped people of different sides.
package forum

import (
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Status is what became of a problem or an action.
type Status string

const (
	Raised       Status = "raised"
	CommonGround Status = "common-ground" // found by counting, never set by hand
	OnTheTable   Status = "on-the-table"
	Agreed       Status = "agreed" // by whom, in which capacity
	Done         Status = "done"
	Dropped      Status = "dropped"
)

// Statuses lists them in the order of a life.
var Statuses = []Status{Raised, CommonGround, OnTheTable, Agreed, Done, Dropped}

// Step is one change of status.
type Step struct {
	To      Status
	Why     string // a line in Lang; needed to drop something
	Lang    string
	Parties []Party // who agreed; needed for Agreed
	By      writing.Author
	At      time.Time
}

// Party is who agreed, and in which capacity.
type Party struct {
	Side     dialogue.SideID // may be empty: somebody who is no side
	Who      string          // "the town council of Kelvara"
	Capacity string          // "in a personal capacity", "by a vote of 3 May"
}

// Horizon is when an action could bear fruit.
type Horizon string

const (
	Unstated  Horizon = ""
	Immediate Horizon = "immediate" // within a year
	Long      Horizon = "long"
)

// LinkKind is to what of the dialogue a problem or an action belongs.
type LinkKind string

const (
	LinkTopic    LinkKind = "topic"    // To is an interest.TopicID
	LinkInterest LinkKind = "interest" // To is an interest.ID
	LinkOption   LinkKind = "option"   // To is "topic/option" of the table
)

// Link leads from a problem or an action to the registers or the table.
type Link struct {
	Kind LinkKind
	To   string
}

// Problem complicates the relationship.
type Problem struct {
	writing.Contribution
	Sector   dialogue.Sector // of society that it touches most; empty: unstated
	Status   Status
	Steps    []Step // the oldest first
	Links    []Link
	Actions  []Line // that answer it
	Comments int
	Level    string // how the reader follows it: a notice.Level, or empty
}

// Action could resolve problems.
type Action struct {
	writing.Contribution
	Sector   dialogue.Sector
	Horizon  Horizon
	Parts    []Part // who would have to do what
	Status   Status
	Steps    []Step
	Links    []Link
	Problems []Line // that it answers, one at least
	Comments int
	Level    string
}

// Part is what a side would have to do, or all sides together where Side is
// empty.
type Part struct {
	Side dialogue.SideID
	Does string // a line in the language of the action
}

// Line is a problem or an action in a list.
type Line struct {
	writing.Contribution // without Body and HTML
	Status               Status
	Sector               dialogue.Sector
	Horizon              Horizon
	Answers              int // actions of a problem, problems of an action
	Comments             int
	LastAt               time.Time // of the newest comment, or of itself
	Statements           int       // beneath it
}

// Order is how a list or a thread stands.
type Order string

const (
	ByBridging  Order = "bridging"  // what helped people of different sides first
	ByTime      Order = "time"      // the newest first in lists, the oldest first in threads
	ByAttention Order = "attention" // what waits for an answer, a source or a translation first
)

// Orders lists them in the order in which pages offer them.
var Orders = []Order{ByBridging, ByTime, ByAttention}

// Filter picks from a list. Zero values pick everything.
type Filter struct {
	Order  Order // empty: ByBridging
	Status Status
	Sector dialogue.Sector
	Tag    string
	Link   Link
	After  writing.ID // the page after the line with this number
	Limit  int        // at most MostLines, and one more tells whether there is another page; 0 is MostLines
}

// MostLines is the longest page of a list, MostComments that of a thread.
const (
	MostLines    = 50
	MostComments = 100
)

// Comment stands under a problem, an action, a statement or the dialogue.
type Comment struct {
	writing.Contribution
	Under writing.ID // what the thread is about
	To    writing.ID // the comment that it answers; 0: the thing itself
	Depth int        // 0 answers the thing itself; at most MaxDepth
	Quote *Quote
}

// MaxDepth is how deep answers are indented; deeper ones stand at this depth.
const MaxDepth = 4

// Quote is somebody's words, as they stood in a revision.
type Quote struct {
	Of       writing.ID
	Revision int
	Words    string
	Changed  bool // the words do not stand there any more
	Gone     bool // what was quoted may not be read any more: Words is then empty
}

// Thread is a page of the comments under something.
type Thread struct {
	Under    writing.ID
	Order    Order
	Comments []Comment // in ByTime order an answer stands after what it answers, and below it
	Total    int
	Page     int // from 1
	Pages    int
}

// NewProblem, NewAction and NewComment are what is sent in.
type NewProblem struct {
	Lang, Title, Body string
	Sector            dialogue.Sector
	Tags              []string
	Links             []Link
}

type NewAction struct {
	Lang, Title, Body string
	Sector            dialogue.Sector
	Horizon           Horizon
	Parts             []Part
	Problems          []writing.ID // one at least
	Tags              []string
	Links             []Link
}

type NewComment struct {
	Under writing.ID
	To    writing.ID // 0: the thing itself
	Lang  string
	Body  string
	Quote writing.ID // whose words are quoted; 0: nothing is
	Words string     // which: they must stand there
}

// Found is what a search found.
type Found struct {
	Hits  []Hit
	Total int // as far as it was counted; at most MostCounted
	More  string
}

// Hit is one contribution that was found, or an interest or topic of the
// registers.
type Hit struct {
	writing.Contribution            // of what stands in the registers it has Title and Lang alone, and no Kind
	Link                 Link       // to what of the registers; empty for contributions
	Under                writing.ID // of a comment or reason: what it stands under
	Snippet              string     // HTML-escaped words around the hit, hits in <mark>
	Lang                 string     // of the snippet
}

// MostCounted is up to where hits are counted.
const MostCounted = 1000

// Query is a search. Words in quotation marks stand together.
type Query struct {
	Words string
	Kind  writing.Kind // empty: all, and the registers
	Order string       // "best" or "new"; empty: best
	After string       // the cursor of Found.More
	Limit int          // at most MostLines; 0: 20
}
