package pareto

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// BenchmarkAnytime gives every search one second and reports the gap that is
// proved by then, in hundredths of the most a side can have, and the time.
func BenchmarkAnytime(b *testing.B) {
	for _, c := range geniusCases {
		b.Run(c.name, func(b *testing.B) { anytime(b, readGenius(b, c.name)) })
	}
	for seed := range uint64(6) {
		n := 40 + 10*int(seed%2)
		b.Run(fmt.Sprintf("hubs-%d-issues-%d", n, seed), func(b *testing.B) { anytime(b, hubScenario(seed, n)) })
	}
	for _, literals := range []int{4, 7} {
		for seed := range uint64(4) {
			b.Run(fmt.Sprintf("random-50-issues-%d-literals-%d", literals, seed), func(b *testing.B) {
				anytime(b, randomScenario(seed, 50, literals, seed%2 == 1, false))
			})
		}
	}
	for seed := range uint64(4) {
		b.Run(fmt.Sprintf("random-50-issues-7-literals-and-rules-%d", seed), func(b *testing.B) {
			s := randomScenario(seed, 50, 7, false, false)
			addTangledRules(rand.New(rand.NewPCG(seed, 9)), &s, 30)
			anytime(b, s)
		})
	}
}

// addTangledRules adds rules about two to seven issues each: a conjunction must not
// hold, or one literal requires another of several.
func addTangledRules(r *rand.Rand, s *Space, n int) {
	for range n {
		issues := r.Perm(len(s.Issues))[:2+r.IntN(6)]
		slices.Sort(issues)
		var all []Literal
		for _, i := range issues {
			all = append(all, Literal{Issue: i, Options: randomInterval(r)})
		}
		rule := Rule{When: all, AtLeast: 1}
		if r.IntN(2) == 0 {
			rule.When, rule.Of = all[:1], all[1:]
		}
		s.Rules = append(s.Rules, rule)
	}
}

func anytime(b *testing.B, s Space) {
	gap, points := 0.0, 0
	for b.Loop() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		found, err := Explore(ctx, s, Limits{Workers: 2}, nil)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			b.Fatal(err)
		}
		gap, points = 100, len(found.Points)
		if found.Gap != nil {
			gap = hundredths(found)
		}
	}
	b.ReportMetric(gap, "%gap")
	b.ReportMetric(float64(points), "points")
}

// hundredths is the gap of the side for which it is largest, in hundredths of the
// most that a point gives it.
func hundredths(f Found) (gap float64) {
	for side, g := range f.Gap {
		most := int64(1)
		for _, p := range f.Points {
			most = max(most, p.Values[side])
		}
		gap = max(gap, 100*float64(g)/float64(most))
	}
	return gap
}
