package again

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// weighing is what a side says about its weights beyond tiers: the sum of times weights is at least 0.
type weighing struct {
	Side  int
	Terms []struct {
		Interest int
		Times    string
	}
}

// beliefs are the weights that a side's tiers and statements allow.
type beliefs struct {
	mine       []int // its interests
	tier       []int // by place among these
	said       [][]*big.Rat
	named      []bool // by place: whether a statement names it
	impossible bool   // no weights above 0 that fall from tier to tier keep what is said
	known      []witness
	none       map[string]bool // numbers of which no admissible weights make the sum more than 0
	inside     []witness       // weights that fall strictly, 0 where they may be any
	outside    []row           // numbers of which no such weights make the sum as much as 0
}

// witness is admissible weights by place that were found, and the same in whole numbers, nil where these are large.
type witness struct {
	weight []*big.Rat
	times  row
}

// Whole numbers of so many bits, and so many of them, are multiplied and added up without big ones.
const timesBits, numberBits, mostNumbers = 24, 30, 256

func witnessOf(weight []*big.Rat) witness {
	unit, times := big.NewInt(1), row{}
	for _, w := range weight {
		lcm(unit, w.Denom())
	}
	for _, w := range weight {
		v := new(big.Int).Mul(w.Num(), new(big.Int).Quo(unit, w.Denom()))
		if v.BitLen() > timesBits || len(weight) > mostNumbers {
			return witness{weight, nil}
		}
		times = append(times, v.Int64())
	}
	return witness{weight, times}
}

// favours is the sign of a sum of the weights times numbers.
func (w witness) favours(numbers row) int {
	if w.times == nil || slices.ContainsFunc(numbers, func(v int64) bool { return v>>numberBits != v>>63 }) {
		return weighed(numbers, w.weight).Sign()
	}
	return cmp.Compare(w.times.times(numbers), 0)
}

func (r row) times(o row) (sum int64) {
	for k, v := range r {
		sum += v * o[k]
	}
	return sum
}

// believes is what a side says about its weights with its tiers as given, nil where it says nothing.
func (p *proof) believes(side int, tier []int) *beliefs {
	if !slices.ContainsFunc(p.Weights, func(w weighing) bool { return w.Side == side }) {
		return nil
	}
	b := &beliefs{mine: p.of[side], named: make([]bool, len(p.of[side]))}
	for _, n := range b.mine {
		b.tier = append(b.tier, tier[n])
	}
	key := fmt.Sprint(side, b.tier)
	if known, ok := p.beliefs[key]; ok {
		return known
	}
	for _, w := range p.Weights {
		if w.Side != side {
			continue
		}
		row := make([]*big.Rat, len(b.mine))
		for k := range row {
			row[k] = new(big.Rat)
		}
		for _, x := range w.Terms {
			k := slices.Index(b.mine, x.Interest)
			row[k].Set(rat(x.Times))
			b.named[k] = b.named[k] || row[k].Sign() != 0
		}
		b.said = append(b.said, row)
	}
	b.impossible = !b.possible()
	p.beliefs[key] = b
	return b
}

// rows are the conditions on the weights of some interests: between two tiers stands a joint, which weighs no more than any
// above it and no less than any below. One more variable is taken off the weights above joints where strict.
func (b *beliefs) rows(of []int, strict bool) (rows [][]*big.Rat, variables int) {
	var tiers []int
	for _, k := range of {
		if b.tier[k] > 0 {
			tiers = append(tiers, b.tier[k])
		}
	}
	slices.Sort(tiers)
	tiers = slices.Compact(tiers)
	variables = len(of) + max(0, len(tiers)-1)
	step := variables
	if strict {
		variables++
	}
	add := func(more, less int, apart bool) {
		row := make([]*big.Rat, variables)
		for k := range row {
			row[k] = new(big.Rat)
		}
		row[more].SetInt64(1)
		if less >= 0 {
			row[less].SetInt64(-1)
		}
		if apart {
			row[step].SetInt64(-1)
		}
		rows = append(rows, row)
	}
	for at, k := range of {
		t := slices.Index(tiers, b.tier[k])
		if t > 0 {
			add(at, len(of)+t-1, strict)
		}
		if t >= 0 && t < len(tiers)-1 {
			add(len(of)+t, at, false)
		}
		if strict {
			add(at, -1, true)
		}
	}
	for _, said := range b.said {
		row := make([]*big.Rat, variables)
		for k := range row {
			row[k] = new(big.Rat)
		}
		for at, k := range of {
			row[at].Set(said[k])
		}
		rows = append(rows, row)
	}
	return rows, variables
}

// possible reports whether some weights above 0 fall from tier to tier and keep what is said.
func (b *beliefs) possible() bool { return b.strict() != nil }

// strict are weights by place that are above 0, fall from tier to tier and keep what is said, nil where there are none. For
// interests that no statement names there is room: they are given as 0.
func (b *beliefs) strict() []*big.Rat {
	var of []int
	for k, is := range b.named {
		if is {
			of = append(of, k)
		}
	}
	rows, variables := b.rows(of, true)
	objective := make([]*big.Rat, variables)
	for k := range objective {
		objective[k] = new(big.Rat)
	}
	objective[variables-1].SetInt64(1)
	most, found := (&program{rows: rows}).most(objective)
	if most.Sign() <= 0 {
		return nil
	}
	w := make([]*big.Rat, len(b.mine))
	for k := range w {
		w[k] = new(big.Rat)
	}
	for at, k := range of {
		w[k] = found[at]
	}
	return w
}

// under are admissible weights by place under which a sum of weights times numbers is above 0, nil where there are none.
func (b *beliefs) under(numbers row) []*big.Rat {
	for k, w := range b.known {
		if w.favours(numbers) > 0 {
			copy(b.known[1:k+1], b.known[:k])
			b.known[0] = w
			return w.weight
		}
	}
	key := fmt.Sprint(numbers)
	if b.none[key] {
		return nil
	}
	var of []int
	for k, v := range numbers {
		if v != 0 || b.named[k] {
			of = append(of, k)
		}
	}
	rows, variables := b.rows(of, false)
	objective := make([]*big.Rat, variables)
	for k := range objective {
		objective[k] = new(big.Rat)
		if k < len(of) {
			objective[k].SetInt64(numbers[of[k]])
		}
	}
	most, found := (&program{rows: rows}).most(objective)
	if most.Sign() <= 0 {
		if b.none == nil {
			b.none = map[string]bool{}
		}
		b.none[key] = true
		return nil
	}
	w := make([]*big.Rat, len(b.mine))
	for k := range w { // one left out weighs as much as the most of any lower tier
		w[k] = new(big.Rat)
		at := slices.Index(of, k)
		if at >= 0 {
			w[k] = found[at]
			continue
		}
		for other, o := range of {
			if b.tier[o] > 0 && b.tier[o] < b.tier[k] && found[other].Cmp(w[k]) > 0 {
				w[k] = found[other]
			}
		}
	}
	b.known = append(b.known, witnessOf(w))
	return w
}

func weighed(numbers row, weight []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for k, w := range weight {
		if w.Sign() != 0 && numbers[k] != 0 {
			sum.Add(sum, mul(w, big.NewRat(numbers[k], 1)))
		}
	}
	return sum
}

func (b *beliefs) signed(sum row, sign int64) (out row) {
	for _, n := range b.mine {
		out = append(out, sign*sum[n])
	}
	return out
}

// loss is what a side may lose by: the interests that weigh anything, and how much, each the same where nothing is said.
type loss struct {
	on     []int
	weight []*big.Rat // by place among on
}

// raises reports whether a change is a gain under the weights.
func (l *loss) raises(change row) bool {
	if l.weight == nil {
		sum := int64(0)
		for _, n := range l.on {
			sum += change[n]
		}
		return sum > 0
	}
	sum := new(big.Rat)
	for k, n := range l.on {
		if change[n] != 0 {
			sum.Add(sum, mul(l.weight[k], big.NewRat(change[n], 1)))
		}
	}
	return sum.Sign() > 0
}

// loses is how a side may lose by a change, nil where it never does, and whether it gains under some weights.
func (p *proof) loses(side int, sum row, tier []int) (l *loss, gains bool) {
	b := p.believes(side, tier)
	if b != nil && b.impossible {
		return nil, true
	}
	down, list := int64(0), p.ranked(side, sum, tier)
	for k, last := range list {
		if down += sum[last]; down >= 0 {
			gains = gains || down > 0
			continue
		}
		if b == nil {
			return p.upset(side, list[:k+1], tier), gains
		}
		if l = b.loss(b.signed(sum, -1)); l != nil {
			return l, gains
		}
		break
	}
	if b != nil {
		gains = b.under(b.signed(sum, 1)) != nil
	}
	return nil, gains
}

// upset are some interests and all above the last of them.
func (p *proof) upset(side int, list, tier []int) *loss {
	l, last := &loss{}, list[len(list)-1]
	for _, n := range p.of[side] {
		if tier[last] > 0 && tier[n] > tier[last] || slices.Contains(list, n) {
			l.on = append(l.on, n)
		}
	}
	return l
}

func (b *beliefs) loss(numbers row) *loss {
	w := b.under(numbers)
	if w == nil {
		return nil
	}
	l := &loss{}
	for k, n := range b.mine {
		if w[k].Sign() > 0 {
			l.on, l.weight = append(l.on, n), append(l.weight, w[k])
		}
	}
	return l
}
