package roadmap

import "math/big"

// Grains is into how many parts a number between 0 and 1 is divided where
// patience is measured: it has four decimals.
const Grains = 10_000

// Ledger is what one side receives and pays on a path, and what that makes of
// its promises.
type Ledger struct {
	Received []int64 // by step: the sum of all that moves and terms of the step add for the side
	Paid     []int64 // by step: the sum of all that they take, as a positive number

	// Owed is, by step, what the side has received so far and not yet paid for,
	// rounded up: the part of all its payments on the path that matches the part
	// it has received of all its receipts, less what it has paid. What it would
	// gain by stopping here is this. 0 where it has paid ahead.
	Owed []int64
}

// Ledger adds up, for every side, what the steps of a path give and take. The
// path must be one of the question.
func (q Question) Ledger(p Path) ([]Ledger, error) {
	c, err := newCourse(q)
	if err != nil {
		return nil, err
	}
	out := make([]Ledger, c.sides)
	bit := map[int]uint64{}
	for x, i := range c.moves {
		bit[i] = 1 << x
	}
	var s uint64
	for _, step := range p.Steps {
		was := s
		for _, i := range step.Moves {
			s |= bit[i]
		}
		for side := range out {
			in, paid := c.account(was, s, side)
			out[side].Received = append(out[side].Received, in)
			out[side].Paid = append(out[side].Paid, paid)
		}
	}
	for side := range out {
		for _, v := range out[side].debts() {
			out[side].Owed = append(out[side].Owed, ceil(v))
		}
	}
	return out, nil
}

// account sums apart what a step adds to a side and what it takes.
func (c *course) account(from, to uint64, side int) (received, paid int64) {
	book := func(v int64) {
		received += max(0, v)
		paid += max(0, -v)
	}
	for x := range c.moves {
		if (to&^from)>>x&1 == 1 {
			book(c.delta[x][side])
		}
	}
	for _, t := range c.terms {
		switch before, now := t.holds(from), t.holds(to); {
		case now && !before:
			book(t.values[side])
		case before && !now:
			book(-t.values[side])
		}
	}
	return received, paid
}

// debts are the exact numbers of Owed.
func (l Ledger) debts() []*big.Rat {
	received, paid := new(big.Int), new(big.Int)
	for k := range l.Received {
		received.Add(received, big.NewInt(l.Received[k]))
		paid.Add(paid, big.NewInt(l.Paid[k]))
	}
	out := make([]*big.Rat, len(l.Received))
	in, gone := new(big.Int), new(big.Int)
	for k := range out {
		out[k] = new(big.Rat)
		in.Add(in, big.NewInt(l.Received[k]))
		gone.Add(gone, big.NewInt(l.Paid[k]))
		if received.Sign() == 0 {
			continue
		}
		due := new(big.Rat).SetFrac(new(big.Int).Mul(in, paid), received)
		if due.Sub(due, new(big.Rat).SetInt(gone)).Sign() > 0 {
			out[k] = due
		}
	}
	return out
}

func ceil(v *big.Rat) int64 {
	n := new(big.Int).Add(v.Num(), v.Denom())
	n.Sub(n, big.NewInt(1))
	return n.Div(n, v.Denom()).Int64()
}

// Patience is how much the future must count for a side's promises to hold.
type Patience struct {
	// Holds is false where no patience is enough; Step is then the first step
	// after which even a side that counts the future in full would gain by
	// stopping. It is -1 where the promises hold.
	Holds bool
	Step  int
	// Least is the smallest number δ of ten-thousandths at which the promises
	// hold: after every step t, the sum over the later steps k of δ^(k-t) times
	// what step k adds to the side is at least what it owes after t.
	Least int
	// Lasting says that they hold for every larger δ as well. That is so wherever
	// no step costs the side anything on balance; where one does, the sum may
	// fall as δ rises.
	Lasting bool
}

// Patience finds the smallest patience with four decimals, exactly: it holds at
// Least and at no smaller number of ten-thousandths.
func (l Ledger) Patience() Patience {
	tests := l.tests()
	if least := first(tests, 0, Grains, true); least >= 0 {
		return Patience{Holds: true, Step: -1, Least: least, Lasting: first(tests, least, Grains, false) < 0}
	}
	for k, t := range tests {
		if first([]test{t}, Grains, Grains, true) < 0 {
			return Patience{Step: k}
		}
	}
	panic("no patience is enough, and every promise holds where the future counts in full")
}

// test is the condition after one step: rise(δ) − fall(δ) ≥ owed, with two
// polynomials that never fall as δ rises; so their values at the ends of an
// interval bound the sum inside it.
type test struct {
	rise, fall []*big.Int // by power of δ, from 1
	owed       *big.Rat
}

func (l Ledger) tests() []test {
	out := make([]test, len(l.Paid))
	for t, owed := range l.debts() {
		out[t].owed = owed
		for k := t + 1; k < len(l.Paid); k++ {
			gain := new(big.Int).Sub(big.NewInt(l.Received[k]), big.NewInt(l.Paid[k]))
			rise, fall := new(big.Int), new(big.Int)
			if gain.Sign() > 0 {
				rise = gain
			} else {
				fall.Neg(gain)
			}
			out[t].rise, out[t].fall = append(out[t].rise, rise), append(out[t].fall, fall)
		}
	}
	return out
}

// first is the first of the points from low to high at which all tests hold
// (want true), or at which one fails (want false); -1 where there is none. It
// halves the interval and leaves out every part in which the bounds exclude it.
func first(tests []test, low, high int, want bool) int {
	if want && !mayHold(tests, low, high) || !want && surelyHold(tests, low, high) {
		return -1
	}
	if low == high {
		return low // at a point the bounds are the value
	}
	middle := low + (high-low)/2
	if at := first(tests, low, middle, want); at >= 0 {
		return at
	}
	return first(tests, middle+1, high, want)
}

// mayHold reports whether every test could hold somewhere in the interval.
func mayHold(tests []test, low, high int) bool {
	for _, t := range tests {
		if t.exceeds(high, low) < 0 {
			return false
		}
	}
	return true
}

// surelyHold reports whether every test holds all over the interval.
func surelyHold(tests []test, low, high int) bool {
	for _, t := range tests {
		if t.exceeds(low, high) < 0 {
			return false
		}
	}
	return true
}

// exceeds is the sign of rise(a) − fall(b) − owed.
func (t test) exceeds(a, b int) int {
	v := at(t.rise, a)
	v.Sub(v, at(t.fall, b))
	return v.Cmp(t.owed)
}

// at is Σ c_j δ^j, j from 1, at δ = grains / Grains.
func at(c []*big.Int, grains int) *big.Rat {
	sum, scale := new(big.Int), big.NewInt(1)
	for j := len(c) - 1; j >= 0; j-- {
		sum.Mul(sum, big.NewInt(int64(grains)))
		sum.Add(sum, new(big.Int).Mul(c[j], scale))
		scale.Mul(scale, big.NewInt(Grains))
	}
	// Horner, with every coefficient brought to the scale of its step: c_1 δ + c_2 δ² + …
	// is (c_1 G^(n-1) g + c_2 G^(n-2) g² + …) / G^n.
	return new(big.Rat).SetFrac(sum.Mul(sum, big.NewInt(int64(grains))), scale)
}
