package dialogue

import (
	"slices"

	"parley/fault"
)

// Application is what somebody says when they join.
type Application struct {
	Sides    []SideID
	Observer bool
	Version  int // of the declaration they agree to
	Ticks    []Tick
}

// Entry is how somebody comes in: all but the name.
type Entry struct {
	State    State // Admitted or Asked
	Observer bool
	Vetted   bool     // the convener said yes to this very person
	Sides    []SideID // sorted
	Grants   []Grant
	Approved SideID // by the registrar's invitation with which they came; may be empty
	Ticks    []Tick // sorted
}

// LetIn decides how somebody comes in who is not a member yet: current is the
// newest version of the declaration, invitation the good one with which they
// came, or nil. Without a declaration nobody comes in but an invited convener,
// who writes it.
//
// A convener's invitation admits; where it is for one person it is also a
// decision about that person. A registrar's is that side's approval, and another
// side's registrar or the convener has still to say yes.
func LetIn(d Configured, current int, a Application, invitation *Invitation) (e Entry, err error) {
	if err := mayEnter(d, current, a, invitation); err != nil {
		return e, err
	}
	if e.Ticks, err = CheckTicks(a.Ticks); err != nil {
		return e, err
	}
	e.State, e.Observer = Asked, a.Observer
	sides := a.Sides
	if invitation != nil {
		if invitation.BySide == "" {
			e.State, e.Vetted = Admitted, invitation.MadeFor == 1
		}
		e.Approved = invitation.BySide
		switch r := invitation.Role; {
		case r == Observer:
			e.Observer = true
		case r.OfSide():
			e.Observer, e.Grants = false, []Grant{{r, invitation.Side}}
			if !slices.Contains(sides, invitation.Side) {
				sides = append(slices.Clone(sides), invitation.Side)
			}
		case r != Participant:
			e.Observer, e.Grants = false, []Grant{{Role: r}}
			if r.Neutral() {
				sides = nil
			}
		}
	}
	if d.Admission == Freely {
		e.State = Admitted
	}
	e.Sides, err = CheckSides(d.Dialogue, sides)
	return e, err
}

func mayEnter(d Configured, current int, a Application, invitation *Invitation) error {
	switch {
	case d.Admission == ByInvitation && invitation == nil:
		return fault.New(fault.Denied, "member.by-invitation", "one joins %s with an invitation only", d.ID)
	case current == 0 && (invitation == nil || invitation.Role != Convener):
		return fault.New(fault.Denied, "member.no-declaration", "%s has no declaration yet: nobody can join", d.ID)
	case a.Version != current:
		return declarationMoved(current)
	}
	return nil
}

func declarationMoved(current int) error {
	return fault.New(fault.Stale, "member.declaration-moved", "the declaration has version %d by now: read it again", current)
}

// CheckAgreement reports whether agreeing to that version is agreeing to the
// newest.
func CheckAgreement(version, current int) error {
	if version != current || current == 0 {
		return declarationMoved(current)
	}
	return nil
}

// CheckSides returns the sides that somebody declares, sorted; each must be one
// of the dialogue, once.
func CheckSides(d Dialogue, sides []SideID) ([]SideID, error) {
	out := slices.Sorted(slices.Values(sides))
	for i, s := range out {
		if _, ok := d.Side(s); !ok || i > 0 && out[i-1] == s {
			return nil, fault.New(fault.Invalid, "member.sides", "%q is no side of %s, or stands there twice", s, d.ID)
		}
	}
	return out, nil
}

// CheckTicks returns the ticks that somebody gives as they join, sorted. All but
// the rules may be left out.
func CheckTicks(ticks []Tick) ([]Tick, error) {
	out := slices.Compact(slices.Sorted(slices.Values(ticks)))
	for _, t := range out {
		if !slices.Contains(Ticks, t) {
			return nil, fault.New(fault.Invalid, "member.tick", "there is no tick %q", t)
		}
	}
	if !slices.Contains(out, TickRules) {
		return nil, fault.New(fault.Invalid, "member.tick-rules", "nobody takes part without the rules of the room: leaving is the way to withdraw them")
	}
	return out, nil
}

// CheckTick reports whether a tick may be given (on) or withdrawn. Withdrawing
// the rules is leaving.
func CheckTick(t Tick, on bool) error {
	if !slices.Contains(Ticks, t) {
		return fault.New(fault.Invalid, "member.tick", "there is no tick %q", t)
	}
	if t == TickRules && !on {
		return fault.New(fault.Invalid, "member.tick-rules", "nobody takes part without the rules of the room: leaving is the way to withdraw them")
	}
	return nil
}

// ChangeSides decides whether a member may declare these sides instead. What a
// side's registrar checked, and the roles of a side, go with the side; gone lists
// those roles. Neutrals declare none.
func ChangeSides(d Dialogue, m Member, sides []SideID) (sorted []SideID, gone []Grant, err error) {
	if sorted, err = CheckSides(d, sides); err != nil {
		return nil, nil, err
	}
	if m.Neutral() && len(sorted) > 0 {
		return nil, nil, fault.New(fault.Invalid, "member.neutral-sides", "who serves all sides declares none")
	}
	for _, g := range m.Grants {
		if g.Side != "" && !slices.Contains(sorted, g.Side) {
			gone = append(gone, g)
		}
	}
	return sorted, gone, nil
}
