package bargain_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

// beside says that interest a matters at least times as much as b.
func beside(n, a, b int, times *big.Rat) bargain.Statement {
	s := make(bargain.Statement, n)
	s[a], s[b] = big.NewRat(1, 1), new(big.Rat).Neg(times)
	return s
}

func TestDrawnWeightsSatisfyEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(7).Draw(t, "levels")
		checkDraws(t, bargain.NewPolytope(levels, drawnStatements(t, levels, true, 6)), levels)
	})
}

// Seven interests, each at least three times as much as the next: hardly any draw by tiers alone keeps that.
func TestDrawnWeightsSatisfyWhatIsRare(t *testing.T) {
	levels := make([]int, 7)
	var chain []bargain.Statement
	for k := range 6 {
		chain = append(chain, beside(7, k, k+1, big.NewRat(3, 1)))
	}
	p := bargain.NewPolytope(levels, chain)
	if !p.Drawable() || !p.Walks() {
		t.Fatal("the weights are not walked to")
	}
	checkDraws(t, p, levels)
}

type failer interface {
	Fatalf(format string, args ...any)
}

func checkDraws(t failer, p *bargain.Polytope, levels []int) {
	const total = 1_000_000
	out := make([]int64, len(levels))
	sampler := p.NewSampler(total)
	for sample := range 5 {
		sampler.Draw(bargain.NewStream(7, 1, sample), out)
		sum := int64(0)
		w := make([]*big.Int, len(out))
		for k, v := range out {
			sum += v
			w[k] = big.NewInt(v)
		}
		if sum != total || !admits(levels, nil, w) {
			t.Fatalf("%v does not fit the tiers %v, or %d is not the total", out, levels, sum)
		}
		for i, s := range p.Statements() {
			off := new(big.Rat)
			for k, c := range s {
				if c != nil {
					off.Add(off, new(big.Rat).Mul(c, big.NewRat(out[k], 1)))
				}
			}
			if off.Sign() < 0 && !p.Tight(i) {
				t.Fatalf("%v breaks statement %d by %v", out, i, off)
			}
		}
	}
}

// moments are the mean of each weight, of its square, and of its product with
// the next one, and how much one draw scatters about each.
func moments(s *bargain.Sampler, n, samples int) (mean, scatter []float64) {
	const total = 1 << 30
	out := make([]int64, n)
	mean, scatter = make([]float64, 3*n), make([]float64, 3*n)
	for sample := range samples {
		s.Draw(bargain.NewStream(11, 0, sample), out)
		for k := range out {
			v, next := float64(out[k])/total, float64(out[(k+1)%n])/total
			for j, x := range []float64{v, v * v, v * next} {
				mean[j*n+k] += x
				scatter[j*n+k] += x * x
			}
		}
	}
	for k := range mean {
		mean[k] /= float64(samples)
		scatter[k] = math.Sqrt(scatter[k]/float64(samples) - mean[k]*mean[k])
	}
	return mean, scatter
}

// TestWalkConverges holds walks against exact draws: the first two moments of
// every weight agree within five times what 20,000 independent draws can tell.
func TestWalkConverges(t *testing.T) {
	const samples = 20_000
	one, two := big.NewRat(1, 1), big.NewRat(2, 1)
	tradeOff := make(bargain.Statement, 6)
	tradeOff[0], tradeOff[2], tradeOff[3] = big.NewRat(1, 2), big.NewRat(-1, 1), big.NewRat(-1, 4)
	for name, c := range map[string]struct {
		levels     []int
		statements []bargain.Statement
	}{
		"orders":    {[]int{0, 0, 0, 1, 1, 2}, []bargain.Statement{beside(6, 0, 1, one), beside(6, 3, 4, one)}},
		"ratios":    {[]int{0, 0, 1, 1, 1, bargain.Unplaced}, []bargain.Statement{beside(6, 0, 1, two), beside(6, 5, 2, one)}},
		"trade-off": {[]int{0, 1, 1, 1, 2, 2}, []bargain.Statement{tradeOff, beside(6, 4, 5, two)}},
	} {
		exact := bargain.NewPolytope(c.levels, c.statements)
		if exact.Walks() {
			t.Fatalf("%s: too rare to be drawn exactly", name)
		}
		want, scatter := moments(exact.NewSampler(1<<30), 6, 10*samples)
		got, _ := moments(bargain.Walking(c.levels, c.statements).NewSampler(1<<30), 6, samples)
		for k := range want {
			if math.Abs(got[k]-want[k]) > 5*scatter[k]/math.Sqrt(samples) {
				t.Errorf("%s: moment %d is %.5f, want %.5f", name, k, got[k], want[k])
			}
		}
	}
}

// A chain of statements inside one tier leaves a single ranking, whose mean
// weights are the rank-order centroid. Draws by tiers would hit it once in 40,320.
func TestWalkOnOneRanking(t *testing.T) {
	const n, samples = 8, 20_000
	var chain []bargain.Statement
	for k := 1; k < n; k++ {
		chain = append(chain, beside(n, k-1, k, big.NewRat(1, 1)))
	}
	p := bargain.NewPolytope(make([]int, n), chain)
	if !p.Walks() {
		t.Fatal("not drawn by walks")
	}
	got, scatter := moments(p.NewSampler(1<<30), n, samples)
	for k, w := range bargain.Centroid([]int{0, 1, 2, 3, 4, 5, 6, 7}) {
		if want, _ := w.Float64(); math.Abs(got[k]-want) > 5*scatter[k]/math.Sqrt(samples) {
			t.Errorf("mean of weight %d is %.5f, want %.5f", k, got[k], want)
		}
	}
}

// Statements that leave no room in some direction are walked in the plane that
// is left: here two weights are equal and a third is one and a half of a fourth.
func TestWalkInAPlane(t *testing.T) {
	levels := []int{0, 0, 1, 1, 2}
	statements := []bargain.Statement{
		beside(5, 0, 1, big.NewRat(1, 1)), beside(5, 1, 0, big.NewRat(1, 1)),
		beside(5, 2, 3, big.NewRat(3, 2)), beside(5, 3, 2, big.NewRat(2, 3)),
	}
	p := bargain.NewPolytope(levels, statements)
	const total = 1 << 30
	s, out := p.NewSampler(total), make([]int64, 5)
	seen := map[string]bool{}
	for sample := range 1_000 {
		s.Draw(bargain.NewStream(3, 0, sample), out)
		if d := out[0] - out[1]; d < -1 || d > 1 {
			t.Fatalf("%v: the first two differ", out)
		}
		if d := 2*out[2] - 3*out[3]; d < -5 || d > 5 {
			t.Fatalf("%v: the third is not one and a half of the fourth", out)
		}
		seen[fmt.Sprint(out[0]>>24, out[2]>>24, out[4]>>24)] = true
	}
	if len(seen) < 120 {
		t.Errorf("only %d places in a thousand draws", len(seen))
	}
}

// A draw depends on its stream alone, whatever was drawn before and by whom.
func TestDrawUnderStatementsIsRepeatable(t *testing.T) {
	levels := blocks(3, 3, 2)
	statements := []bargain.Statement{beside(8, 0, 1, big.NewRat(1, 1)), beside(8, 3, 4, big.NewRat(1, 1))}
	for name, p := range map[string]*bargain.Polytope{
		"tried": bargain.NewPolytope(levels, statements), "walked": bargain.Walking(levels, statements),
	} {
		draw := func(s *bargain.Sampler, sample int) []int64 {
			out := make([]int64, 8)
			s.Draw(bargain.NewStream(1, 1, sample), out)
			return out
		}
		first, second := p.NewSampler(1_000_000), p.NewSampler(1_000_000)
		want := draw(first, 5)
		draw(second, 4)
		if got := draw(second, 5); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
		out, r := make([]int64, 8), bargain.NewStream(2, 2, 2)
		if n := testing.AllocsPerRun(20, func() { first.Draw(r, out) }); n != 0 {
			t.Errorf("%s: %v allocations, want none", name, n)
		}
	}
}

func TestTooLargeNumbersAreNotDrawable(t *testing.T) {
	fine := []bargain.Statement{beside(2, 0, 1, big.NewRat(1_000_003, 999_983))}
	if p := bargain.NewPolytope([]int{0, 0}, fine); !p.Drawable() {
		t.Error("six digits are too many")
	}
	if p := bargain.NewPolytope([]int{0, 0}, []bargain.Statement{beside(2, 0, 1, big.NewRat(1<<40+1, 1<<39))}); p.Drawable() {
		t.Error("forty bits are not too many")
	}
}

func BenchmarkDrawUnderStatements(b *testing.B) {
	levels := blocks(11, 14, 7)
	pairs := func(count int) (out []bargain.Statement) {
		for k := range count {
			out = append(out, beside(32, 11+k, 12+k, big.NewRat(1, 1)))
		}
		return out
	}
	for name, p := range map[string]*bargain.Polytope{
		"tried": bargain.NewPolytope(levels, pairs(3)), "walked": bargain.NewPolytope(levels, pairs(8)),
	} {
		s, out, sample := p.NewSampler(1_000_000), make([]int64, 32), 0
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.Draw(bargain.NewStream(1, 0, sample), out)
				sample++
			}
		})
	}
}
