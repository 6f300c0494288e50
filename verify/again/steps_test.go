package again

import (
	"math/bits"
	"slices"
	"testing"
)

// debts is a course of moves of which each gives one side something and costs the next: A, B, C in a ring, and a fourth
// move that costs nobody anything.
func debts() *course {
	gives := []row{{2, -1, 0}, {0, 2, -1}, {-1, 0, 2}, {0, 0, 0}}
	c := &course{reading: &reading{proof: &proof{}}, moves: []int{0, 1, 2, 3}, known: map[uint64]place{}}
	for s := range uint64(16) {
		v := row{0, 0, 0}
		for x := range gives {
			if s>>x&1 == 1 {
				v.add(gives[x])
			}
		}
		c.known[s] = place{v, true}
	}
	return c
}

func sized(all ...int) (s sizes) {
	for _, n := range all {
		s.add(n)
	}
	return s
}

func TestNoSmallerStepsThanARing(t *testing.T) {
	for _, c := range []struct {
		than    sizes
		smaller bool
	}{
		{sized(4), true}, // the ring may be taken by itself
		{sized(3, 1), false},
		{sized(2, 2), false}, // of two moves of a ring one leaves somebody with a loss
	} {
		if got, known := debts().smaller(c.than); got != c.smaller || !known {
			t.Errorf("smaller than %v: %v, %v", c.than, got, known)
		}
	}
}

func TestSingleStepsAskOneOfSomebody(t *testing.T) {
	for least, want := range map[int64]bool{0: false, 1: true} {
		reached, known := debts().reaches(1, func(v row) bool { return slices.Min(v) >= -least })
		if reached != want || !known {
			t.Errorf("nobody further below than %d: %v, %v", least, reached, known)
		}
	}
	barred := debts() // by rules, until three moves are made together
	for s, p := range barred.known {
		if n := bits.OnesCount64(s); n == 1 || n == 2 {
			barred.known[s] = place{p.values, false}
		}
	}
	for most, want := range map[int]bool{2: false, 3: true} {
		if reached, _ := barred.reaches(most, func(row) bool { return true }); reached != want {
			t.Errorf("steps of %d moves: %v", most, reached)
		}
	}
}

// Up to 20 moves it is reckoned what a search can take at most; with more it is not known whether it came to its end.
func TestLooks(t *testing.T) {
	c := &course{moves: make([]int, 20)}
	if got := c.looks(1); got != 21<<20 {
		t.Errorf("%d looks for single moves", got)
	}
	if got := c.looks(2); got != (1+20+20+190)<<20 {
		t.Errorf("%d looks for pairs", got)
	}
	if c.moves = make([]int, 21); c.looks(1) <= orderLooks {
		t.Error("the search for an order of 21 moves is taken to end")
	}
}

func TestPatienceByHand(t *testing.T) {
	for _, c := range []struct {
		received, paid, tempted row
		held                    []bool
		least                   int
		lasting                 bool
	}{
		{row{4, 0}, row{2, 0}, row{2, 0}, []bool{false, true}, 0, true},                   // nothing is still to come
		{row{4, 4}, row{2, 0}, row{2, 0}, []bool{true, true}, 5000, true},                 // half of four is two
		{row{4, 3}, row{2, 0}, row{2, 0}, []bool{true, true}, 6667, true},                 // two thirds, rounded up
		{row{4, 8, 0}, row{2, 0, 6}, row{2, 0, 0}, []bool{true, false, true}, 3334, true}, // 8δ - 6δ² is 2 at a third and at one
	} {
		held, least, lasting := patience(c.received, c.paid, c.tempted)
		if slices.Equal(held, c.held) && least == c.least && lasting == c.lasting {
			continue
		}
		t.Errorf("%v for %v: held %v at %d, lasting %v", c.received, c.paid, held, least, lasting)
	}
}

func TestGroupsAreListedBySize(t *testing.T) {
	if got := bands(3); !slices.Equal(got, []band{1, 2, 4, 3, 5, 6, 7}) {
		t.Errorf("%v", got)
	}
	if got := len(bands(8)); got != 8+28+56+8+1 {
		t.Errorf("%d groups of eight", got)
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one", 114: "many"} {
		if got := plural("ru", n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	if got := grouped("en", "1234567") + grouped("ru", "1234") + grouped("ru", "12345"); got != "1,234,567"+"1234"+"12\u00a0345" {
		t.Error(got)
	}
}
