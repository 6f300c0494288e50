package pareto

import (
	"context"
	"slices"
)

// tighten lowers the bounds of the start by moving value between the parts of
// every stage, a step of a subgradient method each time: where the parts of a
// stage would take different options, an option becomes dearer for those that
// take it and cheaper for the others. Known is what is known to be reached for
// every weight vector. The lowest bounds met are kept.
func (f *fan) tighten(ctx context.Context, steps int, known []int64, workers int) {
	best := slices.Clone(f.base[0])
	kept := f.copyShares()
	for step := 0; step < steps && ctx.Err() == nil; step++ {
		f.step(known, 1+int64(step)/8)
		f.recompute(workers)
		for w, v := range f.base[0] {
			if v < best[w] {
				best[w] = v
				f.keepShares(kept, w)
			}
		}
	}
	for k := range f.readers {
		for i, r := range f.readers[k] {
			copy(r.share, kept[k][i])
		}
	}
	f.recompute(workers)
}

// reads is how many values are looked up to compute the bounds once.
func (f *fan) reads() (n int64) {
	for _, readers := range f.readers {
		for _, r := range readers {
			n += int64(len(r.part.patterns.states) * r.moves * (1 + len(r.part.results) + len(r.part.closing)))
		}
	}
	return n
}

func (f *fan) recompute(workers int) {
	for k := len(f.readers) - 1; k >= 0; k-- {
		f.maximise(k, workers)
	}
}

func (f *fan) copyShares() [][][]int64 {
	all := make([][][]int64, len(f.readers))
	for k, readers := range f.readers {
		for _, r := range readers {
			all[k] = append(all[k], slices.Clone(r.share))
		}
	}
	return all
}

func (f *fan) keepShares(kept [][][]int64, w int) {
	for k, readers := range f.readers {
		for i, r := range readers {
			for at := w; at < len(r.share); at += r.weights {
				kept[k][i][at] = r.share[at]
			}
		}
	}
}

// longest bounds a step, so that shares stay far from the end of the integers.
const longest = 1 << 40

// step moves shares against what the bound of each weight vector takes.
func (f *fan) step(known []int64, slow int64) {
	taken := f.decode()
	for w := range f.weights {
		apart := int64(0) // the square of the subgradient, over all stages
		for k, readers := range f.readers {
			apart += discord(taken[k], w, len(readers), f.stages[k].options)
		}
		if apart == 0 || known[w] <= never/2 || f.base[0][w] <= known[w] {
			continue
		}
		for k, readers := range f.readers {
			if discord(taken[k], w, len(readers), f.stages[k].options) > 0 {
				f.trade(readers, taken[k], w, min(max(1, (f.base[0][w]-known[w])/(apart*slow)), longest))
			}
		}
	}
}

// discord is about how far the parts of a stage are from taking one option.
func discord(taken [][]int32, w, parts int, options []move) int64 {
	sum := int64(0)
	for o := range options {
		n := votes(taken, w, int32(o))
		sum += n * (int64(parts) - n)
	}
	return sum / int64(parts)
}

func votes(taken [][]int32, w int, o int32) (n int64) {
	for _, row := range taken {
		if row[w] == o {
			n++
		}
	}
	return n
}

// trade moves the shares of one stage.
func (f *fan) trade(readers []*reader, taken [][]int32, w int, length int64) {
	parts := int64(len(readers))
	for o := range readers[0].moves {
		n := votes(taken, w, int32(o))
		if n == 0 || n == parts {
			continue
		}
		given := int64(0)
		for i, r := range readers {
			less := -length * n
			if taken[i][w] == int32(o) {
				less += length * parts
			}
			if less /= parts; i == len(readers)-1 {
				less = -given
			}
			given += less
			r.share[o*r.weights+w] -= less
		}
	}
}

// decode is, for every stage, part and weight vector, the option that the bound
// of the start takes.
func (f *fan) decode() [][][]int32 {
	n := len(f.weights)
	at := make([][][]int32, len(f.readers)) // the pattern that is asked for
	taken := make([][][]int32, len(f.readers))
	for k, readers := range f.readers {
		for range readers {
			at[k], taken[k] = append(at[k], make([]int32, n)), append(taken[k], make([]int32, n))
		}
	}
	sum := make([]int64, n)
	for k, readers := range f.readers {
		for i, r := range readers {
			for w := range n {
				pattern := int(at[k][i][w])
				best := int64(never * 2)
				for o := range r.moves {
					r.read(o, pattern, sum)
					if v := sum[w] + r.share[o*n+w]; v > best {
						best, taken[k][i][w] = v, int32(o)
					}
				}
				for j, res := range r.part.results {
					at[res.stage][res.part][w] = r.index[j][pattern*r.moves+int(taken[k][i][w])]
				}
			}
		}
	}
	return taken
}
