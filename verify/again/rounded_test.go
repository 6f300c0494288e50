package again

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

func fractions(words ...string) (out []*big.Rat) {
	for _, w := range words {
		out = append(out, rat(w))
	}
	return out
}

func TestNearestByHand(t *testing.T) {
	for words, want := range map[string]string{"3/8": "1/2", "-3/8": "-1/4", "5/16": "1/4", "-5/16": "-1/4", "7": "7", "1/9": "0"} {
		if got := nearest(rat(words), big.NewInt(4)); got.RatString() != want { // in quarters, halves upward
			t.Errorf("%s: %s, want %s", words, got.RatString(), want)
		}
	}
}

func TestMeasuresByHand(t *testing.T) {
	for _, c := range [][]string{{"1/6", "1/2", "2/3", "0"}, {"3", "6", "-9"}, {"2/15", "4/5", "2/3"}, {"1/70", "1/10", "1/14"}} {
		if got := measureOf(fractions(c[1:]...)); got.RatString() != c[0] {
			t.Errorf("of %v: %v, want %s", c[1:], got, c[0])
		}
	}
	if got := measureOf(fractions("0", "0")); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

// What has room stays as it is, on its common denominator; what has none is put on a power of two.
func TestScalesByHand(t *testing.T) {
	for name, c := range map[string]struct {
		columns [][]*big.Rat
		others  []*big.Rat
		scale   string
		rounded bool
	}{
		"3 · 4 · 7":                        {[][]*big.Rat{fractions("1/3", "0"), fractions("1/4", "-1/7")}, nil, "84", false},
		"what is added counts":             {[][]*big.Rat{fractions("1/3")}, fractions("1/5"), "15", false},
		"just room":                        {[][]*big.Rat{fractions("1152921504606846975")}, nil, "1", false}, // 2^60 - 1
		"just none":                        {[][]*big.Rat{fractions("1152921504606846975", "1/2")}, nil, "1", true},
		"two thirds of 2^60 have room":     {[][]*big.Rat{fractions("2/3"), fractions("1/1000000007")}, fractions("1/1000000009"), "1152921504606846976", true},
		"of an issue the largest counts":   {[][]*big.Rat{fractions("1/1000000007", "1/1000000009", "2/998244353")}, nil, "1152921504606846976", true},
		"over 120 bits nothing is counted": {[][]*big.Rat{fractions("1/1361129467683753853853498429727072845824")}, nil, "1152921504606846976", true},               // 2^-130
		"with 120 bits it is":              {[][]*big.Rat{fractions("1/664613997892457936451903530140172288")}, nil, "664613997892457936451903530140172288", false}, // 2^-119
	} {
		if scale, rounded := fit(c.columns, c.others); scale.String() != c.scale || rounded != c.rounded {
			t.Errorf("%s: %v, %t, want %s, %t", name, scale, rounded, c.scale, c.rounded)
		}
	}
}

// Of 2/3 and 1/3 of a weight and of three such weights a third of the weight is rounded, on a scale of tenths: 0.37 becomes
// 0.4, and not 1.11 becomes 1.1. What is in no small proportion to it stands for itself.
func TestProportionsByHand(t *testing.T) {
	columns := [][]*big.Rat{fractions("74/100", "37/100"), fractions("0", "0"), fractions("333/100"), fractions("1/1000", "20"), fractions("371/1000")}
	got := proportions(columns, big.NewInt(10))
	for i, want := range map[int][]*big.Rat{0: fractions("8/10", "4/10"), 2: fractions("36/10"), 4: fractions("4/10")} {
		if !slices.EqualFunc(got[i], want, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 }) {
			t.Errorf("issue %d: %v, want %v", i, got[i], want)
		}
	}
	if len(got) != 3 {
		t.Errorf("%v", got)
	}
}

// fine are weights of sixteen digits with small evaluations, some of them in small proportions to one another.
func fine(r *rand.Rand) (columns [][]*big.Rat) {
	base, whole := 1e15+r.Int64N(9e15), big.NewRat(9_999_999_999_999_989, 1e16)
	for range 3 {
		weight := big.NewRat(base, 1e16)
		if r.IntN(2) == 0 {
			weight = big.NewRat(1e15+r.Int64N(9e15), 1e16)
		} else {
			weight.Mul(weight, big.NewRat(1+r.Int64N(6), 1))
		}
		weight.Quo(weight, mul(whole, big.NewRat(1+r.Int64N(99), 1)))
		var column []*big.Rat
		for range 3 {
			column = append(column, mul(weight, big.NewRat(r.Int64N(21), 1)))
		}
		columns = append(columns, column)
	}
	return columns
}

// Of all packages, tried one by one, which of two is worth more, and which are worth the same, is as it was; and no number is
// off by more than half of what its multiple is of a rounded measure.
func TestRoundingKeepsTheOrderOfPackages(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	rounds := 0
	for range 60 {
		columns := fine(r)
		var stated [][]*big.Rat
		for _, column := range columns {
			stated = append(stated, nil)
			for _, v := range column {
				stated[len(stated)-1] = append(stated[len(stated)-1], new(big.Rat).Set(v))
			}
		}
		scale, rounded := fit(columns, nil)
		if rounded {
			rounds++
		}
		step := new(big.Rat).SetFrac(big.NewInt(mostTimes*mostApart*mostApart/2), scale)
		for i, column := range columns {
			for k, v := range column {
				off := new(big.Rat).Sub(v, stated[i][k])
				if off.Abs(off).Cmp(step) > 0 || !mul(v, new(big.Rat).SetInt(scale)).IsInt() {
					t.Fatalf("%v became %v on the scale %v", stated[i][k], v, scale)
				}
			}
		}
		before, after := packages(stated), packages(columns)
		for i := range before {
			for j := range i {
				if a, b := before[i].Cmp(before[j]), after[i].Cmp(after[j]); a != b {
					t.Fatalf("packages %d and %d compare %d before and %d after", i, j, a, b)
				}
			}
		}
	}
	if rounds < 50 {
		t.Errorf("only %d tables had to be rounded", rounds)
	}
}

func packages(columns [][]*big.Rat) []*big.Rat {
	sums := fractions("0")
	for _, column := range columns {
		var next []*big.Rat
		for _, sum := range sums {
			for _, v := range column {
				next = append(next, new(big.Rat).Add(sum, v))
			}
		}
		sums = next
	}
	return sums
}
