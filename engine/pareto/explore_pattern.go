package pareto

import "slices"

// patterns lists what the stages before k can make of the bits of a scope, in a
// fixed order; nil if that is more than limit.
func (f *fan) patterns(k int, scope []int, limit int) *register {
	if len(scope) > 64 {
		return nil
	}
	all := newRegister(1, 16)
	all.number([]uint64{1<<len(scope) - 1})
	for j := range k {
		masks := f.masks(j, scope)
		if masks == nil {
			continue
		}
		f.looks += int64(len(all.states)*len(masks) + len(scope))
		next := newRegister(1, len(all.states))
		for _, pattern := range all.states {
			for _, mask := range masks {
				next.number([]uint64{pattern & mask})
			}
			if len(next.states) > limit {
				return nil
			}
		}
		all = next
	}
	return all
}

// masks are the bits of a scope that the options of stage j leave; nil if all
// leave all.
func (f *fan) masks(j int, scope []int) []uint64 {
	var masks []uint64
	for at, b := range scope {
		t := f.bonds[b].at(f.stages[j].issue)
		if t == nil {
			continue
		}
		if masks == nil {
			masks = slices.Repeat([]uint64{1<<len(scope) - 1}, len(t.holds))
		}
		for o, holds := range t.holds {
			if !holds {
				masks[o] &^= 1 << at
			}
		}
	}
	slices.Sort(masks)
	return slices.Compact(masks)
}

// index is, for every pattern of a part and every option, the pattern of a
// result that they lead to.
func (f *fan) index(s *stage, p part, res result) []int32 {
	n := len(s.options)
	place := make([]int, len(res.scope)) // in the scope of the part, -1 if new
	allow := slices.Repeat([]uint64{1<<len(res.scope) - 1}, n)
	for at, b := range res.scope {
		place[at] = slices.Index(p.scope, b)
		for o := range n {
			if t := f.bonds[b].at(s.issue); t != nil && !t.holds[o] {
				allow[o] &^= 1 << at
			}
		}
	}
	index := make([]int32, 0, len(p.patterns.states)*n)
	to := make([]uint64, 1)
	for _, pattern := range p.patterns.states {
		moved := uint64(0)
		for at, from := range place {
			if from < 0 || pattern>>from&1 == 1 {
				moved |= 1 << at
			}
		}
		for o := range n {
			to[0] = moved & allow[o]
			index = append(index, int32(res.patterns.find(to)))
		}
	}
	return index
}
