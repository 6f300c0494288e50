// Package linear solves small linear programs exactly, in fractions: no
// tolerance decides anything. It is dense and knows no integer variables.
package linear

import "math/big"

// Sense says how a row's sum relates to its bound.
type Sense int

const (
	AtMost Sense = iota
	AtLeast
	Equal
)

// Row is a condition on the variables: coefficients times variables, one
// coefficient for each, at most, at least or equal to the bound. A coefficient
// or a bound that is nil is 0.
type Row struct {
	Coefficients []*big.Rat
	Sense        Sense
	Bound        *big.Rat
}

// Program asks for variables, none negative, that satisfy every row and make
// objective times variables as large as possible.
type Program struct {
	Objective []*big.Rat
	Rows      []Row
}

// Status is how a program ends.
type Status int

const (
	Optimal Status = iota
	Infeasible
	Unbounded
)

// Result is an optimal point and its value, where there is one. Dual has one
// price for each row, which proves the value: prices times bounds equal it.
// Where nothing is feasible, Dual proves that: the rows times their prices add
// up to a condition that no variables satisfy. Where the value has no bound,
// Point is feasible and stays so however far it goes along Ray. Program.Prove
// checks all of it.
type Result struct {
	Status Status
	Value  *big.Rat
	Point  []*big.Rat
	Dual   []*big.Rat
	Ray    []*big.Rat
}

// Maximise solves a program. The result depends on the program alone; of several
// optimal points it is always the same one.
func Maximise(p Program) Result {
	return Prepare(len(p.Objective), p.Rows).Maximise(p.Objective)
}

// Region is the set of points that satisfy some rows, prepared for many
// objectives. It does not change: several goroutines may use it.
type Region struct {
	start  *tableau // feasible, without an objective
	proof  []*big.Rat
	senses []Sense
}

// Prepare finds a first point of the region of some rows in n variables. It
// panics where a row does not have n coefficients.
func Prepare(n int, rows []Row) *Region {
	g := &Region{start: newTableau(n, rows)}
	for _, r := range rows {
		g.senses = append(g.senses, r.Sense)
	}
	if !g.start.makeFeasible() {
		g.proof = g.start.prices(g.senses)
		g.start = nil
	}
	return g
}

// Empty reports whether no point satisfies the rows.
func (g *Region) Empty() bool { return g.start == nil }

// Maximise finds the point of the region at which an objective is largest. The
// result depends on the region and the objective alone.
func (g *Region) Maximise(objective []*big.Rat) Result {
	if g.Empty() {
		return Result{Status: Infeasible, Dual: g.proof}
	}
	t := g.start.clone()
	t.setObjective(objective)
	ray := t.improve()
	out := Result{Point: t.point()}
	if ray >= 0 {
		out.Status, out.Ray = Unbounded, t.ray(ray)
		return out
	}
	out.Value, out.Dual = t.value(), t.prices(g.senses)
	return out
}
