package moderation

import (
	"testing"
	"time"

	"parley/dialogue"
	"parley/fault"
)

var (
	panel  = Panel{Moderators: []dialogue.MemberID{"mo", "mi"}, Conveners: []dialogue.MemberID{"con"}}
	hide   = Decision{Verdict: Hide, Reason: Insult, Text: "why"}
	keep   = Decision{Verdict: Keep}
	remove = Decision{Verdict: Remove, Reason: Private, Text: "why"}
)

func keyOf(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func by(d Decision, who dialogue.MemberID, ago time.Duration) Decision {
	d.ByMember, d.At = who, day.Add(-ago)
	return d
}

func TestWhoMayNotDecide(t *testing.T) {
	hidden := []Decision{by(hide, "mo", time.Hour)}
	for _, c := range []struct {
		name  string
		m     Matter
		panel Panel
		who   dialogue.MemberID
		want  string
	}{
		{"anybody neutral", Matter{Author: "x"}, panel, "mo", ""},
		{"a convener, too", Matter{Author: "x"}, panel, "con", ""},
		{"who wrote it", Matter{Author: "mo"}, panel, "mo", "wrote"},
		{"who reported it", Matter{Reporters: []dialogue.MemberID{"mi", "mo"}}, panel, "mo", "reported"},
		{"an author who left is nobody", Matter{}, panel, "mo", ""},
		{"who decided, on appeal", Matter{Decisions: hidden, Decided: true, Appealed: true}, panel, "mo", "decided"},
		{"another, on appeal", Matter{Decisions: hidden, Decided: true, Appealed: true}, panel, "mi", ""},
		{"a convener while there is another", Matter{Decisions: hidden, Decided: true, Appealed: true}, panel, "con", "moderators-first"},
		{"a convener where there is none", Matter{Decisions: hidden, Decided: true, Appealed: true, Reporters: []dialogue.MemberID{"mi"}}, panel, "con", ""},
		{"the convener who decided", Matter{Decisions: []Decision{by(hide, "con", 0)}, Decided: true, Appealed: true}, Panel{Conveners: []dialogue.MemberID{"con"}}, "con", "decided"},
		{"who decided takes it back themselves", Matter{Decisions: hidden, Decided: true}, panel, "mo", ""},
	} {
		if got := c.m.Barred(c.who, c.panel); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	alone := Matter{Decisions: []Decision{by(hide, "con", 0)}, Decided: true, Appealed: true}
	if able := alone.Able(Panel{Conveners: []dialogue.MemberID{"con"}}); len(able) != 0 {
		t.Errorf("got %v, want nobody: it waits", able)
	}
}

func TestDecide(t *testing.T) {
	month := 30 * 24 * time.Hour
	sanctioned := by(hide, "mo", time.Hour)
	sanctioned.Sanction = &Sanction{Until: day.Add(48 * time.Hour)}
	for _, c := range []struct {
		name  string
		m     Matter
		d     Decision
		until time.Duration
		want  string
	}{
		{"hide", Matter{}, hide, 0, ""},
		{"hide and keep from writing", Matter{}, hide, month, ""},
		{"too long", Matter{}, hide, month + time.Second, "moderation.until"},
		{"in the past", Matter{}, hide, -time.Second, "moderation.until"},
		{"kept and sanctioned", Matter{}, keep, month, "moderation.until-kept"},
		{"no reason", Matter{}, Decision{Verdict: Hide, Text: "why"}, 0, "moderation.reason-missing"},
		{"an unknown reason", Matter{}, Decision{Verdict: Hide, Text: "why", Reason: "mood"}, 0, "moderation.reason-missing"},
		{"no words", Matter{}, Decision{Verdict: Hide, Reason: Spam, Text: " \n"}, 0, "moderation.text-missing"},
		{"no verdict", Matter{}, Decision{}, 0, "moderation.verdict-missing"},
		{"keep takes no reason", Matter{}, keep, 0, ""},
		{"who wrote it", Matter{Author: "mi"}, hide, 0, "moderation.barred.wrote"},
		{"a second time", Matter{Decisions: []Decision{by(hide, "mo", time.Hour)}, Decided: true}, hide, 0, "moderation.decided-already"},
		{"taken back", Matter{Decisions: []Decision{by(hide, "mo", time.Hour)}, Decided: true}, keep, 0, ""},
		{"taken back too late", Matter{Decisions: []Decision{by(hide, "mo", month+1)}, Decided: true}, keep, 0, "moderation.decided-already"},
		{"words that are gone", Matter{Decisions: []Decision{by(remove, "mo", 1)}, Decided: true}, keep, 0, "moderation.decided-already"},
		{"appeal upheld", Matter{Decisions: []Decision{sanctioned}, Decided: true, Appealed: true}, hide, 0, ""},
		{"appeal made worse", Matter{Decisions: []Decision{sanctioned}, Decided: true, Appealed: true}, remove, 0, "moderation.verdict-appeal"},
		{"sanction shortened", Matter{Decisions: []Decision{sanctioned}, Decided: true, Appealed: true}, hide, 24 * time.Hour, ""},
		{"sanction made longer", Matter{Decisions: []Decision{sanctioned}, Decided: true, Appealed: true}, hide, 72 * time.Hour, "moderation.until-appeal"},
		{"appeal granted", Matter{Decisions: []Decision{sanctioned}, Decided: true, Appealed: true}, keep, 0, ""},
	} {
		until := time.Time{}
		if c.until != 0 {
			until = day.Add(c.until)
		}
		r, err := c.m.Decide("mi", panel, c.d, until, day)
		if got := keyOf(err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if err == nil && (r.OnAppeal != c.m.Appealed || r.Lift != (c.d.Verdict == Keep) || r.ByMember != "mi" || !r.At.Equal(day)) {
			t.Errorf("%s: got %+v", c.name, r)
		}
	}
}

func TestARemovalTakesTwo(t *testing.T) {
	first, err := Matter{}.Decide("mo", panel, remove, time.Time{}, day)
	if err != nil || !first.Waits || first.Alone {
		t.Fatalf("got %+v, %v, want one that waits", first, err)
	}
	waiting := Matter{Decisions: []Decision{first.Decision}}
	if _, err := waiting.Decide("mo", panel, remove, time.Time{}, day); keyOf(err) != "moderation.barred.second" {
		t.Errorf("the same moderator twice: got %v", err)
	}
	second, err := waiting.Decide("con", panel, remove, time.Time{}, day)
	if err != nil || second.Waits || second.Alone {
		t.Errorf("got %+v, %v, want the end of it", second, err)
	}
	if back, err := waiting.Decide("mo", panel, hide, time.Time{}, day); err != nil || back.Waits {
		t.Errorf("who asked for it may hide instead: got %+v, %v", back, err)
	}
	alone, err := Matter{Reporters: []dialogue.MemberID{"mi", "con"}}.Decide("mo", panel, remove, time.Time{}, day)
	if err != nil || alone.Waits || !alone.Alone {
		t.Errorf("got %+v, %v, want one who was alone", alone, err)
	}
}

func TestCanAppeal(t *testing.T) {
	hidden := Matter{Decisions: []Decision{by(hide, "mo", time.Hour)}, Decided: true}
	for name, c := range map[string]struct {
		m        Matter
		appealed bool
		want     string
	}{
		"hidden":            {hidden, false, ""},
		"a second time":     {hidden, true, "moderation.appealed-already"},
		"kept":              {Matter{Decisions: []Decision{by(keep, "mo", 0)}, Decided: true}, false, "moderation.nothing-to-appeal"},
		"open":              {Matter{}, false, "moderation.nothing-to-appeal"},
		"a removal waiting": {Matter{Decisions: []Decision{by(remove, "mo", 0)}}, false, "moderation.nothing-to-appeal"},
		"after 30 days":     {Matter{Decisions: []Decision{by(hide, "mo", AppealWithin+1)}, Decided: true}, false, "moderation.appeal-late"},
	} {
		if got := keyOf(c.m.CanAppeal(day, c.appealed)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestRules(t *testing.T) {
	hour := day.Add(time.Hour)
	for name, c := range map[string]struct {
		r    Rules
		want string
	}{
		"none":                {Rules{}, ""},
		"all":                 {Rules{Premoderate: 3, Slow: 10 * time.Minute, SlowUntil: hour}, ""},
		"too many":            {Rules{Premoderate: 21}, "moderation.rules.premoderate"},
		"slower than a day":   {Rules{Slow: 25 * time.Hour, SlowUntil: hour}, "moderation.rules.slow"},
		"over already":        {Rules{Slow: time.Minute, SlowUntil: day}, "moderation.rules.until"},
		"more than 30 days":   {Rules{Slow: time.Minute, SlowUntil: day.Add(MaxSlowMode + 1)}, "moderation.rules.until"},
		"backwards":           {Rules{Slow: -time.Minute, SlowUntil: hour}, "moderation.rules.slow"},
		"slow without an end": {Rules{Slow: time.Minute}, ""},
	} {
		r, err := c.r.Checked(day)
		if got := keyOf(err); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		if err == nil && r.Slow > 0 && r.SlowUntil.IsZero() {
			t.Errorf("%s: slow mode that never ends", name)
		}
	}
	if r := (Rules{Slow: time.Minute, SlowUntil: hour}); !r.SlowAt(day) || r.SlowAt(hour) {
		t.Error("slow mode holds until it ends, and no longer")
	}
}
