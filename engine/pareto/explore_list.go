package pareto

import (
	"context"
	"slices"
)

// Bounds of a list: packages sieved at once, and literals and amounts that may
// have to be looked at.
const (
	listBatch  = 1 << 14
	mostLooked = 1 << 29
)

// listed is the frontier by looking at every package. Of packages with equal
// points it has the first, the last issue changing fastest. ErrTooLarge where
// there are more packages than may be listed or more points than may be kept at
// any time.
func listed(ctx context.Context, s Space, limits Limits) ([]Point, error) {
	if n := s.Packages(); !n.IsInt64() || n.Int64() > limits.Listed || n.Int64() > mostLooked/s.size() {
		return nil, ErrTooLarge
	}
	l := lister{ctx: ctx, sides: s.Sides, limit: limits.Points, full: listBatch}
	choice := make([]int, len(s.Issues))
	for n, more := 0, true; more; n, more = n+1, s.next(choice) {
		if n%listBatch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !s.Feasible(choice) {
			continue
		}
		if l.points = append(l.points, Point{Values: s.Value(choice), Choice: slices.Clone(choice)}); len(l.points) < l.full {
			continue
		}
		if err := l.sift(); err != nil {
			return nil, err
		}
	}
	err := l.sift()
	return l.points, err
}

// size is how much there is to look at in a package, at least 1.
func (s Space) size() int64 {
	n := 1 + len(s.Issues)
	for _, t := range s.Terms {
		n += len(t.All)
	}
	for _, r := range s.Rules {
		n += 1 + len(r.When) + len(r.Of)
		if r.Sum != nil {
			n += len(s.Issues) + 2*len(r.Sum.Terms)
		}
	}
	return int64(n)
}

// next goes on to the next package; false after the last.
func (s Space) next(choice []int) bool {
	for i := len(choice) - 1; i >= 0; i-- {
		if choice[i]++; choice[i] < len(s.Issues[i]) {
			return true
		}
		choice[i] = 0
	}
	return false
}

// lister keeps what no package listed so far beats, and those not yet compared.
type lister struct {
	ctx    context.Context
	sides  int
	limit  int
	points []Point
	full   int // so many points are sieved
}

// sift drops what is beaten or equal to an earlier point, and sorts the rest.
func (l *lister) sift() error {
	slices.SortStableFunc(l.points, func(a, b Point) int { return slices.Compare(b.Values, a.Values) })
	l.points = slices.CompactFunc(l.points, func(a, b Point) bool { return slices.Equal(a.Values, b.Values) })
	s := sieve{ctx: l.ctx, sides: l.sides, beaten: make([]bool, len(l.points))}
	order := make([]int32, len(l.points))
	for k, p := range l.points {
		order[k] = int32(k)
		s.values = append(s.values, p.Values...)
	}
	s.run(order)
	if err := l.ctx.Err(); err != nil {
		return err
	}
	at := 0
	l.points = slices.DeleteFunc(l.points, func(Point) bool { at++; return s.beaten[at-1] })
	l.full = len(l.points) + listBatch
	if l.limit > 0 && len(l.points) > l.limit {
		return ErrTooLarge
	}
	return nil
}
