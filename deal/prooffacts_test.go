package deal

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestChangesAreShortenedBySide(t *testing.T) {
	all := [][]int64{{4, 6, 5}, {-2, 0, 10}, {0, 8, 0}}
	shorten(all, []int{0, 1})
	if want := [][]int64{{2, 3, 5}, {-1, 0, 10}, {0, 4, 0}}; !slices.EqualFunc(all, want, slices.Equal) {
		t.Errorf("got %v, want %v: what belongs to others stays", all, want)
	}
	shorten(all, []int{2})
	if want := [][]int64{{2, 3, 1}, {-1, 0, 2}, {0, 4, 0}}; !slices.EqualFunc(all, want, slices.Equal) {
		t.Errorf("got %v, want %v", all, want)
	}
	nothing := [][]int64{{0, 0}, {0, 0}}
	shorten(nothing, []int{0, 1})
	shorten(nothing, nil)
	if !slices.EqualFunc(nothing, [][]int64{{0, 0}, {0, 0}}, slices.Equal) {
		t.Errorf("nothing became %v", nothing)
	}
}

// The table of a bundle has the points of the search, and its changes in their
// proportions, with nothing left that divides all of a side's.
func TestProofTablesAgainstSearches(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		q, err := NewQuestion(barter(r), Settings{Seed: 1, Stakes: Split, Baseline: Free})
		if err != nil {
			t.Fatal(err)
		}
		got, reading := q.proofTable(), q.readings[0]
		c := newCertainty(reading, q.roleScale())
		if !slices.Equal(got.Baseline, reading.base) || len(got.Side) != len(q.table.entries) {
			t.Fatalf("baseline %v, interests %v", got.Baseline, got.Side)
		}
		part, divides := make([]*big.Rat, len(q.table.sides)), make([]*big.Int, len(q.table.sides))
		for i, options := range got.Issues {
			for k, o := range options {
				if !slices.Equal(o.Points, reading.space.Issues[i][k]) {
					t.Fatalf("issue %d, option %d: points %v", i, k, o.Points)
				}
				sum := c.sum([]move{{i, k}})
				for n, v := range o.Change {
					side := q.table.entries[n].side
					if (v == 0) != (sum[n] == 0) {
						t.Fatalf("issue %d, option %d, interest %d: %d for %d", i, k, n, v, sum[n])
					}
					if v == 0 {
						continue
					}
					if ratio := big.NewRat(sum[n], v); part[side] == nil {
						part[side], divides[side] = ratio, big.NewInt(max(v, -v))
					} else if ratio.Cmp(part[side]) != 0 {
						t.Fatalf("side %d: proportions %v and %v", side, part[side], ratio)
					}
					divides[side].GCD(nil, nil, divides[side], big.NewInt(max(v, -v)))
				}
			}
		}
		for side, d := range divides {
			if d != nil && d.Cmp(big.NewInt(1)) != 0 {
				t.Errorf("side %d: everything is divided by %v", side, d)
			}
		}
	}
}

// Facts are given of a frontier that is complete alone, point by point.
func TestFactsOfAnAnswer(t *testing.T) {
	set := DefaultSettings()
	set.Samples, set.Brief = 0, true
	q, err := NewQuestion(crowd(3, 6, 6, 1), set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Search(t.Context(), q, Run{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	p := NewProof(q, a)
	if p.Facts == nil || len(p.Facts.Points) != len(a.Frontier) || len(p.Facts.Counts) != len(a.Frontier) || len(p.Facts.Points) == 0 {
		t.Fatalf("facts %+v of %d points", p.Facts, len(a.Frontier))
	}
	for n, choice := range p.Facts.Packages {
		if !slices.Equal(p.Facts.Points[n], q.readings[0].value(choice)) {
			t.Errorf("package %v gives %v, not %v", choice, q.readings[0].value(choice), p.Facts.Points[n])
		}
	}
	if a.FrontierComplete = false; NewProof(q, a).Facts != nil {
		t.Error("facts of a frontier that is not complete")
	}
}
