package deal

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/engine/bargain"
	"parley/fault"
	"parley/interest"
)

// weighing is what a side says about its weights beyond their tiers: the sum of
// times weights is at least 0. Times are whole and as small as they can be.
type weighing struct {
	side  int
	terms []weighingTerm // by entry
}

type weighingTerm struct {
	entry int
	times *big.Int
}

// WeighingData is a statement about the weights of one side: the sum of the
// weights times whole numbers is at least 0.
type WeighingData struct {
	Side  int            `json:"side"`
	Terms []WeighingTerm `json:"terms"`
}

// WeighingTerm is how often an interest counts in a statement.
type WeighingTerm struct {
	Entry int    `json:"interest"`
	Times string `json:"times"`
}

func (b *builder) addWeighings() {
	for si, s := range b.t.sides {
		r := b.index.Used(s)
		if r == nil {
			continue
		}
		for _, said := range interest.Statements(r.Weights, r.Interests) {
			w := weighing{side: si}
			for k, times := range bargain.Whole(said) {
				if times.Sign() != 0 {
					w.terms = append(w.terms, weighingTerm{b.entryOf[r.Interests[k].ID], times})
				}
			}
			b.t.weighings = append(b.t.weighings, w)
		}
	}
}

// reorderWeighings renumbers the statements and sorts them by what they say.
func (t *table) reorderWeighings(from []weighing, side, entryAt []int) {
	for _, w := range from {
		n := weighing{side: side[w.side]}
		for _, x := range w.terms {
			n.terms = append(n.terms, weighingTerm{entryAt[x.entry], x.times})
		}
		slices.SortFunc(n.terms, func(a, b weighingTerm) int { return a.entry - b.entry })
		t.weighings = append(t.weighings, n)
	}
	slices.SortStableFunc(t.weighings, func(a, b weighing) int {
		if a.side != b.side {
			return a.side - b.side
		}
		return slices.CompareFunc(a.terms, b.terms, func(x, y weighingTerm) int {
			if x.entry != y.entry {
				return x.entry - y.entry
			}
			return x.times.Cmp(y.times)
		})
	})
}

func (b *graphBuilder) addWeighings(all []weighing) {
	first := b.add(len(all), func(int) string { return "7 weighing" })
	for i, w := range all {
		for _, x := range w.terms {
			b.link("weighs "+x.times.String(), first+i, b.g.entry+x.entry)
		}
	}
}

func (w *weighing) data() WeighingData {
	out := WeighingData{Side: w.side}
	for _, x := range w.terms {
		out.Terms = append(out.Terms, WeighingTerm{x.entry, x.times.String()})
	}
	return out
}

// allowWeights finds the weights that every side's register allows. Registers
// that were assumed to be otherwise may contradict themselves.
func (t *table) allowWeights() error {
	tier := make([]interest.Tier, len(t.entries))
	for n, e := range t.entries {
		tier[n] = e.tier
	}
	t.allowed, t.middle = make([]*bargain.Polytope, len(t.sides)), make([][]*big.Rat, len(t.sides))
	for s := range t.sides {
		if err := t.allow(s, tier); err != nil {
			return err
		}
	}
	return nil
}

// allow finds the weights that the register of one side allows.
func (t *table) allow(side int, tier []interest.Tier) error {
	levels, statements := t.said(side, tier)
	if set, _ := bargain.Contradiction(levels, statements); set != nil {
		return fault.New(fault.Invalid, "deal.weights", "what %s says about its weights contradicts itself or its tiers", t.sides[side]).
			With("Side", string(t.sides[side]))
	}
	t.allowed[side] = bargain.NewPolytope(levels, statements)
	if !t.exact && !t.allowed[side].Drawable() {
		return errTooFine
	}
	t.middle[side] = nil
	if !t.exact && t.says(side) {
		t.middle[side] = t.findCentral(side, levels)
	}
	return nil
}

// allowOtherwise is allowWeights where only what one side says may have changed.
func (t *table) allowOtherwise(side int) error {
	tier := make([]interest.Tier, len(t.entries))
	for n, e := range t.entries {
		tier[n] = e.tier
	}
	t.allowed, t.middle = slices.Clone(t.allowed), slices.Clone(t.middle)
	return t.allow(side, tier)
}

// without is the table without one of the statements about weights. The weights
// that its side allows are those of the table as it was, see allowOtherwise.
func (t *table) without(statement int) *table {
	out := *t
	out.weighings = slices.Delete(slices.Clone(t.weighings), statement, statement+1)
	return &out
}

// said is what the engines read of a side's tiers and statements.
func (t *table) said(side int, tier []interest.Tier) (levels []int, statements []bargain.Statement) {
	place := make([]int, len(t.entries))
	for n, e := range t.entries {
		if e.side == side {
			place[n] = len(levels)
			levels = append(levels, tier[n].Level())
		}
	}
	for _, w := range t.weighings {
		if w.side != side {
			continue
		}
		s := make(bargain.Statement, len(levels))
		for _, x := range w.terms {
			s[place[x.entry]] = new(big.Rat).SetInt(x.times)
		}
		statements = append(statements, s)
	}
	return levels, statements
}

// says reports whether a side says anything about its weights beyond tiers.
func (t *table) says(side int) bool {
	return slices.ContainsFunc(t.weighings, func(w weighing) bool { return w.side == side })
}

// weighs reports whether a statement about weights names the interest.
func (t *table) weighs(entry int) bool {
	return slices.ContainsFunc(t.weighings, func(w weighing) bool {
		return slices.ContainsFunc(w.terms, func(x weighingTerm) bool { return x.entry == entry })
	})
}

// centralDraws is how many drawn weightings the central weights of a side that
// says something about them are the mean of.
const centralDraws = 512

// centralOf are the central weights of a side: tier-block means of rank-order
// centroids, or what findCentral has found where the side says more.
func (t *table) centralOf(side int, levels []int) []*big.Rat {
	if t.middle == nil || t.middle[side] == nil {
		return bargain.Centroid(levels)
	}
	return t.middle[side]
}

// findCentral finds the mean of weightings drawn under a side's statements, alike
// for interests that differ in nothing.
func (t *table) findCentral(side int, levels []int) []*big.Rat {
	const total = 1 << 30
	sums, drawn := make([]int64, len(levels)), make([]int64, len(levels))
	sampler := t.allowed[side].NewSampler(total)
	for n := range centralDraws {
		sampler.Draw(bargain.NewStream(0, 0, n), drawn)
		for k, v := range drawn {
			sums[k] += v
		}
	}
	_, statements := t.said(side, make([]interest.Tier, len(t.entries)))
	named := func(k int) bool {
		return slices.ContainsFunc(statements, func(s bargain.Statement) bool { return s[k] != nil })
	}
	out := make([]*big.Rat, len(levels))
	for k := range out {
		sum, n := sums[k], int64(1)
		for j := range out {
			if j != k && levels[j] == levels[k] && !named(j) && !named(k) {
				sum, n = sum+sums[j], n+1
			}
		}
		out[k] = big.NewRat(sum, n)
		out[k].Quo(out[k], big.NewRat(centralDraws*total, 1))
	}
	return out
}

// under are the weights that a side's register allows with its tiers as given;
// nil where it says nothing beyond tiers. impossible says that no weights do.
func (c *certainty) under(side int, tier []interest.Tier) (p *bargain.Polytope, impossible bool) {
	t := c.r.t
	if !t.says(side) {
		return nil, false
	}
	same := true
	for _, n := range c.r.mine[side] {
		same = same && tier[n] == t.entries[n].tier
	}
	if same {
		return t.allowed[side], false
	}
	levels, statements := t.said(side, tier)
	if set, _ := bargain.Contradiction(levels, statements); set != nil {
		return nil, true
	}
	return bargain.NewPolytope(levels, statements), false
}

// own are a side's changes in a tally.
func (c *certainty) own(side int, sum tally) []int64 {
	out := make([]int64, len(c.r.mine[side]))
	for k, n := range c.r.mine[side] {
		out[k] = sum[n]
	}
	return out
}

// standUnder tests a side that says something about its weights. What it never loses
// by its ranks it never does.
func (c *certainty) standUnder(p *bargain.Polytope, side int, sum tally, byRanks bool) standing {
	own := c.own(side, sum)
	if !byRanks && !p.Never(own) {
		return standing{}
	}
	return standing{never: true, gains: p.Gains(own)}
}

// mostWeight bounds weights that are multiplied with changes.
const mostWeight = 1 << 16

// losingUnder are weights by entry under which a side loses; nil where they are
// too large.
func (c *certainty) losingUnder(p *bargain.Polytope, side int, sum tally) []int64 {
	out := make([]int64, len(sum))
	for k, w := range p.Worst(c.own(side, sum)) {
		if w.Cmp(big.NewInt(mostWeight)) > 0 {
			return nil
		}
		out[c.r.mine[side][k]] = w.Int64()
	}
	return out
}

// ProofCover is a part of a gain that covers a loss on an interest of a lower tier.
type ProofCover struct {
	Gain   string `json:"gain"`
	Loss   string `json:"loss"`
	Amount string `json:"amount"` // a fraction
}

// ProofUse is a statement of the side about its weights, and how often a proof
// uses it.
type ProofUse struct {
	Statement string `json:"statement"` // "2 RU-11 >= RU-23 + RU-24"
	Times     string `json:"times"`     // a fraction
}

// proofUnder shows why a side that says something about its weights cannot lose:
// every loss is covered by gains on interests of higher tiers, or by what the
// side says. Taking covers and statements away leaves no change below 0.
func (c *certainty) proofUnder(side int, sum tally, l *labels) SideProof {
	mine := c.r.mine[side]
	amount := func(v *big.Rat) string {
		return new(big.Rat).Quo(v, new(big.Rat).SetInt(c.unit[side])).RatString()
	}
	out := SideProof{Side: l.sides[side].id, Steps: []ProofStep{}}
	for _, n := range mine {
		if sum[n] != 0 {
			out.Steps = append(out.Steps, ProofStep{Interest: l.entries[n].id, Tier: tierWord(l.entries[n].tier), Change: amount(big.NewRat(sum[n], 1))})
		}
	}
	proof, _ := c.r.t.allowed[side].Prove(c.own(side, sum))
	for _, x := range proof.Covers {
		out.Covers = append(out.Covers, ProofCover{l.entries[mine[x.Gain]].id, l.entries[mine[x.Loss]].id, amount(x.Amount)})
	}
	var own []weighing
	for _, w := range c.r.t.weighings {
		if w.side == side {
			own = append(own, w)
		}
	}
	for _, x := range proof.Uses {
		out.Statements = append(out.Statements, ProofUse{own[x.Statement].text(l), amount(x.Times)})
	}
	return out
}

// text writes a statement with the ids of its interests.
func (w *weighing) text(l *labels) string {
	var sides [2][]string
	for _, x := range w.terms {
		times, at := new(big.Int).Abs(x.times), 0
		if x.times.Sign() < 0 {
			at = 1
		}
		word := l.entries[x.entry].id
		if times.Cmp(big.NewInt(1)) != 0 {
			word = fmt.Sprintf("%s %s", times, word)
		}
		sides[at] = append(sides[at], word)
	}
	return strings.Join(sides[0], " + ") + " >= " + strings.Join(sides[1], " + ")
}
