package roadmap_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"parley/engine/pareto"
	"parley/engine/roadmap"
)

// trade draws a package of moves that each cost one side and serve another, with
// a few prerequisites, and whose end serves all.
func trade(seed uint64, n, sides int) roadmap.Question {
	r := rand.New(rand.NewPCG(seed, 7))
	q := roadmap.Question{Space: pareto.Space{Table: pareto.Table{Sides: sides}}}
	for i := range n {
		v := make([]int64, sides)
		v[i%sides] = -int64(1 + r.IntN(20))
		v[(i+1+r.IntN(sides-1))%sides] += int64(10 + r.IntN(20))
		q.Space.Issues = append(q.Space.Issues, [][]int64{make([]int64, sides), v})
		q.From, q.To, q.Late = append(q.From, 0), append(q.To, 1), append(q.Late, r.IntN(2))
		if i > 3 && r.IntN(4) == 0 {
			before := r.IntN(i)
			q.Space.Rules = append(q.Space.Rules, pareto.Rule{
				When: []pareto.Literal{{Issue: i, Options: []int{1}}}, Of: []pareto.Literal{{Issue: before, Options: []int{1}}}, AtLeast: 1,
			})
		}
	}
	for p, v := range q.Space.Value(q.To) {
		if v < 0 {
			q.Space.Issues[0][1][p] -= v
		}
	}
	return q
}

// renamed puts issues and sides in another order.
func renamed(q roadmap.Question, issues, sides []int) roadmap.Question {
	out := q
	out.Space = pareto.Space{Table: pareto.Table{Sides: q.Space.Sides}}
	out.From, out.To, out.Late = nil, nil, nil
	place := make([]int, len(issues))
	for at, i := range issues {
		place[i] = at
		var options [][]int64
		for _, v := range q.Space.Issues[i] {
			var row []int64
			for _, p := range sides {
				row = append(row, v[p])
			}
			options = append(options, row)
		}
		out.Space.Issues = append(out.Space.Issues, options)
		out.From, out.To, out.Late = append(out.From, q.From[i]), append(out.To, q.To[i]), append(out.Late, q.Late[i])
	}
	move := func(all []pareto.Literal) []pareto.Literal {
		var list []pareto.Literal
		for _, l := range all {
			list = append(list, pareto.Literal{Issue: place[l.Issue], Options: l.Options})
		}
		return list
	}
	for _, r := range q.Space.Rules {
		out.Space.Rules = append(out.Space.Rules, pareto.Rule{When: move(r.When), Of: move(r.Of), AtLeast: r.AtLeast})
	}
	return out
}

func TestNamesAndOrderChangeNothing(t *testing.T) {
	for seed := range uint64(40) {
		n, sides := 4+int(seed%8), 2+int(seed%3)
		q := trade(seed, n, sides)
		r := rand.New(rand.NewPCG(seed, 8))
		other := renamed(q, r.Perm(n), r.Perm(sides))
		a, errA := roadmap.Monotone(context.Background(), q, roadmap.Limits{})
		b, errB := roadmap.Monotone(context.Background(), other, roadmap.Limits{})
		if errA != nil || errB != nil {
			t.Fatalf("seed %d: %v, %v", seed, errA, errB)
		}
		if !slices.Equal(a.Sizes(), b.Sizes()) {
			t.Errorf("seed %d: sizes %v, under other names %v", seed, a.Sizes(), b.Sizes())
		}
		x, errX := roadmap.Bottleneck(context.Background(), q, roadmap.Limits{})
		y, errY := roadmap.Bottleneck(context.Background(), other, roadmap.Limits{})
		if errX != nil || errY != nil || x.Short != y.Short {
			t.Errorf("seed %d: bottleneck %d (%v), under other names %d (%v)", seed, x.Short, errX, y.Short, errY)
		}
	}
}

func TestTheSameTwice(t *testing.T) {
	for _, n := range []int{12, 26} {
		q := trade(5, n, 3)
		a, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{Looks: 200_000})
		if err != nil {
			t.Fatal(err)
		}
		b, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{Looks: 200_000})
		if err != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%d moves: got %v, then %v (%v)", n, a, b, err)
		}
	}
}

// A search that its limit ends still finds a path, and says that a better one
// may exist.
func TestALimitIsSaid(t *testing.T) {
	for _, n := range []int{16, 30} {
		q := trade(9, n, 2)
		p, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{Looks: 100})
		if err != nil {
			t.Fatal(err)
		}
		if p.Exact {
			t.Errorf("%d moves: exact after %d looks", n, p.Looks)
		}
		moves := 0
		before := p.Start
		for _, s := range p.Steps {
			moves += len(s.Moves)
			for side, v := range s.Values {
				if v < before[side] {
					t.Errorf("%d moves: side %d is worse off after a step", n, side)
				}
			}
			before = s.Values
		}
		if moves != n {
			t.Errorf("got %d moves, want %d", moves, n)
		}
		b, err := roadmap.Bottleneck(context.Background(), q, roadmap.Limits{Looks: 10})
		if err != nil {
			t.Fatal(err)
		}
		if b.AtLeast > b.Short || b.Path.Exact != (b.AtLeast == b.Short) {
			t.Errorf("%d moves: short %d, at least %d, exact %v", n, b.Short, b.AtLeast, b.Path.Exact)
		}
	}
}

func TestQuestionsThatCannotBe(t *testing.T) {
	good := trade(1, 3, 2)
	long := trade(1, roadmap.MostMoves+1, 2)
	for name, change := range map[string]func(q *roadmap.Question){
		"a start that is too short":    func(q *roadmap.Question) { q.From = q.From[:2] },
		"an option that is not there":  func(q *roadmap.Question) { q.To = []int{1, 1, 7} },
		"horizons of too few issues":   func(q *roadmap.Question) { q.Late = []int{1} },
		"units of too few sides":       func(q *roadmap.Question) { q.Unit = []int64{1} },
		"a unit that is not positive":  func(q *roadmap.Question) { q.Unit = []int64{1, 0} },
		"more moves than there may be": func(q *roadmap.Question) { *q = long },
	} {
		q := good
		change(&q)
		if _, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := roadmap.Within(context.Background(), good, []int64{1, -1}, roadmap.Limits{}); err == nil {
		t.Error("a negative bound: no error")
	}
}

// A further condition on steps is kept on every one of them.
func TestAFurtherConditionIsKept(t *testing.T) {
	q := trade(3, 8, 2)
	parity := func(choice []int) int {
		n := 0
		for _, o := range choice {
			n += o
		}
		return n
	}
	q.Allow = func(from, to []int) bool { return (parity(to)-parity(from))%4 == 0 }
	p, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Steps {
		if len(s.Moves)%4 != 0 {
			t.Errorf("a step has %d moves, want a multiple of 4", len(s.Moves))
		}
	}
}

// Exposures of sides with other scales are compared in units.
func TestExposuresAreComparedInUnits(t *testing.T) {
	q := roadmap.Question{
		Space: pareto.Space{Table: pareto.Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {-2, 30}}, {{0, 0}, {3, -20}}}}},
		From:  []int{0, 0}, To: []int{1, 1},
	}
	plain, err := roadmap.Bottleneck(context.Background(), q, roadmap.Limits{})
	if err != nil || plain.Side != 0 || plain.Short != 2 {
		t.Errorf("got side %d short %d (%v), want side 0 short 2", plain.Side, plain.Short, err)
	}
	q.Unit = []int64{3, 100}
	scaled, err := roadmap.Bottleneck(context.Background(), q, roadmap.Limits{})
	if err != nil || scaled.Side != 1 || scaled.Short != 20 {
		t.Errorf("got side %d short %d (%v), want side 1 short 20: a fifth against two thirds", scaled.Side, scaled.Short, err)
	}
}
