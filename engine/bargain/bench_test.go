package bargain_test

import (
	"slices"
	"testing"
	"time"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// concessions is a table like those derived from registers: keep, one side
// yields, the other yields. The same seed gives the same table everywhere.
func concessions(seed uint64, sides, issues int) pareto.Table {
	r := bargain.NewStream(seed, sides, issues)
	next := func(n uint64) int64 { return int64(r.Below(n)) }
	t := pareto.Table{Sides: sides, Issues: make([][][]int64, issues)}
	for i := range t.Issues {
		t.Issues[i] = [][]int64{make([]int64, sides)}
		first := int(next(uint64(sides)))
		second := (first + 1 + int(next(uint64(sides-1)))) % sides
		worth := []int64{1 + next(150_000), 1 + next(150_000)}
		for k, yields := range []int{first, second} {
			values := make([]int64, sides)
			values[yields], values[first+second-yields] = -worth[k], worth[1-k]*(1+next(4))/4
			t.Issues[i] = append(t.Issues[i], values)
		}
	}
	return t
}

func BenchmarkNash(b *testing.B) {
	for _, size := range []struct {
		name          string
		sides, issues int
	}{{"13x3x2", 2, 13}, {"15x3x3", 3, 15}, {"15x3x4", 4, 15}, {"30x3x2", 2, 30}} {
		b.Run(size.name, func(b *testing.B) {
			var all []pareto.Table
			for seed := range 200 {
				all = append(all, concessions(uint64(seed), size.sides, size.issues))
			}
			b.ReportAllocs()
			solver, base := bargain.NewSolver(), make([]int64, size.sides)
			var times []time.Duration
			exact := 0
			for b.Loop() {
				for _, t := range all {
					start := time.Now()
					if _, ok := solver.Nash(pareto.Space{Table: t}, base, 1_000_000); ok {
						exact++
					}
					times = append(times, time.Since(start))
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "ns-median")
			b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "ns-99th")
			b.ReportMetric(float64(exact)/float64(len(times)), "exact")
		})
	}
}
