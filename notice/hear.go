package notice

import "parley/dialogue"

// Follower is somebody whom an event may concern.
type Follower struct {
	Member   dialogue.MemberID
	Thing    Level // at which they follow the item or what it belongs to; empty: they said nothing
	Dialogue Level // the same of the whole dialogue
	Wrote    bool  // the item, or what it belongs to, is theirs
}

// Level is the closer of the two: what was said of a thing counts before what was
// said of the whole.
func (f Follower) Level() Level {
	if f.Thing != "" {
		return f.Thing
	}
	return f.Dialogue
}

// Hearing is how somebody hears of an event: Now on the bell and by a letter at
// once, else in the digest.
type Hearing struct {
	Why Why
	Now bool
}

// Hear decides whether and how a follower hears of an event. Nobody hears of
// their own deeds, nor of what concerns somebody else alone. That totals are told
// comes with the digest only, and only to who follows the statement.
func Hear(e Event, f Follower) (h Hearing, ok bool) {
	if e.By != "" && e.By == f.Member || e.To != "" && e.To != f.Member {
		return Hearing{}, false
	}
	level := f.Level()
	switch e.Kind {
	case Decided:
		return Hearing{BecauseMine, true}, e.To != "" // there may be a time in which to appeal
	case Mentioned, Answered:
		why := BecauseMentioned
		if e.Kind == Answered {
			why = BecauseAnswered
		}
		return Hearing{why, level != Digest}, e.To != "" && level != Off
	case ToldTotals:
		return Hearing{f.why(), false}, f.Thing != "" && f.Thing != Off
	case Edited:
		return Hearing{f.why(), true}, level == All
	case Moved:
		return Hearing{f.why(), level == All || level == Answers && f.Wrote}, follows(level)
	case Wrote, Translated:
		return Hearing{f.why(), level == All}, follows(level)
	}
	return Hearing{}, false
}

func follows(l Level) bool { return l == All || l == Answers || l == Digest }

func (f Follower) why() Why {
	switch {
	case f.Wrote:
		return BecauseMine
	case f.Thing != "":
		return BecauseFollow
	}
	return BecauseDialogue
}
