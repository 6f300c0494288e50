package pareto

import (
	"context"
	"slices"
)

// mergeSorted merges an issue for any number of sides: all candidates, sorted
// descending lexicographically, equal vectors put together, then the sieve.
func mergeSorted(ctx context.Context, last *layer, classes []class) *layer {
	all := emptyLayer(last.sides, last.len()*len(classes))
	for index, c := range classes {
		for k := range last.len() {
			all.extend(last, k, c, int32(index))
		}
	}
	order := make([]int32, all.len())
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if c := slices.Compare(all.at(int(b)), all.at(int(a))); c != 0 {
			return c
		}
		return int(a - b) // the smaller option first
	})
	distinct := order[:0]
	for _, k := range order {
		if n := len(distinct); n > 0 && slices.Equal(all.at(int(distinct[n-1])), all.at(int(k))) {
			all.counts.add(int(distinct[n-1]), &all.counts, k, 1)
			continue
		}
		distinct = append(distinct, k)
	}
	beaten := make([]bool, all.len())
	s := sieve{ctx: ctx, sides: all.sides, values: all.values, beaten: beaten}
	s.run(distinct)
	next := emptyLayer(last.sides, len(distinct))
	for _, k := range distinct {
		if !beaten[k] {
			next.keep(all, int(k))
		}
	}
	return next
}
