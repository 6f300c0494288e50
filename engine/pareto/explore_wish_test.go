package pareto

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// wishShapes are spaces with gains, losses and rules of every kind.
var wishShapes = []shape{
	{sides: 2, issues: 5, options: 4, terms: 12, literals: 4},
	{sides: 2, issues: 5, options: 5, terms: 10, literals: 4, negative: true},
	{sides: 2, issues: 5, options: 4, terms: 8, literals: 3, additive: true, negative: true, rules: 3},
	{sides: 3, issues: 5, options: 3, terms: 8, literals: 3, additive: true, negative: true, rules: 2},
	{sides: 1, issues: 5, options: 4, terms: 8, literals: 3, negative: true, rules: 2},
	{sides: 4, issues: 4, options: 3, terms: 5, literals: 3, additive: true, rules: 1},
}

// eachWishes calls do with frames of random spaces that some package satisfies.
func eachWishes(t *testing.T, seeds int, do func(t *testing.T, r *rand.Rand, w *wishes)) {
	done := 0
	for k, h := range wishShapes {
		for seed := range seeds {
			r := rand.New(rand.NewPCG(uint64(seed), uint64(100+k)))
			f := newFrame(randomSpace(r, h), nil, nil)
			if f.empty {
				continue
			}
			w := newWishes(f)
			if w == nil {
				t.Fatalf("shape %d, seed %d: too many wishes", k, seed)
			}
			do(t, r, w)
			done++
		}
	}
	if done < len(wishShapes)*seeds/2 {
		t.Fatalf("only %d spaces were tried", done)
	}
}

// everyChoice calls visit with every package of the open options of a frame.
func everyChoice(f *frame, visit func(at []int)) {
	s := Space{}
	for _, options := range f.issues {
		s.Issues = append(s.Issues, make([][]int64, len(options)))
	}
	everyPackage(s, visit)
}

// TestWishesTellEveryPackage: what a package is worth is the base and, of each group,
// one of the wishes that hold; it breaks no bond exactly if it reaches the last floor;
// and no two of these wishes clash.
func TestWishesTellEveryPackage(t *testing.T) {
	eachWishes(t, 60, func(t *testing.T, _ *rand.Rand, w *wishes) {
		everyChoice(w.frame, func(at []int) {
			got := slices.Clone(w.base)
			var taken []int
			for k, x := range w.list {
				holds := !slices.ContainsFunc(x.all, func(d demand) bool { return d.allow>>at[d.issue]&1 == 0 })
				if !holds || slices.ContainsFunc(taken, func(j int) bool { return w.list[j].group == x.group }) {
					continue
				}
				taken = append(taken, k)
				for q, v := range x.values {
					if v < 0 {
						t.Fatalf("a wish for %v", x.values)
					}
					got[q] += v
				}
			}
			for _, a := range taken {
				for _, b := range taken {
					if w.clash[a].has(b) {
						t.Fatalf("%v: wishes %v and %v clash", at, w.list[a], w.list[b])
					}
				}
			}
			want, _ := w.value(at)
			if breaks := w.wide > w.width() && got[w.width()] < w.least[len(w.least)-1]; breaks != broken(w.frame, at) || !slices.Equal(got[:w.width()], want) && !breaks {
				t.Fatalf("%v: got %v (breaks a bond: %v), want %v", at, got, breaks, want)
			}
		})
	})
}

// broken reports whether a bond that must not hold does.
func broken(f *frame, at []int) bool {
	return slices.ContainsFunc(f.bonds, func(b bond) bool {
		return b.values == nil && !slices.ContainsFunc(b.all, func(t tie) bool { return !t.holds[at[t.issue]] })
	})
}

// TestWishesByHand: an option more than the least of its issue, a gain, and a loss
// that is escaped in two ways.
func TestWishesByHand(t *testing.T) {
	on := func(options ...int) []bool {
		holds := make([]bool, 3)
		for _, o := range options {
			holds[o] = true
		}
		return holds
	}
	f := &frame{sides: 1, fixed: []int64{10}, issues: [][]choiceOf{
		{{0, []int64{1}}, {1, []int64{4}}, {2, []int64{1}}},
		{{0, []int64{0}}, {1, []int64{0}}, {2, []int64{0}}},
	}, bonds: []bond{
		{all: []tie{{0, on(0)}, {1, on(1, 2)}}, values: []int64{5}},
		{all: []tie{{0, on(1)}, {1, on(1)}}, values: []int64{-2}},
	}}
	w := newWishes(f)
	want := []wish{
		{[]demand{{0, 0b010}}, []int64{3}, 0},
		{[]demand{{0, 0b001}, {1, 0b110}}, []int64{5}, 2},
		{[]demand{{0, 0b001}}, []int64{2}, 5}, // the options beside 1 are no run
		{[]demand{{0, 0b100}}, []int64{2}, 5},
		{[]demand{{1, 0b001}}, []int64{2}, 5},
		{[]demand{{1, 0b100}}, []int64{2}, 5},
	}
	if w.base[0] != 10+1-2 || !slices.EqualFunc(w.list, want, func(a, b wish) bool {
		return slices.Equal(a.all, b.all) && slices.Equal(a.values, b.values) && a.group == b.group
	}) {
		t.Fatalf("base %v, wishes %v", w.base, w.list)
	}
	clashing := [][2]int{{0, 1}, {0, 2}, {0, 3}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {2, 5}, {3, 4}, {3, 5}, {4, 5}}
	for a := range w.list {
		for b := range a {
			if w.clash[a].has(b) != slices.Contains(clashing, [2]int{b, a}) {
				t.Errorf("wishes %d and %d clash: %v", b, a, w.clash[a].has(b))
			}
		}
	}
	if !w.knit {
		t.Error("runs of options hold together where they meet two by two")
	}
}

// TestTooManyWishes: neither many options nor many terms are told by wishes.
func TestTooManyWishes(t *testing.T) {
	wide := Space{Table: Table{Sides: 1, Issues: [][][]int64{nil}}}
	for o := range int64(65) {
		wide.Issues[0] = append(wide.Issues[0], []int64{o})
	}
	wide.Terms = nil
	f := newFrame(wide, nil, nil)
	f.issues[0] = slices.Repeat(f.issues[0], 65)
	if newWishes(f) != nil {
		t.Error("65 options in one word")
	}
	r := rand.New(rand.NewPCG(1, 1))
	long := largeTable(r, 2, 60, 4)
	addGains(r, &long, 600)
	if newWishes(newFrame(long, nil, nil)) != nil {
		t.Error("600 gains are few")
	}
}

// TestKnits: against every family of sets that meet two by two.
func TestKnits(t *testing.T) {
	seen := map[bool]int{}
	for seed := range 2000 {
		r := rand.New(rand.NewPCG(uint64(seed), 43))
		options := 1 + r.IntN(5)
		var allowed []uint64
		for range 1 + r.IntN(5) {
			allowed = append(allowed, 1+r.Uint64N(1<<options-1))
		}
		want := true
		for family := range 1 << len(allowed) {
			common, meet := ^uint64(0), true
			for i, a := range allowed {
				for j, b := range allowed {
					meet = meet && (family>>i&1 == 0 || family>>j&1 == 0 || a&b != 0)
				}
				if family>>i&1 == 1 {
					common &= a
				}
			}
			want = want && (!meet || common != 0)
		}
		if got := knits(slices.Clone(allowed), options); got != want {
			t.Fatalf("%b: got %v, want %v", allowed, got, want)
		}
		seen[want]++
	}
	if seen[true] < 50 || seen[false] < 50 {
		t.Errorf("only %v were tried", seen)
	}
}

func TestRuns(t *testing.T) {
	for of, want := range map[uint64][]uint64{
		0: nil, 0b1: {0b1}, 0b1011001: {0b1, 0b11000, 0b1000000},
		1 << 63: {1 << 63}, ^uint64(0): {^uint64(0)}, ^uint64(2): {1, ^uint64(3)},
	} {
		if got := runs(of); !slices.Equal(got, want) {
			t.Errorf("%b: got %b, want %b", of, got, want)
		}
	}
}
