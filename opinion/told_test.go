package opinion_test

import (
	"math"
	"testing"

	"parley/dialogue"
	"parley/opinion"
)

func TestDue(t *testing.T) {
	for _, c := range []struct {
		n, fresh int
		want     bool
	}{{10, 10, true}, {9, 9, false}, {10, 5, true}, {10, 4, false}, {100, 4, false}, {9, 20, false}} {
		if got := opinion.Due(c.n, c.fresh); got != c.want {
			t.Errorf("%d people, %d fresh: got %v", c.n, c.fresh, got)
		}
	}
}

func TestOpens(t *testing.T) {
	sides := []dialogue.SideID{"N", "S"}
	ten := opinion.Tally{Agree: 4, Disagree: 4, Passed: 2}
	nine := opinion.Tally{Agree: 9}
	if opinion.Opens(sides, map[opinion.Group]opinion.Tally{"N": ten, "S": nine, opinion.None: ten}) {
		t.Error("who is of no side fills the ten of a side")
	}
	if !opinion.Opens(sides, map[opinion.Group]opinion.Tally{"N": ten, "S": ten}) {
		t.Error("ten of each side are not enough")
	}
	if opinion.Opens(nil, nil) {
		t.Error("a dialogue without sides tells")
	}
}

func TestFewOfWhomItMattersAreNotTold(t *testing.T) {
	for _, c := range []struct{ matters, want int }{{0, 0}, {1, -1}, {4, -1}, {5, 5}, {7, 7}, {8, -1}, {11, -1}, {12, 12}} {
		if got := (opinion.Tally{Agree: 12, Matters: c.matters}).Figures("N").Matters; got != c.want {
			t.Errorf("%d of 12: got %d, want %d", c.matters, got, c.want)
		}
	}
}

func TestTalliesAddUp(t *testing.T) {
	sum := opinion.Tally{}
	for _, c := range opinion.Choices {
		sum = sum.Add(opinion.Of(c, true))
	}
	if sum != (opinion.Tally{Agree: 1, Disagree: 1, Passed: 1, Matters: 3}) {
		t.Errorf("got %+v", sum)
	}
	if got := sum.Add(sum.Minus()); got != (opinion.Tally{}) {
		t.Errorf("got %+v", got)
	}
	if got := opinion.Of("", true); got != (opinion.Tally{}) {
		t.Errorf("no answer counts: %+v", got)
	}
}

// figures of a side, of whom so many agree.
func figures(g opinion.Group, agree, n int) opinion.Figures {
	tally := opinion.Tally{Agree: agree, Disagree: n - agree}
	f := tally.Figures(g)
	f.Low, f.High = tally.Interval()
	return f
}

func TestGroundIsThatOfTheLeastSide(t *testing.T) {
	sides := []dialogue.SideID{"N", "S"}
	ground := func(n, s int) float64 {
		return opinion.Ground(sides, &opinion.Told{Groups: []opinion.Figures{figures("N", n, 10), figures("S", s, 10)}})
	}
	if g := ground(8, 10); !(g > opinion.IsGround) || g != ground(10, 8) {
		t.Errorf("eight and ten of ten: %v", g)
	}
	if g := ground(6, 10); g > opinion.IsGround {
		t.Errorf("six of ten may be chance: %v", g)
	}
	if g := opinion.Ground(sides, &opinion.Told{Groups: []opinion.Figures{figures("N", 10, 10)}}); g != 0 {
		t.Errorf("a side that is not told: %v", g)
	}
}

func TestToldStandsInOneOrder(t *testing.T) {
	told := opinion.Told{Groups: []opinion.Figures{{Group: opinion.Newcomer}, {Group: "S"}, {Group: opinion.None}, {Group: opinion.Several}, {Group: "E"}}}
	told.Sort()
	for i, want := range []opinion.Group{"E", "S", opinion.Several, opinion.None, opinion.Newcomer} {
		if told.Groups[i].Group != want {
			t.Errorf("%d: got %s, want %s", i, told.Groups[i].Group, want)
		}
	}
	if told.Figures("N") != nil || (*opinion.Told)(nil).Figures("S") != nil || (*opinion.Told)(nil).Gap("S", "N") != nil {
		t.Error("what is not told is found")
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
