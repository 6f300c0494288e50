package roadmap

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/pareto"
)

// random draws a question of n moves among issues that do not move, with terms
// and rules about all of them, whose end is good enough to have a path often.
func random(r *rand.Rand, n, sides int) Question {
	q := Question{Space: pareto.Space{Table: pareto.Table{Sides: sides}}}
	for range n + r.IntN(2) {
		var options [][]int64
		for range 3 {
			v := make([]int64, sides)
			for p := range v {
				v[p] = int64(r.IntN(9)) - 4
			}
			options = append(options, v)
		}
		q.Space.Issues = append(q.Space.Issues, options)
		q.From, q.To, q.Late = append(q.From, r.IntN(2)), append(q.To, 2), append(q.Late, r.IntN(2))
	}
	if len(q.From) > n {
		at := r.IntN(len(q.From))
		q.To[at] = q.From[at]
	}
	literals := func(most int) []pareto.Literal {
		var out []pareto.Literal
		for i := range q.From {
			if len(out) < most && r.IntN(3) == 0 {
				o := [][]int{{0}, {1}, {2}, {0, 1}, {1, 2}}[r.IntN(5)]
				out = append(out, pareto.Literal{Issue: i, Options: o})
			}
		}
		return out
	}
	for range r.IntN(4) {
		v := make([]int64, sides)
		for p := range v {
			v[p] = int64(r.IntN(9)) - 4
		}
		if all := literals(3); len(all) > 0 {
			q.Space.Terms = append(q.Space.Terms, pareto.Term{All: all, Values: v})
		}
	}
	for range r.IntN(3) {
		rule := pareto.Rule{When: literals(2), Of: literals(3), AtLeast: 1}
		if r.IntN(3) == 0 {
			s := &pareto.Sum{Amounts: make([][]int64, len(q.From)), Least: -5}
			for i := range s.Amounts {
				if r.IntN(2) == 0 {
					s.Amounts[i] = []int64{int64(r.IntN(5)) - 2, int64(r.IntN(5)) - 2, int64(r.IntN(5)) - 2}
				}
			}
			if all := literals(2); len(all) > 0 {
				s.Terms = []pareto.Amount{{All: all, Value: int64(r.IntN(7)) - 3}}
			}
			rule.Sum = s
		}
		q.Space.Rules = append(q.Space.Rules, rule)
	}
	// What the end lacks for a side is added to one of the moves.
	start, end := q.Space.Value(q.From), q.Space.Value(q.To)
	for p := range start {
		if lack := start[p] - end[p]; lack > 0 && r.IntN(5) > 0 {
			for i := range q.From {
				if q.From[i] != q.To[i] {
					q.Space.Issues[i][q.To[i]][p] += lack
					break
				}
			}
		}
	}
	return q
}

// randomInUnits draws such a question and the units of its sides.
func randomInUnits(r *rand.Rand, n, sides int) Question {
	q := random(r, n, sides)
	for range sides {
		q.Unit = append(q.Unit, 1+r.Int64N(7))
	}
	return q
}

func moved(q Question) []int {
	var out []int
	for i := range q.From {
		if q.From[i] != q.To[i] {
			out = append(out, i)
		}
	}
	return out
}

// brute tries every ordered partition of the moves and keeps the best by sizes,
// then by moves that wait behind later ones. Every value comes from the space.
func brute(q Question, bound []int64) (sizes []int, behind int, found bool) {
	moves := moved(q)
	start := q.Space.Value(q.From)
	var steps []int
	var walk func(choice []int, made []int, waits int)
	walk = func(choice, made []int, waits int) {
		if len(made) == len(moves) {
			s := slices.Clone(steps)
			slices.SortFunc(s, func(a, b int) int { return b - a })
			if c := slices.Compare(s, sizes); !found || c < 0 || c == 0 && waits < behind {
				sizes, behind, found = s, waits, true
			}
			return
		}
		before := q.Space.Value(choice)
		for set := 1; set < 1<<len(moves); set++ {
			next, more, w := slices.Clone(choice), slices.Clone(made), waits
			fits := true
			for x, i := range moves {
				if set>>x&1 == 0 {
					continue
				}
				fits = fits && !slices.Contains(made, i)
				next[i] = q.To[i]
				more = append(more, i)
				for _, j := range made {
					if q.Late[j] > q.Late[i] {
						w++
					}
				}
			}
			if !fits || !q.Space.Feasible(next) {
				continue
			}
			for p, v := range q.Space.Value(next) {
				fits = fits && (bound == nil && v >= before[p] || bound != nil && v >= start[p]-bound[p])
			}
			if fits {
				steps = append(steps, len(more)-len(made))
				walk(next, more, w)
				steps = steps[:len(steps)-1]
			}
		}
	}
	walk(slices.Clone(q.From), nil, 0)
	return sizes, behind, found
}

// waits counts what a path leaves behind later moves.
func waits(q Question, p Path) int {
	n := 0
	var made []int
	for _, s := range p.Steps {
		for _, i := range s.Moves {
			for _, j := range made {
				if q.Late[j] > q.Late[i] {
					n++
				}
			}
		}
		made = append(made, s.Moves...)
	}
	return n
}

// checkPath holds a path to the promise, with values from the space alone.
func checkPath(t *testing.T, q Question, p Path, bound []int64) {
	t.Helper()
	choice, start := slices.Clone(q.From), q.Space.Value(q.From)
	before := start
	for k, s := range p.Steps {
		if len(s.Moves) == 0 {
			t.Fatalf("step %d is empty", k)
		}
		for _, i := range s.Moves {
			if choice[i] == q.To[i] {
				t.Fatalf("issue %d moves twice or need not move", i)
			}
			choice[i] = q.To[i]
		}
		now := q.Space.Value(choice)
		if !slices.Equal(now, s.Values) {
			t.Fatalf("after step %d: got values %v, want %v", k, s.Values, now)
		}
		if !q.Space.Feasible(choice) {
			t.Fatalf("step %d breaks a rule", k)
		}
		for side, v := range now {
			if bound == nil && v < before[side] {
				t.Fatalf("side %d is worse off after step %d: %d, before %d", side, k, v, before[side])
			}
			if bound != nil && v < start[side]-bound[side] {
				t.Fatalf("side %d is below its bound after step %d", side, k)
			}
		}
		before = now
	}
	if !slices.Equal(choice, q.To) {
		t.Fatalf("the path ends at %v, want %v", choice, q.To)
	}
}

func TestSmallestStepsAreThoseOfAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	paths := 0
	for n := range 900 {
		q := random(r, 1+n%6, 1+r.IntN(3))
		var bound []int64
		if n%3 == 0 {
			for range q.Space.Sides {
				bound = append(bound, int64(r.IntN(5)))
			}
		}
		sizes, behind, found := brute(q, bound)
		var p Path
		var err error
		if bound == nil {
			p, err = Monotone(context.Background(), q, Limits{})
		} else {
			p, err = Within(context.Background(), q, bound, Limits{})
		}
		if errors.Is(err, ErrNoPath) != !found {
			t.Fatalf("case %d: got error %v, brute force found a path: %v", n, err, found)
		}
		if !found {
			continue
		}
		paths++
		checkPath(t, q, p, bound)
		if got := waits(q, p); !slices.Equal(p.Sizes(), sizes) || got != behind || !p.Exact {
			t.Fatalf("case %d: got sizes %v with %d waiting, exact %v; want %v with %d", n, p.Sizes(), got, p.Exact, sizes, behind)
		}
	}
	if paths < 200 {
		t.Errorf("only %d of 900 cases had a path", paths)
	}
}

// The best-first search for many moves must find the same sizes as the listing.
func TestBestFirstFindsTheSameSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	paths := 0
	for n := range 600 {
		q := random(r, 1+n%9, 1+r.IntN(3))
		want, err := Monotone(context.Background(), q, Limits{})
		if err != nil {
			continue
		}
		c, err := newCourse(q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.best(context.Background(), 1<<40)
		if err != nil {
			t.Fatal(err)
		}
		paths++
		checkPath(t, q, got, nil)
		if !slices.Equal(got.Sizes(), want.Sizes()) || !got.Exact {
			t.Fatalf("case %d: got sizes %v, exact %v; want %v", n, got.Sizes(), got.Exact, want.Sizes())
		}
	}
	if paths < 200 {
		t.Errorf("only %d of 600 cases had a path", paths)
	}
}

// leastExposed tries every order of single moves, with exposures divided by units
// where there are any; nil where the rules allow no order.
func leastExposed(q Question) (best *big.Rat) {
	start := q.Space.Value(q.From)
	unit := q.Unit
	if unit == nil {
		unit = slices.Repeat([]int64{1}, q.Space.Sides)
	}
	var walk func(choice, left []int, worst *big.Rat)
	walk = func(choice, left []int, worst *big.Rat) {
		if len(left) == 0 {
			if best == nil || worst.Cmp(best) < 0 {
				best = worst
			}
			return
		}
		for k, i := range left {
			next := slices.Clone(choice)
			next[i] = q.To[i]
			if !q.Space.Feasible(next) {
				continue
			}
			w := worst
			for p, v := range q.Space.Value(next) {
				if e := big.NewRat(start[p]-v, unit[p]); e.Cmp(w) > 0 {
					w = e
				}
			}
			walk(next, slices.Delete(slices.Clone(left), k, k+1), w)
		}
	}
	walk(slices.Clone(q.From), moved(q), new(big.Rat))
	return best
}

func TestBottleneckIsThatOfAllOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	orders := 0
	for n := range 600 {
		q := random(r, 1+n%7, 1+r.IntN(3))
		least := leastExposed(q)
		got, err := Bottleneck(context.Background(), q, Limits{})
		if least == nil {
			if err == nil && got.Path.Sizes()[0] < 2 {
				t.Fatalf("case %d: got single moves, the rules allow none", n)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		orders++
		want := least.Num().Int64()
		if got.Short != want || got.AtLeast != want || !got.Path.Exact {
			t.Fatalf("case %d: got %d, at least %d; want %d", n, got.Short, got.AtLeast, want)
		}
		// The path's own exposures are the bridge: with them as bounds there is a
		// path of single moves.
		checkPath(t, q, got.Path, got.Path.Exposure())
		if slices.Max(append(got.Path.Exposure(), 0)) != want {
			t.Fatalf("case %d: the path exposes by %v, want %d at most", n, got.Path.Exposure(), want)
		}
		within, err := Within(context.Background(), q, got.Path.Exposure(), Limits{})
		if err != nil || within.Sizes()[0] != 1 {
			t.Fatalf("case %d: within %v got %v, %v", n, got.Path.Exposure(), within.Sizes(), err)
		}
	}
	if orders < 200 {
		t.Errorf("only %d of 600 cases had an order", orders)
	}
}

func TestWeightsCompareAsSizesDo(t *testing.T) {
	w := weights(12)
	var partitions [][]int
	var walk func(left, most int, sizes []int)
	walk = func(left, most int, sizes []int) {
		if left == 0 {
			partitions = append(partitions, slices.Clone(sizes))
		}
		for k := min(left, most); k >= 1; k-- {
			walk(left-k, k, append(sizes, k))
		}
	}
	walk(12, 12, nil)
	cost := func(sizes []int) (sum uint64) {
		for _, k := range sizes {
			sum += w[k]
		}
		return sum
	}
	for i := 1; i < len(partitions); i++ { // walk lists them from the largest down
		if cost(partitions[i-1]) <= cost(partitions[i]) {
			t.Errorf("%v costs %d, %v costs %d", partitions[i-1], cost(partitions[i-1]), partitions[i], cost(partitions[i]))
		}
	}
	if all := weights(MostMoves); all[MostMoves] > 1<<62 {
		t.Errorf("%d moves cost %d, which is close to overflow", MostMoves, all[MostMoves])
	}
}
