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
//	v1   = s² / n                       of the mean of the guesses
//	v2   = 100 p (1 - p) / N            of ten times the share, with p = (a + 1/2) / (N + 1), the mean of Jeffreys
//	df   = (v1 + v2)² / (v1²/(n-1) + v2²/(N-1))   Welch and Satterthwaite
//	Low, High = Diff -+ t(0.95, df) sqrt(v1 + v2)
//
// Both n and N are at least FirstTotal where something is told. The variance of
// Jeffreys' posterior itself is that of a share drawn towards 1/2; around the share
// as it was seen it holds too little (0.865 for 0.9 with ten people).
func (e Expectations) Gap(of, about dialogue.SideID, said Figures) Gap {
	g := e.Beside(Gap{Of: of, About: about}, said)
	n := float64(e.N)
	v1 := max(0, (float64(e.Squares)-float64(e.Sum)*g.Expected)/(n-1)/n)
	p := (float64(said.Agree) + 0.5) / float64(said.N+1)
	v2 := 100 * p * (1 - p) / float64(said.N)
	df := (v1 + v2) * (v1 + v2) / (v1*v1/(n-1) + v2*v2/float64(said.N-1))
	half := beta.Student((1+Level)/2, df) * math.Sqrt(v1+v2)
	g.Low, g.High = g.Diff-half, g.Diff+half
	return g
}

// Right reports whether the gap may be nothing but chance.
func (g Gap) Right() bool { return g.Low <= 0 && 0 <= g.High }

// Beside completes a gap whose interval is known.
func (e Expectations) Beside(g Gap, said Figures) Gap {
	g.N, g.Expected, g.Middle = e.N, float64(e.Sum)/float64(e.N), float64(e.Middle2)/2
	g.Said = 10 * float64(said.Agree) / float64(said.N)
	g.Diff = g.Expected - g.Said
	return g
}
