package again

import (
	"math/big"
	"slices"
	"testing"
)

func TestRoundingByHand(t *testing.T) {
	w := &way{whole: 7}
	for _, c := range [][2][]int64{
		{{3, 2, 2}, {4, 3, 3}}, // 30/7, 20/7 and 20/7: what is left goes to the largest rests
		{{7, 0, 0}, {10, 0, 0}},
		{{1, 3, 3}, {2, 4, 4}}, // 10/7 has the largest rest
	} {
		if got := w.round(c[0], 10); !slices.Equal(got, c[1]) {
			t.Errorf("%v: %v, want %v", c[0], got, c[1])
		}
	}
}

// A direction is brought into the plane where the sum stays and two weights are equal: what is free stays as it is.
func TestPlanesByHand(t *testing.T) {
	w := &way{tier: []int{0, 0, 0}, rows: []inequality{{times: []int64{1, -1, 0}, zero: true}, {times: []int64{0, 0, 1}}}}
	if got := project(w.plane(), []int64{5, 1, 2}); !slices.Equal(got, []int64{5, 5, -10}) {
		t.Errorf("%v", got)
	}
	w.rows[0].times = []int64{1, -2, 0} // the first is twice the second, so directions are doubled to stay whole
	got := project(w.plane(), []int64{3, 0, 0})
	if got[0] != 2*got[1] || got[0]+got[1]+got[2] != 0 || got[0] == 0 {
		t.Errorf("%v", got)
	}
}

// narrowWay is a walk under "the first matters at least fifty times as much as the second".
func narrowWay() (*way, *beliefs, []int64) {
	p := ranker([3]int{0, 1, 50})
	p.tier = []int{3, 2, 1}
	w := &way{tier: p.tier, said: []inequality{{times: []int64{1, -50, 0}}}}
	return w, p.believes(0, p.tier), []int64{1 << 37, 1 << 30, 1 << 29}
}

// Every state of a walk keeps what is said and the sum, and no two in a row are the same.
func TestWalksStayInside(t *testing.T) {
	w, b, start := narrowWay()
	w.walk(b, start)
	var before []int64
	for n, at := range w.pool {
		sum := at[0] + at[1] + at[2]
		if sum != 1<<37+1<<30+1<<29 || at[0] < 50*at[1] || at[1] < at[2] || at[2] < 0 {
			t.Fatalf("state %d is outside: %v", n, at)
		}
		if slices.Equal(before, at) {
			t.Fatalf("state %d is the one before it", n)
		}
		before = at
	}
	if len(w.pool) != allStates {
		t.Errorf("%d states", len(w.pool))
	}
	for n := range 20 {
		drawn := w.draw(stream(1, 0, n), total)
		if drawn[0]+drawn[1]+drawn[2] != total || !w.keeps(drawn) {
			t.Errorf("draw %d is %v", n, drawn)
		}
	}
}

// A walk begins inside of everything that does not always hold with equality.
func TestWalksBeginInside(t *testing.T) {
	for name, start := range map[string][]int64{
		"outside of what is said": {49 << 20, 1 << 20, 1 << 19}, "on the edge of what is said": {50 << 20, 1 << 20, 1 << 19},
		"outside of the ranks": {1 << 37, 1 << 20, 1 << 21}, "off the grid": {gridTotal, 1 << 20, 1 << 19}, "nowhere": {0, 0, 0},
	} {
		w, b, _ := narrowWay()
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a walk begins %s", name)
				}
			}()
			w.walk(b, start)
		}()
	}
}

// Interests of a tier that no statement names have the same mean.
func TestMeansByHand(t *testing.T) {
	p := ranker([3]int{0, 1, 2})
	w := &way{tier: p.tier, said: []inequality{{times: []int64{1, -2, 0}}}}
	mean := w.mean(p.believes(0, p.tier))
	sum := new(big.Rat)
	for _, v := range mean {
		sum.Add(sum, v)
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 || mean[0].Cmp(mul(mean[1], big.NewRat(2, 1))) < 0 || mean[1].Cmp(mean[2]) == 0 {
		t.Errorf("means %v", mean)
	}
	mean = (&way{tier: p.tier}).mean(&beliefs{named: make([]bool, 3)})
	if mean[1].Cmp(mean[2]) != 0 || mean[0].Cmp(mean[1]) <= 0 {
		t.Errorf("means %v", mean)
	}
}
