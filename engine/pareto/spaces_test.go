package pareto_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

// interacting draws small spaces with terms and rules of every kind. Issues have
// few options, so that all can be decided together, or many, so that none can.
func interacting(sides int) *rapid.Generator[pareto.Space] {
	return rapid.Custom(func(t *rapid.T) pareto.Space {
		reach := rapid.SampledFrom([]int64{1, 4, 1000, 1 << 56}).Draw(t, "reach")
		vector := rapid.SliceOfN(rapid.Int64Range(-reach, reach), sides, sides)
		size := rapid.SampledFrom([][4]int{{0, 5, 1, 4}, {3, 3, 6, 6}, {2, 2, 12, 13}}).Draw(t, "size")
		s := pareto.Space{Table: pareto.Table{Sides: sides}}
		for range rapid.IntRange(size[0], size[1]).Draw(t, "issues") {
			s.Issues = append(s.Issues, rapid.SliceOfN(vector, size[2], size[3]).Draw(t, "options"))
		}
		for range rapid.IntRange(0, 3).Draw(t, "terms") {
			s.Terms = append(s.Terms, pareto.Term{All: conjunction(t, s.Table), Values: vector.Draw(t, "values")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			s.Rules = append(s.Rules, rule(s.Table).Draw(t, "rule"))
		}
		return s
	})
}

func literal(table pareto.Table, issue int) *rapid.Generator[pareto.Literal] {
	return rapid.Custom(func(t *rapid.T) pareto.Literal {
		options := rapid.SliceOfNDistinct(rapid.IntRange(0, len(table.Issues[issue])-1), 1, -1, rapid.ID).Draw(t, "options")
		slices.Sort(options)
		return pareto.Literal{Issue: issue, Options: options}
	})
}

// conjunction draws literals about different issues.
func conjunction(t *rapid.T, table pareto.Table) []pareto.Literal {
	var all []pareto.Literal
	for i := range table.Issues {
		if rapid.Bool().Draw(t, "speaks") {
			all = append(all, literal(table, i).Draw(t, "literal"))
		}
	}
	return all
}

// literals draws literals that may be about the same issue.
func literals(t *rapid.T, table pareto.Table) []pareto.Literal {
	var all []pareto.Literal
	if len(table.Issues) == 0 {
		return nil
	}
	for range rapid.IntRange(0, 4).Draw(t, "literals") {
		issue := rapid.IntRange(0, len(table.Issues)-1).Draw(t, "issue")
		all = append(all, literal(table, issue).Draw(t, "literal"))
	}
	return all
}

func rule(table pareto.Table) *rapid.Generator[pareto.Rule] {
	return rapid.Custom(func(t *rapid.T) pareto.Rule {
		r := pareto.Rule{When: literals(t, table), AtLeast: 1}
		switch rapid.SampledFrom([]string{"excludes", "requires", "some of", "sum"}).Draw(t, "kind") {
		case "requires":
			r.Of = literals(t, table)
		case "some of":
			r.Of = literals(t, table)
			r.AtLeast = rapid.IntRange(0, len(r.Of)+1).Draw(t, "at least")
		case "sum":
			amount := rapid.Int64Range(-9, 9)
			r.Sum = &pareto.Sum{Amounts: make([][]int64, len(table.Issues)), Least: rapid.Int64Range(-20, 9).Draw(t, "least")}
			for i, options := range table.Issues {
				if rapid.Bool().Draw(t, "counts") {
					r.Sum.Amounts[i] = rapid.SliceOfN(amount, len(options), len(options)).Draw(t, "amounts")
				}
			}
			for range rapid.IntRange(0, 2).Draw(t, "parts") {
				r.Sum.Terms = append(r.Sum.Terms, pareto.Amount{All: literals(t, table), Value: amount.Draw(t, "value")})
			}
		}
		return r
	})
}

// feasible lists the packages that keep every rule, in lexicographic order.
func feasible(s pareto.Space) (choices [][]int, values [][]int64) {
	for _, choice := range packages(s.Table) {
		if s.Feasible(choice) {
			choices, values = append(choices, choice), append(values, s.Value(choice))
		}
	}
	return choices, values
}

func TestDrawnSpacesPassCheck(t *testing.T) {
	with, without, none := 0, 0, 0
	for seed := range 200 {
		s := interacting(2).Example(seed)
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		choices, _ := feasible(s)
		switch {
		case len(choices) == 0:
			none++
		case len(choices) < len(packages(s.Table)):
			with++
		default:
			without++
		}
	}
	if with == 0 || without == 0 || none == 0 {
		t.Errorf("spaces with some, all and no packages feasible: %d, %d, %d, want some of each", with, without, none)
	}
}

// TestWalkerWithRules: every package visited is feasible, different, valued
// rightly and above the floor; every feasible package within slack and floor is
// visited or some package visited is at least as good.
func TestWalkerWithRules(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		walker := new(pareto.Walker)
		rapid.Check(t, func(t *rapid.T) {
			s := interacting(sides).Draw(t, "space")
			walker.Reset(s)
			choices, all := feasible(s)
			if walker.Void() {
				if len(choices) > 0 {
					t.Fatal("void, and some package is feasible")
				}
				return
			}
			weights := rapid.SliceOfN(rapid.Float64Range(0.1, 3), sides, sides).Draw(t, "weights")
			floor := slices.Repeat([]int64{-1 << 61}, sides)
			if len(all) > 0 && rapid.Bool().Draw(t, "floor") {
				floor = rapid.SampledFrom(all).Draw(t, "floor")
			}
			best := checkBest(t, walker, s, weights, all)
			slack := rapid.Float64Range(0, 4).Draw(t, "slack") * weights[0]
			visited := visit(t, walker, s, weights, floor, slack)
			for k, values := range all {
				if weigh(weights, values) >= best-slack && reaches(values, floor) &&
					!slices.ContainsFunc(visited, func(v []int64) bool { return reaches(v, values) }) {
					t.Fatalf("%v with %v was left out", choices[k], values)
				}
			}
		})
	}
}

// checkBest checks the promise of Best and returns the bound.
func checkBest(t *rapid.T, walker *pareto.Walker, s pareto.Space, weights []float64, all [][]int64) float64 {
	reached := make([]int64, s.Sides)
	best, met := walker.Best(weights, reached)
	margin := walker.Margin(weights)
	for _, values := range all {
		if weigh(weights, values) > best+margin {
			t.Fatalf("%v weighs more than the bound %v", values, best)
		}
	}
	if met && !slices.ContainsFunc(all, func(v []int64) bool { return slices.Equal(v, reached) }) {
		t.Fatalf("Best says it met %v, which no feasible package gives", reached)
	}
	for p := range s.Sides {
		for _, values := range all {
			if values[p] > walker.Most(p) {
				t.Fatalf("%v gives side %d more than %d", values, p, walker.Most(p))
			}
		}
	}
	return best
}

func visit(t *rapid.T, walker *pareto.Walker, s pareto.Space, weights []float64, floor []int64, slack float64) [][]int64 {
	var visited [][]int64
	seen := map[string]bool{}
	choice := make([]int, len(s.Issues))
	walker.Begin(weights, floor, slack, 0)
	for walker.Next() {
		walker.Choice(choice)
		key := string(label(choice))
		if seen[key] || !s.Feasible(choice) {
			t.Fatalf("%v: visited before: %v, feasible: %v", choice, seen[key], s.Feasible(choice))
		}
		seen[key] = true
		if got, want := walker.Values(), s.Value(choice); !slices.Equal(got, want) || !reaches(got, floor) {
			t.Fatalf("%v: got %v, want %v, not below %v", choice, got, want, floor)
		}
		visited = append(visited, slices.Clone(walker.Values()))
	}
	return visited
}

func TestCheckerWithRules(t *testing.T) {
	for sides := 1; sides <= 5; sides++ {
		checker := new(pareto.Checker)
		rapid.Check(t, func(t *rapid.T) {
			s := interacting(sides).Draw(t, "space")
			budget := rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(t, "budget")
			checker.Reset(s)
			_, all := feasible(s)
			for k, choice := range packages(s.Table) { // infeasible ones too: anything may be asked about
				if k%(1+len(packages(s.Table))/50) > 0 {
					continue
				}
				values := s.Value(choice)
				want := pareto.Efficient
				if slices.ContainsFunc(all, func(other []int64) bool { return beats(other, values) }) {
					want = pareto.Dominated
				}
				if got := checker.Efficient(values, budget); got != want && (budget == 0 || got != pareto.Undecided) {
					t.Fatalf("%v: got %v, want %v", values, got, want)
				}
			}
		})
	}
}

// TestKnotsStandWhilePointsChange: a walker that goes on to a space with other
// points and the same rules answers as a new one, and allocates nothing.
func TestKnotsStandWhilePointsChange(t *testing.T) {
	kept := new(pareto.Checker)
	rapid.Check(t, func(t *rapid.T) {
		s := interacting(2).Draw(t, "space")
		kept.Reset(s)
		for range 2 {
			for _, options := range s.Issues {
				for o := range options {
					options[o] = rapid.SliceOfN(rapid.Int64Range(-5, 5), 2, 2).Draw(t, "values")
				}
			}
			for h := range s.Terms {
				s.Terms[h].Values = rapid.SliceOfN(rapid.Int64Range(-5, 5), 2, 2).Draw(t, "values")
			}
			kept.Reset(s)
			fresh := pareto.NewChecker(s)
			for _, choice := range packages(s.Table) {
				if got, want := kept.Efficient(s.Value(choice), 0), fresh.Efficient(s.Value(choice), 0); got != want {
					t.Fatalf("%v: got %v, want %v", choice, got, want)
				}
			}
		}
	})
}

// TestSpacesThatCannotBe: everything that a space must not be is said, with the term or
// the rule that it is about.
func TestSpacesThatCannotBe(t *testing.T) {
	at := func(issue int, options ...int) pareto.Literal { return pareto.Literal{issue, options} }
	rule := func(r pareto.Rule) func(*pareto.Space) {
		return func(s *pareto.Space) { s.Rules = []pareto.Rule{{}, r} }
	}
	term := func(x pareto.Term) func(*pareto.Space) { return func(s *pareto.Space) { s.Terms = []pareto.Term{x} } }
	for name, c := range map[string]struct {
		change func(*pareto.Space)
		want   string
	}{
		"as it is":              {func(*pareto.Space) {}, ""},
		"a table without sides": {func(s *pareto.Space) { s.Sides = 0 }, "side"},
		"too few values":        {term(pareto.Term{Values: []int64{1}}), "term 0 has 1 values for 2 sides"},
		"an issue twice":        {term(pareto.Term{All: []pareto.Literal{at(0, 1), at(0, 0)}, Values: []int64{1, 1}}), "different issues in ascending order"},
		"no such issue":         {term(pareto.Term{All: []pareto.Literal{at(2, 0)}, Values: []int64{1, 1}}), "term 0: a literal is about issue 2 of 2"},
		"too many points":       {term(pareto.Term{All: []pareto.Literal{at(0, 1)}, Values: []int64{0, pareto.MaxSum}}), "side 1 add up beyond 2^61 at term 0"},
		"no option":             {rule(pareto.Rule{When: []pareto.Literal{at(1)}, AtLeast: 1}), "rule 1: a literal about issue 1 names no option"},
		"no such option":        {rule(pareto.Rule{Of: []pareto.Literal{at(1, 2)}, AtLeast: 1}), "do not exist or are not in ascending order"},
		"options out of order":  {rule(pareto.Rule{Of: []pareto.Literal{at(1, 1, 0)}, AtLeast: 1}), "do not exist or are not in ascending order"},
		"a sum of some issues":  {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{{0, 1}}}}), "amounts for 1 of 2 issues"},
		"a sum of some options": {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{{0, 1}, {0}}}}), "1 amounts for the 2 options of issue 1"},
		"a sum too large":       {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{{0, pareto.MaxSum}, {0, 1}}}}), "passes 2^61"},
		"a sum of no issue":     {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{nil, nil}, Terms: []pareto.Amount{{[]pareto.Literal{at(5, 0)}, 1}}}}), "a literal is about issue 5 of 2"},
		"a sum's term":          {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{nil, {0, pareto.MaxSum}}, Terms: []pareto.Amount{{[]pareto.Literal{at(0, 0)}, 1}}}}), "passes 2^61"},
		"a least too large":     {rule(pareto.Rule{Sum: &pareto.Sum{Amounts: [][]int64{nil, {0, 1}}, Least: pareto.MaxSum}}), "passes 2^61"},
	} {
		s := pareto.Space{Table: pareto.Table{Sides: 2, Issues: [][][]int64{{{0, 0}, {1, 2}}, {{0, 0}, {3, 1}}}}}
		c.change(&s)
		err := s.Check()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if _, other := pareto.Explore(t.Context(), s, pareto.Limits{Workers: 1}, nil); (err == nil) != (other == nil) {
			t.Errorf("%s: searched though it cannot be: %v", name, other)
		}
		if _, _, other := pareto.Conflict(t.Context(), s, nil, pareto.Limits{Workers: 1}); (err == nil) != (other == nil) {
			t.Errorf("%s: a conflict in what cannot be: %v", name, other)
		}
	}
}
