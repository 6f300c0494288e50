package linear

import (
	"errors"
	"math/big"
)

// Prove checks that a result is right without solving anything: it multiplies
// and adds what the result states. The error says what does not hold.
func (p Program) Prove(r Result) error {
	switch r.Status {
	case Optimal:
		return errors.Join(p.admits(r.Point), p.reaches(r), p.bounds(r))
	case Infeasible:
		return p.excludes(r.Dual)
	case Unbounded:
		return errors.Join(p.admits(r.Point), p.escapes(r.Ray))
	}
	return errors.New("the result has no status")
}

// admits checks a point against every row.
func (p Program) admits(point []*big.Rat) error {
	if len(point) != len(p.Objective) {
		return errors.New("the point has another number of variables")
	}
	for _, v := range point {
		if v.Sign() < 0 {
			return errors.New("a variable is below 0")
		}
	}
	for _, r := range p.Rows {
		if !r.Sense.allows(dot(r.Coefficients, point).Cmp(orZero(r.Bound))) {
			return errors.New("the point does not satisfy a row")
		}
	}
	return nil
}

// allows says whether a sum that compares so with its bound satisfies the row.
func (s Sense) allows(compared int) bool {
	return s == AtMost && compared <= 0 || s == AtLeast && compared >= 0 || s == Equal && compared == 0
}

func (p Program) reaches(r Result) error {
	if len(r.Point) == len(p.Objective) && dot(p.Objective, r.Point).Cmp(r.Value) != 0 {
		return errors.New("the point does not have the value")
	}
	return nil
}

// bounds checks that the prices prove that no point has a larger value.
func (p Program) bounds(r Result) error {
	sums, bound, err := p.priced(r.Dual)
	if err != nil {
		return err
	}
	for j, s := range sums {
		if s.Cmp(orZero(p.Objective[j])) < 0 {
			return errors.New("the prices do not cover the objective")
		}
	}
	if bound.Cmp(r.Value) != 0 {
		return errors.New("the prices prove another value")
	}
	return nil
}

// excludes checks that the rows times their prices demand that a sum which
// cannot be below 0 is at most a number below 0 (Farkas).
func (p Program) excludes(prices []*big.Rat) error {
	sums, bound, err := p.priced(prices)
	if err != nil {
		return err
	}
	for _, s := range sums {
		if s.Sign() < 0 {
			return errors.New("the priced rows do not contradict one another")
		}
	}
	if bound.Sign() >= 0 {
		return errors.New("the priced bounds are not below 0")
	}
	return nil
}

// priced adds up the rows times their prices: at most the bound returned.
func (p Program) priced(prices []*big.Rat) (sums []*big.Rat, bound *big.Rat, err error) {
	if len(prices) != len(p.Rows) {
		return nil, nil, errors.New("there is not one price for each row")
	}
	for range p.Objective {
		sums = append(sums, new(big.Rat))
	}
	bound = new(big.Rat)
	product := new(big.Rat)
	for i, r := range p.Rows {
		if r.Sense == AtMost && prices[i].Sign() < 0 || r.Sense == AtLeast && prices[i].Sign() > 0 {
			return nil, nil, errors.New("a price has the wrong sign")
		}
		for j, c := range r.Coefficients {
			if c != nil {
				sums[j].Add(sums[j], product.Mul(prices[i], c))
			}
		}
		bound.Add(bound, product.Mul(prices[i], orZero(r.Bound)))
	}
	return sums, bound, nil
}

// escapes checks that every step along a ray is allowed and gains.
func (p Program) escapes(ray []*big.Rat) error {
	if len(ray) != len(p.Objective) {
		return errors.New("the ray has another number of variables")
	}
	for _, v := range ray {
		if v.Sign() < 0 {
			return errors.New("a variable falls along the ray")
		}
	}
	for _, r := range p.Rows {
		if !r.Sense.allows(dot(r.Coefficients, ray).Sign()) {
			return errors.New("the ray leaves a row")
		}
	}
	if dot(p.Objective, ray).Sign() <= 0 {
		return errors.New("the ray does not gain")
	}
	return nil
}

func dot(a, b []*big.Rat) *big.Rat {
	sum, product := new(big.Rat), new(big.Rat)
	for j, v := range a {
		if v != nil {
			sum.Add(sum, product.Mul(v, b[j]))
		}
	}
	return sum
}

func orZero(v *big.Rat) *big.Rat {
	if v == nil {
		return new(big.Rat)
	}
	return v
}
