package pareto

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// drawnCourse is the course of a random space that has packages.
func drawnCourse(seed, stream uint64, h shape) *course {
	for r := rand.New(rand.NewPCG(seed, stream)); ; {
		if f := newFrame(randomSpace(r, h), nil, nil); !f.empty && len(f.bonds) > 2 {
			return newCourse(context.Background(), f)
		}
	}
}

var stageShape = shape{sides: 2, issues: 6, options: 4, terms: 14, literals: 4, additive: true, negative: true, rules: 1}

// TestStagesAddUp: gone through stage by stage, a package has what its options
// and bonds add, is forbidden where a bond forbids it, and the rest of the way
// never adds less than is said.
func TestStagesAddUp(t *testing.T) {
	for seed := range uint64(25) {
		c := drawnCourse(seed, 201, stageShape)
		c.everyOf(func(at []int, want []int64, _ bool) {
			forbidden := slices.ContainsFunc(c.bonds, func(b bond) bool {
				return b.values == nil && !slices.ContainsFunc(b.all, func(l tie) bool { return !l.holds[at[l.issue]] })
			})
			state, values, allowed := make([]uint64, c.words), slices.Clone(c.fixed), true
			before := [][]int64{}
			for _, st := range c.stages {
				before = append(before, slices.Clone(values))
				o := at[st.issue]
				more, ok := st.gain(o, state)
				allowed = allowed && ok
				for q, v := range more {
					values[q] += v
				}
				for i := range state {
					state[i] = state[i]&st.options[o].keep[i] | st.options[o].start[i]
				}
			}
			if allowed == forbidden || allowed && !slices.Equal(values, want) {
				t.Fatalf("seed %d: %v is allowed: %v, with %v, want %v", seed, at, allowed, values, want)
			}
			for k := range before {
				for q, v := range before[k] {
					if allowed && v+c.stages[k].least[q] > values[q] {
						t.Fatalf("seed %d: after stage %d come %d on %d, at least %d were said", seed, k, values[q]-v, q, c.stages[k].least[q])
					}
				}
			}
		})
	}
}

// TestPatterns are those that the packages bring about, no more and no fewer.
func TestPatterns(t *testing.T) {
	for seed := range uint64(25) {
		c := drawnCourse(seed, 211, stageShape)
		f := &fan{course: c}
		for k := range c.stages {
			scope := c.stages[k].open
			want := map[uint64]bool{}
			c.everyOf(func(at []int, _ []int64, _ bool) {
				pattern := uint64(0)
				for place, b := range scope {
					holds := true
					for _, st := range c.stages[:k] {
						l := c.bonds[b].at(st.issue)
						holds = holds && (l == nil || l.holds[at[st.issue]])
					}
					if holds {
						pattern |= 1 << place
					}
				}
				want[pattern] = true
			})
			got := f.patterns(k, scope, 1<<20)
			if len(got.states) != len(want) {
				t.Fatalf("seed %d, stage %d: got %d patterns, want %d", seed, k, len(got.states), len(want))
			}
			for _, pattern := range got.states {
				if !want[pattern] {
					t.Errorf("seed %d, stage %d: no package has %b", seed, k, pattern)
				}
			}
			if len(want) > 1 && f.patterns(k, scope, len(want)-1) != nil {
				t.Errorf("seed %d, stage %d: more patterns than allowed", seed, k)
			}
		}
	}
}

// TestSharesAddUpToNothing: what parts of a stage give one another is neither
// more nor less, before and after tightening, which never raises a bound.
func TestSharesAddUpToNothing(t *testing.T) {
	parted := 0
	for seed := range uint64(20) {
		c := drawnCourse(seed, 221, stageShape)
		f := newFan(t.Context(), c, [][]int64{single(c.width(), 0), single(c.width(), 1)}, 2, 1)
		check := func(when string) {
			for k, readers := range f.readers {
				if len(readers) > 1 {
					parted++
				}
				for x := range readers[0].share {
					sum := int64(0)
					for _, r := range readers {
						sum += r.share[x]
					}
					if sum != 0 {
						t.Fatalf("seed %d, stage %d, %s: shares add up to %d", seed, k, when, sum)
					}
				}
			}
		}
		check("at first")
		loose := slices.Clone(f.base[0])
		f.tighten(t.Context(), 10, []int64{0, 0}, 1)
		check("tightened")
		if !atLeast(loose, f.base[0]) {
			t.Errorf("seed %d: bounds went from %v to %v", seed, loose, f.base[0])
		}
	}
	if parted < 20 {
		t.Errorf("only %d stages in parts", parted)
	}
}

// TestBranches: a larger branch first, a small one right before what it hangs
// from.
func TestBranches(t *testing.T) {
	cases := []struct {
		children [][]int
		roots    []int
		want     []int
	}{
		{[][]int{{1, 2}, nil, {3}, nil}, []int{0}, []int{3, 2, 1, 0}},
		{[][]int{{}, {}, {}}, []int{2, 0, 1}, []int{2, 0, 1}},
		{[][]int{nil, {0}, {3, 1}, nil}, []int{2}, []int{0, 1, 3, 2}},
		{[][]int{nil, nil, {1}}, []int{0, 2}, []int{1, 2, 0}},
	}
	for _, c := range cases {
		if got := branches(c.children, c.roots); !slices.Equal(got, c.want) {
			t.Errorf("%v from %v: got %v, want %v", c.children, c.roots, got, c.want)
		}
	}
}

// TestEliminateTakesTheLoosestFirst: of a chain it never takes a middle before
// an end, so that never more than one bond is open.
func TestEliminateTakesTheLoosestFirst(t *testing.T) {
	s := Space{Table: Table{Sides: 2}}
	for i := range 12 {
		s.Issues = append(s.Issues, [][]int64{{0, 1}, {1, 0}})
		if i > 0 {
			s.Terms = append(s.Terms, Term{All: []Literal{{i - 1, []int{0}}, {i, []int{1}}}, Values: []int64{3, 2}})
		}
	}
	c := newCourse(t.Context(), newFrame(s, nil, nil))
	for k, st := range c.stages {
		if len(st.open) > 1 {
			t.Errorf("before stage %d the bonds %v are open", k, st.open)
		}
	}
}

// drawnWave has groups of one to four members of two values.
func drawnWave(r *rand.Rand, groups, weights int) *wave {
	w := &wave{words: 1, width: 2, first: []int32{0}}
	for g := range groups {
		w.states = append(w.states, uint64(g))
		for range weights {
			w.bound = append(w.bound, r.Int64N(20))
		}
		for range 1 + r.IntN(4) {
			w.values = append(w.values, r.Int64N(20), r.Int64N(20))
			w.parent, w.option = append(w.parent, r.Int32N(9)), append(w.option, r.Int32N(3))
		}
		w.first = append(w.first, int32(w.len()))
	}
	return w
}

// TestWavesComeApartAndTogether: the parts of a wave joined are the wave.
func TestWavesComeApartAndTogether(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 231))
		w := drawnWave(r, 2+r.IntN(8), 0)
		cut := 1 + r.IntN(w.groups()-1)
		a, b := w.part(0, cut), w.part(cut, w.groups())
		if a.len()+b.len() != w.len() || !slices.Equal(b.state(0), w.state(cut)) {
			t.Fatalf("seed %d: parts of %d and %d members of %d", seed, a.len(), b.len(), w.len())
		}
		first := &wave{words: 1, width: 2, first: []int32{0}}
		if got := joined([]*wave{first, a, b}); !reflect.DeepEqual(got.values, w.values) || !slices.Equal(got.first, w.first) ||
			!slices.Equal(got.states, w.states) || !slices.Equal(got.parent, w.parent) || !slices.Equal(got.option, w.option) {
			t.Errorf("seed %d: joined is another wave", seed)
		}
	}
}

// TestThinKeepsWhatPromisesMost: under every weight vector the members whose
// value and bound are largest stay, and it is said that others went.
func TestThinKeepsWhatPromisesMost(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 241))
		w := drawnWave(r, 6, 3)
		s := &sweep{fan: &fan{weights: [][]int64{{1, 0}, {0, 1}, {2, 3}}, shift: []int{0, 0}}, keep: 2}
		thinned := s.thin(w)
		if s.cut != (thinned.len() < w.len()) || thinned.len() > s.keep*3 {
			t.Fatalf("seed %d: %d of %d members, cut %v", seed, thinned.len(), w.len(), s.cut)
		}
		best := func(w *wave, v int) []int64 {
			var all []int64
			for g := range w.groups() {
				for k := w.first[g]; k < w.first[g+1]; k++ {
					all = append(all, s.weigh(v, w.at(int(k)))+w.boundAt(g, 3)[v])
				}
			}
			slices.Sort(all)
			return all[len(all)-s.keep:]
		}
		for v := range s.weights {
			if got, want := best(thinned, v), best(w, v); !slices.Equal(got, want) {
				t.Errorf("seed %d, weights %v: got %v, want %v", seed, s.weights[v], got, want)
			}
		}
	}
}

// TestCandidates: of a group what no other beats goes on, of equal ones the first.
func TestCandidates(t *testing.T) {
	var c candidates
	c.sieve = sieve{ctx: t.Context(), sides: 3}
	zero := []int64{0, 0, 0}
	for k, values := range [][]int64{{1, 1, 1}, {3, 0, 0}, {1, 1, 1}, {0, 3, 0}, {1, 1, 0}, {3, 0, 0}} {
		c.add(values, zero, int32(k), int32(10+k))
	}
	c.add([]int64{9, 9, 9}, zero, 6, 16)
	c.drop()
	to := &wave{words: 1, width: 3, first: []int32{0}}
	if !c.settle(to) || !slices.Equal(to.parent, []int32{1, 0, 3}) || !slices.Equal(to.option, []int32{11, 10, 13}) {
		t.Errorf("got %v, %v", to.parent, to.option)
	}
	if c.clear(); c.settle(to) {
		t.Error("nothing makes a group")
	}
}

// TestSaturate: beyond what keeps a floor out of danger nothing is remembered,
// below it everything.
func TestSaturate(t *testing.T) {
	s := &sweep{fan: &fan{course: &course{frame: &frame{sides: 1, floor: []int64{10, 0}}}}}
	for _, c := range []struct{ values, least, want []int64 }{
		{[]int64{99, 15, 3}, []int64{0, -4, -5}, []int64{99, 14, 3}},
		{[]int64{99, 13, 8}, []int64{0, -4, -5}, []int64{99, 13, 5}},
		{[]int64{99, 15, -3}, nil, []int64{99, 10, -3}},
	} {
		if s.saturate(c.values, c.least); !slices.Equal(c.values, c.want) {
			t.Errorf("least %v: got %v, want %v", c.least, c.values, c.want)
		}
	}
}

func TestInward(t *testing.T) {
	s := &sweep{low: []int64{0, 0}, step: []int64{3, 5}}
	gap := s.gap(4)
	if !slices.Equal(gap, []int64{12, 20}) {
		t.Errorf("four steps: got %v", gap)
	}
	for _, c := range []struct{ corner, want []int64 }{
		{[]int64{7, 8}, []int64{12, 20}}, {[]int64{-1, 8}, []int64{0, 20}}, {[]int64{7, -1}, []int64{12, 0}}, {[]int64{0, 0}, []int64{12, 20}},
	} {
		if got := s.inward(c.corner, gap); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.corner, got, c.want)
		}
	}
	if s.inward([]int64{7, 8}, nil) != nil {
		t.Error("no gap is not a gap")
	}
}

func TestMixtures(t *testing.T) {
	if got := lattice(3, 4); got != 15 {
		t.Errorf("a lattice of three sides in quarters: got %d points, want 15", got)
	}
	for sides := 2; sides <= 6; sides++ {
		span := slices.Repeat([]int64{100}, sides)
		for _, w := range mixtures(sides, span, 40) {
			if slices.Max(w) <= 0 || slices.Min(w) < 0 {
				t.Errorf("%d sides: got %v", sides, w)
			}
		}
		if got := mixtures(sides, span, 40); len(got) > 81 {
			t.Errorf("%d sides: %d mixtures", sides, len(got))
		}
	}
	if got := mixtures(1, []int64{5}, 8); got != nil {
		t.Errorf("one side: got %v", got)
	}
	if got := scaleDown([]int64{maxWeight, 2 * maxWeight}); got[0]+got[1] > maxWeight || got[1] != 2*got[0] {
		t.Errorf("got %v", got)
	}
	if got := spread([][]int64{{0}, {1}, {2}, {3}, {4}, {5}}, 3); !reflect.DeepEqual(got, [][]int64{{0}, {2}, {4}}) {
		t.Errorf("got %v", got)
	}
}
