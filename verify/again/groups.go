package again

import (
	"math/bits"
	"slices"
)

// With more sides than mostSidesForAll only pairs, threes, all but one and all are looked at. The search for the package
// of a group, and for one that it would rather have, end at so many partial packages.
const mostSidesForAll, groupNodes, blockNodes, shownStandings = 7, 400_000, 200_000, 5

// band is a set of sides, one bit for each.
type band uint32

func bandOf(sides ...int) (b band) {
	for _, s := range sides {
		b |= 1 << s
	}
	return b
}

func (b band) has(side int) bool      { return b>>side&1 == 1 }
func (b band) size() int              { return bits.OnesCount32(uint32(b)) }
func (b band) within(other band) bool { return b&^other == 0 }

func (b band) members() (out []int) {
	for s := 0; b>>s != 0; s++ {
		if b.has(s) {
			out = append(out, s)
		}
	}
	return out
}

// group is what some of the sides can do with the options that need nobody else.
type group struct {
	band
	keep         [][]bool // by issue and option
	base         row      // by side: what nobody in it need pay for
	free         row      // the same, from the status quo
	choice       []int
	gains        row // by side, from the status quo
	exact, known bool
	said         obj
}

// groupwork is the work on all groups.
type groupwork struct {
	*reading
	today  row
	groups []*group
	at     map[band]*group
}

// bands lists the groups that are looked at: smaller ones first, and of one size by their members.
func bands(n int) (out []band) {
	for b := band(1); b < 1<<n; b++ {
		if size := b.size(); n <= mostSidesForAll || size <= 3 || size >= n-1 {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b band) int {
		if a.size() != b.size() {
			return a.size() - b.size()
		}
		return slices.Compare(a.members(), b.members())
	})
	return out
}

// needs are the sides without whom an option cannot be: those who give something up and those who act. An option of which
// neither is said needs all whom it touches.
func (p *proof) needs(m move) band {
	if m.option == 0 {
		return 0
	}
	o, first := p.option(m), p.option(move{m.issue, 0})
	b := bandOf(o.Movers...) | bandOf(o.Actors...)
	if b != 0 {
		return b
	}
	for s := range o.Points {
		if rat(o.Points[s]).Cmp(rat(first.Points[s])) != 0 {
			b |= bandOf(s)
		}
	}
	for _, e := range slices.Concat(o.Effects, first.Effects) {
		b |= bandOf(p.side[e.Interest])
	}
	if b == 0 {
		b = 1<<p.Sides - 1
	}
	return b
}

// formats re-checks what every group of sides can do without the others. Where values stand in place of a status quo
// nothing is said of that.
func (r *reading) formats() any {
	if r.at == nil || r.cap != nil || r.Sides < 2 || r.infeasible() {
		return nil
	}
	w := &groupwork{reading: r, today: r.table.value(r.after(nil)), at: map[band]*group{}}
	claimed, _ := field(r.claim["formats"], "groups").(list)
	for _, b := range bands(r.Sides) {
		g := w.group(b)
		if n := len(w.groups) - r.Sides; b.size() > 1 && n < len(claimed) {
			g.said, _ = claimed[n].(obj)
		}
		w.settle(g)
		w.groups, w.at[b] = append(w.groups, g), g
	}
	groups, packages := list{}, list{}
	for _, g := range w.groups {
		if g.size() > 1 {
			groups = append(groups, w.format(g))
		}
	}
	stand, _ := field(r.claim["formats"], "packages").(list)
	for n, p := range w.proposed() {
		said := any(nil)
		if n < len(stand) {
			said = stand[n]
		}
		packages = append(packages, w.standing(p.deal, p.choice, said))
	}
	out := obj{"complete": r.Sides <= mostSidesForAll, "groups": groups, "packages": packages}
	if pay := w.payments(field(r.claim["formats"], "payments")); pay != nil {
		out["payments"] = pay
	}
	return out
}

// group restricts the table to the options that need nobody outside.
func (w *groupwork) group(b band) *group {
	g := &group{band: b}
	free := w.after(nil)
	for i, is := range w.Issues {
		keep, most, several := make([]bool, len(is.Options)), 0, false
		for k, o := range is.Options {
			need := w.needs(move{i, k})
			keep[k] = need.within(b)
			serves := slices.ContainsFunc(b.members(), func(s int) bool { return w.table.issues[i][k][s] > w.table.issues[i][0][s] })
			switch {
			case !keep[k] || !o.Free || !serves:
			case need.size() > most:
				most, several, free[i] = need.size(), false, k
			case need.size() == most:
				several = true
			}
		}
		if several {
			free[i] = 0
		}
		g.keep = append(g.keep, keep)
	}
	if w.Baseline != "free" || w.broken(free) != nil {
		free = w.after(nil)
	}
	if b.size() == w.Sides {
		free = w.reading.at
	}
	g.base = w.table.value(free)
	g.free = slices.Clone(g.base)
	for s, v := range w.today {
		g.free[s] -= v
	}
	return g
}

// settle gives a group its package: the one that Nash's rule picks among those that leave every member what nobody in it
// need pay for. The whole table has it already.
func (w *groupwork) settle(g *group) {
	nash := w.fair["nash"].([]int)
	switch {
	case g.size() == w.Sides && len(nash) > 0:
		g.choice, g.exact, g.known = w.front[nash[0]].choice, true, true
	case g.said["exact"] == false && w.partial(g) > groupNodes>>g.size():
		w.leave("formats", "group-not-claimed", w.which(g.band))
		g.choice = w.chosen(g.said["choices"])
		must(w.can(g, g.choice) && w.enough(g, w.table.value(g.choice), g.base), "a group can do what is said")
	default:
		g.choice, g.known = w.nashOf(g, g.base)
		if g.exact = true; !g.known {
			w.leave("formats", "group-too-large", w.which(g.band))
			must(g.size() > 1, "single sides are worked out")
			g.choice = w.chosen(g.said["choices"])
			must(w.can(g, g.choice) && w.enough(g, w.table.value(g.choice), g.base), "a group can do what is said")
		}
	}
	if g.choice == nil {
		g.choice = w.after(nil)
	}
	g.gains = w.table.value(g.choice)
	for s, v := range w.today {
		g.gains[s] -= v
	}
}

// chosen reads a package: by topic, what is not as it is.
func (r *reading) chosen(claimed any) []int {
	out := r.after(nil)
	named, ok := claimed.(obj)
	must(ok, "a package names options by their topics")
	found := 0
	for i, l := range r.labels.Issues {
		for k, o := range l.Options {
			if id, ok := named[l.ID]; ok && id == o.ID {
				out[i] = k
				found++
			}
		}
	}
	must(found == len(named), "a package names options of the table")
	return out
}

// can reports whether a group can bring a package about.
func (w *groupwork) can(g *group, choice []int) bool {
	for i, k := range choice {
		if !g.keep[i][k] {
			return false
		}
	}
	return w.broken(choice) == nil
}

func (w *groupwork) enough(g *group, v, floor row) bool {
	return !slices.ContainsFunc(g.members(), func(s int) bool { return v[s] < floor[s] })
}

// partial is how many partial packages a group has. The search tries them for each set of members who gain.
func (w *groupwork) partial(g *group) int {
	sum, product := 0, 1
	for _, keep := range g.keep {
		n := 0
		for _, is := range keep {
			if is {
				n++
			}
		}
		if product *= n; product > groupNodes {
			return product
		}
		sum += product
	}
	return sum
}
