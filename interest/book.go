package interest

import (
	"cmp"
	"slices"

	"parley/dialogue"
)

// Book is all that was written down about a dialogue's interests, as one input
// for whoever lays it side by side.
type Book struct {
	Sides     []dialogue.Side
	Registers []Register
	Topics    []Topic
	Named     []Named
	Priced    map[TopicID]bool // topics whose options and effects somebody wrote: nothing is asked there without a price
}

// place is where an interest stands.
type place struct {
	interest *Interest
	register *Register
	used     bool
}

// Index answers questions about a book quickly. It keeps pointers into the book,
// which must not change meanwhile.
type Index struct {
	book   *Book
	places map[ID]place
	used   map[dialogue.SideID]*Register
}

// NewIndex indexes a book.
func NewIndex(b *Book) *Index {
	x := &Index{book: b, places: map[ID]place{}, used: map[dialogue.SideID]*Register{}}
	for i := range b.Registers {
		r := &b.Registers[i]
		if old := x.used[r.Subject]; old == nil || (r.Declared() && !old.Declared()) {
			x.used[r.Subject] = r
		}
	}
	for i := range b.Registers {
		r := &b.Registers[i]
		for k := range r.Interests {
			x.places[r.Interests[k].ID] = place{&r.Interests[k], r, x.used[r.Subject] == r}
		}
	}
	return x
}

// Used returns the register that counts for a side in every analysis: its own
// where there is one, else the one written about it. Nil where there is none.
func (x *Index) Used(side dialogue.SideID) *Register { return x.used[side] }

// Counts reports whether the register is one that counts.
func (x *Index) Counts(r *Register) bool { return x.used[r.Subject] == r }

// Interest finds an interest and its register; both are nil for an unknown id.
func (x *Index) Interest(id ID) (*Interest, *Register) {
	p := x.places[id]
	return p.interest, p.register
}

// Held is a side with those of its interests that stand in one topic.
type Held struct {
	Side      dialogue.SideID
	Interests []*Interest
}

// Holders lists the sides with interests in the topic, from registers that
// count, in the order of the dialogue's sides.
func (x *Index) Holders(t *Topic) []Held {
	var out []Held
	for _, s := range x.book.Sides {
		h := Held{Side: s.ID}
		for _, id := range t.Interests {
			if p := x.places[id]; p.used && p.register.Subject == s.ID {
				h.Interests = append(h.Interests, p.interest)
			}
		}
		if len(h.Interests) > 0 {
			out = append(out, h)
		}
	}
	return out
}

// Rank is the highest tier among the interests, and whether it is certain: an
// unplaced interest could rank above any that is not vital.
func (h Held) Rank() (tier Tier, certain bool) {
	certain = true
	for _, i := range h.Interests {
		tier = max(tier, i.Tier)
		certain = certain && i.Tier != Unplaced
	}
	return tier, certain || tier == Vital
}

// span is the lowest and the highest tier that the side may give the matter.
func (h Held) span() (low, high Tier) {
	tier, certain := h.Rank()
	if certain {
		return tier, tier
	}
	return max(tier, Secondary), Vital
}

// Free reports whether help from the side costs it nothing as far as is stated:
// the entry says that it pulls the same way, and neither that it hinders nor
// that it sees the matter in a negative light. Silence is never read as free.
func (i *Interest) Free(side dialogue.SideID) bool {
	c, stated := i.Counterpart(side)
	return stated && c.Alignment == Parallel && c.Effect != Hinders && c.Tone != Negative
}

// Helpers splits the sides that a one-sided matter is addressed to into those
// whose help is free and those that are asked without a stated price. A matter
// is addressed to the sides that its entries mention, or, where they mention
// nobody, to every other side. Both lists are sorted by id.
func (x *Index) Helpers(h Held) (free, asked []dialogue.SideID) {
	mentioned := map[dialogue.SideID]bool{}
	for _, i := range h.Interests {
		for _, c := range i.Counterparts {
			mentioned[c.Side] = true
		}
	}
	for _, s := range x.book.Sides {
		if s.ID == h.Side || (len(mentioned) > 0 && !mentioned[s.ID]) {
			continue
		}
		if slices.ContainsFunc(h.Interests, func(i *Interest) bool { return !i.Free(s.ID) }) {
			asked = append(asked, s.ID)
		} else {
			free = append(free, s.ID)
		}
	}
	slices.SortFunc(free, cmp.Compare[dialogue.SideID])
	slices.SortFunc(asked, cmp.Compare[dialogue.SideID])
	return free, asked
}
