package moderation

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/dialogue"
	"parley/fault"
)

// UndoWithin is how long after a decision moderators may take a hiding back.
const UndoWithin = 30 * 24 * time.Hour

// Panel is who may moderate a dialogue now.
type Panel struct{ Moderators, Conveners []dialogue.MemberID }

// Matter is what is known of a case when somebody is about to decide it.
type Matter struct {
	Author    dialogue.MemberID // of what it is about; empty: has left
	Reporters []dialogue.MemberID
	Decisions []Decision // the oldest first
	Decided   bool       // nothing waits
	Appealed  bool       // the last decision is appealed against
}

// last is the decision that holds, or the removal that waits; nil: none.
func (m Matter) last() *Decision {
	if len(m.Decisions) == 0 {
		return nil
	}
	return &m.Decisions[len(m.Decisions)-1]
}

// Barred is why somebody may not decide: "wrote", "reported"; of an appeal also
// "decided" whoever had a hand in the decision, and "moderators-first" a convener
// while there is a moderator who may. Empty: they may. Whoever decided may take
// their own decision back.
func (m Matter) Barred(who dialogue.MemberID, p Panel) string {
	if why := m.biased(who); why != "" {
		return why
	}
	if !m.Appealed || slices.Contains(p.Moderators, who) {
		return ""
	}
	if slices.ContainsFunc(p.Moderators, func(other dialogue.MemberID) bool { return m.biased(other) == "" }) {
		return "moderators-first"
	}
	return ""
}

// biased is Barred without the order of those who may.
func (m Matter) biased(who dialogue.MemberID) string {
	switch {
	case who == m.Author:
		return "wrote"
	case slices.Contains(m.Reporters, who):
		return "reported"
	case m.Appealed && slices.ContainsFunc(m.Decisions, func(d Decision) bool { return d.ByMember == who }):
		return "decided"
	}
	return ""
}

// Able lists who may decide, moderators first.
func (m Matter) Able(p Panel) (able []dialogue.MemberID) {
	for _, who := range slices.Concat(p.Moderators, p.Conveners) {
		if m.Barred(who, p) == "" && !slices.Contains(able, who) {
			able = append(able, who)
		}
	}
	return able
}

// Ruling is a decision as it is to be kept.
type Ruling struct {
	Decision
	OnAppeal bool
	Until    time.Time // of the sanction; zero: it stays as it is, or there is none
	Lift     bool      // the sanction of this case ends now
}

// Decide checks a decision of somebody in the panel. A reason and words for
// everybody belong to whatever is hidden. A removal takes two, who need not give
// the same words, unless nobody else is able; until the second agrees it waits.
// What was hidden is shown again within UndoWithin. On an appeal the decision is
// upheld or taken back, and a sanction only shortened.
func (m Matter) Decide(by dialogue.MemberID, p Panel, d Decision, until, now time.Time) (Ruling, error) {
	d.Text = strings.TrimSpace(d.Text)
	r := Ruling{Decision: d, OnAppeal: m.Appealed, Until: until, Lift: d.Verdict == Keep}
	r.ByMember, r.At = by, now
	if why := m.Barred(by, p); why != "" {
		return r, fault.New(fault.Denied, "moderation.barred."+why, "somebody else has to decide this: %s", why)
	}
	if err := check(d, until, now); err != nil {
		return r, err
	}
	before := m.last()
	switch {
	case m.Appealed:
		if d.Verdict != Keep && d.Verdict != before.Verdict {
			return r, fault.New(fault.Invalid, "moderation.verdict-appeal", "an appeal is answered by upholding the decision or by taking it back")
		}
		if s := before.Sanction; !until.IsZero() && (s == nil || until.After(s.Until)) {
			return r, fault.New(fault.Invalid, "moderation.until-appeal", "an appeal never makes it worse")
		}
	case m.Decided:
		if d.Verdict != Keep || before.Verdict != Hide || now.Sub(before.At) > UndoWithin {
			return r, fault.New(fault.Conflict, "moderation.decided-already", "this was decided already")
		}
	case d.Verdict == Remove:
		return m.remove(r, p, now)
	}
	return r, nil
}

// remove is the first or the second half of a removal.
func (m Matter) remove(r Ruling, p Panel, now time.Time) (Ruling, error) {
	before := m.last()
	switch {
	case before != nil && before.Verdict == Remove && before.ByMember == r.ByMember:
		return r, fault.New(fault.Denied, "moderation.barred.second", "a second moderator has to agree to a removal")
	case before != nil && before.Verdict == Remove: // the second
	case slices.ContainsFunc(m.Able(p), func(other dialogue.MemberID) bool { return other != r.ByMember }):
		r.Waits = true
	default:
		r.Alone = true
	}
	return r, nil
}

func check(d Decision, until, now time.Time) error {
	switch {
	case !slices.Contains([]Verdict{Keep, Hide, Remove}, d.Verdict):
		return fault.New(fault.Invalid, "moderation.verdict-missing", "say what becomes of it: keep, hide or remove")
	case d.Verdict != Keep && d.Reason == "" || d.Reason != "" && !slices.Contains(Reasons, d.Reason):
		return fault.New(fault.Invalid, "moderation.reason-missing", "choose a reason from the list")
	case d.Verdict != Keep && d.Text == "":
		return fault.New(fault.Invalid, "moderation.text-missing", "say why, in words for everybody")
	case utf8.RuneCountInString(d.Text) > MaxDecision:
		return fault.New(fault.Invalid, "moderation.text-long", "at most %d characters", MaxDecision).With("Most", MaxDecision)
	case until.IsZero():
		return nil
	case d.Verdict == Keep:
		return fault.New(fault.Invalid, "moderation.until-kept", "nobody is kept from writing for words that stay")
	case !until.After(now) || until.After(now.Add(MaxSanction)):
		return fault.New(fault.Invalid, "moderation.until", "a sanction ends within 30 days")
	}
	return nil
}

// CanAppeal reports whether the author may still appeal against the decision that
// holds; nil is yes.
func (m Matter) CanAppeal(now time.Time, appealed bool) error {
	d := m.last()
	switch {
	case appealed:
		return fault.New(fault.Conflict, "moderation.appealed-already", "a decision is looked at again once")
	case d == nil || d.Verdict == Keep || !m.Decided:
		return fault.New(fault.Conflict, "moderation.nothing-to-appeal", "nothing was decided against these words")
	case now.Sub(d.At) > AppealWithin:
		return fault.New(fault.Conflict, "moderation.appeal-late", "an appeal is possible for 30 days")
	}
	return nil
}

// Checked is the report as it is kept; without a reason of the list, or longer
// than MaxReport, it is fault.Invalid.
func (n NewReport) Checked() (NewReport, error) {
	n.Text = strings.TrimSpace(n.Text)
	switch {
	case !slices.Contains(Reasons, n.Reason):
		return n, fault.New(fault.Invalid, "moderation.reason-missing", "choose a reason from the list")
	case utf8.RuneCountInString(n.Text) > MaxReport:
		return n, fault.New(fault.Invalid, "moderation.text-long", "at most %d characters", MaxReport).With("Most", MaxReport)
	}
	return n, nil
}
