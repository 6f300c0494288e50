package pareto

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// slowFrontier goes through the issues as they stand, remembers of every term
// whether it still holds, and leaves out nothing but what is beaten among equals.
func slowFrontier(s Space) [][]int64 {
	type state struct {
		alive  []bool
		values [][]int64
	}
	last := make([]int, len(s.Terms))
	for k, term := range s.Terms {
		for _, l := range term.All {
			last[k] = max(last[k], l.Issue)
		}
	}
	states := map[string]*state{}
	start := &state{alive: slices.Repeat([]bool{true}, len(s.Terms)), values: [][]int64{make([]int64, s.Sides)}}
	states[fmt.Sprint(start.alive)] = start
	for i, options := range s.Issues {
		next := map[string]*state{}
		for _, from := range states {
			for o, own := range options {
				alive, more := slices.Clone(from.alive), slices.Clone(own)
				for k, term := range s.Terms {
					for _, l := range term.All {
						alive[k] = alive[k] && (l.Issue != i || slices.Contains(l.Options, o))
					}
					if last[k] == i && alive[k] {
						for p, v := range term.Values {
							more[p] += v
						}
						alive[k] = false
					}
				}
				to := next[fmt.Sprint(alive)]
				if to == nil {
					to = &state{alive: alive}
					next[fmt.Sprint(alive)] = to
				}
				for _, values := range from.values {
					sum := slices.Clone(values)
					for p := range sum {
						sum[p] += more[p]
					}
					to.values = append(to.values, sum)
				}
			}
		}
		for _, st := range next {
			st.values = unbeaten(st.values)
		}
		states = next
	}
	var all [][]int64
	for _, st := range states {
		all = append(all, st.values...)
	}
	return unbeaten(all)
}

// unbeaten is the skyline, one of each vector, in the order of results.
func unbeaten(all [][]int64) [][]int64 {
	var kept [][]int64
	for _, k := range Skyline(all) {
		kept = append(kept, all[k])
	}
	slices.SortFunc(kept, func(a, b []int64) int { return slices.Compare(b, a) })
	return slices.CompactFunc(kept, slices.Equal[[]int64])
}

func TestExploreAgainstASlowMerge(t *testing.T) {
	for seed := range uint64(24) {
		s := randomScenario(seed, 6, 1+int(seed%5), seed%2 == 0, seed%3 == 0)
		found, err := Explore(context.Background(), s, Limits{Workers: 2}, nil)
		if err != nil || !found.Complete {
			t.Fatal(found.Complete, err)
		}
		want := slowFrontier(s)
		if len(found.Points) != len(want) {
			t.Fatalf("seed %d: got %d points, want %d", seed, len(found.Points), len(want))
		}
		for k, p := range found.Points {
			if !slices.Equal(p.Values, want[k]) {
				t.Errorf("seed %d: got %v, want %v", seed, p.Values, want[k])
			}
		}
	}
}

// TestBoundsHold: what a partial package is worth together with the bound of
// what follows is never less than a package that continues it, tightened or not,
// whatever the results may depend on.
func TestBoundsHold(t *testing.T) {
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 51))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 4, terms: 14, literals: 4, additive: true, negative: true, rules: seed % 2})
		f := newFrame(s, nil, nil)
		if f.empty {
			continue
		}
		c := newCourse(t.Context(), f)
		for _, patterns := range []int{1, 4, 1 << 10} {
			bounds := newFan(t.Context(), c, newExplorer(context.Background(), c.frame, Limits{}).weights(8), patterns, 1)
			boundsHold(t, bounds)
			bounds.tighten(t.Context(), 6, slices.Repeat([]int64{0}, len(bounds.weights)), 1)
			boundsHold(t, bounds)
		}
	}
}

// boundsHold enumerates the packages of what is left of a space.
func boundsHold(t *testing.T, f *fan) {
	t.Helper()
	n := len(f.stages)
	states := make([][]uint64, n+1)
	gained := make([][]int64, n+1)
	states[0], gained[0] = make([]uint64, f.words), make([]int64, f.width())
	var visit func(k int)
	visit = func(k int) {
		if k == n {
			rest := make([]int64, len(f.weights))
			for j := range n {
				f.rest(j, states[j], rest)
				for w := range rest {
					if before, after := f.weigh(w, gained[j])+rest[w], f.weigh(w, gained[n]); before < after {
						t.Fatalf("stage %d: the bound is %d, a package has %d", j, before, after)
					}
				}
			}
			return
		}
		for o, m := range f.stages[k].options {
			values, allowed := f.stages[k].gain(o, states[k])
			if !allowed {
				continue
			}
			states[k+1], gained[k+1] = make([]uint64, f.words), slices.Clone(gained[k])
			for i := range states[k+1] {
				states[k+1][i] = states[k][i]&m.keep[i] | m.start[i]
			}
			for q, v := range values {
				gained[k+1][q] += v
			}
			visit(k + 1)
		}
	}
	visit(0)
}

// TestExactBounds: where results may depend on everything, the bounds of the
// start are reached.
func TestExactBounds(t *testing.T) {
	for seed := range 30 {
		r := rand.New(rand.NewPCG(uint64(seed), 61))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 4, terms: 12, literals: 3, additive: true, negative: true})
		f := newFan(t.Context(), newCourse(t.Context(), newFrame(s, nil, nil)), [][]int64{{1, 0}, {0, 1}, {2, 3}}, 1<<20, 1)
		most := []int64{never, never, never}
		everyPackage(s, func(choice []int) {
			v := s.Value(choice)
			most = []int64{max(most[0], v[0]), max(most[1], v[1]), max(most[2], 2*v[0]+3*v[1])}
		})
		for w, want := range most {
			if got := f.weigh(w, f.fixed) + f.base[0][w]; got != want {
				t.Errorf("seed %d, weights %v: got %d, want %d", seed, f.weights[w], got, want)
			}
		}
	}
}

// TestTighteningHelps: on a scenario that is too wide for exact bounds the sum of
// the bounds falls by half of what it is too high, or more.
func TestTighteningHelps(t *testing.T) {
	s := randomScenario(2, 30, 4, false, false)
	c := newCourse(t.Context(), newFrame(s, nil, nil))
	weights := [][]int64{{1, 1}, {2, 1}, {1, 2}}
	f := newFan(t.Context(), c, weights, 1<<4, 1)
	loose := slices.Clone(f.base[0])
	var known []int64
	for w, weights := range weights {
		_, best, _, err := Maximise(context.Background(), s, weights, nil, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, best-f.weigh(w, f.fixed))
	}
	f.tighten(t.Context(), 40, known, 1)
	for w, tight := range f.base[0] {
		if tight < known[w] || 2*(tight-known[w]) > loose[w]-known[w] {
			t.Errorf("weights %v: the bound went from %d to %d, the truth is %d", weights[w], loose[w], tight, known[w])
		}
	}
}

// TestCorners: a vector is open exactly if it lies above some corner.
func TestCorners(t *testing.T) {
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 71))
		sides := 1 + seed%4
		a := newArchive(slices.Repeat([]int64{-1}, sides))
		vector := func() []int64 {
			v := make([]int64, sides)
			for p := range v {
				v[p] = r.Int64N(8)
			}
			return v
		}
		for range 25 {
			if v := vector(); a.open(v) {
				a.add(Point{Values: v})
			}
			for range 20 {
				v := vector()
				above := slices.ContainsFunc(a.corners, func(c []int64) bool { return below(c, v) })
				if above != a.open(v) {
					t.Fatalf("seed %d: %v above a corner: %v, open: %v", seed, v, above, a.open(v))
				}
			}
		}
		for i, p := range a.points {
			for j, q := range a.points {
				if i != j && atLeast(p.Values, q.Values) {
					t.Errorf("seed %d: %v beats %v", seed, p.Values, q.Values)
				}
			}
		}
		for i, c := range a.corners {
			for j, d := range a.corners {
				if i != j && atLeast(c, d) {
					t.Errorf("seed %d: the corner %v is not needed beside %v", seed, c, d)
				}
			}
		}
	}
}

// TestReduce: a frame says of the packages it leaves what the space says.
func TestReduce(t *testing.T) {
	smaller := 0
	for seed := range 80 {
		r := rand.New(rand.NewPCG(uint64(seed), 81))
		s := randomSpace(r, shape{sides: 2, issues: 5, options: 5, terms: 10, literals: 3, additive: true, negative: seed%2 == 0, rules: seed % 3})
		f := newFrame(s, nil, nil)
		if f.empty {
			if len(bruteFrontier(s)) > 0 {
				t.Fatalf("seed %d: there are feasible packages", seed)
			}
			continue
		}
		choice, at := make([]int, len(f.issues)), make([]int, len(f.issues))
		for i, options := range f.issues {
			at[i] = r.IntN(len(options))
			choice[i] = options[at[i]].option
			if len(options) < len(s.Issues[i]) {
				smaller++
			}
		}
		values, feasible := slices.Clone(f.fixed), true
		for i, o := range at {
			for q, v := range f.issues[i][o].values {
				values[q] += v
			}
		}
		for _, b := range f.bonds {
			if slices.ContainsFunc(b.all, func(l tie) bool { return !l.holds[at[l.issue]] }) {
				continue
			}
			feasible = feasible && b.values != nil
			for q, v := range b.values {
				values[q] += v
			}
		}
		for q, least := range f.floor {
			feasible = feasible && values[f.sides+q] >= least
		}
		if feasible != s.Feasible(choice) || !slices.Equal(values[:2], s.Value(choice)) {
			t.Errorf("seed %d: %v is %v, %v, want %v, %v", seed, choice, values, feasible, s.Value(choice), s.Feasible(choice))
		}
	}
	if smaller < 20 {
		t.Errorf("only %d issues lost options", smaller)
	}
}

// TestOrder: every issue has one stage, and the bits of bonds that are open at
// the same time are different.
func TestOrder(t *testing.T) {
	for seed := range uint64(20) {
		c := newCourse(t.Context(), newFrame(randomScenario(seed, 20, 4, true, true), nil, nil))
		var issues []int
		for _, st := range c.stages {
			issues = append(issues, st.issue)
			used := map[int]bool{}
			for _, slot := range st.slot {
				if used[slot] {
					t.Fatalf("seed %d: bit %d is used twice", seed, slot)
				}
				used[slot] = true
			}
		}
		slices.Sort(issues)
		for k, i := range issues {
			if k != i {
				t.Fatalf("seed %d: got stages for %v", seed, issues)
			}
		}
	}
}

func TestRegister(t *testing.T) {
	r := newRegister(2, 0)
	for round := range 2 {
		for k := range uint64(1000) {
			if got := r.number([]uint64{k % 7, k}); got != int(k) {
				t.Fatalf("round %d: got %d, want %d", round, got, k)
			}
		}
	}
	if got := r.find([]uint64{5, 12}); got != 12 {
		t.Errorf("got %d, want 12", got)
	}
}

func TestHull(t *testing.T) {
	var points []Point
	for _, v := range [][]int64{{10, 0}, {9, 4}, {7, 5}, {6, 9}, {5, 10}, {0, 11}} {
		points = append(points, Point{Values: v})
	}
	if got, want := hullOf(points), []int{0, 1, 3, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWeightsStayInBounds(t *testing.T) {
	for _, sides := range []int{1, 2, 3, 5, 9, 40} {
		r := rand.New(rand.NewPCG(uint64(sides), 91))
		s := randomSpace(r, shape{sides: sides, issues: 5, options: 3, terms: 5, literals: 2, additive: true, negative: true})
		s.Rules = []Rule{{Sum: &Sum{Amounts: [][]int64{{1}, nil, nil, nil, nil}, Least: 0}}}
		s.Rules[0].Sum.Amounts[0] = make([]int64, len(s.Issues[0]))
		c := newCourse(t.Context(), newFrame(s, nil, nil))
		all := newExplorer(context.Background(), c.frame, Limits{}).weights(24)
		if len(all) < sides || len(all) > 4*24+2*sides+10 {
			t.Errorf("%d sides: got %d vectors", sides, len(all))
		}
		for _, w := range all {
			sum := int64(0)
			for _, v := range w {
				if sum += v; v < 0 {
					t.Errorf("%d sides: got %v", sides, w)
				}
			}
			if sum < 1 || sum > maxWeight || len(w) != c.width() {
				t.Errorf("%d sides: got %v", sides, w)
			}
		}
	}
}
