package deal

import (
	"context"
	"errors"
	"math"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// mostGoodness bounds the searches for one package's rival.
const mostGoodness = 1_000

// rivalry says whether another package is ever as good for everyone.
type rivalry int

const (
	noRival   rivalry = iota // proved
	someRival                // one is
	tooMany                  // not found out within bounds
)

// contest is the search for a feasible package that is at least as good as
// another for every side, each under weights of its own that fall strictly from
// tier to tier and keep what it says, and under roles of its own.
//
// By ranks alone a side has few reasons, and packages that it finds as good for one
// of them are those of a space. Where a side says more, a package of the space need
// not be one for it: then the choices by which it is not exclude all packages with
// them from every space.
type contest struct {
	*difference
	reason   []int // by side
	left     int   // searches
	excluded []pareto.Rule
}

// rival reports whether another feasible package is ever as good for every side.
//
// Sides take their reasons one after another: where no package is as good for
// the first of them, whatever the others find, no reasons of the others are tried.
func (d *difference) rival(ctx context.Context) (rivalry, error) {
	x := &contest{difference: d, reason: slices.Repeat([]int{reasonOpen}, len(d.c.r.t.sides)), left: mostGoodness}
	return x.from(ctx, 0)
}

// from looks for a rival that the sides before p find as good for their reasons.
func (x *contest) from(ctx context.Context, p int) (rivalry, error) {
	same := !slices.ContainsFunc(x.reason[:p], func(r int) bool { return r != reasonSame })
	if same && p == len(x.reason) {
		return noRival, nil // nothing changes for anybody
	}
	for !same { // the package itself is among those that change nothing
		if x.left--; x.left < 0 {
			return tooMany, nil
		}
		space, floor := x.asGood(x.reason)
		space.Rules = append(space.Rules, x.excluded...)
		choice, _, _, err := pareto.Maximise(ctx, space, slices.Repeat([]int64{1}, len(x.reason)), floor, strengthLimits)
		switch {
		case errors.Is(err, pareto.ErrInfeasible):
			return noRival, nil
		case err != nil:
			return tooMany, err
		}
		if p < len(x.reason) {
			break
		}
		if choice == nil {
			return tooMany, nil
		}
		if !x.exclude(choice[:len(x.high)]) {
			return someRival, nil
		}
	}
	for k := range reasonsPerSide {
		x.reason[p] = k
		if found, err := x.from(ctx, p+1); found != noRival || err != nil {
			return found, err
		}
	}
	x.reason[p] = reasonOpen
	return noRival, nil
}

// exclude finds sides whose statements outweigh whatever a package gains for them,
// and excludes the choices by which it is so.
func (x *contest) exclude(choice []int) bool {
	found := false
	for side := range x.reason {
		if !x.c.r.t.says(side) {
			continue
		}
		among := make([][]int, len(choice))
		for i, k := range choice {
			among[i] = []int{k}
		}
		p := x.c.r.t.allowed[side]
		most := p.Outweighed(x.c.own(side, x.gains(among)))
		if most == nil {
			continue
		}
		found = true
		x.excluded = append(x.excluded, pareto.Rule{When: x.widened(p, side, among, most), AtLeast: 1})
	}
	return found
}

// widened are choices by which a side is outweighed, as few as there have to be: each
// issue in order is left open, and where that is too much takes what options it can.
func (x *contest) widened(p *bargain.Polytope, side int, among [][]int, most []int64) (all []pareto.Literal) {
	fits := func() bool {
		own := x.c.own(side, x.gains(among))
		if noneAbove(own, most) {
			return true
		}
		if again := p.Outweighed(own); again != nil {
			most = again
			return true
		}
		return false
	}
	for i, taken := range among {
		every := make([]int, len(x.high[i]))
		for k := range every {
			every[k] = k
		}
		if among[i] = every; fits() {
			continue
		}
		among[i] = taken
		for _, k := range every {
			if k == taken[0] {
				continue
			}
			before := among[i]
			among[i] = append(slices.Clone(before), k)
			slices.Sort(among[i])
			if !fits() {
				among[i] = before
			}
		}
		all = append(all, pareto.Literal{Issue: i, Options: among[i]})
	}
	return all
}

func noneAbove(numbers, most []int64) bool {
	for k, v := range numbers {
		if v > most[k] {
			return false
		}
	}
	return true
}

// gains are the largest changes of every interest among the packages that take one of
// some options of every issue.
func (d *difference) gains(among [][]int) tally {
	sum := make(tally, len(d.c.r.t.entries))
	for i, options := range among {
		for n, v := range d.most(i, options) {
			sum[n] += v
		}
	}
	for j, t := range d.c.r.space.Terms {
		may, must := true, true
		for _, l := range t.All {
			holds := func(k int) bool { return slices.Contains(l.Options, k) }
			may = may && slices.ContainsFunc(among[l.Issue], holds)
			must = must && !slices.ContainsFunc(among[l.Issue], func(k int) bool { return !holds(k) })
		}
		for _, x := range d.c.joint[j] {
			with, without := x.by*(1-b2i(d.held[j])), -x.by*b2i(d.held[j])
			switch {
			case must:
				sum[x.entry] += with
			case may:
				sum[x.entry] += max(with, without)
			default:
				sum[x.entry] += without
			}
		}
	}
	return sum
}

// most are the largest changes by some options of an issue, of interests that any of
// them changes.
func (d *difference) most(issue int, options []int) map[int]int64 {
	out := map[int]int64{}
	for _, k := range options {
		for _, x := range d.high[issue][k] {
			out[x.entry] = math.MinInt64
		}
	}
	for _, k := range options {
		by := map[int]int64{}
		for _, x := range d.high[issue][k] {
			by[x.entry] = x.by
		}
		for n := range out {
			out[n] = max(out[n], by[n])
		}
	}
	return out
}
