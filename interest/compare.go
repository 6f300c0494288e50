package interest

import (
	"fmt"
	"slices"
)

// Compare lays the registers side by side. Names of people and of those who are
// not at the table come out in lang. The comparison keeps the order of the book
// and depends on nothing else.
func Compare(lang string, b *Book) Comparison {
	x := NewIndex(b)
	c := Comparison{
		Sides: []string{}, Registers: []RegisterCount{}, Topics: []TopicRow{}, Perception: []Belief{}, BetweenAuthors: []Belief{},
		Contradictions: []Contradiction{}, Unmatched: []string{}, Unregistered: []Unregistered{}, Asks: []Ask{},
		Part: []CounterpartRow{}, Warnings: []string{},
	}
	for _, s := range b.Sides {
		c.Sides = append(c.Sides, string(s.ID))
	}
	for i := range b.Registers {
		c.Registers = append(c.Registers, count(lang, x, &b.Registers[i]))
	}
	for i := range b.Topics {
		c.addTopic(lang, x, &b.Topics[i])
	}
	c.addUnmatched(x)
	for _, n := range b.Named {
		c.Unregistered = append(c.Unregistered, Unregistered{ID: n.ID, As: n.As.String(), By: n.By.Label(lang)})
	}
	return c
}

func count(lang string, x *Index, r *Register) RegisterCount {
	counts := map[string]int{Vital.String(): 0, Important.String(): 0, Secondary.String(): 0, unplacedWord: 0}
	for _, i := range r.Interests {
		counts[tierWord(i.Tier)]++
	}
	return RegisterCount{
		Subject: string(r.Subject), Author: r.Author.Label(lang), Declared: r.Declared(), Counts: counts, Used: x.Counts(r),
	}
}

// unplacedWord stands in output for a tier that the author left open.
const unplacedWord = "unplaced"

func tierWord(t Tier) string {
	if t == Unplaced {
		return unplacedWord
	}
	return t.String()
}

func (c *Comparison) addTopic(lang string, x *Index, t *Topic) {
	holders := x.Holders(t)
	row := TopicRow{
		ID: string(t.ID), Relation: t.Relation.String(), Interests: []string{}, Holders: []string{},
		Tiers: map[string]string{}, WeightierFor: Weightier(holders), Affects: []string{},
	}
	for _, id := range t.Interests {
		row.Interests = append(row.Interests, string(id))
	}
	for _, h := range holders {
		tier, _ := h.Rank()
		row.Holders = append(row.Holders, string(h.Side))
		row.Tiers[string(h.Side)] = tierWord(tier)
		if len(h.Interests) > 1 && t.Relation != OneSided {
			c.Warnings = append(c.Warnings, fmt.Sprintf("%s: %s meets this topic with %d interests", t.ID, h.Side, len(h.Interests)))
		}
	}
	for _, a := range t.Affects {
		row.Affects = append(row.Affects, a.In(lang))
	}
	c.Topics = append(c.Topics, row)
	c.addContradictions(t, holders)
	c.addBeliefs(lang, x, t, holders)
	if t.Relation == OneSided && !x.book.Priced[t.ID] {
		for _, h := range holders {
			_, asked := x.Helpers(h)
			for _, of := range asked {
				for _, i := range h.Interests {
					c.Asks = append(c.Asks, Ask{Of: string(of), Interest: string(i.ID), Topic: string(t.ID)})
				}
			}
		}
	}
}

// Weightier names the side that ranks a matter strictly above all others that
// hold it, "equal" where several share the highest tier, and "unknown" where
// nobody else holds it or it depends on where an unplaced interest stands.
func Weightier(holders []Held) string {
	if len(holders) < 2 {
		return "unknown"
	}
	ceiling, onTop := Unplaced, 0
	for _, h := range holders {
		_, high := h.span()
		ceiling = max(ceiling, high)
	}
	for _, h := range holders {
		low, _ := h.span()
		if !slices.ContainsFunc(holders, func(o Held) bool { _, high := o.span(); return o.Side != h.Side && high >= low }) {
			return string(h.Side)
		}
		if low == ceiling {
			onTop++
		}
	}
	if onTop > 1 {
		return "equal"
	}
	return "unknown"
}

// addContradictions notes entries whose own alignment speaks against the
// relation that the topic was given.
func (c *Comparison) addContradictions(t *Topic, holders []Held) {
	against := map[Relation][]Alignment{
		Shared: {OpposedTo, Mixed}, Complementary: {OpposedTo}, Opposed: {Parallel, Mixed},
	}[t.Relation]
	for _, h := range holders {
		for _, i := range h.Interests {
			for _, cp := range i.Counterparts {
				holds := slices.ContainsFunc(holders, func(o Held) bool { return o.Side == cp.Side && o.Side != h.Side })
				if !holds || !slices.Contains(against, cp.Alignment) {
					continue
				}
				c.Contradictions = append(c.Contradictions, Contradiction{
					Topic: string(t.ID), Interest: string(i.ID), Side: string(cp.Side),
					Alignment: cp.Alignment.String(), Relation: t.Relation.String(),
				})
				c.Warnings = append(c.Warnings, fmt.Sprintf("%s: %s calls the direction of %s %s, the topic is %s",
					t.ID, i.ID, cp.Side, cp.Alignment, t.Relation))
			}
		}
	}
}

func (c *Comparison) addUnmatched(x *Index) {
	matched := map[ID]bool{}
	for _, t := range x.book.Topics {
		for _, id := range t.Interests {
			matched[id] = true
		}
	}
	for i := range x.book.Registers {
		r := &x.book.Registers[i]
		if !x.Counts(r) {
			continue
		}
		for _, in := range r.Interests {
			if !matched[in.ID] {
				c.Unmatched = append(c.Unmatched, string(in.ID))
			}
			for _, cp := range in.Counterparts {
				c.Part = append(c.Part, CounterpartRow{
					Interest: string(in.ID), Side: string(cp.Side), Role: [2]string{cp.Role.Low.String(), cp.Role.High.String()},
					Effect: cp.Effect.String(), Alignment: cp.Alignment.String(),
				})
			}
		}
	}
}
