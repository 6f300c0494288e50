package moderation

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

var day = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// decided makes decisions of moderators who hide what authors of each side wrote
// that often.
func decided(seed uint64, n int, often map[string]float64) []Record {
	r := rand.New(rand.NewPCG(seed, 1))
	var groups []string
	for _, g := range []string{"A", "B", "C"} {
		if _, ok := often[g]; ok {
			groups = append(groups, g)
		}
	}
	var out []Record
	for i := range n {
		g := groups[r.IntN(len(groups))]
		at := day.Add(time.Duration(i) * time.Hour)
		out = append(out, Record{Group: g, Reported: true, OpenedAt: at, DecidedAt: at.Add(time.Hour), Hidden: r.Float64() < often[g]})
	}
	return out
}

func TestBiasOfTwoToOneIsFlagged(t *testing.T) {
	for name, often := range map[string]map[string]float64{
		"two sides":   {"A": 0.6, "B": 0.3},
		"three sides": {"A": 0.3, "B": 0.6, "C": 0.3},
	} {
		missed := 0
		for seed := range uint64(200) {
			u := Uneven(decided(seed, 500, often))
			if u == nil {
				missed++
				continue
			}
			if u.P >= MostChance || u.Most-u.Least < 10 || u.Least > 45 {
				t.Errorf("%s: got %+v", name, u)
			}
		}
		if missed > 2 {
			t.Errorf("%s: %d of 200 were missed", name, missed)
		}
	}
}

func TestFairDecisionsAreSilent(t *testing.T) {
	for name, often := range map[string]map[string]float64{"two sides": {"A": 0.5, "B": 0.5}, "three sides": {"A": 0.2, "B": 0.2, "C": 0.2}} {
		flagged := 0
		for seed := range uint64(200) {
			if Uneven(decided(seed, 500, often)) != nil {
				flagged++
			}
		}
		if flagged > 10 {
			t.Errorf("%s: %d of 200 fair seeds were flagged", name, flagged)
		}
	}
}

func TestUnevenTakesNoSide(t *testing.T) {
	records := decided(1, 500, map[string]float64{"A": 0.6, "B": 0.3})
	want := Uneven(records)
	for i := range records {
		records[i].Group = map[string]string{"A": "B", "B": "A"}[records[i].Group]
	}
	got := Uneven(records)
	if got == nil || got.Least != want.Least || got.Most != want.Most || math.Abs(got.P-want.P) > 1e-12 {
		t.Errorf("got %+v, want %+v whichever side has which name", got, want)
	}
}

func TestTooLittleSaysNothing(t *testing.T) {
	var records []Record
	for range 4 {
		records = append(records, Record{Group: "A", Reported: true, DecidedAt: day, Hidden: true})
		records = append(records, Record{Group: "B0", Reported: true, DecidedAt: day})
	}
	for range 40 {
		records = append(records, Record{Group: "B0", Reported: true, DecidedAt: day})
	}
	if u := Uneven(records); u != nil {
		t.Errorf("four cases of a side tell %+v", u)
	}
	records = append(records, Record{Group: "A", Reported: true, DecidedAt: day, Hidden: true})
	if Uneven(records) == nil {
		t.Error("five of five and none of 44 say nothing")
	}
}

// The lady tasting tea: three of four cups, and all of them.
func TestFisher(t *testing.T) {
	for _, c := range []struct {
		a, n, b, m int
		want       float64
	}{{3, 4, 1, 4, 34.0 / 70}, {4, 4, 0, 4, 2.0 / 70}, {1, 10, 11, 14, 0.002759456}} {
		if got := fisher(c.a, c.n, c.b, c.m); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%d of %d, %d of %d: got %v, want %v", c.a, c.n, c.b, c.m, got, c.want)
		}
	}
}
