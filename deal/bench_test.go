package deal_test

import (
	"context"
	"testing"

	"parley/deal"
)

// BenchmarkRussia2009 is the whole search of the 2009 example with the default
// 10,000 weightings under both readings of the stakes, on two workers.
func BenchmarkRussia2009(b *testing.B) {
	benchmarkExample(b, "us-russia-2009.yaml")
}

// BenchmarkThreeTowns is the same for the invented example with three sides.
func BenchmarkThreeTowns(b *testing.B) {
	benchmarkExample(b, "three-towns.yaml")
}

func benchmarkExample(b *testing.B, name string) {
	in := readExample(b, name).Input()
	for b.Loop() {
		q, err := deal.NewQuestion(in, deal.DefaultSettings())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := deal.Search(context.Background(), q, deal.Run{Workers: 2}); err != nil {
			b.Fatal(err)
		}
	}
}
