package bargain

import (
	"cmp"
	"maps"
	"slices"
)

// lanes is how many sums the kernel runs at a time: as many as registers hold with
// all else that the loop needs.
const lanes = 4

// worth is what each change of a tile is worth under some weightings.
type worth [1 << 16][lanes]int64

// hand has a number for each of the weightings that packages meet at a time.
type hand [2 * lanes]int64

// kernel multiplies weights with the changes of many packages. What a change of an
// interest is worth is the same in every package that has it: it is multiplied
// once for some weightings, and packages only add. Where no sum can leave 31 bits,
// each number carries two weightings, the second one 32 bits higher; the lower
// sum is taken off the upper one in the end. Sums are exact either way.
type kernel struct {
	sides  [][]tile
	packed bool
	n      int
}

// tile is some packages next to one another for one side: the changes that any of
// them has, each once, and which of them a package has.
type tile struct {
	changes []change
	has     []uint16 // of all packages, one after another
	end     []int    // by package: where its part of has ends
}

type change struct {
	interest int
	amount   int64
}

func newKernel(s *Survey) *kernel {
	k := &kernel{n: s.packages(), packed: true}
	for _, packages := range s.Changes {
		var all []tile
		for len(packages) > 0 {
			t := newTile(packages)
			all, packages = append(all, t), packages[len(t.end):]
			for _, c := range t.changes {
				if size := max(c.amount, -c.amount); size < 0 || size > (1<<31-1)/max(1, s.Total) {
					k.packed = false
				}
			}
		}
		k.sides = append(k.sides, all)
	}
	return k
}

// newTile takes as many of the packages as its changes have room for.
func newTile(packages [][]int64) tile {
	var t tile
	known := map[change]uint16{}
	n := 0
	for _, row := range packages {
		if n > 0 && len(known)+len(row) > len(worth{}) {
			break
		}
		n++
		for i, amount := range row {
			if c := (change{i, amount}); amount != 0 {
				known[c] = 0
			}
		}
	}
	t.changes = slices.SortedFunc(maps.Keys(known), func(a, b change) int {
		return cmp.Or(cmp.Compare(a.interest, b.interest), cmp.Compare(a.amount, b.amount))
	})
	for at, c := range t.changes {
		known[c] = uint16(at)
	}
	for _, row := range packages[:n] {
		for i, amount := range row {
			if amount != 0 {
				t.has = append(t.has, known[change{i, amount}])
			}
		}
		t.end = append(t.end, len(t.has))
	}
	return t
}

// width is how many weightings are evaluated at a time.
func (k *kernel) width() int {
	if k.packed {
		return 2 * lanes
	}
	return lanes
}

// values writes the weighted sums of every package.
func (k *kernel) values(side int, weights [][]int64, room *worth, out []hand) {
	for _, t := range k.sides[side] {
		k.multiply(t.changes, weights, room)
		from, o := 0, out[:len(t.end)]
		for p, end := range t.end {
			a, b, c, d := add(room, t.has[from:end])
			from = end
			if k.packed {
				e, f, g, h := int64(int32(a)), int64(int32(b)), int64(int32(c)), int64(int32(d))
				o[p] = hand{e, f, g, h, (a - e) >> 32, (b - f) >> 32, (c - g) >> 32, (d - h) >> 32}
			} else {
				o[p] = hand{a, b, c, d}
			}
		}
		out = out[len(t.end):]
	}
}

// multiply writes what changes are worth; those of one interest come one after
// another.
func (k *kernel) multiply(changes []change, weights [][]int64, to *worth) {
	interest := -1
	var x [lanes]int64
	for e, c := range changes {
		if c.interest != interest {
			interest = c.interest
			for lane := range x {
				x[lane] = weights[lane][interest]
				if k.packed {
					x[lane] += weights[lane+lanes][interest] << 32
				}
			}
		}
		to[e] = [lanes]int64{c.amount * x[0], c.amount * x[1], c.amount * x[2], c.amount * x[3]}
	}
}

// add adds up what some changes are worth.
func add(from *worth, has []uint16) (a, b, c, d int64) {
	for len(has) >= 2 {
		t, u := &from[has[0]], &from[has[1]]
		a += t[0]
		b += t[1]
		c += t[2]
		d += t[3]
		a += u[0]
		b += u[1]
		c += u[2]
		d += u[3]
		has = has[2:]
	}
	for _, e := range has {
		t := &from[e]
		a += t[0]
		b += t[1]
		c += t[2]
		d += t[3]
	}
	return a, b, c, d
}
