package dialogue

import (
	"slices"

	"parley/fault"
)

// Approval is one registrar's yes to somebody who asked to join.
type Approval struct {
	By    MemberID
	Sides []SideID // whose registrar they are
}

// Enough reports whether the approvals admit: two registrars, for two different
// sides. One person counts once, however many sides they are registrar of, so
// that no side lets people in alone.
func Enough(approvals []Approval) bool {
	for i, a := range approvals {
		for _, b := range approvals[i+1:] {
			if a.By != b.By && differ(a.Sides, b.Sides) {
				return true
			}
		}
	}
	return false
}

// differ reports whether one side of the first and another one of the second can
// be chosen.
func differ(a, b []SideID) bool {
	return slices.ContainsFunc(a, func(s SideID) bool {
		return slices.ContainsFunc(b, func(t SideID) bool { return s != t })
	})
}

// Approve is a yes to one who waits, by somebody who may admit. convener reports
// that it admits alone; else it is an approval for these sides.
func Approve(who Standing, m Member) (convener bool, sides []SideID, err error) {
	if m.State != Asked {
		return false, nil, fault.New(fault.Conflict, "member.not-waiting", "%s does not wait to be admitted", m.ID)
	}
	if who.Member == m.ID {
		return false, nil, fault.New(fault.Denied, "member.oneself", "nobody admits themselves")
	}
	return slices.Contains(who.Roles(), Convener), who.Registers(), nil
}
