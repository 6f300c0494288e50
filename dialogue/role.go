package dialogue

import (
	"cmp"
	"slices"
)

// Role is what somebody may do in a dialogue.
type Role string

// The first five need no grant.
const (
	Visitor     Role = "visitor"     // anybody
	Holder      Role = "holder"      // signed in, and nothing more
	Applicant   Role = "applicant"   // asked to join, or has still to agree to the declaration
	Observer    Role = "observer"    // reads and is never counted
	Participant Role = "participant" // a member

	Delegate    Role = "delegate"  // writes the register of a side; pages say "register editor"
	Registrar   Role = "registrar" // admits and verifies for a side
	Moderator   Role = "moderator"
	Mediator    Role = "mediator"
	Interpreter Role = "interpreter"
	Staff       Role = "staff"
	Convener    Role = "convener" // runs the dialogue

	Owner Role = "owner" // runs the server; a role of the account and of no dialogue
)

// Roles lists all in the order of the table of who may do what.
var Roles = []Role{Visitor, Holder, Applicant, Observer, Participant, Delegate, Registrar, Moderator, Mediator, Interpreter, Staff, Convener, Owner}

// Granted lists the roles that a convener gives and takes.
var Granted = []Role{Convener, Moderator, Mediator, Interpreter, Staff, Registrar, Delegate}

// Neutral reports whether who holds the role serves all sides and stands on none.
func (r Role) Neutral() bool {
	return slices.Contains([]Role{Moderator, Mediator, Interpreter, Staff}, r)
}

// OfSide reports whether the role is held for one side.
func (r Role) OfSide() bool { return r == Delegate || r == Registrar }

// Grant is a role that somebody holds, for a side where the role is one of a
// side.
type Grant struct {
	Role Role
	Side SideID
}

// SortGrants puts grants in the order of Roles, those of one role by side.
func SortGrants(grants []Grant) {
	slices.SortFunc(grants, func(a, b Grant) int {
		return cmp.Or(slices.Index(Roles, a.Role)-slices.Index(Roles, b.Role), cmp.Compare(a.Side, b.Side))
	})
}

// Standing is what a person is to a dialogue: all that decides what they may do.
type Standing struct {
	SignedIn bool
	Owner    bool
	Member   MemberID // empty: neither takes part nor asked to
	State    State
	Observer bool
	Sides    []SideID
	Grants   []Grant
	Agreed   int  // the version of the declaration they agreed to
	Current  int  // the newest version; 0: there is none
	Invited  bool // came with an invitation that is good
}

// Inside reports whether the person takes part under the newest declaration.
func (s Standing) Inside() bool {
	return s.SignedIn && s.State == Admitted && s.Agreed == s.Current
}

// MustAgree reports whether nothing but a new version of the declaration stands
// between the person and the room.
func (s Standing) MustAgree() bool {
	return s.SignedIn && s.State == Admitted && s.Agreed != s.Current
}

// Roles lists what the person is, least first.
func (s Standing) Roles() []Role {
	out := []Role{Visitor}
	if !s.SignedIn {
		return out
	}
	out = append(out, Holder)
	switch {
	case s.Inside() && s.Observer:
		out = append(out, Observer)
	case s.Inside():
		out = append(out, Participant)
	case s.State == Asked || s.MustAgree():
		out = append(out, Applicant)
	}
	if s.Inside() {
		for _, g := range s.Grants {
			if !slices.Contains(out, g.Role) {
				out = append(out, g.Role)
			}
		}
	}
	if s.Owner {
		out = append(out, Owner)
	}
	return out
}

// Holds reports whether the person holds the role for the side.
func (s Standing) Holds(r Role, side SideID) bool {
	return s.Inside() && slices.Contains(s.Grants, Grant{r, side})
}

// Registers lists the sides of which the person is a registrar.
func (s Standing) Registers() []SideID {
	var out []SideID
	if s.Inside() {
		for _, g := range s.Grants {
			if g.Role == Registrar {
				out = append(out, g.Side)
			}
		}
	}
	return out
}
