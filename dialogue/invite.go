package dialogue

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/fault"
)

// What an invitation may ask for.
const (
	InvitationLasts  = 14 * 24 * time.Hour // unless it says otherwise
	MaxInvitation    = 90 * 24 * time.Hour
	MaxInvitationUse = 500
	MaxNote          = 200 // runes
)

// CheckInvitation completes an invitation that somebody makes: for one person and
// for InvitationLasts unless it says otherwise. conveners is how many there are.
// A convener invites to any role. A registrar invites members and observers,
// for a side whose registrar they are. The owner of the server invites a convener
// where there is none.
func CheckInvitation(d Configured, who Standing, i Invitation, conveners int, now time.Time) (Invitation, error) {
	i.ByMember, i.MadeAt = who.Member, now
	if i.ExpiresAt.IsZero() {
		i.ExpiresAt = now.Add(InvitationLasts)
	}
	i.MadeFor = max(i.Uses, 1)
	i.Uses = i.MadeFor
	if !i.ExpiresAt.After(now) || i.ExpiresAt.Sub(now) > MaxInvitation || i.Uses > MaxInvitationUse {
		return i, fault.New(fault.Invalid, "member.invitation-bounds", "an invitation is for %d people and %v at most", MaxInvitationUse, MaxInvitation).
			With("People", MaxInvitationUse).With("Days", int(MaxInvitation.Hours()/24))
	}
	if utf8.RuneCountInString(i.Note) > MaxNote || containsControl(i.Note) {
		return i, fault.New(fault.Invalid, "member.note", "a note is one line of %d letters at most", MaxNote).With("Max", MaxNote)
	}
	if i.Role == "" {
		i.Role = Participant
	}
	if err := i.checkRole(d.Dialogue); err != nil {
		return i, err
	}
	return i.by(who, conveners)
}

// checkRole reports whether the role exists, and stands for a side where it must.
func (i Invitation) checkRole(d Dialogue) error {
	member := i.Role == Participant || i.Role == Observer
	if !member && !slices.Contains(Granted, i.Role) {
		return fault.New(fault.Invalid, "member.role", "nobody can be invited as %q", i.Role)
	}
	_, known := d.Side(i.Side)
	if i.Side != "" && !known || i.Role.OfSide() && i.Side == "" || i.Side != "" && !member && !i.Role.OfSide() {
		return fault.New(fault.Invalid, "member.grant-side", "the role %q does not go with the side %q", i.Role, i.Side)
	}
	return nil
}

// by settles whose invitation it is.
func (i Invitation) by(who Standing, conveners int) (Invitation, error) {
	sides := who.Registers()
	switch {
	case slices.Contains(who.Roles(), Convener):
		i.BySide = ""
		return i, nil
	case i.Role == Convener && who.Owner && conveners == 0:
		i.ByMember, i.BySide = "", ""
		return i, nil
	case i.Role == Convener && who.Owner:
		return i, fault.New(fault.Conflict, "member.has-convener", "the dialogue has a convener, who appoints others")
	case i.Role != Participant && i.Role != Observer:
		return i, fault.New(fault.Denied, "member.registrar-invites", "a registrar invites members and observers")
	}
	if i.BySide == "" && len(sides) == 1 {
		i.BySide = sides[0]
	}
	if !slices.Contains(sides, i.BySide) {
		return i, fault.New(fault.Denied, "dialogue.other-side", "no registrar of %q", i.BySide)
	}
	return i, nil
}

// Theirs reports whether the person may see and end the invitation: conveners
// all, registrars those of their sides.
func Theirs(who Standing, i Invitation) bool {
	return slices.Contains(who.Roles(), Convener) || i.BySide != "" && slices.Contains(who.Registers(), i.BySide)
}

// containsControl reports whether a line holds what is not seen, or changes the
// direction of writing; joiners, which some alphabets need, may stand.
func containsControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d'
	})
}
