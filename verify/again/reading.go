package again

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
)

// read makes the table of the central weights with its baseline.
func (p *proof) read(full int) *reading {
	r := &reading{proof: p, full: full, base: make(row, p.Sides)}
	r.table.reading, r.links, r.delta = r, make([][]int, len(p.Rules)), map[move]row{}
	f := r.figures()
	r.findScales(f)
	for i, is := range f.values {
		var rows []row
		for _, vs := range is {
			v := make(row, p.Sides)
			for s := range v {
				v[s] = whole(vs[s], f.units[s])
			}
			rows = append(rows, v)
		}
		if i == len(p.Issues) {
			r.table.joint = rows
		} else {
			r.table.issues = append(r.table.issues, rows)
		}
	}
	for s, v := range f.most {
		r.cap = append(r.cap, uncapped)
		if v != nil {
			r.cap[s] = whole(v, f.units[s])
		}
	}
	for i, is := range p.Issues {
		for k := range is.Options {
			r.delta[move{i, k}] = r.change(move{i, k}, r.worst, r.best)
		}
	}
	for k := range p.Rules {
		r.gives = append(r.gives, r.given(k))
	}
	r.link()
	r.findBaseline()
	for s, d := range f.stated {
		r.base[s] = whole(d, f.units[s])
	}
	return r
}

// uncapped stands for the cap of a side that has none.
const uncapped = 1 << 61

// figures are what every option gives each side, and last what the rules do, with the stated baseline and the caps, as
// fractions; in the units each side's are whole.
type figures struct {
	values       [][][]*big.Rat
	stated, most []*big.Rat
	units        []*big.Int
}

// findScales finds the scales that figures are whole on: one for all sides or, in points as they are stated, one for each,
// which some have to be rounded to.
func (r *reading) findScales(f *figures) {
	all, last := big.NewInt(1), len(f.values)-1
	for s := range r.Sides {
		lcm(all, f.units[s])
		if !r.exact() {
			continue
		}
		columns := make([][]*big.Rat, len(f.values))
		for i, rows := range f.values {
			for _, v := range rows {
				columns[i] = append(columns[i], v[s])
			}
		}
		others := columns[last]
		for _, of := range [][]*big.Rat{f.stated, f.most} {
			if of != nil && of[s] != nil {
				others = append(others, of[s])
			}
		}
		scale, rounded := fit(columns[:last], others)
		f.units[s], r.rounded = scale, r.rounded || rounded
	}
	r.scales = slices.Clone(f.units)
	for s := range r.scales {
		if !r.exact() {
			f.units[s], r.scales[s] = all, new(big.Int).Mul(all, big.NewInt(total))
		}
	}
}

func (r *reading) figures() *figures {
	weight := make([]int64, len(r.side))
	for s, mine := range r.of {
		for k, w := range inPoints(r.central(s)) {
			weight[mine[k]] = w
		}
	}
	f := &figures{values: make([][][]*big.Rat, len(r.Issues)+1)}
	for range r.Sides {
		f.units = append(f.units, big.NewInt(1))
	}
	add := func(at int, points []string, effects []effect) {
		vs := make([]*big.Rat, r.Sides)
		for s := range vs {
			vs[s] = new(big.Rat)
			if points != nil {
				vs[s].Set(rat(points[s]))
			}
		}
		for _, e := range effects {
			v := big.NewRat(e.value(r.full, r.middle), r.unit*r.grid)
			lcm(f.units[r.side[e.interest]], v.Denom())
			vs[r.side[e.interest]].Add(vs[r.side[e.interest]], mul(v, big.NewRat(weight[e.interest], 1)))
		}
		f.values[at] = append(f.values[at], vs)
	}
	for i, is := range r.Issues {
		for k, o := range is.Options {
			add(i, o.Points, r.effects[i][k])
		}
	}
	for k, u := range r.Rules {
		add(len(r.Issues), u.Points, r.joint[k])
	}
	for s, d := range r.Disagreement {
		v := rat(d)
		if !r.exact() {
			v.Mul(v, big.NewRat(total, 1))
			lcm(f.units[s], v.Denom())
		}
		f.stated = append(f.stated, v)
	}
	for _, words := range r.Cap {
		var most *big.Rat
		if words != "" {
			most = rat(words)
		}
		f.most = append(f.most, most)
	}
	return f
}

// findBaseline takes the fullest free option of each issue. The issues of broken rules fall back to the first, until
// none is broken or nothing is left.
func (r *reading) findBaseline() {
	if r.Disagreement != nil {
		return
	}
	for _, is := range r.Issues {
		r.at = append(r.at, map[string]int{"free": is.Fullest}[r.Baseline])
	}
	for back := true; back; {
		back = false
		var fall []int
		for _, k := range r.broken(r.at) {
			fall = append(fall, r.links[k]...)
		}
		for _, i := range fall {
			back = back || r.at[i] != 0
			r.at[i] = 0
		}
	}
	r.base = r.capped(r.table.value(r.at))
}

// capped counts no more for a side than its cap.
func (r *reading) capped(v row) row {
	v = slices.Clone(v)
	for s, most := range r.cap {
		v[s] = min(v[s], most)
	}
	return v
}

// countCapped puts the caps on unbeaten points, the first package first. A cap never turns two packages round: what is
// unbeaten under it was so before.
func (r *reading) countCapped(all []point) (kept []point) {
	if r.cap == nil {
		return all
	}
	for i := range all {
		all[i].v = r.capped(all[i].v)
	}
	slices.SortFunc(all, func(a, b point) int { return cmp.Or(slices.Compare(b.v, a.v), slices.Compare(a.choice, b.choice)) })
	for _, x := range all {
		if !slices.ContainsFunc(kept, func(y point) bool { return y.v.covers(x.v) }) {
			kept = append(kept, x)
		}
	}
	return kept
}

func (p *proof) exact() bool { return p.Issues[0].Options[0].Points != nil }

// solutions are the fair picks among the points of the frontier.
func (r *reading) solutions() obj {
	var gains [][]*big.Rat
	for _, x := range r.front {
		gain := make([]*big.Rat, r.Sides)
		for s, v := range x.v {
			gain[s] = new(big.Rat).SetInt(new(big.Int).Sub(big.NewInt(v), big.NewInt(r.base[s])))
		}
		gains = append(gains, gain)
	}
	f := fairest(gains)
	r.opposition, r.integrative = f.opposition, f.integrative
	return f.sets
}

// frontier lists the unbeaten vectors with the first package that reaches each and how many do.
func (r *reading) frontier() any {
	out := list{}
	for _, x := range r.front {
		count := any(x.n)
		if len(r.Rules)+len(r.Cap) > 0 || x.n == nil {
			count = nil
		} else if x.n.BitLen() > 53 {
			count = x.n.String()
		}
		out = append(out, obj{"choices": r.choices(x.choice), "points": r.points(x.v), "count": count})
	}
	return out
}

func (p *proof) points(v row) obj {
	out := obj{}
	for s, x := range v {
		out[p.labels.Sides[s].ID] = amount(x)
	}
	return out
}

// amount is a number of points as JSON has it: many readers would round one beyond 2^53.
func amount(x int64) any {
	if x > 1<<53 || x < -1<<53 {
		return strconv.FormatInt(x, 10)
	}
	return x
}

func amounts(all row) list {
	out := list{}
	for _, x := range all {
		out = append(out, amount(x))
	}
	return out
}

func (p *proof) choices(choice []int) obj {
	out := obj{}
	for i, k := range choice {
		out[p.labels.Issues[i].ID] = p.labels.Issues[i].Options[k].ID
	}
	return out
}

// conclude works out both readings of the stakes and returns the one that was asked for.
func (p *proof) conclude() *reading {
	p.prepare()
	p.findWays()
	for i, full := range map[string][2]int{"split": {0, 1}, "full": {1, 0}}[p.Stakes] {
		r := p.read(full)
		p.readings[i] = r
		r.certain()
		r.nash = make([][]int, p.Samples)
		switch {
		case i == 1:
		case p.cut:
			r.readListed()
		default:
			r.readFrontier()
		}
	}
	if p.draws = p.Samples; p.readings[0].infeasible() {
		p.draws = 0
		p.readings[0].count()
		p.readings[1].count()
		return p.readings[0]
	}
	start := p.readings[0].first()
	if fair := p.readings[0].fair["nash"].([]int); len(fair) > 0 {
		start = p.readings[0].front[fair[0]].choice
	}
	p.each(func() func(n int, weight []int64, parts [][]int64) {
		return func(n int, weight []int64, parts [][]int64) {
			for _, r := range p.readings {
				t, base := r.sample(weight, parts)
				r.nash[n] = t.nash(base, start)
			}
		}
	})
	for _, r := range p.readings {
		r.count()
	}
	p.readings[0].propose()
	return p.readings[0]
}
