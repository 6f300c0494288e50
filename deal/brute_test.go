package deal

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/dialogue"
	"parley/engine/bargain"
	"parley/engine/pareto"
	"parley/interest"
)

// smallTable draws a dialogue of two or three sides with a few opposed, shared
// and one-sided topics, small enough to try every package.
func smallTable(r *rand.Rand) Input {
	var in Input
	n := 2 + r.IntN(2)
	for s := range n {
		in.Sides = append(in.Sides, dialogue.Side{ID: dialogue.SideID(rune('A' + s))})
	}
	for s := range n {
		reg := interest.Register{Subject: in.Sides[s].ID, Author: interest.Author{Side: in.Sides[s].ID}}
		for k := range 3 {
			i := interest.Interest{ID: interest.ID(fmt.Sprintf("%s%d", in.Sides[s].ID, k)), Tier: interest.Tier(r.IntN(4))}
			for o := range n {
				if o != s {
					low := interest.None + interest.Role(r.IntN(5))
					i.Counterparts = append(i.Counterparts, interest.Counterpart{
						Side: in.Sides[o].ID, Role: interest.RoleRange{Low: low, High: low + interest.Role(r.IntN(int(interest.Key-low)+1))}, Alignment: interest.Parallel,
					})
				}
			}
			reg.Interests = append(reg.Interests, i)
		}
		in.Registers = append(in.Registers, reg)
	}
	for k := range 2 + r.IntN(3) {
		t := interest.Topic{ID: interest.TopicID(rune('p' + k)), Relation: interest.Opposed}
		if r.IntN(3) == 0 {
			t.Relation = interest.Shared
		}
		for _, h := range r.Perm(n)[:2] {
			id := in.Registers[h].Interests[r.IntN(3)].ID
			t.Interests = append(t.Interests, id)
			if t.Relation == interest.Opposed {
				t.Camps = append(t.Camps, []interest.ID{id})
			}
		}
		in.Topics = append(in.Topics, t)
	}
	return in
}

// weighed is a weighting as rationals: weights by entry and roles by entry and side.
type weighed struct {
	weight []int64
	role   [][]*big.Rat
}

// redraw reads the random stream of a sample again, from the description of the
// sampling alone: for each side its weights, then its roles in order.
func redraw(q *Question, sample int) weighed {
	t := q.table
	w := weighed{weight: make([]int64, len(t.entries)), role: make([][]*big.Rat, len(t.entries))}
	for s := range t.sides {
		var mine, levels []int
		for n, e := range t.entries {
			if e.side == s {
				mine, levels = append(mine, n), append(levels, e.tier.Level())
			}
		}
		if len(mine) == 0 {
			continue
		}
		stream := bargain.NewStream(q.Seed, s, sample)
		drawn := make([]int64, len(mine))
		bargain.NewSampler(levels, weightTotal).Draw(stream, drawn)
		for k, n := range mine {
			w.weight[n] = drawn[k]
			for _, r := range t.entries[n].roles {
				w.role[n] = append(w.role[n], new(big.Rat).Set(r.low))
			}
		}
		for _, n := range mine {
			for o, r := range t.entries[n].roles {
				if o != s && r.high.Cmp(r.low) > 0 {
					part := new(big.Rat).Sub(r.high, r.low)
					part.Mul(part, big.NewRat(int64(stream.Below(roleGrid+1)), roleGrid))
					w.role[n][o].Add(w.role[n][o], part)
				}
			}
		}
	}
	return w
}

// value is what a package gives each side under a weighting, as a rational.
func (w weighed) value(t *table, choice []int, full bool) []*big.Rat {
	out := make([]*big.Rat, len(t.sides))
	for s := range out {
		out[s] = new(big.Rat)
	}
	var effects []effect
	for i, k := range choice {
		effects = append(effects, t.issues[i].options[k].effects...)
	}
	for k := range t.rules {
		if u := &t.rules[k]; u.kind == kindTogether && pareto.AllHold(u.when, choice) {
			effects = append(effects, u.effects...)
		}
	}
	for _, e := range effects {
		v := new(big.Rat).Sub(w.largest(e.entry, e.gain), w.largest(e.entry, e.loss))
		v.Add(v.Mul(v, e.factor), e.base)
		v.Mul(v, t.stake(e, full))
		v.Mul(v, big.NewRat(w.weight[e.entry], 1))
		out[t.entries[e.entry].side].Add(out[t.entries[e.entry].side], v)
	}
	return out
}

func (w weighed) largest(entry int, sides []int) *big.Rat {
	best := new(big.Rat)
	for k, s := range sides {
		if v := w.role[entry][s]; k == 0 || v.Cmp(best) > 0 {
			best = v
		}
	}
	return best
}

// everyPackage lists all choice vectors in lexicographic order.
func everyPackage(t *table) [][]int {
	out := [][]int{{}}
	for _, is := range t.issues {
		var next [][]int
		for _, c := range out {
			for k := range is.options {
				next = append(next, append(slices.Clone(c), k))
			}
		}
		out = next
	}
	return out
}

// atLeast reports a >= b for every side, and a > b for some.
func atLeast(a, b []*big.Rat) (all, some bool) {
	all = true
	for s := range a {
		c := a[s].Cmp(b[s])
		all, some = all && c >= 0, some || c > 0
	}
	return all, some
}

// nashByForce is the first package with the most sides strictly above the
// baseline and the largest product of their gains.
func nashByForce(values [][]*big.Rat, base []*big.Rat) int {
	best, bestSides, bestProduct := -1, 0, new(big.Rat)
	for n, v := range values {
		if ok, _ := atLeast(v, base); !ok {
			continue
		}
		sides, product := 0, big.NewRat(1, 1)
		for s := range v {
			if gain := new(big.Rat).Sub(v[s], base[s]); gain.Sign() > 0 {
				sides++
				product.Mul(product, gain)
			}
		}
		if best < 0 || sides > bestSides || sides == bestSides && product.Cmp(bestProduct) > 0 {
			best, bestSides, bestProduct = n, sides, product
		}
	}
	return best
}

// The sampled counts equal those of trying every package in rational numbers.
func TestSamplesAgainstBruteForce(t *testing.T) {
	tried := 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 3))
		set := Settings{Seed: seed, Samples: 12, Stakes: Split, Baseline: []Baseline{Free, StatusQuo}[r.IntN(2)]}
		in := smallTable(r)
		if seed%2 == 1 {
			addRules(r, &in)
		}
		q, err := NewQuestion(in, set)
		if err != nil {
			continue
		}
		tried++
		compareSamples(t, q, seed)
	}
	if tried < 80 {
		t.Errorf("only %d tables were tried", tried)
	}
}

func compareSamples(t *testing.T, q *Question, seed uint64) {
	t.Helper()
	var readings []*reading
	for _, full := range []bool{false, true} {
		r, err := newReading(q.table, full, q.Baseline)
		if err != nil {
			t.Fatal(err)
		}
		readings = append(readings, r)
	}
	ctx, run, packages := context.Background(), Run{Workers: 2}, everyPackage(q.table)
	got, err := sampleNash(ctx, q, run, readings)
	if err != nil {
		t.Fatal(err)
	}
	fares, err := sampleSupport(ctx, q, run, readings[0], packages)
	if err != nil {
		t.Fatal(err)
	}
	nash := []map[string]int64{{}, {}}
	efficient, acceptable := make([]int64, len(packages)), make([]int64, len(packages))
	for sample := range q.Samples {
		w := redraw(q, sample)
		for i, r := range readings {
			var values, every [][]*big.Rat
			var able [][]int
			for _, c := range packages {
				every = append(every, w.value(q.table, c, r.full))
				if r.space.Feasible(c) {
					able, values = append(able, c), append(values, every[len(every)-1])
				}
			}
			base := w.value(q.table, r.baseline, r.full)
			if best := nashByForce(values, base); best >= 0 {
				nash[i][string(appendChoice(nil, able[best]))]++
			}
			if i > 0 {
				continue
			}
			for n, v := range every {
				if ok, _ := atLeast(v, base); ok {
					acceptable[n]++
				}
				if !slices.ContainsFunc(values, func(o []*big.Rat) bool { all, some := atLeast(o, v); return all && some }) {
					efficient[n]++
				}
			}
		}
	}
	for i := range readings {
		if fmt.Sprint(got[i].byChoice) != fmt.Sprint(nash[i]) {
			t.Fatalf("seed %d: Nash packages %v, by force %v", seed, got[i].byChoice, nash[i])
		}
	}
	for n := range packages {
		if fares[n].efficient != efficient[n] || fares[n].all != acceptable[n] || fares[n].undecided != 0 {
			t.Fatalf("seed %d: package %v is efficient in %d and acceptable in %d samples, by force in %d and %d",
				seed, packages[n], fares[n].efficient, fares[n].all, efficient[n], acceptable[n])
		}
	}
}

// Central points are the weights times the effects, on the stated scale.
func TestCentralPointsAgainstRationals(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 9))
		q, err := NewQuestion(smallTable(r), DefaultSettings())
		if err != nil {
			continue
		}
		for _, full := range []bool{false, true} {
			reading, err := newReading(q.table, full, Free)
			if err != nil {
				t.Fatal(err)
			}
			w := weighed{weight: reading.centralWeights()}
			for _, e := range q.table.entries {
				var row []*big.Rat
				for _, x := range e.roles {
					m := new(big.Rat).Add(x.low, x.high)
					row = append(row, m.Quo(m, big.NewRat(2, 1)))
				}
				w.role = append(w.role, row)
			}
			for _, choice := range everyPackage(q.table) {
				want := w.value(q.table, choice, full)
				for s, got := range reading.table.Value(choice) {
					share := new(big.Rat).SetFrac(big.NewInt(got), reading.scale[s])
					if share.Cmp(want[s].Quo(want[s], big.NewRat(weightTotal, 1))) != 0 {
						t.Fatalf("seed %d, package %v, side %d: %s of the scale, want %s", seed, choice, s, share, want[s])
					}
				}
			}
		}
	}
}

// The packages of an answer satisfy every condition, tried one by one.
func TestProposalsKeepTheirPromises(t *testing.T) {
	found := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 4))
		set := DefaultSettings()
		set.Samples = 20
		q, err := NewQuestion(smallTable(r), set)
		if err != nil {
			continue
		}
		a, err := Search(context.Background(), q, Run{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		value := map[Choice]map[string]int64{}
		for _, i := range a.Issues {
			for _, o := range i.Options {
				value[Choice{i.Topic, o.Option}] = o.Points
			}
		}
		for _, d := range a.Deals {
			found++
			checkProposal(t, a, d, value)
		}
	}
	if found < 20 {
		t.Errorf("only %d packages were looked at", found)
	}
}

func checkProposal(t *testing.T, a *Answer, d Deal, value map[Choice]map[string]int64) {
	t.Helper()
	parts := 0
	for side, points := range d.Points {
		concedes := false
		for topic, option := range d.Choices {
			concedes = concedes || value[Choice{topic, option}][side] < value[Choice{topic, a.Baseline.Choices[topic]}][side]
		}
		base := a.Baseline.Points[side]
		if points < base || concedes && points == base {
			t.Errorf("%v leaves %s at %d, the baseline is %d", d.Choices, side, points, base)
		}
		if concedes {
			parts++
		}
	}
	if parts < 2 {
		t.Errorf("%v: %d sides concede", d.Choices, parts)
	}
	for topic, option := range d.Core {
		if d.Choices[topic] != option {
			t.Errorf("%v lacks its core %v", d.Choices, d.Core)
		}
	}
	on := slices.ContainsFunc(a.Frontier, func(p Point) bool { return fmt.Sprint(p.Points) == fmt.Sprint(d.Points) })
	if !on {
		t.Errorf("%v is not on the frontier", d.Choices)
	}
}

// Past the limit of the frontier the Nash package still comes out, the same as
// with the frontier, and the answer says what is missing.
func TestWithoutFrontier(t *testing.T) {
	compared := 0
	for seed := range uint64(30) {
		q, err := NewQuestion(smallTable(rand.New(rand.NewPCG(seed, 6))), DefaultSettings())
		if err != nil {
			continue
		}
		whole := newSearch(q, Run{})
		cut := newSearch(q, Run{})
		if err := whole.findFrontier(context.Background(), mostPartialPoints); err != nil {
			t.Fatal(err)
		}
		if err := cut.findFrontier(context.Background(), 1); err != nil {
			t.Fatal(err)
		}
		if cut.complete {
			continue // a frontier of one point
		}
		compared++
		if !slices.Equal(cut.warnings, []string{"frontier too large"}) || cut.opposition() != nil || cut.integrative() != nil {
			t.Fatalf("seed %d: warnings %q", seed, cut.warnings)
		}
		got := cut.points[cut.solutions.Nash[0]]
		same := func(i int) bool { return slices.Equal(whole.points[i].Values, got.Values) }
		if !slices.ContainsFunc(whole.solutions.Nash, same) {
			t.Errorf("seed %d: Nash point %v, on the frontier %v", seed, got.Values, whole.solutions.Nash)
		}
	}
	if compared < 10 {
		t.Errorf("only %d tables were compared", compared)
	}
}
