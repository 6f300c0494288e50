package again

import (
	"cmp"
	"math/big"
	"slices"

	"parley/verify/strict"
)

// total is what the weights of a side sum to; a drawn part lies on one of steps+1 places of its interval.
const total, steps, budget = 1_000_000, 1024, 1_000_000_000

// proof is a bundle with all its fractions as integers: parts in units of
// 1/grid, effects in units of 1/(grid·unit).
type proof struct {
	question
	labels   labels
	words    map[string]map[string]string
	sha256   string
	alike    [][][2]int
	claim    obj
	open     map[string][]Open // by statement: what is not re-checked
	grid     int64
	unit     int64
	parts    [][][2]int64        // by interest and side: the two ends
	scale    []int64             // the words of the role scale
	effects  [][][]effect        // by issue and option
	joint    [][]effect          // by rule
	of       [][]int             // by side: its interests
	side     []int               // by interest
	tier     []int               // by interest
	beliefs  map[string]*beliefs // by side and tiers
	starts   [][]int64           // by side: where its walk begins
	ways     []*way              // by side: how its weights are drawn
	means    [][]*big.Rat        // by side: its central weights, nil where tiers alone decide
	draws    int                 // samples; none where no package keeps every rule
	readings [2]*reading         // the reading of the stakes that was asked for, and the other
	cut      bool                // the frontier is not claimed to be complete
	whole    bool                // but it is known, and too long to list
	bound    int                 // of comparisons in one search; 0: budget
}

// within reports whether some work was done within its bounds.
func within(do func()) (done bool) {
	defer func() {
		if why := recover(); why != nil {
			if _, much := why.(strict.TooMuch); !much {
				panic(why)
			}
		}
	}()
	do()
	return true
}

// effect is fixed + slope × (largest part among gain − largest among loss), with
// the stakes split and full.
type effect struct {
	interest     int
	fixed, slope [2]int64
	gain, loss   []int
}

// reading is the table under one reading of the stakes, and what follows from it.
type reading struct {
	*proof
	full    int
	table   table
	scales  []*big.Int
	rounded bool  // values of a side are not whole on its scale
	at      []int // the baseline's options, nil where values are stated
	base    row
	cap     row // by side: what a package counts at most, nil where all of it counts
	front   []point
	links   [][]int // by rule: the issues it depends on, ascending
	settled [][]int // by issue: the rules of which it is the last
	atWork  [][]int // by issue: those, of it and what stands before, on which rules depend that are not settled then
	tied    []bool  // by issue: whether some rule depends on it
	gives   []row   // by rule: the worst change of every interest where its options come together
	conclusions
}

type (
	row   []int64
	table struct {
		*reading
		issues [][]row                // by issue and option
		joint  []row                  // what each rule gives where its options come together, nil where it only demands
		near   func(v, more row) bool // whether all that can come of the beginning of a package is of no interest; nil: never
	}
	point struct {
		v      row
		choice []int
		n      *big.Int
	}
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s + " is no number")
	}
	return r
}

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// lcm makes a the least common multiple of itself and b.
func lcm(a, b *big.Int) { a.Div(new(big.Int).Mul(a, b), new(big.Int).GCD(nil, nil, a, b)) }

// whole is r × unit, which must be an integer of at most 61 bits.
func whole(r *big.Rat, unit *big.Int) int64 {
	v := mul(r, new(big.Rat).SetInt(unit))
	if !v.IsInt() || v.Num().BitLen() > 61 {
		panic("a number is too fine: " + r.String())
	}
	return v.Num().Int64()
}

// prepare turns the question into integers.
func (p *proof) prepare() {
	grid, unit := big.NewInt(1), big.NewInt(1)
	for _, w := range p.RoleScale {
		lcm(grid, rat(w).Denom())
	}
	p.of, p.beliefs = make([][]int, p.Sides), map[string]*beliefs{}
	for n, e := range p.Interests {
		p.of[e.Side] = append(p.of[e.Side], n)
		p.side, p.tier = append(p.side, e.Side), append(p.tier, e.Tier)
		e.Roles[e.Side] = [2]string{"0", "0"}
		for _, r := range e.Roles {
			lcm(grid, rat(r[0]).Denom())
			lcm(grid, rat(r[1]).Denom())
		}
	}
	grid.Mul(grid, big.NewInt(2*steps))
	for _, w := range p.RoleScale {
		p.scale = append(p.scale, whole(rat(w), grid))
	}
	for _, e := range p.Interests {
		var parts [][2]int64
		for _, r := range e.Roles {
			parts = append(parts, [2]int64{whole(rat(r[0]), grid), whole(rat(r[1]), grid)})
		}
		p.parts = append(p.parts, parts)
	}
	read := func(from []effectData, known bool) (out []effect) {
		for _, e := range from {
			x := effect{interest: e.Interest, gain: e.Gain, loss: e.Loss}
			for full, stake := range []string{e.Stake, "1"} {
				fixed, slope := mul(rat(stake), rat(e.Base)), mul(rat(stake), rat(e.Factor))
				if !known {
					lcm(unit, fixed.Denom())
					lcm(unit, slope.Denom())
					continue
				}
				x.fixed[full], x.slope[full] = whole(fixed, new(big.Int).Mul(unit, grid)), whole(slope, unit)
			}
			out = append(out, x)
		}
		return out
	}
	for pass := range 2 { // the first finds the unit
		p.effects, p.joint = nil, nil
		for _, is := range p.Issues {
			var options [][]effect
			for _, o := range is.Options {
				options = append(options, read(o.Effects, pass == 1))
			}
			p.effects = append(p.effects, options)
		}
		for _, u := range p.Rules {
			p.joint = append(p.joint, read(u.Effects, pass == 1))
		}
	}
	p.grid, p.unit = grid.Int64(), whole(big.NewRat(1, 1), unit)
}

// ends says where each part stands: at its low end, high end, or between.
type ends func(interest, side int, gains bool) int64

func (p *proof) worst(n, s int, gains bool) int64 {
	ends := &p.parts[n][s]
	if gains {
		return ends[0]
	}
	return ends[1]
}
func (p *proof) best(n, s int, gains bool) int64 { return p.worst(n, s, !gains) }
func (p *proof) middle(n, s int, _ bool) int64   { return (p.parts[n][s][0] + p.parts[n][s][1]) / 2 }

func (e effect) value(full int, part ends) int64 {
	largest := func(sides []int, gains bool) (v int64) {
		for k, s := range sides {
			if r := part(e.interest, s, gains); k == 0 || r > v {
				v = r
			}
		}
		return v
	}
	return e.fixed[full] + e.slope[full]*(largest(e.gain, true)-largest(e.loss, false))
}

// central are the weights of a side's interests: the mean of what is drawn under its statements or, without any, of the
// rank-order centroid over all rankings that its tiers allow.
func (p *proof) central(side int) []*big.Rat {
	mine, n := p.of[side], len(p.of[side])
	if p.means[side] != nil {
		return p.means[side]
	}
	placed := slices.DeleteFunc(slices.Clone(mine), func(k int) bool { return p.tier[k] == 0 })
	slices.SortStableFunc(placed, func(a, b int) int { return p.tier[b] - p.tier[a] })
	centroid, m := make([]*big.Rat, n+1), len(placed)
	centroid[n] = new(big.Rat)
	for r := n - 1; r >= 0; r-- {
		centroid[r] = new(big.Rat).Add(centroid[r+1], big.NewRat(1, int64(n*(r+1))))
	}
	sum, size := map[int]*big.Rat{0: big.NewRat(int64(n-m), int64(max(n, 1)))}, map[int]int64{0: int64(n - m)} // by tier
	choose := func(n, k int) *big.Int { return new(big.Int).Binomial(int64(n), int64(k)) }
	for j, k := range placed { // place j is rank r in C(r,j)·C(n-1-r,m-1-j) of the C(n,m) cases
		for r := j; r <= n-m+j; r++ {
			cases := new(big.Rat).SetFrac(new(big.Int).Mul(choose(r, j), choose(n-1-r, m-1-j)), choose(n, m))
			sum[p.tier[k]] = new(big.Rat).Add(cmp.Or(sum[p.tier[k]], new(big.Rat)), cases.Mul(cases, centroid[r]))
		}
		size[p.tier[k]]++
	}
	exact := make([]*big.Rat, n)
	for at, k := range mine {
		exact[at] = mul(sum[p.tier[k]], big.NewRat(1, size[p.tier[k]]))
	}
	return exact
}

// inPoints are parts of a whole in integers, by largest remainder.
func inPoints(parts []*big.Rat) []int64 {
	points, left, rest, order := make([]int64, len(parts)), int64(total), make([]*big.Rat, len(parts)), make([]int, len(parts))
	for k, part := range parts {
		exact := mul(part, big.NewRat(total, 1))
		points[k] = new(big.Int).Div(exact.Num(), exact.Denom()).Int64()
		rest[k], order[k] = exact.Sub(exact, big.NewRat(points[k], 1)), k
		left -= points[k]
	}
	slices.SortStableFunc(order, func(a, b int) int { return rest[b].Cmp(rest[a]) })
	for _, k := range order[:min(int(left), len(parts))] {
		points[k]++
	}
	return points
}

// evaluate makes the table of one weighting.
func (r *reading) evaluate(weight func(int) int64, part ends) table {
	t := table{reading: r, issues: make([][]row, len(r.effects))}
	sum := func(effects []effect) row {
		v := make(row, r.Sides)
		for _, e := range effects {
			v[r.side[e.interest]] += weight(e.interest) * e.value(r.full, part)
		}
		return v
	}
	for i, options := range r.effects {
		for _, o := range options {
			t.issues[i] = append(t.issues[i], sum(o))
		}
	}
	for _, effects := range r.joint {
		t.joint = append(t.joint, sum(effects))
	}
	return t
}

func (t table) value(choice []int) row {
	sum := make(row, t.Sides)
	for i, k := range choice {
		sum.add(t.issues[i][k])
	}
	for k, u := range t.Rules {
		if u.Kind == "together" && all(u.When, choice) {
			sum.add(t.joint[k])
		}
	}
	return sum
}

func (r row) weigh(w []float64) (sum float64) {
	for s := range w {
		sum += float64(w[s] * float64(r[s]))
	}
	return sum
}

func (r row) covers(o row) bool {
	for s, v := range r {
		if v < o[s] {
			return false
		}
	}
	return true
}

func (r row) add(o row) {
	for s, v := range o {
		r[s] += v
	}
}
