package opinion_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// Ten people expect 1, 2, 3, 3, 4, 4, 4, 5, 6, 8 of ten to agree: sum 40, mean 4,
// median 4, sum of squares 196, so s² = (196 - 160) / 9 = 4. Of the other side 15
// of 20 agree: 7.5 of ten. v1 = 4/10 = 0.4. p = 15.5/21 = 0.738095, so
// v2 = 100 p (1 - p) / 20 = 0.966553. df = 1.366553² / (0.16/9 + 0.934225/19) =
// 1.867468 / 0.066947 = 27.8945. t(0.95; 27.8945) = 1.70135; half = 1.70135 *
// sqrt(1.366553) = 1.98887.
func TestGapWorkedByHand(t *testing.T) {
	e := opinion.SumUp([]int{4, 1, 3, 8, 2, 4, 5, 3, 4, 6})
	if e != (opinion.Expectations{N: 10, Sum: 40, Squares: 196, Middle2: 8}) {
		t.Fatalf("got %+v", e)
	}
	g := e.Gap("N", "S", figures("S", 15, 20))
	if g.Of != "N" || g.About != "S" || g.N != 10 || g.Expected != 4 || g.Middle != 4 || g.Said != 7.5 || g.Diff != -3.5 {
		t.Errorf("got %+v", g)
	}
	near(t, "low", g.Low, -3.5-1.98887, 1e-4)
	near(t, "high", g.High, -3.5+1.98887, 1e-4)
	if g.Right() {
		t.Error("3.5 of ten too low is no chance")
	}
}

// All guess 5 and half agree: nothing but the share is uncertain. v2 = 100 / 4 / 20
// = 1.25, so half = t(0.95; 19) sqrt(1.25) = 1.72913 * 1.11803 = 1.93323.
func TestGapWhereAllExpectTheSame(t *testing.T) {
	g := opinion.SumUp([]int{5, 5, 5, 5, 5, 5, 5, 5, 5, 5}).Gap("N", "S", figures("S", 10, 20))
	near(t, "diff", g.Diff, 0, 0)
	near(t, "high", g.High, 1.93323, 1e-4)
	near(t, "low", g.Low, -1.93323, 1e-4)
	if !g.Right() {
		t.Error("the gap is 0 and not right")
	}
}

func TestMedians(t *testing.T) {
	for _, c := range []struct {
		of10 []int
		want int
	}{{[]int{3}, 6}, {[]int{9, 1}, 10}, {[]int{2, 3, 0}, 4}, {[]int{0, 10, 4, 5}, 9}, {nil, 0}} {
		if got := opinion.SumUp(c.of10).Middle2; got != c.want {
			t.Errorf("%v: got %d, want %d", c.of10, got, c.want)
		}
	}
}

// The interval holds the truth about nine times of ten, over shares, sizes and
// spreads. Halved, as a control, it does not.
func TestGapCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2026))
	const rounds = 4000
	for _, n := range []int{10, 25, 60} {
		for _, share := range []float64{0.2, 0.5, 0.8} {
			held, halved := 0, 0
			for range rounds {
				guesses := make([]int, n)
				for i := range guesses {
					for range 10 { // a guess is a binomial around 6 of ten
						if r.Float64() < 0.6 {
							guesses[i]++
						}
					}
				}
				agree := 0
				for range n {
					if r.Float64() < share {
						agree++
					}
				}
				g := opinion.SumUp(guesses).Gap("N", "S", figures("S", agree, n))
				miss := math.Abs(g.Diff - (6 - 10*share))
				half := (g.High - g.Low) / 2
				if miss <= half {
					held++
				}
				if miss <= half/2 {
					halved++
				}
			}
			if got := float64(held) / rounds; got < 0.87 || got > 0.95 {
				t.Errorf("n %d, share %v: the interval holds the truth in %.3f", n, share, got)
			}
			if got := float64(halved) / rounds; got > 0.75 {
				t.Errorf("the test does not bite: half the interval holds in %.3f", got)
			}
		}
	}
}

func TestKnowing(t *testing.T) {
	// Statement 1: N expects 2 of ten of S, who say 8; N itself says 9: expected
	// further away than it is. Statement 2: about right. Statement 3: N expects
	// too much, nearer to itself than it is.
	made := func(n int, of10, said, own int) opinion.Statement {
		guesses := make([]int, 20)
		for i := range guesses {
			guesses[i] = of10
		}
		s := opinion.Statement{Told: &opinion.Told{Groups: []opinion.Figures{figures("N", 2*own, 20), figures("S", 2*said, 20)}}}
		s.Told.Gaps = []opinion.Gap{opinion.SumUp(guesses).Gap("N", "S", s.Told.Groups[1])}
		s.ID = writing.ID(n)
		return s
	}
	k := opinion.Know([]dialogue.SideID{"S", "N"}, []opinion.Statement{made(1, 2, 8, 9), made(2, 5, 5, 9), made(3, 9, 3, 9), {}})
	if k.Statements != 3 || len(k.Pairs) != 1 {
		t.Fatalf("got %+v", k)
	}
	p := k.Pairs[0]
	if p.Of != "N" || p.About != "S" || p.Worse != 1 || p.Right != 1 || len(p.Gaps) != 3 || math.Abs(p.Gaps[0].Diff) < math.Abs(p.Gaps[2].Diff) {
		t.Errorf("got %+v", p)
	}
	near(t, "mean", p.Mean, 4, 1e-12)
	// |Diff| 6, 0, 6: s² = 12, half = t(0.95; 2) * 2 = 2.91999 * 2.
	near(t, "high", p.High, 4+2*2.91999, 1e-3)
	near(t, "low", p.Low, 0, 0)
	one := opinion.Know([]dialogue.SideID{"S", "N"}, []opinion.Statement{made(1, 2, 8, 9)})
	if p := one.Pairs[0]; p.Low != 0 || p.High != 10 {
		t.Errorf("one statement says nothing of others: %+v", p)
	}
}
