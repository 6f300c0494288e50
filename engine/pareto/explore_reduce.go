package pareto

import "slices"

// reduce makes the frame smaller without losing a vector that nobody beats:
// bonds of one literal become part of its options, options that another never
// does worse than are left out, until nothing changes.
func (f *frame) reduce() {
	for changed := true; changed && !f.empty; {
		f.simplify()
		changed = false
		for i := range f.issues {
			changed = f.dropBeaten(i) || changed
		}
	}
}

// simplify drops literals that always hold, bonds that never do or add nothing,
// and unites bonds of the same literals.
func (f *frame) simplify() {
	for again := true; again && !f.empty; {
		again = false
		var kept []bond
		var closed []tie
		for _, b := range f.bonds {
			possible := true
			b.all = slices.DeleteFunc(b.all, func(t tie) bool {
				possible = possible && slices.Contains(t.holds, true)
				return !slices.Contains(t.holds, false)
			})
			switch {
			case !possible || b.values != nil && !slices.ContainsFunc(b.values, func(v int64) bool { return v != 0 }):
			case len(b.all) == 0:
				f.settle(b.values)
			case len(b.all) == 1 && b.values == nil:
				closed = append(closed, b.all[0])
			case len(b.all) == 1:
				f.absorb(b)
			default:
				kept = unite(kept, b)
			}
		}
		f.bonds = kept
		for i := range f.issues {
			if slices.ContainsFunc(closed, func(t tie) bool { return t.issue == i }) {
				again = true
				f.keepOptions(i, func(k int) bool {
					return !slices.ContainsFunc(closed, func(t tie) bool { return t.issue == i && t.holds[k] })
				})
			}
		}
	}
}

// settle takes a bond that always holds.
func (f *frame) settle(values []int64) {
	if values == nil {
		f.empty = true
	}
	for q, v := range values {
		f.fixed[q] += v
	}
}

// absorb makes a bond of one literal part of its options.
func (f *frame) absorb(b bond) {
	for k, o := range f.issues[b.all[0].issue] {
		for q, v := range b.values {
			if b.all[0].holds[k] {
				o.values[q] += v
			}
		}
	}
}

func unite(kept []bond, b bond) []bond {
	for k, c := range kept {
		if (c.values == nil) == (b.values == nil) && slices.EqualFunc(c.all, b.all, func(x, y tie) bool {
			return x.issue == y.issue && slices.Equal(x.holds, y.holds)
		}) {
			for q, v := range b.values {
				kept[k].values[q] += v
			}
			return kept
		}
	}
	return append(kept, b)
}

// keepOptions leaves of an issue only the options that keep accepts.
func (f *frame) keepOptions(issue int, keep func(k int) bool) {
	var open []choiceOf
	for k, o := range f.issues[issue] {
		if keep(k) {
			open = append(open, o)
		}
	}
	f.issues[issue] = open
	f.empty = f.empty || len(open) == 0
	for b := range f.bonds {
		for t := range f.bonds[b].all {
			if l := &f.bonds[b].all[t]; l.issue == issue {
				var holds []bool
				for k, h := range l.holds {
					if keep(k) {
						holds = append(holds, h)
					}
				}
				l.holds = holds
			}
		}
	}
}

// dropBeaten leaves out options of an issue that another can replace in every
// package without loss on any coordinate.
func (f *frame) dropBeaten(issue int) bool {
	var about []*bond
	var ties []tie
	for b := range f.bonds {
		for _, t := range f.bonds[b].all {
			if t.issue == issue {
				about, ties = append(about, &f.bonds[b]), append(ties, t)
			}
		}
	}
	gone := make([]bool, len(f.issues[issue]))
	worst := make([]int64, f.width())
	replaces := func(a, b int) bool {
		for q := range worst {
			worst[q] = f.issues[issue][a].values[q] - f.issues[issue][b].values[q]
		}
		for k, bond := range about {
			switch {
			case ties[k].holds[a] == ties[k].holds[b]:
			case bond.values == nil && ties[k].holds[a]:
				return false
			case ties[k].holds[a]:
				for q, v := range bond.values {
					worst[q] += min(0, v)
				}
			default:
				for q, v := range bond.values {
					worst[q] -= max(0, v)
				}
			}
		}
		return !slices.ContainsFunc(worst, func(v int64) bool { return v < 0 })
	}
	for b := len(gone) - 1; b >= 0; b-- {
		for a := range gone {
			if a != b && !gone[a] && replaces(a, b) {
				gone[b] = true
				break
			}
		}
	}
	if !slices.Contains(gone, true) {
		return false
	}
	f.keepOptions(issue, func(k int) bool { return !gone[k] })
	return true
}
