package again

import (
	"math/big"
	"slices"
)

// candidate is a package whose standing is looked at, and its place among the deals: -1 for Nash's point.
type candidate struct {
	choice []int
	deal   int
}

func (w *groupwork) proposed() (out []candidate) {
	for k, choice := range w.packages[:min(shownStandings, len(w.packages))] {
		out = append(out, candidate{choice, k})
	}
	if nash := w.fair["nash"].([]int); len(out) == 0 && len(nash) > 0 {
		out = append(out, candidate{w.front[nash[0]].choice, -1})
	}
	return out
}

// block is a group with a package that it would rather have.
type block struct {
	band
	choice []int
	more   row // by side, beyond the proposal
}

// standing re-checks whether a package stands against every group but all, and what holds each side to it.
func (w *groupwork) standing(deal int, choice []int, said any) obj {
	values, undecided, blocks := w.table.value(choice), list{}, []block{}
	says := list{}
	for _, g := range w.groups[:len(w.groups)-1] {
		b, known := w.blocks(g, values, said)
		switch {
		case !known:
			undecided = append(undecided, w.ids(g.members()))
		case b != nil:
			blocks = append(blocks, *b)
			more := obj{}
			for _, s := range g.members() {
				more[w.labels.Sides[s].ID] = amount(b.more[s])
			}
			says = append(says, obj{"sides": w.ids(g.members()), "choices": w.differs(b.choice), "more": more})
		}
	}
	return obj{
		"deal": deal, "blocks": says, "undecided": undecided, "going_back": w.goingBack(choice),
		"in_core": len(blocks)+len(undecided) == 0 && w.Sides <= mostSidesForAll,
		"because": w.because(func(lang string) []string { return w.standSays(lang, blocks, len(undecided)) }),
	}
}

// blocks looks for a package of a group that gives nobody in it less than they have and somebody more: the fairest such. It
// is not known where the search was ended, as the bundle says, or where it is too much work here: then the claim is
// taken for what it shows.
func (w *groupwork) blocks(g *group, values row, said any) (b *block, known bool) {
	ids, large := w.ids(g.members()), w.partial(g) > blockNodes>>g.size()
	same := func(v any) bool { _, wrong := compare("", v, plain(ids)); return wrong == "" }
	if open, _ := field(said, "undecided").(list); large && slices.ContainsFunc(open, same) {
		w.leave("formats", "block-open", w.which(g.band))
		return nil, false
	}
	choice, known := w.nashOf(g, values)
	if !known {
		w.leave("formats", "block-too-large", w.which(g.band))
		claimed, _ := field(said, "blocks").(list)
		for _, c := range claimed {
			if same(field(c, "sides")) {
				choice = w.chosen(field(c, "choices"))
				must(w.can(g, choice) && w.enough(g, w.table.value(choice), values), "a group can do what is said")
			}
		}
	}
	if choice == nil {
		return nil, true
	}
	more := w.table.value(choice)
	for s, v := range values {
		more[s] -= v
	}
	if !slices.ContainsFunc(g.members(), func(s int) bool { return more[s] > 0 }) {
		return nil, true
	}
	return &block{g.band, choice, more}, true
}

// goingBack says of every side that moves in a package what it would find if it went back on all its moves, and what the
// others could do then. Whoever goes back does so once and for good.
func (w *groupwork) goingBack(choice []int) list {
	movers, worth := band(0), map[band]row{}
	for i, k := range choice {
		movers |= bandOf(w.Issues[i].Options[k].Movers...) * band(min(k, 1))
	}
	for gone := band(0); gone < 1<<w.Sides; gone++ {
		if left := w.left(choice, gone); gone.within(movers) && left != nil {
			worth[gone] = w.table.value(left)
		}
	}
	out := list{}
	for _, s := range movers.members() {
		alone := worth[bandOf(s)]
		if alone == nil {
			continue
		}
		before := worth[0][s]
		held, answer := "no-gain", band(0)
		if alone[s] > before {
			held = "nothing"
			for _, kind := range []string{"costly", "credible"} {
				ends := w.follow(worth, bandOf(s), movers, kind == "credible")
				if n := slices.IndexFunc(ends, func(b band) bool { return worth[b][s] <= before }); n >= 0 {
					held, answer = kind, ends[n]&^bandOf(s)
				}
			}
		}
		out = append(out, obj{"side": w.labels.Sides[s].ID, "held": held, "answer": w.ids(answer.members()), "at_once": amount(alone[s] - before)})
	}
	return out
}

// follow lists, in order, who can have gone back when others follow one side, one at a time, each with a gain by it where
// that is asked.
func (w *groupwork) follow(worth map[band]row, first, movers band, gaining bool) (out []band) {
	seen := []band{first}
	for n := 0; n < len(seen); n++ {
		for _, s := range (movers &^ seen[n]).members() {
			next := seen[n] | bandOf(s)
			v := worth[next]
			if v != nil && !slices.Contains(seen, next) && (!gaining || v[s] > worth[seen[n]][s]) {
				seen = append(seen, next)
			}
		}
	}
	return slices.Sorted(slices.Values(seen[1:]))
}

// left is what is left of a package when some have gone back on their moves, and then of what the rules no longer allow;
// nil where nothing feasible is.
func (w *groupwork) left(choice []int, gone band) []int {
	left := slices.Clone(choice)
	for i, k := range choice {
		if bandOf(w.Issues[i].Options[k].Movers...)&gone != 0 {
			left[i] = 0
		}
	}
	for range left {
		before := slices.Clone(left)
		for _, k := range w.broken(before) {
			for _, i := range w.links[k] {
				left[i] = 0
			}
		}
		if slices.Equal(before, left) {
			break
		}
	}
	if w.broken(left) != nil {
		return nil
	}
	return left
}

// payments re-checks the game in which points can be handed over: what every group is worth, the Shapley value, and that
// no division leaves groups less to gain. Nothing is said of it where registers are ranked or capped, or where the points
// of the sides are too fine for one unit.
func (w *groupwork) payments(claimed any) any {
	unit := big.NewInt(1)
	for _, u := range w.scales {
		lcm(unit, u)
	}
	if !w.exact() || w.Sides > mostSidesForAll || w.cap != nil || unit.Cmp(big.NewInt(1<<20)) > 0 {
		return nil
	}
	worth, says := map[band]*big.Rat{0: new(big.Rat)}, list{}
	for _, g := range w.groups {
		v, known := w.worth(g)
		if large := len(w.Rules) > 0 && w.partial(g) > groupNodes; !known || claimed == nil && large {
			w.leave("formats", "payments-too-large", w.which(g.band))
			return claimed
		}
		if v == nil {
			return nil
		}
		worth[g.band] = v
		says = append(says, obj{"sides": w.ids(g.members()), "points": v.RatString()})
	}
	e := rat(fraction(field(claimed, "least_core")))
	w.leastCore(worth, e, claimed)
	return obj{
		"worth": says, "shapley": w.shapley(worth), "least_core": e.RatString(),
		"division": field(claimed, "division"), "balance": field(claimed, "balance"),
		"because": w.because(func(lang string) []string {
			if e.Sign() > 0 {
				return []string{w.say(lang, "formats.payments.if"), w.say(lang, "formats.payments.empty", "Points", e.RatString())}
			}
			return []string{w.say(lang, "formats.payments.if"), w.say(lang, "formats.payments.core")}
		}),
	}
}

// fraction is a number of a bundle that is written as a text.
func fraction(v any) string {
	s, ok := v.(string)
	must(ok, "a fraction is a text")
	return s
}

// worth is the most points that a group can have together, from the status quo; nil where the others as they are break a
// rule whatever it does.
func (w *groupwork) worth(g *group) (most *big.Rat, known bool) {
	together := func(v row) *big.Rat {
		sum := new(big.Rat)
		for _, s := range g.members() {
			sum.Add(sum, new(big.Rat).SetFrac(big.NewInt(v[s]), w.scales[s]))
		}
		return sum
	}
	best, known := w.largest(g, together)
	if best == nil {
		return nil, known
	}
	return new(big.Rat).Sub(together(best), together(w.today)), true
}

// largest is what the package of a group gives that is largest by a sum; nil where none keeps the rules, and not known
// where that is too much work.
func (r *reading) largest(g *group, by func(row) *big.Rat) (v row, known bool) {
	kept := []part{{v: make(row, r.Sides)}}
	for i, keep := range g.keep {
		best := map[string]part{}
		for _, x := range kept {
			for k, is := range keep {
				v, choice := slices.Clone(x.v), append(x.choice[:i:i], k)
				v.add(r.table.issues[i][k])
				if !is || !r.table.settle(v, choice) {
					continue
				}
				open := r.table.open(choice)
				if old, ok := best[open]; !ok || by(v).Cmp(by(old.v)) > 0 {
					best[open] = part{v: v, choice: choice}
				}
			}
		}
		if kept = kept[:0]; len(best) > groupBudget/1000 {
			return nil, false
		}
		for _, x := range best {
			kept = append(kept, x)
		}
	}
	if len(kept) == 0 {
		return nil, true
	}
	return kept[0].v, true
}

// shapley gives every side its part of what each group adds to the groups within it, in equal parts (Harsanyi's dividends).
func (w *groupwork) shapley(worth map[band]*big.Rat) obj {
	adds, value := map[band]*big.Rat{}, make([]*big.Rat, w.Sides)
	for s := range value {
		value[s] = new(big.Rat)
	}
	for _, g := range w.groups { // smaller ones first
		d := new(big.Rat).Set(worth[g.band])
		for b, v := range adds {
			if b.within(g.band) {
				d.Sub(d, v)
			}
		}
		adds[g.band] = d
		for _, s := range g.members() {
			value[s].Add(value[s], mul(d, big.NewRat(1, int64(g.size()))))
		}
	}
	out := obj{}
	for s, v := range value {
		out[w.labels.Sides[s].ID] = v.RatString()
	}
	return out
}

// leastCore re-checks what some group can gain at least, however all is divided: the division leaves no group more, and
// weights of groups that count every side alike prove that none leaves less.
func (w *groupwork) leastCore(worth map[band]*big.Rat, e *big.Rat, claimed any) {
	all := band(1<<w.Sides - 1)
	division, _ := field(claimed, "division").(obj)
	must(len(division) == w.Sides, "a division gives every side a part")
	gives := func(b band) *big.Rat {
		sum := new(big.Rat)
		for _, s := range b.members() {
			v := rat(fraction(division[w.labels.Sides[s].ID]))
			must(v.RatString() == division[w.labels.Sides[s].ID], "a fraction is in its lowest terms")
			sum.Add(sum, v)
		}
		return sum
	}
	must(gives(all).Cmp(worth[all]) == 0, "a division divides all")
	for b, v := range worth {
		must(b == 0 || b == all || new(big.Rat).Sub(v, gives(b)).Cmp(e) <= 0, "no group can gain more than is said")
	}
	balance, _ := field(claimed, "balance").(list)
	sum, proved, counts := new(big.Rat), new(big.Rat), make([]*big.Rat, w.Sides)
	for s := range counts {
		counts[s] = new(big.Rat)
	}
	next := 0 // groups stand in their order
	for _, g := range w.groups[:len(w.groups)-1] {
		if next == len(balance) {
			break
		}
		if _, wrong := compare("", field(balance[next], "sides"), plain(w.ids(g.members()))); wrong != "" {
			continue
		}
		weight := rat(fraction(field(balance[next], "weight")))
		must(weight.Sign() > 0 && weight.RatString() == field(balance[next], "weight") && len(balance[next].(obj)) == 2, "a group counts")
		sum.Add(sum, weight)
		proved.Add(proved, mul(weight, worth[g.band]))
		for _, s := range g.members() {
			counts[s].Add(counts[s], weight)
		}
		next++
	}
	must(next == len(balance) && sum.Cmp(big.NewRat(1, 1)) == 0, "the weights are of groups and sum to one")
	for _, c := range counts {
		must(c.Cmp(counts[0]) == 0, "every side counts alike")
	}
	must(proved.Sub(proved, mul(counts[0], worth[all])).Cmp(e) == 0, "no division leaves less to gain")
}
