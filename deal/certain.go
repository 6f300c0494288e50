package deal

import (
	"math/big"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
	"parley/interest"
)

// certainty answers what holds under every admissible weighting and the least
// favourable roles: sums down each side's ranking, in integers on one common
// denominator a side. Changes are measured from the status quo.
type certainty struct {
	r     *reading
	scale []*big.Rat   // the numbers of none, minor, medium, important, key
	unit  []*big.Int   // by side
	delta [][][]change // by issue and option
	joint [][]change   // by term of the space: what options do together
	quo   []bool       // by term of the space: whether it holds in the status quo
}

// change is what an option does to an interest at worst, in units.
type change struct {
	entry int
	by    int64
}

func newCertainty(r *reading, scale []*big.Rat) *certainty {
	c := &certainty{r: r, scale: scale}
	c.findUnits()
	c.delta = make([][][]change, len(r.t.issues))
	for i, is := range r.t.issues {
		c.delta[i] = make([][]change, len(is.options))
	}
	c.each(func(i, k, entry int, worst *big.Rat) {
		v, _ := integer(worst, c.unit[r.t.entries[entry].side]) // newReading has made sure that it fits
		if v != 0 {
			c.delta[i][k] = append(c.delta[i][k], change{entry, v})
		}
	})
	for j, k := range r.joint {
		var changes []change
		for _, e := range r.t.rules[k].effects {
			if v, _ := integer(r.t.worst(e, r.full), c.unit[r.t.entries[e.entry].side]); v != 0 {
				changes = append(changes, change{e.entry, v})
			}
		}
		c.joint = append(c.joint, changes)
		c.quo = append(c.quo, pareto.AllHold(r.space.Terms[j].All, r.statusQuo()))
	}
	return c
}

// changed is the certainty of a reading whose table differs from this one's in one
// entry, or in what a side says about its weights where n is -1. The units serve for
// every word of the scale of roles.
func (c *certainty) changed(r *reading, n int) *certainty {
	out := *c
	out.r, out.delta = r, make([][][]change, len(c.delta))
	about := func(e effect) bool { return e.entry == n }
	for i, is := range r.t.issues {
		out.delta[i] = slices.Clone(c.delta[i])
		for k, o := range is.options[1:] {
			if !slices.ContainsFunc(o.effects, about) && !slices.ContainsFunc(is.options[0].effects, about) {
				continue
			}
			row := slices.DeleteFunc(slices.Clone(c.delta[i][k+1]), func(x change) bool { return x.entry == n })
			if v, _ := integer(r.t.worstChange(i, k+1, n, r.full), c.unit[r.t.entries[n].side]); v != 0 {
				row = append(row, change{n, v})
			}
			out.delta[i][k+1] = row
		}
	}
	return &out
}

// findUnits finds a denominator for each side that serves for every effect, with
// the roles as stated or with any of them changed to another word of the scale.
func (c *certainty) findUnits() {
	t, roles := c.r.t, big.NewInt(1)
	for _, v := range c.scale {
		lcm(roles, v.Denom())
	}
	for _, e := range t.entries {
		for _, r := range e.roles {
			lcm(roles, r.low.Denom())
			lcm(roles, r.high.Denom())
		}
	}
	for range t.sides {
		c.unit = append(c.unit, big.NewInt(1))
	}
	t.eachEffect(func(e effect) {
		unit, stake := c.unit[t.entries[e.entry].side], t.stake(e, c.r.full)
		lcm(unit, new(big.Rat).Mul(stake, e.base).Denom())
		lcm(unit, new(big.Rat).Mul(stake, e.factor).Denom())
	})
	for _, u := range c.unit {
		u.Mul(u, roles)
	}
}

// each calls do with the worst change of every interest under every option.
func (c *certainty) each(do func(issue, option, entry int, worst *big.Rat)) {
	t := c.r.t
	for i, is := range t.issues {
		quo := map[int]*big.Rat{}
		for _, e := range is.options[0].effects {
			quo[e.entry] = t.best(e, c.r.full)
		}
		for k, o := range is.options {
			if k == 0 {
				continue
			}
			seen := map[int]bool{}
			for _, e := range o.effects {
				v := t.worst(e, c.r.full)
				if q := quo[e.entry]; q != nil {
					v.Sub(v, q)
				}
				seen[e.entry] = true
				do(i, k, e.entry, v)
			}
			for _, e := range is.options[0].effects {
				if !seen[e.entry] {
					do(i, k, e.entry, new(big.Rat).Neg(quo[e.entry]))
				}
			}
		}
	}
}

// tally is the summed change of every interest under a set of options.
type tally []int64

// standing is where one side stands under a tally.
type standing struct {
	never bool // it is never worse off
	gains bool // it is better off wherever its weights fall strictly
}

// byTier are the sums of a side's changes and of its losses, tier by tier.
type byTier struct{ all, loss [interest.Vital + 1]int64 }

func (c *certainty) byTier(side int, sum tally, tier []interest.Tier) byTier {
	var out byTier
	for _, n := range c.r.mine[side] {
		out.all[tier[n]] += sum[n]
		out.loss[tier[n]] += min(0, sum[n])
	}
	return out
}

// stand tests a side. Where it says more about its weights than ranks, or where
// nothing it says fits other tiers, see weights.go.
func (c *certainty) stand(side int, sum tally, tier []interest.Tier) standing {
	p, impossible := c.under(side, tier)
	switch byRanks := c.standByRanks(side, sum, tier); {
	case impossible:
		return standing{never: true, gains: true}
	case p != nil:
		return c.standUnder(p, side, sum, byRanks.never)
	default:
		return byRanks
	}
}

// standByRanks tests a side by its tiers alone: it is never worse off when no up-set
// of its ranking has a negative sum. The worst up-set of a tier takes all above it and
// its losses; an unplaced interest is an up-set by itself. It gains where the sum down
// to the end of some tier is positive.
func (c *certainty) standByRanks(side int, sum tally, tier []interest.Tier) standing {
	t := c.byTier(side, sum, tier)
	if t.loss[interest.Unplaced] < 0 {
		return standing{}
	}
	out := standing{never: true}
	var above int64
	for k := interest.Vital; k > interest.Unplaced; k-- {
		if above+t.loss[k] < 0 {
			return standing{}
		}
		above += t.all[k]
		out.gains = out.gains || above > 0
	}
	out.gains = out.gains || above+t.all[interest.Unplaced] > 0
	return out
}

// losing are weights by entry under which a side that may lose does: 1 on an
// up-set whose sum is negative, an unplaced loss, or everything above a tier and
// that tier's losses. It is nil where what a side says leads to weights that are
// too large to be reckoned with.
func (c *certainty) losing(side int, sum tally, tier []interest.Tier) []int64 {
	if p, _ := c.under(side, tier); p != nil {
		return c.losingUnder(p, side, sum)
	}
	t := c.byTier(side, sum, tier)
	at := interest.Unplaced
	if t.loss[interest.Unplaced] == 0 {
		var above int64
		for at = interest.Vital; above+t.loss[at] >= 0; at-- {
			above += t.all[at]
		}
	}
	weight := make([]int64, len(sum))
	for _, n := range c.r.mine[side] {
		if at != interest.Unplaced && tier[n] > at || tier[n] == at && sum[n] < 0 {
			weight[n] = 1
		}
	}
	return weight
}

func (c *certainty) tiers() []interest.Tier {
	out := make([]interest.Tier, len(c.r.t.entries))
	for n, e := range c.r.t.entries {
		out[n] = e.tier
	}
	return out
}

// proof is the prefix sums of every side that a tally changes.
func (c *certainty) proof(sum tally, l *labels) []SideProof {
	out := []SideProof{}
	for s, mine := range c.r.mine {
		delta := make([]*big.Rat, len(mine))
		changed := false
		for k, n := range mine {
			delta[k] = new(big.Rat).SetFrac(big.NewInt(sum[n]), c.unit[s])
			changed = changed || sum[n] != 0
		}
		if !changed {
			continue
		}
		if c.r.t.says(s) {
			out = append(out, c.proofUnder(s, sum, l))
			continue
		}
		p := SideProof{Side: l.sides[s].id, Steps: []ProofStep{}}
		for _, step := range bargain.PrefixSums(c.r.levels[s], delta) {
			if delta[step.Interest].Sign() != 0 {
				e := l.entries[mine[step.Interest]]
				p.Steps = append(p.Steps, ProofStep{
					Interest: e.id, Tier: tierWord(e.tier), Change: delta[step.Interest].RatString(), Sum: step.Sum.RatString(),
				})
			}
		}
		out = append(out, p)
	}
	return out
}

func tierWord(t interest.Tier) string {
	if t == interest.Unplaced {
		return "unplaced"
	}
	return t.String()
}
