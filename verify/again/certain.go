package again

import (
	"cmp"
	"math/big"
	"slices"

	"parley/verify/strict"
)

// conclusions are what a reading leads to.
type conclusions struct {
	opposition, integrative *big.Rat
	moves                   []move
	delta                   map[move]row // by move: the worst change of every interest
	swaps                   [][]move
	wins, same              []move
	nash                    [][]int // by sample: the Nash package
	fair                    obj
	share, size             map[move]int64 // Nash packages that take an option or one alike, and of how many
	core                    []int
	packages                [][]int // that are proposed, as the answer lists them
	why                     []string
	proposals               []proposal
	coreTimes               int64
	coreFare                []int64
	alone                   map[int]string // by package: how it stands against all others, where every sample finds it efficient
	judged                  list
	walked                  map[string]bool // judgements that a walk is needed for
}

// move is an option of an issue.
type move struct{ issue, option int }

// tally is the change of every interest under some moves, from the status quo.
func (r *reading) tally(set []move, here, quo ends) row {
	sum := make(row, len(r.side))
	for _, m := range set {
		sum.add(r.change(m, here, quo))
	}
	return r.withJoint(sum, set)
}

// least is the worst change of every interest under some moves.
func (r *reading) least(set []move) row {
	sum := make(row, len(r.side))
	for _, m := range set {
		sum.add(r.delta[m])
	}
	return r.withJoint(sum, set)
}

// withJoint adds to what single moves change what options give together, where the moves bring them together or part them.
func (r *reading) withJoint(sum row, set []move) row {
	after := r.after(set)
	for k, u := range r.Rules {
		if sign := r.brought(u.When, after); u.Kind == "together" && sign != 0 {
			for n, v := range r.gives[k] {
				sum[n] += sign * v
			}
		}
	}
	return sum
}

// change is what one option alone does in place of the status quo.
func (r *reading) change(m move, here, quo ends) row {
	sum := make(row, len(r.side))
	if m.option == 0 {
		return sum
	}
	for _, e := range r.effects[m.issue][m.option] {
		sum[e.interest] += e.value(r.full, here)
	}
	for _, e := range r.effects[m.issue][0] {
		sum[e.interest] -= e.value(r.full, quo)
	}
	return sum
}

// joins reports whether options of a move's issue do something to one of the interests together with others.
func (r *reading) joins(m move, interests []int) bool {
	for k, u := range r.Rules {
		given := r.gives[k]
		if slices.ContainsFunc(u.When, func(l literal) bool { return l.Issue == m.issue }) &&
			slices.ContainsFunc(interests, func(n int) bool { return given[n] != 0 }) {
			return true
		}
	}
	return false
}

// ranked lists the changed interests of a side in the order that is worst for it: tier by tier from the top,
// losses first; losses of an unplaced interest before all, its gains after all. By Abel's summation the side
// never loses, whatever its weights, exactly when no sum down this list is negative.
func (p *proof) ranked(side int, sum row, tier []int) []int {
	place := func(n int) int {
		switch {
		case tier[n] == 0 && sum[n] < 0:
			return -1
		case sum[n] < 0:
			return -2*tier[n] + 6
		}
		return -2*tier[n] + 7
	}
	out := slices.DeleteFunc(slices.Clone(p.of[side]), func(n int) bool { return sum[n] == 0 })
	slices.SortStableFunc(out, func(a, b int) int { return place(a) - place(b) })
	return out
}

// lack says what a set of moves wants to be a swap, as a test of the moves that could supply it; nil for a swap.
// Any larger swap holds such a move: it cannot have the negative sum, the idle mover or the single mover.
func (r *reading) lack(set []move, sum row, tier []int) func(move) bool {
	movers := map[int]bool{}
	for _, m := range set {
		for _, s := range r.Issues[m.issue].Options[m.option].Movers {
			movers[s] = true
		}
	}
	var idle func(move) bool
	for s := range r.Sides {
		may, gains := r.loses(s, sum, tier)
		if may != nil {
			return func(m move) bool { return may.raises(r.delta[m]) || r.joins(m, may.on) }
		}
		if movers[s] && !gains {
			idle = func(m move) bool {
				return r.joins(m, r.of[s]) || slices.ContainsFunc(r.of[s], func(n int) bool { return r.delta[m][n] > 0 })
			}
		}
	}
	if idle == nil && len(movers) < 2 {
		idle = func(m move) bool {
			return slices.ContainsFunc(r.Issues[m.issue].Options[m.option].Movers, func(s int) bool { return !movers[s] })
		}
	}
	if broken := r.broken(r.after(set)); idle == nil && len(broken) > 0 {
		idle = func(m move) bool { return slices.Contains(r.links[broken[0]], m.issue) }
	}
	return idle
}

// conclude finds the first steps, and all smallest swaps of at most three moves a side.
func (r *reading) certain() {
	for i, is := range r.Issues {
		named := false
		for k, o := range is.Options {
			m := move{i, k}
			if k > 0 && len(o.Movers) > 0 {
				r.moves = append(r.moves, m)
			}
			if o.Act && r.firstStep(m) {
				r.wins, named = append(r.wins, m), true
			}
		}
		if is.Fullest > 0 && !named && r.broken(r.after([]move{{i, is.Fullest}})) == nil {
			r.same = append(r.same, move{i, is.Fullest})
		}
	}
	r.swaps = r.findSwaps(nil, func(move) bool { return true })
}

// findSwaps finds all smallest swaps that hold a move of some kind, and none of those known.
func (r *reading) findSwaps(known [][]move, kind func(move) bool) (found [][]move) {
	level, seen := [][]move{}, map[string]bool{}
	for _, m := range r.moves {
		if kind(m) {
			level = append(level, []move{m})
		}
	}
	has := func(set []move) bool {
		part := func(part []move) bool { return holds(set, part) }
		return slices.ContainsFunc(known, part) || slices.ContainsFunc(found, part)
	}
	for len(level) > 0 && !r.exact() {
		slices.SortFunc(level, compareSets)
		var next [][]move
		for _, set := range level {
			if has(set) {
				continue
			}
			helps := r.lack(set, r.least(set), r.tier)
			if helps == nil {
				found = append(found, set)
				continue
			}
			for _, m := range r.moves {
				at, _ := slices.BinarySearchFunc(set, m, compareMoves)
				if !helps(m) || !r.allowed(set, at, m) {
					continue
				}
				larger := slices.Concat(set[:at], []move{m}, set[at:])
				if key := string(keyOf(larger)); !seen[key] {
					seen[key], next = true, append(next, larger)
				}
			}
		}
		if level = next; len(seen) > budget/1000 {
			panic(strict.TooMuch("swaps not re-checked within the bound"))
		}
	}
	return found
}

func compareMoves(a, b move) int  { return cmp.Or(a.issue-b.issue, a.option-b.option) }
func compareSets(a, b []move) int { return slices.CompareFunc(a, b, compareMoves) }
func holds(set, part []move) bool {
	return !slices.ContainsFunc(part, func(m move) bool { return !slices.Contains(set, m) })
}

func keyOf(set []move) (key []byte) {
	for _, m := range set {
		key = append(key, byte(m.issue), byte(m.issue>>8), byte(m.option))
	}
	return key
}

// allowed reports whether a move may come to a set at a place: its issue does not stand there yet, and no side moves more
// than three times.
func (r *reading) allowed(set []move, at int, m move) bool {
	if at > 0 && set[at-1].issue == m.issue || at < len(set) && set[at].issue == m.issue {
		return false
	}
	return !slices.ContainsFunc(r.option(m).Movers, func(side int) bool {
		times := 1
		for _, other := range set {
			if slices.Contains(r.option(other).Movers, side) {
				times++
			}
		}
		return times > 3
	})
}

// firstStep: nobody can lose by it, nothing that is or may be vital or important is harmed, somebody gains.
func (r *reading) firstStep(m move) bool {
	sum, after := r.least([]move{m}), r.after([]move{m})
	if r.broken(after) != nil {
		return false
	}
	for n, v := range sum {
		if v < 0 && r.tier[n] != 1 {
			return false
		}
	}
	if !r.never(sum) {
		return false
	}
	return !r.table.value(r.after(nil)).covers(r.table.value(after))
}

var tierWords = []string{"unplaced", "secondary", "important", "vital"}
var partWords = []string{"none", "minor", "medium", "important", "key"}

// flips lists for every tier and part that a swap rests on the nearest change that breaks it, nearest first.
func (r *reading) flips(set []move) list {
	type flip struct {
		steps int
		says  obj
	}
	var out []flip
	sum := r.least(set)
	keep := func(best flip) {
		if best.steps > 0 {
			best.says["steps"] = best.steps
			out = append(out, best)
		}
	}
	for n, own := range r.tier {
		best := flip{}
		for t := 3; t > 0 && (sum[n] != 0 || r.compares(n)); t-- {
			tier := slices.Clone(r.tier)
			tier[n] = t
			steps := max(own-t, t-own)
			if own == 0 {
				steps = 1
			}
			if t != own && (best.steps == 0 || steps < best.steps) && r.lack(set, sum, tier) != nil {
				best = flip{steps, obj{"kind": "tier", "interest": r.labels.Interests[n].ID, "from": tierWords[own], "to": tierWords[t]}}
			}
		}
		keep(best)
	}
	seen := map[[2]int]bool{}
	for _, m := range set {
		for _, e := range r.effects[m.issue][m.option] {
			for _, s := range slices.Concat(e.gain, e.loss) {
				if !seen[[2]int{e.interest, s}] {
					seen[[2]int{e.interest, s}] = true
					steps, to := r.partFlip(set, sum, e.interest, s)
					l := r.labels.Interests[e.interest]
					keep(flip{steps, obj{"kind": "role", "interest": l.ID, "side": r.labels.Sides[s].ID, "from": l.Parts[s], "to": to}})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b flip) int { return a.steps - b.steps })
	says := list{}
	for _, f := range out {
		says = append(says, f.says)
	}
	return says
}

// compares reports whether what is said about weights names an interest.
func (p *proof) compares(interest int) bool {
	for _, w := range p.Weights {
		for _, x := range w.Terms {
			if x.Interest == interest {
				return true
			}
		}
	}
	return false
}

// partFlip finds the nearest word for the part of a side in an interest that breaks a swap. Steps count the
// words of the scale between what is stated and the new one.
func (r *reading) partFlip(set []move, sum row, interest, side int) (nearest int, to string) {
	for k, v := range r.scale {
		steps, changed := 0, func(n, s int, gains bool) int64 { return v }
		for _, w := range r.scale {
			if v <= w && w < r.parts[interest][side][0] || r.parts[interest][side][1] < w && w <= v {
				steps++
			}
		}
		if steps == 0 || nearest > 0 && steps >= nearest {
			continue
		}
		with := func(of ends) ends {
			return func(n, s int, gains bool) int64 {
				if n == interest && s == side {
					return changed(n, s, gains)
				}
				return of(n, s, gains)
			}
		}
		sum := r.tally(set, with(r.worst), with(r.best))
		falls := sum[interest] < 0 && slices.ContainsFunc(r.Rules, func(u rule) bool {
			return u.Kind == "not-below" && *u.Interest == interest && all(u.When, r.after(set))
		})
		if falls || r.lack(set, sum, r.tier) != nil {
			nearest, to = steps, partWords[k]
		}
	}
	return nearest, to
}
