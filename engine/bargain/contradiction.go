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
	if possible(levels, statements, set) {
		return nil, false
	}
	for i := 0; i < len(set); {
		if without := slices.Delete(slices.Clone(set), i, i+1); !possible(levels, statements, without) {
			set = without
		} else {
			i++
		}
	}
	none := make([]int, len(levels))
	for k := range none {
		none[k] = Unplaced
	}
	return set, possible(none, statements, set)
}

// possible looks for weights of at least 1, one more in every tier than in the
// next below, that satisfy the chosen statements. Any that are strict can be
// multiplied until they are so.
func possible(levels []int, statements []Statement, chosen []int) bool {
	var some []Statement
	for _, i := range chosen {
		some = append(some, statements[i])
	}
	p := Polytope{n: len(levels), levels: levels, statements: some}
	p.arrange()
	one := big.NewRat(1, 1)
	rows := p.rows()
	for i, a := range p.arcs[:p.tierArcs] {
		if a.below >= p.n {
			rows[i].Bound = one
		}
	}
	for k := range p.n {
		c := make([]*big.Rat, p.n+p.joints)
		c[k] = one
		rows = append(rows, linear.Row{Coefficients: c, Sense: linear.AtLeast, Bound: one})
	}
	return !linear.Prepare(p.n+p.joints, rows).Empty()
}
