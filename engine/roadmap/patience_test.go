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
	for _, c := range []struct {
		name           string
		received, paid []int64
		owed           []int64
		want           Patience
	}{
		{
			// Everything is paid for in the step in which it is received.
			"even exchanges", []int64{3, 3, 3}, []int64{2, 2, 2}, []int64{0, 0, 0},
			Patience{Holds: true, Step: -1, Least: 0, Lasting: true},
		},
		{
			// Paid ahead: nothing is owed at any time.
			"pays first", []int64{0, 4}, []int64{2, 0}, []int64{0, 0},
			Patience{Holds: true, Step: -1, Least: 0, Lasting: true},
		},
		{
			// It has 4 of 4, owes 2, and what is left to do costs it 2 more.
			"receives first and then only pays", []int64{4, 0}, []int64{0, 2}, []int64{2, 0},
			Patience{Step: 0},
		},
		{
			// It receives 2 of 10 for 5 in all and owes 1; then 8δ − 5δ = 3δ ≥ 1 from
			// 1/3 on, rounded up.
			"a third", []int64{2, 8}, []int64{0, 5}, []int64{1, 0},
			Patience{Holds: true, Step: -1, Least: 3334, Lasting: true},
		},
		{
			// It has paid ahead, so −2δ + 12δ² ≥ 0 is all that is asked: true at 0, and
			// again from 1/6 on, but not between.
			"first pays, then receives more", []int64{4, 0, 12}, []int64{2, 2, 0}, []int64{0, 0, 0},
			Patience{Holds: true, Step: -1, Least: 0, Lasting: false},
		},
		{
			"nothing at all", []int64{0, 0}, []int64{0, 0}, []int64{0, 0},
			Patience{Holds: true, Step: -1, Least: 0, Lasting: true},
		},
	} {
		l := Ledger{Received: c.received, Paid: c.paid}
		var owed []int64
		for _, v := range l.debts() {
			owed = append(owed, ceil(v))
		}
		if !slices.Equal(owed, c.owed) {
			t.Errorf("%s: owed %v, want %v", c.name, owed, c.owed)
		}
		if got := l.Patience(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// holdsAt tests the definition of patience at one point, term by term.
func holdsAt(l Ledger, grains int64) bool {
	delta := big.NewRat(grains, Grains)
	for t, owed := range l.debts() {
		sum, power := new(big.Rat), big.NewRat(1, 1)
		for k := t + 1; k < len(l.Paid); k++ {
			power.Mul(power, delta)
			gain := new(big.Rat).SetInt64(l.Received[k] - l.Paid[k])
			sum.Add(sum, gain.Mul(gain, power))
		}
		if sum.Cmp(owed) < 0 {
			return false
		}
	}
	return true
}

func TestPatienceIsTheFirstPointThatHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	held, inner := 0, 0
	for n := range 24 {
		var l Ledger
		for range 1 + r.IntN(5) {
			in, paid := int64(r.IntN(12)), int64(r.IntN(8))
			l.Received, l.Paid = append(l.Received, in), append(l.Paid, paid)
		}
		want := Patience{Step: -1, Least: -1, Lasting: true}
		for g := int64(0); g <= Grains; g++ {
			holds := holdsAt(l, g)
			if holds && !want.Holds {
				want.Holds, want.Least = true, int(g)
			}
			if want.Holds && !holds {
				want.Lasting = false
			}
		}
		got := l.Patience()
		if got.Holds != want.Holds || want.Holds && got != want {
			t.Fatalf("case %d, received %v, paid %v: got %+v, want %+v", n, l.Received, l.Paid, got, want)
		}
		if want.Holds {
			held++
			if want.Least > 0 {
				inner++
			}
		}
	}
	if held < 6 || held == 24 || inner < 2 {
		t.Errorf("%d of 24 cases held, %d with some patience: the test shows little", held, inner)
	}
}

// What a ledger books adds up to what the path says, and at the end nobody owes.
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
			if last := l.Owed[len(l.Owed)-1]; last != 0 {
				t.Fatalf("case %d: side %d owes %d at the end", n, side, last)
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
