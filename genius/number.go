package genius

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// numberForm is a decimal number as Java writes one. Exponents and digits are
// bounded, so that a short text cannot stand for a huge number.
var numberForm = regexp.MustCompile(`^([+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40}))(?:[eE]([+-]?\d{1,2}))?[dDfF]?$`)

var quotientForm = regexp.MustCompile(`^[+-]?\d{1,40}/\d{1,40}$`)

// number reads a decimal number exactly.
func number(text string) (*big.Rat, bool) {
	m := numberForm.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return nil, false
	}
	v, ok := new(big.Rat).SetString(m[1])
	if !ok {
		return nil, false
	}
	if m[2] == "" {
		return v, true
	}
	exponent, err := strconv.Atoi(m[2])
	if err != nil || exponent < -40 || exponent > 40 {
		return nil, false
	}
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exponent, -exponent))), nil))
	if exponent < 0 {
		return v.Quo(v, power), true
	}
	return v.Mul(v, power), true
}

// numberOrQuotient reads a decimal number or a quotient such as 3/7 exactly.
func numberOrQuotient(text string) (*big.Rat, bool) {
	text = strings.TrimSpace(text)
	if quotientForm.MatchString(text) {
		return new(big.Rat).SetString(text)
	}
	return number(text)
}

// largestWhole is the largest whole number that a bound or an index may be.
const largestWhole = 1_000_000_000

func whole(text string) (int, bool) {
	v, err := strconv.Atoi(strings.TrimSpace(text))
	return v, err == nil && v >= -largestWhole && v <= largestWhole
}
