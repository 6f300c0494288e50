package bargain_test

import (
	"fmt"
	"hash/fnv"
	"testing"

	"parley/engine/bargain"
	"parley/engine/pareto"
)

// TestSameOnEveryMachine pins what depends on floats at all: where a budget cuts
// a search short. The figure changes with the search, but is the same on every
// processor, because products are rounded before they are added and no library
// function is used; it was compared on amd64 and arm64.
func TestSameOnEveryMachine(t *testing.T) {
	digest := fnv.New64a()
	solver, checker := bargain.NewSolver(), new(pareto.Checker)
	for seed := range uint64(200) {
		sides := 2 + int(seed%4)
		table := concessions(seed, sides, 18-2*sides)
		base := make([]int64, sides)
		for _, budget := range []int{7, 60, 500} {
			choice, exact := solver.Nash(pareto.Space{Table: table}, base, budget)
			fmt.Fprintln(digest, choice, exact)
			if choice == nil {
				continue
			}
			checker.Reset(pareto.Space{Table: table})
			for i := range choice {
				choice[i] = (choice[i] + 1) % 3
				fmt.Fprintln(digest, checker.Efficient(table.Value(choice), budget))
			}
		}
	}
	if got, want := digest.Sum64(), uint64(0x70b812909a088699); got != want {
		t.Errorf("got %#x, want %#x", got, want)
	}
}
