package bargain

import "slices"

// Sampler draws weights uniformly from those that respect an order by tiers, and
// statements where there are any. One goroutine uses it at a time; Draw allocates
// nothing.
type Sampler struct {
	total    int64
	placed   []int // from the highest tier to the lowest
	blocks   []block
	unplaced []int
	gaps     []int64
	ranks    []int // free ranks of one draw
	dealt    []int // placed interests in the order of one draw
	under    *under
}

// NewSampler returns a sampler of integer weights that sum to total. Levels are
// as in Centroid.
func NewSampler(levels []int, total int64) *Sampler {
	s := &Sampler{total: total, gaps: make([]int64, len(levels)), ranks: make([]int, len(levels))}
	s.placed, s.blocks = order(levels)
	s.dealt = make([]int, len(s.placed))
	for k, level := range levels {
		if level == Unplaced {
			s.unplaced = append(s.unplaced, k)
		}
	}
	return s
}

// Draw writes one weight vector to out, one weight per interest. The weights
// are the gaps between n-1 sorted uniform integers from 0 to total, which is
// uniform on the simplex without a logarithm; sorted descending they are dealt
// to the tiers from the top, in random order inside a tier. Unplaced interests
// take random ranks: every ranking the tiers allow is equally likely. Under
// statements see Polytope.NewSampler.
func (s *Sampler) Draw(r *Stream, out []int64) {
	if s.under != nil {
		s.under.draw(s, r, out)
		return
	}
	s.byTiers(r, out)
}

func (s *Sampler) byTiers(r *Stream, out []int64) {
	n := len(s.gaps)
	if n == 0 {
		return
	}
	s.cut(r)
	for rank := range s.ranks {
		s.ranks[rank] = rank
	}
	free := n
	for _, k := range s.unplaced { // a random rank each, without replacement
		at := int(r.Below(uint64(free)))
		out[k] = s.gaps[s.ranks[at]]
		free--
		s.ranks[at] = s.ranks[free]
	}
	if len(s.unplaced) > 0 {
		slices.Sort(s.ranks[:free])
	}
	copy(s.dealt, s.placed)
	for _, b := range s.blocks {
		tier := s.dealt[b.from:b.to]
		for i := len(tier) - 1; i > 0; i-- {
			j := int(r.Below(uint64(i + 1)))
			tier[i], tier[j] = tier[j], tier[i]
		}
	}
	for place, k := range s.dealt {
		out[k] = s.gaps[s.ranks[place]]
	}
}

// cut divides total at random and sorts the parts descending.
func (s *Sampler) cut(r *Stream) {
	cuts := s.gaps[1:]
	for k := range cuts {
		cuts[k] = int64(r.Below(uint64(s.total) + 1))
	}
	slices.Sort(cuts)
	s.gaps[0] = 0
	for k := range s.gaps {
		next := s.total
		if k+1 < len(s.gaps) {
			next = s.gaps[k+1]
		}
		s.gaps[k] = next - s.gaps[k]
	}
	slices.Sort(s.gaps)
	slices.Reverse(s.gaps)
}
