package again

import (
	"cmp"
	"fmt"
	"slices"
)

// judgements tries every one, and keeps those that change a conclusion which no smaller change of the same judgement does.
func (r *reading) judgements(trials []trial, all bool) list {
	type judgement struct {
		weight int
		steps  int
		says   obj
	}
	var found []judgement
	told := map[string]bool{}
	for _, x := range trials {
		other := r.under(x)
		ends, begins := r.consequences(other, x, all)
		fresh := func(of []consequence) []consequence {
			return slices.DeleteFunc(of, func(c consequence) bool {
				key := x.target() + c.key
				was := told[key]
				told[key] = true
				return was
			})
		}
		var fall []int
		for _, n := range r.fallen(other) {
			if key := fmt.Sprint(x.target(), "packages", n); !told[key] {
				told[key], fall = true, append(fall, n)
			}
		}
		ends, begins = fresh(ends), fresh(begins)
		j := judgement{1, x.steps, nil}
		if len(ends)+len(begins) > 0 {
			j.weight = 0
		}
		if fall != nil {
			ends = append(ends, r.packagesFall(fall))
		}
		if len(ends)+len(begins) > 0 {
			j.says = r.judgementSays(x, ends, begins)
			found = append(found, j)
		}
	}
	slices.SortStableFunc(found, func(a, b judgement) int { return cmp.Or(a.steps-b.steps, a.weight-b.weight) })
	out := list{}
	for _, j := range found {
		out = append(out, j.says)
	}
	return out
}

// consequences are the swaps and first steps that end and begin under another table.
func (r *reading) consequences(other *reading, x trial, all bool) (ends, begins []consequence) {
	var held [][]move
	for _, set := range r.swaps {
		if other.serves(set) && other.broken(other.after(set)) == nil {
			held = append(held, set)
		} else {
			ends = append(ends, r.swapFalls(set))
		}
	}
	if all {
		other.moves = r.moves
		about := []int{x.interest}
		if side := r.whose(x); r.means[side] != nil && x.weighs() {
			about = r.of[side] // all of its weights hang together
		}
		for _, set := range other.findSwaps(held, func(m move) bool { return other.touches(m, about) }) {
			begins = append(begins, r.swapFalls(set))
		}
	}
	now := r.inFile(r.wins)
	for _, m := range now {
		if !other.firstStep(m) {
			ends = append(ends, r.stepFalls(m))
		}
	}
	for i, is := range r.Issues {
		for k, o := range is.Options {
			if m := (move{i, k}); o.Act && !slices.Contains(now, m) && other.firstStep(m) {
				begins = append(begins, r.stepFalls(m))
			}
		}
	}
	return ends, begins
}

// serves reports whether at least two sides move, nobody can lose and all who move gain.
func (r *reading) serves(set []move) bool {
	movers, sum := map[int]bool{}, r.least(set)
	for _, m := range set {
		for _, s := range r.option(m).Movers {
			movers[s] = true
		}
	}
	for s := range r.Sides {
		if may, gains := r.loses(s, sum, r.tier); may != nil || movers[s] && !gains {
			return false
		}
	}
	return len(movers) >= 2
}

// touches reports whether a move does anything to some of these interests, by itself or together with others.
func (r *reading) touches(m move, interests []int) bool {
	return r.joins(m, interests) || slices.ContainsFunc(slices.Concat(r.effects[m.issue][m.option], r.effects[m.issue][0]),
		func(e effect) bool { return slices.Contains(interests, e.interest) })
}

// fallen are the numbers of the packages that are no longer mutual or efficient under another table.
func (r *reading) fallen(other *reading) (out []int) {
	for n, x := range r.proposals {
		if other.broken(x.choice) != nil || !other.mutual(x.choice) || !other.table.efficient(x.choice, x.choice, other.base, &rivals{}) {
			out = append(out, n+1)
		}
	}
	return out
}
