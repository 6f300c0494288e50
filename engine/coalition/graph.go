package coalition

import "slices"

// Graph is a conflict as the graph model sees it: states, and for each side the
// states it can move to by itself from every state. A move without a way back is
// irreversible; a state that cannot be is left out. Worth orders the states for
// each side: more is better, and only the order counts.
//
// L. Fang, K. W. Hipel and D. M. Kilgour, Interactive Decision Making: The Graph
// Model for Conflict Resolution, Wiley, 1993.
type Graph struct {
	Moves [][][]int // by side and state, each list ascending
	Worth [][]int64 // by side and state
}

// Sides is the number of sides.
func (g Graph) Sides() int { return len(g.Moves) }

// Improvements are the states a side can move to by itself and prefers.
func (g Graph) Improvements(side, state int) []int {
	var out []int
	for _, t := range g.Moves[side][state] {
		if g.Worth[side][t] > g.Worth[side][state] {
			out = append(out, t)
		}
	}
	return out
}

// Reach lists the states that a group can bring about from a state by legal
// sequences: its members move one at a time, none of them twice in a row. Where
// improving is true every move is one that its mover prefers.
func (g Graph) Reach(group Group, state int, improving bool) []int {
	moves := func(side, s int) []int {
		if improving {
			return g.Improvements(side, s)
		}
		return g.Moves[side][s]
	}
	type step struct{ state, last int }
	seen := map[step]bool{}
	var queue []step
	var out []int
	from := func(s, last int) {
		for _, side := range group.Members() {
			if side == last {
				continue
			}
			for _, t := range moves(side, s) {
				if next := (step{t, side}); !seen[next] {
					seen[next] = true
					queue = append(queue, next)
					if !slices.Contains(out, t) {
						out = append(out, t)
					}
				}
			}
		}
	}
	from(state, -1)
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		from(next.state, next.last)
	}
	slices.Sort(out)
	return out
}

// Stability says in which senses a state is stable for a side.
type Stability struct {
	Nash       bool // no move of its own improves its state
	General    bool // GMR: the others can answer every improvement with something not better for it
	Symmetric  bool // SMR: and it cannot escape from that answer either
	Sequential bool // SEQ: and every step of the answer improves the state of whoever takes it
	// Answers has one entry for each improvement, in the order of Improvements:
	// the state that answers it, -1 where none does. Of several answers it is the
	// first that is credible, else the first without escape, else the first.
	Answers []int
}

// Judge says how stable a state is for a side.
func (g Graph) Judge(side, state int) Stability {
	others := All(g.Sides()).Without(side)
	s := Stability{General: true, Symmetric: true, Sequential: true}
	for _, m := range g.Improvements(side, state) {
		bad := func(t int) bool { return g.Worth[side][t] <= g.Worth[side][state] }
		caught := func(t int) bool {
			return bad(t) && !slices.ContainsFunc(g.Moves[side][t], func(u int) bool { return !bad(u) })
		}
		answers := g.Reach(others, m, false)
		credible := g.Reach(others, m, true)
		plain, held, sure := slices.IndexFunc(answers, bad), slices.IndexFunc(answers, caught), slices.IndexFunc(credible, bad)
		s.General = s.General && plain >= 0
		s.Symmetric = s.Symmetric && held >= 0
		s.Sequential = s.Sequential && sure >= 0
		answer := -1
		switch {
		case sure >= 0:
			answer = credible[sure]
		case held >= 0:
			answer = answers[held]
		case plain >= 0:
			answer = answers[plain]
		}
		s.Answers = append(s.Answers, answer)
	}
	s.Nash = len(s.Answers) == 0
	return s
}

// Equilibria lists the states that are stable for every side, in each sense.
func (g Graph) Equilibria() (nash, general, symmetric, sequential []int) {
	for state := range g.states() {
		every := Stability{Nash: true, General: true, Symmetric: true, Sequential: true}
		for side := range g.Sides() {
			s := g.Judge(side, state)
			every.Nash = every.Nash && s.Nash
			every.General = every.General && s.General
			every.Symmetric = every.Symmetric && s.Symmetric
			every.Sequential = every.Sequential && s.Sequential
		}
		for _, list := range []struct {
			holds bool
			to    *[]int
		}{{every.Nash, &nash}, {every.General, &general}, {every.Symmetric, &symmetric}, {every.Sequential, &sequential}} {
			if list.holds {
				*list.to = append(*list.to, state)
			}
		}
	}
	return nash, general, symmetric, sequential
}

func (g Graph) states() int {
	if g.Sides() == 0 {
		return 0
	}
	return len(g.Worth[0])
}
