package pareto

import "slices"

// seeker proves a gap by hunts, each along one weight vector and for the corners
// that this vector tells most about.
type seeker struct {
	*wishes
	sweep   *sweep
	shift   []int
	span    []int64 // per coordinate, in units of 2^shift
	archive *archive
	hunts   []*hunt
	highest []int64 // per hunt: the bound of its weighted sums
	proved  int     // the least gap proved, in steps
	spent   int64   // members looked at
	nodes   int64
}

// Bounds of the work: directions of weight vectors, rounds of a climb and steps of
// improving the bound of the start for each; members looked at in all hunts, and
// the part of these that one of them may look at.
const (
	seekDirections = 24
	climbRounds    = 20
	startSteps     = 300
	mostSeek       = 1 << 30
	seekPart       = 16
	seekWork       = 1 << 6  // for each member that limits allow
	seekLimit      = 1 << 16 // members that limits must allow for it to begin
)

// What it weighs to break a bond that must not hold: a climb is not to be tempted, and
// a hunt bounds best with little.
const (
	climbForbids int64 = 8
	huntForbids  int64 = 2
)

// worthSeeking is from which gap on, in steps, hunts are worth their while.
const worthSeeking = 9

// seek makes the gap that is proved smaller by hunts, where there are few enough
// wishes. They do best where terms tie so many issues together that the bounds of a
// course say little: bounds made of cliques of wishes know no order of the issues.
// Where that leaves no gap, the points are the frontier.
func (e *explorer) seek() {
	s := &e.sweep
	if s.sides < 2 || s.sides > 3 || min(e.near, e.narrowed) < worthSeeking || s.limits.Nodes > 0 && s.limits.Nodes < seekLimit {
		return
	}
	w := newWishes(e.course.frame)
	a, complete := e.joint()
	if w == nil || !complete {
		return
	}
	k := &seeker{wishes: w, sweep: s, archive: a, proved: min(e.near, e.narrowed)}
	k.measure()
	budget := int64(mostSeek)
	if s.limits.Nodes > 0 {
		budget = min(budget, s.limits.Nodes*seekWork)
	}
	if k.begin() && len(a.points) > 0 {
		k.proceed(budget)
	}
	e.spent += k.nodes
	if s.limits.Points > 0 && len(a.points) > s.limits.Points {
		return
	}
	if k.proved == 0 {
		s.archive, s.cut = a, false
		return
	}
	e.narrowed = min(e.narrowed, k.proved)
	e.extra = slices.DeleteFunc(slices.Clone(a.points), func(p Point) bool {
		return slices.ContainsFunc(s.archive.points, func(q Point) bool { return slices.Equal(p.Values, q.Values) })
	})
}

// tangled reports whether more bonds are open at a time than a word has bits: the
// passes are slow then and prove little, so that hunts come before them.
func (e *explorer) tangled() bool { return e.course.words > 1 }

// measure finds the units and spans of the coordinates.
func (k *seeker) measure() {
	k.shift, k.span = append(k.sweep.shifts(), make([]int, k.wide-k.width())...), make([]int64, k.wide)
	for q := range k.span {
		if k.span[q] = 1; q < k.width() {
			low, high := k.extent(q)
			k.span[q] = max(1, (high-low)>>k.shift[q])
		}
	}
}

// vector completes a weight vector of the sides: no weight is zero, so that every
// wish has a worth. A floor weighs a quarter of the heaviest side; a bond that must
// not hold so many quarters of the most that one wish adds.
func (k *seeker) vector(sides []int64, forbidding int64) []int64 {
	weights := scaleDown(slices.Clone(sides[:k.sides]))
	heaviest, most := int64(0), int64(0)
	for p := range weights {
		weights[p] = max(1, weights[p])
		heaviest = max(heaviest, weights[p]*k.span[p])
	}
	for _, w := range k.list {
		sum := int64(0)
		for p, weight := range weights {
			sum += weight * (w.values[p] >> k.shift[p])
		}
		most = max(most, sum)
	}
	for q := k.sides; q < k.width(); q++ {
		weights = append(weights, max(1, heaviest/(4*k.span[q])))
	}
	if k.wide > k.width() {
		weights = append(weights, 1+most*forbidding/4)
	}
	return weights
}

// vectors are those of the hunts: close to each side alone, and the normals of the
// hull of the points or, where there are none, mixtures of the sides.
func (k *seeker) vectors(hull bool) [][]int64 {
	forbidding := climbForbids
	if hull {
		forbidding = huntForbids
	}
	var all [][]int64
	for p := range k.sides {
		share := slices.Repeat([]int64{1}, k.sides)
		share[p] = 64
		all = append(all, k.vector(mixture(share, k.span), forbidding))
	}
	var mixed [][]int64
	if hull && k.sides == 2 {
		points := k.archive.points
		edge := hullOf(points)
		for j := 1; j < len(edge); j++ {
			a, b := points[edge[j-1]].Values, points[edge[j]].Values
			mixed = append(mixed, []int64{(b[1] - a[1]) >> k.shift[1], (a[0] - b[0]) >> k.shift[0]})
		}
	}
	if len(mixed) < seekDirections/4 {
		mixed = append(mixed, mixtures(k.sides, k.span[:k.sides], seekDirections)...)
	}
	for _, m := range spread(mixed, seekDirections) {
		all = append(all, k.vector(m, forbidding))
	}
	return slices.CompactFunc(all, slices.Equal)
}

// begin climbs along mixtures of the sides and takes the points it finds. It reports
// false where these are too many.
func (k *seeker) begin() bool {
	all := k.vectors(false)
	found := make([]*archive, len(all))
	eachOf(len(all), k.sweep.workers, func(j int) {
		if k.sweep.ctx.Err() != nil {
			return
		}
		h := newHunt(k.sweep.ctx, k.wishes, all[j], k.shift)
		h.archive = k.below()
		h.climb(climbRounds, uint64(j))
		found[j] = h.archive
	})
	return k.join(found)
}

// below is an archive of nothing.
func (k *seeker) below() *archive {
	low := slices.Clone(k.sweep.low)
	for p := range low {
		low[p]--
	}
	return newArchive(low)
}

// join takes points, those of the first archive first. It reports false where that
// would take too long.
func (k *seeker) join(found []*archive) bool {
	for _, a := range found {
		if a == nil {
			continue
		}
		for _, p := range a.points {
			if !k.archive.open(p.Values) {
				continue
			}
			if k.archive.effort(p.Values) > mostEffort {
				return false
			}
			k.archive.add(p)
		}
	}
	return true
}

// turn makes hunts along the vectors that suit the points now, keeping those there
// are, and lowers the bounds of their starts. It reports false when the context ends
// first.
func (k *seeker) turn() bool {
	all := k.vectors(true)
	hunts, highest := make([]*hunt, len(all)), make([]int64, len(all))
	eachOf(len(all), k.sweep.workers, func(j int) {
		at := slices.IndexFunc(k.hunts, func(h *hunt) bool { return slices.Equal(h.weights, all[j]) })
		if at >= 0 {
			hunts[j], highest[j] = k.hunts[at], k.highest[at]
			return
		}
		if k.sweep.ctx.Err() != nil {
			return
		}
		h := newHunt(k.sweep.ctx, k.wishes, all[j], k.shift)
		known := int64(never)
		for _, p := range k.archive.points {
			known = max(known, h.above(slices.Concat(p.Values, k.least)))
		}
		fixed := h.weigh(k.base)
		hunts[j], highest[j] = h, fixed+h.start.improve(h.lacks(fixed, known), startSteps)<<h.scale
	})
	if slices.Contains(hunts, nil) {
		return false
	}
	k.hunts, k.highest = hunts, highest
	return true
}

// proceed lowers the gap that is proved until there is none or the budget ends it. A
// gap that was too much for some hunt is not tried again.
func (k *seeker) proceed(budget int64) {
	for failed := -1; k.spent < budget && k.turn(); {
		k.rest()
		aim := max(k.proved*3/5, (failed+k.proved+1)/2)
		switch {
		case aim >= k.proved:
			return
		case k.settle(aim, budget/seekPart):
			k.proved = aim
		default:
			failed = aim
		}
	}
}

// rest proves what the bounds of the starts prove by themselves.
func (k *seeker) rest() {
	for low := -1; low+1 < k.proved; {
		step := (low + k.proved) / 2
		if slices.ContainsFunc(k.assign(step), func(of [][]int64) bool { return of != nil }) {
			low = step
		} else {
			k.proved = step
		}
	}
}

// assign gives every corner beyond which, by more than a gap, some package may lie to
// the hunt whose bound is the closest to it.
func (k *seeker) assign(step int) [][][]int64 {
	gap, of := k.sweep.gap(step), make([][][]int64, len(k.hunts))
	for _, c := range k.archive.corners {
		if at := k.closest(k.beyond(c, k.sweep.low, gap)); at >= 0 {
			of[at] = append(of[at], c)
		}
	}
	return of
}

// closest is the hunt whose bound leaves the least room above a vector, as part of
// what the sides span; -1 where one leaves none.
func (k *seeker) closest(vector []int64) int {
	at, least := -1, Fraction{}
	for j, h := range k.hunts {
		room, whole := k.highest[j]-h.above(vector), int64(0)
		if room < 0 {
			return -1
		}
		for p := range k.sides {
			whole += h.weights[p] * k.span[p]
		}
		if part := (Fraction{room, whole}); at < 0 || part.compare(least) < 0 {
			at, least = j, part
		}
	}
	return at
}

// settle hunts for whatever lies beyond the points by more than a gap, and reports
// whether every hunt came to its end. The points found are taken anyhow.
func (k *seeker) settle(step int, budget int64) bool {
	of, gap := k.assign(step), k.sweep.gap(step)
	found, ended := make([]*archive, len(k.hunts)), make([]bool, len(k.hunts))
	eachOf(len(k.hunts), k.sweep.workers, func(j int) {
		if ended[j] = of[j] == nil; !ended[j] {
			found[j] = &archive{sides: k.sides, points: slices.Clone(k.archive.points), corners: of[j]}
			ended[j] = k.hunts[j].run(found[j], k.sweep.low, gap, budget)
		}
	})
	for j, h := range k.hunts {
		if of[j] != nil {
			k.spent, k.nodes = k.spent+h.work, k.nodes+h.nodes
		}
	}
	return k.join(found) && !slices.Contains(ended, false)
}
