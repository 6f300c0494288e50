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
	values, stated, most := r.values()
	units := slices.Clone(r.scales)
	if p.exact() {
		r.fit(values, stated, most)
		copy(units, r.scales)
	} else { // one scale for all
		all := big.NewInt(1)
		for _, u := range units {
			lcm(all, u)
		}
		for s := range units {
			units[s], r.scales[s] = all, new(big.Int).Mul(all, big.NewInt(total))
		}
	}
	for i, is := range values {
		var rows []row
		for _, vs := range is {
			v := make(row, p.Sides)
			for s := range v {
				v[s] = whole(vs[s], units[s])
			}
			rows = append(rows, v)
		}
		if i == len(p.Issues) {
			r.table.joint = rows
		} else {
			r.table.issues = append(r.table.issues, rows)
		}
	}
	for s, v := range most {
		r.cap = append(r.cap, uncapped)
		if v != nil {
			r.cap[s] = whole(v, units[s])
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
	for s, d := range stated {
		r.base[s] = whole(d, units[s])
	}
	return r
}

// uncapped stands for the cap of a side that has none.
const uncapped = 1 << 61

// fit puts the points of each side on its scale.
func (r *reading) fit(values [][][]*big.Rat, stated, most []*big.Rat) {
	for s := range r.Sides {
		var columns [][]*big.Rat
		for _, rows := range values {
			var column []*big.Rat
			for _, v := range rows {
				column = append(column, v[s])
			}
			columns = append(columns, column)
		}
		last := len(columns) - 1
		others := columns[last]
		for _, of := range [][]*big.Rat{stated, most} {
			if of != nil && of[s] != nil {
				others = append(others, of[s])
			}
		}
		scale, rounded := fit(columns[:last], others)
		r.scales[s], r.rounded = scale, r.rounded || rounded
	}
}

// values is what every option gives each side, and last what the rules do, with the stated baseline and the caps; scales
// become the units in which each side's numbers are whole.
func (r *reading) values() (values [][][]*big.Rat, stated, most []*big.Rat) {
	weight := make([]int64, len(r.side))
	for s, mine := range r.of {
		for k, w := range inPoints(r.central(s)) {
			weight[mine[k]] = w
		}
	}
	values = make([][][]*big.Rat, len(r.Issues)+1)
	r.scales = make([]*big.Int, r.Sides)
	for s := range r.scales {
		r.scales[s] = big.NewInt(1)
	}
	fine := func(s int, v *big.Rat) *big.Rat { lcm(r.scales[s], v.Denom()); return v }
	add := func(at int, points []string, effects []effect) {
		vs := make([]*big.Rat, r.Sides)
		for s := range vs {
			vs[s] = new(big.Rat)
			if points != nil {
				fine(s, vs[s].Set(rat(points[s])))
			}
		}
		for _, e := range effects {
			v := fine(r.side[e.interest], big.NewRat(e.value(r.full, r.middle), r.unit*r.grid))
			vs[r.side[e.interest]].Add(vs[r.side[e.interest]], mul(v, big.NewRat(weight[e.interest], 1)))
		}
		values[at] = append(values[at], vs)
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
		stated = append(stated, fine(s, mul(rat(d), big.NewRat(map[bool]int64{true: 1, false: total}[r.exact()], 1))))
	}
	for s, words := range r.Cap {
		most = append(most, nil)
		if words != "" {
			most[s] = fine(s, rat(words))
		}
	}
	return values, stated, most
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

// solutions are the fair picks among the points of the frontier that leave no side below the baseline:
// each is the set of points whose key is largest.
func (r *reading) solutions() obj {
	if len(r.front) == 0 {
		return obj{"nash": []int{}, "leximin": []int{}, "kalai_smorodinsky": []int{}, "utilitarian": []int{}}
	}
	ideal := slices.Clone(r.front[0].v)
	for _, x := range r.front {
		for s, v := range x.v {
			ideal[s] = max(ideal[s], v)
		}
	}
	r.opposition, r.integrative = nil, nil
	pick := func(key func(gains, ratios []*big.Rat) []*big.Rat) []int {
		var best []*big.Rat
		set := []int{}
		for n, x := range r.front {
			if !x.v.covers(r.base) {
				continue
			}
			k := key(r.gains(x.v, ideal))
			c := slices.CompareFunc(k, best, (*big.Rat).Cmp)
			if best == nil || c > 0 {
				set, best = set[:0], k
			}
			if c >= 0 {
				set = append(set, n)
			}
		}
		return set
	}
	sum := func(of []*big.Rat) *big.Rat {
		s := new(big.Rat)
		for _, v := range of {
			s.Add(s, v)
		}
		return s
	}
	leximin := pick(func(_, ratios []*big.Rat) []*big.Rat { slices.SortFunc(ratios, (*big.Rat).Cmp); return ratios })
	nash := pick(func(gains, _ []*big.Rat) []*big.Rat {
		above, product := int64(0), big.NewRat(1, 1)
		for _, g := range gains {
			if g.Sign() > 0 {
				above, product = above+1, mul(product, g)
			}
		}
		return []*big.Rat{big.NewRat(above, 1), product}
	})
	for _, x := range r.front {
		if len(nash) == 0 {
			break // there is no ideal of theirs to be far from
		}
		_, ratios := r.gains(x.v, ideal)
		if n := len(ratios); n > 0 {
			far := new(big.Rat)
			for _, z := range ratios {
				d := new(big.Rat).Sub(big.NewRat(1, 1), z)
				far.Add(far, d.Mul(d, d))
			}
			if r.opposition == nil || far.Cmp(r.opposition) < 0 {
				r.opposition = far
			}
			if more := sum(ratios); n > 1 {
				more.Quo(more.Sub(more, big.NewRat(1, 1)), big.NewRat(int64(n-1), 1))
				if r.integrative == nil || more.Cmp(r.integrative) > 0 {
					r.integrative = more
				}
			}
		}
	}
	return obj{
		"nash": nash, "leximin": leximin, "kalai_smorodinsky": leximin,
		"utilitarian": pick(func(_, ratios []*big.Rat) []*big.Rat { return []*big.Rat{sum(ratios)} }),
	}
}

// gains are what a vector gives beyond the baseline, and as parts of what each side could gain, for those that can.
func (r *reading) gains(v, ideal row) (gains, ratios []*big.Rat) {
	for s := range v {
		g := new(big.Rat).SetInt(new(big.Int).Sub(big.NewInt(v[s]), big.NewInt(r.base[s])))
		gains = append(gains, g)
		if ideal[s] > r.base[s] {
			most := new(big.Rat).SetInt(new(big.Int).Sub(big.NewInt(ideal[s]), big.NewInt(r.base[s])))
			ratios = append(ratios, most.Quo(g, most))
		}
	}
	return gains, ratios
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
			r.front = r.countCapped(r.table.merge(nil, nil, 0))
			r.fair = r.solutions()
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
	p.each(func(n int, weight []int64, parts [][]int64) {
		for _, r := range p.readings {
			t, base := r.sample(weight, parts)
			r.nash[n] = t.nash(base, start)
		}
	})
	for _, r := range p.readings {
		r.count()
	}
	p.readings[0].propose()
	return p.readings[0]
}
