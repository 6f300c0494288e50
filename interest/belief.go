package interest

import "parley/dialogue"

// Bases of a belief that stands against what a side's register says.
const (
	BetweenSides    = "between-sides"     // the side wrote its register itself, somebody else holds the belief
	WithinOneSource = "within-one-source" // one author wrote both: the source disagrees with itself
	BetweenAuthors  = "between-authors"   // two outside authors; the side itself has written nothing
)

// addBeliefs sets every belief about a side against every interest of that side
// in the topic. A belief is the priority that an entry gives a counterpart, or,
// in a further register about a side, the tier it gives the matter. Two stand
// against each other when they have no level in common.
func (c *Comparison) addBeliefs(lang string, x *Index, t *Topic, holders []Held) {
	for _, id := range t.Interests {
		p, ok := x.places[id]
		if !ok {
			continue
		}
		for _, h := range holders {
			believed := p.believes(h.Side)
			for _, own := range h.Interests {
				if !believed.Disjoint(own.Tier.Levels()) {
					continue
				}
				b := Belief{
					Topic: string(t.ID), Interest: string(own.ID), BelievedIn: string(id), BelievedBy: p.register.Author.Label(lang),
					About: string(h.Side), Believed: [2]string{believed.Low.String(), believed.High.String()},
					OwnTier: own.Tier.String(), Basis: basis(p.register, x.Used(h.Side)),
				}
				if b.Basis == BetweenAuthors {
					c.BetweenAuthors = append(c.BetweenAuthors, b)
				} else {
					c.Perception = append(c.Perception, b)
				}
			}
		}
	}
}

// believes is the level at which the entry's author believes a side ranks the
// matter; unknown where the entry says nothing about that side.
func (p place) believes(side dialogue.SideID) LevelRange {
	if p.register.Subject == side {
		if p.used {
			return LevelRange{} // the side's own word is no belief about it
		}
		return p.interest.Tier.Levels()
	}
	cp, _ := p.interest.Counterpart(side)
	return cp.Priority
}

func basis(belief, own *Register) string {
	switch {
	case belief.Author.Same(own.Author):
		return WithinOneSource
	case own.Declared():
		return BetweenSides
	}
	return BetweenAuthors
}
