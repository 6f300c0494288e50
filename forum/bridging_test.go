package forum_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/forum"
)

var sides = []string{"N", "S", "E", "W"}

func voice() *rapid.Generator[forum.Voice] {
	return rapid.Custom(func(t *rapid.T) forum.Voice {
		v := forum.Voice{
			Group:  rapid.SampledFrom(append([]string{""}, sides...)).Draw(t, "group"),
			Weight: rapid.Float64Range(.001, 1).Draw(t, "weight"),
			For:    rapid.Bool().Draw(t, "for"), Against: rapid.Bool().Draw(t, "against"),
		}
		if v.Group == "" {
			v.Weight = forum.Outside
		}
		return v
	})
}

func voices(t *rapid.T) []forum.Voice { return rapid.SliceOfN(voice(), 0, 60).Draw(t, "voices") }

// Renaming the sides and changing the order of the voices changes nothing.
func TestNoSideIsPrivileged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := voices(t)
		before := forum.Bridging(all)
		names := rapid.Permutation(sides).Draw(t, "names")
		other := slices.Clone(all)
		for i := range other {
			if at := slices.Index(sides, other[i].Group); at >= 0 {
				other[i].Group = names[at]
			}
		}
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if after := forum.Bridging(other); after != before {
			t.Fatalf("%d became %d", before, after)
		}
	})
}

// One side alone, however many, with whoever is of several sides or none, never
// beats one known voice from each of two sides.
func TestOneSideAloneNeverBeatsTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		crowd := make([]forum.Voice, rapid.IntRange(0, 5000).Draw(t, "crowd"))
		for i := range crowd {
			crowd[i] = forum.Voice{Group: "N", Weight: 1, For: true}
		}
		for range rapid.IntRange(0, 500).Draw(t, "outside") {
			crowd = append(crowd, forum.Voice{Weight: forum.Outside, For: true})
		}
		weight := rapid.Float64Range(.04, 1)
		pair := []forum.Voice{{Group: "S", Weight: weight.Draw(t, "one"), For: true}, {Group: "W", Weight: weight.Draw(t, "other"), For: true}}
		if alone, both := forum.Bridging(crowd), forum.Bridging(pair); alone >= both {
			t.Fatalf("%d of one side have %d, two of two %d", len(crowd), alone, both)
		}
	})
}

// One more who finds it helpful never lowers it, from whatever side; one more who
// does not understand it, or misses a source, never raises it.
func TestMarksMoveItTheirOwnWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := voices(t)
		before := forum.Bridging(all)
		v := voice().Draw(t, "one more")
		v.For, v.Against = true, false
		if after := forum.Bridging(append(slices.Clone(all), v)); after < before {
			t.Fatalf("one more that finds it helpful lowers %d to %d", before, after)
		}
		v.For, v.Against = false, true
		if after := forum.Bridging(append(slices.Clone(all), v)); after > before {
			t.Fatalf("one more that finds it unclear raises %d to %d", before, after)
		}
	})
}

// What a voice that counts little can move is bounded by its weight.
func TestWhoIsNewMovesLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := voices(t)
		before := forum.Bridging(all)
		v := voice().Draw(t, "new")
		v.Weight, v.Group = .03, "N"
		moved := forum.Bridging(append(slices.Clone(all), v)) - before
		if most := int64(.03 * float64(len(sides)) * 1e12); moved > most || moved < -most {
			t.Fatalf("one newcomer moves it by %d, more than %d", moved, most)
		}
	})
}

// Small cases that anyone can check with the formula.
func TestBridgingByHand(t *testing.T) {
	n, s, e := forum.Voice{Group: "N", Weight: 1, For: true}, forum.Voice{Group: "S", Weight: 1, For: true}, forum.Voice{Group: "E", Weight: 1, For: true}
	against := forum.Voice{Group: "S", Weight: 1, Against: true}
	for _, c := range []struct {
		name string
		all  []forum.Voice
		want int64
	}{
		{"nobody", nil, 0},
		{"one of one side: the tail, 1/2 of a thousandth", []forum.Voice{n}, 500_000_000},
		{"one each of two: 1/2 * 1/2, and 2/3 of a thousandth", []forum.Voice{n, s}, 250_666_666_667},
		{"one each of three: three pairs, and 3/4", []forum.Voice{n, s, e}, 750_750_000_000},
		{"and one against: 1/2 * 1/3, and 1/4", []forum.Voice{n, s, against}, 166_916_666_667},
		{"one against alone", []forum.Voice{against}, -500_000_000},
		{"of no side: a quarter, 1/5", []forum.Voice{{Weight: forum.Outside, For: true}}, 200_000_000},
	} {
		if got := forum.Bridging(c.all); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestNeed(t *testing.T) {
	for _, c := range []struct {
		w    forum.Waiting
		want int64
	}{
		{forum.Waiting{}, 0}, {forum.Waiting{Unanswered: true}, 4}, {forum.Waiting{Unsourced: 1}, 3}, {forum.Waiting{Unclear: 1}, 2},
		{forum.Waiting{Untold: 1}, 2}, {forum.Waiting{Unsourced: 100, Unclear: 100, Unanswered: true, Untold: 1}, 31},
	} {
		if got := forum.Need(c.w); got != c.want {
			t.Errorf("%+v: got %d, want %d", c.w, got, c.want)
		}
	}
}

// The laws above bite: what most people find helpful, whoever they are, breaks the
// first of them.
func TestAMajorityIsNoBridge(t *testing.T) {
	majority := func(all []forum.Voice) (n int) {
		for _, v := range all {
			if v.For {
				n++
			}
		}
		return n
	}
	crowd := slices.Repeat([]forum.Voice{{Group: "N", Weight: 1, For: true}}, 100)
	pair := []forum.Voice{{Group: "N", Weight: 1, For: true}, {Group: "S", Weight: 1, For: true}}
	if majority(crowd) <= majority(pair) || forum.Bridging(crowd) >= forum.Bridging(pair) {
		t.Error("a majority and a bridge are told apart no more")
	}
}
