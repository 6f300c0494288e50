// Package linear solves small linear programs exactly, in fractions: no
// tolerance decides anything.
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
// coefficient for each, at most, at least or equal to the bound.
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
type Result struct {
	Status Status
	Value  *big.Rat
	Point  []*big.Rat
	Dual   []*big.Rat
}

// Maximise solves a program. The result depends on the program alone; of several
// optimal points it is always the same one.
func Maximise(p Program) Result { panic("not built yet") }
