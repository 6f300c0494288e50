package dossier_test

import (
	"bytes"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/fault"
	"parley/interest"
)

func TestASideSaysWhatMattersMore(t *testing.T) {
	d := weighed(t)
	before := dossier.Write(d)
	whole := func(ids ...interest.ID) (parts []interest.Part) {
		for _, id := range ids {
			parts = append(parts, interest.Part{Interest: id, Of: interest.FractionOf(1, 1)})
		}
		return parts
	}
	two := interest.Weighing{Gain: whole("A-2", "A-3"), Outweighs: whole("A-1")}
	next, err := d.PutWeighing("A", two, "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	own := next.Own("A")
	if len(own.Weights) != 4 || own.Weights[3].Inequality() != "A-2 + A-3 >= A-1" || own.Date != "2026-11-23" {
		t.Errorf("got %v", own)
	}
	if !bytes.Equal(dossier.Write(d), before) {
		t.Error("the dossier it began from has changed")
	}
	back, err := next.DropWeighing("A", 3, d.Own("A").Date)
	if err != nil || !bytes.Equal(dossier.Write(back), before) {
		t.Errorf("got %v\n%s", err, dossier.Write(back))
	}
	for range 3 {
		if back, err = back.DropWeighing("A", 0, "2026"); err != nil {
			t.Fatal(err)
		}
	}
	if back.Own("A").Weights != nil {
		t.Errorf("got %v", back.Own("A").Weights)
	}
	for _, number := range []int{-1, 0} {
		if _, err := back.DropWeighing("A", number, "2026"); key(err) != "edit.no-weighing" {
			t.Errorf("%d: got %v", number, err)
		}
	}
	if _, err := d.DropWeighing("B", 0, "2026"); !fault.Is(err, fault.Missing) {
		t.Errorf("of a side without a register of its own: %v", err)
	}
}

func TestStatementsThatCannotBe(t *testing.T) {
	d := weighed(t)
	part := func(id interest.ID, num, den int64) []interest.Part {
		return []interest.Part{{Interest: id, Of: interest.FractionOf(num, den)}}
	}
	for name, c := range map[string]struct {
		w    interest.Weighing
		want string
	}{
		"nothing":                  {interest.Weighing{}, "edit.weighing.sides"},
		"with nothing":             {interest.Weighing{More: "A-1"}, "edit.weighing.sides"},
		"gives up nothing":         {interest.Weighing{Gain: part("A-1", 1, 1)}, "edit.weighing.sides"},
		"of another side":          {interest.Weighing{More: "A-1", Than: "B-1"}, "edit.no-interest"},
		"itself":                   {interest.Weighing{More: "A-1", Than: "A-1"}, "edit.weighing.twice"},
		"less than nothing":        {interest.Weighing{More: "A-1", Than: "A-2", Times: interest.FractionOf(-1, 2)}, "edit.weighing.times"},
		"too many times":           {interest.Weighing{More: "A-1", Than: "A-2", Times: interest.FractionOf(2001, 2)}, "edit.weighing.times"},
		"more than the whole":      {interest.Weighing{Gain: part("A-1", 3, 2), Outweighs: part("A-2", 1, 1)}, "edit.weighing.part"},
		"no part":                  {interest.Weighing{Gain: part("A-1", 1, 1), Outweighs: part("A-2", 0, 1)}, "edit.weighing.part"},
		"said already":             {interest.Weighing{More: "A-2", Than: "A-3"}, "edit.weighing.said"},
		"said already, in numbers": {interest.Weighing{More: "A-2", Than: "A-3", Times: interest.FractionOf(2, 2)}, "edit.weighing.said"},
		"against what is said":     {interest.Weighing{More: "A-3", Than: "A-2", Times: interest.FractionOf(2, 1)}, "edit.weighing.clash"},
	} {
		if _, err := d.PutWeighing("A", c.w, "2026"); key(err) != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
	if _, err := d.PutWeighing("B", interest.Weighing{More: "B-1", Than: "B-2"}, "2026"); key(err) != "edit.no-interest" {
		t.Errorf("of a side without a register of its own: %v", err)
	}
}

// As few statements as contradict one another are named, whatever else is said.
func TestTheSmallestContradictionIsNamed(t *testing.T) {
	d := weighed(t)
	_, err := d.PutWeighing("A", interest.Weighing{More: "A-3", Than: "A-1"}, "2026")
	f, ok := fault.As(err)
	if !ok || f.Key != "edit.weighing.clash.ranks" && f.Key != "edit.weighing.clash" {
		t.Fatalf("got %v", err)
	}
	set := f.Args["Set"].([]interest.Weighing)
	own := d.Own("A")
	for n := range set {
		fewer := append(append([]interest.Weighing{}, set[:n]...), set[n+1:]...)
		if left, _ := interest.ClashingWeights(fewer, own.Interests); left != nil {
			t.Errorf("without %s it is a contradiction still: %v", set[n].Inequality(), left)
		}
	}
	if all, _ := interest.ClashingWeights(set, own.Interests); len(all) != len(set) {
		t.Errorf("%v is no contradiction", set)
	}
	raised := own.Interests[0]
	raised.Tier = interest.Secondary
	next, _, err := d.PutInterest("A", raised, "2026")
	if err != nil {
		t.Fatal(err)
	}
	ferry := own.Interests[2]
	ferry.Tier = interest.Vital
	_, _, err = next.PutInterest("A", ferry, "2026")
	if f, ok := fault.As(err); !ok || f.Key != "edit.weighing.clash.ranks" || fmt.Sprint(f.Args["Said"]) != "1/2 A-1 >= A-3 + 1/4 A-2" {
		t.Errorf("a rank against what is said: %v", err)
	}
}

// Whatever is accepted makes a dossier that can be read again, and whatever is
// refused for its contradiction is one.
func TestWhatIsSaidHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dossiertest.Generate(t)
		for _, s := range d.Dialogue.Sides {
			own := d.Own(s.ID)
			if own == nil || len(own.Interests) < 2 {
				continue
			}
			pick := func(name string) interest.ID {
				return rapid.SampledFrom(own.Interests).Draw(t, name).ID
			}
			w := interest.Weighing{More: pick("more"), Than: pick("than"), Times: interest.FractionOf(int64(rapid.IntRange(0, 3).Draw(t, "times")), 1)}
			next, err := d.PutWeighing(s.ID, w, "2026")
			set, _ := interest.ClashingWeights(append(append([]interest.Weighing{}, own.Weights...), w), own.Interests)
			switch {
			case err == nil:
				if set != nil || dossier.Check(next) != nil {
					t.Fatalf("%s was accepted", w.Inequality())
				}
			case key(err) == "edit.weighing.clash", key(err) == "edit.weighing.clash.ranks":
				if set == nil {
					t.Fatalf("%s was refused: %v", w.Inequality(), err)
				}
			case w.More != w.Than && key(err) != "edit.weighing.said":
				t.Fatal(err)
			}
		}
	})
}
