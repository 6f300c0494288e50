package deal

import (
	"cmp"
	"math/big"
	"slices"

	"parley/engine/pareto"
	"parley/interest"
)

// tiersDown are the tiers from the top.
var tiersDown = []interest.Tier{interest.Vital, interest.Important, interest.Secondary}

// flip is a change of one judgement that breaks a swap, in canonical numbers.
type flip struct {
	entry int
	side  int // whose part; -1 for a tier
	tier  interest.Tier
	role  interest.Role
	steps int
}

// flips lists, for every judgement that a swap rests on, the smallest change
// that would break it; the smallest of all stands first.
func (c *certainty) flips(set []move) []flip {
	var out []flip
	sum := c.sum(set)
	for n := range c.r.t.entries {
		if sum[n] == 0 && !c.r.t.weighs(n) {
			continue
		}
		if f, ok := c.tierFlip(set, sum, n); ok {
			out = append(out, f)
		}
	}
	seen := map[[2]int]bool{}
	for _, m := range set {
		for _, e := range c.r.t.issues[m.issue].options[m.option].effects {
			for _, s := range append(slices.Clone(e.gain), e.loss...) {
				if seen[[2]int{e.entry, s}] {
					continue
				}
				seen[[2]int{e.entry, s}] = true
				if f, ok := c.roleFlip(set, sum, e.entry, s); ok {
					out = append(out, f)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b flip) int { return cmp.Compare(a.steps, b.steps) })
	return out
}

func (c *certainty) tierFlip(set []move, sum tally, n int) (flip, bool) {
	own := c.r.t.entries[n].tier
	best := flip{}
	for _, t := range tiersDown {
		if t == own {
			continue
		}
		tiers := c.tiers()
		tiers[n] = t
		steps := 1
		if own != interest.Unplaced {
			steps = max(int(own)-int(t), int(t)-int(own))
		}
		if !c.holds(set, sum, tiers) && (best.steps == 0 || steps < best.steps) {
			best = flip{entry: n, side: -1, tier: t, steps: steps}
		}
	}
	return best, best.steps > 0
}

// roleFlip looks for the nearest word of the role scale that would break the
// swap. Steps count the words of the scale between the less favourable end of
// what is stated and the new one.
func (c *certainty) roleFlip(set []move, sum tally, entry, side int) (flip, bool) {
	stated := c.r.t.entries[entry].roles[side]
	best := flip{}
	for k, v := range c.scale {
		steps := stepsOutside(c.scale, stated, v)
		if steps == 0 || best.steps > 0 && steps >= best.steps {
			continue
		}
		changed := slices.Clone(sum)
		changed[entry] = c.changeWithRole(set, entry, side, v)
		if !c.holds(set, changed, c.tiers()) || c.fallsBelow(set, entry, changed[entry]) {
			best = flip{entry: entry, side: side, role: interest.None + interest.Role(k), steps: steps}
		}
	}
	return best, best.steps > 0
}

// stepsOutside counts the words of the scale between the nearer end of what is
// stated and another number; 0 inside.
func stepsOutside(scale []*big.Rat, stated interval, v *big.Rat) int {
	steps := 0
	for _, w := range scale {
		if v.Cmp(w) <= 0 && w.Cmp(stated.low) < 0 || stated.high.Cmp(w) < 0 && w.Cmp(v) <= 0 {
			steps++
		}
	}
	return steps
}

// changeWithRole is what a set of moves does to one interest at worst, with the
// part that a side plays in it changed.
func (c *certainty) changeWithRole(set []move, entry, side int, role *big.Rat) int64 {
	t := *c.r.t
	t.entries = slices.Clone(c.r.t.entries)
	e := &t.entries[entry]
	e.roles = slices.Clone(e.roles)
	e.roles[side] = interval{role, role}
	sum := new(big.Rat)
	for _, m := range set {
		options := t.issues[m.issue].options
		for _, f := range options[m.option].effects {
			if f.entry == entry {
				sum.Add(sum, t.worst(f, c.r.full))
			}
		}
		for _, f := range options[0].effects {
			if f.entry == entry {
				sum.Sub(sum, t.best(f, c.r.full))
			}
		}
	}
	v, _ := integer(sum, c.unit[e.side]) // findUnits has made room for it
	return v + c.together(set, entry)
}

// fallsBelow reports whether an interest that changes so at worst falls below the
// status quo though a rule forbids it.
func (c *certainty) fallsBelow(set []move, entry int, change int64) bool {
	choice := c.r.after(set)
	return change < 0 && slices.ContainsFunc(c.r.t.rules, func(u tableRule) bool {
		return u.kind == kindNotBelow && u.entry == entry && pareto.AllHold(u.when, choice)
	})
}

// together is what a set of moves does to one interest by bringing options
// together or parting them; no role has a part in it.
func (c *certainty) together(set []move, entry int) int64 {
	var sum int64
	choice := c.r.after(set)
	for j, t := range c.r.space.Terms {
		sign := b2i(pareto.AllHold(t.All, choice)) - b2i(c.quo[j])
		for _, d := range c.joint[j] {
			if d.entry == entry {
				sum += sign * d.by
			}
		}
	}
	return sum
}
