// Package coalition says what groups can do without the others: whether a group
// would rather go its own way (the core), how much each member adds to the groups
// it joins (the Shapley value), how much weight a member has in a vote, and
// whether an agreement stands once sides may go back on their parts and others
// may answer (the graph model for conflict resolution).
//
// Everything that decides is an integer or a fraction. The package does not look
// for agreements (engine/pareto does) and does not choose among them
// (engine/bargain does).
package coalition

import "math/bits"

// MostSides bounds the sides of a game: a game lists the worth of every group.
const MostSides = 16

// Group is a set of sides, one bit for each.
type Group uint32

// Of is the group of the given sides.
func Of(sides ...int) Group {
	var g Group
	for _, s := range sides {
		g |= 1 << s
	}
	return g
}

// All is the group of the first n sides.
func All(n int) Group { return 1<<n - 1 }

// Has reports whether a side belongs to the group.
func (g Group) Has(side int) bool { return g>>side&1 == 1 }

// Size is the number of members.
func (g Group) Size() int { return bits.OnesCount32(uint32(g)) }

// With is the group and one side more.
func (g Group) With(side int) Group { return g | 1<<side }

// Without is the group without a side.
func (g Group) Without(side int) Group { return g &^ (1 << side) }

// Within reports whether every member of the group belongs to the other.
func (g Group) Within(other Group) bool { return g&^other == 0 }

// Members lists the sides of the group in ascending order.
func (g Group) Members() []int {
	var out []int
	for s := 0; g>>s != 0; s++ {
		if g.Has(s) {
			out = append(out, s)
		}
	}
	return out
}

// Groups lists the groups of n sides that have between low and high members:
// smaller groups first, and of one size by their members.
func Groups(n, low, high int) []Group {
	var out []Group
	for size := max(low, 1); size <= min(high, n); size++ {
		out = choose(out, 0, 0, n, size)
	}
	return out
}

// choose adds every group that has the members of g and size more from those
// after it, in the order of their members.
func choose(out []Group, g Group, from, n, size int) []Group {
	if size == 0 {
		return append(out, g)
	}
	for s := from; s <= n-size; s++ {
		out = choose(out, g.With(s), s+1, n, size-1)
	}
	return out
}
