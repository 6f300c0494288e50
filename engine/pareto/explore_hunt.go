package pareto

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
)

// hunt looks for packages above some corners of an archive by branch and bound
// over wishes: one is taken, or left. It follows one weight vector, in which the
// wishes are ranked; plots and sets are about ranks.
type hunt struct {
	*wishes
	ctx     context.Context
	weights []int64 // of the coordinates, in units of 2^shift
	shift   []int
	scale   int // worths are in units of 2^scale of weighted units
	ranked  []int
	rankOf  []int
	worth   []int64 // per rank, rounded up
	tied    []set   // per rank: what clashes
	start   *plot   // all open, with the prices of the lowest bound

	archive *archive
	low     []int64   // per side: what every package has
	gap     []int64   // aimed at
	target  [][]int64 // per corner: the least vector above it, by the gap aimed at
	sums    []int64   // the weighted sums of these
	nearest int64     // the least of the sums still possible
	most    []int64   // per group and coordinate
	sum     []int64
	plots   []*plot
	nodes   int64
	work    int64 // members looked at
	budget  int64
	cut     bool // the budget or the context ended the hunt
}

// mostCliques bounds what a bound is made of, worthBits the size of a hunt's sums.
const (
	mostCliques = 1 << 13
	worthBits   = 36
)

// newHunt ranks the wishes by their worth.
func newHunt(ctx context.Context, s *wishes, weights []int64, shift []int) *hunt {
	n := len(s.list)
	h := &hunt{wishes: s, ctx: ctx, weights: weights, shift: shift, ranked: upTo(n), rankOf: make([]int, n),
		most: make([]int64, s.groups*s.wide), sum: make([]int64, s.wide)}
	exact, whole := make([]int64, n), int64(0)
	for k, w := range s.list {
		exact[k] = h.weigh(w.values)
		whole += exact[k]
	}
	slices.SortStableFunc(h.ranked, func(a, b int) int { return cmp.Compare(exact[b], exact[a]) })
	h.scale = max(0, bits.Len64(uint64(whole))-worthBits)
	for r, k := range h.ranked {
		h.rankOf[k] = r
		h.worth = append(h.worth, -(-exact[k] >> h.scale))
		h.tied = append(h.tied, newSet(n))
	}
	for k, clash := range s.clash {
		for j := clash.next(0); j >= 0; j = clash.next(j + 1) {
			h.tied[h.rankOf[k]].add(h.rankOf[j])
		}
	}
	h.start = newPlot(s)
	copy(h.start.values, s.base)
	for i, options := range s.issues {
		h.start.allowed[i] = 1<<len(options) - 1
	}
	for r, worth := range h.worth {
		if worth > 0 {
			h.start.open.add(r)
		}
	}
	all := plot{first: []int32{0}}
	for _, clique := range cliques(h.tied, mostCliques) {
		all.members = append(all.members, clique...)
		all.first, all.price = append(all.first, int32(len(all.members))), append(all.price, 0)
	}
	h.start.inherit(&all, h.worth)
	return h
}

// weigh is the weighted sum of values, rounded up.
func (h *hunt) weigh(values []int64) (sum int64) {
	for q, v := range values {
		sum -= h.weights[q] * (-v >> h.shift[q])
	}
	return sum
}

// above is the weighted sum of what must be reached, rounded down.
func (h *hunt) above(values []int64) (sum int64) {
	for q, v := range values {
		sum += h.weights[q] * (v >> h.shift[q])
	}
	return sum
}

// lacks is what a weighted sum lacks of another, in units of worth, rounded up.
func (h *hunt) lacks(sum, of int64) int64 { return -((sum - of) >> h.scale) }

// aim turns to the corners of the archive as they are now.
func (h *hunt) aim() {
	h.target, h.sums = h.target[:0], h.sums[:0]
	for _, c := range h.archive.corners {
		t := h.beyond(c, h.low, h.gap)
		h.target, h.sums = append(h.target, t), append(h.sums, h.above(t))
	}
}

// beyond is the least vector above a corner by a gap, which does not count on the
// sides on which the corner is open to below everything.
func (s *wishes) beyond(corner, low, gap []int64) []int64 {
	least := slices.Concat(corner, s.least)
	for p, v := range corner {
		if least[p]++; v >= low[p] {
			least[p] += gap[p]
		}
	}
	return least
}

// reachable reports whether values, and what the open wishes add at most, are
// beyond any target, and notes the nearest of these.
func (h *hunt) reachable(p *plot) bool {
	clear(h.most)
	copy(h.sum, p.values)
	for r := p.open.next(0); r >= 0; r = p.open.next(r + 1) {
		w := &h.list[h.ranked[r]]
		most := h.most[w.group*h.wide : (w.group+1)*h.wide]
		for q, v := range w.values {
			if more := v - most[q]; more > 0 {
				h.sum[q] += more
				most[q] = v
			}
		}
	}
	h.nearest = math.MaxInt64
	for k, t := range h.target {
		if h.sums[k] < h.nearest && atLeast(h.sum, t) {
			h.nearest = h.sums[k]
		}
	}
	return h.nearest < math.MaxInt64
}

// run hunts within a budget for packages beyond the corners by more than the gap
// on the sides where these are not open. What it finds joins the archive. It
// reports false where the budget or the context ended it.
func (h *hunt) run(a *archive, low, gap []int64, budget int64) bool {
	h.archive, h.low, h.gap, h.budget = a, low, gap, budget
	h.nodes, h.work, h.cut = 0, 0, false
	h.aim()
	p := h.plot(0)
	copy(p.values, h.start.values)
	copy(p.allowed, h.start.allowed)
	copy(p.open, h.start.open)
	p.inherit(h.start, h.worth)
	h.visit(0)
	return !h.cut
}

func (h *hunt) plot(depth int) *plot {
	if depth == len(h.plots) {
		h.plots = append(h.plots, newPlot(h.wishes))
	}
	return h.plots[depth]
}

// nodeSteps is how often prices are moved at a node.
const nodeSteps = 20

// visit searches what is open at a depth.
func (h *hunt) visit(depth int) {
	p := h.plot(depth)
	for {
		h.nodes++
		h.work += int64((nodeSteps/2)*len(p.members) + len(h.list))
		if h.cut = h.cut || h.work > h.budget || h.ctx.Err() != nil; h.cut {
			return
		}
		lack, possible := h.lack(p)
		if !possible {
			return
		}
		bound := p.improve(lack, nodeSteps)
		if bound < lack {
			return
		}
		if h.decide(p, bound-lack) {
			p.inherit(p, h.worth)
			continue
		}
		r := h.doubtful(p)
		if r < 0 {
			return
		}
		next := h.plot(depth + 1)
		h.take(next, p, r)
		next.inherit(p, h.worth)
		h.visit(depth + 1)
		p.open.drop(r)
		p.inherit(p, h.worth)
	}
}

// lack is what the open wishes must add at least to matter. Where that is nothing,
// what is taken is a package to be found; it may not be possible any more then.
func (h *hunt) lack(p *plot) (int64, bool) {
	if !h.reachable(p) {
		return 0, false
	}
	lack := h.lacks(h.weigh(p.values), h.nearest)
	if lack > 0 {
		return lack, true
	}
	if h.offer(p.allowed, p.open) {
		h.aim()
		if !h.reachable(p) {
			return 0, false
		}
	}
	return h.lacks(h.weigh(p.values), h.nearest), true
}

// decide takes the wishes and leaves those that the bound leaves no choice about:
// with room between the bound and what must be reached, those worth so much more or
// less than they are charged. It reports whether there were any.
func (h *hunt) decide(p *plot, room int64) bool {
	some := false
	for r := p.open.next(0); r >= 0; r = p.open.next(r + 1) {
		switch {
		case p.rest[r] < -room:
			p.open.drop(r)
		case p.rest[r] > room || h.best(p, r):
			h.take(p, p, r)
		default:
			continue
		}
		some = true
	}
	return some
}

// best reports whether to take a wish is best whatever else is taken: the open ones
// with which it clashes clash with one another and add no more on any coordinate.
func (h *hunt) best(p *plot, r int) bool {
	if !h.knit {
		return false
	}
	values, met := h.list[h.ranked[r]].values, h.tied[r].common(p.open)
	for k := h.tied[r].next(0); k >= 0; k = h.tied[r].next(k + 1) {
		if p.open.has(k) && (!atLeast(values, h.list[h.ranked[k]].values) || h.common(p, r, k) < met-1) {
			return false
		}
	}
	return true
}

// common counts the open wishes that clash with both.
func (h *hunt) common(p *plot, a, b int) (n int) {
	for i, word := range p.open {
		n += bits.OnesCount64(word & h.tied[a][i] & h.tied[b][i])
	}
	return n
}

// doubtful is the open wish to branch on: of much worth, worth about what it is
// charged, and clashing with many others.
func (h *hunt) doubtful(p *plot) int {
	at, most := -1, int64(-1)
	for r := p.open.next(0); r >= 0; r = p.open.next(r + 1) {
		doubt := h.worth[r] - min(h.worth[r]-1, max(p.rest[r], -p.rest[r]))
		if doubt *= int64(h.tied[r].common(p.open)); doubt > most {
			at, most = r, doubt
		}
	}
	return at
}

// take fills a plot with what another becomes when a wish is taken.
func (h *hunt) take(to, from *plot, r int) {
	w := &h.list[h.ranked[r]]
	copy(to.values, from.values)
	copy(to.allowed, from.allowed)
	to.open.without(from.open, h.tied[r])
	to.open.drop(r)
	for q, v := range w.values {
		to.values[q] += v
	}
	for _, d := range w.all {
		if to.allowed[d.issue] &= d.allow; h.knit {
			continue
		}
		for _, k := range h.about[d.issue] {
			if r := h.rankOf[k]; to.open.has(r) && h.list[k].of(d.issue)&to.allowed[d.issue] == 0 {
				to.open.drop(r)
			}
		}
	}
}

// offer puts a package into the archive that has what is allowed, and of the open
// wishes one after another those that can still hold. It reports whether it was
// new.
func (h *hunt) offer(allowed []uint64, open set) bool {
	left := slices.Clone(allowed)
	for r := open.next(0); r >= 0; r = open.next(r + 1) {
		all := h.list[h.ranked[r]].all
		if !slices.ContainsFunc(all, func(d demand) bool { return left[d.issue]&d.allow == 0 }) {
			for _, d := range all {
				left[d.issue] &= d.allow
			}
		}
	}
	at, choice := make([]int, len(left)), make([]int, len(left))
	for i, set := range left {
		at[i] = bits.TrailingZeros64(set)
		choice[i] = h.issues[i][at[i]].option
	}
	values, feasible := h.value(at)
	if !feasible || !h.archive.open(values[:h.sides]) {
		return false
	}
	if h.cut = h.cut || h.archive.effort(values[:h.sides]) > mostEffort; h.cut {
		return false
	}
	h.archive.add(Point{Values: values[:h.sides:h.sides], Choice: choice})
	return true
}

// value is what a package of open options has, and whether it breaks no bond and
// reaches every floor.
func (f *frame) value(at []int) ([]int64, bool) {
	values := slices.Clone(f.fixed)
	for i, k := range at {
		for q, v := range f.issues[i][k].values {
			values[q] += v
		}
	}
	for _, b := range f.bonds {
		if slices.ContainsFunc(b.all, func(t tie) bool { return !t.holds[at[t.issue]] }) {
			continue
		}
		if b.values == nil {
			return values, false
		}
		for q, v := range b.values {
			values[q] += v
		}
	}
	return values, atLeast(values[f.sides:], f.floor)
}
