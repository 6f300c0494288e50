package interest_test

import (
	"reflect"
	"slices"
	"testing"

	"parley/dialogue"
	"parley/i18n"
	. "parley/interest"
)

// entry is an interest in one line: its rank, and what it says about others.
func entry(id ID, tier Tier, about ...Counterpart) Interest {
	return Interest{ID: id, Title: i18n.Text{"en": string(id)}, Tier: tier, Counterparts: about}
}

func believes(side dialogue.SideID, low, high Level) Counterpart {
	return Counterpart{Side: side, Priority: LevelRange{low, high}}
}

func pulls(side dialogue.SideID, a Alignment) Counterpart {
	return Counterpart{Side: side, Alignment: a}
}

func register(subject, author dialogue.SideID, of ...Interest) Register {
	return Register{Subject: subject, Author: Author{Side: author}, Interests: of}
}

func outside(subject dialogue.SideID, name string, of ...Interest) Register {
	return Register{Subject: subject, Author: Author{Name: i18n.Text{"en": name}}, Interests: of}
}

func topic(id TopicID, r Relation, of ...ID) Topic {
	return Topic{ID: id, Relation: r, Interests: of}
}

func book(registers []Register, topics ...Topic) *Book {
	b := &Book{Registers: registers, Topics: topics}
	for _, r := range registers {
		if !slices.ContainsFunc(b.Sides, func(s dialogue.Side) bool { return s.ID == r.Subject }) {
			b.Sides = append(b.Sides, dialogue.Side{ID: r.Subject})
		}
	}
	return b
}

func TestWeightierFor(t *testing.T) {
	for _, c := range []struct {
		name  string
		a, b  []Tier
		third []Tier
		want  string
	}{
		{name: "higher tier", a: []Tier{Vital}, b: []Tier{Important}, want: "A"},
		{name: "highest of several counts", a: []Tier{Secondary, Vital}, b: []Tier{Important}, want: "A"},
		{name: "same tier", a: []Tier{Important}, b: []Tier{Important}, want: "equal"},
		{name: "unplaced could be anything", a: []Tier{Unplaced}, b: []Tier{Secondary}, want: "unknown"},
		{name: "unplaced beside vital changes nothing", a: []Tier{Vital, Unplaced}, b: []Tier{Important}, want: "A"},
		{name: "unplaced beside important can only rise", a: []Tier{Important, Unplaced}, b: []Tier{Secondary}, want: "A"},
		{name: "unplaced beside important may rise above it", a: []Tier{Important, Unplaced}, b: []Tier{Important}, want: "unknown"},
		{name: "unplaced on the other side may catch up", a: []Tier{Vital}, b: []Tier{Unplaced}, want: "unknown"},
		{name: "nothing rises above two that are vital", a: []Tier{Vital}, b: []Tier{Vital}, third: []Tier{Unplaced}, want: "equal"},
		{name: "one-sided", a: []Tier{Vital}, want: "unknown"},
		{name: "three sides, one on top", a: []Tier{Important}, b: []Tier{Important}, third: []Tier{Vital}, want: "C"},
		{name: "three sides, two on top", a: []Tier{Vital}, b: []Tier{Important}, third: []Tier{Vital}, want: "equal"},
	} {
		var held []Held
		for i, tiers := range [][]Tier{c.a, c.b, c.third} {
			h := Held{Side: []dialogue.SideID{"A", "B", "C"}[i]}
			for _, tier := range tiers {
				h.Interests = append(h.Interests, &Interest{Tier: tier})
			}
			if len(tiers) > 0 {
				held = append(held, h)
			}
		}
		if got := Weightier(held); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBeliefsAgainstOwnWords(t *testing.T) {
	for _, c := range []struct {
		name      string
		registers []Register
		basis     []string // of the beliefs found
		between   int      // beliefs between outside authors
	}{
		{
			name: "each side wrote its own: a perception gap",
			registers: []Register{
				register("A", "A", entry("A1", Important, believes("B", Low, Low))),
				register("B", "B", entry("B1", Vital)),
			},
			basis: []string{BetweenSides},
		},
		{
			name: "one author wrote both: the source disagrees with itself",
			registers: []Register{
				register("A", "A", entry("A1", Important, believes("B", Low, Low))),
				register("B", "A", entry("B1", Vital)),
			},
			basis: []string{WithinOneSource},
		},
		{
			name: "an outside author about two sides",
			registers: []Register{
				outside("A", "Institute", entry("A1", Important, believes("B", Low, Low))),
				outside("B", "Institute", entry("B1", Vital)),
			},
			basis: []string{WithinOneSource},
		},
		{
			name: "two outside authors: no side has spoken",
			registers: []Register{
				outside("A", "Institute", entry("A1", Important, believes("B", Low, Low))),
				outside("B", "Academy", entry("B1", Vital)),
			},
			between: 1,
		},
		{
			name: "a wrong register about a side that has its own",
			registers: []Register{
				register("A", "A", entry("A1", Important)),
				register("B", "B", entry("B1", Vital)),
				register("B", "A", entry("B9", Secondary)),
			},
			basis: []string{BetweenSides},
		},
		{
			name: "ranges that touch agree",
			registers: []Register{
				register("A", "A", entry("A1", Important, believes("B", Low, High))),
				register("B", "B", entry("B1", Vital)),
			},
		},
		{
			name: "unknown says nothing, and neither does an unplaced interest",
			registers: []Register{
				register("A", "A", entry("A1", Important, believes("B", LevelUnknown, LevelUnknown))),
				register("B", "B", entry("B1", Vital, believes("A", High, High))),
				register("C", "C", entry("C1", Unplaced, believes("A", Middle, Middle))),
			},
		},
	} {
		b := book(c.registers, topic("t", Opposed, "A1", "B1", "B9", "C1"))
		got := Compare("en", b)
		var basis []string
		for _, p := range got.Perception {
			basis = append(basis, p.Basis)
		}
		if !slices.Equal(basis, c.basis) || len(got.BetweenAuthors) != c.between {
			t.Errorf("%s: got %v and %d between authors, want %v and %d", c.name, basis, len(got.BetweenAuthors), c.basis, c.between)
		}
	}
}

func TestBeliefNamesItsPlaces(t *testing.T) {
	b := book([]Register{
		register("A", "A", entry("A1", Important, believes("B", Low, Middle))),
		register("B", "B", entry("B1", Vital)),
		outside("B", "Institute", entry("B9", Secondary)),
	}, topic("t", Opposed, "A1", "B1", "B9"))
	want := []Belief{
		{Topic: "t", Interest: "B1", BelievedIn: "A1", BelievedBy: "A", About: "B", Believed: [2]string{"low", "medium"}, OwnTier: "vital", Basis: BetweenSides},
		{Topic: "t", Interest: "B1", BelievedIn: "B9", BelievedBy: "Institute", About: "B", Believed: [2]string{"low", "medium"}, OwnTier: "vital", Basis: BetweenSides},
	}
	if got := Compare("en", b).Perception; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestAsksAreWhatNobodyHasPriced(t *testing.T) {
	negative := Counterpart{Side: "B", Alignment: Parallel, Tone: Negative}
	hinders := Counterpart{Side: "B", Alignment: Parallel, Effect: Hinders}
	for _, c := range []struct {
		name   string
		about  []Counterpart
		asked  []string
		priced bool
	}{
		{name: "the same direction is free", about: []Counterpart{pulls("B", Parallel)}},
		{name: "not stated is an ask", about: []Counterpart{{Side: "B"}}, asked: []string{"B"}},
		{name: "mixed is an ask", about: []Counterpart{pulls("B", Mixed)}, asked: []string{"B"}},
		{name: "opposed is an ask", about: []Counterpart{pulls("B", OpposedTo)}, asked: []string{"B"}},
		{name: "negative colouring is an ask", about: []Counterpart{negative}, asked: []string{"B"}},
		{name: "a hindering part is an ask", about: []Counterpart{hinders}, asked: []string{"B"}},
		{name: "nobody mentioned: asked of everybody", asked: []string{"B", "C"}},
		{name: "two mentioned, one free", about: []Counterpart{pulls("B", Parallel), pulls("C", OpposedTo)}, asked: []string{"C"}},
		{name: "somebody wrote its effects", about: []Counterpart{pulls("B", OpposedTo)}, priced: true},
	} {
		b := book([]Register{
			register("A", "A", entry("A1", Vital, c.about...)), register("B", "B", entry("B1", Vital)), register("C", "C"),
		}, topic("t", OneSided, "A1"))
		b.Priced = map[TopicID]bool{"t": c.priced}
		got := Compare("en", b)
		var asked []string
		for _, a := range got.Asks {
			asked = append(asked, a.Of)
			if a.Interest != "A1" || a.Topic != "t" {
				t.Errorf("%s: got %+v", c.name, a)
			}
		}
		if !slices.Equal(asked, c.asked) {
			t.Errorf("%s: got %v, want %v", c.name, asked, c.asked)
		}
		if !slices.Equal(got.Unmatched, []string{"B1"}) {
			t.Errorf("%s: unmatched %v", c.name, got.Unmatched)
		}
	}
}

func TestContradictionsWithTheRelationAreWarnings(t *testing.T) {
	b := book([]Register{
		register("A", "A", entry("A1", Vital, pulls("B", Parallel)), entry("A2", Vital, pulls("B", OpposedTo)), entry("A3", Vital)),
		register("B", "B", entry("B1", Vital, pulls("A", Mixed)), entry("B2", Vital, pulls("A", Parallel)), entry("B3", Vital)),
	}, topic("opposed", Opposed, "A1", "B1"), topic("shared", Shared, "A2", "B2"), topic("several", Shared, "A3", "B3", "B2"))
	c := Compare("en", b)
	want := []Contradiction{
		{"opposed", "A1", "B", "parallel", "opposed"}, {"opposed", "B1", "A", "mixed", "opposed"}, {"shared", "A2", "B", "opposed", "shared"},
	}
	if !reflect.DeepEqual(c.Contradictions, want) {
		t.Errorf("got %+v", c.Contradictions)
	}
	if n := len(c.Warnings); n != 4 {
		t.Errorf("got %d warnings %q, want three contradictions and one topic that a side meets twice", n, c.Warnings)
	}
}

func TestRegistersThatCount(t *testing.T) {
	b := book([]Register{
		outside("A", "Institute", entry("X1", Vital)), register("A", "A", entry("A1", Vital), entry("A2", Unplaced)), outside("B", "Institute"),
	})
	c := Compare("en", b)
	want := []RegisterCount{
		{"A", "Institute", false, map[string]int{"vital": 1, "important": 0, "secondary": 0, "unplaced": 0}, false},
		{"A", "A", true, map[string]int{"vital": 1, "important": 0, "secondary": 0, "unplaced": 1}, true},
		{"B", "Institute", false, map[string]int{"vital": 0, "important": 0, "secondary": 0, "unplaced": 0}, true},
	}
	if !reflect.DeepEqual(c.Registers, want) {
		t.Errorf("got %+v\nwant %+v", c.Registers, want)
	}
	if !slices.Equal(c.Unmatched, []string{"A1", "A2"}) {
		t.Errorf("unmatched: got %v, want those of registers that count", c.Unmatched)
	}
}

func TestFraction(t *testing.T) {
	for in, want := range map[string]string{"3/4": "3/4", "0.75": "3/4", "2": "2", "-6/4": "-3/2", ".5": "1/2", "+1": "1", "0": "0"} {
		f, err := ParseFraction(in)
		if err != nil || f.String() != want {
			t.Errorf("%q: got %s, %v; want %s", in, f, err, want)
		}
	}
	for _, in := range []string{"", "x", "1e9", "1/0", "1/", "--1", "1/2/3", "0x10", "1_000", "Inf", "."} {
		if f, err := ParseFraction(in); err == nil {
			t.Errorf("%q: read as %s, want an error", in, f)
		}
	}
	if a, b := FractionOf(1, 3), FractionOf(2, 6); a.Cmp(b) != 0 || a.Sign() != 1 {
		t.Errorf("1/3 and 2/6 differ")
	}
}
