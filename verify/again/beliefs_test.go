package again

import (
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
)

// ranker is one side with three interests: the first is vital, the others are important. It says besides that one
// matters at least so many times as much as another.
func ranker(said ...[3]int) *proof {
	p := &proof{of: [][]int{{0, 1, 2}}, side: []int{0, 0, 0}, tier: []int{3, 2, 2}, beliefs: map[string]*beliefs{}}
	p.Sides = 1
	for _, s := range said {
		w := weighing{}
		for k, times := range []string{"1", fmt.Sprint(-s[2])} {
			w.Terms = append(w.Terms, struct {
				Interest int
				Times    string
			}{s[k], times})
		}
		p.Weights = append(p.Weights, w)
	}
	return p
}

func TestLossesByHand(t *testing.T) {
	for _, c := range []struct {
		name         string
		said         [][3]int
		change       row
		loses, gains bool
	}{
		{"equal ranks do not make up for one another", nil, row{0, 1, -1}, true, false},
		{"a higher rank does", nil, row{1, -1, 0}, false, true},
		{"but not for two", nil, row{1, -1, -1}, true, false},
		{"what is said to matter twice as much makes up for two", [][3]int{{1, 2, 2}}, row{0, 1, -2}, false, true},
		{"not for three", [][3]int{{1, 2, 2}}, row{0, 1, -3}, true, true},
		{"and not the other way round", [][3]int{{1, 2, 2}}, row{0, -1, 2}, true, false},
		{"two statements at once", [][3]int{{0, 1, 2}, {1, 2, 3}}, row{1, -1, -3}, false, true},
		{"ranks and a statement", [][3]int{{1, 2, 2}}, row{1, -1, 0}, false, true},
		{"nothing", [][3]int{{1, 2, 2}}, row{0, 0, 0}, false, false},
	} {
		p := ranker(c.said...)
		l, gains := p.loses(0, c.change, p.tier)
		if (l != nil) != c.loses || !c.loses && gains != c.gains {
			t.Errorf("%s: loses %v, gains %v", c.name, l, gains)
		}
		if l != nil && l.raises(c.change) {
			t.Errorf("%s: what loses is raised by the loss itself", c.name)
		}
	}
}

// The cases that the search is tested by hold here, too, with code that shares nothing with it: whether a side loses or gains
// by changes, and whether all that it says outweighs them.
func TestStatementTextCases(t *testing.T) {
	text, err := os.ReadFile("../../engine/bargain/testdata/statements.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, cases, _ := strings.Cut(string(text), "\ncase ")
	seen := map[string]int{}
	for _, body := range strings.Split(cases, "\ncase ") {
		p, letters, change, want := &proof{of: [][]int{nil}, beliefs: map[string]*beliefs{}}, "", row{}, ""
		p.Sides = 1
		for _, line := range strings.Split(body, "\n") {
			word, rest, _ := strings.Cut(line, " ")
			fields := strings.Fields(rest)
			switch word {
			case "interests": // the highest tier is 3 here, and none is 0
				for k := 0; k < len(fields); k += 2 {
					p.of[0], p.side = append(p.of[0], k/2), append(p.side, 0)
					p.tier = append(p.tier, map[string]int{"1": 3, "2": 2, "3": 1}[fields[k+1]])
					letters += fields[k]
				}
			case "statement":
				p.Weights = append(p.Weights, weighingOf(letters, fields))
			case "changes":
				change = make(row, len(letters))
				for k := 0; k < len(fields); k += 2 {
					change[strings.Index(letters, fields[k])] = whole(rat(fields[k+1]), big.NewInt(1))
				}
			case "never":
				want = strings.Join(append([]string{"never"}, fields[:4]...), " ")
			case "as":
				want += " " + line
			}
		}
		yes := map[bool]string{true: "yes", false: "no"}
		l, _ := p.loses(0, change, p.tier)
		b := p.believes(0, p.tier)
		if b == nil { // it says nothing: all that ranks alone make possible
			b = &beliefs{mine: p.of[0], tier: p.tier, named: make([]bool, len(letters))}
		}
		got := fmt.Sprintf("never worse %s better %s as good %s", yes[l == nil], yes[b.under(change) != nil], yes[!b.outweigh(change)])
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", body, got, want)
		}
		if is, known := b.outweighs(change); known && is == strings.HasSuffix(want, "yes") {
			t.Errorf("%s\nremembered otherwise", body)
		} else if !known && is {
			t.Errorf("%s\noutweighed, and not known to be", body)
		}
		seen[want]++
	}
	if len(seen) < 4 {
		t.Errorf("met %v", seen)
	}
}

// weighingOf is a statement like "2 a >= b + c".
func weighingOf(letters string, fields []string) (w weighing) {
	sign, times := int64(1), big.NewRat(1, 1)
	for _, f := range fields {
		switch at := strings.Index(letters, f); {
		case f == ">=":
			sign = -1
		case f == "+":
		case at < 0:
			times = rat(f)
		default:
			w.Terms = append(w.Terms, struct {
				Interest int
				Times    string
			}{at, mul(times, big.NewRat(sign, 1)).RatString()})
			times = big.NewRat(1, 1)
		}
	}
	return w
}

// Under ranks that the statements contradict nothing can be lost, and statements that agree with them leave weights.
func TestImpossibleRanks(t *testing.T) {
	p := ranker([3]int{1, 0, 1}) // what is important matters at least as much as what is vital
	if b := p.believes(0, p.tier); !b.impossible {
		t.Error("weights that fall from rank to rank contradict the statement")
	}
	if l, gains := p.loses(0, row{-1, -1, -1}, p.tier); l != nil || !gains {
		t.Errorf("something is lost under no weights at all: %v, %v", l, gains)
	}
	if b := p.believes(0, []int{2, 2, 2}); b.impossible {
		t.Error("with equal ranks the statement can hold")
	}
	if b := ranker().believes(0, p.tier); b != nil {
		t.Error("a side that says nothing believes something")
	}
}

// The weights that are found are admissible: they fall from rank to rank and keep what is said.
func TestWeightsThatAreFound(t *testing.T) {
	p := ranker([3]int{1, 2, 2})
	b := p.believes(0, p.tier)
	for _, numbers := range [][]int64{{0, -1, 3}, {-2, 3, 0}, {1, 0, 0}, {-1, 2, -3}, {0, 0, 1}} {
		w := b.under(numbers)
		switch {
		case w == nil && slices.Equal(numbers, []int64{0, -1, 3}): // 3 times one half or less, minus 1
			t.Errorf("%v: no weights", numbers)
		case w == nil:
		case weighed(numbers, w).Sign() <= 0, w[0].Cmp(w[1]) < 0, w[0].Cmp(w[2]) < 0, w[1].Cmp(mul(rats(2)[0], w[2])) < 0, w[2].Sign() < 0:
			t.Errorf("%v: weights %v", numbers, w)
		}
	}
	for range 2 { // the second time it is remembered
		if w := b.under(row{0, -1, 2}); w != nil {
			t.Errorf("twice what weighs half or less is more than the whole: %v", w)
		}
		if w := b.under(row{0, -1, 1}); w != nil {
			t.Errorf("what weighs half or less is more than the whole: %v", w)
		}
	}
}

// Whether weights favour something is the same in whole numbers and in fractions, also where these are large.
func TestWitnesses(t *testing.T) {
	for _, w := range [][]*big.Rat{
		{big.NewRat(1, 2), big.NewRat(1, 3), big.NewRat(1, 6)}, {big.NewRat(1, 1<<40), big.NewRat(1, 3), new(big.Rat)},
	} {
		whole := witnessOf(w)
		if small := w[0].Denom().Int64() == 2; (whole.times != nil) != small || small && !slices.Equal(whole.times, row{3, 2, 1}) {
			t.Errorf("%v in whole numbers: %v", w, whole.times)
		}
		for _, numbers := range []row{{1, -1, 0}, {-1, 1, 1}, {-2, 3, 0}, {-2, 3, 1}, {1 << 31, -3 << 30, 0}, {1 << 60, -3 << 59, 1}, {3 << 59, 0, -1 << 61}, {-1, 0, 0}} {
			if got, want := whole.favours(numbers), weighed(numbers, w).Sign(); got != want {
				t.Errorf("%v under %v: %v, want %v", numbers, w, got, want)
			}
		}
	}
}
