package pareto

import (
	"context"
	"slices"
)

// sieve marks the beaten among distinct vectors: by one sweep for two sides, by
// divide and conquer for more (Kung, Luccio and Preparata 1975), whose cost
// grows by one logarithm a side and not with the number of vectors that stay.
type sieve struct {
	ctx    context.Context // its end leaves the work half done
	sides  int
	values []int64 // sides per vector
	beaten []bool
}

func (s *sieve) at(k int32, p int) int64 { return s.values[int(k)*s.sides+p] }

// run marks the beaten among ids, distinct and sorted descending
// lexicographically: nothing is beaten by what stands after it.
func (s *sieve) run(ids []int32) {
	if s.sides > 2 {
		s.front(ids)
		return
	}
	if len(ids) == 0 {
		return
	}
	best := s.at(ids[0], s.sides-1)
	for _, k := range ids[1:] {
		last := s.at(k, s.sides-1)
		s.beaten[k] = last <= best
		best = max(best, last)
	}
}

// front is run by halves. It returns those that stand, descending on the last
// side but one, as stairs needs them; every list below keeps that order.
func (s *sieve) front(ids []int32) []int32 {
	if len(ids) < 2 || len(ids) > 1<<12 && s.ctx.Err() != nil {
		return ids
	}
	upper, lower := s.front(ids[:len(ids)/2]), s.front(ids[len(ids)/2:])
	s.cross(upper, lower, 1)
	return s.join(upper, s.standing(lower))
}

func (s *sieve) standing(ids []int32) []int32 {
	kept := make([]int32, 0, len(ids))
	for _, k := range ids {
		if !s.beaten[k] {
			kept = append(kept, k)
		}
	}
	return kept
}

// join unites two lists that descend on the last side but one.
func (s *sieve) join(a, b []int32) []int32 {
	if len(a) == 0 {
		return b
	}
	both := make([]int32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if s.at(a[0], s.sides-2) >= s.at(b[0], s.sides-2) {
			both, a = append(both, a[0]), a[1:]
		} else {
			both, b = append(both, b[0]), b[1:]
		}
	}
	return append(append(both, a...), b...)
}

// cross marks those of lower that some of upper is at least as good as from
// side p on. On the sides before p every one of upper is at least as good
// already, and no vector stands in both.
func (s *sieve) cross(upper, lower []int32, p int) {
	switch {
	case len(upper) == 0 || len(lower) == 0:
	case len(upper) == 1 || len(lower) == 1 || len(upper)*len(lower) <= 256:
		s.compare(upper, lower, p)
	case p == s.sides-2:
		s.stairs(upper, lower, p)
	default:
		s.split(upper, lower, p)
	}
}

func (s *sieve) compare(upper, lower []int32, p int) {
	for _, l := range lower {
		for _, u := range upper {
			q := p
			for q < s.sides && s.at(u, q) >= s.at(l, q) {
				q++
			}
			if q == s.sides {
				s.beaten[l] = true
				break
			}
		}
	}
}

// stairs is cross for the last two sides: both lists are gone through from the
// top of side p, with the best last side of upper so far.
func (s *sieve) stairs(upper, lower []int32, p int) {
	i, best := 0, int64(-1<<63)
	for _, l := range lower {
		for i < len(upper) && s.at(upper[i], p) >= s.at(l, p) {
			best = max(best, s.at(upper[i], p+1))
			i++
		}
		if i > 0 && best >= s.at(l, p+1) {
			s.beaten[l] = true
		}
	}
}

// split divides both lists at a value of side p taken from the middle.
func (s *sieve) split(upper, lower []int32, p int) {
	middle := s.middle(upper, lower, p)
	var above, level, below [2][]int32
	for which, ids := range [2][]int32{upper, lower} {
		for _, k := range ids {
			switch v := s.at(k, p); {
			case v > middle:
				above[which] = append(above[which], k)
			case v < middle:
				below[which] = append(below[which], k)
			default:
				level[which] = append(level[which], k)
			}
		}
	}
	s.cross(above[0], above[1], p)
	s.cross(below[0], below[1], p)
	s.cross(s.join(above[0], level[0]), s.standing(s.join(level[1], below[1])), p+1)
}

// middle is the median of side p over a sample of both lists.
func (s *sieve) middle(upper, lower []int32, p int) int64 {
	var memory [40]int64
	sample := memory[:0]
	for _, ids := range [2][]int32{upper, lower} {
		for i := 0; i < len(ids); i += 1 + len(ids)/16 {
			sample = append(sample, s.at(ids[i], p))
		}
	}
	slices.Sort(sample)
	return sample[len(sample)/2]
}
