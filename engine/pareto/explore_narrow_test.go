package pareto

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// TestGapAtManyLimits: wherever a limit ends a search, no feasible package lies
// farther from the points than the gap says, the points are feasible packages,
// none beats another, and a complete answer is the one of enumeration.
func TestGapAtManyLimits(t *testing.T) {
	short, whole := 0, 0
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 121))
		s := randomSpace(r, shape{sides: 1 + seed%4, issues: 6, options: 4, terms: 20, literals: 4, additive: seed%2 == 0, negative: true, rules: seed % 3})
		want := bruteFrontier(s)
		for _, limits := range []Limits{{Nodes: 1}, {Nodes: 5}, {Nodes: 25}, {Nodes: 60}, {Nodes: 120}, {Points: 1}, {Points: 2}, {Points: 5}, {Nodes: 50, Points: 4}} {
			found, err := search(t.Context(), s, limits, nil)
			if errors.Is(err, ErrInfeasible) {
				if len(want) > 0 {
					t.Fatalf("seed %d, %+v: there are packages", seed, limits)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			pointsStand(t, s, found.Points)
			if limits.Points > 0 && len(found.Points) > limits.Points {
				t.Errorf("seed %d: %d points, want at most %d", seed, len(found.Points), limits.Points)
			}
			if found.Complete {
				whole++
				checkExplored(t, s, found, nil)
			} else if found.Gap != nil {
				short++
				gapHolds(t, s, found)
			}
		}
	}
	if short < 100 || whole < 50 {
		t.Errorf("%d answers with a gap and %d complete ones, want more of both", short, whole)
	}
}

// pointsStand checks that points are feasible packages, valued rightly, in
// order, and that none is as good as another.
func pointsStand(t *testing.T, s Space, points []Point) {
	t.Helper()
	for k, p := range points {
		if !s.Feasible(p.Choice) || !slices.Equal(s.Value(p.Choice), p.Values) {
			t.Fatalf("package %v is not worth %v", p.Choice, p.Values)
		}
		if k > 0 && slices.Compare(points[k-1].Values, p.Values) <= 0 {
			t.Fatalf("%v stands before %v", points[k-1].Values, p.Values)
		}
		for j, q := range points {
			if j != k && atLeast(q.Values, p.Values) {
				t.Fatalf("%v is as good as %v", q.Values, p.Values)
			}
		}
	}
}

func gapHolds(t *testing.T, s Space, found Found) {
	t.Helper()
	everyPackage(s, func(choice []int) {
		if s.Feasible(choice) && !covered(found, s.Value(choice)) {
			t.Fatalf("%v is farther than %v from every point", s.Value(choice), found.Gap)
		}
	})
}

// TestNarrowing: within the same limit the gap that is proved by searching what
// lies beyond it is smaller than that of the bounds of the start, and true.
func TestNarrowing(t *testing.T) {
	better := 0
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 131))
		s := randomSpace(r, shape{sides: 2 + seed%2, issues: 7, options: 4, terms: 26, literals: 4, additive: true, negative: seed%2 == 0})
		e := newExplorer(t.Context(), newFrame(s, nil, nil), Limits{Nodes: 1 << 30, Workers: 1})
		sweep := &e.sweep
		sweep.fan = newFan(t.Context(), e.course, e.weights(8), 4, 1)
		sweep.keep = 2
		sweep.aim()
		sweep.run(0, sweep.start())
		if !sweep.cut {
			continue
		}
		own, nodes := slices.Clone(sweep.archive.points), sweep.nodes
		e.prove()
		e.narrow()
		if !reflect.DeepEqual(sweep.archive.points, own) || sweep.nodes != nodes || !sweep.cut {
			t.Errorf("seed %d: narrowing changed the search", seed)
		}
		if e.narrowed < e.near {
			better++
		}
		found := e.found()
		pointsStand(t, s, found.Points)
		gapHolds(t, s, found)
	}
	if better < 10 {
		t.Errorf("narrowing helped %d times, want 10 or more", better)
	}
}

// TestNarrowingIsTheSameForAnyNumberOfWorkers: also where a limit ends it.
func TestNarrowingIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	s := randomScenario(3, 25, 4, true, false)
	for _, nodes := range []int64{200, 2000, 8000} {
		var want Found
		for _, workers := range []int{1, 2, 16} {
			found, err := Explore(t.Context(), s, Limits{Nodes: nodes, Workers: workers}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if workers == 1 {
				want = found
			}
			if !reflect.DeepEqual(found, want) {
				t.Errorf("%d nodes, %d workers: another answer", nodes, workers)
			}
		}
		pointsStand(t, s, want.Points)
	}
}

// TestGapsOnlyShrink: what is seen during a search is proved at every moment and
// never weaker than before.
func TestGapsOnlyShrink(t *testing.T) {
	s := randomScenario(2, 25, 4, true, false)
	full, err := Explore(t.Context(), s, Limits{Workers: 2}, nil)
	if err != nil || !full.Complete {
		t.Fatal(full.Complete, err)
	}
	var last []int64
	seen := 0
	if _, err = Explore(t.Context(), s, Limits{Workers: 2}, func(f Found) {
		seen++
		if last != nil && !atLeast(last, f.Gap) {
			t.Errorf("the gap went from %v to %v", last, f.Gap)
		}
		last = f.Gap
		for _, p := range full.Points {
			if !covered(f, p.Values) {
				t.Errorf("%v is farther than %v from every point", p.Values, f.Gap)
			}
		}
	}); err != nil || seen < 2 {
		t.Errorf("seen %d times, %v", seen, err)
	}
}

// TestGapOfNothingIsComplete: where bounds of the start prove that the points
// lack nothing, the search ends there.
func TestGapOfNothingIsComplete(t *testing.T) {
	s := Space{Table: Table{Sides: 2}}
	for i := range 14 { // both agree on every issue, and three issues at a time add to it
		s.Issues = append(s.Issues, [][]int64{{0, 0}, {2, 3}, {-1, 1}})
		if i > 1 {
			s.Terms = append(s.Terms, Term{All: []Literal{{i - 2, []int{1}}, {i - 1, []int{1}}, {i, []int{1, 2}}}, Values: []int64{1, 1}})
		}
	}
	found, err := search(t.Context(), s, Limits{}, nil)
	if err != nil || !found.Complete || len(found.Points) != 1 || !slices.Equal(found.Points[0].Values, []int64{40, 54}) {
		t.Errorf("got %v, %v, %v, want 14 times 2 and 3, and 12 more for both", found.Points, found.Complete, err)
	}
}

// TestCancelledInTheMiddle: whenever a search is ended, it says so, and what it
// has proved is true.
func TestCancelledInTheMiddle(t *testing.T) {
	s := randomScenario(5, 30, 5, true, false)
	full, err := Explore(t.Context(), s, Limits{Workers: 2}, nil)
	if err != nil || !full.Complete {
		t.Fatal(full.Complete, err)
	}
	proved := 0
	for _, ends := range []int64{3, 300, 3000, 5000, 6000, 7000, 8000, 9000, 10_000} {
		ctx := &counted{Context: t.Context()}
		ctx.ends.Store(ends)
		found, err := Explore(ctx, s, Limits{Workers: 2}, nil)
		if ctx.asked.Load() <= ends {
			break // it came to its end
		}
		if !errors.Is(err, context.Canceled) || found.Complete {
			t.Errorf("after %d: complete %v, %v", ends, found.Complete, err)
		}
		pointsStand(t, s, found.Points)
		if found.Gap == nil {
			continue
		}
		proved++
		for _, p := range full.Points {
			if !covered(found, p.Values) {
				t.Errorf("after %d: %v is farther than %v from every point", ends, p.Values, found.Gap)
			}
		}
	}
	if proved < 3 {
		t.Errorf("%d searches that were ended proved something", proved)
	}
}

// TestFanEndsWithItsContext: half the bounds are no bounds.
func TestFanEndsWithItsContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	c := newCourse(t.Context(), newFrame(randomScenario(1, 10, 3, false, false), nil, nil))
	if f := newFan(ended, c, [][]int64{{1, 0}}, 4, 1); f != nil {
		t.Error("got bounds")
	}
	e := newExplorer(ended, c.frame, Limits{})
	if e.explore(); !e.sweep.cut || e.found().Complete || e.found().Gap != nil {
		t.Error("a search that has not begun proves something")
	}
}

// TestUnion: points of the search stay in front of equal ones found otherwise,
// and what is beaten goes.
func TestUnion(t *testing.T) {
	e := &explorer{extra: []Point{{Values: []int64{5, 1}, Choice: []int{7}}, {Values: []int64{3, 3}, Choice: []int{8}}, {Values: []int64{0, 9}, Choice: []int{9}}}}
	e.sweep.archive = &archive{sides: 2, points: []Point{{Values: []int64{5, 1}, Choice: []int{1}}, {Values: []int64{2, 3}, Choice: []int{2}}, {Values: []int64{1, 8}, Choice: []int{3}}}}
	want := []Point{{Values: []int64{5, 1}, Choice: []int{1}}, {Values: []int64{3, 3}, Choice: []int{8}}, {Values: []int64{1, 8}, Choice: []int{3}}, {Values: []int64{0, 9}, Choice: []int{9}}}
	if got := e.union(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
