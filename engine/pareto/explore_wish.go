package pareto

import "slices"

// wish is a conjunction with what it adds where it holds, less than nothing on
// no coordinate.
type wish struct {
	all    []demand
	values []int64
	group  int // at most one wish of a group holds
}

// demand is the options, as bits, that a wish allows of an issue.
type demand struct {
	issue int
	allow uint64
}

// wishes are a frame told by gains alone: a base that every package has, and
// wishes that add to it. An option adds what it has beyond the least of its
// issue. A bond that costs something is in the base, and to break any one of its
// literals is a wish for as much; these wishes are a group, so that one is taken.
// A bond that must not hold costs one unit of a coordinate of its own, whose floor
// leaves none to lose. What a package is worth is then the base and a set of wishes
// no two of which clash.
type wishes struct {
	*frame
	wide   int     // coordinates, that of the bonds which must not hold included
	least  []int64 // the floors of those after the sides
	base   []int64
	list   []wish
	groups int
	clash  []set     // per wish: those that no package holds together with it
	about  [][]int32 // per issue: the wishes that demand something of it
	knit   bool      // wishes no two of which clash can hold all together
}

// mostWishes bounds how many wishes a frame is told by.
const mostWishes = 512

// newWishes is nil where a frame has more wishes than a hunt is good for.
func newWishes(f *frame) *wishes {
	s := &wishes{frame: f, wide: f.width(), least: slices.Clone(f.floor), groups: len(f.issues)}
	if forbidden := int64(s.forbidden()); forbidden > 0 {
		s.wide++
		s.least = append(s.least, forbidden)
	}
	s.base = s.widen(f.fixed)
	for i := range f.issues {
		if len(f.issues[i]) > 64 {
			return nil
		}
		s.addIssue(i)
	}
	for _, b := range f.bonds {
		if s.addBond(b); len(s.list) > mostWishes {
			return nil
		}
	}
	s.relate()
	return s
}

func (s *wishes) forbidden() (n int) {
	for _, b := range s.bonds {
		if b.values == nil {
			n++
		}
	}
	return n
}

// widen is values with nothing on the coordinates they do not have.
func (s *wishes) widen(values []int64) []int64 {
	wide := make([]int64, s.wide)
	copy(wide, values)
	return wide
}

func (s *wishes) add(all []demand, values []int64, group int) {
	if slices.ContainsFunc(values, func(v int64) bool { return v > 0 }) {
		s.list = append(s.list, wish{all: all, values: values, group: group})
	}
}

func (s *wishes) addIssue(i int) {
	least := slices.Clone(s.issues[i][0].values)
	for _, o := range s.issues[i] {
		for q, v := range o.values {
			least[q] = min(least[q], v)
		}
	}
	for q, v := range least {
		s.base[q] += v
	}
	for k, o := range s.issues[i] {
		values := s.widen(o.values)
		for q, v := range least {
			values[q] -= v
		}
		s.add([]demand{{i, 1 << k}}, values, i)
	}
}

func (s *wishes) addBond(b bond) {
	var all []demand
	for _, t := range b.all {
		d := demand{issue: t.issue}
		for k, holds := range t.holds {
			if holds {
				d.allow |= 1 << k
			}
		}
		all = append(all, d)
	}
	gain, loss := s.widen(nil), s.widen(nil)
	for q, v := range b.values {
		gain[q], loss[q] = max(0, v), max(0, -v)
		s.base[q] -= loss[q]
	}
	if b.values == nil {
		loss[s.wide-1] = 1
	}
	s.add(all, gain, s.groups)
	for _, d := range all {
		for _, run := range runs((1<<len(s.issues[d.issue]) - 1) &^ d.allow) {
			s.add([]demand{{d.issue, run}}, loss, s.groups+1)
		}
	}
	s.groups += 2
}

// runs splits a set into runs of consecutive options.
func runs(of uint64) (all []uint64) {
	for of != 0 {
		rest := of & (of + of&-of)
		all = append(all, of&^rest)
		of = rest
	}
	return all
}

// relate finds out which wishes clash.
func (s *wishes) relate() {
	s.about = make([][]int32, len(s.issues))
	for k, w := range s.list {
		s.clash = append(s.clash, newSet(len(s.list)))
		for _, d := range w.all {
			s.about[d.issue] = append(s.about[d.issue], int32(k))
		}
		for j := range k {
			if w.group == s.list[j].group || w.clashes(&s.list[j]) {
				s.clash[k].add(j)
				s.clash[j].add(k)
			}
		}
	}
	s.knit = true
	for i, about := range s.about {
		var allowed []uint64
		for _, k := range about {
			allowed = append(allowed, s.list[k].of(i))
		}
		s.knit = s.knit && knits(allowed, len(s.issues[i]))
	}
}

func (w *wish) clashes(v *wish) bool {
	return slices.ContainsFunc(w.all, func(d demand) bool {
		return slices.ContainsFunc(v.all, func(e demand) bool { return d.issue == e.issue && d.allow&e.allow == 0 })
	})
}

// of is what a wish allows of an issue about which it demands something.
func (w *wish) of(issue int) uint64 {
	at := slices.IndexFunc(w.all, func(d demand) bool { return d.issue == issue })
	return w.all[at].allow
}

// knits reports whether any of these sets of options that meet two by two have an
// option in common: exactly if, for any three options, the sets with two or more
// of them do (Berge and Duchet 1975).
func knits(allowed []uint64, options int) bool {
	slices.Sort(allowed)
	allowed = slices.Compact(allowed)
	for a := range options {
		for b := range a {
			for c := range b {
				three, common := uint64(1)<<a|1<<b|1<<c, ^uint64(0)
				for _, set := range allowed {
					if more := set & three; more&(more-1) != 0 {
						common &= set
					}
				}
				if common == 0 {
					return false
				}
			}
		}
	}
	return true
}
