package pareto

// maxCells bounds the memory of the grid to 16 MB.
const maxCells = 1 << 22

// grid is a merge of an issue for at most three sides whose points are small
// integers: one cell for every sum of all sides but the last, which holds the
// best candidate for the last side, and one sweep from the top over the cells.
// A table of two sides has one row, a table of one side one cell.
type grid struct {
	rows, columns int
	origin        int     // the cell number that becomes zero
	slots         []int32 // per cell: one more than its candidate, or 0
	found         layer   // one candidate per occupied cell, values left out
	height        []int64 // per candidate: the sum of the last side
	number        []int   // per point of the layer before: its cell
	kept          []int   // candidates that stand
}

// gridPays tells whether the sums of all sides but the last span so few
// integers that looking at each cell is cheaper than sorting.
func (m *merger) gridPays(candidates int) bool {
	if m.sides > 3 {
		return false
	}
	cells := int64(1)
	for p := range m.sides - 1 {
		width := m.high[p] - m.low[p] + 1
		if width > maxCells {
			return false
		}
		cells *= width
	}
	perCandidate := int64(4)
	if m.sides == 3 {
		perCandidate = 64 // the alternative sorts
	}
	return cells <= maxCells && cells/perCandidate <= int64(candidates)
}

func (m *merger) mergeGrid(last *layer, classes []class) *layer {
	g := &m.grid
	g.rows, g.columns, g.origin = 1, 1, 0
	switch m.sides {
	case 2:
		g.columns = int(m.high[0] - m.low[0] + 1)
		g.origin = int(m.low[0])
	case 3:
		g.rows = int(m.high[0] - m.low[0] + 1)
		g.columns = int(m.high[1] - m.low[1] + 1)
		g.origin = int(m.low[0])*g.columns + int(m.low[1])
	}
	g.slots = grow(g.slots, g.rows*g.columns)
	clear(g.slots)
	g.fill(last, classes)
	return g.sweep(last, classes)
}

// at is the cell of a vector, before the origin is taken off.
func (g *grid) at(values []int64) int {
	switch len(values) {
	case 1:
		return 0
	case 2:
		return int(values[0])
	default:
		return int(values[0])*g.columns + int(values[1])
	}
}

// fill puts every candidate into its cell and keeps the best of each cell.
func (g *grid) fill(last *layer, classes []class) {
	final := last.sides - 1
	g.number, g.height = grow(g.number, last.len()), g.height[:0]
	for k := range g.number {
		g.number[k] = g.at(last.at(k)) - g.origin
	}
	f := &g.found
	f.parent, f.class, f.counts = f.parent[:0], f.class[:0], tally{small: f.counts.small[:0]}
	for index, c := range classes {
		move, rise := g.at(c.values), c.values[final]
		for k, from := range g.number {
			cell, height := from+move, last.values[k*last.sides+final]+rise
			slot := int(g.slots[cell]) - 1
			switch {
			case slot < 0:
				f.parent = append(f.parent, int32(k))
				f.class = append(f.class, int32(index))
				f.counts.push(&last.counts, int32(k), c.times)
				g.height = append(g.height, height)
				g.slots[cell] = int32(len(f.parent))
			case height > g.height[slot]:
				f.parent[slot], f.class[slot], g.height[slot] = int32(k), int32(index), height
				f.counts.set(slot, &last.counts, int32(k), c.times)
			case height == g.height[slot]:
				f.counts.add(slot, &last.counts, int32(k), c.times)
			}
		}
	}
}

// sweep keeps a candidate when it is higher than every cell further up in any
// direction: top holds, per column, the highest of the rows above from that
// column on.
func (g *grid) sweep(last *layer, classes []class) *layer {
	g.kept = g.kept[:0]
	const bottom = -1 << 63
	top := make([]int64, g.columns)
	for c := range top {
		top[c] = bottom
	}
	for row := g.rows - 1; row >= 0; row-- {
		best := int64(bottom) // of this row so far
		for column := g.columns - 1; column >= 0; column-- {
			best = max(best, top[column])
			if slot := int(g.slots[row*g.columns+column]) - 1; slot >= 0 && g.height[slot] > best {
				best = g.height[slot]
				g.kept = append(g.kept, slot)
			}
			top[column] = best
		}
	}
	next := emptyLayer(last.sides, len(g.kept))
	for _, slot := range g.kept {
		next.take(&g.found, slot, last, classes)
	}
	return next
}
