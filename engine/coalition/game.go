package coalition

import (
	"fmt"
	"math/big"
)

// Game is a game in which members of a group can share what the group is worth
// as they like: Worth[g] is what group g can assure itself, Worth[0] is zero. It
// makes sense only where payments between sides do, in one unit for all.
type Game struct {
	Sides int
	Worth []*big.Rat
}

// NewGame is the game in which every group is worth nothing yet.
func NewGame(sides int) Game {
	g := Game{Sides: sides, Worth: make([]*big.Rat, 1<<sides)}
	for i := range g.Worth {
		g.Worth[i] = new(big.Rat)
	}
	return g
}

// Check reports why the game cannot be used.
func (g Game) Check() error {
	switch {
	case g.Sides < 1 || g.Sides > MostSides:
		return fmt.Errorf("a game has 1 to %d sides, this one has %d", MostSides, g.Sides)
	case len(g.Worth) != 1<<g.Sides:
		return fmt.Errorf("a game of %d sides needs the worth of %d groups, it has %d", g.Sides, 1<<g.Sides, len(g.Worth))
	}
	for i, w := range g.Worth {
		if w == nil || i == 0 && w.Sign() != 0 {
			return fmt.Errorf("group %b has no worth, or the empty one has some", i)
		}
	}
	return nil
}

// Shapley is what each side adds to the groups that it joins, on average over
// all orders in which the sides may come together:
//
//	the sum over groups S without p of |S|! (n-|S|-1)! / n! times (v(S+p) - v(S)).
//
// The values sum to the worth of all. L. S. Shapley, A value for n-person games,
// Annals of Mathematics Studies 28, 1953.
func Shapley(g Game) []*big.Rat {
	share := make([]*big.Rat, g.Sides)
	for size := range share {
		share[size] = new(big.Rat).SetFrac(
			new(big.Int).Mul(factorial(size), factorial(g.Sides-size-1)), factorial(g.Sides))
	}
	out := make([]*big.Rat, g.Sides)
	for p := range out {
		out[p] = new(big.Rat)
		for s := Group(0); s < 1<<g.Sides; s++ {
			if s.Has(p) {
				continue
			}
			adds := new(big.Rat).Sub(g.Worth[s.With(p)], g.Worth[s])
			out[p].Add(out[p], adds.Mul(adds, share[s.Size()]))
		}
	}
	return out
}

func factorial(n int) *big.Int { return new(big.Int).MulRange(1, int64(n)) }
