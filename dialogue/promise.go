package dialogue

import "slices"

// SeesPromises says whose figures somebody sees of what could make the promises
// of a roadmap hard to keep: a mediator those of every side (all), a member who
// stands on one side alone, of the sides, those of that side, everybody else
// those of none.
func SeesPromises(who Standing) (side SideID, all bool) {
	switch roles := who.Roles(); {
	case slices.Contains(roles, Mediator):
		return "", true
	case slices.Contains(roles, Participant) && len(who.Sides) == 1:
		return who.Sides[0], false
	}
	return "", false
}
