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

// front marks the beaten among ids, distinct and sorted descending
// lexicographically: nothing is beaten by what stands after it.
func (s *sieve) front(ids []int32) {
	if len(ids) < 2 || len(ids) > 1<<12 && s.ctx.Err() != nil {
		return
	}
	if s.sides <= 2 {
		s.sweep(ids)
		return
	}
	upper, lower := ids[:len(ids)/2], ids[len(ids)/2:]
	s.front(upper)
	s.front(lower)
	s.cross(s.standing(upper), s.standing(lower), 1)
}

// sweep is front for one or two sides: what stands must have a better last side
// than everything before it.
func (s *sieve) sweep(ids []int32) {
	best := s.at(ids[0], s.sides-1)
	for _, k := range ids[1:] {
		last := s.at(k, s.sides-1)
		s.beaten[k] = last <= best
		best = max(best, last)
	}
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

// cross marks those of lower that some of upper is at least as good as from
// side p on. On the sides before p every one of upper is at least as good
// already, and no vector stands in both.
func (s *sieve) cross(upper, lower []int32, p int) {
	switch {
	case len(upper) == 0 || len(lower) == 0:
	case p >= s.sides:
		for _, l := range lower {
			s.beaten[l] = true
		}
	case len(upper) == 1 || len(lower) == 1 || len(upper)*len(lower) <= 32:
		s.compare(upper, lower, p)
	case s.sides-p <= 2:
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

// stairs is cross for the last one or two sides: both lists descending on side
// p, with the best last side of upper so far.
func (s *sieve) stairs(upper, lower []int32, p int) {
	down := func(a, b int32) int {
		switch x, y := s.at(a, p), s.at(b, p); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	}
	slices.SortFunc(upper, down)
	slices.SortFunc(lower, down)
	i, best := 0, int64(-1<<63)
	for _, l := range lower {
		for i < len(upper) && s.at(upper[i], p) >= s.at(l, p) {
			best = max(best, s.at(upper[i], s.sides-1))
			i++
		}
		if i > 0 && best >= s.at(l, s.sides-1) {
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
	s.cross(append(above[0], level[0]...), s.standing(append(level[1], below[1]...)), p+1)
}

// middle is the median of side p over a sample of both lists.
func (s *sieve) middle(upper, lower []int32, p int) int64 {
	var sample []int64
	for _, ids := range [2][]int32{upper, lower} {
		for i := 0; i < len(ids); i += 1 + len(ids)/16 {
			sample = append(sample, s.at(ids[i], p))
		}
	}
	slices.Sort(sample)
	return sample[len(sample)/2]
}
