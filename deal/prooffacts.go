package deal

import (
	"math/big"

	"parley/engine/bargain"
)

// ProofTable is the table in whole numbers, as package verify reads it: what every
// option and every rule gives each side under the central weights, and what it
// changes at worst. Changes of a side's interests are counted in the largest part
// of one in which all of them are whole.
type ProofTable struct {
	Side     []int          `json:"side"` // by interest
	Tier     []int          `json:"tier"`
	Issues   [][]ProofThing `json:"issues"` // by issue: its options
	Rules    []ProofThing   `json:"rules"`
	Baseline []int64        `json:"baseline"`
	Cap      []int64        `json:"cap,omitempty"` // by side: what a package counts at most
}

// ProofThing is an option, or a rule with what it gives where it holds.
type ProofThing struct {
	Points   []int64       `json:"points"`
	Change   []int64       `json:"change"`
	Kind     string        `json:"kind,omitempty"`
	Interest int           `json:"interest,omitempty"`
	When     []LiteralData `json:"when,omitempty"`
	Of       []LiteralData `json:"of,omitempty"`
	AtLeast  int           `json:"at_least,omitempty"`
}

// ProofFacts are the frontier, point by point, and the fair picks among its points.
type ProofFacts struct {
	Points      [][]int64 `json:"points"`
	Packages    [][]int   `json:"packages"`
	Counts      []string  `json:"counts"` // none where the table has rules or caps
	Nash        []int     `json:"nash"`
	Leximin     []int     `json:"leximin"` // the same as Kalai-Smorodinsky
	Utilitarian []int     `json:"utilitarian"`
}

// ProofServes is a package by which nobody loses under any admissible weighting,
// and who gains: the first steps of an answer, then its swaps, without those that
// rest on what a side says about its weights.
type ProofServes struct {
	Package []int `json:"package"`
	Gains   []int `json:"gains"`
}

func (q *Question) proofTable() ProofTable {
	r := q.readings[0]
	c := newCertainty(r, q.roleScale())
	out := ProofTable{Side: []int{}, Tier: []int{}, Issues: [][]ProofThing{}, Rules: []ProofThing{}, Baseline: r.base, Cap: r.cap}
	for _, e := range q.table.entries {
		out.Side, out.Tier = append(out.Side, e.side), append(out.Tier, int(e.tier))
	}
	var all [][]int64
	changes := func(of []change) []int64 {
		sum := make([]int64, len(q.table.entries))
		for _, ch := range of {
			sum[ch.entry] += ch.by
		}
		all = append(all, sum)
		return sum
	}
	for i, options := range r.space.Issues {
		things := []ProofThing{}
		for k, points := range options {
			things = append(things, ProofThing{Points: points, Change: changes(c.delta[i][k])})
		}
		out.Issues = append(out.Issues, things)
	}
	for k := range q.table.rules {
		d := q.table.rules[k].data()
		thing := ProofThing{Points: make([]int64, len(q.table.sides)), Change: changes(nil), Kind: d.Kind, When: d.When, Of: d.Of, AtLeast: d.AtLeast}
		if d.Entry != nil {
			thing.Interest = *d.Entry
		}
		for j, of := range r.joint {
			if of == k {
				thing.Points, thing.Change = r.space.Terms[j].Values, changes(c.joint[j])
			}
		}
		out.Rules = append(out.Rules, thing)
	}
	for s := range q.table.sides {
		shorten(all, r.mine[s])
	}
	return out
}

// shorten divides the changes of some interests by what divides all of them.
func shorten(all [][]int64, interests []int) {
	part := new(big.Int)
	for _, changes := range all {
		for _, n := range interests {
			part.GCD(nil, nil, part, new(big.Int).Abs(big.NewInt(changes[n])))
		}
	}
	if part.Sign() == 0 {
		return
	}
	for _, changes := range all {
		for _, n := range interests {
			changes[n] /= part.Int64()
		}
	}
}

// addFacts puts the frontier and the packages that cost nobody anything in
// canonical numbers.
func (p *Proof) addFacts(q *Question, a *Answer) {
	s := &search{q: q}
	if a.FrontierComplete {
		p.Facts = s.facts(a)
	}
	p.Serve = []ProofServes{}
	for _, w := range a.QuickWins {
		p.addServes(s, map[string]string{w.Topic: w.Option})
	}
	for _, w := range a.Swaps {
		choices := map[string]string{}
		for _, m := range w.Moves {
			choices[m.Topic] = m.Option
		}
		p.addServes(s, choices)
	}
}

func (s *search) facts(a *Answer) *ProofFacts {
	out := &ProofFacts{
		Points: [][]int64{}, Packages: [][]int{}, Counts: []string{},
		Nash: a.Solutions.Nash, Leximin: a.Solutions.Leximin, Utilitarian: a.Solutions.Utilitarian,
	}
	for _, x := range a.Frontier {
		out.Points = append(out.Points, s.bySide(x.Points))
		out.Packages = append(out.Packages, s.chosen(x.Choices))
		if x.Count.N != nil {
			out.Counts = append(out.Counts, x.Count.N.String())
		}
	}
	return out
}

func (s *search) bySide(points Points) (out []int64) {
	for _, l := range s.q.labels.sides {
		out = append(out, points[l.id])
	}
	return out
}

// addServes adds a package with those who gain by it, unless a side may lose by
// tiers alone: then what the side says about its weights is needed, and package
// verify knows nothing of that.
func (p *Proof) addServes(s *search, choices map[string]string) {
	c := newCertainty(s.q.readings[0], s.q.roleScale())
	out := ProofServes{Package: s.chosen(choices), Gains: []int{}}
	var set []move
	for i, k := range out.Package {
		if k > 0 {
			set = append(set, move{i, k})
		}
	}
	sum := c.sum(set)
	for side, mine := range c.r.mine {
		delta := make([]*big.Rat, len(mine))
		for k, n := range mine {
			delta[k] = big.NewRat(sum[n], 1)
		}
		gains := false
		for _, step := range bargain.PrefixSums(c.r.levels[side], delta) {
			if step.Sum.Sign() < 0 {
				return
			}
			gains = gains || step.Sum.Sign() > 0
		}
		if gains {
			out.Gains = append(out.Gains, side)
		}
	}
	p.Serve = append(p.Serve, out)
}
