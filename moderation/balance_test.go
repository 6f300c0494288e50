package moderation

import (
	"testing"
	"time"
)

func weeks(n float64) time.Time { return day.Add(time.Duration(n * 7 * 24 * float64(time.Hour))) }

// opened makes n cases of a group, decided after two hours.
func opened(group string, n int, at time.Time) (out []Record) {
	for i := range n {
		open := at.Add(time.Duration(i) * time.Minute)
		out = append(out, Record{Group: group, Reported: true, OpenedAt: open, DecidedAt: open.Add(2 * time.Hour)})
	}
	return out
}

func TestNothingIsToldOfFewerThanFive(t *testing.T) {
	records := append(opened("A", 4, day), opened("B", 5, day)...)
	b := NewBalance(records, []string{"A", "B", "several", "none"}, weeks(4))
	want := []SideBalance{{"A", 0, 0, -1, -1}, {"B", 5, 2 * time.Hour, -1, -1}, {"several", 0, 0, -1, -1}, {"none", 0, 0, -1, -1}}
	for i, got := range b.Sides {
		if got != want[i] {
			t.Errorf("got %+v, want %+v", got, want[i])
		}
	}
	if !b.Since.Equal(day) || b.AsOf.Weekday() != time.Monday || b.AsOf.After(weeks(4)) {
		t.Errorf("got %+v", b)
	}
}

// Whoever reads log and balance side by side, every minute, never sees a figure
// move because of fewer than five cases, nor in the week in which they came.
func TestFiguresMoveByFives(t *testing.T) {
	records := opened("A", 5, day)
	for i := range 12 {
		records = append(records, opened("A", 1, weeks(1+float64(i)/4))...)
	}
	before := 0
	for at := day; at.Before(weeks(8)); at = at.Add(5 * time.Hour) {
		var known []Record
		for _, r := range records {
			if !r.OpenedAt.After(at) {
				known = append(known, r)
			}
		}
		got := NewBalance(known, []string{"A"}, at).Sides[0].Cases
		if got != before && (got-before < Fewest || at.Weekday() != time.Monday) {
			t.Errorf("%v: %d cases, before %d", at, got, before)
		}
		if got < before {
			t.Errorf("%v: %d cases, before %d", at, got, before)
		}
		before = got
	}
	if before != 13 {
		t.Errorf("%d of 17 are told in the end", before)
	}
}

func TestAppealsAreToldWhereThereAreFive(t *testing.T) {
	records := opened("A", 9, day)
	for i := range records[:5] {
		records[i].AppealedAt, records[i].AnsweredAt = records[i].DecidedAt, records[i].DecidedAt.Add(time.Hour)
		records[i].Reversed = i < 2
	}
	got := NewBalance(records, []string{"A"}, weeks(2)).Sides[0]
	if got.Appeals != 5 || got.Reversed != 2 {
		t.Errorf("got %+v", got)
	}
	records[0].AppealedAt = weeks(3) // after the Monday on which they were told
	got = NewBalance(records, []string{"A"}, weeks(9)).Sides[0]
	if got.Appeals != -1 || got.Reversed != -1 {
		t.Errorf("got %+v of four appeals", got)
	}
}

func TestBalanceSaysWhatIsUneven(t *testing.T) {
	groups := []string{"A", "B"}
	if b := NewBalance(decided(1, 500, map[string]float64{"A": 0.6, "B": 0.3}), groups, weeks(8)); b.Uneven == nil {
		t.Error("2:1 in 500 decisions is not told")
	}
	if b := NewBalance(decided(1, 500, map[string]float64{"A": 0.5, "B": 0.5}), groups, weeks(8)); b.Uneven != nil {
		t.Errorf("fair decisions are told as %+v", b.Uneven)
	}
}
