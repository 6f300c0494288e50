package dialogue

import (
	"slices"
	"unicode/utf8"

	"parley/fault"
)

// GrantVerb is the deed that giving or taking the role is, for this person: a
// convener gives all roles, a registrar names the delegates of their side.
func GrantVerb(who Standing, g Grant) Verb {
	if g.Role == Delegate && !slices.Contains(who.Roles(), Convener) {
		return NameDelegate
	}
	return GrantRole
}

// CheckGiver reports whether somebody may give the role to that member: a
// registrar names others, so that two people of a side have a hand in what is
// written in its name.
func CheckGiver(who Standing, m Member, g Grant) error {
	if who.Member == m.ID && GrantVerb(who, g) == NameDelegate {
		return fault.New(fault.Denied, "member.grant-oneself", "nobody names themselves")
	}
	return nil
}

// CheckGrant reports whether a member can hold the role: a neutral one only who
// declares no side, one of a side only who declares that side, and none who
// merely observes.
func CheckGrant(d Dialogue, m Member, g Grant) error {
	_, known := d.Side(g.Side)
	switch {
	case !slices.Contains(Granted, g.Role):
		return fault.New(fault.Invalid, "member.role", "%q is no role to give", g.Role)
	case m.State != Admitted:
		return fault.New(fault.Conflict, "member.not-admitted", "%s does not take part", m.ID)
	case m.Observer:
		return fault.New(fault.Conflict, "member.grant-observer", "%s is an observer", m.ID)
	case g.Role.OfSide() && (!known || !slices.Contains(m.Sides, g.Side)), !g.Role.OfSide() && g.Side != "":
		return fault.New(fault.Invalid, "member.grant-side", "%s cannot be %s of %q", m.ID, g.Role, g.Side)
	case g.Role.Neutral() && len(m.Sides) > 0:
		return fault.New(fault.Conflict, "member.grant-neutral", "%s declares a side", m.ID)
	}
	return nil
}

// CheckRevoke reports whether the member's role can be taken; conveners are all
// who hold that role.
func CheckRevoke(m Member, g Grant, conveners []MemberID) error {
	if !slices.Contains(m.Grants, g) {
		return fault.New(fault.Missing, "member.not-held", "%s is no %s of %q", m.ID, g.Role, g.Side)
	}
	if g.Role == Convener {
		return CheckGoes(m.ID, conveners)
	}
	return nil
}

// CheckGoes reports whether somebody may stop being a convener, or go: the last
// convener stays until there is another.
func CheckGoes(m MemberID, conveners []MemberID) error {
	if len(conveners) == 1 && conveners[0] == m {
		return fault.New(fault.Conflict, "member.last-convener", "the only convener cannot go")
	}
	return nil
}

// MaxVerified is the length of a verified name, of an office and of a mandate in
// runes.
const MaxVerified = 120

// CheckVerified completes what a registrar records about a member whose name and
// office they checked: the side is one that the member declares and whose
// registrar they are, and nobody checks themselves.
func CheckVerified(who Standing, m Member, v Verified) (Verified, error) {
	side, err := sharedSide(who, m, v.Side)
	if err != nil {
		return v, err
	}
	v.Side = side
	if v.Name == "" || !line(v.Name) || !line(v.Office) {
		return v, fault.New(fault.Invalid, "member.verified", "a verified name and office have one line of %d letters each at most", MaxVerified).With("Max", MaxVerified)
	}
	if !slices.Contains(Sectors, v.Sector) {
		return v, fault.New(fault.Invalid, "member.sector", "there is no sector %q", v.Sector)
	}
	return v, nil
}

// CheckMandate reports whether a registrar may record the mandate, or take it
// back where it is empty.
func CheckMandate(who Standing, m Member, mandate string) error {
	if _, err := sharedSide(who, m, ""); err != nil {
		return err
	}
	if !line(mandate) {
		return fault.New(fault.Invalid, "member.mandate", "a mandate is one line of %d letters at most", MaxVerified).With("Max", MaxVerified)
	}
	return nil
}

// sharedSide is the side for which the registrar may speak about the member:
// the one asked for, or else the first.
func sharedSide(who Standing, m Member, asked SideID) (SideID, error) {
	if who.Member == m.ID {
		return "", fault.New(fault.Denied, "member.oneself", "nobody checks themselves")
	}
	for _, s := range who.Registers() {
		if slices.Contains(m.Sides, s) && (asked == "" || asked == s) {
			return s, nil
		}
	}
	return "", fault.New(fault.Denied, "member.verify-side", "%s declares no side whose registrar this is", m.ID)
}

func line(s string) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= MaxVerified && !containsControl(s)
}

// MayRefuse reports whether somebody who admits may refuse the one who waits: the
// convener may, and a registrar where all sides that they declare are the
// registrar's own. So no side keeps others out.
func MayRefuse(who Standing, m Member) error {
	if m.State != Asked {
		return fault.New(fault.Conflict, "member.not-waiting", "%s does not wait to be admitted", m.ID)
	}
	own := len(m.Sides) > 0
	for _, s := range m.Sides {
		own = own && who.Holds(Registrar, s)
	}
	if !own && !slices.Contains(who.Roles(), Convener) {
		return fault.New(fault.Denied, "dialogue.other-side", "only the convener refuses who is of another side or of none")
	}
	return nil
}
