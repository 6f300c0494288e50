package coalition_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/coalition"
)

// TestSecurityCouncil: five permanent members who must all agree, and four of the
// ten others. Permanent: 421/2145, elected: 4/2145.
func TestSecurityCouncil(t *testing.T) {
	weights := append(slices.Repeat([]int{7}, 5), slices.Repeat([]int{1}, 10)...)
	got := coalition.Power(weights, 39)
	want := append(slices.Repeat([]*big.Rat{rat(421, 2145)}, 5), slices.Repeat([]*big.Rat{rat(4, 2145)}, 10)...)
	wantAll(t, got, want...)
}

// TestPowerIsShapley: the index is the Shapley value of the game in which a group
// that reaches the quota is worth 1.
func TestPowerIsShapley(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 6).Draw(t, "weights")
		total := 0
		for _, w := range weights {
			total += w
		}
		if total == 0 {
			t.Skip("nobody votes")
		}
		quota := rapid.IntRange(1, total).Draw(t, "quota")
		g := coalition.NewGame(len(weights))
		for s := range g.Worth {
			sum := 0
			for _, p := range coalition.Group(s).Members() {
				sum += weights[p]
			}
			if sum >= quota {
				g.Worth[s].SetInt64(1)
			}
		}
		got, want := coalition.Power(weights, quota), coalition.Shapley(g)
		for p := range want {
			if got[p].Cmp(want[p]) != 0 {
				t.Fatalf("voter %d of %v, quota %d: got %s, want %s", p, weights, quota, got[p], want[p])
			}
		}
	})
}

func TestGroups(t *testing.T) {
	var got [][]int
	for _, g := range coalition.Groups(4, 2, 3) {
		got = append(got, g.Members())
	}
	want := [][]int{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}, {0, 1, 2}, {0, 1, 3}, {0, 2, 3}, {1, 2, 3}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
	for n := range 8 {
		if got, want := len(coalition.Groups(n, 0, n)), 1<<n-1; got != want {
			t.Errorf("%d groups of %d sides, want %d", got, n, want)
		}
	}
	g := coalition.Of(0, 3)
	if g.With(1) != coalition.Of(0, 1, 3) || g.Without(3) != coalition.Of(0) || !g.Within(coalition.All(4)) || g.Within(coalition.Of(0, 1)) {
		t.Errorf("members of %v are taken in and let go wrongly", g.Members())
	}
}
