package deal

import (
	"fmt"
	"slices"
	"testing"

	"parley/interest"
)

// TestWhatOptionsDoTogetherHurtsThoseOutside: A and B exchange as ever, and nothing of
// it touches C by itself. Both options together cost C 3, or end what C had of things
// as they are; where they serve C as well, as much or more, nobody is hurt.
func TestWhatOptionsDoTogetherHurtsThoseOutside(t *testing.T) {
	moved := []OptionRef{{"p", "b"}, {"q", "b"}}
	today := []OptionRef{{"p", "a"}, {"q", "a"}}
	for _, c := range []struct {
		name          string
		together      []OptionRef
		value         string
		own           string // what the second option does to C by itself
		hurt          bool
		worse, better string
		said          string
	}{
		{"brought about", moved, "-3", "0", true, "[{p b} {q b}]", "[]", "C: not in this group and worse off by its moves, on “issue”, “issue”."},
		{"ended", today, "3", "0", true, "[{p b} {q b}]", "[]", "C: not in this group and worse off by its moves, on “issue”, “issue”."},
		{"made up for in part", moved, "-3", "2", true, "[{p b} {q b}]", "[{q b}]", "C: not in this group and worse off by its moves, on “issue”, “issue”."},
		{"made up for", moved, "-3", "3", false, "[{p b} {q b}]", "[{q b}]", "C: not in this group; loses on “issue”, “issue”, gains no less elsewhere."},
		{"served", moved, "1", "0", false, "[]", "[{p b} {q b}]", "Not in this group and better off: C."},
	} {
		in := pointsOf([][][]string{
			{{"0", "0", "0"}, {"-1", "5", "0"}},
			{{"0", "0", "0"}, {"4", "-1", c.own}},
		})
		value, err := interest.ParseFraction(c.value)
		if err != nil {
			t.Fatal(err)
		}
		in.Written.Rules = []Rule{{Together: c.together, Points: []SidePoints{{"C", value}}}}
		f := formatOf(t, answered(t, in, 0), "A", "B")
		if len(f.Outside) != 1 || f.Outside[0].Hurt != c.hurt || fmt.Sprint(f.Outside[0].Worse) != c.worse || fmt.Sprint(f.Outside[0].Better) != c.better {
			t.Errorf("%s: got %+v, want hurt %v, worse %s, better %s", c.name, f.Outside, c.hurt, c.worse, c.better)
		}
		if !slices.Contains(f.Because["en"], c.said) {
			t.Errorf("%s: got %q, without %q", c.name, f.Because["en"], c.said)
		}
	}
}
