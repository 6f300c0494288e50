package pareto

import (
	"context"
	"slices"
	"testing"
)

// twoIssues merges by hand what the merges must find: the last issue first.
//
//	last issue:  (0 0), (4 -1)          frontier (4 -1), (0 0)
//	first issue: (0 0), (-2 5), (-2 5)  classes (0 0) once, (-2 5) twice
//
// together (4 -1), (2 4) twice, (0 0) which (2 4) beats, (-2 5) twice.
func twoIssues() (last *layer, classes []class) {
	last = emptyLayer(2, 2)
	start := newLayer(2)
	last.extend(start, 0, class{[]int64{4, -1}, 1, 1}, 1)
	last.extend(start, 0, class{[]int64{0, 0}, 0, 1}, 0)
	return last, compress([][]int64{{0, 0}, {-2, 5}, {-2, 5}})
}

func TestMergesByHand(t *testing.T) {
	merges := map[string]func(last *layer, classes []class) *layer{
		"stairs": mergeStairs,
		"sorted": func(last *layer, classes []class) *layer { return mergeSorted(context.Background(), last, classes) },
		"grid": func(last *layer, classes []class) *layer {
			m := merger{sides: 2, low: []int64{-2, -1}, high: []int64{4, 5}}
			return m.mergeGrid(last, classes)
		},
	}
	for way, merge := range merges {
		last, classes := twoIssues()
		got := merge(last, classes)
		if want := []int64{4, -1, 2, 4, -2, 5}; !slices.Equal(got.values, want) {
			t.Errorf("%s: got %v, want %v", way, got.values, want)
			continue
		}
		if want := []int32{0, 0, 1}; !slices.Equal(got.parent, want) {
			t.Errorf("%s: continues from %v, want %v", way, got.parent, want)
		}
		if want := []int32{0, 1, 1}; !slices.Equal(got.class, want) {
			t.Errorf("%s: takes classes %v, want %v", way, got.class, want)
		}
		for k, want := range []int64{1, 2, 2} {
			if count := got.counts.at(k).Int64(); count != want {
				t.Errorf("%s: point %d counts %d, want %d", way, k, count, want)
			}
		}
	}
}

func TestShift(t *testing.T) {
	last, _ := twoIssues()
	got := shift(last, class{[]int64{10, -10}, 3, 6})
	if want := []int64{14, -11, 10, -10}; !slices.Equal(got.values, want) {
		t.Errorf("got %v, want %v", got.values, want)
	}
	if got.counts.at(0).Int64() != 6 || got.counts.at(1).Int64() != 6 {
		t.Error("a class of six options does not count sixfold")
	}
	if want := []int32{0, 1}; !slices.Equal(got.parent, want) {
		t.Errorf("continues from %v, want %v", got.parent, want)
	}
}

// TestGridForgets: a grid used again, larger or smaller, starts empty.
func TestGridForgets(t *testing.T) {
	m := merger{sides: 3, low: make([]int64, 3), high: make([]int64, 3)}
	last := newLayer(3)
	for round, spread := range []int64{9, 2, 30, 1, 5} {
		classes := compress([][]int64{{spread, 0, -spread}, {0, spread, 0}, {-spread, 0, spread}})
		m.widen(classes)
		got := m.mergeGrid(last, classes)
		want := mergeSorted(context.Background(), last, classes)
		if !slices.Equal(got.values, want.values) {
			t.Fatalf("round %d: got %v, want %v", round, got.values, want.values)
		}
		last = got
	}
	if m.low[0] != -47 || m.high[2] != 47 {
		t.Errorf("bounds: got %v to %v, want -47 to 47", m.low, m.high)
	}
}
