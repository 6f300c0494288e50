package deal

import (
	"slices"

	"parley/engine/coalition"
)

// goingBack judges a package as a state of a conflict in which every side that
// moves in it may go back on its moves, once and for good.
func (f *formats) goingBack(choice []int) []GoingBack {
	movers := f.movers(choice)
	states, at := []coalition.Group{0}, map[coalition.Group]int{0: 0}
	for g := coalition.Group(1); g < 1<<f.n; g++ {
		if _, ok := f.after(choice, g); ok && g.Within(movers) {
			at[g] = len(states)
			states = append(states, g)
		}
	}
	g := coalition.Graph{Moves: make([][][]int, f.n), Worth: make([][]int64, f.n)}
	for _, gone := range states {
		left, _ := f.after(choice, gone)
		values := f.s.readings[0].space.Value(left)
		for p := range f.n {
			var moves []int
			if to, ok := at[gone.With(p)]; ok && !gone.Has(p) {
				moves = []int{to}
			}
			g.Moves[p] = append(g.Moves[p], moves)
			g.Worth[p] = append(g.Worth[p], values[p])
		}
	}
	out := []GoingBack{}
	for _, p := range movers.Members() {
		alone, ok := at[coalition.Of(p)]
		if !ok {
			continue
		}
		s := g.Judge(p, 0)
		b := GoingBack{Side: f.s.q.labels.sides[p].id, Held: heldBy(s), Answer: []string{}, AtOnce: Amount(g.Worth[p][alone] - g.Worth[p][0])}
		if len(s.Answers) > 0 && s.Answers[0] >= 0 {
			b.Answer = f.names(states[s.Answers[0]].Without(p))
		}
		out = append(out, b)
	}
	return out
}

// heldBy says what holds a side to a package, in the words of GoingBack.
func heldBy(s coalition.Stability) string {
	switch {
	case s.Nash:
		return "no-gain"
	case s.Sequential:
		return "credible"
	case s.General:
		return "costly" // nobody can return, so no answer can be escaped from
	}
	return "nothing"
}

// movers are the sides that give something up in a package.
func (f *formats) movers(choice []int) coalition.Group {
	var g coalition.Group
	for i, k := range choice {
		if k > 0 {
			g |= coalition.Of(f.s.q.table.issues[i].options[k].movers...)
		}
	}
	return g
}

// after is what is left of a package when some have gone back on their moves:
// those issues fall back to the status quo, and so does whatever the rules of the
// table then no longer allow. It is not ok where nothing feasible is left.
func (f *formats) after(choice []int, gone coalition.Group) ([]int, bool) {
	left := slices.Clone(choice)
	for i, k := range choice {
		if coalition.Of(f.s.q.table.issues[i].options[k].movers...)&gone != 0 {
			left[i] = 0
		}
	}
	rules := f.s.readings[0].space.Rules
	for range len(left) {
		before := slices.Clone(left)
		var named []int
		for _, r := range rules {
			if !r.Keeps(before) {
				named = append(named, r.Issues()...)
			}
		}
		for _, i := range named {
			left[i] = 0
		}
		if slices.Equal(before, left) {
			return left, len(named) == 0
		}
	}
	return left, f.s.readings[0].space.Feasible(left)
}
