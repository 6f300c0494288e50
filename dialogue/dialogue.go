// Package dialogue is the meeting itself: what it is about, which sides take
// part, which rule of the room is in force and how far it has come. It does not
// know what the sides want (interest) or say (forum, opinion).
package dialogue

import "parley/i18n"

// ID names a dialogue in addresses, files and tables: lower-case letters,
// digits and hyphens.
type ID string

// SideID names a side inside one dialogue, for example "RU". It carries no
// meaning for any analysis.
type SideID string

// Side is one of the two or more parties to a dialogue.
type Side struct {
	ID   SideID
	Name i18n.Text
}

// Kind says what sort of dialogue this is; readers see it before anything else.
type Kind string

const (
	Live       Kind = "live"       // people take part in it now
	Historical Kind = "historical" // a past situation, from published sources
	Invented   Kind = "invented"   // made up for practice
)

// Kinds lists the kinds that a dossier may name.
var Kinds = []Kind{Live, Historical, Invented}

// Rule is the rule of the room: who may learn what is said.
type Rule string

const (
	Public         Rule = "public"          // everybody may read
	Members        Rule = "members"         // members alone may read
	NonAttribution Rule = "non-attribution" // what was said may be told, never who said it
	OffTheRecord   Rule = "off-the-record"  // nothing may be told
)

// Rules lists the rules that a dossier may name.
var Rules = []Rule{Public, Members, NonAttribution, OffTheRecord}

// Stage says how far a dialogue has come.
type Stage string

const (
	Preparing Stage = "preparing"
	Open      Stage = "open"
	Paused    Stage = "paused"
	Closed    Stage = "closed"
)

// Stages lists the stages that a dossier may name.
var Stages = []Stage{Preparing, Open, Paused, Closed}

// Roster is who sees the list of members, beside those who admit.
type Roster string

const (
	RosterClosed  Roster = "closed"  // nobody
	RosterMembers Roster = "members" // members see each other's pseudonyms
)

// Rosters lists them.
var Rosters = []Roster{RosterClosed, RosterMembers}

// Dialogue is the head of a dialogue. Sides stand in the order of the file; no
// result depends on that order.
type Dialogue struct {
	ID        ID
	Title     i18n.Text
	Purpose   i18n.Text // what it is for, in a few sentences
	Source    i18n.Text // where its content comes from
	Host      i18n.Text // who runs it and who pays
	Languages []string  // the languages of the dialogue, the first one is the file's own
	AsOf      string    // the date of the situation: 2009, 2009-06 or 2009-06-15
	Kind      Kind
	Rule      Rule
	Stage     Stage
	Sides     []Side
	Roster    Roster // empty: closed
	Unlisted  bool   // only those who take part, or were invited, may know that it exists
}

// Side finds a side by its id.
func (d Dialogue) Side(id SideID) (Side, bool) {
	for _, s := range d.Sides {
		if s.ID == id {
			return s, true
		}
	}
	return Side{}, false
}
