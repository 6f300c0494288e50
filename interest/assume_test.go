package interest

import (
	"reflect"
	"testing"

	"parley/dialogue"
	"parley/fault"
)

func TestAssumptionsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, s := range []string{"US-23=vital", "US-23=unplaced", "US-14:RU=key", "US-14:RU=unknown", "a=secondary"} {
		a, err := ParseAssumption(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.String(); got != s {
			t.Errorf("got %s, want %s", got, s)
		}
	}
}

func TestGarbledAssumptions(t *testing.T) {
	for _, s := range []string{"", "US-23", "=vital", "US-23=", "US-23=huge", "US-23:RU=vital", "US-23:=key", "US-23=key"} {
		if _, err := ParseAssumption(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: got %v", s, err)
		}
	}
}

func registersToAssume() []Register {
	return []Register{
		{Subject: "B", Interests: []Interest{
			{ID: "B-1", Tier: Important, Counterparts: []Counterpart{{Side: "A", Role: RoleRange{None, Key}, Effect: Potential, Alignment: Parallel}}},
			{ID: "B-2"},
		}},
		{Subject: "A"}, {Subject: "C"},
	}
}

func TestAssume(t *testing.T) {
	before := registersToAssume()
	after, err := Assume(before, []Assumption{
		{Interest: "B-2", Tier: Vital},
		{Interest: "B-1", Side: "A", Role: Minor},
		{Interest: "B-1", Side: "C", Role: Key},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, registersToAssume()) {
		t.Error("the registers themselves were changed")
	}
	if got := after[0].Interests[1].Tier; got != Vital {
		t.Errorf("B-2 ranks %v", got)
	}
	want := []Counterpart{
		{Side: "A", Role: RoleRange{Minor, Minor}, Alignment: Parallel},
		{Side: "C", Role: RoleRange{Key, Key}},
	}
	if got := after[0].Interests[0].Counterparts; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestImpossibleAssumptions(t *testing.T) {
	for _, a := range []Assumption{
		{Interest: "X-1", Tier: Vital},
		{Interest: "B-1", Side: "B", Role: Key},
		{Interest: "B-1", Side: dialogue.SideID("Z"), Role: Key},
	} {
		if _, err := Assume(registersToAssume(), []Assumption{a}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: got %v", a, err)
		}
	}
}
