package again

import (
	"cmp"
	"fmt"
	"slices"
)

// proposal is a package of mutual steps: in how many samples it is the Nash package, and how it fares.
type proposal struct {
	choice []int
	times  int64
	fare   []int64 // samples in which it is acceptable to each side, to all, and efficient
}

// propose finds the packages: of the Nash packages, most frequent first, and the solutions, those that hold the core, are
// efficient under the central weights, and in which at least two sides concede, those end above and nobody below the baseline.
func (r *reading) propose() {
	times := map[string]int64{}
	for _, c := range r.nash {
		if c != nil {
			times[key(c)]++
		}
	}
	var chosen [][]int
	best, seen := map[string]bool{}, map[string]bool{}
	for _, x := range r.front {
		best[fmt.Sprint(r.table.value(x.choice))] = !r.cut
	}
	efficient := func(c []int) bool {
		v := r.table.value(c)
		return best[fmt.Sprint(v)] || r.cut && r.table.efficient(c, c, r.base, &rivals{})
	}
	candidates := r.candidates(times)
	for n := 0; n < len(candidates) && len(chosen) < 20 && len(seen) < 1000; n++ {
		c := candidates[n]
		if !seen[key(c)] && agrees(c, r.core) && r.mutual(c) && efficient(c) {
			chosen = append(chosen, c)
		}
		seen[key(c)] = true
	}
	if len(chosen) == 0 {
		return
	}
	core := make([]int, len(r.core))
	for i, k := range r.core {
		if k >= 0 {
			core[i] = k
		} else if r.at != nil {
			core[i] = r.at[i]
		}
	}
	for c, n := range times {
		if agrees(unkey(c), r.core) {
			r.coreTimes += n
		}
	}
	fares := r.support(append([][]int{core}, chosen...))
	for n, c := range chosen {
		r.proposals = append(r.proposals, proposal{c, times[key(c)], fares[n+1]})
	}
	if len(r.broken(core)) == 0 {
		r.coreFare = fares[0]
	}
	slices.SortStableFunc(r.proposals, func(a, b proposal) int {
		if r.Samples == 0 {
			return 0 // in the order of the solutions
		}
		return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(b.fare[r.Sides], a.fare[r.Sides]), slices.Compare(a.choice, b.choice))
	})
	for _, d := range r.proposals {
		r.packages = append(r.packages, d.choice)
	}
}

// candidates are the Nash packages, most frequent first, and the solutions.
func (r *reading) candidates(times map[string]int64) (out [][]int) {
	for k := range times {
		out = append(out, unkey(k))
	}
	slices.SortFunc(out, func(a, b []int) int {
		return cmp.Or(cmp.Compare(times[key(b)], times[key(a)]), slices.Compare(a, b))
	})
	for _, rule := range []string{"nash", "kalai_smorodinsky", "leximin", "utilitarian"} {
		for _, n := range r.fair[rule].([]int) {
			out = append(out, r.front[n].choice)
		}
	}
	return out
}

// deals are the packages as the answer has them.
func (r *reading) deals() any {
	den, names, out := int64(r.Samples), obj{}, list{}
	for i, k := range r.core {
		if k >= 0 {
			names[r.labels.Issues[i].ID] = r.labels.Issues[i].Options[k].ID
		}
	}
	fares := func(fare []int64, n int) any {
		if fare == nil {
			return nil
		}
		return share(fare[n], den)
	}
	acceptable := func(fare []int64) obj {
		out := obj{"all": fares(fare, r.Sides)}
		for s, l := range r.labels.Sides {
			out[l.ID] = fares(fare, s)
		}
		return out
	}
	for _, d := range r.proposals {
		var set []move
		for i, k := range d.choice {
			if k > 0 && len(r.Issues[i].Options[k].Movers) > 0 {
				set = append(set, move{i, k})
			}
		}
		set = r.inFile(set)
		out = append(out, obj{
			"core": names, "choices": r.choices(d.choice), "points": r.points(r.capped(r.table.value(d.choice))),
			"acceptable": acceptable(d.fare), "efficient": share(d.fare[r.Sides+1], den), "nash": share(d.times, den),
			"core_share": share(r.coreTimes, den), "core_acceptable": acceptable(r.coreFare), "core_efficient": fares(r.coreFare, r.Sides+1),
			"because": r.because(r.dealSays(set)), "not_at_the_table": r.absent(set),
		})
	}
	return out
}

func key(choice []int) string {
	out := make([]rune, len(choice))
	for i, k := range choice {
		out[i] = rune(k)
	}
	return string(out)
}

func unkey(s string) (choice []int) {
	for _, k := range s {
		choice = append(choice, int(k))
	}
	return choice
}

func agrees(choice, core []int) bool {
	for i, k := range core {
		if k >= 0 && choice[i] != k {
			return false
		}
	}
	return true
}

func (r *reading) mutual(choice []int) bool {
	v, parts := r.capped(r.table.value(choice)), 0
	for s := range v {
		concedes := false
		for i, k := range choice {
			at := 0
			if r.at != nil {
				at = r.at[i]
			}
			concedes = concedes || r.table.issues[i][k][s] < r.table.issues[i][at][s]
		}
		if v[s] < r.base[s] || concedes && v[s] == r.base[s] {
			return false
		}
		if concedes {
			parts++
		}
	}
	return parts >= 2
}

// support counts in how many samples each package is acceptable to each side, to all, and efficient.
func (r *reading) support(packages [][]int) [][]int64 {
	marks := make([][][]bool, r.Samples)
	r.each(func() func(n int, weight []int64, parts [][]int64) {
		known := make([]rivals, len(packages))
		return func(n int, weight []int64, parts [][]int64) {
			t, base := r.sample(weight, parts)
			from := r.nash[n]
			if from == nil {
				from = r.first()
			}
			for k, c := range packages {
				v := t.value(c)
				mark := []bool{}
				for s := range v {
					mark = append(mark, v[s] >= base[s])
				}
				marks[n] = append(marks[n], append(mark, v.covers(base), t.efficient(c, from, base, &known[k])))
			}
		}
	})
	out := make([][]int64, len(packages))
	for c := range out {
		out[c] = make([]int64, r.Sides+2)
		for _, m := range marks {
			for k, is := range m[c] {
				if is {
					out[c][k]++
				}
			}
		}
	}
	return out
}
