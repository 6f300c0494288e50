package roadmap

import (
	"context"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/pareto"
)

func TestPatienceByHand(t *testing.T) {
	yes := func(n int) []bool { return slices.Repeat([]bool{true}, n) }
	for _, c := range []struct {
		name           string
		received, paid []int64
		tempted        []int64
		want           Patience
	}{
		{
			// Each step costs 2 and brings 3. After the first, δ + δ² ≥ 2 holds at 1
			// alone; after the second, δ ≥ 2 never does; after the third nothing comes.
			"even exchanges", []int64{3, 3, 3}, []int64{2, 2, 2}, []int64{2, 2, 2},
			Patience{Held: []bool{true, false, false}, Least: 10_000, Lasting: true},
		},
		{
			// What it pays it pays before it receives anything.
			"pays first", []int64{0, 4}, []int64{2, 0}, []int64{0, 0},
			Patience{Held: yes(2), Least: 0, Lasting: true},
		},
		{
			// It has received 4 when it is to pay 2, and nothing comes after. So after
			// the first step already there is nothing to go on for: −2δ < 0.
			"receives first and pays last", []int64{4, 0}, []int64{0, 2}, []int64{0, 2},
			Patience{Held: []bool{false, false}, Least: 0, Lasting: true},
		},
		{
			// When it is to pay 3, 4 are still to come: 4δ ≥ 3.
			"three quarters", []int64{5, 0, 4}, []int64{0, 3, 0}, []int64{0, 3, 0},
			Patience{Held: yes(3), Least: 7500, Lasting: true},
		},
		{
			// 9δ ≥ 3 from a third on, rounded up.
			"a third", []int64{5, 0, 9}, []int64{0, 3, 0}, []int64{0, 3, 0},
			Patience{Held: yes(3), Least: 3334, Lasting: true},
		},
		{
			// It has 1 ahead when it is to pay 3: that is all it would keep. 2δ ≥ 1. But
			// before, −3δ + 2δ² ≥ 0 fails at 1: going on is not worth it.
			"ahead by less than is due", []int64{1, 0, 2}, []int64{0, 3, 0}, []int64{0, 1, 0},
			Patience{Held: []bool{false, true, true}, Least: 5000, Lasting: true},
		},
		{
			// The step after costs it 2 and the next one brings 12: −2δ + 12δ² ≥ 2
			// holds from 1/2 on, though it falls at first.
			"first it gets worse", []int64{4, 0, 12}, []int64{2, 2, 0}, []int64{2, 2, 0},
			Patience{Held: yes(3), Least: 5000, Lasting: true},
		},
		{
			// −δ + 6δ² ≥ 0 holds at 0, and again from 1/6 on, but not between: nothing
			// tempts in the first step, and still keeping on may be worth too little.
			"a gap", []int64{0, 0, 6}, []int64{1, 1, 0}, []int64{0, 0, 0},
			Patience{Held: yes(3), Least: 0, Lasting: false},
		},
		{
			"nothing at all", []int64{0, 0}, []int64{0, 0}, []int64{0, 0},
			Patience{Held: yes(2), Least: 0, Lasting: true},
		},
	} {
		l := Ledger{Received: c.received, Paid: c.paid}
		if got := l.temptation(); !slices.Equal(got, c.tempted) {
			t.Errorf("%s: tempted by %v, want %v", c.name, got, c.tempted)
		}
		if got := l.Patience(); !slices.Equal(got.Held, c.want.Held) || got.Least != c.want.Least || got.Lasting != c.want.Lasting {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// heldAt tests the definition of patience for every step at one point, term by
// term.
func heldAt(l Ledger, grains int64) []bool {
	delta := big.NewRat(grains, Grains)
	out := make([]bool, len(l.Paid))
	var in, gone int64
	for t := range out {
		in += l.Received[t]
		tempted := max(0, min(l.Paid[t], in-gone))
		gone += l.Paid[t]
		sum, power := new(big.Rat), big.NewRat(1, 1)
		for k := t + 1; k < len(l.Paid); k++ {
			power.Mul(power, delta)
			gain := new(big.Rat).SetInt64(l.Received[k] - l.Paid[k])
			sum.Add(sum, gain.Mul(gain, power))
		}
		out[t] = sum.Cmp(new(big.Rat).SetInt64(tempted)) >= 0
	}
	return out
}

func TestPatienceIsTheFirstPointThatHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	inner, gaps := 0, 0
	for n := range 24 {
		var l Ledger
		for range 2 + r.IntN(4) {
			l.Received, l.Paid = append(l.Received, int64(r.IntN(14))), append(l.Paid, int64(r.IntN(7)))
		}
		want := Patience{Held: heldAt(l, Grains), Least: -1, Lasting: true}
		for g := int64(0); g <= Grains; g++ {
			holds := true
			for k, held := range heldAt(l, g) {
				holds = holds && (held || !want.Held[k])
			}
			if holds && want.Least < 0 {
				want.Least = int(g)
			}
			if want.Least >= 0 && !holds {
				want.Lasting = false
			}
		}
		if got := l.Patience(); !slices.Equal(got.Held, want.Held) || got.Least != want.Least || got.Lasting != want.Lasting {
			t.Fatalf("case %d, received %v, paid %v: got %+v, want %+v", n, l.Received, l.Paid, got, want)
		}
		if want.Least > 0 {
			inner++
		}
		if slices.Contains(want.Held, false) {
			gaps++
		}
	}
	if inner < 5 || gaps < 5 {
		t.Errorf("of 24 cases %d asked for some patience and %d had a step that none holds: the test shows little", inner, gaps)
	}
}

// Where no step costs the side anything on balance, more patience never hurts.
func TestPatienceLastsWhereNoStepCosts(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for n := range 300 {
		var l Ledger
		for range 1 + r.IntN(6) {
			paid := int64(r.IntN(9))
			l.Received, l.Paid = append(l.Received, paid+int64(r.IntN(9))), append(l.Paid, paid)
		}
		if got := l.Patience(); !got.Lasting {
			t.Fatalf("case %d, received %v, paid %v: got %+v", n, l.Received, l.Paid, got)
		}
	}
}

// What a ledger books adds up to what the path says, and nobody gains by leaving
// out what costs nothing.
func TestLedgerAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for n := range 200 {
		q := random(r, 1+n%6, 1+r.IntN(3))
		p, err := Monotone(context.Background(), q, Limits{})
		if err != nil {
			continue
		}
		ledgers, err := q.Ledger(p)
		if err != nil {
			t.Fatal(err)
		}
		for side, l := range ledgers {
			for k, s := range p.Steps {
				if got, want := l.Received[k]-l.Paid[k], s.Values[side]-p.Before(k)[side]; got != want {
					t.Fatalf("case %d, side %d, step %d: the ledger adds %d, the path %d", n, side, k, got, want)
				}
			}
			for k, v := range l.Temptation {
				if v < 0 || v > l.Paid[k] {
					t.Fatalf("case %d, side %d, step %d: tempted by %d, it pays %d", n, side, k, v, l.Paid[k])
				}
			}
		}
	}
}

// A bonus is received in the step that completes it.
func TestABonusIsBookedWhenComplete(t *testing.T) {
	q := Question{
		Space: pareto.Space{
			Table: pareto.Table{Sides: 1, Issues: [][][]int64{{{0}, {1}}, {{0}, {1}}}},
			Terms: []pareto.Term{{All: []pareto.Literal{{Issue: 0, Options: []int{1}}, {Issue: 1, Options: []int{1}}}, Values: []int64{5}}},
		},
		From: []int{0, 0}, To: []int{1, 1},
	}
	p, err := Monotone(context.Background(), q, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := q.Ledger(p)
	if err != nil || !slices.Equal(l[0].Received, []int64{1, 6}) {
		t.Errorf("got %v (%v), want 1, then 6", l[0].Received, err)
	}
}
