package writing

import "slices"

// Readable reports whether a reader may read the words: what is shown anybody in
// the room, what is held or hidden its author and the moderators, what its author
// withdrew they alone, what was removed nobody.
func (s State) Readable(mine, moderator bool) bool {
	switch s {
	case Shown:
		return true
	case Held, Hidden:
		return mine || moderator
	case Withdrawn:
		return mine
	}
	return false
}

// moves is every change of state that there is. What is removed stays so.
var moves = map[State][]State{
	Held:      {Shown, Hidden, Withdrawn, Removed},
	Shown:     {Held, Hidden, Withdrawn, Removed},
	Hidden:    {Shown, Removed},
	Withdrawn: {Held, Shown, Hidden, Removed},
}

// MayBecome reports whether there is a way from one state to another.
func (s State) MayBecome(to State) bool { return slices.Contains(moves[s], to) }
