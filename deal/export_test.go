package deal

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Describe writes the table of an input so that a person can check it: for every
// option who moves, and what it does to each interest as worst, middle and best.
func Describe(in Input, full bool) string {
	t := newTable(in)
	var b strings.Builder
	for _, i := range t.issues {
		fmt.Fprintf(&b, "%s %s", i.topic, i.relation)
		if i.written {
			b.WriteString(" written")
		}
		if i.contested {
			b.WriteString(" contested")
		}
		b.WriteString("\n")
		for k, o := range i.options {
			b.WriteString("  " + o.id)
			if k > 0 && k == i.fullest {
				b.WriteString(" (baseline)")
			}
			if o.act != nil {
				b.WriteString(" (act)")
			}
			for _, s := range o.movers {
				fmt.Fprintf(&b, " moves:%s", t.sides[s])
			}
			for _, e := range o.effects {
				low, mid, high := t.worst(e, full).RatString(), t.central(e, full).RatString(), t.best(e, full).RatString()
				if low == high {
					fmt.Fprintf(&b, " | %s %s", t.entries[e.entry].id, mid)
				} else {
					fmt.Fprintf(&b, " | %s %s..%s..%s", t.entries[e.entry].id, low, mid, high)
				}
			}
			for s, p := range o.points {
				fmt.Fprintf(&b, " | %s=%s", t.sides[s], p.RatString())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// Symmetries is how many symmetries of the table the canonical order found, and
// whether its search was cut short.
func Symmetries(in Input) (found int, forced bool) {
	o := canonicalOrder(newTable(in))
	return len(o.symmetries), o.forced
}

// Swaps names the swaps that the search finds.
func Swaps(in Input, full bool) []string {
	r, err := newReading(newTable(in), full, Free)
	if err != nil {
		panic(err)
	}
	found, _, err := swaps(context.Background(), newCertainty(r, (&Question{RoleScale: []string{"0", "1/4", "1/2", "3/4", "1"}}).roleScale()))
	if err != nil {
		panic(err)
	}
	return nameMoves(r.t, found)
}

// SwapsByForce finds the swaps by trying every set of moves, and tests each side
// against every up-set of its ranking.
func SwapsByForce(in Input, full bool) []string {
	t := newTable(in)
	var all, found [][]move
	var grow func(set []move, issue int)
	grow = func(set []move, issue int) {
		if issue == len(t.issues) {
			if len(set) > 1 {
				all = append(all, slices.Clone(set))
			}
			return
		}
		grow(set, issue+1)
		for k, o := range t.issues[issue].options {
			if k > 0 && len(o.movers) > 0 {
				grow(append(slices.Clone(set), move{issue, k}), issue+1)
			}
		}
	}
	grow(nil, 0)
	for _, set := range all {
		if isSwap(t, set, full) {
			found = append(found, set)
		}
	}
	return nameMoves(t, smallest(found))
}

// smallest drops every set that contains another one.
func smallest(sets [][]move) [][]move {
	slices.SortStableFunc(sets, func(a, b []move) int { return len(a) - len(b) })
	var out [][]move
	for _, s := range sets {
		holds := func(part []move) bool {
			return !slices.ContainsFunc(part, func(m move) bool { return !slices.Contains(s, m) })
		}
		if !slices.ContainsFunc(out, holds) {
			out = append(out, s)
		}
	}
	return out
}

func isSwap(t *table, set []move, full bool) bool {
	moves := make([]int, len(t.sides))
	sum := make([]*big.Rat, len(t.entries))
	for n := range sum {
		sum[n] = new(big.Rat)
	}
	for _, m := range set {
		o := t.issues[m.issue].options[m.option]
		for _, s := range o.movers {
			moves[s]++
		}
		for _, e := range o.effects {
			sum[e.entry].Add(sum[e.entry], t.worst(e, full))
		}
	}
	parts := 0
	for s, n := range moves {
		never, gains := againstUpSets(t, s, sum)
		if n > movesASide || !never || n > 0 && !gains {
			return false
		}
		if n > 0 {
			parts++
		}
	}
	return parts >= 2
}

// againstUpSets tries every up-set of a side's ranking: the extreme rays of its
// admissible weights. A gain needs a positive sum at the end of some tier.
func againstUpSets(t *table, side int, sum []*big.Rat) (never, gains bool) {
	var mine []int
	for n, e := range t.entries {
		if e.side == side {
			mine = append(mine, n)
		}
	}
	never = true
	for mask := range 1 << len(mine) {
		total, upSet, wholeTiers := new(big.Rat), true, true
		for i, a := range mine {
			for j, b := range mine {
				above := t.entries[b].tier != 0 && t.entries[a].tier > t.entries[b].tier
				same := t.entries[a].tier == t.entries[b].tier
				upSet = upSet && !(above && mask>>j&1 == 1 && mask>>i&1 == 0)
				wholeTiers = wholeTiers && !(same && t.entries[a].tier != 0 && mask>>i&1 != mask>>j&1)
			}
			if mask>>i&1 == 1 {
				total.Add(total, sum[a])
			}
			unplaced := t.entries[a].tier == 0 && mask>>i&1 == 1
			wholeTiers = wholeTiers && !(unplaced && mask != 1<<len(mine)-1)
		}
		if upSet && total.Sign() < 0 {
			never = false
		}
		if upSet && wholeTiers && total.Sign() > 0 {
			gains = true
		}
	}
	return never, gains
}

func nameMoves(t *table, sets [][]move) []string {
	out := []string{}
	for _, set := range sets {
		var names []string
		for _, m := range set {
			names = append(names, string(t.issues[m.issue].topic)+"/"+t.issues[m.issue].options[m.option].id)
		}
		slices.Sort(names)
		out = append(out, strings.Join(names, " + "))
	}
	slices.Sort(out)
	return out
}
