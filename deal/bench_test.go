package deal_test

import (
	"context"
	"slices"
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

// BenchmarkRoadmapOf60Interests goes from the file of the 2009 example, with 32
// and 28 interests, to its roadmaps, with the default 10,000 weightings.
func BenchmarkRoadmapOf60Interests(b *testing.B) {
	for b.Loop() {
		q, err := deal.NewQuestion(readExample(b, "us-russia-2009.yaml").Input(), deal.DefaultSettings())
		if err != nil {
			b.Fatal(err)
		}
		a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
		if err != nil {
			b.Fatal(err)
		}
		ways := 0
		for _, r := range a.Roadmaps {
			if len(r.Steps) > 0 {
				ways++
			}
		}
		if ways == 0 {
			b.Fatal("no roadmap has a step")
		}
		b.ReportMetric(float64(ways), "roadmaps")
	}
}

// BenchmarkWhyNot asks why each side of the 2009 example does not simply give way
// everywhere: with the default weightings, and alone, as at a desk.
func BenchmarkWhyNot(b *testing.B) {
	in := readExample(b, "us-russia-2009.yaml").Input()
	q, err := deal.NewQuestion(in, deal.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	for _, side := range in.Sides {
		choices := map[string]string{}
		for topic, ids := range deal.OptionIDs(in) {
			if id := string(side.ID) + "-yields"; slices.Contains(ids, id) {
				choices[string(topic)] = id
			}
		}
		b.Run(string(side.ID), func(b *testing.B) {
			for b.Loop() {
				why, err := deal.ExplainPackage(context.Background(), q, deal.Run{Workers: 2}, choices)
				if err != nil || len(why.Reasons) == 0 {
					b.Fatalf("%d moves: %d reasons, %v", len(choices), len(why.Reasons), err)
				}
			}
		})
	}
}
