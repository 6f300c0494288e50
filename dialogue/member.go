package dialogue

import (
	"slices"
	"time"
)

// MemberID names somebody who takes part, inside one dialogue: random, and never
// the id of their account, so that two dialogues cannot be laid side by side.
type MemberID string

// State is how far somebody has come in.
type State string

const (
	Asked    State = "asked"    // wants to join and waits for those who admit
	Admitted State = "admitted" // takes part
	Refused  State = "refused"  // asked, and was told no
	Left     State = "left"     // took part and left
	Removed  State = "removed"  // took part and was taken out, by those who run the dialogue
)

// Sector is where an office stands in society.
type Sector string

const (
	Official Sector = "official"
	Academic Sector = "academic"
	Business Sector = "business"
	Civil    Sector = "civil"
	Media    Sector = "media"
)

// Sectors lists them in the order in which pages offer them.
var Sectors = []Sector{Official, Academic, Business, Civil, Media}

// Member is somebody who takes part in one dialogue, or asked to.
type Member struct {
	ID        MemberID
	Pseudonym Pseudonym // how others see them; unique in the dialogue
	State     State
	Observer  bool     // reads, and is never counted
	Sides     []SideID // none, one or several, sorted; empty for everybody neutral
	Grants    []Grant
	Verified  *Verified // nil: nobody checked a name
	Mandate   string    // what they are mandated to say, and by whom; empty: in a personal capacity
	Agreed    int       // the version of the declaration they agreed to; 0: none
	Ticks     []Tick    // given and not withdrawn
	Approvals []SideID  // registrars of which sides have approved; the convener's approval admits
	AskedAt   time.Time
	JoinedAt  time.Time // zero until admitted
}

// Verified is a name and office that a registrar of a side has checked. The
// proof itself is kept nowhere.
type Verified struct {
	Name   string
	Office string // in their own words; may be empty
	Sector Sector
	Side   SideID // whose registrar checked it
	At     time.Time
}

// Counted is the side for which a member counts in anything that is counted:
// admitted, of exactly one side, neither observer nor neutral. Others are shown
// as groups of their own ("several", "none") and fill no side's minimum.
func (m Member) Counted() (SideID, bool) {
	if m.State != Admitted || m.Observer || len(m.Sides) != 1 || m.Neutral() {
		return "", false
	}
	return m.Sides[0], true
}

// Neutral reports whether the member serves all sides and so may stand on none.
func (m Member) Neutral() bool {
	return slices.ContainsFunc(m.Grants, func(g Grant) bool { return g.Role.Neutral() })
}

// Listed is the member as other members see them where the roster is open: what
// they declare and hold, and a checked name where the rule names people.
func (m Member) Listed(r Rule) Member {
	out := Member{ID: m.ID, Pseudonym: m.Pseudonym, State: m.State, Observer: m.Observer, Sides: m.Sides, Grants: m.Grants, Mandate: m.Mandate}
	if r.NamesPeople() {
		out.Verified = m.Verified
	}
	return out
}

// MaxPseudonym is the length of a pseudonym in runes.
const MaxPseudonym = 40
