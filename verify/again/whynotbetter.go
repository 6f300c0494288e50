package again

import "slices"

// better says in which sense a package is at least as good for everyone and better for somebody.
type better struct {
	is     func(choice []int) bool
	change func(m move) row   // what an option changes by itself
	joint  func(rule int) row // what options change where a rule has them together
	bars   func() []bar       // what changes have to reach for that; more are found on the way
	much   string             // what to say where this cannot be re-checked
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
	now, ever := x.betterNow(values), x.betterEver()
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

// betterNow is in points of the central weights.
func (x *whyNot) betterNow(values row) better {
	return better{
		much: "now-too-large",
		is: func(choice []int) bool {
			v := x.capped(x.table.value(choice))
			return v.covers(values) && !slices.Equal(v, values)
		},
		change: func(m move) row {
			v := slices.Clone(x.table.issues[m.issue][m.option])
			for s, own := range x.table.issues[m.issue][x.choice[m.issue]] {
				v[s] -= own
			}
			return v
		},
		joint: func(k int) row { return x.table.joint[k] },
		bars: func() (out []bar) {
			own := x.table.value(x.choice)
			for s := range x.Sides {
				weight := make(row, x.Sides)
				weight[s] = 1
				out = append(out, bar{weight: weight, least: values[s] - own[s]})
			}
			return out
		},
	}
}

// betterEver is under every ranking.
func (x *whyNot) betterEver() better {
	return better{
		much: "ever-too-large",
		is: func(choice []int) bool {
			sum := x.between(x.choice, choice)
			return x.never(sum) && slices.ContainsFunc(x.everySide(), func(s int) bool { return x.mayGain(s, sum) })
		},
		change: func(m move) row {
			sum := make(row, len(x.side))
			x.exchange(sum, m.issue, x.choice[m.issue], m.option)
			return sum
		},
		joint: func(k int) row { return x.gives[k] },
		bars: func() (out []bar) {
			for s := range x.Sides {
				for _, weight := range x.witnesses(s) {
					out = append(out, bar{weight: weight})
				}
			}
			return out
		},
	}
}

func (p *proof) everySide() (all []int) {
	for s := range p.Sides {
		all = append(all, s)
	}
	return all
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
	w := widening{whyNot: x, better: sense, at: slices.Clone(x.choice)}
	w.look()
	w.raise()
	for n := 1; n < changes && n <= len(w.at); n++ {
		if !w.widen(0, n) {
			x.leave("why_not", sense.much, "package")
			return
		}
	}
}
