package opinion

import (
	"math"
	"slices"

	"parley/dialogue"
	"parley/engine/beta"
)

// Expectations is what people of one side expect of another, summed up so that a
// gap can be made of it and nothing else.
type Expectations struct {
	N       int
	Sum     int
	Squares int
	Middle2 int // twice the median
}

// SumUp sums up how many of ten each expects.
func SumUp(of10 []int) Expectations {
	e := Expectations{N: len(of10)}
	if e.N == 0 {
		return e
	}
	sorted := slices.Sorted(slices.Values(of10))
	for _, g := range sorted {
		e.Sum += g
		e.Squares += g * g
	}
	e.Middle2 = sorted[(e.N-1)/2] + sorted[e.N/2]
	return e
}

// Gap lays what is expected beside what is said. With the guesses g of n people,
// mean m and variance s² (n - 1 below), and a of N people of the other side who
// agree:
//
//	Diff = m - 10 a/N
//	v1   = s² / n                                      of the mean of the guesses
//	v2   = 100 αβ / ((α+β)² (α+β+1))                   of ten times the share, by Beta(α, β) of Jeffreys, α = a + 1/2, β = N - a + 1/2
//	df   = (v1 + v2)² / (v1²/(n-1) + v2²/(N-1))        Welch and Satterthwaite
//	Low, High = Diff -+ t(0.95, df) sqrt(v1 + v2)
//
// Both n and N are at least FirstTotal where something is told.
func (e Expectations) Gap(of, about dialogue.SideID, said Figures) Gap {
	n := float64(e.N)
	g := Gap{
		Of: of, About: about, N: e.N, Expected: float64(e.Sum) / n, Middle: float64(e.Middle2) / 2,
		Said: 10 * float64(said.Agree) / float64(said.N),
	}
	g.Diff = g.Expected - g.Said
	v1 := max(0, (float64(e.Squares)-float64(e.Sum)*g.Expected)/(n-1)/n)
	a, b := float64(said.Agree)+0.5, float64(said.N-said.Agree)+0.5
	v2 := 100 * a * b / ((a + b) * (a + b) * (a + b + 1))
	df := (v1 + v2) * (v1 + v2) / (v1*v1/(n-1) + v2*v2/float64(said.N-1))
	half := beta.Student((1+Level)/2, df) * math.Sqrt(v1+v2)
	g.Low, g.High = g.Diff-half, g.Diff+half
	return g
}

// Right reports whether the gap may be nothing but chance.
func (g Gap) Right() bool { return g.Low <= 0 && 0 <= g.High }
