package bargain

// lanes is how many numbers a tile of the kernel multiplies at a time: as many
// running sums as registers hold with all else that the loop needs.
const lanes = 4

// kernel multiplies weights with the changes of many packages. Where no sum can
// leave 31 bits, each number carries two packages, the second one 32 bits higher:
// one multiplication serves both, and the lower sum is taken off the upper one in
// the end. Sums are exact either way.
type kernel struct {
	tiles  [][][][lanes]int64 // by side, tile and interest
	packed bool
	n      int
}

func newKernel(s *Survey) *kernel {
	k := &kernel{n: s.packages(), packed: true}
	for _, packages := range s.Changes {
		for _, row := range packages {
			for _, c := range row {
				if c = max(c, -c); c < 0 || c > (1<<31-1)/max(1, s.Total) {
					k.packed = false
				}
			}
		}
	}
	width := k.width()
	for side, packages := range s.Changes {
		var tiles [][][lanes]int64
		for from := 0; from < len(packages); from += width {
			tile := make([][lanes]int64, s.Weights[side].n)
			for at, row := range packages[from:min(from+width, len(packages))] {
				lane, shift := at%lanes, 32*(at/lanes)
				for i, c := range row {
					tile[i][lane] += c << shift
				}
			}
			tiles = append(tiles, tile)
		}
		k.tiles = append(k.tiles, tiles)
	}
	return k
}

// width is how many packages a tile has.
func (k *kernel) width() int {
	if k.packed {
		return 2 * lanes
	}
	return lanes
}

// values writes the weighted sum of every package to out, which has room for
// whole tiles.
func (k *kernel) values(side int, w, out []int64) {
	width := k.width()
	for _, tile := range k.tiles[side] {
		sums := multiply(tile, w)
		o := out[:width:width]
		out = out[width:]
		if !k.packed {
			copy(o, sums[:])
			continue
		}
		for lane, v := range sums {
			low := int64(int32(v))
			o[lane], o[lane+lanes] = low, (v-low)>>32
		}
	}
}

// room is how many numbers values writes.
func (k *kernel) room() int { return (k.n + k.width() - 1) / k.width() * k.width() }

func multiply(tile [][lanes]int64, w []int64) (sums [lanes]int64) {
	var a, b, c, d int64
	w = w[:len(tile)]
	for k := range tile {
		t, x := &tile[k], w[k]
		a += t[0] * x
		b += t[1] * x
		c += t[2] * x
		d += t[3] * x
	}
	return [lanes]int64{a, b, c, d}
}
