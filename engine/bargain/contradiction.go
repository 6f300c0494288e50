package bargain

import (
	"math/big"
	"slices"

	"parley/engine/linear"
)

// Contradiction returns the numbers of a smallest set of statements, none of
// which can be left out, that leave no weights which are all above 0 and fall
// strictly from tier to tier; nil where there are such weights. byTiers says
// whether the set contradicts the tiers and not itself.
func Contradiction(levels []int, statements []Statement) (set []int, byTiers bool) {
	for i := range statements {
		set = append(set, i)
	}
	set = clash(levels, statements, set)
	if set == nil {
		return nil, false
	}
	for i := 0; i < len(set); {
		if smaller := clash(levels, statements, slices.Delete(slices.Clone(set), i, i+1)); smaller != nil {
			set, i = smaller, 0
		} else {
			i++
		}
	}
	none := make([]int, len(levels))
	for k := range none {
		none[k] = Unplaced
	}
	return set, clash(none, statements, set) == nil
}

// clash looks for weights that satisfy the chosen statements as inside does. Where
// there are none it returns those of the statements that the proof of it uses.
func clash(levels []int, statements []Statement, chosen []int) (used []int) {
	var said []Statement
	for _, i := range chosen {
		said = append(said, statements[i])
	}
	p, _, rows := inside(levels, said, nil)
	r := linear.Maximise(linear.Program{Objective: make([]*big.Rat, p.n+p.joints), Rows: rows})
	if r.Status != linear.Infeasible {
		return nil
	}
	used = []int{}
	for j, price := range r.Dual {
		switch {
		case price.Sign() == 0 || j < p.tierArcs || j >= len(p.arcs)+len(p.general):
		case j < len(p.arcs):
			used = append(used, chosen[p.arcs[j].statement])
		default:
			used = append(used, chosen[p.general[j-len(p.arcs)]])
		}
	}
	slices.Sort(used)
	return used
}

// inside are the conditions on weights of at least 1, one more in every tier than
// in the next below, that satisfy all statements: any that are strict can be
// multiplied until they are so. The polytope is that of the interests which a
// statement names or which change, and of are these; for others there is room.
func inside(levels []int, statements []Statement, delta []int64) (p *Polytope, of []int, rows []linear.Row) {
	for k := range levels {
		named := func(s Statement) bool { return s[k] != nil && s[k].Sign() != 0 }
		if delta != nil && delta[k] != 0 || slices.ContainsFunc(statements, named) {
			of = append(of, k)
		}
	}
	p = &Polytope{n: len(of)}
	for _, k := range of {
		p.levels = append(p.levels, levels[k])
	}
	for _, said := range statements {
		s := make(Statement, len(of))
		for at, k := range of {
			s[at] = said[k]
		}
		p.statements = append(p.statements, s)
	}
	p.arrange()
	one := big.NewRat(1, 1)
	rows = p.rows()
	for j, a := range p.arcs[:p.tierArcs] {
		if a.below >= p.n {
			rows[j].Bound = one
		}
	}
	for k := range p.n {
		c := make([]*big.Rat, p.n+p.joints)
		c[k] = one
		rows = append(rows, linear.Row{Coefficients: c, Sense: linear.AtLeast, Bound: one})
	}
	return p, of, rows
}
