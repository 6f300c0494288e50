package interest

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// Fraction is an exact rational number, written "3/4", "0.75" or "1".
// The zero value is 0. Fractions are values: no method changes its receiver.
type Fraction struct{ r *big.Rat }

var fractionForm = regexp.MustCompile(`^[+-]?(\d{1,40}(/\d{1,40})?|\d{0,40}\.\d{1,40}|\d{1,40}\.)$`)

// ParseFraction reads an integer, a decimal number or a quotient of integers.
// Exponents are refused, so that a short text cannot stand for a huge number.
func ParseFraction(s string) (Fraction, error) {
	s = strings.TrimSpace(s)
	if !fractionForm.MatchString(s) {
		return Fraction{}, fmt.Errorf("%q is not a number: write an integer, a decimal such as 0.75, or a fraction such as 3/4", s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Fraction{}, fmt.Errorf("%q is not a number: its denominator is zero", s)
	}
	return Fraction{r}, nil
}

// FractionOf returns num/den.
func FractionOf(num, den int64) Fraction { return Fraction{big.NewRat(num, den)} }

// FractionFrom copies a rational number.
func FractionFrom(r *big.Rat) Fraction { return Fraction{new(big.Rat).Set(r)} }

// Rat returns the number as a fresh rational that the caller may change.
func (f Fraction) Rat() *big.Rat {
	if f.r == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Set(f.r)
}

// Sign is -1, 0 or 1.
func (f Fraction) Sign() int {
	if f.r == nil {
		return 0
	}
	return f.r.Sign()
}

// Cmp compares two fractions: -1, 0 or 1.
func (f Fraction) Cmp(g Fraction) int { return f.Rat().Cmp(g.Rat()) }

// String writes the shortest exact form: "3/4", or "2" for whole numbers.
func (f Fraction) String() string { return f.Rat().RatString() }

// MarshalText writes the fraction as String does.
func (f Fraction) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what ParseFraction reads.
func (f *Fraction) UnmarshalText(b []byte) error {
	g, err := ParseFraction(string(b))
	if err != nil {
		return err
	}
	*f = g
	return nil
}
