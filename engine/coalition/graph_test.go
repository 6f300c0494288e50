package coalition_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/coalition"
)

// randomConflict draws two to four sides and up to six states.
func randomConflict(t *rapid.T) coalition.Graph {
	sides, states := rapid.IntRange(2, 4).Draw(t, "sides"), rapid.IntRange(2, 6).Draw(t, "states")
	var g coalition.Graph
	for range sides {
		moves := make([][]int, states)
		for s := range moves {
			for to := range states {
				if to != s && rapid.IntRange(0, 3).Draw(t, "move") == 0 {
					moves[s] = append(moves[s], to)
				}
			}
		}
		g.Moves = append(g.Moves, moves)
		g.Worth = append(g.Worth, rapid.SliceOfN(rapid.Int64Range(0, 4), states, states).Draw(t, "worth"))
	}
	return g
}

// reachByForce follows every legal sequence of at most so many moves.
func reachByForce(g coalition.Graph, group coalition.Group, state, last, left int, improving bool, out map[int]bool) {
	if left == 0 {
		return
	}
	for _, side := range group.Members() {
		if side == last {
			continue
		}
		for _, to := range g.Moves[side][state] {
			if improving && g.Worth[side][to] <= g.Worth[side][state] {
				continue
			}
			out[to] = true
			reachByForce(g, group, to, side, left-1, improving, out)
		}
	}
}

func TestReachAgainstEverySequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomConflict(t)
		states := len(g.Worth[0])
		if states > 4 {
			t.Skip("too many sequences to follow")
		}
		group := coalition.Group(rapid.IntRange(1, 1<<g.Sides()-1).Draw(t, "group"))
		from, improving := rapid.IntRange(0, states-1).Draw(t, "from"), rapid.Bool().Draw(t, "improving")
		// A shortest sequence repeats no pair of state and last mover.
		want := map[int]bool{}
		reachByForce(g, group, from, -1, min(7, states*group.Size()), improving, want)
		got := g.Reach(group, from, improving)
		for s := range states {
			if slices.Contains(got, s) && !want[s] && states*group.Size() <= 7 {
				t.Fatalf("%v reaches %d from %d only in the engine", group.Members(), s, from)
			}
			if want[s] && !slices.Contains(got, s) {
				t.Fatalf("%v reaches %d from %d, the engine does not: %v", group.Members(), s, from, got)
			}
		}
	})
}

// judgeByForce writes the definitions out once more, from sets.
func judgeByForce(g coalition.Graph, side, state int) coalition.Stability {
	others := coalition.All(g.Sides()).Without(side)
	better := func(s int) bool { return g.Worth[side][s] > g.Worth[side][state] }
	s := coalition.Stability{Nash: true, General: true, Symmetric: true, Sequential: true}
	for _, m := range g.Moves[side][state] {
		if !better(m) {
			continue
		}
		s.Nash = false
		any := map[int]bool{}
		reachByForce(g, others, m, -1, 7, false, any)
		credible := map[int]bool{}
		reachByForce(g, others, m, -1, 7, true, credible)
		general, symmetric, sequential := false, false, false
		for t := range any {
			escapes := slices.ContainsFunc(g.Moves[side][t], better)
			general = general || !better(t)
			symmetric = symmetric || !better(t) && !escapes
		}
		for t := range credible {
			sequential = sequential || !better(t)
		}
		s.General, s.Symmetric, s.Sequential = s.General && general, s.Symmetric && symmetric, s.Sequential && sequential
	}
	return s
}

func TestStabilityAgainstTheDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomConflict(t)
		states := len(g.Worth[0])
		if states > 3 || g.Sides() > 3 {
			t.Skip("sequences of seven moves may not be all")
		}
		for side := range g.Sides() {
			for state := range states {
				got, want := g.Judge(side, state), judgeByForce(g, side, state)
				got.Answers = nil
				if got.Nash != want.Nash || got.General != want.General || got.Symmetric != want.Symmetric || got.Sequential != want.Sequential {
					t.Fatalf("state %d for side %d: got %+v, want %+v in %+v", state, side, got, want, g)
				}
			}
		}
	})
}

// TestStabilitiesFollowFromEachOther: Nash implies all, symmetric implies general,
// sequential implies general; with two sides and every answer checked.
func TestStabilitiesFollowFromEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomConflict(t)
		for side := range g.Sides() {
			for state := range len(g.Worth[0]) {
				s := g.Judge(side, state)
				if s.Nash && !(s.General && s.Symmetric && s.Sequential) || s.Symmetric && !s.General || s.Sequential && !s.General {
					t.Fatalf("state %d for side %d: %+v", state, side, s)
				}
				if len(s.Answers) != len(g.Improvements(side, state)) {
					t.Fatalf("%d answers to %d improvements", len(s.Answers), len(g.Improvements(side, state)))
				}
				if answered := !slices.Contains(s.Answers, -1); answered != s.General {
					t.Fatalf("answers %v, and general stability is %v", s.Answers, s.General)
				}
			}
		}
	})
}
