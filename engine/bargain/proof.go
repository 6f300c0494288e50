package bargain

import (
	"errors"
	"math/big"
)

// Cover is a part of a gain that covers a loss: by the tiers the weight of the
// first interest is at least that of the second.
type Cover struct {
	Gain, Loss int
	Amount     *big.Rat
}

// Use is a statement, and how often a proof uses it.
type Use struct {
	Statement int
	Times     *big.Rat
}

// Proof shows that changes are never a loss: taking away the covers (from the
// gain's interest, given to the loss's) and the statements times how often they
// are used leaves no interest with a change below 0. Since covers and statements
// are never below 0 under admissible weights, neither are the changes.
type Proof struct {
	Covers []Cover
	Uses   []Use
}

// Prove returns a proof that the changes are never a loss, or false where they
// can be one.
func (p *Polytope) Prove(delta []int64) (Proof, bool) {
	prices, loss := p.solve(delta)
	if loss != nil {
		return Proof{}, false
	}
	var out Proof
	into := make([][]Cover, p.joints) // what a joint has been given and not passed on
	for i, a := range p.arcs[:p.tierArcs] {
		if a.above < p.n {
			into[a.below-p.n] = append(into[a.below-p.n], Cover{a.above, -1, prices[i]})
			continue
		}
		taken := take(&into[a.above-p.n], prices[i])
		if a.below >= p.n {
			into[a.below-p.n] = append(into[a.below-p.n], taken...)
			continue
		}
		for _, c := range taken {
			out.Covers = append(out.Covers, Cover{c.Gain, a.below, c.Amount})
		}
	}
	for i, a := range p.arcs[p.tierArcs:] {
		out.use(a.statement, prices[p.tierArcs+i], p.statements[a.statement][a.above])
	}
	for i, s := range p.general {
		out.use(s, prices[len(p.arcs)+i], big.NewRat(1, 1))
	}
	return out, true
}

// take takes an amount out of what a joint holds, first come first served.
func take(from *[]Cover, amount *big.Rat) (out []Cover) {
	for left := new(big.Rat).Set(amount); left.Sign() > 0; {
		first := &(*from)[0]
		part := new(big.Rat).Set(left)
		if first.Amount.Cmp(part) < 0 {
			part.Set(first.Amount)
		}
		if part.Sign() > 0 {
			out = append(out, Cover{first.Gain, -1, part})
		}
		left.Sub(left, part)
		if first.Amount = new(big.Rat).Sub(first.Amount, part); first.Amount.Sign() == 0 {
			*from = (*from)[1:]
		}
	}
	return out
}

func (x *Proof) use(statement int, times, unit *big.Rat) {
	if times.Sign() > 0 {
		x.Uses = append(x.Uses, Use{statement, new(big.Rat).Quo(times, unit)})
	}
}

// Check multiplies and adds what a proof states; the error says what does not
// hold. It needs the tiers and the statements and nothing of how the proof was
// found.
func (x Proof) Check(levels []int, statements []Statement, delta []*big.Rat) error {
	left := make([]*big.Rat, len(delta))
	for k, d := range delta {
		left[k] = new(big.Rat).Set(d)
	}
	for _, c := range x.Covers {
		switch g, l := levels[c.Gain], levels[c.Loss]; {
		case g == Unplaced || l == Unplaced || g >= l:
			return errors.New("a loss is covered by an interest that need not matter as much")
		case c.Amount.Sign() < 0:
			return errors.New("an amount is below 0")
		}
		left[c.Gain].Sub(left[c.Gain], c.Amount)
		left[c.Loss].Add(left[c.Loss], c.Amount)
	}
	part := new(big.Rat)
	for _, u := range x.Uses {
		if u.Times.Sign() < 0 {
			return errors.New("a statement is used less than never")
		}
		for k, c := range statements[u.Statement] {
			if c != nil {
				left[k].Sub(left[k], part.Mul(u.Times, c))
			}
		}
	}
	for _, v := range left {
		if v.Sign() < 0 {
			return errors.New("a loss is not covered")
		}
	}
	return nil
}
