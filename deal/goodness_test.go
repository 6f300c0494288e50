package deal

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/linear"
	"parley/interest"
)

// drawnWeighing is an order, a ratio or a trade-off among a side's interests.
func drawnWeighing(r *rand.Rand, of []interest.Interest) interest.Weighing {
	at := r.Perm(len(of))
	times := interest.FractionOf(1+r.Int64N(8), 2)
	switch r.IntN(3) {
	case 0:
		return interest.Weighing{More: of[at[0]].ID, Than: of[at[1]].ID}
	case 1:
		return interest.Weighing{More: of[at[0]].ID, Than: of[at[1]].ID, Times: times}
	}
	one := interest.FractionOf(1, 1)
	gain := []interest.Part{{Interest: of[at[0]].ID, Of: one}}
	loss := []interest.Part{{Interest: of[at[1]].ID, Of: times}, {Interest: of[at[2]].ID, Of: one}}
	if r.IntN(2) == 0 {
		gain, loss = loss, gain
	}
	return interest.Weighing{Gain: gain, Outweighs: loss}
}

// said is the same with statements one after another, as far as none contradicts.
func said(t *testing.T, r *rand.Rand, in Input, most int) (all []*search) {
	t.Helper()
	set := Settings{Seed: 1, Stakes: Split, Baseline: Free}
	q, err := NewQuestion(in, set)
	if err != nil {
		return nil // nothing to decide
	}
	all = append(all, newSearch(q, Run{Workers: 1}))
	for range most {
		reg := &in.Registers[r.IntN(len(in.Registers))]
		before := reg.Weights
		reg.Weights = append(slices.Clone(before), drawnWeighing(r, reg.Interests))
		q, err := NewQuestion(in, set)
		if err != nil {
			reg.Weights = before
			continue
		}
		all = append(all, newSearch(q, Run{Workers: 1}))
	}
	return all
}

// atBest is the largest change of every interest when another package takes the place of
// this one.
func (d *difference) atBest(y []int) tally {
	high := make(tally, len(d.c.r.t.entries))
	for i, k := range y {
		for _, x := range d.high[i][k] {
			high[x.entry] += x.by
		}
	}
	for j, term := range d.c.r.space.Terms {
		for _, x := range d.c.joint[j] {
			high[x.entry] += (b2i(holdsAll(term, y)) - b2i(d.held[j])) * x.by
		}
	}
	return high
}

// sidesFindAsGood solves for every side, with one condition for every pair of interests,
// whether some weights of at least 1, one more in every tier than below it, keep what it
// says and make the best of the change no loss; any that are strict can be made so large.
func sidesFindAsGood(d *difference, y []int) bool {
	t, high := d.c.r.t, d.atBest(y)
	one := big.NewRat(1, 1)
	for side, mine := range d.c.r.mine {
		var rows []linear.Row
		add := func(bound *big.Rat, times func(n int) *big.Rat) {
			row := linear.Row{Sense: linear.AtLeast, Bound: bound}
			for _, n := range mine {
				row.Coefficients = append(row.Coefficients, times(n))
			}
			rows = append(rows, row)
		}
		of := func(n, m int, v *big.Rat) *big.Rat {
			if n != m {
				return nil
			}
			return v
		}
		for _, n := range mine {
			add(one, func(m int) *big.Rat { return of(n, m, one) })
			for _, o := range mine {
				if t.entries[o].tier > 0 && t.entries[n].tier > t.entries[o].tier {
					add(one, func(m int) *big.Rat {
						if m == o {
							return big.NewRat(-1, 1)
						}
						return of(n, m, one)
					})
				}
			}
		}
		for _, w := range t.weighings {
			if w.side == side {
				add(nil, func(m int) *big.Rat {
					for _, x := range w.terms {
						if x.entry == m {
							return new(big.Rat).SetInt(x.times)
						}
					}
					return nil
				})
			}
		}
		add(nil, func(m int) *big.Rat { return big.NewRat(high[m], 1) })
		if linear.Prepare(len(mine), rows).Empty() {
			return false
		}
	}
	return slices.ContainsFunc(high, func(v int64) bool { return v != 0 })
}

// TestRivalsUnderStatements compares the proof that no other package is ever as good for
// everyone with a linear program for every pair of packages and every side, while sides say
// more and more: then less and less can be as good.
func TestRivalsUnderStatements(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 4))
	met, narrowed := map[rivalry]int{}, 0
	for n := range 30 {
		before, in := map[string]rivalry{}, smallTable(r)
		for _, reg := range in.Registers { // within a tier statements weigh most
			for k := range reg.Interests {
				reg.Interests[k].Tier = interest.Important
			}
		}
		if n%2 == 1 {
			addRules(r, &in)
		}
		for k, s := range said(t, r, in, 6) {
			var all [][]int
			feasiblePackages(s.readings[0], func(x []int) { all = append(all, slices.Clone(x)) })
			for _, x := range all {
				d, key := newDifference(s.certain[0], x), fmt.Sprint(s.choices(x))
				want := noRival
				if slices.ContainsFunc(all, func(y []int) bool { return sidesFindAsGood(d, y) }) {
					want = someRival
				}
				got, err := d.rival(context.Background())
				if err != nil || got != want {
					t.Fatalf("%s with %d statements: got %d (%v), want %d", key, k, got, err, want)
				}
				if was, known := before[key]; known && was == noRival && got != noRival {
					t.Fatalf("%s: a statement makes it less", key)
				} else if known && was != got {
					narrowed++
				}
				before[key] = got
				met[got]++
			}
		}
	}
	t.Logf("met %v, %d by statements alone", met, narrowed)
	if met[noRival] < 100 || met[someRival] < 100 || narrowed < 12 {
		t.Errorf("met %v, %d by statements alone", met, narrowed)
	}
}

// What packages gain at most is no less than what any of them gains, and of one package
// just that.
func TestGainsOfManyPackages(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	joint := 0
	for range 60 {
		in := smallTable(r)
		addRules(r, &in)
		all := said(t, r, in, 0)
		if all == nil {
			continue
		}
		packages := everyPackage(all[0].q.table)
		for range 20 {
			d := newDifference(all[0].certain[0], packages[r.IntN(len(packages))])
			y := packages[r.IntN(len(packages))]
			var among, alone [][]int
			for i, k := range y {
				of := []int{k}
				for o := range d.high[i] {
					if o != k && r.IntN(2) == 0 {
						of = append(of, o)
					}
				}
				among, alone = append(among, of), append(alone, []int{k})
			}
			own := d.atBest(y)
			if got := d.gains(alone); !slices.Equal(got, own) {
				t.Fatalf("%v from %v: got %v, want %v", y, d.choice, got, own)
			}
			if most := d.gains(among); !noneAbove(own, most) {
				t.Fatalf("%v of %v from %v gains %v, all of them %v", y, among, d.choice, own, most)
			}
			joint += len(d.held)
		}
	}
	if joint < 100 {
		t.Errorf("only %d times options gave something together", joint)
	}
}
