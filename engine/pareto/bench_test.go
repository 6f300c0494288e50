package pareto_test

import (
	"context"
	"testing"

	"parley/engine/pareto"
)

// synthetic is a table of issues with the given number of options whose best
// options add up to reach for every side. Inside an issue the sides disagree at
// random; the same seed gives the same table on every machine.
func synthetic(seed uint64, sides, issues, options int, reach int64) pareto.Table {
	next := func(n int64) int64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int64(seed>>33) % n
	}
	t := pareto.Table{Sides: sides, Issues: make([][][]int64, issues)}
	for i := range t.Issues {
		for range options {
			values := make([]int64, sides)
			for p := range values {
				values[p] = next(reach/int64(issues) + 1)
			}
			t.Issues[i] = append(t.Issues[i], values)
		}
	}
	return t
}

// opposed is a table with integer points in which what one side gains another
// loses, each at its own rate: the hardest case, with the longest frontiers.
func opposed(seed uint64, sides, issues, options int, reach int64) pareto.Table {
	t := synthetic(seed, sides, issues, 1, reach)
	for i, options1 := range t.Issues {
		worth := options1[0]
		t.Issues[i] = nil
		for o := range options {
			values := make([]int64, sides)
			for p := range values {
				step := (o + p*options/sides) % options
				values[p] = worth[p] * int64(step) / int64(options-1)
			}
			if sides == 2 {
				values[1] = worth[1] * int64(options-1-o) / int64(options-1)
			}
			t.Issues[i] = append(t.Issues[i], values)
		}
	}
	return t
}

// concessions is a table like those derived from registers: keep, one side
// yields, the other yields, with weights of a random order.
func concessions(seed uint64, sides, issues int) pareto.Table {
	next := func(n int64) int64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int64(seed>>33) % n
	}
	t := pareto.Table{Sides: sides, Issues: make([][][]int64, issues)}
	for i := range t.Issues {
		t.Issues[i] = [][]int64{make([]int64, sides)}
		first := int(next(int64(sides)))
		second := (first + 1 + int(next(int64(sides-1)))) % sides
		a, b := 1+next(150_000), 1+next(150_000)
		for _, yields := range []int{first, second} {
			values := make([]int64, sides)
			gains, cost, worth := second, a, b
			if yields == second {
				gains, cost, worth = first, b, a
			}
			values[yields], values[gains] = -cost, worth*(1+next(4))/4
			t.Issues[i] = append(t.Issues[i], values)
		}
	}
	return t
}

func benchmarkFrontier(b *testing.B, t pareto.Table) {
	b.ReportAllocs()
	points := 0
	for b.Loop() {
		got, err := pareto.Frontier(context.Background(), t, 0)
		if err != nil {
			b.Fatal(err)
		}
		points = len(got)
	}
	b.ReportMetric(float64(points), "points")
}

func BenchmarkFrontierTwoSides1e100(b *testing.B) {
	benchmarkFrontier(b, synthetic(1, 2, 100, 10, 10_000))
}

func BenchmarkFrontierTwoSides1e100Opposed(b *testing.B) {
	benchmarkFrontier(b, opposed(1, 2, 100, 10, 20_000))
}

func BenchmarkFrontierThreeSides1e30Opposed(b *testing.B) {
	benchmarkFrontier(b, opposed(1, 3, 30, 10, 2_000))
}

func BenchmarkFrontierThreeSides1e30(b *testing.B) {
	benchmarkFrontier(b, synthetic(1, 3, 30, 10, 1_000))
}

func BenchmarkFrontierLikeAMPOvsCity(b *testing.B) {
	benchmarkFrontier(b, opposed(1, 2, 10, 5, 1_000_000))
}

func BenchmarkFrontierThreeSides15x3(b *testing.B) {
	benchmarkFrontier(b, concessions(1, 3, 15))
}

func BenchmarkFrontierFourSides12x3(b *testing.B) {
	benchmarkFrontier(b, concessions(1, 4, 12))
}

func BenchmarkFrontierTwoSides13x3(b *testing.B) {
	benchmarkFrontier(b, concessions(1, 2, 13))
}

// BenchmarkEfficient tests, for each of fifty tables, ten packages of the
// frontier and ten that differ from one of these in one issue.
func BenchmarkEfficient(b *testing.B) {
	for _, size := range []struct {
		name                 string
		sides, issues, limit int
	}{{"13x3x2", 2, 13, 0}, {"15x3x3", 3, 15, 0}, {"12x3x4", 4, 12, 0}} {
		b.Run(size.name, func(b *testing.B) {
			var all []pareto.Table
			var tried [][][]int64
			for seed := range 50 {
				t := concessions(uint64(seed), size.sides, size.issues)
				points, err := pareto.Frontier(context.Background(), t, size.limit)
				if err != nil {
					b.Fatal(err)
				}
				var values [][]int64
				for k := range 10 {
					point := points[k*len(points)/10]
					values = append(values, point.Values)
					point.Choice[k%len(t.Issues)] = (point.Choice[k%len(t.Issues)] + 1) % 3
					values = append(values, t.Value(point.Choice))
				}
				all, tried = append(all, t), append(tried, values)
			}
			b.ReportAllocs()
			checker := new(pareto.Checker)
			var verdicts [3]int
			tests := 0
			for b.Loop() {
				for k, t := range all {
					checker.Reset(pareto.Space{Table: t})
					for _, values := range tried[k] {
						verdicts[checker.Efficient(values, 100_000)]++
						tests++
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tests), "ns/test")
			b.ReportMetric(float64(verdicts[pareto.Efficient])/float64(tests), "efficient")
			b.ReportMetric(float64(verdicts[pareto.Undecided])/float64(tests), "undecided")
		})
	}
}

// BenchmarkCover covers the packages that leave nobody worse off than a table of
// concessions does untouched.
func BenchmarkCover(b *testing.B) {
	for _, size := range []struct {
		name          string
		sides, issues int
	}{{"40x3x4", 4, 40}, {"40x3x5", 5, 40}, {"40x3x7", 7, 40}} {
		b.Run(size.name, func(b *testing.B) {
			s := pareto.Space{Table: concessions(uint64(size.sides), size.sides, size.issues)}
			origin := make([]int64, size.sides)
			var got pareto.Covering
			for b.Loop() {
				var err error
				if got, err = pareto.Cover(context.Background(), s, origin, pareto.Fraction{Num: 1, Den: 100}, pareto.Limits{Nodes: 20_000_000, Points: 1000}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(got.Points)), "points")
			b.ReportMetric(100*float64(got.Epsilon.Num)/float64(got.Epsilon.Den), "%gap")
		})
	}
}
