package again

import (
	"cmp"
	"math/big"
	"slices"
)

// grains is into how many parts patience is divided: it has four decimals.
const grains = 10_000

// promises say of every side what the steps give it and cost it, what it would gain by leaving out its own part, and how
// much the next step must count against the present one for what is still to come to hold it.
func (c *course) promises(states []uint64) list {
	out := list{}
	for p, l := range c.labels.Sides {
		received, paid := row{}, row{}
		for k := range states[1:] {
			in, cost := c.account(states[k], states[k+1], p)
			received, paid = append(received, in), append(paid, cost)
		}
		tempted, ahead := row{}, int64(0)
		for k := range paid {
			ahead += received[k]
			tempted = append(tempted, max(0, min(ahead, paid[k])))
			ahead -= paid[k]
		}
		held, least, lasting := patience(received, paid, tempted)
		out = append(out, obj{
			"side": l.ID, "received": amounts(received), "paid": amounts(paid), "temptation": amounts(tempted),
			"held": held, "patience": decimal(big.NewRat(int64(least), grains)), "lasting": lasting,
		})
	}
	slices.SortFunc(out, func(a, b any) int { return cmp.Compare(a.(obj)["side"].(string), b.(obj)["side"].(string)) })
	return out
}

// account adds up apart what a step gives to a side and what it costs it.
func (c *course) account(from, to uint64, side int) (received, paid int64) {
	book := func(v int64) {
		received += max(0, v)
		paid += max(0, -v)
	}
	for _, m := range c.made(from, to) {
		options := c.table.issues[m.issue]
		book(options[m.option][side] - options[c.from[m.issue]][side])
	}
	for k, u := range c.Rules {
		if u.Kind == "together" {
			book(c.table.joint[k][side] * (holding(u.When, c.choice(to)) - holding(u.When, c.choice(from))))
		}
	}
	return received, paid
}

// promise is what is still to come after a step, and what it has to outweigh.
type promise struct {
	coming row
	due    int64
}

// patience finds the steps that are held at all, the least weight of the next step at which all of these are held at
// once, and whether they are at every larger one.
func patience(received, paid, tempted row) (held []bool, least int, lasting bool) {
	held = []bool{}
	var of []promise
	for k, due := range tempted {
		p := promise{due: due}
		for j := k + 1; j < len(paid); j++ {
			p.coming = append(p.coming, received[j]-paid[j])
		}
		if held = append(held, p.outweighs(grains, grains)); held[k] {
			of = append(of, p)
		}
	}
	within := func(high, low int) bool {
		return !slices.ContainsFunc(of, func(p promise) bool { return !p.outweighs(high, low) })
	}
	least = lowest(0, grains, func(a, b int) bool { return within(b, a) })
	fails := lowest(least, grains, func(a, b int) bool { return !within(a, b) })
	return held, least, fails < 0
}

// lowest is the first number from a to b of which something holds, -1 for none: it halves intervals and leaves out those
// of which it cannot hold anywhere.
func lowest(a, b int, could func(a, b int) bool) int {
	if !could(a, b) {
		return -1
	}
	if a == b {
		return a
	}
	if first := lowest(a, (a+b)/2, could); first >= 0 {
		return first
	}
	return lowest((a+b)/2+1, b, could)
}

// outweighs reports whether the sum of what is to come is as much as is due, with gains weighed at one number of
// ten-thousandths and losses at another.
func (p promise) outweighs(gains, losses int) bool {
	sum, weight := new(big.Rat), [2]*big.Rat{big.NewRat(1, 1), big.NewRat(1, 1)}
	for _, v := range p.coming {
		weight[0].Mul(weight[0], big.NewRat(int64(gains), grains))
		weight[1].Mul(weight[1], big.NewRat(int64(losses), grains))
		if v != 0 {
			sum.Add(sum, mul(big.NewRat(v, 1), weight[min(1, max(0, -v))]))
		}
	}
	return sum.Cmp(big.NewRat(p.due, 1)) >= 0
}
