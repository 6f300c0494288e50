package deal

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"parley/engine/pareto"
)

// difference is what every option does to every interest in place of the option
// that one package takes: at least low and at most high, whatever the roles, in
// the units of certainty.
type difference struct {
	c      *certainty
	choice []int
	low    [][][]change // by issue and option; the package's own option changes nothing
	high   [][][]change
	held   []bool // by term of the space: whether it holds in the package
	issues []int  // by entry: how many issues can change it
}

func newDifference(c *certainty, choice []int) *difference {
	d := &difference{c: c, choice: choice, issues: make([]int, len(c.r.t.entries))}
	for i, is := range c.r.t.issues {
		low, high := make([][]change, len(is.options)), make([][]change, len(is.options))
		touched := map[int]bool{}
		for k := range is.options {
			if k == choice[i] {
				continue
			}
			low[k], high[k] = d.between(i, choice[i], k)
			for _, x := range append(low[k], high[k]...) {
				touched[x.entry] = true
			}
		}
		for n := range touched {
			d.issues[n]++
		}
		d.low, d.high = append(d.low, low), append(d.high, high)
	}
	for j, t := range c.r.space.Terms {
		d.held = append(d.held, pareto.AllHold(t.All, choice))
		for _, x := range c.joint[j] {
			d.issues[x.entry] += 2 // several issues at once
		}
	}
	return d
}

// between is the change of every interest when one option takes the place of
// another, at worst and at best.
func (d *difference) between(issue, from, to int) (low, high []change) {
	t, full := d.c.r.t, d.c.r.full
	options := t.issues[issue].options
	worst, best := map[int]*big.Rat{}, map[int]*big.Rat{}
	var entries []int
	add := func(into map[int]*big.Rat, entry int, v *big.Rat, sign int) {
		if into[entry] == nil {
			into[entry] = new(big.Rat)
		}
		if sign < 0 {
			into[entry].Sub(into[entry], v)
		} else {
			into[entry].Add(into[entry], v)
		}
	}
	for _, end := range []struct{ option, sign int }{{to, 1}, {from, -1}} {
		for _, e := range options[end.option].effects {
			if worst[e.entry] == nil {
				entries = append(entries, e.entry)
			}
			w, b := t.worst(e, full), t.best(e, full)
			if end.sign < 0 {
				w, b = b, w
			}
			add(worst, e.entry, w, end.sign)
			add(best, e.entry, b, end.sign)
		}
	}
	for _, n := range entries {
		unit := d.c.unit[t.entries[n].side]
		if v, _ := integer(worst[n], unit); v != 0 {
			low = append(low, change{n, v})
		}
		if v, _ := integer(best[n], unit); v != 0 {
			high = append(high, change{n, v})
		}
	}
	return low, high
}

// sumRule demands that the changes of all interests, each counted as often as
// times says, add up to least or more.
func (d *difference) sumRule(changes [][][]change, times func(entry int) int64, least int64) pareto.Rule {
	sum := &pareto.Sum{Amounts: make([][]int64, len(changes)), Least: least}
	for i, options := range changes {
		sum.Amounts[i] = make([]int64, len(options))
		for k, all := range options {
			for _, x := range all {
				sum.Amounts[i][k] += times(x.entry) * x.by
			}
		}
	}
	for j, t := range d.c.r.space.Terms {
		var by int64
		for _, x := range d.c.joint[j] {
			by += times(x.entry) * x.by
		}
		sum.Terms = append(sum.Terms, pareto.Amount{All: t.All, Value: by})
		sum.Least += by * b2i(d.held[j])
	}
	return pareto.Rule{Sum: sum}
}

// mostRounds bounds how often alwaysBetter learns another up-set.
const mostRounds = 64

// alwaysBetter looks for the feasible package with the fewest changes that
// serves every side at least as well under every weighting and every role, and
// one side better. Up-sets of a ranking are added as conditions when a package
// breaks them, so that the one found in the end keeps all.
func (d *difference) alwaysBetter(ctx context.Context) ([]int, error) {
	t := d.c.r.t
	tier := d.c.tiers()
	none := pareto.Space{Table: pareto.Table{Issues: make([][][]int64, len(d.low))}, Rules: d.c.r.space.Rules}
	for i, options := range d.low {
		none.Issues[i] = make([][]int64, len(options))
	}
	space := nearest(none, d.choice)
	for side := range t.sides {
		for _, end := range tiersDown {
			space.Rules = append(space.Rules, d.sumRule(d.low, func(n int) int64 { return b2i(t.entries[n].side == side && tier[n] >= end) }, 0))
		}
	}
	// All sums down to the end of a tier together: positive where one of them is.
	space.Rules = append(space.Rules, d.sumRule(d.low, func(n int) int64 { return max(1, int64(tier[n])) }, 1))
	for range mostRounds {
		choice, _, exact, err := pareto.Maximise(ctx, space, []int64{1}, nil, strengthLimits)
		if errors.Is(err, pareto.ErrInfeasible) || err == nil && !exact {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		sum := d.sum(choice)
		broken := false
		for side := range t.sides {
			if !d.c.stand(side, sum, tier).never {
				weight := d.c.losing(side, sum, tier)
				if weight == nil {
					return nil, nil
				}
				space.Rules = append(space.Rules, d.sumRule(d.low, func(n int) int64 { return weight[n] }, 0))
				broken = true
			}
		}
		if !broken {
			return choice, nil
		}
	}
	return nil, nil
}

// sum is the least change of every interest when another package takes the
// place of this one.
func (d *difference) sum(choice []int) tally {
	sum := make(tally, len(d.c.r.t.entries))
	for i, k := range choice {
		for _, x := range d.low[i][k] {
			sum[x.entry] += x.by
		}
	}
	for j, t := range d.c.r.space.Terms {
		sign := b2i(pareto.AllHold(t.All, choice)) - b2i(d.held[j])
		for _, x := range d.c.joint[j] {
			sum[x.entry] += sign * x.by
		}
	}
	return sum
}

// nearest is a space with one more side, which loses a point for every issue on
// which a package differs from the one given.
func nearest(s pareto.Space, choice []int) pareto.Space {
	out := pareto.Space{Table: pareto.Table{Sides: s.Sides + 1}, Rules: slices.Clone(s.Rules)}
	for i, options := range s.Issues {
		var rows [][]int64
		for k, o := range options {
			far := int64(-1)
			if k == choice[i] {
				far = 0
			}
			rows = append(rows, append(slices.Clone(o), far))
		}
		out.Issues = append(out.Issues, rows)
	}
	for _, t := range s.Terms {
		out.Terms = append(out.Terms, pareto.Term{All: t.All, Values: append(slices.Clone(t.Values), 0)})
	}
	return out
}
