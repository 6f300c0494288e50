package linear

import "math/big"

// makeFeasible is the first phase: a surplus, taken off every sum, makes any
// start feasible, and is made as small as it goes. Where it cannot be 0, the
// objective row proves that nothing is feasible.
func (t *tableau) makeFeasible() bool {
	worst := -1
	for i := range t.basic {
		if t.bound(i).Sign() < 0 && (worst < 0 || t.bound(i).Cmp(t.bound(worst)) < 0) {
			worst = i
		}
	}
	if worst < 0 {
		return true
	}
	surplus := t.n + len(t.half)
	t.insertSurplus(surplus)
	t.pivot(worst, len(t.free)-1)
	t.improve()
	if t.target()[t.lastColumn()].Sign() < 0 {
		return false
	}
	t.dropSurplus(surplus)
	return true
}

// insertSurplus adds a free variable that every slack grows by, to be minimised.
func (t *tableau) insertSurplus(surplus int) {
	last := t.lastColumn()
	t.free = append(t.free, surplus)
	for i, cells := range t.cell {
		one := big.NewInt(-1)
		if i == len(t.basic) {
			one.SetInt64(1)
		}
		t.cell[i] = append(cells[:last:last], one, cells[last])
	}
}

// dropSurplus removes the surplus, which is 0.
func (t *tableau) dropSurplus(surplus int) {
	for i, v := range t.basic {
		if v != surplus {
			continue
		}
		column := 0
		for t.cell[i][column].Sign() == 0 {
			column++
		}
		t.pivot(i, column)
		break
	}
	for j, v := range t.free {
		if v != surplus {
			continue
		}
		t.free = append(t.free[:j], t.free[j+1:]...)
		for i, cells := range t.cell {
			t.cell[i] = append(cells[:j], cells[j+1:]...)
		}
		break
	}
}

// improve pivots until the objective is as large as it goes and returns -1, or
// the column along which it grows for ever. The variable that promises most
// enters; once a step gains nothing, Bland's rule (1977), which cannot cycle,
// holds until one does.
func (t *tableau) improve() (unbounded int) {
	careful := false
	for {
		column := t.entering(careful)
		if column < 0 {
			return -1
		}
		row := t.leaving(column)
		if row < 0 {
			return column
		}
		careful = t.bound(row).Sign() == 0
		t.pivot(row, column)
	}
}

func (t *tableau) entering(careful bool) int {
	best := -1
	target := t.target()
	for j, v := range t.free {
		if target[j].Sign() >= 0 {
			continue
		}
		c := 0
		if best >= 0 && !careful {
			c = target[j].Cmp(target[best])
		}
		if best < 0 || c < 0 || c == 0 && v < t.free[best] {
			best = j
		}
	}
	return best
}

// leaving is the basic variable that first becomes 0 as a free one grows; of
// several the surplus of the first phase, else that of the smallest number.
func (t *tableau) leaving(column int) int {
	best := -1
	surplus := t.n + len(t.half)
	a, b := new(big.Int), new(big.Int)
	for i, v := range t.basic {
		if t.cell[i][column].Sign() <= 0 {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		c := a.Mul(t.bound(i), t.cell[best][column]).Cmp(b.Mul(t.bound(best), t.cell[i][column]))
		if c < 0 || c == 0 && t.basic[best] != surplus && (v == surplus || v < t.basic[best]) {
			best = i
		}
	}
	return best
}
