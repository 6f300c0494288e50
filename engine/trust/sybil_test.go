package trust_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/trust"
)

// This is the last row of a benchmark of attacks on ways to find what several
// sides can accept, made anew: two camps judge a note, 12 of one side and 8 of the
// other, and k accounts of one person join them. The score of a note is the
// smaller of the sides' robust medians, weighted by Rights. What counts as
// accepted is settled once, without attackers, half-way between the 95th
// percentile of a bad note and the 5th of a good one. It speaks of this model
// alone: two clear camps, one note, attackers who do not adapt.

const trials = 60

// note is what is judged: its quality, and which camp it flatters.
type note struct{ quality, flatters float64 }

var (
	bad  = note{-.10, -.55} // flatters the first side, and is wrong
	good = note{.40, .05}   // both can accept it
)

// attack is who joins the honest.
type attack struct {
	accounts  int
	side      int // which side they declare
	vouched   bool
	judgement float64
}

// judgement is how an honest member of a camp (-1 or 1) judges a note.
func judgement(r *rand.Rand, camp float64, n note) float64 {
	y := .5 + .10*r.NormFloat64() + n.quality + camp*(.70+.15*r.NormFloat64())*n.flatters + .25*r.NormFloat64()
	switch {
	case y > 2./3:
		return 1
	case y < 1./3:
		return -1
	}
	return 0
}

// score runs one trial.
func score(trial int, n note, a attack) float64 {
	r := rand.New(rand.NewPCG(uint64(trial), 20261122))
	values, sides := [2][]float64{}, [2][]int{}
	net := trust.Network{}
	join := func(side int, trusted bool, value float64) {
		values[side], sides[side] = append(values[side], value), append(sides[side], len(net.Trusted))
		net.Trusted = append(net.Trusted, trusted)
	}
	for i := range 20 {
		side := 0
		if i >= 12 {
			side = 1
		}
		join(side, true, judgement(r, float64(2*side-1), n))
	}
	first := len(net.Trusted)
	for i := range a.accounts {
		join(a.side, a.vouched, a.judgement)
		for j := range i { // they all praise one another
			net.Vouches = append(net.Vouches, trust.Vouch{By: first + i, Of: first + j}, trust.Vouch{By: first + j, Of: first + i})
		}
	}
	known, err := trust.Scores(net)
	if err != nil {
		panic(err)
	}
	lowest := math.Inf(1)
	for side := range 2 {
		var of []float64
		for _, m := range sides[side] {
			of = append(of, known[m])
		}
		lowest = min(lowest, robustMedian(values[side], trust.Rights(of)))
	}
	return lowest
}

// robustMedian is the x at which x^2/(2L) + sum of w*sqrt(s^2 + (x-v)^2) is least,
// with L = .3 and s = .5: no voting right of 1 moves it by more than L.
func robustMedian(values, weights []float64) float64 {
	low, high := -5., 5.
	for range 60 {
		x := (low + high) / 2
		slope := x / .3
		for i, v := range values {
			slope += weights[i] * (x - v) / math.Hypot(.5, x-v)
		}
		if slope > 0 {
			high = x
		} else {
			low = x
		}
	}
	return (low + high) / 2
}

// threshold is what a note must reach to count as accepted.
func threshold() float64 {
	var b, g []float64
	for trial := range trials {
		b, g = append(b, score(trial, bad, attack{})), append(g, score(trial, good, attack{}))
	}
	slices.Sort(b)
	slices.Sort(g)
	return (b[trials*95/100] + g[trials*5/100]) / 2
}

// success is the share of trials in which the attack has its way: the bad note
// accepted, or the good one not.
func success(n note, a attack, accepted float64) float64 {
	won := 0
	for trial := range trials {
		if (score(trial, n, a) >= accepted) == (n == bad) {
			won++
		}
	}
	return float64(won) / trials
}

// With declared sides, a robust median in each and these rights, accounts for
// which nobody vouches never have their way, of whichever side they say they are.
// The same accounts do where they are vouched for: the model can be attacked, and
// it is the rights that prevent it.
func TestUnvouchedAccountsNeverHaveTheirWay(t *testing.T) {
	accepted := threshold()
	if wrong := success(bad, attack{}, accepted) + success(good, attack{}, accepted); wrong > .15 {
		t.Fatalf("without attackers %v of the notes are judged wrongly", wrong)
	}
	for _, c := range []struct {
		name      string
		note      note
		judgement float64
		side      int
	}{
		{"push, as members of their own side", bad, 1, 0},
		{"push, as members of the other side", bad, 1, 1},
		{"suppress, as members of the larger side", good, -1, 0},
		{"suppress, as members of the smaller side", good, -1, 1},
	} {
		row := ""
		for _, k := range []int{2, 4, 8, 16, 32, 64} {
			share := success(c.note, attack{k, c.side, false, c.judgement}, accepted)
			row += fmt.Sprintf(" %d: %.2f", k, share)
			if share >= .5 {
				t.Errorf("%s: %d unvouched accounts succeed in %.2f of the trials", c.name, k, share)
			}
		}
		t.Logf("%s, unvouched:%s", c.name, row)
	}
	for name, share := range map[string]float64{
		"push":     success(bad, attack{16, 1, true, 1}, accepted),
		"suppress": success(good, attack{16, 0, true, -1}, accepted),
	} {
		if share < .5 {
			t.Errorf("%s: 16 accounts that are vouched for succeed in %.2f of the trials only: the model cannot be attacked, so it proves nothing", name, share)
		}
	}
}
