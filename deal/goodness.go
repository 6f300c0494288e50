package deal

import (
	"slices"

	"parley/engine/pareto"
	"parley/interest"
)

// reasons are why a side may find another package at least as good: the sum over
// the interests above some tier and the gains of that tier is positive, an
// interest whose rank is not stated gains, or nothing changes for the side.
const (
	reasonSame     = 4
	reasonsPerSide = 5 // unplaced, secondary, important, vital, same
	reasonOpen     = -1
)

// asGood is the space of the packages that each side finds as good for the given
// reason, where it is asked for one, with the floors that make it so. An interest of
// the deciding tier that several issues change gets an issue of its own: whether it
// counts.
func (d *difference) asGood(reason []int) (pareto.Space, []int64) {
	t := d.c.r.t
	g := &goodness{difference: d, reason: reason, tier: d.c.tiers(), counted: map[int]int{}, floor: make([]int64, len(t.sides))}
	g.space = pareto.Space{Table: pareto.Table{Sides: len(t.sides)}, Rules: slices.Clone(d.c.r.space.Rules)}
	for p, r := range reason {
		g.floor[p] = b2i(r != reasonSame && r != reasonOpen)
	}
	for n := range t.entries {
		if g.decides(n) && d.issues[n] > 1 {
			g.counted[n] = len(d.high) + len(g.counted)
		}
	}
	for i, options := range d.high {
		rows := make([][]int64, len(options))
		for k, all := range options {
			rows[k] = make([]int64, len(t.sides))
			for _, x := range all {
				g.add([]pareto.Literal{{Issue: i, Options: []int{k}}}, rows[k], x)
			}
		}
		g.space.Issues = append(g.space.Issues, rows)
	}
	for range g.counted {
		g.space.Issues = append(g.space.Issues, [][]int64{make([]int64, len(t.sides)), make([]int64, len(t.sides))})
	}
	g.addJoint()
	d.keepSame(&g.space, reason, len(g.counted))
	return g.space, g.floor
}

// goodness is the making of one such space.
type goodness struct {
	*difference
	reason  []int
	tier    []interest.Tier
	counted map[int]int // entry to the issue that says whether it counts
	space   pareto.Space
	floor   []int64
}

// decides reports whether the interest is of the tier whose gains decide.
func (g *goodness) decides(n int) bool {
	return int(g.tier[n]) == g.reason[g.c.r.t.entries[n].side]
}

// add takes a change that comes with the literals into the values: into the row
// where it comes with one option alone and counts in any case.
func (g *goodness) add(with []pareto.Literal, row []int64, x change) {
	p := g.c.r.t.entries[x.entry].side
	at, apart := g.counted[x.entry]
	above := g.reason[p] != reasonSame && g.reason[p] > 0 && int(g.tier[x.entry]) > g.reason[p]
	switch {
	case apart:
		g.term(append(slices.Clone(with), pareto.Literal{Issue: at, Options: []int{1}}), p, x.by)
	case !g.decides(x.entry) && !above:
	case row == nil:
		g.term(with, p, x.by)
	case above:
		row[p] += x.by
	default:
		row[p] += max(0, x.by)
	}
}

func (g *goodness) term(all []pareto.Literal, p int, by int64) {
	t := pareto.Term{All: all, Values: make([]int64, g.space.Sides)}
	t.Values[p] = by
	g.space.Terms = append(g.space.Terms, t)
}

// addJoint takes in what options do together; what holds already is lost where
// it no longer does.
func (g *goodness) addJoint() {
	for j, t := range g.c.r.space.Terms {
		for _, x := range g.c.joint[j] {
			g.add(t.All, nil, x)
			if !g.held[j] {
				continue
			}
			g.add([]pareto.Literal{}, nil, change{x.entry, -x.by})
		}
	}
}

// keepSame demands that sides whose reason is that nothing changes see no change
// that is certain.
func (d *difference) keepSame(space *pareto.Space, reason []int, more int) {
	t := d.c.r.t
	for n, e := range t.entries {
		if reason[e.side] != reasonSame || d.issues[n] == 0 {
			continue
		}
		space.Rules = append(space.Rules,
			d.sumRule(d.high, func(m int) int64 { return b2i(m == n) }, 0),
			d.sumRule(d.low, func(m int) int64 { return -b2i(m == n) }, 0))
	}
	for k := range space.Rules {
		if sum := space.Rules[k].Sum; sum != nil {
			padded := *sum
			padded.Amounts = append(append([][]int64{}, sum.Amounts...), make([][]int64, more)...)
			space.Rules[k].Sum = &padded
		}
	}
}
