package coalition_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/coalition"
)

// bound is what the weights prove: some group gains at least so much, whatever the division.
func bound(t interface{ Fatalf(string, ...any) }, g coalition.Game, weights []coalition.Weight) *big.Rat {
	sum, proved, counted := new(big.Rat), new(big.Rat), make([]*big.Rat, g.Sides)
	for p := range counted {
		counted[p] = new(big.Rat)
	}
	for _, w := range weights {
		if w.Weight.Sign() <= 0 {
			t.Fatalf("the weight of %v is %s", w.Group.Members(), w.Weight)
		}
		sum.Add(sum, w.Weight)
		proved.Add(proved, new(big.Rat).Mul(w.Weight, g.Worth[w.Group]))
		for _, p := range w.Group.Members() {
			counted[p].Add(counted[p], w.Weight)
		}
	}
	for _, c := range counted {
		if c.Cmp(counted[0]) != 0 {
			t.Fatalf("sides count %v", counted)
		}
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		t.Fatalf("the weights sum to %s", sum)
	}
	return proved.Sub(proved, new(big.Rat).Mul(counted[0], g.Worth[coalition.All(g.Sides)]))
}

// Two of three can divide everything: each pair counts a third, and some pair always lacks a third.
func TestBalanceOfAMajority(t *testing.T) {
	g := coalition.NewGame(3)
	for s := range g.Worth {
		if coalition.Group(s).Size() >= 2 {
			g.Worth[s].SetInt64(1)
		}
	}
	weights := coalition.Balance(g)
	if len(weights) != 3 {
		t.Fatalf("%d groups count", len(weights))
	}
	for _, w := range weights {
		if w.Group.Size() != 2 || w.Weight.Cmp(big.NewRat(1, 3)) != 0 {
			t.Errorf("%v counts %s", w.Group.Members(), w.Weight)
		}
	}
	if got := bound(t, g, weights); got.Cmp(big.NewRat(1, 3)) != 0 {
		t.Errorf("proved %s", got)
	}
}

// What the weights prove is what the division reaches.
func TestBalanceProvesTheLeastCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := coalition.NewGame(rapid.IntRange(2, 5).Draw(t, "sides"))
		for s := 1; s < len(g.Worth); s++ {
			g.Worth[s].SetFrac64(rapid.Int64Range(-9, 20).Draw(t, "worth"), rapid.Int64Range(1, 3).Draw(t, "parts"))
		}
		e, _ := coalition.LeastCore(g)
		if got := bound(t, g, coalition.Balance(g)); got.Cmp(e) != 0 {
			t.Fatalf("proved %s, reached %s", got, e)
		}
	})
}

func TestOneSideNeedsNoBalance(t *testing.T) {
	if w := coalition.Balance(coalition.NewGame(1)); w != nil {
		t.Errorf("%v", w)
	}
}

// Two sides share ten; alone one has two and the other one.
func ExampleBalance() {
	g := coalition.NewGame(2)
	g.Worth[1].SetInt64(2)
	g.Worth[2].SetInt64(1)
	g.Worth[3].SetInt64(10)
	e, _ := coalition.LeastCore(g)
	fmt.Println("least core", e.RatString())
	for _, w := range coalition.Balance(g) {
		fmt.Println(w.Group.Members(), w.Weight.RatString())
	}
	// Output:
	// least core -7/2
	// [0] 1/2
	// [1] 1/2
}
