package bargain_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

// TestStreamIsFixed: stored answers depend on these numbers. Never change them.
func TestStreamIsFixed(t *testing.T) {
	s := bargain.NewStream(2009, 1, 7)
	got := fmt.Sprint(s.Uint64(), s.Uint64(), s.Below(1_000_000), s.Below(3))
	if want := "958888097575573840 9937832881427674197 632577 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	out := make([]int64, 6)
	bargain.NewSampler([]int{0, 1, 0, bargain.Unplaced, 1, 2}, 1_000_000).Draw(bargain.NewStream(2009, 0, 0), out)
	if got, want := fmt.Sprint(out), "[602737 20635 274423 28362 67698 6145]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestStreamsDiffer(t *testing.T) {
	seen := map[uint64]string{}
	for seed := range uint64(20) {
		for side := range 20 {
			for sample := range 20 {
				name := fmt.Sprint(seed, side, sample)
				first := bargain.NewStream(seed, side, sample).Uint64()
				if other, twice := seen[first]; twice {
					t.Fatalf("streams %s and %s begin alike", name, other)
				}
				seen[first] = name
			}
		}
	}
}

func TestBelowIsEven(t *testing.T) {
	s := bargain.NewStream(1, 2, 3)
	for _, n := range []uint64{1, 2, 3, 7, 10, 1<<63 + 1<<62} {
		counts := make([]int, 10)
		const draws = 100_000
		for range draws {
			v := s.Below(n)
			if v >= n {
				t.Fatalf("%d is not below %d", v, n)
			}
			if n <= 10 {
				counts[v]++
			} else {
				counts[v/(n/10+1)]++
			}
		}
		cells := int(min(n, 10))
		for v, got := range counts[:cells] {
			want := float64(draws) / float64(cells)
			if math.Abs(float64(got)-want) > 5*math.Sqrt(want)+1 {
				t.Errorf("below %d: part %d came %d times, want about %.0f", n, v, got, want)
			}
		}
	}
	thirds := make([]int, 3) // without rejecting, every third number would come twice as often
	for range 30_000 {
		thirds[s.Below(3<<62)%3]++
	}
	if slices.Min(thirds) < 9_500 {
		t.Errorf("below 3 * 2^62: by remainder %v, want about 10,000 each", thirds)
	}
	defer func() {
		if recover() == nil {
			t.Error("Below(0) does not panic")
		}
	}()
	s.Below(0)
}

func TestDrawRespectsTiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(12).Draw(t, "levels")
		total := rapid.Int64Range(0, 1_000_000).Draw(t, "total")
		out := make([]int64, len(levels))
		sampler := bargain.NewSampler(levels, total)
		stream := bargain.NewStream(rapid.Uint64().Draw(t, "seed"), 0, 0)
		for range 5 {
			sampler.Draw(stream, out)
			sum := int64(0)
			for k, v := range out {
				sum += v
				for j, w := range out {
					if levels[k] != bargain.Unplaced && levels[k] < levels[j] && v < w {
						t.Fatalf("%v: interest %d of a higher tier weighs less than %d: %v", levels, k, j, out)
					}
				}
				if v < 0 {
					t.Fatalf("a negative weight: %v", out)
				}
			}
			if sum != total {
				t.Fatalf("the weights sum to %d, want %d", sum, total)
			}
		}
	})
}

// TestDrawIsUniform compares with what is known of the uniform distribution:
// its mean is the centroid, every ranking the tiers allow is equally likely, and
// the largest of n parts exceeds x with chance sum (-1)^(j+1) C(n,j) (1-jx)^(n-1).
func TestDrawIsUniform(t *testing.T) {
	const draws, total = 60_000, 1 << 40
	for _, levels := range [][]int{
		{0, 1, 2},
		{0, 0, 1, 1},
		{0, bargain.Unplaced, 1, bargain.Unplaced},
		{bargain.Unplaced, 0, 0, 1},
	} {
		n := len(levels)
		sampler, out := bargain.NewSampler(levels, total), make([]int64, n)
		means, counts := make([]float64, n), map[string]int{}
		above := 0
		for sample := range draws {
			sampler.Draw(bargain.NewStream(5, 0, sample), out)
			ranking := make([]int, n)
			for k, v := range out {
				means[k] += float64(v) / total / draws
				ranking[k] = k
			}
			slices.SortFunc(ranking, func(a, b int) int { return int(out[b] - out[a]) })
			counts[fmt.Sprint(ranking)]++
			if float64(slices.Max(out)) > .6*total {
				above++
			}
		}
		for k, w := range bargain.Centroid(levels) {
			if want, _ := w.Float64(); math.Abs(means[k]-want) > .004 {
				t.Errorf("%v: mean %.4f of interest %d, want %.4f", levels, means[k], k, want)
			}
		}
		all := rankings(levels)
		for _, ranking := range all {
			want := float64(draws) / float64(len(all))
			if got := counts[fmt.Sprint(ranking)]; math.Abs(float64(got)-want) > 5*math.Sqrt(want) {
				t.Errorf("%v: ranking %v came %d times, want about %.0f", levels, ranking, got, want)
			}
		}
		want := float64(n) * math.Pow(.4, float64(n-1)) // only j = 1 counts for x = .6
		if got := float64(above) / draws; math.Abs(got-want) > .01 {
			t.Errorf("%v: the largest exceeds .6 in %.4f, want %.4f", levels, got, want)
		}
	}
}

func TestDrawAllocatesNothing(t *testing.T) {
	sampler := bargain.NewSampler(blocks(11, 14, 7), 1_000_000)
	out, stream := make([]int64, 32), bargain.NewStream(1, 0, 0)
	if n := testing.AllocsPerRun(100, func() { sampler.Draw(stream, out) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
	bargain.NewSampler(nil, 100).Draw(stream, nil) // an empty register is no mistake
}

func BenchmarkDraw(b *testing.B) {
	sampler := bargain.NewSampler(blocks(11, 14, 7), 1_000_000)
	out := make([]int64, 32)
	sample := 0
	for b.Loop() {
		sampler.Draw(bargain.NewStream(1, 0, sample), out)
		sample++
	}
}
