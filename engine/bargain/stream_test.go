package bargain

import (
	"slices"
	"testing"
)

// TestSplitmix holds the generator against the published sequence from state 0.
func TestSplitmix(t *testing.T) {
	var s Stream
	got := []uint64{s.Uint64(), s.Uint64(), s.Uint64()}
	want := []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f}
	if !slices.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestOrder(t *testing.T) {
	placed, blocks := order([]int{4, Unplaced, 0, 4, 2, Unplaced, 0})
	if want := []int{2, 6, 4, 0, 3}; !slices.Equal(placed, want) {
		t.Errorf("placed: got %v, want %v", placed, want)
	}
	if want := []block{{0, 2}, {2, 3}, {3, 5}}; !slices.Equal(blocks, want) {
		t.Errorf("tiers: got %v, want %v", blocks, want)
	}
}

func TestRatiosAreExact(t *testing.T) {
	const most = 1<<64 - 1
	cases := []struct {
		a, b ratio
		want int
	}{
		{ratio{1, 3}, ratio{2, 6}, 0},
		{ratio{most - 1, most}, ratio{most - 2, most - 1}, 1}, // apart by less than 2^-127
		{ratio{0, 5}, ratio{0, most}, 0},
		{ratio{1, most}, ratio{0, 1}, 1},
	}
	for _, c := range cases {
		if got := compareRatios(c.a, c.b); got != c.want {
			t.Errorf("%v against %v: got %d, want %d", c.a, c.b, got, c.want)
		}
		if got := compareRatios(c.b, c.a); got != -c.want {
			t.Errorf("%v against %v: got %d, want %d", c.b, c.a, got, -c.want)
		}
	}
	if got := gain(1<<62, -1<<63); got != 1<<63+1<<62 {
		t.Errorf("a gain beyond int64: got %d, want %d", got, uint64(1<<63+1<<62))
	}
}
