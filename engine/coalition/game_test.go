package coalition_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/coalition"
)

func rat(n, d int64) *big.Rat { return big.NewRat(n, d) }

// gloves: sides 0 and 1 have a left glove each, side 2 the only right one; a pair
// is worth 1. The core gives all to the right glove, Shapley 1/6, 1/6, 2/3.
func gloves() coalition.Game {
	g := coalition.NewGame(3)
	for s := range g.Worth {
		if m := coalition.Group(s); m.Has(2) && (m.Has(0) || m.Has(1)) {
			g.Worth[s].SetInt64(1)
		}
	}
	return g
}

func TestGloves(t *testing.T) {
	g := gloves()
	if err := g.Check(); err != nil {
		t.Fatal(err)
	}
	wantAll(t, coalition.Shapley(g), rat(1, 6), rat(1, 6), rat(2, 3))
	e, division := coalition.LeastCore(g)
	if e.Sign() != 0 {
		t.Errorf("least excess %s, want 0", e)
	}
	wantAll(t, division, rat(0, 1), rat(0, 1), rat(1, 1))
	if most, who := coalition.Excess(g, []*big.Rat{rat(1, 6), rat(1, 6), rat(2, 3)}); most.Cmp(rat(1, 6)) != 0 || who != coalition.Of(0, 2) {
		t.Errorf("the Shapley division: excess %s by %v, want 1/6 by the first left glove and the right one", most, who.Members())
	}
}

// TestMajority: any two of three divide 1, so every division leaves some pair 1/3
// to gain, and the core is empty.
func TestMajority(t *testing.T) {
	g := coalition.NewGame(3)
	for s := range g.Worth {
		if coalition.Group(s).Size() >= 2 {
			g.Worth[s].SetInt64(1)
		}
	}
	e, division := coalition.LeastCore(g)
	if e.Cmp(rat(1, 3)) != 0 {
		t.Errorf("least excess %s, want 1/3", e)
	}
	wantAll(t, division, rat(1, 3), rat(1, 3), rat(1, 3))
}

// TestNegativeWorth: a division may have to give a side less than nothing.
func TestNegativeWorth(t *testing.T) {
	g := coalition.NewGame(2)
	g.Worth[1].SetInt64(-5)
	g.Worth[2].SetInt64(3)
	g.Worth[3].SetInt64(0)
	e, division := coalition.LeastCore(g)
	if e.Cmp(rat(-1, 1)) != 0 {
		t.Errorf("least excess %s, want -1", e)
	}
	wantAll(t, division, rat(-4, 1), rat(4, 1))
	one := coalition.NewGame(1)
	one.Worth[1].SetInt64(7)
	if e, division := coalition.LeastCore(one); e.Sign() != 0 || division[0].Cmp(rat(7, 1)) != 0 {
		t.Errorf("one side alone: %s %v", e, division)
	}
	if most, who := coalition.Excess(one, []*big.Rat{rat(7, 1)}); most.Sign() != 0 || who != 0 {
		t.Errorf("one side alone: excess %s by %v", most, who)
	}
}

func wantAll(t *testing.T, got []*big.Rat, want ...*big.Rat) {
	t.Helper()
	if !slices.EqualFunc(got, want, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 }) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func randomGame(t *rapid.T) coalition.Game {
	g := coalition.NewGame(rapid.IntRange(1, 4).Draw(t, "sides"))
	for s := range g.Worth[1:] {
		g.Worth[s+1].SetInt64(rapid.Int64Range(-6, 12).Draw(t, "worth"))
	}
	return g
}

// orders calls f with every order of the sides.
func orders(n int, f func([]int)) {
	var fill func(order []int)
	fill = func(order []int) {
		if len(order) == n {
			f(order)
			return
		}
		for p := range n {
			if !slices.Contains(order, p) {
				fill(append(slices.Clone(order), p))
			}
		}
	}
	fill(nil)
}

func TestShapleyAgainstEveryOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGame(t)
		want := make([]*big.Rat, g.Sides)
		for p := range want {
			want[p] = new(big.Rat)
		}
		count := int64(0)
		orders(g.Sides, func(order []int) {
			count++
			var there coalition.Group
			for _, p := range order {
				want[p].Add(want[p], new(big.Rat).Sub(g.Worth[there.With(p)], g.Worth[there]))
				there = there.With(p)
			}
		})
		sum := new(big.Rat)
		for p, got := range coalition.Shapley(g) {
			if got.Cmp(want[p].Mul(want[p], rat(1, count))) != 0 {
				t.Fatalf("side %d: got %s, want %s", p, got, want[p])
			}
			sum.Add(sum, got)
		}
		if sum.Cmp(g.Worth[coalition.All(g.Sides)]) != 0 {
			t.Fatalf("the values sum to %s, want %s", sum, g.Worth[coalition.All(g.Sides)])
		}
	})
}

// TestLeastCoreIsLeast: the division leaves exactly e to gain, and no division on
// a grid of twelfths leaves less.
func TestLeastCoreIsLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGame(t)
		if g.Sides < 2 {
			t.Skip("nothing to divide")
		}
		e, division := coalition.LeastCore(g)
		sum := new(big.Rat)
		for _, v := range division {
			sum.Add(sum, v)
		}
		all := g.Worth[coalition.All(g.Sides)]
		if sum.Cmp(all) != 0 {
			t.Fatalf("the division sums to %s, want %s", sum, all)
		}
		if most, _ := coalition.Excess(g, division); most.Cmp(e) != 0 {
			t.Fatalf("excess %s of the division, want %s", most, e)
		}
		for range 200 {
			other := make([]*big.Rat, g.Sides)
			rest := new(big.Rat).Set(all)
			for p := range g.Sides - 1 {
				other[p] = rat(rapid.Int64Range(-144, 216).Draw(t, "part"), 12)
				rest.Sub(rest, other[p])
			}
			other[g.Sides-1] = rest
			if most, _ := coalition.Excess(g, other); most.Cmp(e) < 0 {
				t.Fatalf("%v leaves %s to gain, less than %s", other, most, e)
			}
		}
	})
}

func TestCheck(t *testing.T) {
	for name, g := range map[string]coalition.Game{
		"no side":             {},
		"a group is missing":  {Sides: 2, Worth: coalition.NewGame(1).Worth},
		"too many":            {Sides: 17},
		"worth of nobody":     {Sides: 1, Worth: []*big.Rat{rat(1, 1), rat(1, 1)}},
		"a worth is not said": {Sides: 1, Worth: []*big.Rat{rat(0, 1), nil}},
	} {
		if g.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestBlocks(t *testing.T) {
	offers := [][]int64{{5, 1}, {3, 3}, {4, 4}}
	for _, c := range []struct {
		have []int64
		want int
	}{{[]int64{3, 2}, 1}, {[]int64{3, 3}, 2}, {[]int64{4, 4}, -1}, {[]int64{6, 0}, -1}, {[]int64{5, 0}, 0}} {
		if got := coalition.Blocks(offers, c.have); got != c.want {
			t.Errorf("who has %v: got offer %d, want %d", c.have, got, c.want)
		}
	}
}
