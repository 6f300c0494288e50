package roadmap_test

import (
	"context"
	"testing"

	"parley/engine/pareto"
	"parley/engine/roadmap"
)

func benchmark(b *testing.B, q roadmap.Question, looks int64) {
	for b.Loop() {
		p, err := roadmap.Monotone(context.Background(), q, roadmap.Limits{Looks: looks})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(p.Looks), "looks")
		b.ReportMetric(float64(p.Sizes()[0]), "largest-step")
		exact := 0.0
		if p.Exact {
			exact = 1
		}
		b.ReportMetric(exact, "exact")
	}
}

// free is a package of moves that cost nobody: every state is on a path.
func free(n int) roadmap.Question {
	q := roadmap.Question{Space: pareto.Space{Table: pareto.Table{Sides: 2}}}
	for i := range n {
		q.Space.Issues = append(q.Space.Issues, [][]int64{{0, 0}, {int64(i % 3), int64(i % 5)}})
		q.From, q.To, q.Late = append(q.From, 0), append(q.To, 1), append(q.Late, i%2)
	}
	return q
}

func BenchmarkTrade13(b *testing.B) { benchmark(b, trade(1, 13, 2), 0) }
func BenchmarkTrade22(b *testing.B) { benchmark(b, trade(1, 22, 2), 0) }
func BenchmarkFree22(b *testing.B)  { benchmark(b, free(22), 0) }
func BenchmarkTrade22Sides4(b *testing.B) {
	benchmark(b, trade(1, 22, 4), 0)
}
func BenchmarkTrade40(b *testing.B)       { benchmark(b, trade(1, 40, 2), 50_000_000) }
func BenchmarkTrade40Sides3(b *testing.B) { benchmark(b, trade(1, 40, 3), 50_000_000) }
func BenchmarkFree40(b *testing.B)        { benchmark(b, free(40), 50_000_000) }

func BenchmarkBottleneck(b *testing.B) {
	for name, n := range map[string]int{"13": 13, "22": 22, "40": 40} {
		q := trade(1, n, 2)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				got, err := roadmap.Bottleneck(context.Background(), q, roadmap.Limits{Looks: 10_000_000})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(got.Path.Looks), "looks")
			}
		})
	}
}
