package pareto_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

// TestCoverAgainstBruteForce holds every promise against the list of all
// packages: points are feasible, at or above the origin and unbeaten by one
// another, near every package there is a point, and the fraction is that of the
// gaps. What is asked for is reached where nothing limits the search.
func TestCoverAgainstBruteForce(t *testing.T) {
	for sides := 1; sides <= 5; sides++ {
		rapid.Check(t, func(t *rapid.T) {
			s := interacting(sides).Draw(t, "space")
			_, all := feasible(s)
			var origin []int64
			if len(all) > 0 && rapid.Bool().Draw(t, "from some package") {
				origin = slices.Clone(rapid.SampledFrom(all).Draw(t, "origin"))
				origin[0] -= rapid.Int64Range(0, 9).Draw(t, "lower")
			}
			epsilon := rapid.SampledFrom([]pareto.Fraction{{Num: 1, Den: 20}, {Num: 1, Den: 10}, {Num: 1, Den: 4}}).Draw(t, "epsilon")
			limits := rapid.SampledFrom([]pareto.Limits{{}, {}, {Nodes: 300}, {Points: 3}}).Draw(t, "limits")
			got, err := pareto.Cover(context.Background(), s, origin, epsilon, limits)
			if err != nil {
				t.Fatal(err)
			}
			checkPoints(t, s, got, origin)
			for _, values := range all {
				if origin != nil && !reaches(values, origin) {
					continue
				}
				if !slices.ContainsFunc(got.Points, func(p pareto.Point) bool { return near(p.Values, values, got.Gap) }) && !sayNothing(got) {
					t.Fatalf("nothing within %v of %v: %v", got.Gap, values, got.Points)
				}
			}
			if limits == (pareto.Limits{}) && ratio(got.Epsilon).Cmp(ratio(epsilon)) > 0 {
				t.Fatalf("proved %v, want %v", got.Epsilon, epsilon)
			}
			if limits.Points > 0 && len(got.Points) > limits.Points {
				t.Fatalf("%d points, want at most %d", len(got.Points), limits.Points)
			}
		})
	}
}

func sayNothing(c pareto.Covering) bool { return c.Epsilon == pareto.Fraction{Num: 1, Den: 1} }

func ratio(f pareto.Fraction) *big.Rat { return big.NewRat(f.Num, f.Den) }

// near reports whether a point gives no side less than values by more than gap.
func near(point, values, gap []int64) bool {
	for p, v := range values {
		if v-point[p] > gap[p] {
			return false
		}
	}
	return true
}

func checkPoints(t *rapid.T, s pareto.Space, got pareto.Covering, origin []int64) {
	for k, point := range got.Points {
		if !s.Feasible(point.Choice) || !slices.Equal(s.Value(point.Choice), point.Values) || origin != nil && !reaches(point.Values, origin) {
			t.Fatalf("%v is no package with %v above %v", point.Choice, point.Values, origin)
		}
		if k > 0 && slices.Compare(got.Points[k-1].Values, point.Values) <= 0 {
			t.Fatalf("out of order at %v", point.Values)
		}
		if slices.ContainsFunc(got.Points, func(other pareto.Point) bool { return beats(other.Values, point.Values) }) {
			t.Fatalf("%v is beaten", point.Values)
		}
	}
}

// TestCoverWithoutGapIsTheFrontier: nothing left open is everything.
func TestCoverWithoutGapIsTheFrontier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := interacting(rapid.IntRange(1, 4).Draw(t, "sides")).Draw(t, "space")
		_, all := feasible(s)
		var want [][]int64
		for _, k := range pareto.Skyline(all) {
			want = append(want, all[k])
		}
		slices.SortFunc(want, func(a, b []int64) int { return slices.Compare(b, a) })
		want = slices.CompactFunc(want, slices.Equal)
		got, err := pareto.Cover(context.Background(), s, nil, pareto.Fraction{Num: 0, Den: 1}, pareto.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var have [][]int64
		for _, point := range got.Points {
			have = append(have, point.Values)
		}
		if !slices.EqualFunc(have, want, slices.Equal) {
			t.Fatalf("got %v, want %v", have, want)
		}
	})
}

// TestCoverByHand: ten slices of a cake, one side's or the other's. A quarter of
// the span is two slices: points five apart stand for all that lies between.
func TestCoverByHand(t *testing.T) {
	cake := pareto.Space{Table: pareto.Table{Sides: 2, Issues: slices.Repeat([][][]int64{{{1, 0}, {0, 1}}}, 10)}}
	cases := []struct {
		name    string
		origin  []int64
		epsilon pareto.Fraction
		gap     []int64
		most    int
	}{
		{"a quarter", nil, pareto.Fraction{Num: 1, Den: 4}, []int64{2, 2}, 11},
		{"all of them", nil, pareto.Fraction{Num: 1, Den: 11}, []int64{0, 0}, 11},
		{"six slices are due to each", []int64{6, 6}, pareto.Fraction{Num: 1, Den: 4}, []int64{0, 0}, 0},
		{"five slices are due to each", []int64{5, 5}, pareto.Fraction{Num: 1, Den: 10}, []int64{0, 0}, 1},
		{"more than there is", []int64{11, 0}, pareto.Fraction{Num: 1, Den: 10}, []int64{0, 0}, 0},
	}
	for _, c := range cases {
		got, err := pareto.Cover(t.Context(), cake, c.origin, c.epsilon, pareto.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Gap, c.gap) || len(got.Points) > c.most || (len(got.Points) == 0) != (c.most == 0) {
			t.Errorf("%s: got %v with gap %v, want at most %d points and gap %v", c.name, got.Points, got.Gap, c.most, c.gap)
		}
	}
}

func TestCoverRepeatsItself(t *testing.T) {
	s := pareto.Space{Table: concessions(5, 5, 20)}
	limits := pareto.Limits{Nodes: 300_000, Points: 300}
	first, err := pareto.Cover(t.Context(), s, nil, pareto.Fraction{Num: 1, Den: 50}, limits)
	if err != nil {
		t.Fatal(err)
	}
	limits.Workers = 16
	again, _ := pareto.Cover(t.Context(), s, nil, pareto.Fraction{Num: 1, Den: 50}, limits)
	if fmt.Sprint(first) != fmt.Sprint(again) {
		t.Error("two searches for the same found different things")
	}
	if len(first.Points) < 10 || sayNothing(first) || first.Nodes > limits.Nodes+100_000 {
		t.Errorf("%d points within %v after %d nodes", len(first.Points), first.Epsilon, first.Nodes)
	}
}

func TestCoverEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := pareto.Cover(ctx, pareto.Space{Table: concessions(1, 4, 12)}, nil, pareto.Fraction{Num: 1, Den: 10}, pareto.Limits{})
	if err == nil || !sayNothing(got) {
		t.Errorf("got %v, %v, want the end of the context and nothing proved", got.Epsilon, err)
	}
	if _, err := pareto.Cover(t.Context(), pareto.Space{}, nil, pareto.Fraction{Num: 1, Den: 10}, pareto.Limits{}); err == nil {
		t.Error("a space without sides is covered")
	}
}
