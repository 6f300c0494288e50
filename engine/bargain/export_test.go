package bargain

// Walking is the polytope drawn from by walks alone.
func Walking(levels []int, statements []Statement) *Polytope {
	p := NewPolytope(levels, statements)
	p.law()
	_, own, _ := p.inequalities()
	p.drawn = &under{statements: own, walk: p.newWalk()}
	return p
}

// Walks reports whether weights are drawn by walks.
func (p *Polytope) Walks() bool { return p.law().walk != nil }

// Statements are those of the polytope.
func (p *Polytope) Statements() []Statement { return p.statements }

// Tight reports whether a statement always holds with equality.
func (p *Polytope) Tight(i int) bool { return len(p.statements) > 0 && p.law().statements[i].equal }

// Thousandths is what whole thousandths of full a loss is, as regret has it.
func Thousandths(loss, full uint64) uint64 { return newThousandth(full).of(loss) }
