package linear

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// The least core of a game of 10 players: 1,022 coalitions, 11 variables.
func BenchmarkLeastCore(b *testing.B) {
	const players = 10
	r := rand.New(rand.NewPCG(1, 1))
	p := Program{Objective: make([]*big.Rat, players+1)}
	p.Objective[players] = big.NewRat(-1, 1)
	for s := 1; s < 1<<players; s++ {
		row := Row{Coefficients: make([]*big.Rat, players+1), Sense: AtLeast, Bound: big.NewRat(int64(r.IntN(1000)), 1)}
		for k := range players {
			if s>>k&1 == 1 {
				row.Coefficients[k] = big.NewRat(1, 1)
			}
		}
		if s == 1<<players-1 {
			row.Sense = Equal
		} else {
			row.Coefficients[players] = big.NewRat(1, 1)
		}
		p.Rows = append(p.Rows, row)
	}
	for b.Loop() {
		if got := Maximise(p); got.Status != Optimal {
			b.Fatal(got.Status)
		}
	}
}
