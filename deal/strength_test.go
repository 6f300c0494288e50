package deal

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/pareto"
)

// feasiblePackages calls do with every feasible package of a reading.
func feasiblePackages(r *reading, do func(choice []int)) {
	for _, choice := range everyPackage(r.t) {
		if r.space.Feasible(choice) {
			do(choice)
		}
	}
}

// drawnReading is a small table, some with rules, under one reading of the stakes.
func drawnReading(t *testing.T, r *rand.Rand) *search {
	t.Helper()
	q, err := NewQuestion(smallTable(r), Settings{Seed: 1, Samples: 0, Stakes: Split, Baseline: Free})
	if err != nil {
		return nil // nothing to decide
	}
	return newSearch(q, Run{Workers: 1})
}

func changedIssues(a, b []int) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// TestAlwaysBetterAgainstEveryPackage tries every package in place of every
// other: what the search finds must be better under every ranking, and with as
// few changes as any that is.
func TestAlwaysBetterAgainstEveryPackage(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	found, none := 0, 0
	for range 60 {
		s := drawnReading(t, r)
		if s == nil {
			continue
		}
		c := s.certain[0]
		tier := c.tiers()
		feasiblePackages(s.readings[0], func(x []int) {
			if r.IntN(4) > 0 {
				return
			}
			d := newDifference(c, x)
			better := func(y []int) bool {
				sum, gains := d.sum(y), false
				for side := range c.r.t.sides {
					st := c.stand(side, sum, tier)
					if !st.never {
						return false
					}
					gains = gains || st.gains
				}
				return gains
			}
			fewest := -1
			feasiblePackages(s.readings[0], func(y []int) {
				if n := changedIssues(x, y); better(y) && (fewest < 0 || n < fewest) {
					fewest = n
				}
			})
			got, err := d.alwaysBetter(context.Background())
			switch {
			case err != nil:
				t.Fatal(err)
			case got == nil && fewest >= 0:
				t.Fatalf("%v: nothing found, a package with %d changes is always better", x, fewest)
			case got == nil:
				none++
			case !s.readings[0].space.Feasible(got) || !better(got):
				t.Fatalf("%v: %v is not always better", x, got)
			case changedIssues(x, got) != fewest:
				t.Fatalf("%v: got %d changes, want %d", x, changedIssues(x, got), fewest)
			default:
				found++
			}
		})
	}
	if found < 50 || none < 50 {
		t.Errorf("too one-sided a test: %d packages can always be bettered, %d cannot", found, none)
	}
}

// TestNothingAsGoodAgainstEveryPackage compares the proof with a plain walk over
// all packages and all up-sets of the rankings.
func TestNothingAsGoodAgainstEveryPackage(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	sure, open, many := 0, 0, 0 // many: proved at tables of five sides
	for n := range 66 {
		s := drawnReading(t, r)
		if n >= 60 {
			q, err := NewQuestion(crowd(5, 2, 3, uint64(n)), Settings{Seed: 1, Stakes: Split, Baseline: Free})
			if err != nil {
				t.Fatal(err)
			}
			s = newSearch(q, Run{Workers: 1})
		}
		if s == nil {
			continue
		}
		c := s.certain[0]
		feasiblePackages(s.readings[0], func(x []int) {
			if r.IntN(4) > 0 {
				return
			}
			d := newDifference(c, x)
			want := true
			feasiblePackages(s.readings[0], func(y []int) {
				want = want && (slices.Equal(x, y) || !possiblyAsGood(d, y))
			})
			found, err := d.rival(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			got := found == noRival
			if got != want {
				t.Fatalf("%v: got %v, want %v", x, got, want)
			}
			if !got {
				open++
				return
			}
			sure++
			if len(s.q.table.sides) == 5 {
				many++
			}
		})
	}
	if sure < 10 || open < 50 || many < 5 {
		t.Errorf("too one-sided a test: %d proved (%d at tables of five sides), %d not", sure, many, open)
	}
}

// possiblyAsGood reports whether every side may find y as good as the package of
// the difference and one may find it better: an up-set of its ranking has a
// positive sum at best, or every interest of the side may stay as it is.
func possiblyAsGood(d *difference, y []int) bool {
	c := d.c
	high, low := d.atBest(y), d.sum(y)
	someoneGains := false
	for side := range c.r.t.sides {
		gains, same := false, true
		mine := c.r.mine[side]
		for set := 1; set < 1<<len(mine); set++ {
			var sum int64
			up := true
			for a, n := range mine {
				if set>>a&1 == 0 {
					continue
				}
				sum += high[n]
				for b, m := range mine { // all that ranks above an interest of the set is in it
					above := c.r.t.entries[m].tier > c.r.t.entries[n].tier && c.r.t.entries[n].tier > 0
					up = up && !(above && set>>b&1 == 0)
				}
			}
			gains = gains || up && sum > 0
		}
		for _, n := range mine {
			same = same && low[n] <= 0 && high[n] >= 0
		}
		if !gains && !same {
			return false
		}
		someoneGains = someoneGains || gains
	}
	return someoneGains
}

func holdsAll(t pareto.Term, choice []int) bool { return pareto.AllHold(t.All, choice) }
