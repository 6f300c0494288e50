package bargain_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

// drawnStatements draws statements that the tiers do not contradict: orders
// alone, or ratios and trade-offs as well.
func drawnStatements(t *rapid.T, levels []int, general bool, most int) []bargain.Statement {
	var out []bargain.Statement
	n := len(levels)
	for range rapid.IntRange(0, most).Draw(t, "statements") {
		s := make(bargain.Statement, n)
		if general && rapid.Bool().Draw(t, "trade-off") {
			for k := range s {
				if c := rapid.Int64Range(-3, 4).Draw(t, "coefficient"); c != 0 {
					s[k] = big.NewRat(c, 2)
				}
			}
		} else {
			a, b := rapid.IntRange(0, n-1).Draw(t, "more"), rapid.IntRange(0, n-1).Draw(t, "than")
			if a == b {
				continue
			}
			c := big.NewRat(rapid.Int64Range(1, 3).Draw(t, "unit"), 1)
			s[a], s[b] = c, new(big.Rat).Neg(c)
		}
		if set, _ := bargain.Contradiction(levels, append(slices.Clone(out), s)); set == nil {
			out = append(out, s)
		}
	}
	return out
}

func drawnChanges(t *rapid.T, n int) []int64 {
	return rapid.SliceOfN(rapid.Int64Range(-3, 3), n, n).Draw(t, "delta")
}

func asRats(delta []int64) []*big.Rat {
	var out []*big.Rat
	for _, d := range delta {
		out = append(out, big.NewRat(d, 1))
	}
	return out
}

// admits reports whether weights respect tiers and statements.
func admits(levels []int, statements []bargain.Statement, w []*big.Int) bool {
	for k := range w {
		if w[k].Sign() < 0 {
			return false
		}
		for j := range w {
			if levels[k] != bargain.Unplaced && levels[k] < levels[j] && w[k].Cmp(w[j]) < 0 {
				return false
			}
		}
	}
	for _, s := range statements {
		sum := new(big.Rat)
		for k, c := range s {
			if c != nil {
				sum.Add(sum, new(big.Rat).Mul(c, new(big.Rat).SetInt(w[k])))
			}
		}
		if sum.Sign() < 0 {
			return false
		}
	}
	return true
}

// Without statements the polytope is that of the tiers.
func TestPolytopeOfTiersAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(9).Draw(t, "levels")
		delta := drawnChanges(t, len(levels))
		p := bargain.NewPolytope(levels, nil)
		if got, want := p.Never(delta), bargain.NeverWorse(levels, asRats(delta)); got != want {
			t.Fatalf("never worse: got %v, want %v", got, want)
		}
		if got, want := p.Gains(delta), bargain.SometimesBetter(levels, asRats(delta)); p.Never(delta) && got != want {
			t.Fatalf("better: got %v, want %v", got, want)
		}
	})
}

// TestOrdersAgainstUpSets sums over every up-set of small partial orders.
func TestOrdersAgainstUpSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(7).Draw(t, "levels")
		statements := drawnStatements(t, levels, false, 5)
		delta := drawnChanges(t, len(levels))
		never, better, always := true, false, true
		for mask := 1; mask < 1<<len(levels); mask++ {
			w, sum := make([]*big.Int, len(levels)), int64(0)
			for k := range w {
				w[k] = big.NewInt(int64(mask >> k & 1))
				sum += delta[k] * w[k].Int64()
			}
			if admits(levels, statements, w) {
				never, better, always = never && sum >= 0, better || sum > 0, always && sum > 0
			}
		}
		p := bargain.NewPolytope(levels, statements)
		if got, want := fmt.Sprint(p.Never(delta), p.Gains(delta), p.Always(delta)), fmt.Sprint(never, better, always); got != want {
			t.Fatalf("%v: got %s, want %s", statements, got, want)
		}
	})
}

// Either the proof is checked, or weights that satisfy everything show a loss:
// one of the two is wrong wherever the answer is.
func TestEveryAnswerIsProved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(8).Draw(t, "levels")
		statements := drawnStatements(t, levels, true, 5)
		delta := drawnChanges(t, len(levels))
		p := bargain.NewPolytope(levels, statements)
		proof, never := p.Prove(delta)
		if never != p.Never(delta) {
			t.Fatal("a proof of something else")
		}
		least := p.Least(delta)
		if got := least.Sign() >= 0; got != never {
			t.Fatalf("the least sum is %v, never worse %v", least, never)
		}
		if got := p.Always(delta); got != (least.Sign() > 0) {
			t.Fatalf("the least sum is %v, always better %v", least, got)
		}
		if never {
			if err := proof.Check(levels, statements, asRats(delta)); err != nil {
				t.Fatalf("%+v: %v", proof, err)
			}
			return
		}
		w, sum := p.Worst(delta), new(big.Int)
		for k, d := range delta {
			sum.Add(sum, new(big.Int).Mul(w[k], big.NewInt(d)))
		}
		if !admits(levels, statements, w) || sum.Sign() >= 0 {
			t.Fatalf("%v shows no loss of %v under %v", w, delta, statements)
		}
	})
}

// A said table is one side's interests with what is said of their weights, and a
// change of them.
type said struct {
	levels     []int
	statements []bargain.Statement
	delta      []int64
}

func saidOf(t *rapid.T) said {
	levels := levels(7).Draw(t, "levels")
	return said{levels, drawnStatements(t, levels, true, 5), drawnChanges(t, len(levels))}
}

// Before and after are the weights without and with what was said last.
func (s said) beforeAndAfter() (wide, narrow *bargain.Polytope) {
	return bargain.NewPolytope(s.levels, s.statements[:len(s.statements)-1]), bargain.NewPolytope(s.levels, s.statements)
}

// Adding a statement never widens a set: what is certain stays certain, what is
// not possible stays impossible, and the least sum never falls. Of fixed draws
// several narrow it.
func TestAnotherStatementNeverWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := saidOf(t)
		if len(s.statements) == 0 {
			t.Skip("no statements")
		}
		wide, narrow := s.beforeAndAfter()
		if wide.Never(s.delta) && !narrow.Never(s.delta) || wide.Always(s.delta) && !narrow.Always(s.delta) {
			t.Fatal("something is no longer certain")
		}
		if !wide.Possibly(s.delta) && narrow.Possibly(s.delta) || !wide.Gains(s.delta) && narrow.Gains(s.delta) {
			t.Fatal("something has become possible")
		}
		if narrow.Least(s.delta).Cmp(wide.Least(s.delta)) < 0 {
			t.Fatal("the least sum has fallen")
		}
	})
	narrower := 0
	for seed := range 100 {
		if s := rapid.Custom(saidOf).Example(seed); len(s.statements) > 0 {
			wide, narrow := s.beforeAndAfter()
			if narrow.Least(s.delta).Cmp(wide.Least(s.delta)) > 0 {
				narrower++
			}
		}
	}
	if narrower < 5 {
		t.Errorf("%d of 100 last statements changed anything", narrower)
	}
}

// Changes too large for whole numbers of 63 bits go through fractions.
func TestLargeChanges(t *testing.T) {
	const huge = 1 << 60
	s := make(bargain.Statement, 3)
	s[0], s[1] = big.NewRat(1, 1), big.NewRat(-1, 1)
	p := bargain.NewPolytope([]int{0, 0, 1}, []bargain.Statement{s})
	for _, c := range []struct {
		delta []int64
		want  string
	}{
		{[]int64{huge, -huge, 0}, "true true false"},
		{[]int64{huge, -huge, 1}, "true true false"},
		{[]int64{huge + 1, -huge, 0}, "true true true"},
		{[]int64{huge, -huge - 1, 0}, "false true false"},
	} {
		if got := fmt.Sprint(p.Never(c.delta), p.Gains(c.delta), p.Always(c.delta)); got != c.want {
			t.Errorf("%v: got %s, want %s", c.delta, got, c.want)
		}
	}
}

func TestCheckRefusesProofs(t *testing.T) {
	one := big.NewRat(1, 1)
	levels := []int{0, 1, bargain.Unplaced}
	statements := []bargain.Statement{{nil, one, big.NewRat(-1, 1)}}
	delta := rats(4, 0, -4)
	good := bargain.Proof{Covers: []bargain.Cover{{Gain: 0, Loss: 1, Amount: one}}, Uses: []bargain.Use{{Statement: 0, Times: one}}}
	if err := good.Check(levels, statements, delta); err != nil {
		t.Error(err)
	}
	for want, x := range map[string]bargain.Proof{
		"not covered":     {Covers: good.Covers},
		"matter as much":  {Covers: []bargain.Cover{{Gain: 0, Loss: 2, Amount: one}}},
		"below 0":         {Covers: []bargain.Cover{{Gain: 0, Loss: 1, Amount: big.NewRat(-1, 1)}}},
		"less than never": {Uses: []bargain.Use{{Statement: 0, Times: big.NewRat(-1, 1)}}},
	} {
		if err := x.Check(levels, statements, delta); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func BenchmarkNever(b *testing.B) {
	levels, delta := blocks(11, 14, 7), make([]int64, 32)
	for k := range delta {
		delta[k] = int64(k*7%11) - 4
	}
	delta[0] = 60
	pair := func(a, b int, times int64) bargain.Statement {
		s := make(bargain.Statement, 32)
		s[a], s[b] = big.NewRat(1, 1), big.NewRat(-times, 1)
		return s
	}
	for name, statements := range map[string][]bargain.Statement{
		"order":  {pair(0, 3, 1), pair(3, 5, 1), pair(12, 20, 1), pair(0, 1, 1), pair(0, 2, 1)},
		"ratios": {pair(0, 3, 2), pair(3, 5, 1), pair(12, 20, 1), pair(0, 1, 3), pair(0, 2, 1)},
	} {
		p := bargain.NewPolytope(levels, statements)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.Never(delta)
			}
		})
	}
}
