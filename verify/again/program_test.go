package again

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

func rats(all ...int64) (out []*big.Rat) {
	for _, v := range all {
		out = append(out, big.NewRat(v, 1))
	}
	return out
}

func TestProgramsByHand(t *testing.T) {
	for _, c := range []struct {
		rows      [][]*big.Rat
		objective []*big.Rat
		most      string
		at        [2]string
	}{
		{nil, rats(1, 3), "3", [2]string{"0", "1"}},
		{[][]*big.Rat{rats(1, -2)}, rats(1, 3), "5/3", [2]string{"2/3", "1/3"}},               // the first weighs twice as much as the second
		{[][]*big.Rat{rats(1, -2), rats(-1, 2)}, rats(-1, 3), "1/3", [2]string{"2/3", "1/3"}}, // just twice as much
		{[][]*big.Rat{rats(1, -2), rats(-1, 1)}, rats(5, 5), "0", [2]string{"0", "0"}},        // both at once leave no weights above 0
		{[][]*big.Rat{rats(1, -2)}, rats(-1, 1), "0", [2]string{"0", "0"}},                    // nothing is best
		{[][]*big.Rat{rats(3, -1), rats(-1, 3)}, rats(-1, 1), "1/2", [2]string{"1/4", "3/4"}}, // no more than three times as much
		{[][]*big.Rat{rats(3, -1), rats(3, -1)}, rats(-1, 1), "1/2", [2]string{"1/4", "3/4"}}, // said twice
	} {
		most, at := (&program{rows: c.rows}).most(c.objective)
		if most.RatString() != c.most || at[0].RatString() != c.at[0] || at[1].RatString() != c.at[1] {
			t.Errorf("%v over %v: %v at %v", c.objective, c.rows, most, at)
		}
	}
}

// No weights on a grid reach more than what is found, and what is found keeps every row.
func TestProgramsAgainstGrids(t *testing.T) {
	r, above := rand.New(rand.NewPCG(1, 1)), 0
	for range 200 {
		var rows [][]*big.Rat
		draw := func() []*big.Rat { return rats(r.Int64N(9)-4, r.Int64N(9)-4, r.Int64N(9)-4) }
		for range r.IntN(4) {
			rows = append(rows, draw())
		}
		objective := draw()
		most, at := (&program{rows: rows}).most(objective)
		keeps := func(w []*big.Rat) bool {
			for _, row := range rows {
				if dot(row, w).Sign() < 0 {
					return false
				}
			}
			return true
		}
		if !keeps(at) || dot(objective, at).Cmp(most) != 0 || most.Sign() < 0 {
			t.Fatalf("%v over %v: %v at %v", objective, rows, most, at)
		}
		above += most.Sign()
		const parts = 12
		for a := range int64(parts + 1) {
			for b := range parts + 1 - a {
				for c := range parts + 1 - a - b {
					w := []*big.Rat{big.NewRat(a, parts), big.NewRat(b, parts), big.NewRat(c, parts)}
					if keeps(w) && dot(objective, w).Cmp(most) > 0 {
						t.Fatalf("%v over %v: %v, but %v gives more", objective, rows, most, w)
					}
				}
			}
		}
	}
	if above < 50 {
		t.Errorf("only %d programs have anything above 0", above)
	}
}

func dot(a, b []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for k, v := range a {
		sum.Add(sum, mul(v, b[k]))
	}
	return sum
}
