package notice

import (
	"time"

	"parley/fault"
)

// Check is fault.Invalid where the settings name no hour, day or rhythm.
func (s Settings) Check() error {
	hour := func(h int) bool { return h >= 0 && h < 24 }
	switch {
	case s.Every != Daily && s.Every != Weekly && s.Every != Never:
		return fault.New(fault.Invalid, "notice.rhythm", "the digest goes daily, weekly or never, not %q", s.Every)
	case s.Weekday < time.Sunday || s.Weekday > time.Saturday:
		return fault.New(fault.Invalid, "notice.weekday", "a weekday is 0 (Sunday) to 6, not %d", s.Weekday)
	case !hour(s.Hour) || !hour(s.From) || !hour(s.To):
		return fault.New(fault.Invalid, "notice.hour", "an hour is 0 to 23")
	}
	return nil
}

// quarter is the step in which zones and their changes of the clock lie.
const quarter = 15 * time.Minute

// Later is when a letter that is ready at t may go: at once, or at the first
// quarter of an hour that is not quiet in the zone. Clocks that are put forward
// or back meanwhile change nothing of the hour that people see.
func (s Settings) Later(t time.Time, zone *time.Location) time.Time {
	if !s.quiet(t.In(zone).Hour()) {
		return t
	}
	at := t.Truncate(quarter)
	for range 2 * 24 * 4 {
		at = at.Add(quarter)
		if !s.quiet(at.In(zone).Hour()) {
			return at
		}
	}
	return t
}

// quiet reports whether letters rest in that hour. From and To alike: they never
// do.
func (s Settings) quiet(hour int) bool {
	switch {
	case !s.Quiet || s.From == s.To:
		return false
	case s.From < s.To:
		return hour >= s.From && hour < s.To
	}
	return hour >= s.From || hour < s.To
}

// Due reports whether a digest is due of which the oldest line came at that
// moment: the hour for a digest has come since.
func (s Settings) Due(oldest, now time.Time, zone *time.Location) bool {
	slot, any := s.slot(now, zone)
	return any && oldest.Before(slot)
}

// slot is the newest moment up to now at which a digest goes.
func (s Settings) slot(now time.Time, zone *time.Location) (slot time.Time, any bool) {
	if s.Every != Daily && s.Every != Weekly {
		return time.Time{}, false
	}
	year, month, day := now.In(zone).Date()
	for back := range 8 {
		at := hourOf(year, month, day-back, s.Hour, zone)
		if at.After(now) || s.Every == Weekly && at.Weekday() != s.Weekday {
			continue
		}
		return at, true
	}
	return time.Time{}, false
}

// hourOf is the beginning of an hour of a day: the first where clocks are put
// back and it comes twice, the next where they are put forward and it does not
// come.
func hourOf(year int, month time.Month, day, hour int, zone *time.Location) time.Time {
	at := time.Date(year, month, day, hour, 0, 0, 0, zone)
	if at.Hour() < hour {
		at = at.Add(time.Hour)
	}
	if before := at.Add(-time.Hour); before.Hour() == at.Hour() {
		at = before
	}
	return at
}
