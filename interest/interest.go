// Package interest holds what each side wants: registers of interests with
// their authorship, the topics on which registers meet, and the comparison of
// the registers. It describes and never proposes; proposals are package deal's.
package interest

import (
	"parley/dialogue"
	"parley/i18n"
)

// ID names an interest; it is unique in the whole dossier.
type ID string

// Interest is one thing a side wants, as a register states it. What the author
// did not state stays unstated: the zero value of every scale is "not stated".
type Interest struct {
	ID           ID
	Title        i18n.Text
	Note         i18n.Text // a remark of the author, for example "contested at home"
	Tier         Tier
	Horizon      Horizon
	Counterparts []Counterpart // at most one a side, sorted by side id
}

// Counterpart is what an interest's entry says about another side: the part it
// plays, and how the author believes it sees the matter.
type Counterpart struct {
	Side      dialogue.SideID
	Role      RoleRange
	Effect    Effect
	Priority  LevelRange
	Tone      Tone
	Alignment Alignment
	Note      i18n.Text
}

// Counterpart finds what the interest's entry says about a side.
func (i Interest) Counterpart(side dialogue.SideID) (Counterpart, bool) {
	for _, c := range i.Counterparts {
		if c.Side == side {
			return c, true
		}
	}
	return Counterpart{Side: side}, false
}

// Author is who wrote something: a side, or somebody who is no side, or both
// (people of a side, by name).
type Author struct {
	Side dialogue.SideID // empty where the author is no side
	Name i18n.Text
}

// Label is the side's id, or the name in lang where the author is no side.
func (a Author) Label(lang string) string {
	if a.Side != "" {
		return string(a.Side)
	}
	return a.Name.In(lang)
}

// Same reports whether two authors are one and the same as far as the file
// tells: the same side, or no side and the same name.
func (a Author) Same(b Author) bool {
	if a.Side != "" || b.Side != "" {
		return a.Side == b.Side
	}
	for _, l := range a.Name.Languages() {
		if b.Name[l] == a.Name[l] && a.Name[l] != "" {
			return true
		}
	}
	return false
}

// Register is what one author says one side wants.
type Register struct {
	Subject   dialogue.SideID // whose interests
	Author    Author
	Date      string
	Source    i18n.Text
	Interests []Interest
	Weights   []Weighing // what it says about weights beyond the tiers
}

// Declared reports whether the side wrote the register about itself. Any other
// register is written about it by somebody else.
func (r Register) Declared() bool { return r.Author.Side == r.Subject && r.Subject != "" }

// Act is something definite that named actors could do at once.
type Act struct {
	Title  i18n.Text
	Actors []dialogue.SideID
	By     Author // who named it
}

// TopicID names a topic.
type TopicID string

// Topic is a matter on which registers meet: a link between interests, drawn by
// somebody, and open to dispute.
type Topic struct {
	ID        TopicID
	Title     i18n.Text
	Interests []ID
	Relation  Relation
	Author    Author
	Date      string
	Affects   []i18n.Text // those who are not at the table
	Camps     [][]ID      // who stands with whom, where more than two sides oppose each other
	Divisible bool        // a side can move half way
	Minimum   int         // of a shared topic: how many sides suffice; 0 means all
	Share     []Share     // how much of an interest is at stake here, where that is stated
	Act       *Act
}

// Share states what part of an interest is at stake in one topic.
type Share struct {
	Interest ID
	Part     Fraction
}

// Named is a matter that stands in no register, and who named it.
type Named struct {
	ID     string
	Title  i18n.Text
	As     NamedAs
	By     Author
	Of     dialogue.SideID // of an ask: the side that is asked; may be empty
	Detail i18n.Text
	Act    *Act
}
