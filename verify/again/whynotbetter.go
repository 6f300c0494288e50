package again

import "slices"

// better says in which sense a package is at least as good for everyone and better for somebody.
type better struct {
	is    func(choice []int) bool
	large string // what to say where this cannot be re-checked
}

// improvable re-checks the package that is claimed to be better for somebody and worse for nobody, that none with fewer
// changes is, and where none is claimed that there is none.
func (x *whyNot) improvable() {
	if x.broken {
		return
	}
	out := reason{kind: "improvable"}
	claimed, always := x.claimedBetter()
	if x.fare != nil && x.efficient {
		out.share, out.lost = x.lost(x.fare[x.Sides+1])
	}
	values := x.capped(x.table.value(x.choice))
	now := better{large: "now-too-large", is: func(choice []int) bool {
		v := x.capped(x.table.value(choice))
		return v.covers(values) && !slices.Equal(v, values)
	}}
	ever := better{large: "ever-too-large", is: func(choice []int) bool {
		sum, gains := x.between(x.choice, choice), false
		for s := range x.Sides {
			gains = gains || x.mayGain(s, sum)
		}
		return gains && x.never(sum)
	}}
	none := x.nothingBetter(values)
	switch {
	case claimed == nil:
		must(none, "another package is better for somebody and worse for nobody")
		if !x.exact() && (x.cap != nil || x.believe()) {
			x.nearest(ever, len(x.choice)+1)
		}
		return
	case always && !x.exact():
		must(ever.is(claimed), "what is claimed to be better under every ranking is")
		x.nearest(ever, len(x.changes(claimed)))
	default:
		must(now.is(claimed), "what is claimed to be better is")
		x.nearest(now, len(x.changes(claimed)))
		if !x.exact() {
			x.nearest(ever, len(x.choice)+1)
		}
	}
	must(x.reading.broken(claimed) == nil, "what is claimed to be better keeps the rules")
	out.always, out.better = always || x.exact(), claimed // points know one ranking
	x.reasons = append(x.reasons, out)
}

// believe reports whether some side says more of its weights than ranks.
func (x *whyNot) believe() bool {
	for s := range x.Sides {
		if x.believes(s, x.tier) != nil {
			return true
		}
	}
	return false
}

// claimedBetter reads the package that the bundle says is better, and whether it says so of every ranking.
func (x *whyNot) claimedBetter() ([]int, bool) {
	reasons, _ := x.said["reasons"].(list)
	for _, r := range reasons {
		if field(r, "kind") == "improvable" {
			return x.chosen(field(field(r, "better"), "choices")), field(r, "always") == true
		}
	}
	return nil, false
}

// nothingBetter reports whether, under the central weights, no package is better for somebody and worse for nobody. One
// that is so under every ranking would be so here.
func (x *whyNot) nothingBetter(values row) bool {
	for s, v := range values {
		if x.cap != nil && v >= x.cap[s] {
			continue // more would not count
		}
		floor := slices.Clone(values)
		floor[s]++
		choice, known := x.nashOf(x.everybody(nil), floor)
		if choice != nil {
			return false
		}
		if !known {
			x.leave("why_not", "now-too-large", "package")
		}
	}
	return true
}

// nearest makes sure that no package with fewer changes is better. Where there are too many it says so.
func (x *whyNot) nearest(sense better, changes int) {
	tried, choice := 0, slices.Clone(x.choice)
	var change func(from, left int) bool
	change = func(from, left int) bool {
		if left == 0 {
			tried++
			must(tried > whyBudget || !sense.is(choice) || x.reading.broken(choice) != nil, "a package with fewer changes is better")
			return tried <= whyBudget
		}
		for i := from; i <= len(choice)-left; i++ {
			for k := range x.Issues[i].Options {
				if choice[i] = k; k != x.choice[i] && !change(i+1, left-1) {
					return false
				}
			}
			choice[i] = x.choice[i]
		}
		return true
	}
	for n := 1; n < changes && n <= len(choice); n++ {
		if !change(0, n) {
			x.leave("why_not", sense.large, "package")
			return
		}
	}
}
