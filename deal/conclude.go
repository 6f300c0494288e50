package deal

import (
	"context"
	"slices"

	"parley/interest"
)

// conclusions are what one reading of the stakes leads to, in canonical numbers.
type conclusions struct {
	swaps         [][]move
	swapsComplete bool
	quickWins     []move
	sameDirection []move
	shares        [][]Share // by issue and option; zero where nothing was sampled
	undecided     []string  // by issue: why it is undecided, "" where it is not
	core          []int     // by issue: the option that fair picks have in common, -1 where there is none
}

// Why a topic is undecided.
const (
	vitalToBoth    = "vital-to-both"
	noneBest       = "no-option-prevails"
	coreNum, coreN = 9, 10 // an option belongs to the core from 90 % of the Nash packages
	sureNum, sureN = 6, 10 // a topic is undecided where no option reaches 60 %
)

// concludeExactly finds what needs no sampling.
func concludeExactly(ctx context.Context, c *certainty) (*conclusions, error) {
	found, complete, err := swaps(ctx, c)
	if err != nil {
		return nil, err
	}
	out := &conclusions{swaps: found, swapsComplete: complete, quickWins: c.quickWins()}
	for i, is := range c.r.t.issues {
		named := slices.ContainsFunc(out.quickWins, func(m move) bool { return m.issue == i })
		if is.fullest > 0 && !named && c.broken([]move{{i, is.fullest}}) < 0 {
			out.sameDirection = append(out.sameDirection, move{i, is.fullest})
		}
	}
	return out, nil
}

func (c *certainty) quickWins() []move {
	var out []move
	for i, is := range c.r.t.issues {
		for k, o := range is.options {
			if o.act != nil && c.quickWin(move{i, k}) {
				out = append(out, move{i, k})
			}
		}
	}
	return out
}

// quickWin reports whether a named act, taken alone, keeps every rule, leaves no
// side worse off under any admissible weighting and any role in its interval,
// costs no interest that is or may be vital or important, and serves somebody.
func (c *certainty) quickWin(m move) bool {
	if c.broken([]move{m}) >= 0 {
		return false
	}
	sum := c.sum([]move{m})
	tier := c.tiers()
	for n, v := range sum {
		if v < 0 && tier[n] != interest.Secondary {
			return false
		}
	}
	for side := range c.r.t.sides {
		if !c.stand(side, sum, tier).never {
			return false
		}
	}
	before := c.r.space.Value(c.r.statusQuo())
	for p, v := range c.r.space.Value(c.r.after([]move{m})) {
		if v > before[p] {
			return true
		}
	}
	return false
}

// concludeFrom adds what the sampled weightings show. Without samples only the
// topics vital to both sides are undecided, and there is no core.
func (out *conclusions) concludeFrom(t *table, shares [][]Share) {
	out.shares = shares
	out.undecided, out.core = make([]string, len(t.issues)), make([]int, len(t.issues))
	for i, is := range t.issues {
		out.core[i] = -1
		prevails := shares == nil
		if shares != nil {
			for k, s := range shares[i] {
				prevails = prevails || s.AtLeast(sureNum, sureN)
				if s.AtLeast(coreNum, coreN) {
					out.core[i] = k
				}
			}
		}
		switch {
		case is.contested:
			out.undecided[i], out.core[i] = vitalToBoth, -1
		case !prevails:
			out.undecided[i] = noneBest
		}
	}
}
