package notice

import "testing"

// Who hears of what, as one table: a follower of a thing at some level, and what
// becomes of the event for them.
func TestWhoHearsOfWhat(t *testing.T) {
	const (
		nothing = ""
		digest  = "digest"
		now     = "now"
	)
	follower := func(thing, whole Level) Follower { return Follower{Member: "me", Thing: thing, Dialogue: whole} }
	mine := func(level Level) Follower { return Follower{Member: "me", Thing: level, Wrote: true} }
	for _, c := range []struct {
		name  string
		event Event
		of    Follower
		want  string
		why   Why
	}{
		{"a comment, all", Event{Kind: Wrote, By: "her"}, follower(All, ""), now, BecauseFollow},
		{"a comment, answers", Event{Kind: Wrote, By: "her"}, follower(Answers, ""), digest, BecauseFollow},
		{"a comment, digest", Event{Kind: Wrote, By: "her"}, follower(Digest, ""), digest, BecauseFollow},
		{"a comment, none", Event{Kind: Wrote, By: "her"}, follower(Off, All), nothing, ""},
		{"a comment, nothing said", Event{Kind: Wrote, By: "her"}, follower("", ""), nothing, ""},
		{"a comment, the whole dialogue", Event{Kind: Wrote, By: "her"}, follower("", All), now, BecauseDialogue},
		{"a comment of the machine", Event{Kind: Wrote}, follower(All, ""), now, BecauseFollow},
		{"one's own comment", Event{Kind: Wrote, By: "me"}, follower(All, ""), nothing, ""},
		{"under one's own", Event{Kind: Wrote, By: "her"}, mine(Answers), digest, BecauseMine},
		{"a mention", Event{Kind: Mentioned, By: "her", To: "me"}, follower("", ""), now, BecauseMentioned},
		{"a mention of somebody else", Event{Kind: Mentioned, By: "her", To: "him"}, follower(All, All), nothing, ""},
		{"a mention of somebody who left", Event{Kind: Mentioned, By: "her"}, follower(All, All), nothing, ""},
		{"a mention, none", Event{Kind: Mentioned, By: "her", To: "me"}, follower(Off, ""), nothing, ""},
		{"a mention, digest", Event{Kind: Mentioned, By: "her", To: "me"}, follower(Digest, ""), digest, BecauseMentioned},
		{"an answer", Event{Kind: Answered, By: "her", To: "me"}, follower(Answers, ""), now, BecauseAnswered},
		{"an answer, the dialogue is off", Event{Kind: Answered, By: "her", To: "me"}, follower("", Off), nothing, ""},
		{"an edit, all", Event{Kind: Edited, By: "her"}, follower(All, ""), now, BecauseFollow},
		{"an edit, answers", Event{Kind: Edited, By: "her"}, follower(Answers, ""), nothing, ""},
		{"a status", Event{Kind: Moved, By: "her"}, follower(Answers, ""), digest, BecauseFollow},
		{"a status of one's own", Event{Kind: Moved, By: "her"}, mine(Answers), now, BecauseMine},
		{"a translation", Event{Kind: Translated, By: "her"}, follower(Digest, ""), digest, BecauseFollow},
		{"totals, all", Event{Kind: ToldTotals}, follower(All, ""), digest, BecauseFollow},
		{"totals, who follows the dialogue alone", Event{Kind: ToldTotals}, follower("", All), nothing, ""},
		{"a decision", Event{Kind: Decided, To: "me"}, follower(Off, Off), now, BecauseMine},
		{"a decision about another", Event{Kind: Decided, To: "him"}, follower(All, All), nothing, ""},
		{"a decision about who left", Event{Kind: Decided}, follower(All, All), nothing, ""},
		{"hushed", Event{Kind: Hushed}, follower(All, All), nothing, ""},
		{"unknown", Event{Kind: "whatever"}, follower(All, All), nothing, ""},
	} {
		h, ok := Hear(c.event, c.of)
		got := nothing
		if ok {
			if got = digest; h.Now {
				got = now
			}
		}
		if got != c.want || ok && h.Why != c.why {
			t.Errorf("%s: got %q because %q, want %q because %q", c.name, got, h.Why, c.want, c.why)
		}
	}
}

func TestLevels(t *testing.T) {
	for _, l := range Levels {
		if !l.Known() {
			t.Errorf("%q is no level", l)
		}
	}
	if Level("").Known() || Level("everything").Known() {
		t.Error("a level that is none is known")
	}
}

func TestThingThatWouldChangeIt(t *testing.T) {
	n := Notice{Why: BecauseFollow, Event: Event{Root: 12, Item: 14}}
	if got := n.Thing(); got != 12 {
		t.Errorf("got #%d", got)
	}
	if n.Why = BecauseDialogue; n.Thing() != 0 {
		t.Error("who follows the dialogue would change that")
	}
}
