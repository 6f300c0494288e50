package pareto

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// seeking is an explorer after one quick pass, which left much open.
func seeking(ctx context.Context, s Space, limits Limits) *explorer {
	e := newExplorer(ctx, newFrame(s, nil, nil), limits)
	e.sweep.fan = newFan(ctx, e.course, e.weights(4), 1<<4, 1)
	e.sweep.keep = 1
	e.sweep.aim()
	e.sweep.run(0, e.sweep.start())
	e.prove()
	return e
}

// tangled is a small space of which most issues are tied together.
func tangled(seed uint64, sides int, rules bool) Space {
	r := rand.New(rand.NewPCG(seed, 51))
	h := shape{sides: sides, issues: 7, options: 4, terms: 30, literals: 5, additive: seed%3 == 0, negative: seed%2 == 0}
	if rules {
		h.rules = 3
	}
	return randomSpace(r, h)
}

// TestSeekProvesWhatIsTrue: where no gap is left the points are the frontier, where
// there is one every package is within it of some point.
func TestSeekProvesWhatIsTrue(t *testing.T) {
	complete, gaps := 0, 0
	for seed := range uint64(120) {
		s := tangled(seed, 2+int(seed%2), seed%4 > 1)
		if newFrame(s, nil, nil).empty {
			continue
		}
		e := seeking(t.Context(), s, Limits{Workers: 1 + int(seed%3)})
		if !e.sweep.cut || min(e.near, e.narrowed) < worthSeeking {
			continue
		}
		before := min(e.near, e.narrowed)
		e.seek()
		found := e.found()
		if found.Complete {
			complete++
			checkExplored(t, s, found, nil)
			continue
		}
		gaps++
		if min(e.near, e.narrowed) > before {
			t.Fatalf("seed %d: %d steps proved after %d", seed, e.narrowed, before)
		}
		for _, v := range bruteFrontier(s) {
			if !near(found.Points, v, found.Gap) {
				t.Fatalf("seed %d: %v is beyond the points by more than %v", seed, v, found.Gap)
			}
		}
	}
	if complete < 30 {
		t.Errorf("%d searches were completed, %d were not", complete, gaps)
	}
}

// TestSeekWithinABudget: whatever the budget ends, what is proved is true, and it is
// the same for any number of workers.
func TestSeekWithinABudget(t *testing.T) {
	cut := 0
	for seed := range uint64(40) {
		s := tangled(seed, 2+int(seed%2), false)
		want := bruteFrontier(s)
		first := ""
		for _, workers := range []int{1, 2, 16} {
			e := seeking(t.Context(), s, Limits{Workers: workers})
			w := newWishes(e.course.frame)
			a, _ := e.joint()
			if !e.sweep.cut || w == nil {
				continue
			}
			k := &seeker{wishes: w, sweep: &e.sweep, archive: a, proved: min(e.near, e.narrowed)}
			k.measure()
			k.begin()
			k.proceed(20_000)
			if k.proved > 0 {
				cut++
			}
			for _, v := range want {
				if !near(a.points, v, e.sweep.gap(k.proved)) {
					t.Fatalf("seed %d: %v is beyond the points by more than %d steps", seed, v, k.proved)
				}
			}
			if got := fmt.Sprint(a.points, k.proved, k.nodes); first != "" && got != first {
				t.Fatalf("seed %d: with %d workers %s, with one %s", seed, workers, got, first)
			} else {
				first = got
			}
		}
	}
	if cut < 10 {
		t.Errorf("only %d searches were cut", cut)
	}
}

// TestSeekAmongManyTies: spaces whose terms tie up to seven of 16 issues together are
// searched to the end, with the same points as without hunts.
func TestSeekAmongManyTies(t *testing.T) {
	for seed := range uint64(4) {
		s := randomScenario(seed, 16, 7, seed%2 == 1, seed > 1)
		addTangledRules(rand.New(rand.NewPCG(seed, 9)), &s, 4*int(seed))
		e := seeking(t.Context(), s, Limits{Workers: 2})
		e.seek()
		got := e.found()
		if !got.Complete {
			t.Fatalf("seed %d: a gap of %v is left", seed, got.Gap)
		}
		other := newExplorer(t.Context(), newFrame(s, nil, nil), Limits{Workers: 2})
		other.narrowed = 0 // not worth seeking
		other.explore()
		if want := other.found(); !slices.EqualFunc(got.Points, want.Points, func(a, b Point) bool { return slices.Equal(a.Values, b.Values) }) {
			t.Fatalf("seed %d: %d points, %d without hunts", seed, len(got.Points), len(want.Points))
		}
	}
}

// TestSeekKeepsLimits: it is not begun where limits are small, and points beyond
// those that may be kept are not taken.
func TestSeekKeepsLimits(t *testing.T) {
	s := randomScenario(0, 24, 7, false, false)
	e := seeking(t.Context(), s, Limits{Workers: 1, Nodes: seekLimit - 1})
	points, before := len(e.sweep.archive.points), e.near
	e.seek()
	if len(e.sweep.archive.points) != points || e.narrowed < before || e.spent > 0 {
		t.Error("hunts in spite of a small limit")
	}
	e = seeking(t.Context(), s, Limits{Workers: 1, Points: points + 1})
	e.seek()
	if found := e.found(); found.Complete || len(found.Points) > points+1 {
		t.Errorf("%d points, complete: %v", len(found.Points), found.Complete)
	}
}

// TestSeekIsCancelled: when the context ends before it, nothing is proved.
func TestSeekIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := seeking(ctx, randomScenario(0, 24, 7, false, false), Limits{Workers: 2})
	before := e.near
	cancel()
	e.seek()
	if e.narrowed < before || !e.sweep.cut {
		t.Errorf("%d steps proved after %d", e.narrowed, before)
	}
}
