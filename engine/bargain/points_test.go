package bargain_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

// The hand-worked case: a cake of ten slices, one side wants all of it, the
// other has enough with five.
var (
	slicesOfCake = [][]int64{{10, 0}, {9, 5}, {8, 10}, {5, 10}, {2, 10}, {0, 10}}
	noCake       = []int64{0, 0}
	allCake      = []int64{10, 10}
)

func TestPicksByHand(t *testing.T) {
	cases := []struct {
		name string
		got  []int
		want []int
	}{
		{"Nash: 8 x 10 = 80", bargain.Nash(slicesOfCake, noCake), []int{2}},
		{"Nash above (5, 0): 3 x 10 = 30 beats 4 x 5", bargain.Nash(slicesOfCake, []int64{5, 0}), []int{2}},
		{"Nash above (9, 4): one point left", bargain.Nash(slicesOfCake, []int64{9, 4}), []int{1}},
		{"Nash above (8, 10): nobody gains", bargain.Nash(slicesOfCake, []int64{8, 10}), []int{2}},
		{"Nash above (9, 9): none", bargain.Nash(slicesOfCake, []int64{9, 9}), nil},
		{"Nash counts sides before it multiplies", bargain.Nash([][]int64{{100, 0}, {1, 1}, {0, 90}}, noCake), []int{1}},
		{"Nash with one side able to gain", bargain.Nash([][]int64{{7, 0}, {9, 0}, {9, 0}}, noCake), []int{1, 2}},
		{"Kalai-Smorodinsky: the worse ratio is .8", bargain.KalaiSmorodinsky(slicesOfCake, noCake, allCake), []int{2}},
		{"leximin breaks the tie of the worst", bargain.Leximin([][]int64{{3, 6}, {5, 3}, {3, 5}, {6, 3}}, noCake, allCake), []int{0, 3}},
		{"leximin by ratios, not by points", bargain.Leximin([][]int64{{3, 5}, {4, 4}}, noCake, []int64{6, 10}), []int{0}},
		{"leximin leaves out a side that cannot gain", bargain.Leximin([][]int64{{3, 0}, {4, 0}}, noCake, []int64{5, 0}), []int{1}},
		{"leximin when none can gain: all", bargain.Leximin([][]int64{{0, 0}, {0, 0}}, noCake, noCake), []int{0, 1}},
		{"utilitarian: 1.8", bargain.Utilitarian(slicesOfCake, noCake, allCake), []int{2}},
		{"utilitarian: .5 + .5 ties with 1 + 0", bargain.Utilitarian([][]int64{{1, 5}, {2, 0}, {0, 9}}, noCake, []int64{2, 10}), []int{0, 1}},
	}
	for _, c := range cases {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestTensionByHand(t *testing.T) {
	fixed := [][]int64{{10, 0}, {5, 5}, {0, 10}}
	rat := func(r *big.Rat, ok bool) string {
		if !ok {
			return "none"
		}
		return r.RatString()
	}
	cases := []struct{ name, got, want string }{
		{"opposition of a fixed sum", rat(bargain.Opposition(fixed, noCake, allCake)), "1/2"},
		{"opposition of the cake: (.2, 0) from the ideal", rat(bargain.Opposition(slicesOfCake, noCake, allCake)), "1/25"},
		{"one point best for all", rat(bargain.Opposition([][]int64{{10, 10}}, noCake, allCake)), "0"},
		{"below the base counts too", rat(bargain.Opposition([][]int64{{-10, 10}}, noCake, allCake)), "4"},
		{"a side that cannot gain is left out", rat(bargain.Opposition(fixed, noCake, []int64{10, 0})), "0"},
		{"no side can gain", rat(bargain.Opposition(fixed, noCake, noCake)), "none"},
		{"no points", rat(bargain.Opposition(nil, noCake, allCake)), "none"},
		{"potential of a fixed sum", rat(bargain.Integrative(fixed, noCake, allCake)), "0"},
		{"potential of the cake", rat(bargain.Integrative(slicesOfCake, noCake, allCake)), "4/5"},
		{"potential of three sides", rat(bargain.Integrative([][]int64{{4, 4, 4}}, []int64{0, 0, 0}, []int64{8, 8, 8})), "1/4"},
		{"potential needs two who can gain", rat(bargain.Integrative(fixed, noCake, []int64{10, 0})), "none"},
		{"potential without points", rat(bargain.Integrative(nil, noCake, allCake)), "none"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}

// TestPicksAgainstFractions repeats every rule with fractions and no cleverness.
func TestPicksAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		reach := rapid.SampledFrom([]int64{2, 5, 1 << 60}).Draw(t, "reach")
		vector := rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides)
		points := rapid.SliceOfN(vector, 0, 12).Draw(t, "points")
		base := vector.Draw(t, "base")
		ideal := slices.Clone(base)
		for _, values := range points {
			for p, v := range values {
				ideal[p] = max(ideal[p], v)
			}
		}
		check := func(rule string, got []int, better func(a, b []int64) bool) {
			var want []int
			for k, values := range points {
				if !reaches(values, base) || slices.ContainsFunc(points, func(other []int64) bool {
					return reaches(other, base) && better(other, values)
				}) {
					continue
				}
				want = append(want, k)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: got %v, want %v", rule, got, want)
			}
		}
		check("Nash", bargain.Nash(points, base), func(a, b []int64) bool {
			na, pa := product(a, base)
			nb, pb := product(b, base)
			return na > nb || na == nb && pa.Cmp(pb) > 0
		})
		leximin := func(a, b []int64) bool {
			return slices.CompareFunc(sorted(a, base, ideal), sorted(b, base, ideal), (*big.Rat).Cmp) > 0
		}
		check("leximin", bargain.Leximin(points, base, ideal), leximin)
		check("Kalai-Smorodinsky", bargain.KalaiSmorodinsky(points, base, ideal), leximin)
		check("utilitarian", bargain.Utilitarian(points, base, ideal), func(a, b []int64) bool {
			return total(sorted(a, base, ideal)).Cmp(total(sorted(b, base, ideal))) > 0
		})
	})
}

func reaches(values, base []int64) bool {
	for p, v := range values {
		if v < base[p] {
			return false
		}
	}
	return true
}

func product(values, base []int64) (above int, p *big.Int) {
	p = big.NewInt(1)
	for k, v := range values {
		if v > base[k] {
			above++
			p.Mul(p, new(big.Int).Sub(big.NewInt(v), big.NewInt(base[k])))
		}
	}
	return above, p
}

// sorted lists the gain ratios of the sides that can gain, ascending.
func sorted(values, base, ideal []int64) []*big.Rat {
	var all []*big.Rat
	for p, v := range values {
		if ideal[p] == base[p] {
			continue
		}
		got := new(big.Int).Sub(big.NewInt(v), big.NewInt(base[p]))
		most := new(big.Int).Sub(big.NewInt(ideal[p]), big.NewInt(base[p]))
		all = append(all, new(big.Rat).SetFrac(got, most))
	}
	slices.SortFunc(all, (*big.Rat).Cmp)
	return all
}

func total(ratios []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, r := range ratios {
		sum.Add(sum, r)
	}
	return sum
}

// TestSidesAreEqual: exchanging two sides exchanges nothing in the answer.
func TestSidesAreEqual(t *testing.T) {
	swap := func(points ...[]int64) [][]int64 {
		var all [][]int64
		for _, values := range points {
			all = append(all, []int64{values[1], values[0]})
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		vector := rapid.SliceOfN(rapid.Int64Range(-5, 5), 2, 2)
		points := rapid.SliceOfN(vector, 1, 9).Draw(t, "points")
		base := []int64{rapid.Int64Range(-5, 5).Draw(t, "base"), -5}
		ideal := []int64{6, 5}
		other, base2, ideal2 := swap(points...), swap(base)[0], swap(ideal)[0]
		if got, want := bargain.Nash(other, base2), bargain.Nash(points, base); !slices.Equal(got, want) {
			t.Fatalf("Nash: got %v, want %v", got, want)
		}
		if got, want := bargain.Leximin(other, base2, ideal2), bargain.Leximin(points, base, ideal); !slices.Equal(got, want) {
			t.Fatalf("leximin: got %v, want %v", got, want)
		}
		if got, want := bargain.Utilitarian(other, base2, ideal2), bargain.Utilitarian(points, base, ideal); !slices.Equal(got, want) {
			t.Fatalf("utilitarian: got %v, want %v", got, want)
		}
		a, _ := bargain.Opposition(other, base2, ideal2)
		b, _ := bargain.Opposition(points, base, ideal)
		if a.Cmp(b) != 0 {
			t.Fatalf("opposition: got %v, want %v", a, b)
		}
	})
}
