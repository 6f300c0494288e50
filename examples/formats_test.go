package examples

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
)

const formats = "china-eu-russia-us-2009.yaml"

func register(t *testing.T, d *dossier.Dossier, subject dialogue.SideID) interest.Register {
	t.Helper()
	for _, r := range d.Registers {
		if r.Subject == subject {
			return r
		}
	}
	t.Fatalf("no register of %s", subject)
	return interest.Register{}
}

// TestTwoRegistersAreThoseOfTheFirstExample: apart from whom else an entry is
// addressed to, nothing is added to what the source states and nothing left out.
func TestTwoRegistersAreThoseOfTheFirstExample(t *testing.T) {
	first, d := example(t, "us-russia-2009.yaml"), example(t, formats)
	var addressed []string
	for _, side := range []dialogue.SideID{"RU", "US"} {
		want, got := register(t, first, side), register(t, d, side)
		for k := range got.Interests {
			i := &got.Interests[k]
			i.Counterparts = slices.DeleteFunc(slices.Clone(i.Counterparts), func(c interest.Counterpart) bool {
				bare := reflect.DeepEqual(c, interest.Counterpart{Side: c.Side})
				if bare {
					addressed = append(addressed, fmt.Sprintf("%s to %s", i.ID, c.Side))
				}
				return bare
			})
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the register differs from that of the first example", side)
		}
	}
	if want := []string{"RU-15 to CN", "RU-19 to EU", "RU-20 to CN", "US-12 to CN"}; !slices.Equal(addressed, want) {
		t.Errorf("addressed: got %q, want %q", addressed, want)
	}
}

// TestOtherRegistersNameTheirDocuments: nothing in them is declared, each interest
// says which dated document it is from, and only one has a rank.
func TestOtherRegistersNameTheirDocuments(t *testing.T) {
	d := example(t, formats)
	dated := regexp.MustCompile(`200[1-9]`)
	for side, size := range map[dialogue.SideID]int{"CN": 11, "EU": 14} {
		r := register(t, d, side)
		if r.Author.Side != "" || len(r.Interests) != size {
			t.Errorf("%s: %d interests by %+v, want %d by nobody of a side", side, len(r.Interests), r.Author, size)
		}
		for _, i := range r.Interests {
			for lang, note := range i.Note {
				if !dated.MatchString(note) {
					t.Errorf("%s names no dated document in %s: %q", i.ID, lang, note)
				}
			}
			if len(i.Note) != 2 || i.Tier != interest.Unplaced && i.ID != "EU-01" || i.Horizon != interest.HorizonUnstated {
				t.Errorf("%s: notes %v, tier %v", i.ID, i.Note, i.Tier)
			}
			for _, c := range i.Counterparts {
				if c.Role.Known() || c.Priority.Known() {
					t.Errorf("%s: no document states a part or a priority of %s", i.ID, c.Side)
				}
			}
		}
	}
}

func TestTopicsOfFourSides(t *testing.T) {
	d := example(t, formats)
	count := map[interest.Relation]int{}
	names := map[string]bool{}
	for _, s := range d.Dialogue.Sides {
		names[s.Name.In("en")] = true
	}
	for _, topic := range d.Topics {
		count[topic.Relation]++
		for _, who := range topic.Affects {
			if names[who.In("en")] {
				t.Errorf("%s: %s is at the table", topic.ID, who.In("en"))
			}
		}
	}
	if got, want := fmt.Sprint(count[interest.Shared], count[interest.Opposed], count[interest.OneSided]), "17 13 12"; got != want {
		t.Errorf("shared, opposed, one-sided: %s, want %s", got, want)
	}
}

// TestFormatsOfTheReport: the three alliances, the two triangles, and who stands
// outside.
func TestFormatsOfTheReport(t *testing.T) {
	a := answer(t, example(t, formats), deal.Split)
	if want := []string{"former-ussr/US-yields iran/RU-yields", "iran/RU-yields nato/US-yields"}; !slices.Equal(swaps(a), want) {
		t.Errorf("swaps %q, want those of the first example", swaps(a))
	}
	groups := map[string]deal.Format{}
	for _, f := range a.Formats.Groups {
		groups[strings.Join(slices.Sorted(slices.Values(f.Sides)), "+")] = f
		if !f.Exact {
			t.Errorf("%v: the search was not completed", f.Sides)
		}
	}
	if len(groups) != 11 || !a.Formats.Complete || a.Formats.Payments != nil {
		t.Fatalf("%d groups, want 11", len(groups))
	}
	for group, want := range map[string]struct{ only, hurt string }{
		"RU+US":    {"no-great-war nuclear-deterrence no-nuclear-war pakistan china middle-east", "CN: missile-defence-space economic-governance"},
		"EU+RU":    {"eu-partnership", ""},
		"CN+RU":    {"china-india-partnership", ""},
		"CN+EU":    {"china-eu-partnership", ""},
		"EU+US":    {"", ""},
		"CN+US":    {"", ""},
		"EU+RU+US": {"", "CN: missile-defence-space economic-governance"},
		"CN+RU+US": {"", ""}, // with China at the table nothing is settled at its cost
	} {
		f := groups[group]
		if got := topicsOf(f.Only); got != want.only {
			t.Errorf("%s alone: got %s, want %s", group, got, want.only)
		}
		var hurt []string
		for _, o := range f.Outside {
			if o.Hurt {
				hurt = append(hurt, o.Side+": "+topicsOf(o.Worse))
			}
		}
		if got := strings.Join(hurt, "; "); got != want.hurt {
			t.Errorf("%s hurts %q, want %q", group, got, want.hurt)
		}
	}
	if n := len(groups["RU+US"].Swaps); n != 2 {
		t.Errorf("Russia and the United States have %d swaps of their own, want both", n)
	}
	if len(a.Formats.Packages) == 0 {
		t.Error("no package was looked at")
	}
	for _, p := range a.Formats.Packages {
		if !p.InCore || len(p.GoingBack) == 0 {
			t.Errorf("package %d: %+v", p.Deal, p)
		}
	}
}

func topicsOf(list []deal.Choice) string {
	var out []string
	for _, ch := range list {
		out = append(out, ch.Topic)
	}
	return strings.Join(out, " ")
}
