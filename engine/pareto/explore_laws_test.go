package pareto_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/pareto"
)

// explored is the frontier of a space; nothing where no package is feasible.
func explored(t *rapid.T, s pareto.Space) [][]int64 {
	found, err := pareto.Explore(t.Context(), s, pareto.Limits{Workers: 2}, nil)
	if errors.Is(err, pareto.ErrInfeasible) {
		return nil
	}
	if err != nil || !found.Complete {
		t.Fatalf("complete %v, %v", found.Complete, err)
	}
	return vectors(found.Points)
}

func same(t *rapid.T, what string, got, want [][]int64) {
	if !slices.EqualFunc(got, want, slices.Equal[[]int64]) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// TestARuleNeverAddsAPackage: with one rule more every point is a package that
// was there before, so that some point of before is as good.
func TestARuleNeverAddsAPackage(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		rapid.Check(t, func(t *rapid.T) {
			s := interacting(sides).Draw(t, "space")
			before := explored(t, s)
			more := s
			more.Rules = append(slices.Clone(s.Rules), rule(s.Table).Draw(t, "one more"))
			for _, values := range explored(t, more) {
				if !slices.ContainsFunc(before, func(b []int64) bool { return reaches(b, values) }) {
					t.Fatalf("%v was not there before", values)
				}
			}
		})
	}
}

// TestRulesThatChangeNothing: a rule said twice, one that every package keeps,
// and the rules in another order.
func TestRulesThatChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := interacting(2).Draw(t, "space")
		want := explored(t, s)
		other := s
		other.Rules = slices.Concat(s.Rules, s.Rules, []pareto.Rule{{AtLeast: 0}})
		same(t, "twice", explored(t, other), want)
		other.Rules, other.Terms = slices.Clone(s.Rules), slices.Clone(s.Terms)
		slices.Reverse(other.Rules)
		slices.Reverse(other.Terms)
		same(t, "in another order", explored(t, other), want)
	})
}

// moved is a literal after its issue and its options got other places.
func moved(all []pareto.Literal, issue []int, option [][]int) []pareto.Literal {
	var out []pareto.Literal
	for _, l := range all {
		to := pareto.Literal{Issue: issue[l.Issue]}
		for _, o := range l.Options {
			to.Options = append(to.Options, option[l.Issue][o])
		}
		slices.Sort(to.Options)
		out = append(out, to)
	}
	return out
}

func inOrder(all []pareto.Literal) []pareto.Literal {
	slices.SortFunc(all, func(a, b pareto.Literal) int { return a.Issue - b.Issue })
	return all
}

// TestOrderChangesNothing: issues and options in another order, and sides.
func TestOrderChangesNothing(t *testing.T) {
	for sides := 1; sides <= 4; sides++ {
		rapid.Check(t, func(t *rapid.T) {
			s := interacting(sides).Draw(t, "space")
			n := len(s.Issues)
			issue := rapid.Permutation(upTo(n)).Draw(t, "issues")
			side := rapid.Permutation(upTo(sides)).Draw(t, "sides")
			turned := func(values []int64) []int64 {
				out := make([]int64, sides)
				for p, v := range values {
					out[side[p]] = v
				}
				return out
			}
			other := pareto.Space{Table: pareto.Table{Sides: sides, Issues: make([][][]int64, n)}}
			var option [][]int
			for i, options := range s.Issues {
				option = append(option, rapid.Permutation(upTo(len(options))).Draw(t, "options"))
				other.Issues[issue[i]] = make([][]int64, len(options))
				for o, values := range options {
					other.Issues[issue[i]][option[i][o]] = turned(values)
				}
			}
			for _, term := range s.Terms {
				other.Terms = append(other.Terms, pareto.Term{All: inOrder(moved(term.All, issue, option)), Values: turned(term.Values)})
			}
			for _, r := range s.Rules {
				to := pareto.Rule{When: moved(r.When, issue, option), Of: moved(r.Of, issue, option), AtLeast: r.AtLeast}
				if r.Sum != nil {
					to.Sum = &pareto.Sum{Amounts: make([][]int64, n), Least: r.Sum.Least}
					for i, amounts := range r.Sum.Amounts {
						if amounts != nil {
							to.Sum.Amounts[issue[i]] = make([]int64, len(amounts))
						}
						for o, v := range amounts {
							to.Sum.Amounts[issue[i]][option[i][o]] = v
						}
					}
					for _, part := range r.Sum.Terms {
						to.Sum.Terms = append(to.Sum.Terms, pareto.Amount{All: moved(part.All, issue, option), Value: part.Value})
					}
				}
				other.Rules = append(other.Rules, to)
			}
			var want [][]int64
			for _, values := range explored(t, s) {
				want = append(want, turned(values))
			}
			slices.SortFunc(want, func(a, b []int64) int { return slices.Compare(b, a) })
			same(t, "in another order", explored(t, other), want)
		})
	}
}

// TestWhatEveryPackageHasIsAdded: a term without literals moves every point.
func TestWhatEveryPackageHasIsAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := interacting(3).Draw(t, "space")
		by := []int64{7, 0, -3}
		var want [][]int64
		for _, v := range explored(t, s) {
			want = append(want, []int64{v[0] + by[0], v[1] + by[1], v[2] + by[2]})
		}
		s.Terms = append(slices.Clone(s.Terms), pareto.Term{Values: by})
		same(t, "moved", explored(t, s), want)
	})
}

// TestTheTwinOfAnOption: an option that does what another does, in every literal
// too, changes no point.
func TestTheTwinOfAnOption(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := interacting(2).Draw(t, "space")
		if len(s.Issues) == 0 {
			t.Skip("no issue")
		}
		want := explored(t, s)
		i := rapid.IntRange(0, len(s.Issues)-1).Draw(t, "issue")
		n := len(s.Issues[i])
		of := rapid.IntRange(0, n-1).Draw(t, "option")
		twin := func(all []pareto.Literal) []pareto.Literal {
			var out []pareto.Literal
			for _, l := range all {
				if l.Issue == i && slices.Contains(l.Options, of) {
					l.Options = append(slices.Clone(l.Options), n)
				}
				out = append(out, l)
			}
			return out
		}
		other := pareto.Space{Table: pareto.Table{Sides: 2, Issues: slices.Clone(s.Issues)}}
		other.Issues[i] = append(slices.Clone(s.Issues[i]), s.Issues[i][of])
		for _, term := range s.Terms {
			other.Terms = append(other.Terms, pareto.Term{All: twin(term.All), Values: term.Values})
		}
		for _, r := range s.Rules {
			r.When, r.Of = twin(r.When), twin(r.Of)
			if r.Sum != nil {
				sum := &pareto.Sum{Amounts: slices.Clone(r.Sum.Amounts), Least: r.Sum.Least}
				if sum.Amounts[i] != nil {
					sum.Amounts[i] = append(slices.Clone(sum.Amounts[i]), sum.Amounts[i][of])
				}
				for _, part := range r.Sum.Terms {
					sum.Terms = append(sum.Terms, pareto.Amount{All: twin(part.All), Value: part.Value})
				}
				r.Sum = sum
			}
			other.Rules = append(other.Rules, r)
		}
		same(t, "with a twin", explored(t, other), want)
	})
}

// A demand is a space and what each side must have at least.
type demand struct {
	Space pareto.Space
	Floor []int64
}

// Demanding draws rules, some of them twice, and for each side what it has in a
// package of its own choice.
func demanding() *rapid.Generator[demand] {
	return rapid.Custom(func(t *rapid.T) demand {
		s := interacting(2).Draw(t, "space")
		for range rapid.IntRange(0, 6).Draw(t, "more rules") {
			s.Rules = append(s.Rules, rule(s.Table).Draw(t, "rule"))
		}
		if len(s.Rules) > 1 && rapid.Bool().Draw(t, "repeated") {
			s.Rules = append(s.Rules, s.Rules[0], s.Rules[1])
		}
		floor := make([]int64, 2)
		for p := range floor {
			floor[p] = s.Value(rapid.SampledFrom(packages(s.Table)).Draw(t, "chosen"))[p]
		}
		return demand{s, floor}
	})
}

// FirstDropped drops what stands first first, testing package by package; nil
// where rules and floors can be met together.
func firstDropped(d demand) []int {
	s := d.Space
	clash := func(set []int) bool {
		for _, choice := range packages(s.Table) {
			if !slices.ContainsFunc(set, func(k int) bool {
				if k < len(s.Rules) {
					return !s.Rules[k].Keeps(choice)
				}
				return s.Value(choice)[k-len(s.Rules)] < d.Floor[k-len(s.Rules)]
			}) {
				return false
			}
		}
		return true
	}
	left := upTo(len(s.Rules) + 2)
	if !clash(left) {
		return nil
	}
	for k := range len(s.Rules) + 2 {
		if rest := slices.DeleteFunc(slices.Clone(left), func(j int) bool { return j == k }); clash(rest) {
			left = rest
		}
	}
	return left
}

// TestConflictIsTheFirstDropped: of fixed draws several show conflicts of more
// than one, so that the law says something.
func TestConflictIsTheFirstDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := demanding().Draw(t, "demand")
		want := firstDropped(d)
		got, exact, err := pareto.Conflict(t.Context(), d.Space, d.Floor, pareto.Limits{Workers: 1})
		if err != nil || !exact || !slices.Equal(got, want) {
			t.Fatalf("got %v, %v, %v, want %v", got, exact, err, want)
		}
	})
	several := 0
	for seed := range 100 {
		if len(firstDropped(demanding().Example(seed))) > 1 {
			several++
		}
	}
	if several < 5 {
		t.Errorf("%d of 100 draws show a conflict of more than one", several)
	}
}

func ExampleConflict_claims() {
	// Five claims on one day each, of which any two exclude each other; claims 1
	// and 3 must be met.
	s := pareto.Space{Table: pareto.Table{Sides: 1}}
	met := func(i int) pareto.Literal { return pareto.Literal{Issue: i, Options: []int{1}} }
	for i := range 5 {
		s.Issues = append(s.Issues, [][]int64{{0}, {1}})
		for j := range i {
			s.Rules = append(s.Rules, pareto.Rule{When: []pareto.Literal{met(j), met(i)}, AtLeast: 1})
		}
	}
	for _, i := range []int{1, 3} {
		s.Rules = append(s.Rules, pareto.Rule{Of: []pareto.Literal{met(i)}, AtLeast: 1})
	}
	set, exact, err := pareto.Conflict(context.Background(), s, nil, pareto.Limits{})
	for _, k := range set {
		fmt.Println(s.Rules[k])
	}
	fmt.Println(exact, err)
	// Output:
	// {[{1 [1]} {3 [1]}] [] 1 <nil>}
	// {[] [{1 [1]}] 1 <nil>}
	// {[] [{3 [1]}] 1 <nil>}
	// true <nil>
}
