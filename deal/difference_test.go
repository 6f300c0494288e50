package deal

import (
	"math/big"
	"slices"
	"testing"
)

// The same part in two options is taken at its worse end where it comes in, and at
// its better end where it goes: each option by itself, as verify/again has it (the
// numbers there are the same). Only where the option stays does nothing change.
func TestBetweenTakesEachOptionByItself(t *testing.T) {
	none, four := new(big.Rat), big.NewRat(4, 1)
	with := func(factor int64) option {
		return option{effects: []effect{{stake: big.NewRat(1, 1), base: none, factor: big.NewRat(factor, 1), gain: []int{1}}}}
	}
	r := &reading{t: &table{
		entries: []entry{{roles: []interval{{none, none}, {none, four}}}},
		issues:  []issue{{options: []option{{}, with(2), with(3)}}},
	}}
	c := &certainty{r: r, unit: []*big.Int{big.NewInt(1)}}
	for _, x := range []struct {
		from, to int
		low      int64
		high     int64
	}{{0, 1, 0, 8}, {1, 0, -8, 0}, {1, 2, -8, 12}, {2, 1, -12, 8}} {
		d := newDifference(c, []int{x.from})
		if low, high := sumOf(d.low[0][x.to]), sumOf(d.high[0][x.to]); low != x.low || high != x.high {
			t.Errorf("from option %d to %d: at least %d and at most %d, want %d and %d", x.from, x.to, low, high, x.low, x.high)
		}
		if stays := d.low[0][x.from]; len(stays) > 0 {
			t.Errorf("option %d in place of itself changes %v", x.from, stays)
		}
		if got := d.sum([]int{x.to}); !slices.Equal(got, tally{x.low}) {
			t.Errorf("from option %d to %d: %v in all", x.from, x.to, got)
		}
	}
}

func sumOf(changes []change) (sum int64) {
	for _, x := range changes {
		sum += x.by
	}
	return sum
}
