package deal

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"parley/engine/pareto"
	"parley/interest"
)

// addRules draws one to four rules of any kind over the derived options.
func addRules(r *rand.Rand, in *Input) {
	ids := OptionIDs(*in)
	var refs [][]OptionRef
	for _, t := range in.Topics {
		var issue []OptionRef
		for k, id := range ids[t.ID] {
			ref := OptionRef{t.ID, id}
			if k > 0 && r.IntN(4) == 0 {
				ref.Option = ids[t.ID][0] + "|" + id
			}
			issue = append(issue, ref)
		}
		if issue != nil {
			refs = append(refs, issue)
		}
	}
	if len(refs) < 2 {
		return
	}
	in.Written = &Written{}
	pick := func(issue int) OptionRef { return refs[issue][r.IntN(len(refs[issue]))] }
	for range 1 + r.IntN(4) {
		p := r.Perm(len(refs))
		a, b := pick(p[0]), pick(p[1])
		s := r.IntN(len(in.Registers))
		own := in.Registers[s].Interests[r.IntN(3)].ID
		var u Rule
		switch r.IntN(6) {
		case 0:
			u = Rule{Option: a, Requires: []OptionRef{b}}
		case 1:
			u = Rule{Option: a, Requires: []OptionRef{b, pick(p[len(p)-1])}, AtLeast: 1}
		case 2:
			u = Rule{Option: a, Excludes: []OptionRef{b}}
		case 3:
			u = Rule{Side: in.Sides[s].ID, Refuses: a, When: []OptionRef{b}}
		case 4:
			u = Rule{Side: in.Sides[s].ID, NotBelow: own}
			if r.IntN(2) == 0 {
				u.When = []OptionRef{a}
			}
		default:
			u = Rule{Together: []OptionRef{a, b}, Effects: []WrittenEffect{{own, interest.FractionOf(int64(r.IntN(9)-4), 4)}}}
		}
		in.Written.Rules = append(in.Written.Rules, u)
	}
}

// named reads a package of the canonical question by the names of the file.
type named struct {
	in     Input
	ids    map[interest.TopicID][]string
	taken  map[interest.TopicID]string
	change map[interest.ID]*big.Rat // of every interest at worst, options alone
}

func (n named) takes(ref OptionRef) bool {
	at, _, _ := ref.Among(n.ids[ref.Topic])
	return slices.ContainsFunc(at, func(k int) bool { return n.ids[ref.Topic][k] == n.taken[ref.Topic] })
}

func (n named) all(refs []OptionRef) bool {
	return !slices.ContainsFunc(refs, func(r OptionRef) bool { return !n.takes(r) })
}

// keeps reads a rule as its documentation does.
func (n named) keeps(u Rule, quo named, full bool) bool {
	switch {
	case len(u.Requires) > 0:
		var held []OptionRef
		for _, o := range u.Requires {
			if n.takes(o) && !slices.Contains(held, o) {
				held = append(held, o)
			}
		}
		least := u.AtLeast
		if least == 0 {
			least = len(slices.Compact(slices.Clone(u.Requires)))
		}
		return !n.takes(u.Option) || len(held) >= least
	case len(u.Excludes) > 0:
		return !n.takes(u.Option) || !slices.ContainsFunc(u.Excludes, n.takes)
	case u.Refuses != OptionRef{}:
		return !n.takes(u.Refuses) || !n.all(u.When)
	case u.NotBelow != "":
		if !n.all(u.When) {
			return true
		}
		sum := new(big.Rat).Set(n.change[u.NotBelow])
		sum.Add(sum, n.joint(u.NotBelow, full))
		return sum.Cmp(quo.joint(u.NotBelow, full)) >= 0
	}
	return true
}

// joint is what options give an interest together: as far as it is at stake in
// the topics that are joined, whole where none of them touches it.
func (n named) joint(id interest.ID, full bool) *big.Rat {
	sum := new(big.Rat)
	for _, u := range n.in.Written.Rules {
		if len(u.Together) == 0 || !n.all(u.Together) || u.Effects[0].Interest != id {
			continue
		}
		touching, joined := int64(0), int64(0)
		for _, t := range n.in.Topics {
			if slices.Contains(t.Interests, id) {
				touching++
				if slices.ContainsFunc(u.Together, func(o OptionRef) bool { return o.Topic == t.ID }) {
					joined++
				}
			}
		}
		part := big.NewRat(1, 1)
		if joined > 0 && !full {
			part = big.NewRat(joined, touching)
		}
		sum.Add(sum, part.Mul(part, u.Effects[0].Value.Rat()))
	}
	return sum
}

func byName(q *Question, in Input, choice []int, full bool) named {
	n := named{in, OptionIDs(in), map[interest.TopicID]string{}, map[interest.ID]*big.Rat{}}
	for _, e := range q.table.entries {
		n.change[e.id] = new(big.Rat)
	}
	for i, k := range choice {
		n.taken[interest.TopicID(q.labels.issues[i].id)] = q.labels.issues[i].options[k].id
		for _, e := range q.table.issues[i].options[k].effects {
			change := n.change[q.table.entries[e.entry].id]
			change.Add(change, q.table.worst(e, full))
		}
	}
	return n
}

// eachRuled runs a test on small tables with rules.
func eachRuled(t *testing.T, seeds uint64, test func(t *testing.T, q *Question, in Input)) {
	t.Helper()
	tried := uint64(0)
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 21))
		in := smallTable(r)
		addRules(r, &in)
		set := DefaultSettings()
		set.Samples, set.Brief = 0, true
		set.Baseline = []Baseline{Free, StatusQuo}[r.IntN(2)]
		q, err := NewQuestion(in, set)
		if err != nil || in.Written == nil || q.RestingRules > 0 {
			continue
		}
		tried++
		test(t, q, in)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if tried < seeds/2 {
		t.Errorf("only %d tables were tried", tried)
	}
}

// Rules by numbers in canonical order keep exactly the packages that the rules
// of the file keep by name, and the free baseline is the fullest of them.
func TestRulesAgainstTheirWords(t *testing.T) {
	broken, fell := 0, 0
	eachRuled(t, 400, func(t *testing.T, q *Question, in Input) {
		for _, r := range q.readings {
			quo := byName(q, in, r.statusQuo(), r.full)
			for _, choice := range everyPackage(q.table) {
				n := byName(q, in, choice, r.full)
				want := !slices.ContainsFunc(in.Written.Rules, func(u Rule) bool { return !n.keeps(u, quo, r.full) })
				if got := r.space.Feasible(choice); got != want {
					t.Fatalf("%v: feasible %t, by name %t\n%+v", n.taken, got, want, in.Written.Rules)
				} else if !got {
					broken++
				}
			}
			if !r.space.Feasible(r.baseline) && r.space.Feasible(r.statusQuo()) {
				t.Fatalf("the baseline %v breaks a rule", r.baseline)
			}
			for i, k := range r.baseline {
				if q.Baseline == Free && k != q.table.issues[i].fullest {
					fell++
				}
			}
		}
	})
	if broken < 1000 || fell < 20 {
		t.Errorf("%d packages broke a rule, %d issues fell back", broken, fell)
	}
}

// The frontier over feasible packages is the one that trying all of them gives.
func TestFrontierWithRulesAgainstBruteForce(t *testing.T) {
	terms := 0
	eachRuled(t, 300, func(t *testing.T, q *Question, _ Input) {
		s := newSearch(q, Run{Workers: 2})
		r := s.readings[0]
		if r.space.Interacts() {
			terms += len(r.space.Terms)
		}
		var values [][]int64
		for _, c := range everyPackage(q.table) {
			if r.space.Feasible(c) {
				values = append(values, r.space.Value(c))
			}
		}
		slices.SortFunc(values, func(a, b []int64) int { return slices.Compare(b, a) })
		values = slices.CompactFunc(values, slices.Equal)
		all := slices.Clone(values)
		values = slices.DeleteFunc(values, func(v []int64) bool {
			return slices.ContainsFunc(all, func(o []int64) bool { return notAbove(v, o) && !slices.Equal(v, o) })
		})
		if len(values) == 0 {
			return
		}
		if err := s.explore(context.Background(), mostPartialPoints); err != nil {
			t.Fatal(err)
		}
		if got := s.values(); !s.complete || fmt.Sprint(got) != fmt.Sprint(values) {
			t.Fatalf("frontier %v, by force %v", got, values)
		}
		for _, p := range s.points {
			if !r.space.Feasible(p.Choice) || !slices.Equal(r.space.Value(p.Choice), p.Values) {
				t.Fatalf("the package %v does not stand for %v", p.Choice, p.Values)
			}
		}
	})
	if terms < 50 {
		t.Errorf("only %d terms", terms)
	}
}

// Swaps with rules are those that trying every set of moves gives.
func TestSwapsWithRulesAgainstBruteForce(t *testing.T) {
	found := 0
	eachRuled(t, 4000, func(t *testing.T, q *Question, _ Input) {
		for i, r := range q.readings {
			c := newCertainty(r, q.roleScale())
			got, complete, err := swaps(context.Background(), c)
			if err != nil || !complete {
				t.Fatal(complete, err)
			}
			want := swapsByForce(c)
			found += len(want)
			if fmt.Sprint(sortedSets(got)) != fmt.Sprint(sortedSets(want)) {
				t.Fatalf("reading %d: swaps %v, by force %v", i, got, want)
			}
		}
	})
	if found < 15 {
		t.Errorf("only %d swaps were compared", found)
	}
}

func sortedSets(sets [][]move) [][]move {
	out := slices.Clone(sets)
	slices.SortFunc(out, func(a, b []move) int { return slices.Compare(movesKey(a), movesKey(b)) })
	return out
}

func movesKey(set []move) (key []int) {
	for _, m := range set {
		key = append(key, m.issue, m.option)
	}
	return key
}

// swapsByForce tries every package made of moves alone, as sums over packages.
func swapsByForce(c *certainty) [][]move {
	t := c.r.t
	var all [][]move
	for _, choice := range everyPackage(t) {
		var set []move
		moves := true
		for i, k := range choice {
			if k > 0 {
				set = append(set, move{i, k})
				moves = moves && len(t.issues[i].options[k].movers) > 0
			}
		}
		if moves && c.r.space.Feasible(choice) && !slices.ContainsFunc(c.movers(set), func(n int) bool { return n > movesASide }) &&
			c.holds(set, worstSum(c, choice), c.tiers()) {
			all = append(all, set)
		}
	}
	var out [][]move
	for _, set := range all {
		part := func(o []move) bool {
			return len(o) < len(set) && !slices.ContainsFunc(o, func(m move) bool { return !slices.Contains(set, m) })
		}
		if !slices.ContainsFunc(all, part) {
			out = append(out, set)
		}
	}
	return out
}

// worstSum is the change of every interest from the status quo to a package.
func worstSum(c *certainty, choice []int) tally {
	t := c.r.t
	sum := make(tally, len(t.entries))
	for n := range t.entries {
		v := new(big.Rat)
		for i, k := range choice {
			v.Add(v, t.worstChange(i, k, n, c.r.full))
		}
		for k := range t.rules {
			if t.rules[k].kind != kindTogether {
				continue
			}
			if pareto.AllHold(t.rules[k].when, choice) {
				v.Add(v, t.jointChange(k, n, c.r.full))
			}
			if pareto.AllHold(t.rules[k].when, c.r.statusQuo()) {
				v.Sub(v, t.jointChange(k, n, c.r.full))
			}
		}
		sum[n], _ = integer(v, c.unit[t.entries[n].side])
	}
	return sum
}

// A core that breaks a rule is no package: how it fares alone is not told.
func TestACoreThatBreaksARuleHasNoShares(t *testing.T) {
	broken, kept := 0, 0
	eachRuled(t, 400, func(t *testing.T, q *Question, _ Input) {
		q.Samples = 20
		a, err := Search(context.Background(), q, Run{Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range a.Deals {
			choice := make([]int, len(q.labels.issues))
			for i, l := range q.labels.issues {
				option := a.Baseline.Choices[l.id]
				if d.Core[l.id] != "" {
					option = d.Core[l.id]
				}
				choice[i] = slices.IndexFunc(l.options, func(o optionLabel) bool { return o.id == option })
			}
			keeps := newSearch(q, Run{Workers: 1}).readings[0].space.Feasible(choice)
			for side, share := range d.CoreAcceptable {
				if share.Known() != keeps {
					t.Fatalf("core %v with %v else: rules kept %v, share for %s %v", d.Core, a.Baseline.Choices, keeps, side, share)
				}
			}
			if !keeps && d.CoreEfficient.Known() {
				t.Fatalf("core %v breaks a rule, efficient %v", d.Core, d.CoreEfficient)
			}
			if keeps {
				kept++
			} else {
				broken++
			}
		}
	})
	if broken < 5 || kept < 50 {
		t.Errorf("%d cores broke a rule, %d kept all", broken, kept)
	}
}
