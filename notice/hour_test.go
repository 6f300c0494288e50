package notice

import (
	"testing"
	"time"
	_ "time/tzdata"

	"parley/fault"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func utc(t *testing.T, words string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, words)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Quiet hours are those that people see on their clocks, also in the nights in
// which clocks are changed.
func TestLettersWaitForTheEndOfQuietHours(t *testing.T) {
	night := Settings{Quiet: true, From: 22, To: 7}
	early := Settings{Quiet: true, From: 0, To: 3}
	for _, c := range []struct {
		name     string
		settings Settings
		zone     string
		at, want string
	}{
		{"by day", night, "Europe/Berlin", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"},
		{"in the evening", night, "Europe/Berlin", "2026-07-01T20:30:00Z", "2026-07-02T05:00:00Z"},
		{"at the first moment", night, "Europe/Berlin", "2026-07-01T20:00:00Z", "2026-07-02T05:00:00Z"},
		{"at the last moment", night, "Europe/Berlin", "2026-07-02T04:59:59Z", "2026-07-02T05:00:00Z"},
		{"clocks go forward", night, "Europe/Berlin", "2026-03-28T22:30:00Z", "2026-03-29T05:00:00Z"},
		{"clocks go back", night, "Europe/Berlin", "2026-10-24T21:30:00Z", "2026-10-25T06:00:00Z"},
		{"the end is left out", Settings{Quiet: true, From: 22, To: 2}, "Europe/Berlin", "2026-03-28T23:30:00Z", "2026-03-29T01:00:00Z"},
		{"the hour comes twice", early, "America/New_York", "2026-11-01T04:30:00Z", "2026-11-01T08:00:00Z"},
		{"clocks go forward there", early, "America/New_York", "2026-03-08T05:30:00Z", "2026-03-08T07:00:00Z"},
		{"far in the east", night, "Asia/Kamchatka", "2026-01-10T12:00:00Z", "2026-01-10T19:00:00Z"},
		{"half an hour", night, "Asia/Kolkata", "2026-01-10T17:00:00Z", "2026-01-11T01:30:00Z"},
		{"off", Settings{From: 22, To: 7}, "Europe/Berlin", "2026-07-01T23:30:00Z", "2026-07-01T23:30:00Z"},
		{"from and to alike", Settings{Quiet: true, From: 5, To: 5}, "UTC", "2026-07-01T05:30:00Z", "2026-07-01T05:30:00Z"},
		{"in the middle of the day", Settings{Quiet: true, From: 9, To: 17}, "UTC", "2026-07-01T09:10:00Z", "2026-07-01T17:00:00Z"},
	} {
		got := c.settings.Later(utc(t, c.at), zone(t, c.zone))
		if want := utc(t, c.want); !got.Equal(want) {
			t.Errorf("%s: got %s, want %s", c.name, got.UTC().Format(time.RFC3339), c.want)
		}
	}
}

// Whatever the hour and the zone, a letter never goes in a quiet hour, never
// before it is ready, and within a day and an hour.
func TestNoLetterInAQuietHour(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "Asia/Kamchatka", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"} {
		z := zone(t, name)
		start := utc(t, "2026-03-07T00:00:00Z")
		for step := range 24 * 40 {
			at := start.Add(time.Duration(step) * 37 * time.Minute)
			for from := 0; from < 24; from += 5 {
				s := Settings{Quiet: true, From: from, To: (from + 8) % 24}
				got := s.Later(at, z)
				if s.quiet(got.In(z).Hour()) || got.Before(at) || got.Sub(at) > 10*time.Hour {
					t.Fatalf("%s, quiet from %d: %s became %s", name, from, at, got.In(z))
				}
			}
		}
	}
}

func TestDigestsAreDueAtTheirHour(t *testing.T) {
	daily := Settings{Every: Daily, Hour: 8}
	monday := Settings{Every: Weekly, Hour: 8, Weekday: time.Monday}
	for _, c := range []struct {
		name        string
		settings    Settings
		zone        string
		oldest, now string
		want        bool
	}{
		{"before the hour", daily, "Europe/Berlin", "2026-07-01T10:00:00Z", "2026-07-02T05:59:00Z", false},
		{"at the hour", daily, "Europe/Berlin", "2026-07-01T10:00:00Z", "2026-07-02T06:00:00Z", true},
		{"hours after it", daily, "Europe/Berlin", "2026-07-01T10:00:00Z", "2026-07-02T15:00:00Z", true},
		{"what came after it waits", daily, "Europe/Berlin", "2026-07-02T06:00:01Z", "2026-07-02T15:00:00Z", false},
		{"in winter an hour later by UTC", daily, "Europe/Berlin", "2026-12-01T10:00:00Z", "2026-12-02T06:30:00Z", false},
		{"in winter", daily, "Europe/Berlin", "2026-12-01T10:00:00Z", "2026-12-02T07:00:00Z", true},
		{"another day there", daily, "Asia/Kamchatka", "2026-07-01T10:00:00Z", "2026-07-01T20:00:00Z", true},
		{"not yet there", daily, "Asia/Kamchatka", "2026-07-01T10:00:00Z", "2026-07-01T19:59:00Z", false},
		{"the hour does not come", Settings{Every: Daily, Hour: 2}, "America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z", true},
		{"not before it would", Settings{Every: Daily, Hour: 2}, "America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T06:59:00Z", false},
		{"the hour comes twice", Settings{Every: Daily, Hour: 1}, "America/New_York", "2026-11-01T00:00:00Z", "2026-11-01T05:00:00Z", true},
		{"once is enough", Settings{Every: Daily, Hour: 1}, "America/New_York", "2026-11-01T05:00:01Z", "2026-11-01T06:30:00Z", false},
		{"weekly, on Sunday", monday, "Europe/Berlin", "2026-07-02T10:00:00Z", "2026-07-05T10:00:00Z", false},
		{"weekly, on Monday", monday, "Europe/Berlin", "2026-07-02T10:00:00Z", "2026-07-06T06:00:00Z", true},
		{"weekly, the server was away", monday, "Europe/Berlin", "2026-07-02T10:00:00Z", "2026-07-09T03:00:00Z", true},
		{"weekly, on the day before the hour", monday, "Europe/Berlin", "2026-07-02T10:00:00Z", "2026-07-06T05:59:00Z", false},
		{"never", Settings{Every: Never, Hour: 8}, "UTC", "2026-01-01T00:00:00Z", "2026-07-06T05:59:00Z", false},
	} {
		if got := c.settings.Due(utc(t, c.oldest), utc(t, c.now), zone(t, c.zone)); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// Over two years, whatever the zone does to its clocks, there is one digest for
// each day on which something came.
func TestOneDigestADay(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "Asia/Kamchatka", "America/New_York"} {
		z := zone(t, name)
		for hour := range 24 {
			s := Settings{Every: Daily, Hour: hour}
			sent := 0
			oldest := utc(t, "2026-01-01T00:00:00Z").Add(-24 * time.Hour)
			start := utc(t, "2026-01-01T00:00:00Z")
			for step := range 2 * 365 * 24 {
				now := start.Add(time.Duration(step) * time.Hour)
				if s.Due(oldest, now, z) {
					sent++
					oldest = now
				}
			}
			if sent < 729 || sent > 731 {
				t.Errorf("%s at %d: %d digests in 730 days", name, hour, sent)
			}
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	if err := DefaultSettings().Check(); err != nil {
		t.Error(err)
	}
	for key, change := range map[string]func(s *Settings){
		"notice.rhythm":  func(s *Settings) { s.Every = "hourly" },
		"notice.weekday": func(s *Settings) { s.Weekday = 7 },
		"notice.hour":    func(s *Settings) { s.To = 24 },
	} {
		s := DefaultSettings()
		change(&s)
		if f, ok := fault.As(s.Check()); !ok || f.Key != key {
			t.Errorf("got %v, want %s", s.Check(), key)
		}
	}
}
