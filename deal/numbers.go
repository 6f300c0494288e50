package deal

import (
	"math/big"
	"slices"

	"parley/engine/bargain"
	"parley/engine/pareto"
	"parley/fault"
)

// weightTotal is what the weights of one side sum to.
const weightTotal = 1_000_000

// roleGrid is into how many steps the width of a role's interval is divided when
// a role is drawn.
const roleGrid = 1024

// reading is a table under one reading of the stakes, with every number an
// integer: the central analysis in points, the sampled one in finer units.
type reading struct {
	t        *table
	full     bool
	mine     [][]int    // by side: its entries
	levels   [][]int    // by side: the tier of each, 0 the highest
	scale    []*big.Int // by side: points that a full gain on every interest makes
	table    pareto.Table
	space    pareto.Space // the table with its terms and rules
	joint    []int        // by term of the space: the rule of the table that it comes from
	baseline []int        // an option for every issue; nil where values stand in its place
	base     []int64      // points of the baseline by side
	cap      []int64      // by side: what a package counts at most; nil where all counts
	rounded  bool         // values of a side were rounded to fit
	sampled  sampledNumbers

	conditions []int // by rule of the space: the rule of the table that it comes from
}

// sampledNumbers turn drawn weights and roles into values by integer arithmetic.
type sampledNumbers struct {
	low, span []int64    // by entry and side: a role is low + span × (0 … roleGrid)
	terms     [][][]term // by issue and option
	joint     [][]term   // by term of the space
	base      []int64    // stated disagreement values by side, nil where there are none
}

// term is one effect: weight × (fixed + slope × (largest gain role − largest loss role)).
type term struct {
	side, entry int
	fixed       int64
	slope       int64
	gain, loss  []int // into roles
}

func newReading(t *table, full bool, b Baseline) (*reading, error) {
	r, err := newCentralReading(t, full, b)
	if err != nil || t.exact {
		return r, err
	}
	return r, r.fillSampled()
}

// newCentralReading is a reading from which nothing is drawn.
func newCentralReading(t *table, full bool, b Baseline) (*reading, error) {
	r := &reading{t: t, full: full, mine: make([][]int, len(t.sides)), levels: make([][]int, len(t.sides))}
	for n, e := range t.entries {
		r.mine[e.side] = append(r.mine[e.side], n)
		r.levels[e.side] = append(r.levels[e.side], e.tier.Level())
	}
	if err := r.fillRules(); err != nil {
		return nil, err
	}
	r.fillBaseline(b)
	return r, r.fillCentral()
}

var errTooFine = fault.New(fault.Invalid, "deal.too-fine",
	"the numbers of this table need more than 62 bits together: write its fractions with smaller, common denominators")

// fillCentral makes the points of every option: central weights times central
// effects, on the smallest common denominator of each side.
func (r *reading) fillCentral() error {
	values := make([][][]*big.Rat, len(r.t.issues))
	weight := r.centralWeights()
	for i, is := range r.t.issues {
		for _, o := range is.options {
			values[i] = append(values[i], r.centralRow(o.points, o.effects, weight))
		}
	}
	var joint [][]*big.Rat
	for _, k := range r.joint {
		joint = append(joint, r.centralRow(r.t.rules[k].points, r.t.rules[k].effects, weight))
	}
	return r.scaleUp(append(values, joint))
}

// centralRow is what points and effects give each side under the central weights.
func (r *reading) centralRow(points []*big.Rat, effects []effect, weight []int64) []*big.Rat {
	row := make([]*big.Rat, len(r.t.sides))
	for s := range row {
		row[s] = new(big.Rat)
		if points != nil {
			row[s].Set(points[s])
		}
	}
	for _, e := range effects {
		v := r.t.central(e, r.full)
		v.Mul(v, big.NewRat(weight[e.entry], 1))
		row[r.t.entries[e.entry].side].Add(row[r.t.entries[e.entry].side], v)
	}
	return row
}

// scaleUp multiplies the values until they are integers. Where they come from
// registers every side has the same scale, so that shares of what the registers
// name are compared and never units; exact values keep each side's own scale.
func (r *reading) scaleUp(values [][][]*big.Rat) error {
	unit := units(len(r.t.sides))
	stated := make([]*big.Rat, len(r.t.sides))
	if r.t.exact {
		return r.fitExactly(values)
	}
	r.t.eachEffect(func(e effect) {
		lcm(unit[r.t.entries[e.entry].side], r.t.central(e, r.full).Denom())
	})
	for s := range unit {
		for _, issue := range values {
			for _, row := range issue {
				lcm(unit[s], row[s].Denom())
			}
		}
		if r.t.disagreement != nil {
			stated[s] = new(big.Rat).Mul(r.t.disagreement[s], big.NewRat(weightTotal, 1))
			lcm(unit[s], stated[s].Denom())
		}
	}
	common(unit)
	r.scale = units(len(unit))
	for s := range unit {
		r.scale[s].Mul(unit[s], big.NewInt(weightTotal))
	}
	return r.asIntegers(values, unit, stated)
}

// fitExactly finds the scale of each side of a table of points. Values that need
// more room than there is are rounded.
func (r *reading) fitExactly(values [][][]*big.Rat) error {
	last, n := len(values)-1, len(r.t.sides)
	stated, most := make([]*big.Rat, n), make([]*big.Rat, n)
	for s := range n {
		var others []*big.Rat
		columns := make([][]*big.Rat, last)
		for i, issue := range values {
			for _, row := range issue {
				if i < last {
					columns[i] = append(columns[i], row[s])
				} else {
					others = append(others, row[s])
				}
			}
		}
		if r.t.disagreement != nil {
			stated[s] = new(big.Rat).Set(r.t.disagreement[s])
			others = append(others, stated[s])
		}
		if r.t.cap != nil && r.t.cap[s] != nil {
			most[s] = new(big.Rat).Set(r.t.cap[s])
			others = append(others, most[s])
		}
		scale, rounded := fitted(columns, others)
		r.scale = append(r.scale, scale)
		r.rounded = r.rounded || rounded
	}
	if r.t.cap != nil {
		for s := range n {
			v := int64(pareto.MaxSum)
			if most[s] != nil {
				v, _ = integer(most[s], r.scale[s]) // fitted has made room for it
			}
			r.cap = append(r.cap, v)
		}
	}
	return r.asIntegers(values, r.scale, stated)
}

// value is what a package gives each side, no more than counts for it.
func (r *reading) value(choice []int) []int64 { return r.capped(r.space.Value(choice)) }

func (r *reading) capped(values []int64) []int64 {
	for s, most := range r.cap {
		values[s] = min(values[s], most)
	}
	return values
}

func units(n int) []*big.Int {
	out := make([]*big.Int, n)
	for s := range out {
		out[s] = big.NewInt(1)
	}
	return out
}

// common gives every side the least common multiple of all units.
func common(unit []*big.Int) {
	all := big.NewInt(1)
	for _, u := range unit {
		lcm(all, u)
	}
	for _, u := range unit {
		u.Set(all)
	}
}

func (r *reading) asIntegers(values [][][]*big.Rat, unit []*big.Int, stated []*big.Rat) error {
	n, last := len(r.t.sides), len(values)-1
	rows := make([][][]int64, len(values))
	r.base = make([]int64, n)
	room := make([]int64, n)
	for i, issue := range values {
		most := make([]int64, n)
		for _, row := range issue {
			out := make([]int64, n)
			for s := range row {
				v, ok := integer(row[s], unit[s])
				if !ok {
					return errTooFine
				}
				out[s] = v
				most[s] = max(most[s], v, -v)
				if i == last && !take(room, s, max(v, -v)) { // terms may all come together
					return errTooFine
				}
			}
			rows[i] = append(rows[i], out)
		}
		for s := range n {
			if i < last && !take(room, s, most[s]) {
				return errTooFine
			}
		}
	}
	r.table = pareto.Table{Sides: n, Issues: rows[:last]}
	r.space.Table = r.table
	for k, row := range rows[last] {
		r.space.Terms = append(r.space.Terms, pareto.Term{All: r.t.rules[r.joint[k]].when, Values: row})
	}
	if r.baseline != nil {
		r.base = r.value(r.baseline)
	}
	if r.t.disagreement != nil {
		for s := range n {
			v, ok := integer(stated[s], unit[s])
			if !ok {
				return errTooFine
			}
			r.base[s] = v
		}
	}
	return nil
}

// changed is the reading of a table that differs from this one's in what one side's
// register says: only what that side has is made anew. Values keep their scale
// wherever that serves.
func (r *reading) changed(t *table, side int, b Baseline) (*reading, error) {
	line := func(u tableRule) bool { return u.kind == kindNotBelow }
	if t.exact || t.disagreement != nil || slices.ContainsFunc(t.rules, line) {
		return newCentralReading(t, r.full, b)
	}
	out := *r
	out.t, out.levels = t, slices.Clone(r.levels)
	out.levels[side] = nil
	for _, k := range r.mine[side] {
		out.levels[side] = append(out.levels[side], t.entries[k].tier.Level())
	}
	weight, room := make([]int64, len(t.entries)), []int64{0}
	out.weigh(side, weight)
	out.table.Issues, out.space.Terms = make([][][]int64, len(t.issues)), slices.Clone(r.space.Terms)
	fits := true
	for i, is := range t.issues {
		most := int64(0)
		for k, o := range is.options {
			values, ok := out.recounted(r.table.Issues[i][k], side, o.effects, weight)
			most, fits = max(most, values[side], -values[side]), fits && ok
			out.table.Issues[i] = append(out.table.Issues[i], values)
		}
		fits = take(room, 0, most) && fits
	}
	for j, k := range r.joint {
		values, ok := out.recounted(r.space.Terms[j].Values, side, t.rules[k].effects, weight)
		out.space.Terms[j].Values = values
		fits = take(room, 0, max(values[side], -values[side])) && fits && ok
	}
	if !fits {
		return newCentralReading(t, r.full, b)
	}
	out.space.Table = out.table
	out.base = out.value(r.baseline)
	return &out, nil
}

// recounted are values with that of one side made anew, if it is a whole number on
// the scale there is.
func (r *reading) recounted(old []int64, side int, effects []effect, weight []int64) ([]int64, bool) {
	values, sum := slices.Clone(old), new(big.Rat)
	for _, e := range effects {
		if r.t.entries[e.entry].side == side {
			v := r.t.central(e, r.full)
			sum.Add(sum, v.Mul(v, big.NewRat(weight[e.entry], 1)))
		}
	}
	v, ok := integer(sum, new(big.Int).Quo(r.scale[side], big.NewInt(weightTotal)))
	values[side] = v
	return values, ok
}

// take takes room for a number of a side and reports whether there was some.
func take(room []int64, s int, size int64) bool {
	room[s] += size
	return room[s] <= 1<<61
}

// eachEffect calls do with every effect of an option or of options together.
func (t *table) eachEffect(do func(e effect)) {
	for _, is := range t.issues {
		for _, o := range is.options {
			for _, e := range o.effects {
				do(e)
			}
		}
	}
	for k := range t.rules {
		for _, e := range t.rules[k].effects {
			do(e)
		}
	}
}

// integer is value × unit, if it fits 61 bits.
func integer(value *big.Rat, unit *big.Int) (int64, bool) {
	v := new(big.Rat).Mul(value, new(big.Rat).SetInt(unit))
	if !v.IsInt() || v.Num().BitLen() > 61 {
		return 0, false
	}
	return v.Num().Int64(), true
}

// lcm makes a the least common multiple of a and b.
func lcm(a, b *big.Int) {
	g := new(big.Int).GCD(nil, nil, a, b)
	a.Mul(a, new(big.Int).Quo(b, g))
}

// centralWeights are the points of every entry, by largest remainder.
func (r *reading) centralWeights() []int64 {
	weight := make([]int64, len(r.t.entries))
	for s := range r.mine {
		r.weigh(s, weight)
	}
	return weight
}

// weigh writes the points of the entries of one side.
func (r *reading) weigh(side int, weight []int64) {
	mine := r.mine[side]
	if len(mine) == 0 {
		return
	}
	for k, w := range bargain.Points(r.t.centralOf(side, r.levels[side]), weightTotal) {
		weight[mine[k]] = w
	}
}

// fillSampled makes the integers with which drawn weights and roles are turned
// into values.
func (r *reading) fillSampled() error {
	t, p := r.t, len(r.t.sides)
	roleUnit := big.NewInt(1)
	for _, e := range t.entries {
		for s := range e.roles {
			lcm(roleUnit, e.roles[s].low.Denom())
			lcm(roleUnit, e.roles[s].high.Denom())
		}
	}
	grid := new(big.Int).Mul(roleUnit, big.NewInt(roleGrid))
	r.sampled = sampledNumbers{low: make([]int64, len(t.entries)*p), span: make([]int64, len(t.entries)*p)}
	for n, e := range t.entries {
		for s := range e.roles {
			if s == e.side {
				continue
			}
			low, ok := integer(e.roles[s].low, grid)
			span, ok2 := integer(new(big.Rat).Sub(e.roles[s].high, e.roles[s].low), roleUnit)
			if !ok || !ok2 {
				return errTooFine
			}
			r.sampled.low[n*p+s], r.sampled.span[n*p+s] = low, span
		}
	}
	return r.fillTerms(grid)
}

func (r *reading) fillTerms(grid *big.Int) error {
	t := r.t
	unit := units(len(t.sides))
	for s, d := range t.disagreement {
		lcm(unit[s], d.Denom())
	}
	t.eachEffect(func(e effect) {
		side, stake := t.entries[e.entry].side, t.stake(e, r.full)
		lcm(unit[side], new(big.Rat).Mul(stake, e.base).Denom())
		lcm(unit[side], new(big.Rat).Mul(stake, e.factor).Denom())
	})
	common(unit)
	r.sampled.terms = make([][][]term, len(t.issues))
	for i, is := range t.issues {
		for _, o := range is.options {
			terms, err := r.termsOf(o.effects, unit, grid)
			if err != nil {
				return err
			}
			r.sampled.terms[i] = append(r.sampled.terms[i], terms)
		}
	}
	for _, k := range r.joint {
		terms, err := r.termsOf(t.rules[k].effects, unit, grid)
		if err != nil {
			return err
		}
		r.sampled.joint = append(r.sampled.joint, terms)
	}
	return r.checkRoom(unit, grid)
}

// termsOf turns effects into integers.
func (r *reading) termsOf(effects []effect, unit []*big.Int, grid *big.Int) ([]term, error) {
	t := r.t
	var out []term
	for _, e := range effects {
		x := term{side: t.entries[e.entry].side, entry: e.entry}
		stake := t.stake(e, r.full)
		var ok, ok2 bool
		x.fixed, ok = integer(new(big.Rat).Mul(stake, e.base), new(big.Int).Mul(unit[x.side], grid))
		x.slope, ok2 = integer(new(big.Rat).Mul(stake, e.factor), unit[x.side])
		if !ok || !ok2 {
			return nil, errTooFine
		}
		for _, s := range e.gain {
			x.gain = append(x.gain, e.entry*len(t.sides)+s)
		}
		for _, s := range e.loss {
			x.loss = append(x.loss, e.entry*len(t.sides)+s)
		}
		out = append(out, x)
	}
	return out, nil
}

// checkRoom makes sure that no drawn value can leave 62 bits, and scales the
// stated disagreement values.
func (r *reading) checkRoom(unit []*big.Int, grid *big.Int) error {
	for s := range unit {
		sum := new(big.Int)
		for _, options := range r.sampled.terms {
			most := new(big.Int)
			for _, o := range options {
				if v := largestTerm(o, s, grid); v.Cmp(most) > 0 {
					most = v
				}
			}
			sum.Add(sum, most)
		}
		for _, o := range r.sampled.joint { // they may all come together
			sum.Add(sum, largestTerm(o, s, grid))
		}
		if sum.Mul(sum, big.NewInt(weightTotal)).BitLen() > 61 {
			return errTooFine
		}
		if r.t.disagreement == nil {
			continue
		}
		full := new(big.Int).Mul(unit[s], grid)
		v, ok := integer(r.t.disagreement[s], full.Mul(full, big.NewInt(weightTotal)))
		if !ok {
			return errTooFine
		}
		r.sampled.base = append(r.sampled.base, v)
	}
	return nil
}

// largestTerm bounds what any one of the terms of a side can be.
func largestTerm(terms []term, side int, grid *big.Int) *big.Int {
	most := new(big.Int)
	for _, x := range terms {
		if x.side == side {
			v := new(big.Int).Abs(big.NewInt(x.fixed))
			slope := new(big.Int).Abs(big.NewInt(x.slope))
			v.Add(v, slope.Mul(slope, new(big.Int).Lsh(grid, 1)))
			if v.Cmp(most) > 0 {
				most = v
			}
		}
	}
	return most
}

// stake is how much of the interest an effect is about.
func (t *table) stake(e effect, full bool) *big.Rat {
	if full {
		return big.NewRat(1, 1)
	}
	return e.stake
}

// central is the effect with every role at the middle of its interval.
func (t *table) central(e effect, full bool) *big.Rat {
	middle := func(i interval) *big.Rat {
		m := new(big.Rat).Add(i.low, i.high)
		return m.Quo(m, big.NewRat(2, 1))
	}
	return t.value(e, full, middle, middle)
}

// worst is the effect with every role at the less favourable end.
func (t *table) worst(e effect, full bool) *big.Rat {
	low := func(i interval) *big.Rat { return i.low }
	high := func(i interval) *big.Rat { return i.high }
	return t.value(e, full, low, high)
}

// best is the effect with every role at the more favourable end.
func (t *table) best(e effect, full bool) *big.Rat {
	low := func(i interval) *big.Rat { return i.low }
	high := func(i interval) *big.Rat { return i.high }
	return t.value(e, full, high, low)
}

func (t *table) value(e effect, full bool, gain, loss func(interval) *big.Rat) *big.Rat {
	roles := t.entries[e.entry].roles
	v := new(big.Rat).Sub(largest(roles, e.gain, gain), largest(roles, e.loss, loss))
	v.Mul(v, e.factor)
	v.Add(v, e.base)
	return v.Mul(v, t.stake(e, full))
}

func largest(roles []interval, sides []int, of func(interval) *big.Rat) *big.Rat {
	best := new(big.Rat)
	for k, s := range sides {
		if v := of(roles[s]); k == 0 || v.Cmp(best) > 0 {
			best = v
		}
	}
	return best
}
