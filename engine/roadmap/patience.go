package roadmap

import "math/big"

// Grains is into how many parts a number between 0 and 1 is divided where
// patience is measured: it has four decimals.
const Grains = 10_000

// Ledger is what one side receives and pays on a path, and what it could gain by
// not paying.
type Ledger struct {
	Received []int64 // by step: the sum of all that moves and terms of the step add for the side
	Paid     []int64 // by step: the sum of all that they take, as a positive number

	// Temptation is, by step, what the side would gain by leaving out its own part
	// of the step: what it has received so far, in this step too, and not yet paid
	// for, as far as the step is to pay for it. It is 0 where the side pays
	// nothing in the step, or pays ahead of receiving.
	Temptation []int64
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
		out[side].Temptation = out[side].temptation()
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

func (l Ledger) temptation() []int64 {
	out := make([]int64, len(l.Paid))
	var ahead int64 // received less paid; it stays below 2^62 as all values do
	for k := range out {
		ahead += l.Received[k]
		out[k] = max(0, min(ahead, l.Paid[k]))
		ahead -= l.Paid[k]
	}
	return out
}

// Patience is how much the future must count for a side's promises to hold:
// a step is held where what the later steps bring is worth no less than the
// temptation, Σ over k > t of δ^(k-t) × gain(k) ≥ temptation(t), with the side's
// gains on balance and a weight δ between 0 and 1 of the next step against the
// present one.
type Patience struct {
	// Held tells, by step, whether the later steps hold it at all: for a side that
	// counts them in full (δ = 1). The last step that tempts is never held so;
	// what holds it is that it is taken by all at the same moment, or a guarantee.
	Held []bool
	// Least is the smallest number of ten-thousandths at which all these steps are
	// held at once.
	Least int
	// Lasting says that they are held at every larger δ as well. That is so
	// wherever no step costs the side anything on balance; where one does, the sum
	// may fall as δ rises.
	Lasting bool
}

// Patience finds the smallest patience with four decimals, exactly: the steps are
// held at Least and at no smaller number of ten-thousandths.
func (l Ledger) Patience() Patience {
	out := Patience{Held: make([]bool, len(l.Paid))}
	var held []test
	for k, t := range l.tests() {
		if out.Held[k] = t.exceeds(Grains, Grains) >= 0; out.Held[k] {
			held = append(held, t)
		}
	}
	out.Least = first(held, 0, Grains, true)
	out.Lasting = first(held, out.Least, Grains, false) < 0
	return out
}

// test is the condition of one step: rise(δ) − fall(δ) ≥ due, with two
// polynomials that never fall as δ rises; so their values at the ends of an
// interval bound the sum inside it.
type test struct {
	rise, fall []*big.Int // by power of δ, from 1
	due        *big.Rat
}

func (l Ledger) tests() []test {
	out := make([]test, len(l.Paid))
	for t, v := range l.temptation() {
		out[t].due = new(big.Rat).SetInt64(v)
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

// exceeds is the sign of rise(a) − fall(b) − due.
func (t test) exceeds(a, b int) int {
	v := at(t.rise, a)
	v.Sub(v, at(t.fall, b))
	return v.Cmp(t.due)
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
