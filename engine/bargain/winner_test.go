package bargain_test

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

func TestAdjustedWinner(t *testing.T) {
	cases := []struct {
		name          string
		a, b          []int64
		shares, value string
	}{
		{"Carol and Bob", []int64{50, 20, 15, 10, 5}, []int64{40, 30, 10, 10, 10}, "5/6 0 1 0 0", "170/3"},
		{"nothing to divide", nil, nil, "", "0"},
		{"one item, wanted alike", []int64{10}, []int64{10}, "1/2", "5"},
		{"two items, wanted alike", []int64{10, 10}, []int64{10, 10}, "1 0", "10"},
		{"each wants another", []int64{9, 1}, []int64{1, 9}, "1 0", "9"},
		{"an item nobody wants", []int64{0, 6, 4}, []int64{0, 5, 5}, "0 10/11 0", "60/11"},
		{"a whole item moves", []int64{60, 5, 35}, []int64{40, 4, 56}, "1 0 0", "60"},
	}
	for _, c := range cases {
		share, got, same, err := bargain.AdjustedWinner(c.a, c.b)
		if err != nil || got.RatString() != c.value || same.Cmp(got) != 0 {
			t.Errorf("%s: got %v and %v (%v), want %s each", c.name, got, same, err, c.value)
		}
		var shares []string
		for _, s := range share {
			shares = append(shares, s.RatString())
		}
		if got := strings.Join(shares, " "); got != c.shares {
			t.Errorf("%s: got shares %s, want %s", c.name, got, c.shares)
		}
	}
}

func TestAdjustedWinnerRefuses(t *testing.T) {
	for name, bids := range map[string][2][]int64{
		"different items":  {{1, 2}, {3}},
		"different totals": {{1, 2}, {3, 1}},
		"negative points":  {{-1, 2}, {0, 1}},
		"huge points":      {{1 << 40}, {1 << 40}},
	} {
		if _, _, _, err := bargain.AdjustedWinner(bids[0], bids[1]); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestAdjustedWinnerKeepsItsPromise: equal values, at most one item split, no
// side below half of its points, and no weights under which another division
// gives more, for some pair of positive weights (efficiency).
func TestAdjustedWinnerKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.Int64Range(0, 6), 1, 7).Draw(t, "a")
		b := rapid.Permutation(a).Draw(t, "b") // the same number of points in all
		share, valueA, valueB, err := bargain.AdjustedWinner(a, b)
		if err != nil {
			t.Fatal(err)
		}
		sum, splits := int64(0), 0
		checkA, checkB := new(big.Rat), new(big.Rat)
		one := big.NewRat(1, 1)
		for k, s := range share {
			sum += a[k]
			if !s.IsInt() {
				splits++
			}
			if s.Sign() < 0 || s.Cmp(one) > 0 {
				t.Fatalf("share %v", s)
			}
			checkA.Add(checkA, new(big.Rat).Mul(s, big.NewRat(a[k], 1)))
			checkB.Add(checkB, new(big.Rat).Mul(new(big.Rat).Sub(one, s), big.NewRat(b[k], 1)))
		}
		if checkA.Cmp(valueA) != 0 || checkB.Cmp(valueB) != 0 {
			t.Fatalf("values %v and %v, the shares are worth %v and %v", valueA, valueB, checkA, checkB)
		}
		if valueA.Cmp(valueB) != 0 || valueA.Cmp(big.NewRat(sum, 2)) < 0 || splits > 1 {
			t.Fatalf("%v and %v of %d with %d splits", valueA, valueB, sum, splits)
		}
		for k := range share { // what a gave away must be worth relatively less to it than what it kept
			for j := range share {
				if share[k].Sign() > 0 && share[j].Cmp(one) < 0 && a[k]*b[j] < a[j]*b[k] {
					t.Fatalf("exchanging item %d for %d would serve both: %v", k, j, share)
				}
			}
		}
		other, same, _, err := bargain.AdjustedWinner(b, a)
		if err != nil || same.Cmp(valueA) != 0 || len(other) != len(share) {
			t.Fatalf("with the sides exchanged the value is %v, want %v", same, valueA)
		}
	})
}
