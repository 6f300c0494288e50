package deal

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/interest"
)

// The largest number of holders for which every set of yielding sides is an
// option of its own; above it only single sides and whole camps are.
const mostHoldersForSets = 4

// addDerived adds the issue that follows from a topic's relation. A topic from
// which nothing follows makes no issue: an ask without a price, or a topic that
// rests because too few of its interests count.
func (b *builder) addDerived(t *interest.Topic) {
	holders := b.index.Holders(t)
	i := issue{topic: t.ID, title: t.Title, relation: t.Relation, contested: b.contested(t), options: []option{{id: "keep"}}}
	d := derivation{b: b, topic: t, holders: b.sidesOf(holders), interests: b.entriesOf(holders), doers: b.doers(t, holders)}
	switch {
	case t.Relation == interest.OneSided:
		i.options = append(i.options, d.help(holders)...)
	case !d.meets():
	case t.Relation == interest.Opposed:
		i.options = append(i.options, d.yields()...)
	case t.Relation == interest.Shared:
		i.options = append(i.options, d.together()...)
	case t.Relation == interest.Complementary:
		i.options = append(i.options, d.exchange()...)
	}
	if len(i.options) == 1 {
		if t.Act != nil {
			b.t.looseActs++
		}
		return
	}
	if t.Relation != interest.Opposed {
		i.fullest = len(i.options) - 1
	}
	b.attachAct(t, &i, d.doers)
	b.t.issues = append(b.t.issues, i)
}

// attachAct gives the named act to the free option in which exactly its actors
// do something; an act without actors belongs to the fullest option.
func (b *builder) attachAct(t *interest.Topic, i *issue, doers []int) {
	if t.Act == nil {
		return
	}
	for k := range i.options {
		o := &i.options[k]
		if o.free && (len(t.Act.Actors) == 0 && k == i.fullest || len(doers) > 0 && sameSides(o.actors, doers)) {
			o.act = t.Act
			return
		}
	}
	b.t.looseActs++
}

// doers are the sides that do something in the topic's act; the holder of a
// one-sided matter is helped and may be named among the actors.
func (b *builder) doers(t *interest.Topic, holders []interest.Held) []int {
	if t.Act == nil {
		return nil
	}
	var out []int
	for _, id := range t.Act.Actors {
		if t.Relation != interest.OneSided || len(holders) == 0 || id != holders[0].Side {
			out = append(out, b.sideIndex(id))
		}
	}
	return out
}

func sameSides(a, b []int) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(s int) bool { return !slices.Contains(b, s) })
}

func (b *builder) sideIndex(id dialogue.SideID) int { return slices.Index(b.t.sides, id) }

func (b *builder) sidesOf(holders []interest.Held) []int {
	var out []int
	for _, h := range holders {
		out = append(out, b.sideIndex(h.Side))
	}
	return out
}

func (b *builder) entriesOf(holders []interest.Held) []int {
	var out []int
	for _, h := range holders {
		for _, i := range h.Interests {
			out = append(out, b.entryOf[i.ID])
		}
	}
	return out
}

type derivation struct {
	b         *builder
	topic     *interest.Topic
	holders   []int // sides
	interests []int // entries
	doers     []int // sides that do something in the named act
}

// meets reports whether two sides or more hold interests that count, and, where
// they oppose each other, stand in different camps.
func (d *derivation) meets() bool {
	camp := d.b.camps(d.topic)
	return len(d.holders) > 1 && (d.topic.Relation != interest.Opposed ||
		slices.ContainsFunc(d.interests, func(n int) bool { return camp[d.b.t.entries[n].id] != camp[d.b.t.entries[d.interests[0]].id] }))
}

func (d *derivation) effect(n int, base int64, gain, loss []int) effect {
	return effect{
		entry: n, stake: d.b.stake(d.topic.ID, d.b.t.entries[n].id),
		base: big.NewRat(base, 1), factor: big.NewRat(1, 1), gain: gain, loss: loss,
	}
}

// yields makes the options of an opposed topic: each set of sides that moves
// loses 1 on its own interests, interests of other camps gain the largest part
// that the movers play in them, and camp-mates who stay lose it.
func (d *derivation) yields() []option {
	camp := d.b.camps(d.topic)
	var out []option
	for _, set := range d.yieldingSets(camp) {
		o := option{id: d.b.sideNames(set) + "-yields", movers: set, actors: set}
		for _, n := range d.interests {
			e := &d.b.t.entries[n]
			own := slices.Contains(set, e.side)
			var gain, loss []int
			for _, s := range set {
				if s == e.side {
					continue
				}
				if d.campOf(s, camp) != camp[e.id] {
					gain = append(gain, s)
				} else if !own {
					loss = append(loss, s)
				}
			}
			if own || len(gain)+len(loss) > 0 {
				o.effects = append(o.effects, d.effect(n, -b2i(own), gain, loss))
			}
		}
		out = append(out, o)
	}
	if d.topic.Divisible {
		for _, o := range slices.Clone(out) {
			out = append(out, half(o))
		}
	}
	return out
}

func b2i(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (d *derivation) campOf(side int, camp map[interest.ID]int) int {
	for _, n := range d.interests {
		if e := &d.b.t.entries[n]; e.side == side {
			return camp[e.id]
		}
	}
	return -1
}

// halfSuffix ends the id of a derived option that goes half way.
const halfSuffix = "-half"

// Halfway reports whether a derived option, given by its id, goes half way.
func Halfway(option string) bool { return strings.HasSuffix(option, halfSuffix) }

// half is moving half way: half the effects.
func half(o option) option {
	h := option{id: o.id + halfSuffix, movers: o.movers, actors: o.actors}
	for _, e := range o.effects {
		e.base = new(big.Rat).Mul(e.base, big.NewRat(1, 2))
		e.factor = new(big.Rat).Mul(e.factor, big.NewRat(1, 2))
		h.effects = append(h.effects, e)
	}
	return h
}

// yieldingSets lists the sets of sides that may move together: smaller sets
// first, then by their names.
func (d *derivation) yieldingSets(camp map[interest.ID]int) [][]int {
	var sets [][]int
	if len(d.holders) <= mostHoldersForSets {
		sets = subsets(d.holders, 1, len(d.holders)-1)
	} else {
		sets = subsets(d.holders, 1, 1)
		members := map[int][]int{}
		for _, s := range d.holders {
			c := d.campOf(s, camp)
			members[c] = append(members[c], s)
		}
		for _, m := range members {
			if len(m) > 1 {
				sets = append(sets, m)
			}
		}
	}
	return d.inOrder(sets)
}

func (d *derivation) inOrder(sets [][]int) [][]int {
	slices.SortFunc(sets, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(d.b.sideNames(a), d.b.sideNames(b)))
	})
	return sets
}

// subsets lists the subsets of between low and high members.
func subsets(of []int, low, high int) [][]int {
	var out [][]int
	for mask := 1; mask < 1<<len(of); mask++ {
		var s []int
		for i, v := range of {
			if mask>>i&1 == 1 {
				s = append(s, v)
			}
		}
		if low <= len(s) && len(s) <= high {
			out = append(out, s)
		}
	}
	return out
}

// together makes the options of a shared topic; the last one takes all holders.
// Every interest gains the largest part that the others who take part play in
// it, whether or not its own side takes part, and nobody pays.
func (d *derivation) together() []option {
	least := len(d.holders)
	if d.topic.Minimum > 0 {
		least = max(2, min(d.topic.Minimum, least))
	}
	var out []option
	for _, set := range d.inOrder(subsets(d.holders, least, len(d.holders))) {
		id := "together"
		if len(set) < len(d.holders) {
			id = d.b.sideNames(set) + "-together"
		}
		out = append(out, d.freely(id, set))
	}
	return out
}

// exchange makes the options of a complementary topic; the last one is the
// exchange of all holders.
func (d *derivation) exchange() []option {
	var out []option
	for _, set := range d.inOrder(subsets(d.holders, 1, 1)) {
		out = append(out, d.freely(d.b.sideNames(set)+"-helps", set))
	}
	return append(out, d.freely("exchange", d.holders))
}

// help makes the options of a one-sided topic: one for each side whose help is
// free as far as is stated, one for those that a named act asks to help together,
// and one for all of them where there are several.
func (d *derivation) help(holders []interest.Held) []option {
	if len(holders) != 1 {
		return nil
	}
	free, _ := d.b.index.Helpers(holders[0])
	var helpers []int
	for _, s := range free {
		helpers = append(helpers, d.b.sideIndex(s))
	}
	sets := d.inOrder(subsets(helpers, 1, 1))
	unable := func(s int) bool { return !slices.Contains(helpers, s) }
	if !slices.ContainsFunc(d.doers, unable) && len(d.doers) > 1 && len(d.doers) < len(helpers) {
		sets = append(sets, d.doers)
	}
	if len(helpers) > 1 {
		sets = append(sets, helpers)
	}
	var out []option
	for _, set := range sets {
		out = append(out, d.freely(d.b.sideNames(set)+"-helps", set))
	}
	return out
}

// freely is an option that costs nobody anything.
func (d *derivation) freely(id string, actors []int) option {
	o := option{id: id, actors: actors, free: true}
	for _, n := range d.interests {
		var others []int
		for _, s := range actors {
			if s != d.b.t.entries[n].side {
				others = append(others, s)
			}
		}
		if len(others) > 0 {
			o.effects = append(o.effects, d.effect(n, 0, others, nil))
		}
	}
	return o
}
