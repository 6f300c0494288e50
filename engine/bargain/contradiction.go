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

// clash looks for weights of at least 1, one more in every tier than in the next
// below, that satisfy the chosen statements: any that are strict can be
// multiplied until they are so. Where there are none it returns those of the
// statements that the proof of it uses. Interests that no statement names are
// left out; there is room for them.
func clash(levels []int, statements []Statement, chosen []int) (used []int) {
	var of []int // interests that matter
	for k := range levels {
		if slices.ContainsFunc(chosen, func(i int) bool { c := statements[i][k]; return c != nil && c.Sign() != 0 }) {
			of = append(of, k)
		}
	}
	p := Polytope{n: len(of)}
	for _, k := range of {
		p.levels = append(p.levels, levels[k])
	}
	for _, i := range chosen {
		s := make(Statement, len(of))
		for at, k := range of {
			s[at] = statements[i][k]
		}
		p.statements = append(p.statements, s)
	}
	p.arrange()
	one := big.NewRat(1, 1)
	rows := p.rows()
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
