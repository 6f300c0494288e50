package notice

import (
	"cmp"

	"parley/dialogue"
	"parley/writing"
)

// Follower is somebody whom an event may concern.
type Follower struct {
	Member   dialogue.MemberID
	Thing    Level // at which they follow the item or what it belongs to; empty: they said nothing
	Over     Level // the same of a problem that the action of the event answers, or under which its statement stands
	OverOf   writing.ID
	Dialogue Level // the same of the whole dialogue
	Wrote    bool  // the item, or what it belongs to, is theirs
}

// Level is the closest of the three: what was said of a thing counts before what
// was said of what it stands under, and that before what was said of the whole.
func (f Follower) Level() Level {
	return Level(cmp.Or(string(f.Thing), string(f.Over), string(f.Dialogue)))
}

// Hearing is how somebody hears of an event: Now on the bell and by a letter at
// once, else in the digest.
type Hearing struct {
	Why   Why
	Now   bool
	Under writing.ID // they follow that, not the thing itself; 0: the thing, or the dialogue
}

// Hear decides whether and how a follower hears of an event. Nobody hears of
// their own deeds, nor of what concerns somebody else alone. That totals are told
// comes with the digest only, and only to who follows the statement.
func Hear(e Event, f Follower) (h Hearing, ok bool) {
	h, ok = hear(e, f)
	if ok && h.Why == BecauseFollow && f.Thing == "" {
		h.Under = f.OverOf
	}
	return h, ok
}

func hear(e Event, f Follower) (h Hearing, ok bool) {
	if e.By != "" && e.By == f.Member || e.To != "" && e.To != f.Member {
		return Hearing{}, false
	}
	level := f.Level()
	switch e.Kind {
	case Decided:
		return Hearing{Why: BecauseMine, Now: true}, e.To != "" // there may be a time in which to appeal
	case Mentioned, Answered:
		why := BecauseMentioned
		if e.Kind == Answered {
			why = BecauseAnswered
		}
		return Hearing{Why: why, Now: level != Digest}, e.To != "" && level != Off
	case ToldTotals:
		return Hearing{Why: f.why()}, (f.Thing != "" || f.Over != "") && level != Off
	case Edited:
		return Hearing{Why: f.why(), Now: true}, level == All
	case Moved:
		return Hearing{Why: f.why(), Now: level == All || level == Answers && f.Wrote}, follows(level)
	case Wrote, Translated:
		return Hearing{Why: f.why(), Now: level == All}, follows(level)
	}
	return Hearing{}, false
}

func follows(l Level) bool { return l == All || l == Answers || l == Digest }

func (f Follower) why() Why {
	switch {
	case f.Wrote:
		return BecauseMine
	case f.Thing != "" || f.Over != "":
		return BecauseFollow
	}
	return BecauseDialogue
}
