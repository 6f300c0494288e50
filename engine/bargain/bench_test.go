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

// interacting ties issues of a table of concessions to one another: every fifth
// requires the next, every seventh adds or takes where it meets the next but
// one, and one rule over a third of all issues asks side 0 not to give too much.
func interacting(seed uint64, sides, issues int) pareto.Space {
	s := pareto.Space{Table: concessions(seed, sides, issues)}
	at := func(i, option int) pareto.Literal {
		return pareto.Literal{Issue: i, Options: []int{option}}
	}
	sum := &pareto.Sum{Amounts: make([][]int64, issues), Least: -100_000}
	for i := range issues - 2 {
		if i%5 == 0 {
			s.Rules = append(s.Rules, pareto.Rule{When: []pareto.Literal{at(i, 1)}, Of: []pareto.Literal{at(i+1, 2)}, AtLeast: 1})
		}
		if i%7 == 0 {
			values := make([]int64, sides)
			for p := range values {
				values[p] = int64((i+p)%3-1) * 40_000
			}
			s.Terms = append(s.Terms, pareto.Term{All: []pareto.Literal{at(i, 2), at(i+2, 1)}, Values: values})
		}
		if i%3 == 0 {
			for _, values := range s.Issues[i] {
				sum.Amounts[i] = append(sum.Amounts[i], values[0])
			}
		}
	}
	s.Rules = append(s.Rules, pareto.Rule{Sum: sum})
	return s
}

func BenchmarkNashWithRules(b *testing.B) {
	for _, size := range []struct {
		name          string
		sides, issues int
	}{{"15x3x2", 2, 15}, {"15x3x3", 3, 15}, {"40x3x2", 2, 40}} {
		b.Run(size.name, func(b *testing.B) {
			var all []pareto.Space
			for seed := range 100 {
				all = append(all, interacting(uint64(seed), size.sides, size.issues))
			}
			b.ReportAllocs()
			solver, base := bargain.NewSolver(), make([]int64, size.sides)
			var times []time.Duration
			exact := 0
			for b.Loop() {
				for _, s := range all {
					start := time.Now()
					if _, ok := solver.Nash(s, base, 60_000); ok {
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
