package again

import "math/big"

// program is a linear program over weights, none below 0, that sum to at most 1: every row's weighted sum is at least 0.
type program struct {
	rows  [][]*big.Rat
	table [][]*big.Rat // by row: what it has of each free variable, then its bound; last the objective
	free  []int        // by column
	basic []int        // by row
}

// most is the largest weighted sum of an objective, and weights that reach it. No weights at all satisfy every row, so the
// simplex method begins there; the free variable and the row with the smallest number are taken (Bland 1977), so it ends.
func (p *program) most(objective []*big.Rat) (*big.Rat, []*big.Rat) {
	n, m := len(objective), len(p.rows)
	p.table, p.free, p.basic = make([][]*big.Rat, m+2), nil, nil
	for i := range p.table {
		row := make([]*big.Rat, n+1)
		for j := range n {
			switch {
			case i < m:
				row[j] = new(big.Rat).Neg(p.rows[i][j])
			case i == m:
				row[j] = big.NewRat(1, 1)
			default:
				row[j] = new(big.Rat).Neg(objective[j])
			}
		}
		row[n] = big.NewRat(int64(map[bool]int{true: 1}[i == m]), 1)
		p.table[i] = row
	}
	for j := range n {
		p.free = append(p.free, j)
	}
	for i := range m + 1 {
		p.basic = append(p.basic, n+i)
	}
	for {
		j := -1
		for k, v := range p.free {
			if p.table[m+1][k].Sign() < 0 && (j < 0 || v < p.free[j]) {
				j = k
			}
		}
		if j < 0 {
			break
		}
		p.pivot(p.leaving(j), j)
	}
	out := make([]*big.Rat, n)
	for k := range out {
		out[k] = new(big.Rat)
	}
	for i, v := range p.basic {
		if v < n {
			out[v] = p.table[i][n]
		}
	}
	return p.table[m+1][n], out
}

// leaving is the row that bounds a free variable first; that of the sum bounds all.
func (p *program) leaving(j int) (at int) {
	at = -1
	var least *big.Rat
	for i := range p.basic {
		if p.table[i][j].Sign() <= 0 {
			continue
		}
		ratio := new(big.Rat).Quo(p.table[i][len(p.free)], p.table[i][j])
		if c := 0; at >= 0 {
			if c = ratio.Cmp(least); c > 0 || c == 0 && p.basic[i] > p.basic[at] {
				continue
			}
		}
		at, least = i, ratio
	}
	return at
}

// pivot exchanges a basic variable with a free one.
func (p *program) pivot(i, j int) {
	by := new(big.Rat).Inv(p.table[i][j])
	for k := range p.table[i] {
		if k != j {
			p.table[i][k] = mul(p.table[i][k], by)
		}
	}
	for r, row := range p.table {
		if r == i || row[j].Sign() == 0 {
			continue
		}
		for k := range row {
			if k != j && p.table[i][k].Sign() != 0 {
				row[k] = new(big.Rat).Sub(row[k], mul(row[j], p.table[i][k]))
			}
		}
		row[j] = new(big.Rat).Neg(mul(row[j], by))
	}
	p.table[i][j] = by
	p.basic[i], p.free[j] = p.free[j], p.basic[i]
}
