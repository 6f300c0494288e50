package linear

import (
	"math/big"
	"slices"
)

// tableau is a system of equations in integers over one common denominator d,
// which is above 0 (Edmonds 1967, Bareiss 1968: no fraction is ever reduced):
//
//	d basic[i] + sum over j of cell[i][j] free[j] = cell[i][last]
//
// The row after the basic ones is the objective in the same form. Every number
// stands for a variable: 0..n-1 those of the program, then a slack for each
// half of a row, then the surplus of the first phase.
type tableau struct {
	n     int
	basic []int
	free  []int
	cell  [][]*big.Int // one row more than basic, one column more than free
	d     *big.Int

	half      []half // by slack
	objective *big.Int
	s, p      *big.Int // scratch
}

// half is a row of the program as "at most", or the other half of an equation:
// times is what it was multiplied by, below 0 where it was turned around.
type half struct {
	row   int
	times *big.Rat
}

func newTableau(n int, rows []Row) *tableau {
	t := &tableau{n: n, d: big.NewInt(1), objective: big.NewInt(1), s: new(big.Int), p: new(big.Int)}
	for j := range n {
		t.free = append(t.free, j)
	}
	for i, r := range rows {
		if len(r.Coefficients) != n {
			panic("linear: a row has another number of coefficients than there are variables")
		}
		whole := append(slices.Clone(r.Coefficients), r.Bound)
		if r.Sense != AtLeast {
			t.addHalf(i, whole, 1)
		}
		if r.Sense != AtMost {
			t.addHalf(i, whole, -1)
		}
	}
	t.cell = append(t.cell, zeros(n+1))
	return t
}

func (t *tableau) addHalf(row int, numbers []*big.Rat, sign int64) {
	cells, scale := integers(numbers)
	for _, c := range cells {
		c.Mul(c, t.p.SetInt64(sign))
	}
	t.basic = append(t.basic, t.n+len(t.half))
	t.half = append(t.half, half{row, new(big.Rat).SetFrac(scale.Mul(scale, t.p.SetInt64(sign)), big.NewInt(1))})
	t.cell = append(t.cell, cells)
}

// integers multiplies numbers by the least common denominator, which is the scale.
func integers(numbers []*big.Rat) (out []*big.Int, scale *big.Int) {
	scale = big.NewInt(1)
	g := new(big.Int)
	for _, v := range numbers {
		if v != nil {
			g.GCD(nil, nil, scale, v.Denom())
			scale.Mul(scale, g.Quo(v.Denom(), g))
		}
	}
	for _, v := range numbers {
		c := new(big.Int)
		if v != nil {
			c.Mul(c.Quo(scale, v.Denom()), v.Num())
		}
		out = append(out, c)
	}
	return out, scale
}

func zeros(n int) []*big.Int {
	out := make([]*big.Int, n)
	for k := range out {
		out[k] = new(big.Int)
	}
	return out
}

func (t *tableau) clone() *tableau {
	c := *t
	c.basic, c.free = slices.Clone(t.basic), slices.Clone(t.free)
	c.d, c.s, c.p = new(big.Int).Set(t.d), new(big.Int), new(big.Int)
	c.cell = make([][]*big.Int, len(t.cell))
	for i, row := range t.cell {
		c.cell[i] = make([]*big.Int, len(row))
		for j, v := range row {
			c.cell[i][j] = new(big.Int).Set(v)
		}
	}
	return &c
}

// The last column has the constants, the last row the objective.
func (t *tableau) lastColumn() int      { return len(t.free) }
func (t *tableau) target() []*big.Int   { return t.cell[len(t.basic)] }
func (t *tableau) bound(i int) *big.Int { return t.cell[i][len(t.free)] }

// pivot exchanges a basic variable for a free one.
func (t *tableau) pivot(row, column int) {
	pivot := new(big.Int).Set(t.cell[row][column])
	for i, cells := range t.cell {
		if i == row {
			continue
		}
		factor := t.s.Set(cells[column])
		for j, v := range cells {
			if j == column {
				continue
			}
			v.Mul(v, pivot)
			if factor.Sign() != 0 {
				v.Sub(v, t.p.Mul(factor, t.cell[row][j]))
			}
			if v.Sign() != 0 {
				v.Quo(v, t.d)
			}
		}
		cells[column].Neg(cells[column])
	}
	t.cell[row][column].Set(t.d)
	t.d.Set(pivot)
	if t.d.Sign() < 0 {
		t.d.Neg(t.d)
		for _, cells := range t.cell {
			for _, v := range cells {
				v.Neg(v)
			}
		}
	}
	t.basic[row], t.free[column] = t.free[column], t.basic[row]
}

// setObjective writes the objective in terms of the free variables.
func (t *tableau) setObjective(objective []*big.Rat) {
	if len(objective) != t.n {
		panic("linear: the objective has another number of coefficients than there are variables")
	}
	wanted, scale := integers(objective)
	t.objective = scale
	target := zeros(t.lastColumn() + 1)
	for i, v := range t.basic {
		if v < t.n && wanted[v].Sign() != 0 {
			for j, c := range t.cell[i] {
				target[j].Add(target[j], t.p.Mul(wanted[v], c))
			}
		}
	}
	for j, v := range t.free {
		if v < t.n {
			target[j].Sub(target[j], t.p.Mul(wanted[v], t.d))
		}
	}
	t.cell[len(t.basic)] = target
}

func (t *tableau) value() *big.Rat {
	return new(big.Rat).SetFrac(t.target()[t.lastColumn()], t.s.Mul(t.d, t.objective))
}

func (t *tableau) point() []*big.Rat {
	out := make([]*big.Rat, t.n)
	for j := range out {
		out[j] = new(big.Rat)
	}
	for i, v := range t.basic {
		if v < t.n {
			out[v].SetFrac(t.bound(i), t.d)
		}
	}
	return out
}

// ray is the direction in which a free variable grows and takes the others along.
func (t *tableau) ray(column int) []*big.Rat {
	out := make([]*big.Rat, t.n)
	for j := range out {
		out[j] = new(big.Rat)
	}
	if v := t.free[column]; v < t.n {
		out[v].SetInt64(1)
	}
	for i, v := range t.basic {
		if v < t.n {
			out[v].SetFrac(t.s.Neg(t.cell[i][column]), t.d)
		}
	}
	return out
}

// prices are what the free slacks cost in the objective, by row of the program.
func (t *tableau) prices(senses []Sense) []*big.Rat {
	out := make([]*big.Rat, len(senses))
	for i := range out {
		out[i] = new(big.Rat)
	}
	for j, v := range t.free {
		if v < t.n || v >= t.n+len(t.half) {
			continue
		}
		h := t.half[v-t.n]
		price := new(big.Rat).SetFrac(t.target()[j], t.s.Mul(t.d, t.objective))
		out[h.row].Add(out[h.row], price.Mul(price, h.times))
	}
	return out
}
