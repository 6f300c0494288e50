package deal

import (
	"math/big"

	"parley/engine/bargain"
	"parley/interest"
)

// certainty answers what holds under every admissible weighting and the least
// favourable roles: sums down each side's ranking, in integers on one common
// denominator a side. Changes are measured from the status quo.
type certainty struct {
	r     *reading
	unit  []*big.Int   // by side
	delta [][][]change // by issue and option
}

// change is what an option does to an interest at worst, in units.
type change struct {
	entry int
	by    int64
}

func newCertainty(r *reading) *certainty {
	c := &certainty{r: r}
	for range r.t.sides {
		c.unit = append(c.unit, big.NewInt(1))
	}
	c.each(func(_, _, entry int, worst *big.Rat) { lcm(c.unit[r.t.entries[entry].side], worst.Denom()) })
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
	return c
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

func (c *certainty) add(sum tally, issue, option int, sign int64) {
	for _, d := range c.delta[issue][option] {
		sum[d.entry] += sign * d.by
	}
}

// standing is where one side stands under a tally.
type standing struct {
	never  bool  // it is never worse off
	gains  bool  // it is better off wherever its weights fall strictly
	losing []int // where it may lose: the interests of an up-set whose sum is negative
}

// tiers from the top; interests outside every tier come last.
var tiersDown = []interest.Tier{interest.Vital, interest.Important, interest.Secondary}

// stand tests a side: it is never worse off when no up-set of its ranking has a
// negative sum; the worst up-set of a tier takes all above it and its losses.
func (c *certainty) stand(side int, sum tally, tier []interest.Tier) standing {
	out := standing{never: true}
	mine := c.r.mine[side]
	var above, unplacedGain int64
	for _, n := range mine {
		if tier[n] != interest.Unplaced || sum[n] == 0 {
			continue
		}
		if sum[n] < 0 {
			return standing{losing: []int{n}}
		}
		unplacedGain += sum[n]
	}
	for k, t := range tiersDown {
		var loss, all int64
		for _, n := range mine {
			if tier[n] == t {
				all += sum[n]
				loss += min(0, sum[n])
			}
		}
		if above+loss < 0 {
			return standing{losing: c.upSet(mine, sum, tier, k)}
		}
		above += all
		out.gains = out.gains || above > 0
	}
	out.gains = out.gains || above+unplacedGain > 0
	return out
}

// upSet lists everything above the k-th tier and that tier's losses.
func (c *certainty) upSet(mine []int, sum tally, tier []interest.Tier, k int) []int {
	var out []int
	for _, n := range mine {
		for j, t := range tiersDown {
			if tier[n] == t && (j < k || j == k && sum[n] < 0) {
				out = append(out, n)
			}
		}
	}
	return out
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
