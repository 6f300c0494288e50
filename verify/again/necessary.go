package again

import (
	"slices"

	"parley/verify/strict"
)

// rivalBudget bounds the beginnings of packages that are looked at for one that is as good.
// One that a linear program is solved for counts as so many.
const rivalBudget, programWork = 500_000, 100

// contest is the search for a package that is as good as another for every side, each under some ranking, some weights that
// keep what it says, and the most favourable part: best are the most favourable changes by issue, option and interest, and
// given those by rule where the package brings its options together and the other does not, or the other way round.
type contest struct {
	*reading
	than  []int
	best  [][]row
	given []row
	up    [][][]int64 // by issue, side and tier: what the issues from there on can add to a side's reach (see reach)
	ends  [][2]row    // by issue: the least and the most that they can add to every interest
	work  int
}

// necessary reports whether no other package is as good as this one for every side, whatever their rankings and parts, where
// weights fall strictly from rank to rank. Packages by which nothing changes for anybody are no others.
func (r *reading) necessary(than []int) bool {
	x := &contest{reading: r, than: than}
	for i, options := range r.effects {
		var rows []row
		for k := range options {
			v := make(row, len(r.side))
			if k != than[i] {
				for _, e := range options[k] {
					v[e.interest] += e.value(r.full, r.best)
				}
				for _, e := range options[than[i]] {
					v[e.interest] -= e.value(r.full, r.worst)
				}
			}
			rows = append(rows, v)
		}
		x.best = append(x.best, rows)
	}
	for k, u := range r.Rules {
		v := make(row, len(r.side))
		for _, e := range r.joint[k] {
			if all(u.When, than) {
				v[e.interest] -= e.value(r.full, r.worst)
			} else {
				v[e.interest] += e.value(r.full, r.best)
			}
		}
		x.given = append(x.given, v)
	}
	x.findUp()
	return x.find(nil, make(row, len(r.side))) == nil
}

// findUp adds up, from the last issue on, the most that each can add.
func (x *contest) findUp() {
	last := len(x.best)
	x.up, x.ends = make([][][]int64, last+1), make([][2]row, last+1)
	x.ends[last] = [2]row{make(row, len(x.side)), make(row, len(x.side))}
	for i := last; i >= 0; i-- {
		if i < last {
			x.ends[i] = x.endsFrom(i)
		}
		for s := range x.Sides {
			most := make([]int64, 4)
			if i < last {
				copy(most, x.up[i+1][s])
				for t := range most {
					add := int64(0) // the package's own option changes nothing
					for _, v := range x.best[i] {
						add = max(add, x.reach(s, v)[t])
					}
					for _, k := range x.settled[i] {
						add += max(0, x.reach(s, x.given[k])[t])
					}
					most[t] += add
				}
			}
			x.up[i] = append(x.up[i], most)
		}
	}
}

func (x *contest) endsFrom(issue int) (ends [2]row) {
	ends = [2]row{slices.Clone(x.ends[issue+1][0]), slices.Clone(x.ends[issue+1][1])}
	for n := range x.side {
		least, most := int64(0), int64(0)
		for _, v := range x.best[issue] {
			least, most = min(least, v[n]), max(most, v[n])
		}
		for _, k := range x.settled[issue] {
			least, most = least+min(0, x.given[k][n]), most+max(0, x.given[k][n])
		}
		ends[0][n] += least
		ends[1][n] += most
	}
	return ends
}

// reach is, by tier, what a change is to a side at most whose weights are the same in this tier and above it, for what it
// gains in the tier, and nothing else weighs anything: by Abel's summation some weights that fall strictly make the change a
// gain where one of these is above 0. An interest without a tier may be all that weighs (0).
func (x *contest) reach(side int, sum row) []int64 {
	out, above := make([]int64, 4), int64(0)
	for t := 3; t >= 0; t-- {
		all, gains := int64(0), int64(0)
		for _, n := range x.of[side] {
			if x.tier[n] == t {
				all += sum[n]
				gains += max(0, sum[n])
			}
		}
		if out[t] = above + gains; t == 0 {
			out[t] = gains
		}
		above += all
	}
	return out
}

// find is a package as good for every side that begins in some way, nil where there is none.
func (x *contest) find(begun []int, sum row) []int {
	i := len(begun)
	x.spend(1)
	for s := range x.Sides {
		if !x.openTo(s, i, sum) {
			return nil
		}
	}
	if i == len(x.best) {
		if slices.ContainsFunc(sum, func(v int64) bool { return v != 0 }) {
			return begun
		}
		return nil
	}
	order := []int{x.than[i]}
	for k := range x.best[i] {
		if k != x.than[i] {
			order = append(order, k)
		}
	}
	for _, k := range order {
		choice := append(slices.Clone(begun), k)
		if next, keeps := x.decide(choice, sum); keeps {
			if found := x.find(choice, next); found != nil {
				return found
			}
		}
	}
	return nil
}

func (x *contest) spend(work int) {
	if x.work += work; x.work > rivalBudget {
		panic(strict.TooMuch("not all packages are tried for one as good"))
	}
}

// openTo reports whether a side may find what can come of a beginning no worse: it may gain, or nothing may change for it;
// and what it says does not outweigh the most that every interest can gain. Of a whole package that is all.
func (x *contest) openTo(side, issue int, sum row) bool {
	ends, gains := x.ends[issue], false
	for t, v := range x.reach(side, sum) {
		gains = gains || v+x.up[issue][side][t] > 0
	}
	if !gains && slices.ContainsFunc(x.of[side], func(n int) bool { return sum[n]+ends[0][n] > 0 || sum[n]+ends[1][n] < 0 }) {
		return false
	}
	b := x.believes(side, x.tier)
	if b == nil || b.impossible {
		return true
	}
	var most row
	for _, n := range x.of[side] {
		most = append(most, sum[n]+ends[1][n])
	}
	outweighed, known := b.outweighs(most)
	if !known {
		x.spend(programWork)
		outweighed = b.outweigh(most)
	}
	return !outweighed
}

// decide adds what the last option of a beginning changes, with the rules that end there, and reports whether these are kept.
func (x *contest) decide(choice []int, sum row) (row, bool) {
	i := len(choice) - 1
	next := slices.Clone(sum)
	next.add(x.best[i][choice[i]])
	for _, k := range x.settled[i] {
		if !x.keeps(k, choice) {
			return nil, false
		}
		if u := x.Rules[k]; u.Kind == "together" && all(u.When, choice) != all(u.When, x.than) {
			next.add(x.given[k])
		}
	}
	return next, true
}
