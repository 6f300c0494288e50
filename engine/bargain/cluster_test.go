package bargain_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// picksOf are the picks of the two rules that need no scale.
func picksOf(points [][]int64, base, ideal []int64) []bargain.Pick {
	return []bargain.Pick{
		{Rule: "leximin", Points: bargain.Leximin(points, base, ideal)},
		{Rule: "nash", Points: bargain.Nash(points, base)},
	}
}

// TestRepresentativesByHand: eleven ways to divide ten slices. The even division
// is both leximin and Nash; furthest from it are the two ends, which go together;
// then what lies between an end and the even division, the more even first.
func TestRepresentativesByHand(t *testing.T) {
	var cake [][]int64
	for k := range int64(11) {
		cake = append(cake, []int64{10 - k, k})
	}
	cases := []struct {
		name string
		base []int64
		most int
		want string
	}{
		{"one stands for all", noCake, 1, "[{5 leximin 11}]"},
		{"two cannot be fair to both ends", noCake, 2, "[{5 leximin 11}]"},
		{"the ends", noCake, 3, "[{5 leximin 5} {0 cluster 3} {10 cluster 3}]"},
		{"and between", noCake, 5, "[{5 leximin 3} {0 cluster 2} {10 cluster 2} {3 cluster 3} {7 cluster 3}]"},
		{"each has four slices already", []int64{4, 4}, 7, "[{5 leximin 1} {4 cluster 1} {6 cluster 1}]"},
		{"nobody can have what is due: all count", []int64{9, 9}, 2, "[{5 cluster 11}]"},
		{"none wanted", noCake, 0, "[]"},
	}
	for _, c := range cases {
		got := fmt.Sprint(bargain.Representatives(cake, c.base, allCake, picksOf(cake, c.base, allCake), c.most))
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if got := bargain.Representatives(nil, noCake, allCake, nil, 7); got != nil {
		t.Errorf("no points: got %v", got)
	}
	three := [][]int64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	if got := bargain.Representatives(three, make([]int64, 3), []int64{1, 1, 1}, nil, 2); len(got) != 1 || got[0] != (bargain.Representative{Point: 0, Rule: bargain.Cluster, For: 3}) {
		t.Errorf("three alike, room for two: got %v, want the first alone", got)
	}
}

// TestRepresentativesKeepTheirPromises: at most as many as asked for, each once,
// none below the base where any is at it, the picks first,
// and every point that counts stood for.
func TestRepresentativesKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, base, ideal := frontierOf(t)
		most := rapid.IntRange(1, 7).Draw(t, "most")
		picks := picksOf(points, base, ideal)
		got := bargain.Representatives(points, base, ideal, picks, most)
		if len(got) == 0 || len(got) > most {
			t.Fatalf("%d representatives, want 1 to %d", len(got), most)
		}
		seen, stands := map[int]bool{}, 0
		for _, r := range got {
			if seen[r.Point] || r.For < 1 {
				t.Fatalf("%v twice or for nobody", r)
			}
			seen[r.Point], stands = true, stands+r.For
			if len(picks[0].Points) > 0 && !reaches(points[r.Point], base) {
				t.Fatalf("%v is below the base %v", points[r.Point], base)
			}
		}
		if n := len(picks[0].Points); n > 0 && n <= most && got[0].Rule != "leximin" {
			t.Fatalf("the first is %v, want leximin", got[0])
		}
		all := 0
		for _, values := range points {
			if len(picks[0].Points) == 0 || reaches(values, base) {
				all++
			}
		}
		if stands < all {
			t.Fatalf("they stand for %d of %d points", stands, all)
		}
	})
}

// frontierOf draws distinct points none of which beats another.
func frontierOf(t *rapid.T) (points [][]int64, base, ideal []int64) {
	sides := rapid.IntRange(2, 4).Draw(t, "sides")
	reach := rapid.SampledFrom([]int64{3, 50, 1 << 60}).Draw(t, "reach")
	vector := rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides)
	drawn := rapid.SliceOfN(vector, 1, 30).Draw(t, "points")
	slices.SortFunc(drawn, func(a, b []int64) int { return slices.Compare(b, a) })
	drawn = slices.CompactFunc(drawn, slices.Equal)
	for _, k := range pareto.Skyline(drawn) {
		points = append(points, drawn[k])
	}
	base = vector.Draw(t, "base")
	ideal = slices.Clone(base)
	for _, values := range points {
		for p, v := range values {
			ideal[p] = max(ideal[p], v)
		}
	}
	return points, base, ideal
}

// TestRepresentativesForgetNamesAndScale: multiplying a side's points, adding to
// them and exchanging sides leaves the same points chosen, wherever the picks
// and the furthest could be taken whole. Where not all gain at once the Nash
// product itself depends on scale, so only sides are exchanged there.
func TestRepresentativesForgetNamesAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, base, ideal := frontierOf(t)
		sides := len(base)
		if slices.Max(ideal) > 1<<50 || slices.Min(slices.Concat(append(points, base)...)) < -1<<50 {
			t.Skip("no room to multiply")
		}
		order := rapid.Permutation([]int{0, 1, 2, 3}[:sides]).Draw(t, "order")
		factor := rapid.SliceOfN(rapid.Int64Range(1, 9), sides, sides).Draw(t, "factor")
		shift := rapid.SliceOfN(rapid.Int64Range(-99, 99), sides, sides).Draw(t, "shift")
		for _, k := range bargain.Nash(points, base) {
			if above, _ := product(points[k], base); above < sides {
				factor = slices.Repeat([]int64{1}, sides)
			}
		}
		move := func(values []int64) []int64 {
			to := make([]int64, sides)
			for p, q := range order {
				to[p] = values[q]*factor[q] + shift[q]
			}
			return to
		}
		var moved [][]int64
		for _, values := range points {
			moved = append(moved, move(values))
		}
		got := bargain.Representatives(moved, move(base), move(ideal), picksOf(moved, move(base), move(ideal)), 7)
		want := bargain.Representatives(points, base, ideal, picksOf(points, base, ideal), 7)
		byPoint := func(a, b bargain.Representative) int { return cmp.Compare(a.Point, b.Point) }
		slices.SortFunc(got, byPoint)
		slices.SortFunc(want, byPoint)
		if len(want) > 1 && !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
