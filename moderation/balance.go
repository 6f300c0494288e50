package moderation

import (
	"cmp"
	"slices"
	"time"
)

// Fewest is the number of cases of which nothing smaller is told, and by which
// figures grow.
const Fewest = 5

// Record is what a case adds to the balance. Times that are zero have not come.
type Record struct {
	Group      string // of the author: a side, "several" or "none"
	Reported   bool   // by a reader; else it was read before it was shown
	OpenedAt   time.Time
	DecidedAt  time.Time // for the first time
	Hidden     bool      // by that decision
	AppealedAt time.Time
	AnsweredAt time.Time
	Reversed   bool // by the answer
}

// NewBalance tells of the process for each group, in the order given. So that
// nobody reads in it whose words a single case was about, figures are renewed on
// Mondays (UTC) alone, and those of a group only when five more of its cases have
// been opened.
func NewBalance(records []Record, groups []string, now time.Time) Balance {
	records = slices.Clone(records)
	slices.SortFunc(records, func(a, b Record) int { return cmp.Compare(a.OpenedAt.UnixMicro(), b.OpenedAt.UnixMicro()) })
	b := Balance{AsOf: monday(now)}
	if len(records) > 0 {
		b.Since = records[0].OpenedAt
	}
	var told []Record
	for _, g := range groups {
		own := slices.Clone(records)
		own = slices.DeleteFunc(own, func(r Record) bool { return r.Group != g })
		n, asOf := renewed(own, b.AsOf)
		side := SideBalance{Group: g, Cases: n, Appeals: -1, Reversed: -1}
		if n >= Fewest {
			own = until(own[:n], asOf)
			side.fill(own)
			if g != "several" && g != "none" {
				told = append(told, own...)
			}
		}
		b.Sides = append(b.Sides, side)
	}
	b.Uneven = Uneven(told)
	return b
}

// monday is the beginning of the week.
func monday(t time.Time) time.Time {
	t = t.UTC()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// renewed is how many of a group's cases are told at that Monday, and at which
// Monday they were.
func renewed(own []Record, now time.Time) (n int, at time.Time) {
	for i, r := range own {
		week := monday(r.OpenedAt).AddDate(0, 0, 7)
		if week.After(now) {
			break
		}
		last := i+1 == len(own) || !monday(own[i+1].OpenedAt).Equal(monday(r.OpenedAt))
		if last && i+1-n >= Fewest {
			n, at = i+1, week
		}
	}
	return n, at
}

// until are the cases as they stood at that time.
func until(own []Record, at time.Time) []Record {
	out := slices.Clone(own)
	for i := range out {
		r := &out[i]
		if !r.DecidedAt.Before(at) {
			r.DecidedAt, r.Hidden = time.Time{}, false
		}
		if !r.AppealedAt.Before(at) {
			r.AppealedAt = time.Time{}
		}
		if !r.AnsweredAt.Before(at) {
			r.AnsweredAt, r.Reversed = time.Time{}, false
		}
	}
	return out
}

// fill adds the figures of cases, each where there are enough.
func (b *SideBalance) fill(own []Record) {
	var waited []time.Duration
	appeals, reversed := 0, 0
	for _, r := range own {
		if !r.DecidedAt.IsZero() {
			waited = append(waited, r.DecidedAt.Sub(r.OpenedAt))
		}
		if !r.AppealedAt.IsZero() {
			appeals++
		}
		if r.Reversed {
			reversed++
		}
	}
	if len(waited) >= Fewest {
		b.Waited = median(waited)
	}
	if appeals >= Fewest {
		b.Appeals, b.Reversed = appeals, reversed
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	n := len(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}
