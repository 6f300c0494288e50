package roadmap

import (
	"context"
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/pareto"
)

// each calls do with so many random questions of up to six moves and what Monotone
// says of them, and demands that enough of them have a path.
func each(t *testing.T, seed uint64, n, moves int, do func(r *rand.Rand, q Question, p Path)) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 11))
	paths := 0
	for k := range n {
		q := random(r, 1+k%moves, 1+r.IntN(3))
		p, err := Monotone(context.Background(), q, Limits{})
		if errors.Is(err, ErrNoPath) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		paths++
		if do(r, q, p); t.Failed() {
			t.Fatalf("case %d: %+v", k, q)
		}
	}
	if paths < n/4 {
		t.Errorf("only %d of %d cases had a path", paths, n)
	}
}

func monotone(t *testing.T, q Question) Path {
	t.Helper()
	p, err := Monotone(context.Background(), q, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// withValues is the question with every number of every side changed.
func withValues(q Question, change func(side int, v int64) int64) Question {
	row := func(old []int64) []int64 {
		out := make([]int64, len(old))
		for p, v := range old {
			out[p] = change(p, v)
		}
		return out
	}
	issues := make([][][]int64, len(q.Space.Issues))
	for i, options := range q.Space.Issues {
		for _, v := range options {
			issues[i] = append(issues[i], row(v))
		}
	}
	q.Space.Issues = issues
	q.Space.Terms = slices.Clone(q.Space.Terms)
	for k, x := range q.Space.Terms {
		q.Space.Terms[k].Values = row(x.Values)
	}
	return q
}

// Walked backwards, with losses for gains, a path harms nobody either: the way
// back has steps of the same sizes.
func TestTheWayBackHasTheSameSizes(t *testing.T) {
	each(t, 1, 400, 6, func(_ *rand.Rand, q Question, p Path) {
		if !q.Space.Feasible(q.From) { // a path need not start by the rules, but must end by them
			return
		}
		back := withValues(q, func(_ int, v int64) int64 { return -v })
		back.From, back.To = q.To, q.From
		if got := monotone(t, back); !slices.Equal(got.Sizes(), p.Sizes()) {
			t.Errorf("there %v, back %v", p.Sizes(), got.Sizes())
		}
	})
}

// The unit of a side's values says nothing: the path is the same, step by step.
func TestUnitsOfValuesSayNothing(t *testing.T) {
	each(t, 2, 300, 6, func(r *rand.Rand, q Question, p Path) {
		times := []int64{1 + r.Int64N(9), 1 + r.Int64N(9), 1 + r.Int64N(9)}
		got := monotone(t, withValues(q, func(side int, v int64) int64 { return times[side] * v }))
		if len(got.Steps) != len(p.Steps) {
			t.Fatalf("got %d steps, want %d", len(got.Steps), len(p.Steps))
		}
		for k, s := range got.Steps {
			if !slices.Equal(s.Moves, p.Steps[k].Moves) {
				t.Errorf("step %d: got %v, want %v", k, s.Moves, p.Steps[k].Moves)
			}
			for side, v := range s.Values {
				if v != times[side]*p.Steps[k].Values[side] {
					t.Errorf("step %d, side %d: got %d, want %d times %d", k, side, v, times[side], p.Steps[k].Values[side])
				}
			}
		}
	})
}

// A move that neither costs nor serves anybody is a step of its own and changes
// no other size.
func TestAMoveOfNoWorthIsAStepOfItsOwn(t *testing.T) {
	each(t, 3, 300, 6, func(_ *rand.Rand, q Question, p Path) {
		q.Space.Issues = append(slices.Clone(q.Space.Issues), [][]int64{make([]int64, q.Space.Sides), make([]int64, q.Space.Sides)})
		q.From, q.To, q.Late = append(slices.Clone(q.From), 0), append(slices.Clone(q.To), 1), append(slices.Clone(q.Late), 0)
		for k := range q.Space.Rules {
			if s := q.Space.Rules[k].Sum; s != nil {
				s.Amounts = append(s.Amounts, nil)
			}
		}
		if got, want := monotone(t, q).Sizes(), append(p.Sizes(), 1); !slices.Equal(got, want) {
			t.Errorf("got sizes %v, want %v", got, want)
		}
	})
}

// No step of a path can be made in two: moves are merged only where they must be.
// Every state between is looked at, which also many moves allow.
func TestNoStepCanBeParted(t *testing.T) {
	parted := func(t *testing.T, q Question, p Path) {
		choice := slices.Clone(q.From)
		for k, s := range p.Steps {
			before := q.Space.Value(choice)
			for set := 1; set < 1<<len(s.Moves)-1; set++ {
				half := slices.Clone(choice)
				for x, i := range s.Moves {
					if set>>x&1 == 1 {
						half[i] = q.To[i]
					}
				}
				fits := q.Space.Feasible(half)
				for side, v := range q.Space.Value(half) {
					fits = fits && before[side] <= v && v <= s.Values[side]
				}
				if fits {
					t.Errorf("step %d of %v can be parted by %b", k, s.Moves, set)
				}
			}
			for _, i := range s.Moves {
				choice[i] = q.To[i]
			}
		}
	}
	each(t, 4, 400, 8, func(_ *rand.Rand, q Question, p Path) { parted(t, q, p) })
}

// beside puts two questions that have nothing to do with one another side by side:
// each side has a stake in one of them alone.
func beside(a, b Question) Question {
	n, left := len(a.From), a.Space.Sides
	q := Question{Space: pareto.Space{Table: pareto.Table{Sides: left + b.Space.Sides}}}
	wide := func(v []int64, at int) []int64 {
		out := make([]int64, q.Space.Sides)
		copy(out[at:], v)
		return out
	}
	moved := func(all []pareto.Literal) []pareto.Literal {
		var out []pareto.Literal
		for _, l := range all {
			out = append(out, pareto.Literal{Issue: l.Issue + n, Options: l.Options})
		}
		return out
	}
	for k, part := range []Question{a, b} {
		for _, options := range part.Space.Issues {
			var rows [][]int64
			for _, v := range options {
				rows = append(rows, wide(v, k*left))
			}
			q.Space.Issues = append(q.Space.Issues, rows)
		}
		q.From, q.To, q.Late = append(q.From, part.From...), append(q.To, part.To...), append(q.Late, part.Late...)
		for _, x := range part.Space.Terms {
			if x.Values = wide(x.Values, k*left); k == 1 {
				x.All = moved(x.All)
			}
			q.Space.Terms = append(q.Space.Terms, x)
		}
		for _, u := range part.Space.Rules {
			if k == 1 {
				u.When, u.Of = moved(u.When), moved(u.Of)
			}
			if u.Sum != nil {
				s := &pareto.Sum{Amounts: make([][]int64, n+len(b.From)), Least: u.Sum.Least}
				copy(s.Amounts[k*n:], u.Sum.Amounts)
				for _, x := range u.Sum.Terms {
					if k == 1 {
						x.All = moved(x.All)
					}
					s.Terms = append(s.Terms, x)
				}
				u.Sum = s
			}
			q.Space.Rules = append(q.Space.Rules, u)
		}
	}
	return q
}

// Two questions side by side take the steps of the one and those of the other, and
// the narrowest place is that of the narrower.
func TestQuestionsSideBySide(t *testing.T) {
	ctx := context.Background()
	var last Question
	var sizes []int
	var short int64
	pairs := 0
	each(t, 5, 240, 5, func(_ *rand.Rand, q Question, p Path) {
		if !q.Space.Feasible(q.From) { // what mends the start of the one must come before all of the other
			return
		}
		narrow, err := Bottleneck(ctx, q, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if last.From != nil && narrow.Path.Sizes() != nil && slices.Max(append(narrow.Path.Sizes(), 1)) == 1 {
			both := beside(last, q)
			want := append(slices.Clone(sizes), p.Sizes()...)
			slices.SortFunc(want, func(a, b int) int { return b - a })
			if got := monotone(t, both).Sizes(); !slices.Equal(got, want) {
				t.Errorf("side by side %v, alone %v and %v", got, sizes, p.Sizes())
			}
			got, err := Bottleneck(ctx, both, Limits{})
			if err != nil || got.Short != max(short, narrow.Short) {
				t.Errorf("side by side short by %d (%v), alone by %d and %d", got.Short, err, short, narrow.Short)
			}
			pairs++
		}
		if slices.Max(append(narrow.Path.Sizes(), 1)) == 1 {
			last, sizes, short = q, p.Sizes(), narrow.Short
		}
	})
	if pairs < 20 {
		t.Errorf("only %d pairs", pairs)
	}
}

// A wider bound never makes steps larger; without any the steps are single
// wherever the rules let them be, as those of Bottleneck.
func TestWiderBoundsNeverNeedLargerSteps(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(6, 11))
	wider := 0
	for n := range 300 {
		q := random(r, 1+n%6, 1+r.IntN(3))
		bound := make([]int64, q.Space.Sides)
		var before []int
		for turn := range 6 {
			p, err := Within(ctx, q, bound, Limits{})
			if err != nil && !errors.Is(err, ErrNoPath) {
				t.Fatal(err)
			}
			if err == nil {
				checkPath(t, q, p, bound)
				if before != nil && slices.Compare(p.Sizes(), before) > 0 {
					t.Fatalf("case %d: within %v sizes %v, with less room %v", n, bound, p.Sizes(), before)
				}
				if before != nil && slices.Compare(p.Sizes(), before) < 0 {
					wider++
				}
				before = p.Sizes()
			} else if before != nil {
				t.Fatalf("case %d: no path within %v, though there was one with less room", n, bound)
			}
			bound[r.IntN(len(bound))] += int64(1 + turn)
		}
		for p := range bound {
			bound[p] = pareto.MaxSum
		}
		p, err := Within(ctx, q, bound, Limits{})
		narrow, other := Bottleneck(ctx, q, Limits{})
		if errors.Is(err, ErrNoPath) != errors.Is(other, ErrNoPath) {
			t.Fatalf("case %d: without bounds %v, one by one %v", n, err, other)
		}
		if err == nil && len(p.Steps) > 0 && p.Sizes()[0] != narrow.Path.Sizes()[0] {
			t.Fatalf("case %d: without bounds steps of %d, one by one of %d", n, p.Sizes()[0], narrow.Path.Sizes()[0])
		}
	}
	if wider < 20 {
		t.Errorf("only %d wider bounds made steps smaller", wider)
	}
}

// Exposures of several sides are compared in units, as trying all orders does.
func TestBottleneckInUnitsIsThatOfAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	orders, exposed := 0, 0
	for n := range 400 {
		q := randomInUnits(r, 1+n%6, 2+r.IntN(2))
		want := leastExposed(q)
		if want == nil {
			continue
		}
		got, err := Bottleneck(context.Background(), q, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		orders++
		if in := big.NewRat(got.Short, q.Unit[got.Side]); in.Cmp(want) != 0 || !got.Path.Exact {
			t.Fatalf("case %d: got %v of side %d, exact %v; want %v", n, in, got.Side, got.Path.Exact, want)
		}
		if got.Short == 0 {
			if got.Step != -1 || got.Side != 0 {
				t.Fatalf("case %d: nobody is exposed, and step %d and side %d are named", n, got.Step, got.Side)
			}
			continue
		}
		exposed++
		if v := got.Path.Start[got.Side] - got.Path.Steps[got.Step].Values[got.Side]; v != got.Short {
			t.Fatalf("case %d: side %d is %d below its start after step %d, not %d", n, got.Side, v, got.Step, got.Short)
		}
	}
	if orders < 150 || exposed < 50 {
		t.Errorf("only %d orders, %d of them exposed", orders, exposed)
	}
}

// A search that a limit ends proves, in the units of whichever side its own path exposes
// most, no more than the best of all orders has, and never says that it is exact where
// it is not.
func TestALimitedBottleneckProvesNoTooMuch(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 11))
	ended, other := 0, 0
	for n := range 400 {
		q := randomInUnits(r, 4+n%3, 2+r.IntN(2))
		want := leastExposed(q)
		if want == nil {
			continue
		}
		for _, looks := range []int64{1, 4, 12, 30} {
			got, err := Bottleneck(context.Background(), q, Limits{Looks: looks})
			if err != nil {
				t.Fatal(err)
			}
			if slices.Max(append(got.Path.Sizes(), 1)) > 1 {
				continue // it was ended before single steps were all tried
			}
			proved, in := big.NewRat(got.AtLeast, q.Unit[got.Side]), big.NewRat(got.Short, q.Unit[got.Side])
			if proved.Cmp(want) > 0 || in.Cmp(want) < 0 || got.Path.Exact && in.Cmp(want) != 0 {
				t.Fatalf("case %d, %d looks: %v is proved and %v had, exact %v; the best is %v", n, looks, proved, in, got.Path.Exact, want)
			}
			if !got.Path.Exact {
				ended++
				if got.AtLeast > 0 {
					other++
				}
			}
		}
	}
	if ended < 100 || other < 10 {
		t.Errorf("only %d searches were ended, %d of them with something proved", ended, other)
	}
}

// An exposure in the units of another side is rounded down, and cut off where it does
// not fit.
func TestExposuresInOtherUnits(t *testing.T) {
	const most = int64(math.MaxInt64)
	for _, c := range []struct{ short, from, to, want int64 }{
		{7, 2, 2, 7}, {7, 2, 3, 10}, {7, 3, 2, 4}, {0, 5, 7, 0}, {most, 1, 2, most}, {most, 1, most, most}, {most, most, 6, 6},
	} {
		s := &straits{course: &course{unit: []int64{c.from, c.to}}}
		if got := s.inUnits(exposure{side: 0, short: c.short}, 1); got != c.want {
			t.Errorf("%d in units of %d is %d in units of %d, not %d", c.short, c.from, c.want, c.to, got)
		}
	}
}

// unliked is the fewest steps that are not marked, over all paths of the sizes
// given.
func unliked(q Question, sizes []int) int {
	moves := moved(q)
	best := len(moves) + 1
	var steps []int
	var walk func(choice []int, made, count int)
	walk = func(choice []int, made, count int) {
		if made == 1<<len(moves)-1 {
			s := slices.Clone(steps)
			slices.SortFunc(s, func(a, b int) int { return b - a })
			if slices.Equal(s, sizes) {
				best = min(best, count)
			}
			return
		}
		before := q.Space.Value(choice)
		for set := 1; set < 1<<len(moves); set++ {
			if set&made != 0 {
				continue
			}
			next, n := slices.Clone(choice), 0
			for x, i := range moves {
				if set>>x&1 == 1 {
					next[i] = q.To[i]
					n++
				}
			}
			fits := q.Space.Feasible(next)
			for p, v := range q.Space.Value(next) {
				fits = fits && v >= before[p]
			}
			if !fits {
				continue
			}
			more := count
			if !q.Prefer(choice, next) {
				more++
			}
			steps = append(steps, n)
			walk(next, made|set, more)
			steps = steps[:len(steps)-1]
		}
	}
	walk(slices.Clone(q.From), 0, 0)
	return best
}

// Of paths with the same sizes one has the fewest steps that are not preferred.
func TestPreferredStepsComeBeforeHorizons(t *testing.T) {
	differs := 0
	each(t, 8, 300, 5, func(r *rand.Rand, q Question, plain Path) {
		odd := r.IntN(1_000)
		q.Prefer = func(from, to []int) bool {
			h := uint32(odd)
			for i := range from {
				h = h*2_654_435_761 + uint32(3*from[i]+to[i])
			}
			return h>>16%2 == 0
		}
		count := func(p Path) int {
			n, choice := 0, slices.Clone(q.From)
			for _, s := range p.Steps {
				before := slices.Clone(choice)
				for _, i := range s.Moves {
					choice[i] = q.To[i]
				}
				if !q.Prefer(before, choice) {
					n++
				}
			}
			return n
		}
		p := monotone(t, q)
		if !slices.Equal(p.Sizes(), plain.Sizes()) {
			t.Errorf("a preference changes sizes: %v, without %v", p.Sizes(), plain.Sizes())
		}
		if want := unliked(q, p.Sizes()); len(p.Steps) > 0 && count(p) != want {
			t.Errorf("%d steps are not preferred, %d can be", count(p), want)
		}
		if count(p) != count(plain) {
			differs++
		}
	})
	if differs < 10 {
		t.Errorf("the preference made a difference in %d cases only", differs)
	}
}

// A further condition that says what the steps are asked anyway changes nothing,
// and one that nothing satisfies leaves no path.
func TestFurtherConditions(t *testing.T) {
	each(t, 9, 200, 6, func(_ *rand.Rand, q Question, p Path) {
		q.Allow = func(from, to []int) bool {
			before := q.Space.Value(from)
			for side, v := range q.Space.Value(to) {
				if v < before[side] {
					return false
				}
			}
			return true
		}
		if got := monotone(t, q); !slices.Equal(got.Sizes(), p.Sizes()) {
			t.Errorf("got sizes %v, want %v", got.Sizes(), p.Sizes())
		}
		q.Allow = slices.Equal[[]int]
		if _, err := Monotone(context.Background(), q, Limits{}); len(p.Steps) > 0 && !errors.Is(err, ErrNoPath) {
			t.Errorf("no step is allowed: got %v", err)
		}
	})
}

// A search ends with its context, whatever it looks for.
func TestSearchesEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, n := range []int{12, 30} {
		q := Question{Space: pareto.Space{Table: pareto.Table{Sides: 3}}}
		for i := range n { // a ring: whoever moves pays one and is paid by the next but one
			v := []int64{0, 0, 0}
			v[i%3], v[(i+1)%3] = -1, 2
			q.Space.Issues = append(q.Space.Issues, [][]int64{{0, 0, 0}, v})
			q.From, q.To = append(q.From, 0), append(q.To, 1)
		}
		_, one := Monotone(ctx, q, Limits{})
		_, two := Within(ctx, q, []int64{0, 0, 0}, Limits{})
		_, three := Bottleneck(ctx, q, Limits{})
		for name, err := range map[string]error{"Monotone": one, "Within": two, "Bottleneck": three} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s of %d moves: got %v", name, n, err)
			}
		}
	}
}

// Where start and end are the same there is nothing to do.
func TestNothingToDo(t *testing.T) {
	q := random(rand.New(rand.NewPCG(1, 1)), 4, 2)
	q.Space.Rules, q.To = nil, q.From
	p := monotone(t, q)
	n, err := Bottleneck(context.Background(), q, Limits{})
	if err != nil || len(p.Steps) > 0 || len(n.Path.Steps) > 0 || !p.Exact || !n.Path.Exact || n.Step != -1 || n.Short != 0 {
		t.Errorf("got %+v and %+v (%v)", p, n, err)
	}
	if e := p.Exposure(); slices.Max(e) != 0 || len(e) != 2 {
		t.Errorf("got exposure %v", e)
	}
}
