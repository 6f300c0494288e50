package pareto

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestMergesAgree merges the same issue in every way that serves the number of
// sides; all must give the same layer, ways back and counts included.
func TestMergesAgree(t *testing.T) {
	for sides := 1; sides <= 3; sides++ {
		rapid.Check(t, func(t *rapid.T) {
			vector := rapid.SliceOfN(rapid.Int64Range(-4, 4), sides, sides)
			issue := rapid.Map(rapid.SliceOfN(vector, 1, 5), compress)
			m := merger{sides: sides, low: make([]int64, sides), high: make([]int64, sides)}
			last := newLayer(sides)
			for range rapid.IntRange(1, 5).Draw(t, "issues") {
				classes := issue.Draw(t, "classes")
				m.widen(classes)
				byGrid := m.mergeGrid(last, classes)
				bySorting := mergeSorted(context.Background(), last, classes)
				sameLayer(t, "grid", byGrid, bySorting)
				if sides == 2 {
					sameLayer(t, "stairs", mergeStairs(last, classes), bySorting)
				}
				last = byGrid
			}
		})
	}
}

func sameLayer(t *rapid.T, way string, got, want *layer) {
	if !slices.Equal(got.values, want.values) {
		t.Fatalf("%s: got %v, want %v", way, got.values, want.values)
	}
	if !slices.Equal(got.parent, want.parent) || !slices.Equal(got.class, want.class) {
		t.Fatalf("%s: ways back differ: %v %v, want %v %v", way, got.parent, got.class, want.parent, want.class)
	}
	for k := range got.len() {
		if got.counts.at(k).Cmp(want.counts.at(k)) != 0 {
			t.Fatalf("%s: point %d counts %v, want %v", way, k, got.counts.at(k), want.counts.at(k))
		}
	}
}

// TestTally drives counts over the edge of a machine word in every way.
func TestTally(t *testing.T) {
	const full = 1<<64 - 1
	src := tally{small: []uint64{full, 1}}
	power := new(big.Int).Lsh(big.NewInt(1), 64)
	var sum tally
	sum.push(&src, 1, 5)
	sum.push(&src, 0, 1)
	if sum.large != nil {
		t.Error("grew although every count fits a word")
	}
	sum.add(1, &src, 1, 1) // 2^64
	if got := sum.at(1); got.Cmp(power) != 0 {
		t.Errorf("got %v, want %v", got, power)
	}
	if got := sum.at(0); got.Int64() != 5 {
		t.Errorf("got %v, want 5: growing must keep the others", got)
	}
	sum.push(&sum, 1, 3)
	sum.set(0, &sum, 1, full)
	if got, want := sum.at(2), new(big.Int).Mul(power, big.NewInt(3)); got.Cmp(want) != 0 {
		t.Errorf("got %v, want %v", got, want)
	}
	want := new(big.Int).Mul(power, new(big.Int).SetUint64(full))
	if got := sum.at(0); got.Cmp(want) != 0 {
		t.Errorf("got %v, want %v", got, want)
	}
	var product tally
	product.push(&src, 0, 2)
	if got := product.at(0); product.large == nil || got.Cmp(new(big.Int).SetUint64(full)) <= 0 {
		t.Errorf("got %v, want twice 2^64-1", got)
	}
}

func TestCompress(t *testing.T) {
	got := compress([][]int64{{1, 1}, {3, 0}, {2, 2}, {3, 0}, {0, 5}, {2, 2}, {2, 2}, {3, -1}})
	want := []class{{[]int64{3, 0}, 1, 2}, {[]int64{2, 2}, 2, 3}, {[]int64{0, 5}, 4, 1}}
	if !slices.EqualFunc(got, want, func(a, b class) bool {
		return slices.Equal(a.values, b.values) && a.option == b.option && a.times == b.times
	}) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGridPays(t *testing.T) {
	cases := []struct {
		name       string
		widths     []int64
		candidates int
		want       bool
	}{
		{"one side needs one cell", []int64{1 << 60}, 1, true},
		{"ten thousand points", []int64{10_000, 1 << 60}, 5_000, true},
		{"a million points, few candidates", []int64{1_000_000, 1_000_000}, 5_000, false},
		{"a thousand points each", []int64{1_000, 1_000, 1_000}, 50_000, true},
		{"product beyond the memory", []int64{1 << 21, 1 << 21, 9}, 1 << 30, false},
		{"a width beyond the memory", []int64{1 << 61, 9}, 1 << 30, false},
		{"four sides", []int64{1, 1, 1, 1}, 100, false},
	}
	for _, c := range cases {
		m := merger{sides: len(c.widths), low: make([]int64, len(c.widths)), high: make([]int64, len(c.widths))}
		for p, w := range c.widths {
			m.low[p], m.high[p] = -w/2, -w/2+w-1
		}
		if got := m.gridPays(c.candidates); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
