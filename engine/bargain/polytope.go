package bargain

import (
	"math/big"
	"slices"
	"sync"

	"parley/engine/linear"
)

// Statement is what a side says about its own weights: the sum of coefficients
// times weights is at least 0. "k matters at least twice as much as l" has 1 at
// k and -2 at l. A coefficient that is nil is 0.
type Statement []*big.Rat

// order reports whether the statement says no more than that one interest
// matters at least as much as another.
func (s Statement) order() (above, below int, ok bool) {
	above, below = -1, -1
	for k, c := range s {
		switch {
		case c == nil || c.Sign() == 0:
		case c.Sign() > 0 && above < 0:
			above = k
		case c.Sign() < 0 && below < 0:
			below = k
		default:
			return 0, 0, false
		}
	}
	if above < 0 || below < 0 {
		return 0, 0, false
	}
	return above, below, new(big.Rat).Add(s[above], s[below]).Sign() == 0
}

// Polytope is the set of weights of one side that are not negative, sum to 1,
// respect its tiers and satisfy its statements. It does not change: several
// goroutines may use it.
//
// Its tiers and those statements that only order two interests are arcs between
// interests; between two tiers stands a joint, an interest that nobody has and
// nothing changes, so that m interests above k take m+k arcs and not m·k.
type Polytope struct {
	n          int
	levels     []int
	statements []Statement
	joints     int
	arcs       []arc // tiers first
	tierArcs   int
	general    []int  // statements that are no arcs
	named      []bool // by interest: whether a statement names it
	witnesses  [][]*big.Int

	once  sync.Once
	drawn *under // how weights are drawn, found when the first are
}

// arc says that the weight of one matters at least as much as that of another;
// from n on they are joints. statement is its number, or -1 for a tier.
type arc struct{ above, below, statement int }

// NewPolytope returns the weights of len(levels) interests that satisfy all
// statements. Levels are as in Centroid.
func NewPolytope(levels []int, statements []Statement) *Polytope {
	p := &Polytope{n: len(levels), levels: slices.Clone(levels), statements: statements}
	p.arrange()
	if len(statements) > 0 {
		p.findWitnesses()
	}
	return p
}

// arrange sorts the tiers and statements into arcs and the rest.
func (p *Polytope) arrange() {
	placed, blocks := order(p.levels)
	for t := 1; t < len(blocks); t++ {
		joint := p.n + p.joints
		p.joints++
		for _, k := range placed[blocks[t-1].from:blocks[t-1].to] {
			p.arcs = append(p.arcs, arc{k, joint, -1})
		}
		if t > 1 {
			p.arcs = append(p.arcs, arc{joint - 1, joint, -1})
		}
		for _, k := range placed[blocks[t].from:blocks[t].to] {
			p.arcs = append(p.arcs, arc{joint, k, -1})
		}
	}
	p.tierArcs = len(p.arcs)
	p.named = make([]bool, p.n)
	for i, s := range p.statements {
		for k, c := range s {
			p.named[k] = p.named[k] || c != nil && c.Sign() != 0
		}
		if above, below, ok := s.order(); ok {
			p.arcs = append(p.arcs, arc{above, below, i})
		} else {
			p.general = append(p.general, i)
		}
	}
}

// findWitnesses keeps, for every interest, weights under which it counts. Most
// changes that can be a loss are one under some of these.
func (p *Polytope) findWitnesses() {
	delta := make([]int64, p.n)
	for k := range delta {
		delta[k] = -1
		if _, w := p.solve(delta); w != nil {
			p.witnesses = append(p.witnesses, w)
		}
		delta[k] = 0
	}
}

// Never reports whether the changes delta[k] of the interests are a loss under
// no weights of the polytope: the necessary preference of robust ordinal
// regression. By tiers alone it is a matter of prefix sums, by any order of
// interests of a minimum closure, else of a linear program; all of
// it in integers or fractions.
func (p *Polytope) Never(delta []int64) bool { return p.Worst(delta) == nil }

// Gains reports whether the changes are a gain under some weights. Together with
// Never it means that they are a gain wherever no statement and no step from tier
// to tier holds with equality.
func (p *Polytope) Gains(delta []int64) bool { return !p.Never(negated(delta)) }

// Possibly reports whether the changes are no loss under some weights: the
// possible preference, which is the negation of a loss under all of them.
func (p *Polytope) Possibly(delta []int64) bool { return !p.Always(negated(delta)) }

// Always reports whether the changes are a gain under all weights. Sums of whole
// numbers over sets of interests are above 0 exactly when they still are at least
// 0 after every interest is charged a small enough part of a unit; with general
// statements the least sum is compared with 0.
func (p *Polytope) Always(delta []int64) bool {
	if len(p.general) > 0 || !p.small(delta, int64(p.n)+1) {
		return p.Least(delta).Sign() > 0
	}
	charged := make([]int64, p.n)
	for k, d := range delta {
		charged[k] = d*int64(p.n+1) - 1
	}
	return p.Never(charged)
}

// Worst returns weights under which the changes are a loss, as whole numbers of
// no particular sum, or nil where there are none.
func (p *Polytope) Worst(delta []int64) []*big.Int {
	for _, w := range p.witnesses {
		if product(w, delta).Sign() < 0 {
			return w
		}
	}
	_, w := p.solve(delta)
	return w
}

// Least returns the smallest sum of weights times changes over the polytope. It
// panics where the polytope is empty.
func (p *Polytope) Least(delta []int64) *big.Rat {
	objective := make([]*big.Rat, p.n+p.joints)
	one := make([]*big.Rat, p.n+p.joints)
	for k, d := range delta {
		objective[k], one[k] = big.NewRat(-d, 1), big.NewRat(1, 1)
	}
	rows := append(p.rows(), linear.Row{Coefficients: one, Sense: linear.Equal, Bound: big.NewRat(1, 1)})
	r := linear.Maximise(linear.Program{Objective: objective, Rows: rows})
	if r.Status != linear.Optimal {
		panic("bargain: a polytope without weights")
	}
	return r.Value.Neg(r.Value)
}

// rows are the arcs and the general statements as conditions on the weights of
// interests and joints.
func (p *Polytope) rows() []linear.Row {
	var rows []linear.Row
	for _, a := range p.arcs {
		c := make([]*big.Rat, p.n+p.joints)
		c[a.above], c[a.below] = big.NewRat(1, 1), big.NewRat(-1, 1)
		rows = append(rows, linear.Row{Coefficients: c, Sense: linear.AtLeast})
	}
	for _, i := range p.general {
		c := make([]*big.Rat, p.n+p.joints)
		copy(c, p.statements[i])
		rows = append(rows, linear.Row{Coefficients: c, Sense: linear.AtLeast})
	}
	return rows
}

// solve finds either prices for arcs and general statements, none below 0, that
// add up to at most the changes, so that no weights make them a loss, or weights
// that do (Farkas). The prices of arcs stand first.
func (p *Polytope) solve(delta []int64) (prices []*big.Rat, loss []*big.Int) {
	if len(p.general) == 0 && p.small(delta, 1) {
		flow, loss := p.cover(delta)
		for _, f := range flow {
			prices = append(prices, big.NewRat(f, 1))
		}
		return prices, loss
	}
	return p.solveGeneral(delta)
}

// solveGeneral leaves out the interests that do not change and that no statement
// names: whatever the others weigh, there is room for them in their tiers.
func (p *Polytope) solveGeneral(delta []int64) (prices []*big.Rat, loss []*big.Int) {
	kept := make([]bool, p.n+p.joints)
	for k := range kept {
		kept[k] = k >= p.n || delta[k] != 0 || p.named[k]
	}
	conditions := p.rows()
	var columns []int
	for j := range conditions {
		if j >= len(p.arcs) || kept[p.arcs[j].above] && kept[p.arcs[j].below] {
			columns = append(columns, j)
		}
	}
	var rows []linear.Row
	for k := range kept {
		if !kept[k] {
			continue
		}
		r := linear.Row{Coefficients: make([]*big.Rat, len(columns))}
		for at, j := range columns {
			r.Coefficients[at] = conditions[j].Coefficients[k]
		}
		if k < p.n {
			r.Bound = big.NewRat(delta[k], 1)
		}
		rows = append(rows, r)
	}
	r := linear.Maximise(linear.Program{Objective: make([]*big.Rat, len(columns)), Rows: rows})
	if r.Status != linear.Optimal {
		return nil, p.filled(kept, r.Dual)
	}
	prices = make([]*big.Rat, len(conditions))
	for j := range prices {
		prices[j] = new(big.Rat)
	}
	for at, j := range columns {
		prices[j] = r.Point[at]
	}
	return prices, nil
}

// filled gives the interests that were left out what the joint below them weighs,
// or nothing.
func (p *Polytope) filled(kept []bool, weights []*big.Rat) []*big.Int {
	all := make([]*big.Rat, len(kept))
	for k := range all {
		all[k] = new(big.Rat)
		if kept[k] {
			all[k], weights = weights[0], weights[1:]
		}
	}
	for _, a := range p.arcs {
		if !kept[a.above] {
			all[a.above] = all[a.below]
		}
	}
	return whole(all)[:p.n]
}

// small reports whether sums of the changes times a number stay far inside 63 bits.
func (p *Polytope) small(delta []int64, times int64) bool {
	const most = 1 << 60
	sum := int64(0)
	for _, d := range delta {
		if d = max(d, -d); d < 0 || d > most/times/int64(p.n+1) {
			return false
		}
		sum += d
	}
	return sum < most
}

// whole multiplies numbers by their common denominator.
func whole(numbers []*big.Rat) []*big.Int {
	unit, g := big.NewInt(1), new(big.Int)
	for _, v := range numbers {
		g.GCD(nil, nil, unit, v.Denom())
		unit.Mul(unit, g.Quo(v.Denom(), g))
	}
	out := make([]*big.Int, len(numbers))
	for k, v := range numbers {
		out[k] = new(big.Int).Mul(v.Num(), g.Quo(unit, v.Denom()))
	}
	return out
}

func negated(delta []int64) []int64 {
	out := make([]int64, len(delta))
	for k, d := range delta {
		out[k] = -d
	}
	return out
}

func product(w []*big.Int, delta []int64) *big.Int {
	sum, x := new(big.Int), new(big.Int)
	for k, d := range delta {
		if d != 0 && w[k].Sign() != 0 {
			sum.Add(sum, x.Mul(x.SetInt64(d), w[k]))
		}
	}
	return sum
}
