package moderation

import (
	"strings"
	"time"
	"unicode/utf8"

	"parley/fault"
)

// Limits of the rules.
const (
	MaxPremoderate = 20
	MaxSlow        = 24 * time.Hour
	MaxSlowMode    = 30 * 24 * time.Hour // how long slow mode may be set for
)

// SlowAt reports whether slow mode holds at that time.
func (r Rules) SlowAt(now time.Time) bool { return r.Slow > 0 && now.Before(r.SlowUntil) }

// Checked are the rules as they are kept: without slow mode that has no length or
// no end. Slow mode always ends.
func (r Rules) Checked(now time.Time) (Rules, error) {
	if r.Slow == 0 || r.SlowUntil.IsZero() && r.Slow >= 0 {
		r.Slow, r.SlowUntil = 0, time.Time{}
	}
	switch {
	case r.Premoderate < 0 || r.Premoderate > MaxPremoderate:
		return r, fault.New(fault.Invalid, "moderation.rules.premoderate", "0 to %d first contributions of a newcomer are read before they are shown", MaxPremoderate).
			With("Most", MaxPremoderate)
	case r.Slow < 0 || r.Slow > MaxSlow:
		return r, fault.New(fault.Invalid, "moderation.rules.slow", "slow mode asks for at most 24 hours between two contributions")
	case r.Slow > 0 && (!r.SlowUntil.After(now) || r.SlowUntil.After(now.Add(MaxSlowMode))):
		return r, fault.New(fault.Invalid, "moderation.rules.until", "slow mode ends within 30 days")
	}
	return r, nil
}

// Reasoned are changed rules with their reason as it is kept: nothing changes
// without one.
func (r Rules) Reasoned() (Rules, error) {
	r.Text = strings.TrimSpace(r.Text)
	switch {
	case r.Text == "":
		return r, fault.New(fault.Invalid, "moderation.text-missing", "say why, in words for everybody")
	case utf8.RuneCountInString(r.Text) > MaxDecision:
		return r, fault.New(fault.Invalid, "moderation.text-long", "at most %d characters", MaxDecision).With("Most", MaxDecision)
	}
	return r, nil
}

// Same reports whether both say the same, whatever the reason.
func (r Rules) Same(other Rules) bool {
	return r.Premoderate == other.Premoderate && r.Slow == other.Slow && r.SlowUntil.Equal(other.SlowUntil)
}

// Group is the group in which an author of these sides is shown: the side, or
// "several", or "none".
func Group(sides []string) string {
	switch len(sides) {
	case 0:
		return "none"
	case 1:
		return sides[0]
	}
	return "several"
}
