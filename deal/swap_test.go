package deal_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/deal"
	"parley/dialogue"
	"parley/interest"
)

// opposing draws a dialogue of two to four sides with up to three interests each
// and up to five opposed topics between two or three of them.
func opposing(t *rapid.T) deal.Input {
	var in deal.Input
	n := rapid.IntRange(2, 4).Draw(t, "sides")
	for s := range n {
		in.Sides = append(in.Sides, dialogue.Side{ID: dialogue.SideID(rune('A' + s))})
	}
	role := rapid.Custom(func(t *rapid.T) interest.RoleRange {
		low := interest.Role(rapid.IntRange(int(interest.None), int(interest.Key)).Draw(t, "low"))
		return interest.RoleRange{Low: low, High: interest.Role(rapid.IntRange(int(low), int(interest.Key)).Draw(t, "high"))}
	})
	for s := range n {
		r := interest.Register{Subject: in.Sides[s].ID, Author: interest.Author{Side: in.Sides[s].ID}}
		for k := range rapid.IntRange(1, 3).Draw(t, "interests") {
			i := interest.Interest{ID: interest.ID(fmt.Sprintf("%s%d", in.Sides[s].ID, k)), Tier: interest.Tier(rapid.IntRange(0, 3).Draw(t, "tier"))}
			for o := range n {
				if o != s {
					i.Counterparts = append(i.Counterparts, interest.Counterpart{Side: in.Sides[o].ID, Role: role.Draw(t, "role")})
				}
			}
			r.Interests = append(r.Interests, i)
		}
		in.Registers = append(in.Registers, r)
	}
	for k := range rapid.IntRange(1, 5).Draw(t, "topics") {
		topic := interest.Topic{ID: interest.TopicID(fmt.Sprintf("t%d", k)), Relation: interest.Opposed, Divisible: rapid.Bool().Draw(t, "divisible")}
		holders := rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 2, min(n, 3), rapid.ID).Draw(t, "holders")
		for _, h := range holders {
			i := rapid.SampledFrom(in.Registers[h].Interests).Draw(t, "interest")
			topic.Interests = append(topic.Interests, i.ID)
			topic.Camps = append(topic.Camps, []interest.ID{i.ID})
		}
		if len(holders) == 3 && rapid.Bool().Draw(t, "together") {
			topic.Camps = [][]interest.ID{{topic.Interests[0]}, topic.Interests[1:]}
		}
		in.Topics = append(in.Topics, topic)
	}
	return in
}

func TestSwapsAgainstBruteForce(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		in := opposing(t)
		full := rapid.Bool().Draw(t, "full")
		got, want := deal.Swaps(in, full), deal.SwapsByForce(in, full)
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q\n%s", got, want, deal.Describe(in, full))
		}
		found += len(want)
	})
	if found == 0 {
		t.Error("no drawn dialogue had a swap: the comparison shows nothing")
	}
}

// Every condition under which a swap is said to fall is tried: with the one
// judgement changed, neither it nor a part of it is a swap any more.
func TestSwapsFallAsTheySay(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		in := readExample(t, name).Input()
		set := deal.DefaultSettings()
		set.Samples = 0
		for _, s := range search(t, in, set).Swaps {
			swap := swapNames(&deal.Answer{Swaps: []deal.Swap{s}})[0]
			if len(s.FlipsIf) == 0 {
				t.Errorf("%s: %s: no condition at all", name, swap)
			}
			for _, f := range s.FlipsIf {
				text := f.Interest + "=" + f.To
				if f.Kind == "role" {
					text = f.Interest + ":" + f.Side + "=" + f.To
				}
				assumption, err := interest.ParseAssumption(text)
				if err != nil {
					t.Fatal(err)
				}
				changed := in
				changed.Registers, err = interest.Assume(in.Registers, []interest.Assumption{assumption})
				if err != nil {
					t.Fatal(err)
				}
				if slices.Contains(swapNames(search(t, changed, set)), swap) {
					t.Errorf("%s: with %s, %s still stands", name, text, swap)
				}
			}
		}
	}
}

func TestNoSamplesMeansNoShares(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 0
	a := search(t, readExample(t, "us-russia-2009.yaml").Input(), set)
	for _, c := range a.Choices {
		if c.NashShare.Known() {
			t.Fatalf("%s/%s has a share", c.Topic, c.Option)
		}
	}
	if len(a.Deals) == 0 || a.Deals[0].Nash.Known() || len(a.Deals[0].Core) != 0 {
		t.Errorf("packages without samples: %+v", a.Deals)
	}
	if len(a.Swaps) != 2 || len(a.Undecided) != 3 {
		t.Errorf("%d swaps, %v undecided: the exact part is missing", len(a.Swaps), a.Undecided)
	}
}
