package deal

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// crowd draws registers of so many interests for every side and topics in which
// two to four of them meet: shared ones that two suffice for, opposed ones in two
// camps, and complementary ones.
func crowd(sides, interests, topics int, seed uint64) Input {
	r := rand.New(rand.NewPCG(seed, 7))
	var in Input
	for s := range sides {
		id := dialogue.SideID(rune('A' + s))
		in.Sides = append(in.Sides, dialogue.Side{ID: id, Name: i18n.Text{"en": string(id), "ru": string(id)}})
	}
	for s := range sides {
		reg := interest.Register{Subject: in.Sides[s].ID, Author: interest.Author{Side: in.Sides[s].ID}}
		for k := range interests {
			i := interest.Interest{ID: interest.ID(fmt.Sprintf("%s-%d", in.Sides[s].ID, k)), Tier: interest.Secondary + interest.Tier(r.IntN(3))}
			for o := range sides {
				if o != s {
					role := interest.Minor + interest.Role(r.IntN(4))
					i.Counterparts = append(i.Counterparts, interest.Counterpart{Side: in.Sides[o].ID, Role: interest.RoleRange{Low: role, High: role}})
				}
			}
			reg.Interests = append(reg.Interests, i)
		}
		in.Registers = append(in.Registers, reg)
	}
	for k := range topics {
		t := interest.Topic{ID: interest.TopicID(fmt.Sprintf("t%d", k)), Title: i18n.Text{"en": "matter", "ru": "тема"}}
		t.Relation = []interest.Relation{interest.Opposed, interest.Opposed, interest.Shared, interest.Complementary}[r.IntN(4)]
		for _, h := range r.Perm(sides)[:2+r.IntN(min(3, sides-1))] {
			t.Interests = append(t.Interests, in.Registers[h].Interests[r.IntN(interests)].ID)
		}
		switch t.Relation {
		case interest.Opposed:
			t.Camps = [][]interest.ID{t.Interests[:1], t.Interests[1:]}
		case interest.Shared:
			t.Minimum = 2
		}
		in.Topics = append(in.Topics, t)
	}
	return in
}

// BenchmarkSevenSides is a whole search with seven sides of 100 interests each
// over 100 topics, all 120 groups of them included.
func BenchmarkSevenSides(b *testing.B) {
	in := crowd(7, 100, 100, 1)
	set := DefaultSettings()
	set.Samples = 0
	for b.Loop() {
		q, err := NewQuestion(in, set)
		if err != nil {
			b.Fatal(err)
		}
		a, err := Search(context.Background(), q, Run{Workers: 2})
		if err != nil {
			b.Fatal(err)
		}
		reportGroups(b, a)
	}
}

// BenchmarkSevenSidesWithRankings is the same for other tables, with rankings drawn
// as by default: few interests that meet often, many that hardly meet, and many that
// meet often.
func BenchmarkSevenSidesWithRankings(b *testing.B) {
	for _, c := range []struct{ interests, topics int }{{15, 45}, {100, 60}, {100, 250}} {
		b.Run(fmt.Sprintf("%d-interests-%d-topics", c.interests, c.topics), func(b *testing.B) {
			in := crowd(7, c.interests, c.topics, 2)
			for b.Loop() {
				q, err := NewQuestion(in, DefaultSettings())
				if err != nil {
					b.Fatal(err)
				}
				a, err := Search(context.Background(), q, Run{Workers: 2})
				if err != nil {
					b.Fatal(err)
				}
				reportGroups(b, a)
			}
		})
	}
}

// BenchmarkFormatsOfSevenSides is the part of it that is about groups.
func BenchmarkFormatsOfSevenSides(b *testing.B) {
	set := DefaultSettings()
	set.Samples = 0
	q, err := NewQuestion(crowd(7, 100, 100, 1), set)
	if err != nil {
		b.Fatal(err)
	}
	s := newSearch(q, Run{Workers: 2})
	s.results = []*conclusions{{}, {}}
	s.withoutFrontier()
	for b.Loop() {
		a := &Answer{}
		if err := s.addFormats(context.Background(), a); err != nil {
			b.Fatal(err)
		}
		reportGroups(b, a)
	}
}

func reportGroups(b *testing.B, a *Answer) {
	exact := 0
	for _, g := range a.Formats.Groups {
		if g.Exact {
			exact++
		}
	}
	b.ReportMetric(float64(exact), "exact-groups")
	b.ReportMetric(float64(len(a.Formats.Groups)), "groups")
}
