package web

import (
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/interest"
)

func TestSwapsAreTheSameByTheirMoves(t *testing.T) {
	a, b := deal.Move{Topic: "river", Option: "A-yields", Side: "A"}, deal.Move{Topic: "bridge", Option: "B-yields", Side: "B"}
	for _, c := range []struct {
		one, other []deal.Move
		want       bool
	}{
		{[]deal.Move{a, b}, []deal.Move{b, a}, true},
		{[]deal.Move{a, b}, []deal.Move{a}, false},
		{[]deal.Move{a}, []deal.Move{b}, false},
		{nil, nil, true},
	} {
		if got := sameMoves(deal.Swap{Moves: c.one})(deal.Swap{Moves: c.other}); got != c.want {
			t.Errorf("%v and %v: got %v", c.one, c.other, got)
		}
	}
}

func TestResultSetsTwoAnswersSideBySide(t *testing.T) {
	d := bench(3)
	m := newRoom(d, "en", false)
	stated, supposed := benchAnswer(3), benchAnswer(3)
	supposed.Swaps = []deal.Swap{{Moves: []deal.Move{{Topic: "bridge", Option: "open", Side: "B"}}}}
	supposed.Undecided = []string{"river"}
	stated.QuickWins = []deal.QuickWin{{Topic: "river"}}
	supposed.QuickWins = []deal.QuickWin{{Topic: "bridge"}}
	list := []interest.Assumption{{Interest: "A-1", Tier: interest.Unplaced}, {Interest: "A-1", Side: "B", Role: interest.RoleUnknown}, {Interest: "nobody-1"}}
	x := newSupposeResult(m, m, supposition{changes: list}, stated, supposed)
	if len(x.FallenSwaps) != 1 || len(x.NewSwaps) != 1 || len(x.KeptSwaps) != 0 {
		t.Errorf("swaps: %d fall, %d appear, %d stay", len(x.FallenSwaps), len(x.NewSwaps), len(x.KeptSwaps))
	}
	if len(x.FallenSteps) != 1 || x.FallenSteps[0].ID != "river" || len(x.NewSteps) != 1 || x.NewSteps[0].ID != "bridge" {
		t.Errorf("steps: %v fall, %v appear", x.FallenSteps, x.NewSteps)
	}
	if len(x.Closed) != 1 || x.Closed[0].Matter.ID != "bridge" || len(x.Opened) != 0 || len(x.StillOpen) != 1 {
		t.Errorf("open matters: %v, %v, %v", x.Closed, x.Opened, x.StillOpen)
	}
	var got []string
	for _, s := range x.Sentences {
		got = append(got, strings.TrimSpace(s.Words+" "+s.Now))
	}
	want := []string{
		"Suppose nobody had stated how “Wish of A” ranks (Side A) (the register says: vital)",
		"Suppose the part in “Wish of A” were not stated (Side B) (the register says: not stated)",
		"nobody-1=unplaced",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if want := command("parley deals bench.yaml --assume A-1=unplaced --assume A-1:B=unknown --assume nobody-1=unplaced"); x.Command != want {
		t.Errorf("got %q", x.Command)
	}
}

func TestNothingIsSaidOfWhatWasNotSampled(t *testing.T) {
	m := newRoom(bench(2), "en", false)
	stated, supposed := benchAnswer(2), benchAnswer(2)
	supposed.Question.Samples, supposed.Undecided = 0, nil
	x := newSupposeResult(m, m, supposition{}, stated, supposed)
	if x.Sampled || len(x.Closed)+len(x.Opened)+len(x.StillOpen) > 0 || !x.Nothing {
		t.Errorf("got %+v", x)
	}
}

func TestFieldsRememberWhatWasAsked(t *testing.T) {
	got := supposeFields([]string{"A-1:B=minor", "B-1=secondary", "C-1="})
	if want := []supposeField{{1, "A-1", "B:minor"}, {2, "B-1", "secondary"}, {3, "C-1", ""}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEverythingThatCanBeChosenCanBeRead(t *testing.T) {
	m := newRoom(bench(3), "en", false)
	for _, group := range m.supposeTargets() {
		for _, o := range group.Options {
			for _, text := range chosen(map[string][]string{"interest": {"A-1"}, "to": {o.Value}}) {
				a, err := interest.ParseAssumption(text)
				if err != nil || a.String() != text {
					t.Errorf("%s: %q, %v", text, a, err)
				}
			}
		}
	}
}

func TestExamplesWorthTrying(t *testing.T) {
	d := bench(2)
	m := newRoom(d, "en", false)
	if got := m.supposeExamples(nil); len(got) != 0 {
		t.Errorf("a matter that is vital to both gives %v", got)
	}
	d.Registers[1].Interests[0].Tier = interest.Secondary
	m = newRoom(d, "en", false)
	got := m.supposeExamples(benchAnswer(2))
	want := []string{"/en/bench/suppose?assume=B-1%3Dvital", "/en/bench/suppose?assume=B-1%3Dimportant"}
	var addresses []string
	for _, e := range got {
		addresses = append(addresses, e.Address)
	}
	for _, w := range want {
		if !slices.Contains(addresses, w) {
			t.Errorf("%s is not among %v", w, addresses)
		}
	}
}
