package pareto

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// lowOf is a little below what every package has on each side.
func lowOf(w *wishes) []int64 {
	low := make([]int64, w.sides)
	for p := range low {
		low[p], _ = w.extent(p)
	}
	return low
}

func emptyArchive(w *wishes) *archive {
	below := lowOf(w)
	for p := range below {
		below[p]--
	}
	return newArchive(below)
}

// anyHunt is along a random weight vector.
func anyHunt(r *rand.Rand, w *wishes) *hunt {
	weights := make([]int64, w.wide)
	for q := range weights {
		weights[q] = 1 + r.Int64N(50)
	}
	return newHunt(context.Background(), w, weights, make([]int, w.wide))
}

// feasibleValues are those of all packages of a frame that are feasible.
func feasibleValues(w *wishes) (all [][]int64) {
	everyChoice(w.frame, func(at []int) {
		if values, feasible := w.value(at); feasible {
			all = append(all, values[:w.sides])
		}
	})
	return all
}

// TestHuntsFindTheFrontier: along any weights, with no points known, a hunt without a
// gap ends with the frontier; with a gap, every package has a point within it.
func TestHuntsFindTheFrontier(t *testing.T) {
	empty := 0
	eachWishes(t, 60, func(t *testing.T, r *rand.Rand, w *wishes) {
		all := feasibleValues(w)
		if len(all) == 0 {
			empty++
		}
		h, a := anyHunt(r, w), emptyArchive(w)
		if !h.run(a, lowOf(w), make([]int64, w.sides), 1<<40) {
			t.Fatal("a hunt with time ended early")
		}
		checkPoints(t, w, a)
		for _, v := range all {
			if a.open(v) {
				t.Fatalf("%v was not found: %v", v, a.points)
			}
		}
		gap := make([]int64, w.sides)
		for p := range gap {
			gap[p] = r.Int64N(20)
		}
		a = emptyArchive(w)
		if !anyHunt(r, w).run(a, lowOf(w), gap, 1<<40) {
			t.Fatal("a hunt with time ended early")
		}
		for _, v := range all {
			if !near(a.points, v, gap) {
				t.Fatalf("%v is beyond %v by more than %v", v, a.points, gap)
			}
		}
	})
	if empty < 5 {
		t.Errorf("only %d spaces without a package were tried", empty)
	}
}

// near reports whether some point gives no side less than values by more than a gap.
func near(points []Point, values, gap []int64) bool {
	return slices.ContainsFunc(points, func(p Point) bool {
		for side, v := range p.Values {
			if v < values[side]-gap[side] {
				return false
			}
		}
		return true
	})
}

// checkPoints: points are feasible packages worth what they say.
func checkPoints(t *testing.T, w *wishes, a *archive) {
	t.Helper()
	for _, p := range a.points {
		at := make([]int, len(p.Choice))
		for i, o := range p.Choice {
			at[i] = slices.IndexFunc(w.issues[i], func(c choiceOf) bool { return c.option == o })
		}
		if values, feasible := w.value(at); !feasible || !slices.Equal(values[:w.sides], p.Values) {
			t.Fatalf("%v has %v (feasible: %v), said to have %v", p.Choice, values, feasible, p.Values)
		}
	}
}

// TestHuntsLeaveOtherCornersAlone: only what lies above the corners given is found.
func TestHuntsLeaveOtherCornersAlone(t *testing.T) {
	found := 0
	eachWishes(t, 30, func(t *testing.T, r *rand.Rand, w *wishes) {
		all := feasibleValues(w)
		if len(all) == 0 {
			return
		}
		a := emptyArchive(w)
		a.add(Point{Values: all[r.IntN(len(all))], Choice: []int{}})
		points := slices.Clone(a.points)
		a.corners = a.corners[:1]
		corner := slices.Clone(a.corners[0])
		anyHunt(r, w).run(a, lowOf(w), make([]int64, w.sides), 1<<40)
		for _, v := range all {
			if below(corner, v) && a.open(v) {
				t.Fatalf("%v above %v was not found", v, corner)
			}
		}
		if len(a.points) > len(points) {
			found++
		}
	})
	if found < 20 {
		t.Errorf("only %d hunts found a package", found)
	}
}

// TestHuntsEnd: a budget or a context ends a hunt, which says so.
func TestHuntsEnd(t *testing.T) {
	w := newWishes(newFrame(randomScenario(1, 20, 7, true, false), nil, nil))
	h := newHunt(t.Context(), w, []int64{1, 1}, []int{0, 0})
	if h.run(emptyArchive(w), lowOf(w), []int64{0, 0}, 100_000) {
		t.Error("a hunt with a small budget came to its end")
	}
	if h.work > 200_000 {
		t.Errorf("%d members were looked at", h.work)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h = newHunt(ctx, w, []int64{1, 1}, []int{0, 0})
	if h.run(emptyArchive(w), lowOf(w), []int64{0, 0}, 1<<40) || h.nodes > 1 {
		t.Errorf("a hunt that was cancelled came to its end after %d nodes", h.nodes)
	}
}

// TestHuntsOfLargeNumbers: units and scales round so that nothing is lost.
func TestHuntsOfLargeNumbers(t *testing.T) {
	scaled := 0
	for seed := range 100 {
		r := rand.New(rand.NewPCG(uint64(seed), 44))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 4, terms: 12, literals: 4, additive: true, negative: true})
		large := func(values []int64) {
			for p := range values {
				values[p] = values[p]<<50 + r.Int64N(1<<50)
			}
		}
		for _, options := range s.Issues {
			for _, values := range options {
				large(values)
			}
		}
		for _, x := range s.Terms {
			large(x.Values)
		}
		e := newExplorer(t.Context(), newFrame(s, nil, nil), Limits{Workers: 1})
		k := &seeker{wishes: newWishes(e.course.frame), sweep: &e.sweep, archive: emptyArchive(newWishes(e.course.frame))}
		e.sweep.fan = newFan(t.Context(), e.course, [][]int64{{1, 1}}, 1, 1)
		k.measure()
		h := newHunt(t.Context(), k.wishes, k.vector([]int64{30_000, 20_000}, 4), k.shift)
		if h.scale > 0 {
			scaled++
		}
		h.run(k.archive, e.sweep.low, []int64{0, 0}, 1<<40)
		var got [][]int64
		for _, p := range k.archive.points {
			got = append(got, p.Values)
		}
		if want := bruteFrontier(s); !slices.EqualFunc(got, want, slices.Equal[[]int64]) {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
	}
	if scaled < 50 {
		t.Errorf("only %d hunts had numbers large enough to be scaled", scaled)
	}
}

// TestClimbs: what a climb finds are packages, the same for the same seed, and mostly
// the best there is.
func TestClimbs(t *testing.T) {
	best, all := 0, 0
	eachWishes(t, 30, func(t *testing.T, r *rand.Rand, w *wishes) {
		h := anyHunt(r, w)
		var found [2]*archive
		for k := range found {
			found[k] = emptyArchive(w)
			h.archive = found[k]
			h.climb(5, 7)
		}
		checkPoints(t, w, found[0])
		if fmt.Sprint(found[0].points) != fmt.Sprint(found[1].points) {
			t.Fatal("the same climb ended elsewhere")
		}
		weigh := func(values []int64) (sum int64) {
			for p, v := range values {
				sum += h.weights[p] * v
			}
			return sum
		}
		most, reached := int64(never), int64(never)
		for _, v := range feasibleValues(w) {
			most = max(most, weigh(v))
		}
		for _, p := range found[0].points {
			reached = max(reached, weigh(p.Values))
		}
		if all++; reached == most {
			best++
		}
	})
	if best < all*3/4 {
		t.Errorf("%d of %d climbs found the best", best, all)
	}
}
