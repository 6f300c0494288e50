package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/i18n"
	"parley/interest"
)

func TestSuppose(t *testing.T) {
	d := towns(3)
	s := &session{ctx: context.Background(), w: i18n.For("en")}
	out, list, err := s.suppose(d, []string{"T1-01=vital", "T1-01:T2=minor", "T2-01.T3=key"})
	if err != nil {
		t.Fatal(err)
	}
	if got := out.Registers[0].Interests[0].Tier; got != interest.Vital {
		t.Errorf("got tier %s", got)
	}
	if got := d.Registers[0].Interests[0].Tier; got != interest.Secondary {
		t.Errorf("the file's own rank became %s", got)
	}
	if c, _ := out.Registers[1].Interests[0].Counterpart("T3"); c.Role.High != interest.Key {
		t.Errorf("got part %v", c.Role)
	}
	if got, want := out.Dialogue.Title["ru"], "Города на одной реке (предположено: T1-01=vital, T1-01:T2=minor, T2-01:T3=key)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if same, _, _ := s.suppose(d, nil); same.Dialogue.Title["en"] != "Towns on one river" {
		t.Errorf("nothing supposed: got %q", same.Dialogue.Title["en"])
	}
	b := newBook(out, "en")
	b.supposed = list
	if got := b.suppositions(); len(got) != 3 || !strings.Contains(got[0], "ranks as vital") || !strings.Contains(got[1], `"minor part"`) {
		t.Errorf("got %q", got)
	}
}

func TestSuppositionsThatCannotBe(t *testing.T) {
	s := &session{ctx: context.Background(), w: i18n.For("en")}
	for in, want := range map[string]string{
		"T1-01":            "write ID=WORD",
		"=vital":           "write ID=WORD",
		"T1-1=vital":       "did you mean T1-01?",
		"NOWHERE=vital":    `no interest "NOWHERE"`,
		"T1-01=vitl":       "did you mean vital?",
		"T1-01=key":        "none of secondary, important, vital, unplaced",
		"T1-01:T1=key":     `no other side "T1"; the sides are T2, T3`,
		"T1-01.T9=key":     `no other side "T9"`,
		"T1-01:T2=vital":   "none of none, minor",
		"T1-01:T2=mediums": "did you mean medium?",
	} {
		_, _, err := s.suppose(towns(3), []string{in})
		if !errors.As(err, new(usageError)) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", in, err, want)
		}
	}
}
