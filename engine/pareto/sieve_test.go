package pareto

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sieveOf puts points into a sieve and lists their numbers, distinct and sorted
// descending lexicographically, as run wants them.
func sieveOf(points [][]int64) (*sieve, []int32) {
	s := &sieve{ctx: context.Background(), sides: len(points[0]), beaten: make([]bool, len(points))}
	var ids []int32
	for k, values := range points {
		s.values = append(s.values, values...)
		ids = append(ids, int32(k))
	}
	slices.SortFunc(ids, func(a, b int32) int { return slices.Compare(points[b], points[a]) })
	ids = slices.CompactFunc(ids, func(a, b int32) bool { return slices.Equal(points[a], points[b]) })
	return s, ids
}

func TestSieveByHand(t *testing.T) {
	cases := []struct {
		name   string
		points [][]int64
		beaten []bool
	}{
		{"one side: the best stands", [][]int64{{3}, {5}, {4}}, []bool{true, false, true}},
		{"two sides", [][]int64{{5, 1}, {4, 1}, {3, 3}, {1, 4}, {1, 3}}, []bool{false, true, false, false, true}},
		{"equal on the first side", [][]int64{{5, 1}, {5, 2}, {5, 0}}, []bool{true, false, true}},
		{"three sides, all stand", [][]int64{{3, 2, 1}, {3, 1, 2}, {2, 3, 1}, {2, 1, 3}, {1, 3, 2}, {1, 2, 3}}, make([]bool, 6)},
		{"three sides, beaten on one alone", [][]int64{{3, 2, 1}, {3, 2, 0}, {3, 1, 1}, {2, 2, 1}}, []bool{false, true, true, true}},
		{"four sides", [][]int64{{4, 4, 4, 0}, {0, 4, 4, 4}, {3, 3, 3, 0}, {3, 3, 3, 1}}, []bool{false, false, true, false}},
	}
	for _, c := range cases {
		s, ids := sieveOf(c.points)
		s.run(ids)
		if !slices.Equal(s.beaten, c.beaten) {
			t.Errorf("%s: got %v, want %v", c.name, s.beaten, c.beaten)
		}
	}
	s, _ := sieveOf([][]int64{{1}})
	s.run(nil) // nothing to sift is no mistake
}

// TestCross marks exactly those of the lower list that an upper one matches from
// a side on, whatever the sides before say; splitting and comparing agree.
func TestCross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.IntRange(3, 6).Draw(t, "sides")
		reach := rapid.SampledFrom([]int64{1, 4, 1000}).Draw(t, "reach")
		point := rapid.SliceOfN(rapid.Int64Range(0, reach), sides, sides)
		points := rapid.SliceOfN(point, 2, 120).Draw(t, "points")
		from := rapid.IntRange(1, sides-2).Draw(t, "from")
		s, _ := sieveOf(points)
		descend := func(ids []int32) []int32 {
			slices.SortStableFunc(ids, func(a, b int32) int { return int(s.at(b, sides-2) - s.at(a, sides-2)) })
			return ids
		}
		var upper, lower []int32
		for k := range points {
			if k%2 == 0 {
				upper = append(upper, int32(k))
			} else {
				lower = append(lower, int32(k))
			}
		}
		s.cross(descend(upper), descend(lower), from)
		for k, values := range points {
			want := k%2 == 1 && slices.ContainsFunc(upper, func(u int32) bool { return atLeast(points[u][from:], values[from:]) })
			if s.beaten[k] != want {
				t.Fatalf("point %d %v from side %d: got %v, want %v", k, values, from, s.beaten[k], want)
			}
		}
	})
}

func TestJoin(t *testing.T) {
	s, _ := sieveOf([][]int64{{0, 9, 0}, {0, 7, 0}, {0, 7, 1}, {0, 4, 0}, {0, 1, 0}})
	cases := []struct{ a, b, want []int32 }{
		{nil, []int32{1, 3}, []int32{1, 3}},
		{[]int32{1, 3}, nil, []int32{1, 3}},
		{[]int32{0, 3}, []int32{1, 4}, []int32{0, 1, 3, 4}},
		{[]int32{2, 4}, []int32{0, 1}, []int32{0, 2, 1, 4}},
	}
	for _, c := range cases {
		if got := s.join(c.a, c.b); !slices.Equal(got, c.want) {
			t.Errorf("%v with %v: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestSieveStopsWhenAsked: an ended context leaves the work undone.
func TestSieveStopsWhenAsked(t *testing.T) {
	var points [][]int64
	for k := range int64(20_000) {
		points = append(points, []int64{k, -k, k * k % 101})
	}
	s, ids := sieveOf(points)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	s.ctx = ended
	s.run(ids)
	if slices.Contains(s.beaten, true) {
		t.Error("worked on after the end")
	}
}
