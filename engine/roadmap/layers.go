package roadmap

import (
	"context"
	"math"
	"math/bits"
)

// mostListed is up to how many moves all states are listed at once.
const mostListed = 22

// smallest finds the path with the smallest steps.
func (c *course) smallest(ctx context.Context, limit int64) (Path, error) {
	if limit <= 0 {
		limit = math.MaxInt64
	}
	if !c.possible(c.full, c.end) {
		return Path{}, ErrNoPath
	}
	if len(c.moves) > mostListed {
		return c.best(ctx, limit)
	}
	return c.listed(ctx, limit)
}

// lattice is all states that can stand on a path, in the order of their bits,
// and the best known way to each.
type lattice struct {
	*course
	n      int
	limit  int64
	looks  int64
	states []uint32
	values []int64   // by state and side
	at     []int32   // by bits: the place in states, -1 where impossible
	layer  [][]int32 // by number of moves made
	way    []way
}

// way is how a state is best reached.
type way struct {
	cost uint64 // of the sizes of its steps
	tie  uint32 // steps that are not preferred, then moves behind later ones, then larger steps before smaller ones
	prev int32
}

const unreached = math.MaxUint64

// listed is exact dynamic programming over the states: with steps of one move,
// then of at most two, and so on until the end is reached. The path with the
// smallest steps has no larger one, so the first length that reaches the end
// decides.
func (c *course) listed(ctx context.Context, limit int64) (Path, error) {
	l := &lattice{course: c, n: len(c.moves), limit: limit}
	if l.n == 0 {
		return c.path([]uint64{0}, true, 0), nil
	}
	l.list()
	for most := 1; most <= l.n; most++ {
		if err := l.reach(ctx, most); err != nil {
			return Path{}, err
		}
		if l.looks > l.limit {
			spare := newPacker(c, limit).hasty()
			if chain := l.chain(); c.price(chain) < c.price(spare) {
				spare = chain
			}
			return c.path(spare, false, l.looks), nil
		}
		if l.way[len(l.states)-1].cost != unreached {
			return c.path(l.chain(), true, l.looks), nil
		}
	}
	panic("all moves at once are a step, and were not found")
}

// list walks all sets of moves in the order of their bits. Past the limit only
// the start and the end are kept.
func (l *lattice) list() {
	l.at = make([]int32, 1<<l.n)
	l.layer = make([][]int32, l.n+1)
	v, sum := make([]int64, l.sides), make([]int64, l.sides)
	copy(v, l.start)
	for s := uint64(0); s <= l.full; s++ {
		if s > 0 {
			l.move(v, s)
		}
		l.at[s] = -1
		if l.looks++; l.looks > l.limit && s != l.full {
			continue
		}
		copy(sum, v)
		l.addTerms(s, sum)
		if s != 0 && !l.possible(s, sum) {
			continue
		}
		l.at[s] = int32(len(l.states))
		k := bits.OnesCount64(s)
		l.layer[k] = append(l.layer[k], l.at[s])
		l.states = append(l.states, uint32(s))
		l.values = append(l.values, sum...)
	}
	l.way = make([]way, len(l.states))
}

// move brings linear values from state s-1 to state s: the lowest move of s is
// made, those below it are not any more.
func (l *lattice) move(v []int64, s uint64) {
	low := bits.TrailingZeros64(s)
	for p := range v {
		v[p] += l.delta[low][p]
		for x := range low {
			v[p] -= l.delta[x][p]
		}
	}
}

// reach finds the best way to every state with steps of at most so many moves,
// from fewer moves made to more.
func (l *lattice) reach(ctx context.Context, most int) error {
	for i := range l.way {
		l.way[i] = way{cost: unreached, prev: -1}
	}
	l.way[0].cost = 0
	for made, list := range l.layer {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, i := range list {
			if l.way[i].cost == unreached {
				continue
			}
			for k := 1; k <= min(most, l.n-made); k++ {
				l.extend(i, made, k)
				if l.looks > l.limit {
					return nil
				}
			}
		}
	}
	return nil
}

// extend tries every step of k moves from a state: all sets of so many moves, or
// all states that have so many more, whichever are fewer.
func (l *lattice) extend(i int32, made, k int) {
	s := uint64(l.states[i])
	next := l.layer[made+k]
	if k == 1 {
		for rest := l.full &^ s; rest != 0; rest &= rest - 1 {
			l.looks++
			if j := l.at[s|rest&-rest]; j >= 0 {
				l.relax(i, j, made, k)
			}
		}
		return
	}
	if choose(l.n-made, k) <= len(next) {
		subsets(l.full&^s, k, func(d uint64) bool {
			l.looks++
			if j := l.at[s|d]; j >= 0 {
				l.relax(i, j, made, k)
			}
			return l.looks <= l.limit
		})
		return
	}
	l.looks += int64(len(next))
	for _, j := range next {
		if uint64(l.states[j])&s == s {
			l.relax(i, j, made, k)
		}
	}
}

func (l *lattice) relax(i, j int32, made, k int) {
	cost := l.way[i].cost + l.cost[k]
	if cost > l.way[j].cost {
		return
	}
	s, t := uint64(l.states[i]), uint64(l.states[j])
	if !l.step(s, t, l.of(i), l.of(j)) {
		return
	}
	if tie := l.way[i].tie + l.tie(s, t, made, k); cost < l.way[j].cost || tie < l.way[j].tie {
		l.way[j] = way{cost, tie, i}
	}
}

// tie is what a step adds to the second criterion, and in the places below it to
// the third and the fourth.
func (c *course) tie(s, t uint64, made, k int) uint32 {
	n := len(c.moves)
	sum := c.behind(s, t&^s)
	if c.liked != nil && !c.liked(s, t) {
		sum += n*n/2 + 1
	}
	return uint32(sum*(n*n+1) + (k-1)*(n-made))
}

func (l *lattice) of(i int32) []int64 { return l.values[int(i)*l.sides : (int(i)+1)*l.sides] }

// chain is the way to the end. Where a limit cut the search it is the best way
// known: one to some state, from which all other moves are made at once.
func (l *lattice) chain() []uint64 {
	last := int32(len(l.states) - 1)
	best, from := l.way[last].cost, l.way[last].prev
	for i, w := range l.way[:last] {
		left := l.n - bits.OnesCount32(l.states[i])
		if w.cost != unreached && w.cost+l.cost[left] < best {
			best, from = w.cost+l.cost[left], int32(i)
		}
	}
	back := []uint64{l.full}
	for i := from; i >= 0; i = l.way[i].prev {
		back = append(back, uint64(l.states[i]))
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// choose is the number of sets of k among n things, at most mostListed of them.
func choose(n, k int) int {
	out := 1
	for i := 1; i <= k; i++ {
		out = out * (n - k + i) / i
	}
	return out
}

// subsets calls do with every set of k members of a set, at least one, in a fixed
// order, until it says no.
func subsets(of uint64, k int, do func(uint64) bool) bool {
	if k == 1 {
		for ; of != 0; of &= of - 1 {
			if !do(of & -of) {
				return false
			}
		}
		return true
	}
	for rest := of; bits.OnesCount64(rest) >= k; {
		low := rest & -rest
		rest &^= low
		if !subsets(rest, k-1, func(d uint64) bool { return do(d | low) }) {
			return false
		}
	}
	return true
}
