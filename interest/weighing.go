package interest

import (
	"math/big"
	"strings"

	"parley/engine/bargain"
)

// Weighing is what a register says about how much its interests matter beside
// one another, beyond their tiers: that one matters at least some times as much
// as another, or that gaining some is worth giving up others.
type Weighing struct {
	More, Than ID       // empty in a trade-off
	Times      Fraction // 0 where it is not stated, which means 1
	Gain       []Part   // a trade-off: gaining all of this
	Outweighs  []Part   // is worth giving up all of that
}

// Part is so much of an interest: 1 is the whole of it.
type Part struct {
	Interest ID
	Of       Fraction
}

// Sides are the two sides of the statement: the weights times the parts of the
// first are at least those of the second.
func (w Weighing) Sides() (more, than []Part) {
	if w.More == "" {
		return w.Gain, w.Outweighs
	}
	times := w.Times
	if times.Sign() == 0 {
		times = FractionOf(1, 1)
	}
	return []Part{{w.More, FractionOf(1, 1)}}, []Part{{w.Than, times}}
}

// Both are the two sides of the statement, in the order of Sides.
func (w Weighing) Both() [2][]Part {
	more, than := w.Sides()
	return [2][]Part{more, than}
}

// Inequality writes the statement as an inequality of weights, with the ids of its
// interests: "RU-11 >= 2 RU-24". Statements that say the same in the same order
// are written alike.
func (w Weighing) Inequality() string {
	var sums [2]string
	for n, parts := range w.Both() {
		var terms []string
		for _, p := range parts {
			term := string(p.Interest)
			if times := p.Of.String(); times != "1" {
				term = times + " " + term
			}
			terms = append(terms, term)
		}
		sums[n] = strings.Join(terms, " + ")
	}
	return sums[0] + " >= " + sums[1]
}

// Names reports whether the statement is about the interest.
func (w Weighing) Names(id ID) bool {
	for _, parts := range w.Both() {
		for _, p := range parts {
			if p.Interest == id {
				return true
			}
		}
	}
	return false
}

// Level is the tier as the engines count it: 0 the highest, unplaced apart.
func (t Tier) Level() int {
	if t == Unplaced {
		return bargain.Unplaced
	}
	return int(Vital - t)
}

// Statements are what is said about the weights of some interests, as the engines
// read it. Whatever names an interest that is not among them is left out.
func Statements(said []Weighing, of []Interest) []bargain.Statement {
	number := map[ID]int{}
	for k, i := range of {
		number[i.ID] = k
	}
	var out []bargain.Statement
	for _, w := range said {
		s := make(bargain.Statement, len(of))
		add := func(parts []Part, sign int64) bool {
			for _, p := range parts {
				k, known := number[p.Interest]
				if !known {
					return false
				}
				if s[k] == nil {
					s[k] = new(big.Rat)
				}
				s[k].Add(s[k], new(big.Rat).Mul(big.NewRat(sign, 1), p.Of.Rat()))
			}
			return true
		}
		if more, than := w.Sides(); add(more, 1) && add(than, -1) {
			out = append(out, s)
		}
	}
	return out
}

// ClashingWeights returns the numbers of as few statements as possible that no
// weights satisfy which are all above 0 and fall from tier to tier, and whether
// it is the tiers that they contradict; nil where there are such weights. The
// statements must name interests of the list alone.
func ClashingWeights(said []Weighing, of []Interest) (set []int, byTiers bool) {
	var levels []int
	for _, i := range of {
		levels = append(levels, i.Tier.Level())
	}
	return bargain.Contradiction(levels, Statements(said, of))
}
