package bargain_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/bargain"
)

// admissible calls do with all whole weights up to 5 that are above 0, fall strictly
// from tier to tier and satisfy the statements.
func admissible(levels []int, statements []bargain.Statement, do func(w []int64)) {
	w := make([]int64, len(levels))
	var next func(k int)
	next = func(k int) {
		if k < len(w) {
			for w[k] = 1; w[k] <= 5; w[k]++ {
				next(k + 1)
			}
			return
		}
		for k := range w {
			for j := range w {
				if levels[k] != bargain.Unplaced && levels[k] < levels[j] && w[k] <= w[j] {
					return
				}
			}
		}
		if admits(levels, statements, wholes(w)) {
			do(w)
		}
	}
	next(0)
}

// Changes are outweighed where no strict weights make them as good as nothing, which
// is another statement that contradicts the rest; and so are all that are no larger.
func TestOutweighed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(5).Draw(t, "levels")
		statements := drawnStatements(t, levels, true, 3)
		delta := drawnChanges(t, len(levels))
		p := bargain.NewPolytope(levels, statements)
		most := p.Outweighed(delta)
		set, _ := bargain.Contradiction(levels, append(slices.Clone(statements), asRats(delta)))
		if (most != nil) != (set != nil) {
			t.Fatalf("%v is outweighed up to %v, and contradicts with %v", delta, most, set)
		}
		admissible(levels, statements, func(w []int64) {
			sum, ends := int64(0), int64(0)
			for k := range w {
				sum += w[k] * delta[k]
				if most != nil {
					ends += w[k] * most[k]
				}
			}
			if most != nil && (sum >= 0 || ends >= 0) {
				t.Fatalf("under %v changes of %v are %d, of %v %d", w, delta, sum, most, ends)
			}
		})
		for k := range most {
			if most[k] < delta[k] {
				t.Fatalf("%v is not among those up to %v", delta, most)
			}
		}
		if most != nil && (p.Gains(most) || p.Outweighed(most) == nil) {
			t.Fatalf("%v are no loss", most)
		}
	})
}

// Another statement never makes changes as good as nothing which were not so before.
func TestStatementsOutweighMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := levels(7).Draw(t, "levels")
		statements := drawnStatements(t, levels, true, 5)
		delta := drawnChanges(t, len(levels))
		before := false
		for k := range len(statements) + 1 {
			now := bargain.NewPolytope(levels, statements[:k]).Outweighed(delta) != nil
			if before && !now {
				t.Fatalf("%v: outweighed no more with statement %d of %v", delta, k, statements)
			}
			before = now
		}
	})
}

func wholes(numbers []int64) (out []*big.Int) {
	for _, v := range numbers {
		out = append(out, big.NewInt(v))
	}
	return out
}
