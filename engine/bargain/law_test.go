package bargain_test

import (
	"math/big"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// TestPicksStandOnTheFrontier: no point that gives somebody more and nobody
// less is passed over by any rule.
func TestPicksStandOnTheFrontier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 5).Draw(t, "sides")
		vector := rapid.SliceOfN(rapid.Int64Range(-3, 4), sides, sides)
		points := rapid.SliceOfN(vector, 1, 40).Draw(t, "points")
		base, ideal := slices.Repeat([]int64{-1}, sides), slices.Repeat([]int64{4}, sides)
		front := pareto.Skyline(points)
		for rule, picks := range map[string][]int{
			"Nash":        bargain.Nash(points, base),
			"leximin":     bargain.Leximin(points, base, ideal),
			"utilitarian": bargain.Utilitarian(points, base, ideal),
		} {
			for _, k := range picks {
				if _, stands := slices.BinarySearch(front, k); !stands {
					t.Fatalf("%s picks %v, which is beaten", rule, points[k])
				}
			}
		}
	})
}

// TestPicksForgetWhatIsNotChosen (independence of irrelevant alternatives, for
// Nash with a fixed base): without a point not picked, the picks stay.
func TestPicksForgetWhatIsNotChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(1, 4).Draw(t, "sides")
		vector := rapid.SliceOfN(rapid.Int64Range(-2, 5), sides, sides)
		points := rapid.SliceOfN(vector, 2, 20).Draw(t, "points")
		base := make([]int64, sides)
		picks := bargain.Nash(points, base)
		out := rapid.IntRange(0, len(points)-1).Draw(t, "out")
		if slices.Contains(picks, out) {
			t.Skip("picked")
		}
		var got [][]int64
		fewer := slices.Delete(slices.Clone(points), out, out+1)
		for _, k := range bargain.Nash(fewer, base) {
			got = append(got, fewer[k])
		}
		var want [][]int64
		for _, k := range picks {
			want = append(want, points[k])
		}
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestSolverForManySides tries more sides than the other tests, and a base that
// no package need reach.
func TestSolverForManySides(t *testing.T) {
	solver := bargain.NewSolver()
	for _, sides := range []int{5, 6, 9} {
		rapid.Check(t, func(t *rapid.T) {
			table := tablesWithin(sides, rapid.SampledFrom([]int64{2, 50}).Draw(t, "reach")).Draw(t, "table")
			base := rapid.SliceOfN(rapid.Int64Range(-8, 1), sides, sides).Draw(t, "base")
			choices := packages(table)
			var all [][]int64
			for _, choice := range choices {
				all = append(all, table.Value(choice))
			}
			want := bargain.Nash(all, base)
			got, exact := solver.Nash(pareto.Space{Table: table}, base, 0)
			switch {
			case !exact, len(want) == 0 && got != nil:
				t.Fatalf("got %v, %v", got, exact)
			case len(want) > 0 && !slices.Equal(got, choices[want[0]]):
				t.Fatalf("got %v, want %v", got, choices[want[0]])
			}
		})
	}
}

// TestSolversAtOnce: results do not depend on what else is running, nor on what
// a solver did before.
func TestSolversAtOnce(t *testing.T) {
	var all []pareto.Table
	var want [][]int
	for k := range 40 {
		table := concessions(uint64(k), 2+k%3, 8+k%5)
		choice, _ := bargain.NewSolver().Nash(pareto.Space{Table: table}, make([]int64, table.Sides), 100_000)
		all, want = append(all, table), append(want, slices.Clone(choice))
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			solver := bargain.NewSolver()
			for k := range all {
				at := (k*7 + worker*11) % len(all)
				got, _ := solver.Nash(pareto.Space{Table: all[at]}, make([]int64, all[at].Sides), 100_000)
				if !slices.Equal(got, want[at]) {
					t.Errorf("table %d: got %v, want %v", at, got, want[at])
				}
			}
		})
	}
	wait.Wait()
}

// TestMoreIsNeverWorse: a larger change of any interest keeps what was certain,
// and two changes that are never worse are never worse together.
func TestMoreIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(7).Draw(t, "levels")
		n := len(levels)
		change := rapid.SliceOfN(rapid.Int64Range(-3, 4), n, n)
		a, b := rats(change.Draw(t, "a")...), rats(change.Draw(t, "b")...)
		if !bargain.NeverWorse(levels, a) {
			t.Skip("may be worse")
		}
		more := slices.Clone(a)
		k := rapid.IntRange(0, n-1).Draw(t, "interest")
		more[k] = new(big.Rat).Add(a[k], big.NewRat(1, 3))
		if !bargain.NeverWorse(levels, more) || !bargain.SometimesBetter(levels, more) {
			t.Fatalf("%v is fine, %v not", a, more)
		}
		if bargain.NeverWorse(levels, b) {
			sum := make([]*big.Rat, n)
			for k := range sum {
				sum[k] = new(big.Rat).Add(a[k], b[k])
			}
			if !bargain.NeverWorse(levels, sum) {
				t.Fatalf("%v and %v are never worse, but together", a, b)
			}
		}
	})
}

// TestPrefixSumsAddUp: one step per change, the last is the whole, and no other
// order inside the tiers has a smaller sum on the way.
func TestPrefixSumsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(6).Draw(t, "levels")
		delta := rats(rapid.SliceOfN(rapid.Int64Range(-3, 3), len(levels), len(levels)).Draw(t, "delta")...)
		steps := bargain.PrefixSums(levels, delta)
		changed := 0
		for _, d := range delta {
			if d.Sign() != 0 {
				changed++
			}
		}
		if len(steps) != changed {
			t.Fatalf("%d steps for %d changes", len(steps), changed)
		}
		least := new(big.Rat)
		for _, step := range steps {
			if step.Sum.Cmp(least) < 0 {
				least = step.Sum
			}
		}
		if changed > 0 && steps[changed-1].Sum.Cmp(total(delta)) != 0 {
			t.Fatalf("the last sum is %v, the changes are %v in all", steps[changed-1].Sum, total(delta))
		}
		for _, ranking := range rankings(levels) {
			sum := new(big.Rat)
			for _, k := range ranking {
				if sum.Add(sum, delta[k]); sum.Cmp(least) < 0 {
					t.Fatalf("ranking %v reaches %v, the steps only %v", ranking, sum, least)
				}
			}
		}
	})
}

// TestCentroidFollowsTheTiers: a higher tier weighs more, equal tiers the same,
// and the numbers of the levels mean nothing but their order.
func TestCentroidFollowsTheTiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(10).Draw(t, "levels")
		weights := bargain.Centroid(levels)
		other := slices.Clone(levels)
		for k, a := range levels {
			if a != bargain.Unplaced {
				other[k] = a*a*7 + 3
			}
			for j, b := range levels {
				if a == bargain.Unplaced || b == bargain.Unplaced {
					continue
				}
				if got := weights[k].Cmp(weights[j]); (a < b && got <= 0) || (a == b && got != 0) {
					t.Fatalf("levels %d and %d weigh %v and %v", a, b, weights[k], weights[j])
				}
			}
		}
		if got := bargain.Centroid(other); slices.CompareFunc(got, weights, (*big.Rat).Cmp) != 0 {
			t.Fatalf("%v gives %v, %v gives %v", other, got, levels, weights)
		}
		stream := [2]*bargain.Stream{bargain.NewStream(9, 0, 0), bargain.NewStream(9, 0, 0)}
		var drawn [2][]int64
		for k, of := range [2][]int{levels, other} {
			drawn[k] = make([]int64, len(of))
			bargain.NewSampler(of, 1000).Draw(stream[k], drawn[k])
		}
		if !slices.Equal(drawn[0], drawn[1]) {
			t.Fatalf("%v draws %v, %v draws %v", levels, drawn[0], other, drawn[1])
		}
	})
}
