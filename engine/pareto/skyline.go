package pareto

import (
	"context"
	"slices"
)

// Skyline returns the indices, ascending, of the points that no other point
// beats. Equal points stay or go together. Points have one value per side.
func Skyline(points [][]int64) []int {
	if len(points) == 0 {
		return nil
	}
	s := sieve{ctx: context.Background(), sides: len(points[0]), beaten: make([]bool, len(points))}
	order := make([]int32, len(points))
	for k, values := range points {
		s.values = append(s.values, values...)
		order[k] = int32(k)
	}
	slices.SortFunc(order, func(a, b int32) int { return slices.Compare(points[b], points[a]) })
	distinct := slices.CompactFunc(slices.Clone(order), func(a, b int32) bool {
		return slices.Equal(points[a], points[b])
	})
	s.run(distinct)
	var kept []int
	for _, k := range order {
		for len(distinct) > 0 && !slices.Equal(points[distinct[0]], points[k]) {
			distinct = distinct[1:]
		}
		if !s.beaten[distinct[0]] {
			kept = append(kept, int(k))
		}
	}
	slices.Sort(kept)
	return kept
}
