package deal

import (
	"cmp"
	"context"
	"errors"
	"math/big"
	"slices"

	"parley/engine/pareto"
	"parley/engine/roadmap"
	"parley/interest"
)

// How many packages and swaps an answer orders, and how long it looks for each.
const (
	mostDealRoadmaps = 5
	mostSwapRoadmaps = 20
	roadmapLooks     = 10_000_000
	certainLooks     = 200_000 // looks that test every ranking are dearer
)

// states of a roadmap.
const (
	roadCertain = "certain"
	roadCentral = "central"
	roadBounded = "bounded"
	roadNone    = "none"
	roadTooMany = "too-many"
)

// roadmaps orders the swaps of an answer and its first packages, of these what is
// wanted. Where values stand in place of a status quo there is nothing to start
// from.
func (s *search) roadmaps(ctx context.Context, a *Answer, bounds []Exposure, wanted func(of string, number int) bool) ([]Roadmap, error) {
	out := []Roadmap{}
	if s.q.table.disagreement != nil {
		return out, nil
	}
	add := func(of string, n int, choices map[string]string) error {
		choice := s.chosen(choices)
		if choice == nil || !wanted(of, n+1) {
			return nil // no package of this question, or another than that asked for
		}
		w := &way{search: s, r: s.readings[0], to: choice}
		r, err := w.roadmap(ctx, bounds, of == "deal")
		if err != nil {
			return err
		}
		r.Of, r.Number = of, n+1
		r.Because = s.becauseRoadmap(&r)
		out = append(out, r)
		return nil
	}
	for n, x := range a.Swaps[:min(mostSwapRoadmaps, len(a.Swaps))] {
		choices := map[string]string{}
		for _, m := range x.Moves {
			choices[m.Topic] = m.Option
		}
		if err := add("swap", n, choices); err != nil {
			return nil, err
		}
	}
	for n, d := range a.Deals[:min(mostDealRoadmaps, len(a.Deals))] {
		if err := add("deal", n, d.Choices); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chosen turns options by name into a package, the status quo where none is
// named; nil where a name is unknown.
func (s *search) chosen(choices map[string]string) []int {
	out := make([]int, len(s.q.labels.issues))
	found := 0
	for i, l := range s.q.labels.issues {
		option, ok := choices[l.id]
		if !ok {
			continue
		}
		k := slices.IndexFunc(l.options, func(o optionLabel) bool { return o.id == option })
		if k < 0 {
			return nil
		}
		out[i] = k
		found++
	}
	if found < len(choices) {
		return nil
	}
	return out
}

// way is the ordering of one package.
type way struct {
	*search
	r    *reading
	from []int // the status quo with what is free
	to   []int
	d    *difference
}

func (w *way) roadmap(ctx context.Context, bounds []Exposure, free bool) (Roadmap, error) {
	out := Roadmap{Free: []Choice{}, Steps: []RoadmapStep{}, Promises: []Promise{}}
	w.from = w.r.statusQuo()
	if free {
		for _, m := range w.free() {
			out.Free = append(out.Free, w.choice(m))
			w.from[m.issue] = m.option
		}
	}
	out.Start = w.points64(w.r.space.Value(w.from))
	q := roadmap.Question{Space: w.r.space, From: w.from, To: w.to, Late: w.late(), Unit: w.units()}
	if !w.q.table.exact {
		w.d = newDifference(w.certain[0], w.from)
	}
	path, state, err := w.order(ctx, q, bounds, &out)
	switch {
	case errors.Is(err, roadmap.ErrTooMany):
		out.State = roadTooMany
		return out, nil
	case errors.Is(err, roadmap.ErrNoPath):
		out.State = roadNone
	case err != nil:
		return out, err
	default:
		out.State, out.Exact = state, path.Exact
		w.addSteps(&out, path)
		if err := w.addPromises(&out, q, path); err != nil {
			return out, err
		}
	}
	if out.State == roadNone || out.Simultaneous() > 0 {
		return out, w.addOneByOne(ctx, &out, q)
	}
	return out, nil
}

// order looks for the strongest kind of path first.
func (w *way) order(ctx context.Context, q roadmap.Question, bounds []Exposure, out *Roadmap) (roadmap.Path, string, error) {
	if len(bounds) > 0 {
		bound := w.bound(bounds)
		out.Bound = w.points64(bound)
		path, err := roadmap.Within(ctx, q, bound, roadmap.Limits{Looks: roadmapLooks})
		return path, roadBounded, err
	}
	if w.d != nil {
		always := q
		always.Allow = w.never
		path, err := roadmap.Monotone(ctx, always, roadmap.Limits{Looks: certainLooks})
		if !errors.Is(err, roadmap.ErrNoPath) {
			return path, roadCertain, err
		}
		q.Prefer = w.never
	}
	path, err := roadmap.Monotone(ctx, q, roadmap.Limits{Looks: roadmapLooks})
	return path, roadCentral, err
}

// free lists the options of the package that nobody pays for, which depend on
// nothing else: named acts first, then what is immediate, then as the file has
// them. They come before all steps, unless a side would have to give up some of
// that again to reach the package.
func (w *way) free() []move {
	tied := make([]bool, len(w.to))
	for _, t := range w.r.space.Terms {
		for _, l := range t.All {
			tied[l.Issue] = true
		}
	}
	for _, r := range w.r.space.Rules {
		for _, i := range r.Issues() {
			tied[i] = true
		}
	}
	var out []move
	start := w.r.statusQuo()
	for _, i := range w.inFileOrder() {
		if k := w.to[i]; k > 0 && w.q.table.issues[i].options[k].free && !tied[i] {
			out = append(out, move{i, k})
			start[i] = k
		}
	}
	end := w.r.space.Value(w.to)
	for p, v := range w.r.space.Value(start) {
		if end[p] < v {
			return nil
		}
	}
	slices.SortStableFunc(out, func(a, b move) int {
		return cmp.Or(cmp.Compare(b2i(w.named(b)), b2i(w.named(a))), cmp.Compare(w.lateness(a), w.lateness(b)))
	})
	return out
}

func (w *way) named(m move) bool {
	return w.q.table.issues[m.issue].options[m.option].act != nil
}

// late says which moves can wait, by issue.
func (w *way) late() []int {
	out := make([]int, len(w.to))
	for i, k := range w.to {
		out[i] = w.lateness(move{i, k})
	}
	return out
}

// Kinds of moves by the interests that they serve.
const (
	nowLate = iota // an immediate one
	anyLate        // none whose horizon is stated
	farLate        // long-term ones alone
)

func (w *way) lateness(m move) int {
	out := anyLate
	for _, e := range w.q.table.issues[m.issue].options[m.option].effects {
		if w.q.table.central(e, w.r.full).Sign() <= 0 {
			continue
		}
		switch w.q.table.entries[e.entry].horizon {
		case interest.Immediate:
			return nowLate
		case interest.Long:
			out = farLate
		}
	}
	return out
}

// units make the exposures of sides comparable. Registers put all sides on one
// scale; the points of a table are measured by how far they range.
func (w *way) units() []int64 {
	if !w.q.table.exact {
		return nil
	}
	out := make([]int64, len(w.q.table.sides))
	for p := range out {
		for _, options := range w.r.space.Issues {
			low, high := options[0][p], options[0][p]
			for _, o := range options {
				low, high = min(low, o[p]), max(high, o[p])
			}
			out[p] += high - low
		}
		for _, t := range w.r.space.Terms {
			out[p] += max(t.Values[p], -t.Values[p])
		}
		out[p] = max(1, out[p])
	}
	return out
}

// bound is what sides would go below their start, in points, rounded down.
func (w *way) bound(bounds []Exposure) []int64 {
	out := make([]int64, len(w.q.table.sides))
	for p, l := range w.q.labels.sides {
		for _, b := range bounds {
			if b.Side != l.id {
				continue
			}
			v := new(big.Rat).Mul(b.Most, new(big.Rat).SetInt(w.r.scale[p]))
			if !w.q.table.exact {
				v.Quo(v, big.NewRat(100, 1))
			}
			whole := new(big.Int).Quo(v.Num(), v.Denom())
			if out[p] = pareto.MaxSum; whole.IsInt64() {
				out[p] = min(out[p], whole.Int64())
			}
		}
	}
	return out
}

// never reports whether no side is worse off in the second package, under every
// admissible weighting and the least favourable roles.
func (w *way) never(from, to []int) bool {
	c := w.certain[0]
	sum, tier := w.d.step(from, to), c.tiers()
	for side := range w.q.table.sides {
		if !c.stand(side, sum, tier).never {
			return false
		}
	}
	return true
}

// step is the least change of every interest from one package to another, where
// the two differ only in that some issues have left the difference's own package.
func (d *difference) step(from, to []int) tally {
	sum := make(tally, len(d.c.r.t.entries))
	for i, k := range to {
		if k == from[i] {
			continue
		}
		for _, x := range d.low[i][k] {
			sum[x.entry] += x.by
		}
	}
	for j, t := range d.c.r.space.Terms {
		sign := b2i(pareto.AllHold(t.All, to)) - b2i(pareto.AllHold(t.All, from))
		for _, x := range d.c.joint[j] {
			sum[x.entry] += sign * x.by
		}
	}
	return sum
}

func (w *way) addSteps(out *Roadmap, path roadmap.Path) {
	at := slices.Clone(w.from)
	for k, step := range path.Steps {
		before, was := path.Before(k), slices.Clone(at)
		one := RoadmapStep{Moves: []RoadmapMove{}, Simultaneous: len(step.Moves) > 1, Points: w.points64(step.Values)}
		soonest := farLate
		for _, m := range w.inOrder(step.Moves) {
			at[m.issue] = m.option
			ch := w.choice(m)
			x := RoadmapMove{Topic: ch.Topic, Option: ch.Option, Sides: []string{}}
			for _, p := range w.q.table.issues[m.issue].options[m.option].movers {
				x.Sides = append(x.Sides, w.q.labels.sides[p].id)
			}
			slices.Sort(x.Sides)
			one.Moves = append(one.Moves, x)
			soonest = min(soonest, w.lateness(m))
		}
		switch {
		case soonest == nowLate:
			one.Horizon = interest.Immediate.String()
		case soonest == farLate:
			one.Horizon = interest.Long.String()
		}
		gain, below := make([]int64, len(before)), make([]int64, len(before))
		for p, v := range step.Values {
			gain[p], below[p] = v-before[p], max(0, path.Start[p]-v)
		}
		one.Gain, one.Below = w.points64(gain), w.points64(below)
		one.Certain = w.d != nil && w.never(was, at)
		out.Steps = append(out.Steps, one)
	}
}

// inOrder lists moves as the file has their topics.
func (w *way) inOrder(issues []int) []move {
	var out []move
	for _, i := range issues {
		out = append(out, move{i, w.to[i]})
	}
	slices.SortFunc(out, w.byFile)
	return out
}

// addPromises says what could make the promises of each side hard to keep.
func (w *way) addPromises(out *Roadmap, q roadmap.Question, path roadmap.Path) error {
	ledgers, err := q.Ledger(path)
	if err != nil {
		return err
	}
	for p, l := range ledgers {
		patience := l.Patience()
		out.Promises = append(out.Promises, Promise{
			Side: w.q.labels.sides[p].id, Received: listed(l.Received), Paid: listed(l.Paid), Temptation: listed(l.Temptation),
			Held: listed(patience.Held), Patience: Decimal{int64(patience.Least)}, Lasting: patience.Lasting,
		})
	}
	slices.SortFunc(out.Promises, func(a, b Promise) int { return cmp.Compare(a.Side, b.Side) })
	return nil
}

// listed is a list that JSON writes as one even where it is empty.
func listed[T any](list []T) []T { return append([]T{}, list...) }

// addOneByOne says what single moves would ask of the sides.
func (w *way) addOneByOne(ctx context.Context, out *Roadmap, q roadmap.Question) error {
	n, err := roadmap.Bottleneck(ctx, q, roadmap.Limits{Looks: roadmapLooks / 10})
	if errors.Is(err, roadmap.ErrNoPath) {
		return nil
	}
	if err != nil {
		return err
	}
	one := &OneByOne{Steps: [][]Choice{}, Exact: n.Path.Exact, Short: Amount(n.Short), AtLeast: Amount(n.AtLeast), Bridge: w.points64(n.Path.Exposure())}
	for _, step := range n.Path.Steps {
		var moves []Choice
		for _, m := range w.inOrder(step.Moves) {
			moves = append(moves, w.choice(m))
		}
		one.Steps = append(one.Steps, moves)
	}
	if n.Step >= 0 {
		one.Side, one.After = w.q.labels.sides[n.Side].id, n.Step+1
	}
	out.OneByOne = one
	return nil
}
