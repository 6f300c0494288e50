package deal

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/engine/bargain"
	"parley/i18n"
	"parley/interest"
)

// table is the negotiation table of a dossier with its names: what is decided,
// which options there are, and what each option does to whom.
type table struct {
	sides        []dialogue.SideID
	entries      []entry
	issues       []issue
	exact        bool                // options carry points instead of effects
	disagreement []*big.Rat          // by side; nil where none is stated
	cap          []*big.Rat          // by side: what a package counts at most, nil for a side without; nil where no side has one
	weighings    []weighing          // what sides say about their weights beyond tiers
	allowed      []*bargain.Polytope // by side: the weights its register allows; filled in once the order is canonical
	middle       [][]*big.Rat        // by side: central weights, where it says more than tiers
	rules        []tableRule
	ruleNumbers  []int // by rule: its place in the file, from 1
	restingRules int   // rules that name options the table does not have, or that never come together
	looseActs    int   // named acts whose actors make up no free option
}

// entry is an interest of a register that counts.
type entry struct {
	id    interest.ID
	side  int
	tier  interest.Tier
	roles []interval // by side: the part it plays; the own side's is unused

	horizon interest.Horizon // orders roadmaps
}

// interval is a closed range of numbers.
type interval struct{ low, high *big.Rat }

type issue struct {
	topic     interest.TopicID
	title     i18n.Text
	relation  interest.Relation
	written   bool
	contested bool // vital to two sides that oppose each other
	fullest   int  // the option that the free baseline takes: 0 where nothing is free
	options   []option
}

type option struct {
	id      string
	title   i18n.Text
	movers  []int // sides that give something up by it
	actors  []int // sides that do something in it
	free    bool  // derived, and nobody pays for it
	act     *interest.Act
	effects []effect
	points  []*big.Rat // exact tables: by side
}

// effect is what an option does to one interest: the stake times
// (base + factor × (largest role among gain − largest role among loss)).
type effect struct {
	entry      int
	stake      *big.Rat // under split stakes; full stakes count 1
	base       *big.Rat
	factor     *big.Rat
	gain, loss []int // sides whose part counts
}

// newTable derives the table of an input.
func newTable(in Input) *table {
	b := &builder{in: in, index: interest.NewIndex(in.Book()), numbers: UsualRoleNumbers(), entryOf: map[interest.ID]int{}, t: &table{}}
	if in.Written != nil && in.Written.Roles.Set {
		b.numbers = in.Written.Roles
	}
	for _, s := range in.Sides {
		b.t.sides = append(b.t.sides, s.ID)
	}
	b.addEntries()
	b.addWeighings()
	b.countTouches()
	b.addIssues()
	b.addRules()
	b.addDisagreement()
	b.addCap()
	return b.t
}

// OptionIDs lists the options of every issue, derived or written, so that rules
// can be checked against them.
func OptionIDs(in Input) map[interest.TopicID][]string {
	out := map[interest.TopicID][]string{}
	for _, i := range newTable(in).issues {
		for _, o := range i.options {
			out[i.topic] = append(out[i.topic], o.id)
		}
	}
	return out
}

type builder struct {
	in      Input
	index   *interest.Index
	numbers RoleNumbers
	entryOf map[interest.ID]int
	touches map[interest.ID]int // topics and written issues that touch an interest
	shares  map[interest.TopicID]map[interest.ID]*big.Rat
	shared  map[interest.ID]bool // interests whose shares are stated
	t       *table
}

func (b *builder) addEntries() {
	for si, s := range b.t.sides {
		r := b.index.Used(s)
		if r == nil {
			continue
		}
		for k := range r.Interests {
			i := &r.Interests[k]
			e := entry{id: i.ID, side: si, tier: i.Tier, horizon: i.Horizon}
			for _, other := range b.t.sides {
				c, _ := i.Counterpart(other)
				e.roles = append(e.roles, b.numbers.of(c))
			}
			b.entryOf[i.ID] = len(b.t.entries)
			b.t.entries = append(b.t.entries, e)
		}
	}
}

// of is the interval of numbers for a role; a part that a side may only
// potentially play starts at none, however much of it is stated.
func (n RoleNumbers) of(c interest.Counterpart) interval {
	low, high := n.UnknownLow.Rat(), n.UnknownHigh.Rat()
	if c.Role.Known() {
		low, high = n.word(c.Role.Low), n.word(c.Role.High)
	}
	if none := n.None.Rat(); c.Effect == interest.Potential && none.Cmp(low) < 0 {
		low = none
	}
	return interval{low, high}
}

func (n RoleNumbers) word(r interest.Role) *big.Rat {
	return [...]interest.Fraction{n.UnknownLow, n.None, n.Minor, n.Medium, n.Important, n.Key}[r].Rat()
}

// countTouches counts in how many matters each interest is at stake.
func (b *builder) countTouches() {
	b.touches, b.shared = map[interest.ID]int{}, map[interest.ID]bool{}
	b.shares = map[interest.TopicID]map[interest.ID]*big.Rat{}
	touching := map[interest.TopicID]map[interest.ID]bool{}
	touch := func(t interest.TopicID, id interest.ID) {
		if touching[t] == nil {
			touching[t] = map[interest.ID]bool{}
		}
		if !touching[t][id] {
			touching[t][id] = true
			b.touches[id]++
		}
	}
	for _, t := range b.in.Topics {
		for _, id := range t.Interests {
			touch(t.ID, id)
		}
		for _, s := range t.Share {
			if b.shares[t.ID] == nil {
				b.shares[t.ID] = map[interest.ID]*big.Rat{}
			}
			b.shares[t.ID][s.Interest] = s.Part.Rat()
			b.shared[s.Interest] = true
		}
	}
	if b.in.Written == nil {
		return
	}
	for _, i := range b.in.Written.Issues {
		for _, o := range i.Options {
			for _, e := range o.Effects {
				touch(i.Topic, e.Interest)
			}
		}
	}
}

func (b *builder) stake(t interest.TopicID, id interest.ID) *big.Rat {
	if b.shared[id] {
		if s := b.shares[t][id]; s != nil {
			return s
		}
		return new(big.Rat)
	}
	return big.NewRat(1, int64(max(1, b.touches[id])))
}

func (b *builder) addIssues() {
	written := map[interest.TopicID]*WrittenIssue{}
	if b.in.Written != nil {
		for k := range b.in.Written.Issues {
			i := &b.in.Written.Issues[k]
			written[i.Topic] = i
			for _, o := range i.Options {
				b.t.exact = b.t.exact || len(o.Points) > 0
			}
		}
	}
	topics := map[interest.TopicID]bool{}
	for k := range b.in.Topics {
		t := &b.in.Topics[k]
		topics[t.ID] = true
		if w := written[t.ID]; w != nil {
			b.addWritten(w, t)
		} else if !b.t.exact {
			b.addDerived(t)
		}
	}
	if b.in.Written != nil {
		for k := range b.in.Written.Issues {
			if w := &b.in.Written.Issues[k]; !topics[w.Topic] {
				b.addWritten(w, &interest.Topic{ID: w.Topic, Title: w.Title})
			}
		}
	}
}

func (b *builder) addWritten(w *WrittenIssue, t *interest.Topic) {
	i := issue{topic: t.ID, title: t.Title, relation: t.Relation, written: true, contested: b.contested(t)}
	for _, wo := range w.Options {
		o := option{id: wo.ID, title: wo.Title, act: wo.Act}
		for _, we := range wo.Effects {
			n, counts := b.entryOf[we.Interest]
			if !counts {
				continue
			}
			o.effects = append(o.effects, effect{
				entry: n, stake: b.stake(t.ID, we.Interest), base: we.Value.Rat(), factor: new(big.Rat),
			})
		}
		for _, s := range b.t.sides {
			for _, p := range wo.Points {
				if p.Side == s {
					o.points = append(o.points, p.Value.Rat())
				}
			}
		}
		i.options = append(i.options, o)
	}
	for k := range i.options {
		o := &i.options[k]
		o.movers = b.t.losers(o, &i.options[0])
		o.actors = b.actorsOf(o)
	}
	b.t.issues = append(b.t.issues, i)
}

// actorsOf are the sides that do something in a written option: its movers and
// the actors of its act.
func (b *builder) actorsOf(o *option) []int {
	out := slices.Clone(o.movers)
	if o.act != nil {
		for _, id := range o.act.Actors {
			out = addSide(out, b.sideIndex(id))
		}
	}
	return out
}

// losers are the sides to which a written option gives less than the status quo
// does, in points or on an interest of their own.
func (t *table) losers(o, quo *option) []int {
	var out []int
	for s := range o.points {
		if o.points[s].Cmp(quo.points[s]) < 0 {
			out = addSide(out, s)
		}
	}
	change := map[int]*big.Rat{}
	for _, e := range o.effects {
		change[e.entry] = e.base
	}
	for _, e := range quo.effects {
		change[e.entry] = new(big.Rat).Sub(cmp.Or(change[e.entry], new(big.Rat)), e.base)
	}
	for _, e := range slices.Concat(o.effects, quo.effects) {
		if change[e.entry].Sign() < 0 {
			out = addSide(out, t.entries[e.entry].side)
		}
	}
	return out
}

func addSide(sides []int, s int) []int {
	if slices.Contains(sides, s) {
		return sides
	}
	return append(sides, s)
}

// contested reports whether the topic is vital to two sides of different camps.
func (b *builder) contested(t *interest.Topic) bool {
	if t.Relation != interest.Opposed {
		return false
	}
	camp := b.camps(t)
	vital := -1
	for _, h := range b.index.Holders(t) {
		tier, _ := h.Rank()
		if tier != interest.Vital {
			continue
		}
		c := camp[h.Interests[0].ID]
		if vital >= 0 && vital != c {
			return true
		}
		vital = c
	}
	return false
}

// camps numbers the camp of each interest; where none are stated every holder
// is a camp of its own.
func (b *builder) camps(t *interest.Topic) map[interest.ID]int {
	out := map[interest.ID]int{}
	for c, ids := range t.Camps {
		for _, id := range ids {
			out[id] = c
		}
	}
	if len(t.Camps) == 0 {
		for c, h := range b.index.Holders(t) {
			for _, i := range h.Interests {
				out[i.ID] = c
			}
		}
	}
	return out
}

func (b *builder) addDisagreement() {
	if b.in.Written == nil || len(b.in.Written.Disagreement) == 0 {
		return
	}
	b.t.disagreement = make([]*big.Rat, len(b.t.sides))
	for i, s := range b.t.sides {
		b.t.disagreement[i] = new(big.Rat)
		for _, p := range b.in.Written.Disagreement {
			if p.Side == s {
				b.t.disagreement[i] = p.Value.Rat()
			}
		}
	}
}

func (b *builder) addCap() {
	if b.in.Written == nil || len(b.in.Written.Cap) == 0 || !b.t.exact {
		return
	}
	b.t.cap = make([]*big.Rat, len(b.t.sides))
	for i, s := range b.t.sides {
		for _, p := range b.in.Written.Cap {
			if p.Side == s {
				b.t.cap[i] = p.Value.Rat()
			}
		}
	}
}

// sideNames joins the ids of sides in alphabetical order: "A+B".
func (b *builder) sideNames(sides []int) string {
	names := make([]string, len(sides))
	for i, s := range sides {
		names[i] = string(b.t.sides[s])
	}
	slices.Sort(names)
	return strings.Join(names, "+")
}
