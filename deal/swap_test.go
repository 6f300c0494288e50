package deal_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/interest"
)

// opposing draws a dialogue of two to four sides with up to three interests each
// and up to five opposed topics between two or three of them. Drawing is uniform:
// swaps are rare enough as it is.
func opposing(r *rand.Rand) deal.Input {
	var in deal.Input
	n := 2 + r.IntN(3)
	for s := range n {
		in.Sides = append(in.Sides, dialogue.Side{ID: dialogue.SideID(rune('A' + s))})
	}
	role := func() interest.RoleRange {
		low := interest.Key - interest.Role(r.IntN(2)*r.IntN(5))
		return interest.RoleRange{Low: low, High: low + interest.Role(r.IntN(int(interest.Key-low)+1))}
	}
	for s := range n {
		reg := interest.Register{Subject: in.Sides[s].ID, Author: interest.Author{Side: in.Sides[s].ID}}
		for k := range 2 + r.IntN(2) {
			i := interest.Interest{ID: interest.ID(fmt.Sprintf("%s%d", in.Sides[s].ID, k)), Tier: interest.Tier(r.IntN(4))}
			for o := range n {
				if o != s {
					i.Counterparts = append(i.Counterparts, interest.Counterpart{Side: in.Sides[o].ID, Role: role()})
				}
			}
			reg.Interests = append(reg.Interests, i)
		}
		in.Registers = append(in.Registers, reg)
	}
	for k := range 2 + r.IntN(3) {
		topic := interest.Topic{ID: interest.TopicID(fmt.Sprintf("t%d", k)), Relation: interest.Opposed, Divisible: r.IntN(3) == 0}
		holders := r.Perm(n)[:2+r.IntN(min(n, 3)-1)]
		for _, h := range holders {
			id := in.Registers[h].Interests[r.IntN(len(in.Registers[h].Interests))].ID
			topic.Interests = append(topic.Interests, id)
			topic.Camps = append(topic.Camps, []interest.ID{id})
		}
		if len(holders) == 3 && r.IntN(2) == 0 {
			topic.Camps = [][]interest.ID{{topic.Interests[0]}, topic.Interests[1:]}
		}
		in.Topics = append(in.Topics, topic)
	}
	return in
}

func TestSwapsAgainstBruteForce(t *testing.T) {
	found := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		in, full := opposing(r), r.IntN(2) == 0
		got, want := deal.Swaps(in, full), deal.SwapsByForce(in, full)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: got %q, want %q\n%s", seed, got, want, deal.Describe(in, full))
		}
		found += len(want)
	}
	if found < 50 {
		t.Errorf("only %d swaps in all that was drawn: the comparison shows little", found)
	}
	t.Logf("%d swaps compared", found)
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
