package again

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// plural is the form that a language has for a number of things.
func plural(lang string, n int) string {
	tens, ones := n%100, n%10
	switch {
	case lang != "ru":
		return map[bool]string{true: "one", false: "other"}[n == 1]
	case ones == 1 && tens != 11:
		return "one"
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return "few"
	}
	return "many"
}

// grouped writes a number that is not negative as the language does.
func grouped(lang, digits string) string {
	if lang == "ru" && len(digits) <= 4 {
		return digits
	}
	var parts []string
	for ; len(digits) > 3; digits = digits[:len(digits)-3] {
		parts = append(parts, digits[len(digits)-3:])
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, map[bool]string{true: "\u00a0", false: ","}[lang == "ru"])
}

// many says how many, in the form for that number.
func (p *proof) many(lang, key string, n int) string {
	return p.say(lang, key+"#"+plural(lang, n), "N", grouped(lang, strconv.Itoa(n)))
}

// distance says how far apart two positions of a side are: in hundredths of all that its register names, rounded up, or
// exactly in points where the table states points.
func (r *reading) distance(lang string, side int, points int64) string {
	v, key := new(big.Rat).SetFrac(big.NewInt(points), r.scales[side]), "roadmap.points"
	if !r.exact() {
		key = "roadmap.hundredths"
		v.Mul(v, big.NewRat(100, 1))
	}
	if r.exact() && !v.IsInt() {
		return r.say(lang, "roadmap.points.part", "Number", exactly(lang, v))
	}
	n := new(big.Int).Neg(new(big.Int).Div(new(big.Int).Neg(v.Num()), v.Denom())) // Div rounds down
	if n.BitLen() > 31 {
		return r.say(lang, "roadmap.points.many", "Number", grouped(lang, n.String()))
	}
	return r.many(lang, key, int(n.Int64()))
}

// shortly writes a number with at most six decimals; exact is whether that is all of it.
func shortly(lang string, v *big.Rat) (words string, exact bool) {
	digits := strings.TrimRight(strings.TrimRight(v.FloatString(6), "0"), ".")
	return decimals(lang, digits), rat(digits).Cmp(v) == 0
}

// exactly writes a number with at most six decimals, or where that is too few as a fraction.
func exactly(lang string, v *big.Rat) string {
	if words, exact := shortly(lang, v); exact {
		return words
	}
	return v.RatString()
}

// decimals writes a number given with a point as the language does.
func decimals(lang, digits string) string {
	digits, below := strings.CutPrefix(digits, "-")
	whole, part, more := strings.Cut(digits, ".")
	if whole = grouped(lang, whole); below {
		whole = "−" + whole
	}
	if more {
		whole += map[bool]string{true: ",", false: "."}[lang == "ru"] + part
	}
	return whole
}
