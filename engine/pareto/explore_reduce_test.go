package pareto

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// unreduced is a frame as it is read, before anything is left out.
func unreduced(s Space) *frame {
	f := &frame{sides: s.Sides, fixed: make([]int64, s.Sides)}
	for _, options := range s.Issues {
		var open []choiceOf
		for o, values := range options {
			open = append(open, choiceOf{option: o, values: slices.Clone(values)})
		}
		f.issues = append(f.issues, open)
	}
	for _, t := range s.Terms {
		f.addBond(t.All, t.Values)
	}
	for _, r := range s.Rules {
		f.addRule(r)
	}
	return f
}

// everyOf calls visit with what every package of a frame has, and whether it is
// feasible.
func (f *frame) everyOf(visit func(at []int, values []int64, feasible bool)) {
	if f.empty {
		return
	}
	at := make([]int, len(f.issues))
	for {
		values, feasible := slices.Clone(f.fixed), true
		for i, k := range at {
			for q, v := range f.issues[i][k].values {
				values[q] += v
			}
		}
		for _, b := range f.bonds {
			if slices.ContainsFunc(b.all, func(t tie) bool { return !t.holds[at[t.issue]] }) {
				continue
			}
			feasible = feasible && b.values != nil
			for q, v := range b.values {
				values[q] += v
			}
		}
		for q, least := range f.floor {
			feasible = feasible && values[f.sides+q] >= least
		}
		visit(at, values, feasible)
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(f.issues[i]) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return
		}
	}
}

func (f *frame) frontier() [][]int64 {
	var all [][]int64
	f.everyOf(func(_ []int, values []int64, feasible bool) {
		if feasible {
			all = append(all, values[:f.sides])
		}
	})
	if len(all) == 0 {
		return nil
	}
	return unbeaten(all)
}

// TestEveryReductionAlone: the frontier of a frame stays the same when rules are
// read, when bonds are simplified, and when each issue loses its beaten options.
func TestEveryReductionAlone(t *testing.T) {
	dropped, simpler := 0, 0
	for seed := range 150 {
		r := rand.New(rand.NewPCG(uint64(seed), 171))
		s := randomSpace(r, shape{sides: 1 + seed%3, issues: 4, options: 4, terms: 8, literals: 3, additive: seed%2 == 0, negative: seed%3 > 0, rules: seed % 4})
		want := bruteFrontier(s)
		same := func(step string, f *frame) {
			if got := f.frontier(); !slices.EqualFunc(got, want, slices.Equal[[]int64]) {
				t.Fatalf("seed %d, %s: got %v, want %v", seed, step, got, want)
			}
		}
		f := unreduced(s)
		same("read", f)
		bonds := len(f.bonds)
		f.simplify()
		same("simplified", f)
		if len(f.bonds) < bonds {
			simpler++
		}
		for i := range f.issues {
			if f.empty {
				break
			}
			if f.dropBeaten(i) {
				dropped++
			}
			same("without the beaten", f)
		}
		f.reduce()
		same("reduced", f)
		again := *f
		if f.reduce(); !reflect.DeepEqual(*f, again) {
			t.Errorf("seed %d: reducing twice changes something", seed)
		}
	}
	if dropped < 50 || simpler < 50 {
		t.Errorf("%d issues lost options, %d frames bonds: too few to tell", dropped, simpler)
	}
}

// TestSimplifyByHand: two issues of two options for one side.
func TestSimplifyByHand(t *testing.T) {
	first, second, any := Literal{0, []int{1}}, Literal{1, []int{1}}, Literal{0, []int{0, 1}}
	table := Table{Sides: 1, Issues: [][][]int64{{{0}, {4}}, {{0}, {3}}}}
	cases := []struct {
		name    string
		terms   []Term
		rules   []Rule
		fixed   int64
		options [2][]int64 // by issue: the points of those that stay open
		bonds   int
		empty   bool
	}{
		{name: "nothing to do", options: [2][]int64{{0, 4}, {0, 3}}},
		{name: "a term without literals always holds", terms: []Term{{Values: []int64{5}}}, fixed: 5, options: [2][]int64{{0, 4}, {0, 3}}},
		{name: "a literal of every option always holds", terms: []Term{{All: []Literal{any}, Values: []int64{5}}}, fixed: 5, options: [2][]int64{{0, 4}, {0, 3}}},
		{name: "a term of one literal is part of its option", terms: []Term{{All: []Literal{first}, Values: []int64{-9}}}, options: [2][]int64{{0, -5}, {0, 3}}},
		{name: "a term of nothing is none", terms: []Term{{All: []Literal{first, second}, Values: []int64{0}}}, options: [2][]int64{{0, 4}, {0, 3}}},
		{name: "equal literals are one term", terms: []Term{{All: []Literal{first, second}, Values: []int64{1}}, {All: []Literal{first, second}, Values: []int64{2}}},
			options: [2][]int64{{0, 4}, {0, 3}}, bonds: 1},
		{name: "a red line closes an option", rules: []Rule{{When: []Literal{first}, AtLeast: 1}}, options: [2][]int64{{0}, {0, 3}}},
		{name: "and with it a term", terms: []Term{{All: []Literal{first, second}, Values: []int64{1}}}, rules: []Rule{{When: []Literal{first}, AtLeast: 1}}, options: [2][]int64{{0}, {0, 3}}},
		{name: "or makes a term shorter", terms: []Term{{All: []Literal{first, second}, Values: []int64{1}}}, rules: []Rule{{Of: []Literal{first}, AtLeast: 1}}, options: [2][]int64{{4}, {0, 4}}},
		{name: "a rule said twice is one", rules: []Rule{{When: []Literal{first, second}, AtLeast: 1}, {When: []Literal{first, second}, AtLeast: 1}}, options: [2][]int64{{0, 4}, {0, 3}}, bonds: 1},
		{name: "a red line on everything", rules: []Rule{{When: []Literal{any}, AtLeast: 1}}, empty: true},
		{name: "red lines on both options", rules: []Rule{{When: []Literal{first}, AtLeast: 1}, {When: []Literal{{0, []int{0}}}, AtLeast: 1}}, empty: true},
		{name: "a rule about nothing that cannot be kept", rules: []Rule{{AtLeast: 1}}, empty: true},
		{name: "a rule that demands nothing", rules: []Rule{{When: []Literal{first}, AtLeast: 0}}, options: [2][]int64{{0, 4}, {0, 3}}},
	}
	for _, c := range cases {
		f := unreduced(Space{Table: table, Terms: c.terms, Rules: c.rules})
		f.simplify()
		if f.empty != c.empty {
			t.Errorf("%s: empty is %v", c.name, f.empty)
		}
		if c.empty {
			continue
		}
		var options [2][]int64
		for i, open := range f.issues {
			for _, o := range open {
				options[i] = append(options[i], o.values[0])
			}
		}
		if f.fixed[0] != c.fixed || !reflect.DeepEqual(options, c.options) || len(f.bonds) != c.bonds {
			t.Errorf("%s: got %d and %v and %d bonds, want %d and %v and %d", c.name, f.fixed[0], options, len(f.bonds), c.fixed, c.options, c.bonds)
		}
	}
}

// TestDropBeatenByHand: which of the options of the first issue stay, the second
// having two options worth nothing.
func TestDropBeatenByHand(t *testing.T) {
	of := func(o int) []Literal { return []Literal{{0, []int{o}}, {1, []int{1}}} }
	cases := []struct {
		name  string
		first [][]int64
		terms []Term
		rules []Rule
		stay  []int
	}{
		{"the better one stays", [][]int64{{1, 1}, {2, 1}}, nil, nil, []int{1}},
		{"of equal ones the first", [][]int64{{1, 1}, {1, 1}}, nil, nil, []int{0}},
		{"what is better for somebody stays", [][]int64{{1, 2}, {2, 1}}, nil, nil, []int{0, 1}},
		{"a gain may make up for it", [][]int64{{1, 1}, {2, 2}}, []Term{{All: of(0), Values: []int64{2, 0}}}, nil, []int{0, 1}},
		{"a gain that is too small may not", [][]int64{{1, 1}, {2, 2}}, []Term{{All: of(0), Values: []int64{1, 1}}}, nil, []int{1}},
		{"a loss may strike the better one", [][]int64{{1, 1}, {2, 2}}, []Term{{All: of(1), Values: []int64{-2, 0}}}, nil, []int{0, 1}},
		{"a loss that is too small does not", [][]int64{{1, 1}, {2, 2}}, []Term{{All: of(1), Values: []int64{-1, -1}}}, nil, []int{1}},
		{"the better one may be forbidden", [][]int64{{1, 1}, {2, 2}}, nil, []Rule{{When: of(1), AtLeast: 1}}, []int{0, 1}},
		{"the worse one may be, too", [][]int64{{1, 1}, {2, 2}}, nil, []Rule{{When: of(0), AtLeast: 1}}, []int{1}},
		{"both alike", [][]int64{{1, 1}, {2, 2}}, nil, []Rule{{When: []Literal{{0, []int{0, 1}}, {1, []int{1}}}, AtLeast: 1}}, []int{1}},
		{"a chain leaves the best", [][]int64{{1, 1}, {2, 2}, {3, 3}, {3, 3}}, nil, nil, []int{2}},
	}
	for _, c := range cases {
		f := unreduced(Space{Table: Table{Sides: 2, Issues: [][][]int64{c.first, {{0, 0}, {0, 0}}}}, Terms: c.terms, Rules: c.rules})
		changed := f.dropBeaten(0)
		var stay []int
		for _, o := range f.issues[0] {
			stay = append(stay, o.option)
		}
		if !slices.Equal(stay, c.stay) || changed != (len(stay) < len(c.first)) {
			t.Errorf("%s: got %v, changed %v, want %v", c.name, stay, changed, c.stay)
		}
	}
}

// TestSomeOfMany: "at least k of m" says the same as forbidden conjunctions, for
// few literals, and as a count, for many.
func TestSomeOfMany(t *testing.T) {
	for _, c := range []struct {
		m, k    int
		counted bool
	}{{3, 2, false}, {6, 3, false}, {12, 1, false}, {12, 12, false}, {9, 5, true}, {10, 4, true}, {5, 6, false}, {4, 0, false}, {4, -1, false}} {
		s := Space{Table: Table{Sides: 2}}
		rule := Rule{AtLeast: c.k}
		for i := range c.m {
			s.Issues = append(s.Issues, [][]int64{{0, 0}, {1, -1}})
			rule.Of = append(rule.Of, Literal{i, []int{0}})
		}
		s.Rules = []Rule{rule}
		f := unreduced(s)
		if counted := len(f.floor) > 0; counted != c.counted {
			t.Errorf("%d of %d: counted is %v, want %v", c.k, c.m, counted, c.counted)
		}
		f.everyOf(func(at []int, _ []int64, feasible bool) {
			if feasible != s.Feasible(at) {
				t.Fatalf("%d of %d: %v is feasible: %v", c.k, c.m, at, feasible)
			}
		})
	}
}

// TestConditionalSums: a sum that counts only when something holds binds there
// and nowhere else, whatever the signs.
func TestConditionalSums(t *testing.T) {
	for seed := range 100 {
		r := rand.New(rand.NewPCG(uint64(seed), 181))
		s := randomSpace(r, shape{sides: 1, issues: 4, options: 3})
		sum := &Sum{Amounts: make([][]int64, 4), Least: r.Int64N(21) - 10}
		for i, options := range s.Issues {
			for range options {
				sum.Amounts[i] = append(sum.Amounts[i], r.Int64N(15)-7)
			}
		}
		sum.Terms = []Amount{{All: randomLiterals(r, s, 2, true), Value: r.Int64N(15) - 7}}
		s.Rules = []Rule{{When: randomLiterals(r, s, seed%3, true), Sum: sum}}
		f := unreduced(s)
		f.everyOf(func(at []int, values []int64, feasible bool) {
			if feasible != s.Feasible(at) || values[0] != s.Value(at)[0] {
				t.Fatalf("seed %d: %v is feasible: %v with %v", seed, at, feasible, values)
			}
		})
	}
}

// TestFloorsAndWeights: floors of sides bind, and the weighted sum takes the
// place of the sides.
func TestFloorsAndWeights(t *testing.T) {
	for seed := range 80 {
		r := rand.New(rand.NewPCG(uint64(seed), 191))
		s := randomSpace(r, shape{sides: 3, issues: 4, options: 4, terms: 8, literals: 3, additive: true, negative: true, rules: seed % 2})
		floor := []int64{r.Int64N(41) - 20, r.Int64N(41) - 20, -1000}
		weights := []int64{r.Int64N(4), r.Int64N(4), 1}
		most, some := int64(0), false
		everyPackage(s, func(choice []int) {
			if v := s.Value(choice); s.Feasible(choice) && atLeast(v, floor) {
				if sum := weights[0]*v[0] + weights[1]*v[1] + v[2]; !some || sum > most {
					most, some = sum, true
				}
			}
		})
		got := newFrame(s, floor, weights).frontier()
		if some != (len(got) == 1) || some && got[0][0] != most {
			t.Errorf("seed %d: got %v, want %v %d", seed, got, some, most)
		}
	}
}

func TestSubsets(t *testing.T) {
	for _, c := range [][3]int{{4, 2, 6}, {5, 1, 5}, {5, 5, 1}, {8, 4, maxForbidden + 1}, {64, 1, 64}, {65, 1, maxForbidden + 1}, {64, 63, 64}, {8, 8, 1}, {200, 100, maxForbidden + 1}, {1, 1, 1}} {
		if got := subsets(c[0], c[1]); got != c[2] {
			t.Errorf("%d of %d: got %d, want %d", c[1], c[0], got, c[2])
		}
	}
	var all [][]int
	each(4, 2, func(chosen []int) { all = append(all, slices.Clone(chosen)) })
	if want := [][]int{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}; !reflect.DeepEqual(all, want) {
		t.Errorf("got %v, want %v", all, want)
	}
}
