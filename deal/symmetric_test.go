package deal_test

import (
	"fmt"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// alike is a dialogue in which every side has the same interests in the same
// topics: every side, and every topic of a kind, is interchangeable.
func alike(sides, topics, loose int) deal.Input {
	var in deal.Input
	for s := range sides {
		id := dialogue.SideID(fmt.Sprintf("S%d", s))
		in.Sides = append(in.Sides, dialogue.Side{ID: id, Name: i18n.Text{"en": string(id)}})
	}
	for s := range sides {
		r := interest.Register{Subject: in.Sides[s].ID, Author: interest.Author{Side: in.Sides[s].ID}}
		for k := range 2*topics + loose {
			i := interest.Interest{ID: interest.ID(fmt.Sprintf("S%d-%d", s, k)), Tier: interest.Important}
			for o := range sides {
				if o != s {
					i.Counterparts = append(i.Counterparts, interest.Counterpart{Side: in.Sides[o].ID, Role: interest.RoleRange{Low: interest.Minor, High: interest.Key}})
				}
			}
			r.Interests = append(r.Interests, i)
		}
		in.Registers = append(in.Registers, r)
	}
	for k := range 2 * topics {
		t := interest.Topic{ID: interest.TopicID(fmt.Sprintf("t%d", k)), Relation: interest.Shared}
		if k%2 == 1 {
			t.Relation = interest.Opposed
		}
		for s := range sides {
			id := interest.ID(fmt.Sprintf("S%d-%d", s, k))
			t.Interests = append(t.Interests, id)
			if t.Relation == interest.Opposed {
				t.Camps = append(t.Camps, []interest.ID{id})
			}
		}
		in.Topics = append(in.Topics, t)
	}
	return in
}

func TestSymmetricTables(t *testing.T) {
	for _, c := range []struct{ sides, topics, loose int }{{2, 3, 0}, {3, 2, 4}, {4, 1, 2}, {2, 10, 30}, {5, 1, 0}} {
		in := alike(c.sides, c.topics, c.loose)
		found, forced := deal.Symmetries(in)
		if found == 0 || forced {
			t.Errorf("%+v: %d symmetries found, search cut short: %t", c, found, forced)
		}
		set := deal.DefaultSettings()
		set.Samples = 20
		checkNeutral(t, in, set, 7)
	}
}

// Interchangeable options have equal shares, whatever the sample drew.
func TestSharesOfInterchangeableOptionsAreEqual(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 101
	a := search(t, alike(3, 1, 0), set)
	seen := map[deal.Share]bool{}
	for _, c := range a.Choices {
		if c.Topic == "t1" && len(c.Option) == len("S0-yields") {
			seen[c.NashShare] = true
		}
	}
	if len(seen) != 1 {
		t.Errorf("the three sides' options have different shares: %v", seen)
	}
}

// Hundreds of matters alike are numbered at once instead of one after the other.
func TestManyMattersAlike(t *testing.T) {
	in := alike(2, 150, 0)
	if found, forced := deal.Symmetries(in); found == 0 || forced {
		t.Errorf("%d symmetries found, search cut short: %t", found, forced)
	}
	in = alike(12, 1, 3)
	if found, forced := deal.Symmetries(in); found == 0 || forced {
		t.Errorf("twelve sides: %d symmetries found, search cut short: %t", found, forced)
	}
}
