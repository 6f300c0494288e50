package dossier_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

func key(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Key
	}
	return ""
}

func TestASideWritesAboutItself(t *testing.T) {
	d := read(t, small)
	before := string(dossier.Write(d))
	with, id, err := d.PutInterest("A", interest.Interest{Title: i18n.Text{"en": "A bridge"}}, "2026-11-22")
	if err != nil || id != "A-3" {
		t.Fatalf("got %s, %v", id, err)
	}
	own := with.Own("A")
	if len(own.Interests) != 3 || own.Interests[2].Title["en"] != "A bridge" || own.Date != "2026-11-22" || !own.Declared() {
		t.Errorf("got %+v", own)
	}
	if string(dossier.Write(d)) != before {
		t.Error("the dossier it began from has changed")
	}
	changed, _, err := with.PutInterest("A", interest.Interest{ID: id, Title: i18n.Text{"ru": "Мост"}, Tier: interest.Vital}, "2026-11-23")
	if err != nil || len(changed.Own("A").Interests) != 3 || changed.Own("A").Interests[2].Tier != interest.Vital {
		t.Errorf("got %+v, %v", changed, err)
	}
	without, err := changed.DropInterest("A", id, "2025")
	if err != nil || string(dossier.Write(without)) != before {
		t.Errorf("got %v\n%s", err, dossier.Write(without))
	}
	for _, wrong := range []interest.ID{"A-9", "B-1"} {
		if _, _, err := d.PutInterest("A", interest.Interest{ID: wrong, Title: i18n.Text{"en": "x"}}, "2026"); !fault.Is(err, fault.Missing) {
			t.Errorf("%s: got %v", wrong, err)
		}
		if _, err := d.DropInterest("A", wrong, "2026"); !fault.Is(err, fault.Missing) {
			t.Errorf("%s: got %v", wrong, err)
		}
	}
}

// What others wrote about a side holds beliefs from then on, and counts again
// when the side takes back its last word.
func TestTheFirstInterestMakesTheRegister(t *testing.T) {
	d := read(t, small)
	own, id, err := d.PutInterest("B", interest.Interest{Title: i18n.Text{"en": "Quiet"}}, "2026-11-22")
	if err != nil || id != "B-3" {
		t.Fatalf("got %s, %v", id, err)
	}
	if r := own.Own("B"); r == nil || r.Author.Side != "B" || len(r.Interests) != 1 {
		t.Fatalf("got %+v", r)
	}
	if _, err := deal.NewQuestion(own.Input(), deal.DefaultSettings()); key(err) != "deal.empty-table" {
		t.Errorf("all topics rest, and yet: %v", err)
	}
	back, err := own.DropInterest("B", id, "2026")
	if err != nil || !bytes.Equal(dossier.Write(back), dossier.Write(d)) {
		t.Errorf("got %v\n%s", err, dossier.Write(back))
	}
}

func TestIdsThatAreGiven(t *testing.T) {
	d := read(t, strings.NewReplacer("A-2", "A-09", "B-2", "B-x").Replace(small))
	for side, want := range map[dialogue.SideID]interest.ID{"A": "A-10", "B": "B-2"} {
		if _, id, err := d.PutInterest(side, interest.Interest{Title: i18n.Text{"en": "x"}}, "2026"); err != nil || id != want {
			t.Errorf("got %s, %v, want %s", id, err, want)
		}
	}
	long := strings.Repeat("Z", 64)
	d = read(t, strings.NewReplacer("id: A,", "id: "+long+",", "side: A}", "side: "+long+"}", "subject: A", "subject: "+long,
		"actors: [A, B]", "actors: ["+long+", B]", "of: A", "of: "+long, "A-yields", long+"-yields").Replace(small))
	if _, id, err := d.PutInterest(dialogue.SideID(long), interest.Interest{Title: i18n.Text{"en": "x"}}, "2026"); err != nil || len(id) > 64 {
		t.Errorf("got %s, %v", id, err)
	}
}

func TestInterestsThatCannotBe(t *testing.T) {
	about := func(c ...interest.Counterpart) interest.Interest {
		return interest.Interest{Title: i18n.Text{"en": "x"}, Counterparts: c}
	}
	cases := map[string]struct {
		i    interest.Interest
		want string
	}{
		"no title":          {interest.Interest{}, "edit.untitled"},
		"an empty title":    {interest.Interest{Title: i18n.Text{"en": "x", "ru": " "}}, "edit.missing.ru"},
		"another language":  {interest.Interest{Title: i18n.Text{"fr": "x"}}, "edit.language"},
		"too long a note":   {interest.Interest{Title: i18n.Text{"en": "x"}, Note: i18n.Text{"en": strings.Repeat("ы", dossier.MaxText+1)}}, "edit.long"},
		"a bell":            {interest.Interest{Title: i18n.Text{"en": "x\a"}}, "edit.control"},
		"itself":            {about(interest.Counterpart{Side: "A"}), "edit.counterpart"},
		"nobody":            {about(interest.Counterpart{Side: "X"}), "edit.counterpart"},
		"a side twice":      {about(interest.Counterpart{Side: "B"}, interest.Counterpart{Side: "B"}), "edit.counterpart"},
		"half a role":       {about(interest.Counterpart{Side: "B", Role: interest.RoleRange{Low: interest.Minor}}), "edit.interval"},
		"a role upset":      {about(interest.Counterpart{Side: "B", Role: interest.RoleRange{Low: interest.Key, High: interest.None}}), "edit.interval"},
		"half a priority":   {about(interest.Counterpart{Side: "B", Priority: interest.LevelRange{High: interest.Top}}), "edit.interval"},
		"a note in another": {about(interest.Counterpart{Side: "B", Note: i18n.Text{"de": "x"}}), "edit.language"},
	}
	d := read(t, small)
	for name, c := range cases {
		if _, _, err := d.PutInterest("A", c.i, "2026"); key(err) != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

func TestWhatTopicsNeedCannotGo(t *testing.T) {
	d := read(t, small)
	_, err := d.DropInterest("A", "A-1", "2026")
	if f, ok := fault.As(err); !ok || f.Key != "edit.needed" || f.Args["Topics"] != "water" {
		t.Errorf("got %v", err)
	}
	text := strings.Replace(small, "      - {id: A-2, title: A safe road}\n",
		"      - {id: A-2, title: A safe road}\n      - {id: A-3, title: Toll}\n      - {id: A-4, title: Calm}\n      - {id: A-5, title: Trade}\n", 1)
	d = read(t, strings.Replace(text, "  rules:\n", `  issues:
    - id: toll
      title: The toll
      options: [{id: keep}, {id: free, effects: {A-3: 1}}]
  rules:
    - {side: A, not_below: A-4}
    - {together: [water/A-yields, toll/free], effects: {A-5: 1}}
`, 1))
	for id, want := range map[interest.ID]string{"A-3": "toll", "A-4": "rules", "A-5": "rules"} {
		_, err := d.DropInterest("A", id, "2026")
		if f, ok := fault.As(err); !ok || f.Args["Topics"] != want {
			t.Errorf("%s: got %v", id, err)
		}
	}
}

// Whoever may speak for a side can begin, whatever others wrote about it before.
func TestAnySideMayBeginItsRegister(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dossiertest.Generate(t)
		for _, s := range d.Dialogue.Sides {
			next, _, err := d.PutInterest(s.ID, interest.Interest{Title: i18n.Text{d.Dialogue.Languages[0]: "x"}}, "2026")
			if err != nil {
				t.Fatalf("%s: %v\n%s", s.ID, err, dossier.Write(d))
			}
			next.Compare("en")
			if _, err := deal.NewQuestion(next.Input(), deal.DefaultSettings()); err != nil && key(err) == "" {
				t.Fatalf("%s: %v", s.ID, err)
			}
			d = next
		}
	})
}

// Without its words a question is the same question.
func TestWordsDecideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dossiertest.Generate(t)
		var ids []interest.ID
		for _, r := range d.Registers {
			for _, i := range r.Interests {
				if rapid.Bool().Draw(t, "gone") {
					ids = append(ids, i.ID)
				}
			}
		}
		before := string(dossier.Write(d))
		without := d.Unworded(ids)
		if err := dossier.Check(without); err != nil {
			t.Fatal(err)
		}
		a, errA := deal.NewQuestion(d.Input(), deal.DefaultSettings())
		b, errB := deal.NewQuestion(without.Input(), deal.DefaultSettings())
		if key(errA) != key(errB) || errA == nil && a.SHA256() != b.SHA256() {
			t.Fatalf("got %v and %v", errA, errB)
		}
		if err := dossier.Check(d.Without(ids)); err != nil {
			t.Fatal(err)
		}
		if string(dossier.Write(d)) != before {
			t.Fatal("the dossier it began from has changed")
		}
	})
}

func TestWordsThatAreTakenBack(t *testing.T) {
	d := read(t, small)
	d.Registers[0].Interests[0].Note = i18n.Text{"en": "between us"}
	d.Registers[0].Interests[0].Counterparts[0].Note = i18n.Text{"ru": "слухи"}
	gone := d.Unworded([]interest.ID{"A-1"})
	i := gone.Registers[0].Interests[0]
	if i.Title["en"] != "Removed at the author’s request" || i.Title["ru"] != "Удалено по просьбе автора" || len(i.Note) > 0 || len(i.Counterparts[0].Note) > 0 {
		t.Errorf("got %+v", i)
	}
	if i.Tier != interest.Vital || i.Counterparts[0].Effect != interest.Hinders {
		t.Errorf("more than words went: %+v", i)
	}
	d, id, err := d.PutInterest("A", interest.Interest{Title: i18n.Text{"en": "A secret"}}, "2026")
	if err != nil {
		t.Fatal(err)
	}
	after := d.Without([]interest.ID{"A-1", id})
	if got := after.Own("A").Interests; len(got) != 2 || got[0].ID != "A-1" || got[0].Title["en"] == "A full reservoir" {
		t.Errorf("got %+v", got)
	}
}
