package bargain

import (
	"math/big"
	"slices"
)

// plane is what all directions lie in: some weights follow from the others.
type plane struct {
	pivots []pivot
	spread int64 // by which free directions are multiplied
}

// pivot gives a weight's direction from those of the free weights.
type pivot struct {
	k  int
	by []int64 // times direction, over spread
}

// solve solves the inequalities that hold with equality, and that the sum stays,
// for as many weights as it can. It is false where the numbers are too large.
func (p *plane) solve(n int, from []inequality) bool {
	var rows [][]*big.Rat
	add := func(q inequality) {
		row := make([]*big.Rat, n)
		for k := range row {
			row[k] = new(big.Rat)
		}
		for i, k := range q.at {
			row[k].SetInt64(q.by[i])
		}
		rows = append(rows, row)
	}
	all := inequality{}
	for k := range n {
		all.at, all.by = append(all.at, k), append(all.by, 1)
	}
	add(all)
	for _, q := range from {
		if q.equal {
			add(q)
		}
	}
	at, pivots := 0, []int{}
	for k := n - 1; k >= 0 && at < len(rows); k-- {
		if eliminate(rows, at, k) {
			pivots = append(pivots, k)
			at++
		}
	}
	var numbers []*big.Rat
	for _, row := range rows[:at] {
		numbers = append(numbers, row...)
	}
	scaled := whole(numbers)
	unit := scaled[pivots[0]] // that of the first row, which is the spread in every row
	if unit.BitLen() > mostSpread {
		return false
	}
	p.spread = unit.Int64()
	for i, k := range pivots {
		v := pivot{k: k, by: make([]int64, n)}
		for j, c := range scaled[i*n : (i+1)*n] {
			if c.BitLen() > mostSpread {
				return false
			}
			if j != k {
				v.by[j] = -c.Int64()
			}
		}
		p.pivots = append(p.pivots, v)
	}
	return true
}

// project brings a direction into the plane.
func (p *plane) project(d []int64) {
	for _, v := range p.pivots {
		d[v.k] = 0
	}
	follows := make([]int64, len(p.pivots))
	for i, v := range p.pivots {
		for j, c := range v.by {
			follows[i] += c * d[j]
		}
	}
	for k := range d {
		d[k] *= p.spread
	}
	for i, v := range p.pivots {
		d[v.k] = follows[i]
	}
}

// eliminate makes column k that of row at, where some row from there on has it.
func eliminate(rows [][]*big.Rat, at, k int) bool {
	from := slices.IndexFunc(rows[at:], func(row []*big.Rat) bool { return row[k].Sign() != 0 })
	if from < 0 {
		return false
	}
	rows[at], rows[at+from] = rows[at+from], rows[at]
	inverse := new(big.Rat).Inv(rows[at][k])
	for _, c := range rows[at] {
		c.Mul(c, inverse)
	}
	for i, row := range rows {
		if i == at || row[k].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(row[k])
		for j, c := range row {
			c.Sub(c, new(big.Rat).Mul(factor, rows[at][j]))
		}
	}
	return true
}
