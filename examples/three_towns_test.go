package examples

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/interest"
)

func TestThreeTownsAreMarkedAsInvented(t *testing.T) {
	d := example(t, "three-towns.yaml").Dialogue
	if d.Kind != dialogue.Invented {
		t.Errorf("kind: got %s", d.Kind)
	}
	for lang, word := range map[string]string{"en": "invented", "ru": "вымышлен"} {
		for _, text := range []string{d.Title[lang], d.Purpose[lang], d.Host[lang]} {
			if !strings.Contains(text, word) {
				t.Errorf("%q does not say %s", text, word)
			}
		}
	}
	if len(d.Sides) != 3 {
		t.Errorf("got %d sides, want three", len(d.Sides))
	}
}

// TestThreeTownsShowEachThing: whatever a dossier can say, short of a written
// table, is said once, so that every page has something to show.
func TestThreeTownsShowEachThing(t *testing.T) {
	d := example(t, "three-towns.yaml")
	seen := map[string]bool{}
	see := func(what string, is bool) { seen[what] = seen[what] || is }
	for _, r := range d.Registers {
		see("declared register", r.Declared())
		see("register about another side", !r.Declared())
		for _, i := range r.Interests {
			see("tier "+i.Tier.String(), true)
			see("horizon "+i.Horizon.String(), true)
			see("note", len(i.Note) > 0)
			see("no counterpart", len(i.Counterparts) == 0)
			for _, c := range i.Counterparts {
				see("role "+c.Role.Low.String(), true)
				see("role range", c.Role.Low != c.Role.High)
				see("priority "+c.Priority.High.String(), true)
				see("priority range", c.Priority.Low != c.Priority.High)
				see("effect "+c.Effect.String(), true)
				see("tone "+c.Tone.String(), true)
				see("alignment "+c.Alignment.String(), true)
			}
		}
	}
	for _, topic := range d.Topics {
		see("relation "+topic.Relation.String(), true)
		see("camps", topic.Camps != nil)
		see("divisible", topic.Divisible)
		see("minimum", topic.Minimum > 0)
		see("share", topic.Share != nil)
		see("act", topic.Act != nil)
		see("affects", topic.Affects != nil)
		see("topic by a side", topic.Author.Side != "")
		see("topic by nobody's side", topic.Author.Side == "")
	}
	for _, n := range d.Named {
		see("named as "+n.As.String(), true)
	}
	for _, what := range []string{
		"declared register", "register about another side", "note", "no counterpart",
		"tier vital", "tier important", "tier secondary", "tier ", "horizon long", "horizon immediate", "horizon ",
		"role none", "role minor", "role medium", "role important", "role key", "role range",
		"priority low", "priority medium", "priority high", "priority top", "priority ", "priority range",
		"effect helps", "effect hinders", "effect potential", "effect ", "tone negative", "tone positive", "tone ",
		"alignment parallel", "alignment opposed", "alignment mixed", "alignment ",
		"relation shared", "relation opposed", "relation complementary", "relation one-sided",
		"camps", "divisible", "minimum", "share", "act", "affects", "topic by a side", "topic by nobody's side",
		"named as quick-win", "named as prerequisite", "named as sphere", "named as ask",
	} {
		if !seen[what] {
			t.Errorf("no %s", what)
		}
	}
}

func TestNoTownIsTheVillain(t *testing.T) {
	d := example(t, "three-towns.yaml")
	c := d.Compare("en")
	wrong := map[string]int{}
	for _, b := range c.Perception {
		if b.Basis != interest.BetweenSides {
			t.Errorf("%+v: want %s", b, interest.BetweenSides)
		}
		if !strings.HasPrefix(b.BelievedIn, "BR-OS-") {
			wrong[b.BelievedBy]++
		}
	}
	if want := map[string]int{"KE": 4, "BR": 4, "OS": 4}; fmt.Sprint(wrong) != fmt.Sprint(want) {
		t.Errorf("wrong beliefs by each town: got %v, want %v", wrong, want)
	}
	for _, r := range c.Registers {
		n := 0
		for _, count := range r.Counts {
			n += count
		}
		if r.Used && (n < 10 || n > 14 || r.Counts["vital"] < 2 || r.Counts["vital"] > 3) {
			t.Errorf("%s: %v, want 10 to 14 interests of which two or three are vital", r.Subject, r.Counts)
		}
	}
}

func TestWhatOstemarBelievesOfBrennit(t *testing.T) {
	c := example(t, "three-towns.yaml").Compare("en")
	var got []string
	for _, b := range c.Perception {
		if strings.HasPrefix(b.BelievedIn, "BR-OS-") {
			got = append(got, b.BelievedIn+" on "+b.Interest)
		}
	}
	want := []string{
		"BR-OS-02 on KE-01", "BR-OS-04 on KE-04", "BR-OS-04 on BR-03", "BR-OS-03 on KE-06", "BR-OS-03 on BR-07", "BR-OS-01 on BR-01",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, r := range c.Registers {
		if r.Used == (r.Subject == "BR" && r.Author == "OS") {
			t.Errorf("the register about %s by %s: used %v", r.Subject, r.Author, r.Used)
		}
	}
}

func TestThreeTownsAsks(t *testing.T) {
	c := example(t, "three-towns.yaml").Compare("en")
	var asks []string
	for _, a := range c.Asks {
		asks = append(asks, a.Of+" "+a.Interest)
	}
	if want := []string{"KE OS-11", "BR OS-12"}; !slices.Equal(asks, want) {
		t.Errorf("asks: got %q, want %q", asks, want)
	}
	if want := []string{"KE-11"}; !slices.Equal(c.Unmatched, want) {
		t.Errorf("unmatched: got %q, want %q", c.Unmatched, want)
	}
}
