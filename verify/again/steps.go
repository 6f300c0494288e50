package again

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"reflect"
	"slices"
)

// How many swaps and packages are put in order, and how much work re-checks one order.
const mostSwapOrders, mostDealOrders, mostMoves, stepBudget = 20, 5, 60, 20_000_000

// The search for an order ends at so many looks: for one by which nobody may lose under any ranking, for others, and for
// one of single moves.
const sureLooks, orderLooks, singleLooks = 200_000, 10_000_000, 1_000_000

// course is one package that is put in order. The steps are those that the bundle claims: they are a witness, of which
// everything that is said about them is derived, and no smaller ones may be found.
type course struct {
	*reading
	which    string // for what is left open
	free     []move // what nobody pays for
	from, to []int  // before the first step, and after the last
	moves    []int  // the issues that differ
	sure     bool   // nobody may lose by any step, under any ranking and part
	floor    row    // how low sides may go; nil: no side may lose by a step
	known    map[uint64]place
}

// place is a state of the way: a set of moves that were made.
type place struct {
	values row
	keeps  bool // every rule
}

// between is the least change of every interest from one package to another, each option by itself.
func (r *reading) between(from, to []int) row {
	sum := make(row, len(r.side))
	for i, k := range to {
		r.exchange(sum, i, from[i], k)
	}
	for k, u := range r.Rules {
		for n, v := range r.gives[k] {
			sum[n] += v * (holding(u.When, to) - holding(u.When, from))
		}
	}
	return sum
}

// exchange adds the least change of every interest by one option in place of another.
func (r *reading) exchange(sum row, issue, from, to int) {
	if from == to {
		return
	}
	for _, e := range r.effects[issue][to] {
		sum[e.interest] += e.value(r.full, r.worst)
	}
	for _, e := range r.effects[issue][from] {
		sum[e.interest] -= e.value(r.full, r.best)
	}
}

func holding(literals []literal, choice []int) int64 {
	if all(literals, choice) {
		return 1
	}
	return 0
}

// never reports whether no side loses by a change, under any ranking.
func (r *reading) never(sum row) bool {
	for s := range r.Sides {
		if !r.neverLoses(s, sum) {
			return false
		}
	}
	return true
}

func (r *reading) neverLoses(side int, sum row) bool {
	may, _ := r.loses(side, sum, r.tier)
	return may == nil
}

func (c *course) choice(state uint64) []int {
	out := slices.Clone(c.from)
	for ; state != 0; state &= state - 1 {
		i := c.moves[bits.TrailingZeros64(state)]
		out[i] = c.to[i]
	}
	return out
}

func (c *course) place(state uint64) place {
	p, ok := c.known[state]
	if !ok {
		choice := c.choice(state)
		p = place{c.table.value(choice), c.broken(choice) == nil}
		c.known[state] = p
	}
	return p
}

func (c *course) end() uint64 { return 1<<len(c.moves) - 1 }

// may reports whether a step is allowed, from a state on the way.
func (c *course) may(from, to uint64) bool {
	a, b := c.place(from), c.place(to)
	if !b.keeps {
		return false
	}
	if c.floor != nil {
		return b.values.covers(c.floor)
	}
	return b.values.covers(a.values) && (!c.sure || c.never(c.between(c.choice(from), c.choice(to))))
}

// sizes counts the steps of each number of moves, the largest first.
type sizes [mostMoves + 1]byte

func (s *sizes) add(moves int) { s[mostMoves-moves]++ }
func (s sizes) compare(o sizes) int {
	return slices.Compare(s[:], o[:])
}

// subsets calls do with every set of k members of a set.
func subsets(of uint64, k int, do func(uint64)) {
	if k == 0 {
		do(0)
		return
	}
	for ; bits.OnesCount64(of) >= k; of &= of - 1 {
		low := of & -of
		subsets(of&^low, k-1, func(rest uint64) { do(rest | low) })
	}
}

// smaller looks for an order with smaller steps than these, through every state that such steps reach. It is not known
// where that is too much work.
func (c *course) smaller(than sizes) (found, known bool) {
	best, layers, work := map[uint64]sizes{0: {}}, make([][]uint64, len(c.moves)+1), 0
	layers[0] = []uint64{0}
	for made, layer := range layers {
		for _, s := range layer {
			for k := 1; k <= len(c.moves)-made; k++ {
				cost := best[s]
				cost.add(k)
				if cost.compare(than) >= 0 {
					break // and so are larger ones
				}
				subsets(c.end()&^s, k, func(d uint64) {
					t := s | d
					old, ok := best[t]
					if work++; work > stepBudget || ok && old.compare(cost) <= 0 || !c.may(s, t) || !c.may(t, c.end()) {
						return
					}
					if best[t] = cost; !ok {
						layers[made+k] = append(layers[made+k], t)
					}
				})
				if work > stepBudget {
					return false, false
				}
			}
		}
	}
	_, found = best[c.end()]
	return found, true
}

// looks is more than a search with steps of so many moves can take, when it tries smaller ones first.
func (c *course) looks(most int) int64 {
	n, sum := int64(len(c.moves)), int64(1)
	if n > 20 {
		return 1 << 60
	}
	for m := 1; m <= most; m++ {
		for k := 1; k <= m; k++ {
			sum += new(big.Int).Binomial(n, int64(k)).Int64()
		}
	}
	return sum << n
}

// reaches reports whether steps of so many moves at most lead to the end through states that keep the rules and are as
// asked. It is not known where that is too much work.
func (c *course) reaches(most int, asked func(row) bool) (reached, known bool) {
	seen, queue, work := map[uint64]bool{0: true}, []uint64{0}, 0
	for len(queue) > 0 && !seen[c.end()] {
		s := queue[0]
		queue = queue[1:]
		for k := 1; k <= min(most, len(c.moves)-bits.OnesCount64(s)); k++ {
			subsets(c.end()&^s, k, func(d uint64) {
				if work++; work > stepBudget || seen[s|d] {
					return
				}
				if p := c.place(s | d); p.keeps && asked(p.values) {
					seen[s|d] = true
					queue = append(queue, s|d)
				}
			})
		}
		if work > stepBudget {
			return false, false
		}
	}
	return seen[c.end()], true
}

// roadmaps re-checks the orders of the first swaps and packages. Where values stand in place of a status quo there is
// nothing to start from.
func (r *reading) roadmaps() any {
	claimed, _ := r.claim["roadmaps"].(list)
	out := list{}
	if r.at == nil || r.cap != nil { // a cap is about whole packages
		return out
	}
	add := func(of string, number int, to []int) {
		said := obj{}
		if len(out) < len(claimed) {
			said, _ = claimed[len(out)].(obj)
			must(reflect.DeepEqual(said["bound"], field(claimed[0], "bound")) || said["state"] == "too-many", "one bound for all orders")
		}
		out = append(out, r.roadmap(of, number, to, said))
	}
	for n, set := range r.swaps[:min(mostSwapOrders, len(r.swaps))] {
		add("swap", n+1, r.after(set))
	}
	for n, choice := range r.packages[:min(mostDealOrders, len(r.packages))] {
		add("deal", n+1, choice)
	}
	return out
}

// roadmap is one order, by the steps that are claimed for it.
func (r *reading) roadmap(of string, number int, to []int, said obj) obj {
	c := &course{reading: r, which: fmt.Sprintf("%s %d", of, number), from: r.after(nil), to: to, known: map[uint64]place{}}
	if of == "deal" {
		c.free = c.unpaid()
	}
	free := list{}
	for _, m := range c.free {
		free = append(free, r.name(m))
		c.from[m.issue] = m.option
	}
	for i := range to {
		if c.from[i] != to[i] {
			c.moves = append(c.moves, i)
		}
	}
	start := r.table.value(c.from)
	out := obj{"of": of, "number": number, "exact": false, "free": free, "start": r.points(start), "steps": list{}, "promises": list{}}
	if len(c.moves) > mostMoves {
		out["state"] = "too-many"
		return with(out, obj{"because": r.because(func(lang string) []string { return c.says(lang, out, nil, nil) })})
	}
	var states []uint64
	switch c.state(said, out, start); out["state"] {
	case "none":
	default:
		states = c.states(said["steps"], false)
		must(c.valid(states), "the steps of a roadmap are allowed")
		c.exactly(states, said, out)
		out["steps"], out["promises"] = c.stepsSaid(states), c.promises(states)
	}
	var narrow *narrow
	if simultaneous := slices.ContainsFunc(stepSizes(states), func(n int) bool { return n > 1 }); c.place(c.end()).keeps && (states == nil || simultaneous) {
		single, _ := said["one_by_one"].(obj)
		narrow = c.narrowest(single)
		out["one_by_one"] = narrow.said
	}
	return with(out, obj{"because": r.because(func(lang string) []string { return c.says(lang, out, states, narrow) })})
}

// state says what holds for every step: some order always is allowed where all moves at once are.
func (c *course) state(said, out obj, start row) {
	if bound, ok := said["bound"].(obj); ok {
		limits := make(row, c.Sides)
		for s, l := range c.labels.Sides {
			limits[s] = integer(bound[l.ID])
			must(limits[s] >= 0, "a bound is not negative")
		}
		c.floor = slices.Clone(start)
		for s, v := range limits {
			c.floor[s] -= v
		}
		out["bound"] = c.points(limits)
		out["state"] = map[bool]string{true: "bounded", false: "none"}[c.may(0, c.end())]
		return
	}
	c.sure = !c.exact()
	if c.sure && c.may(0, c.end()) {
		out["state"] = "certain"
		return
	}
	c.sure = false
	out["state"] = map[bool]string{true: "central", false: "none"}[c.may(0, c.end())]
}

// unpaid lists the options of the package that nobody pays for, which depend on nothing else: named acts first, then
// what is immediate, then as the file has them. None where a side would have to give up some of that again.
func (c *course) unpaid() (out []move) {
	start := slices.Clone(c.from)
	for _, m := range c.issuesInFile() {
		tied := slices.ContainsFunc(c.links, func(issues []int) bool { return slices.Contains(issues, m.issue) })
		if m.option = c.to[m.issue]; m.option > 0 && c.option(m).Free && !tied {
			out = append(out, m)
			start[m.issue] = m.option
		}
	}
	if !c.table.value(c.to).covers(c.table.value(start)) {
		return nil
	}
	unnamed := func(m move) int { return map[bool]int{false: 1}[c.option(m).Act] }
	slices.SortStableFunc(out, func(a, b move) int {
		return cmp.Or(unnamed(a)-unnamed(b), c.waits(a)-c.waits(b))
	})
	return out
}

// waits is 0 for a move that serves an immediate interest, 2 for one that serves long-term ones alone, else 1.
func (c *course) waits(m move) int {
	out := 1
	for _, e := range c.effects[m.issue][m.option] {
		if e.value(c.full, c.middle) <= 0 {
			continue
		}
		switch c.Interests[e.interest].Horizon {
		case 2:
			return 0
		case 1:
			out = 2
		}
	}
	return out
}
