package deal

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func rats(texts ...string) []*big.Rat {
	var out []*big.Rat
	for _, text := range texts {
		v, ok := new(big.Rat).SetString(text)
		if !ok {
			panic(text)
		}
		out = append(out, v)
	}
	return out
}

func TestWhatFitsStaysExact(t *testing.T) {
	options := [][]*big.Rat{rats("1/3", "0"), rats("0.25", "-1/7")}
	scale, rounded := fitted(options, rats("1/2"))
	if rounded || scale.String() != "84" || options[0][0].RatString() != "1/3" {
		t.Errorf("got scale %v, rounded %v, %v; want 84 = 3·4·7 and nothing changed", scale, rounded, options)
	}
}

// TestEqualPackagesStayEqual: three fifths and two fifths of a weight are as much
// as four fifths and one fifth, whatever becomes of the weight itself; and twice
// a weight is two of it.
func TestEqualPackagesStayEqual(t *testing.T) {
	w := rats("1234567890123456/9876543210987654321")[0]
	of := func(parts ...string) []*big.Rat {
		out := rats(parts...)
		for _, v := range out {
			v.Mul(v, w)
		}
		return out
	}
	options := [][]*big.Rat{of("3/5", "4/5"), of("2/5", "1/5"), of("2", "1"), rats("1/1000000007", "0")}
	other := rats("1/999999999989")
	scale, wasRounded := fitted(options, other)
	if !wasRounded {
		t.Fatal("nothing was rounded")
	}
	sum := func(a, b *big.Rat) string { return new(big.Rat).Add(a, b).RatString() }
	if a, b := sum(options[0][0], options[1][0]), sum(options[0][1], options[1][1]); a != b {
		t.Errorf("3/5 + 2/5 became %s, 4/5 + 1/5 %s", a, b)
	}
	if a, b := sum(options[2][1], options[2][1]), options[2][0].RatString(); a != b {
		t.Errorf("twice one weight became %s, two weights %s", a, b)
	}
	for _, v := range append(other, options[3]...) {
		if !new(big.Rat).Mul(v, new(big.Rat).SetInt(scale)).IsInt() {
			t.Errorf("%v is no multiple of 1/%v", v, scale)
		}
	}
}

// TestFittedKeepsTheOrderOfPackages compares all packages before and after:
// which of two is worth more, and which are worth the same.
func TestFittedKeepsTheOrderOfPackages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact, rounded := drawFine(t)
		fitted(rounded, nil)
		before, after := packageValues(exact), packageValues(rounded)
		for i := range before {
			for j := range i {
				if a, b := before[i].Cmp(before[j]), after[i].Cmp(after[j]); a != b {
					t.Fatalf("packages %d and %d compare %d before and %d after", i, j, a, b)
				}
			}
		}
	})
}

// drawFine draws weights of sixteen digits, some of them small multiples of one
// another, with evaluations that are small whole numbers.
func drawFine(t *rapid.T) (exact, same [][]*big.Rat) {
	base := rapid.Int64Range(1e15, 1e16).Draw(t, "base")
	for i := range 3 {
		weight := big.NewRat(base, 1e16)
		if rapid.Bool().Draw(t, fmt.Sprint("apart", i)) {
			weight = big.NewRat(rapid.Int64Range(1e15, 1e16).Draw(t, fmt.Sprint("weight", i)), 1e16)
		} else {
			weight.Mul(weight, big.NewRat(rapid.Int64Range(1, 6).Draw(t, fmt.Sprint("times", i)), 1))
		}
		weight.Quo(weight, big.NewRat(rapid.Int64Range(1, 99).Draw(t, fmt.Sprint("most", i)), 1))
		weight.Quo(weight, big.NewRat(9_999_999_999_999_989, 1e16)) // what the weights add up to
		var row, copied []*big.Rat
		for o := range 3 {
			e := big.NewRat(rapid.Int64Range(0, 20).Draw(t, fmt.Sprint("evaluation", i, o)), 1)
			row = append(row, e.Mul(e, weight))
			copied = append(copied, new(big.Rat).Set(e))
		}
		exact, same = append(exact, row), append(same, copied)
	}
	return exact, same
}

func packageValues(options [][]*big.Rat) []*big.Rat {
	sums := []*big.Rat{new(big.Rat)}
	for _, row := range options {
		var next []*big.Rat
		for _, s := range sums {
			for _, v := range row {
				next = append(next, new(big.Rat).Add(s, v))
			}
		}
		sums = next
	}
	return sums
}

// TestHugeValuesFitToo: the scale may not even be one.
func TestHugeValuesFitToo(t *testing.T) {
	options := [][]*big.Rat{rats("999999999999/7", "1/11"), rats("5/1000003", "1/999983")}
	scale, _ := fitted(options, nil)
	if v := new(big.Rat).Mul(reachOf(options, nil), new(big.Rat).SetInt(scale)); v.Num().BitLen()-v.Denom().BitLen() > fittedBits {
		t.Errorf("scale %v leaves %v", scale, v)
	}
}
