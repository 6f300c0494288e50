package pareto

import (
	"fmt"
	"slices"
)

// Space is a table whose options may interact: terms give or take points where
// several options come together, rules say which packages are feasible. Every
// kind of interaction that the field knows reduces to these two. A Space without
// terms and rules is its table.
type Space struct {
	Table
	Terms []Term
	Rules []Rule
}

// Literal holds in a package that takes one of Options of an issue. Options are
// ascending and distinct, at least one. An interval of an ordered issue is the
// list of its options; "outside the interval" is the list of the others.
type Literal struct {
	Issue   int
	Options []int
}

// Term adds Values, one for each side and of either sign, to every package in
// which all literals hold (a synergy, a loss, a hyper-rectangle of Genius). Its
// literals are about different issues, in ascending order.
type Term struct {
	All    []Literal
	Values []int64
}

// Rule makes packages infeasible. It speaks about packages in which all of When
// hold (empty: about all). Of these it demands either that at least AtLeast of
// the literals Of hold, or, where Sum is not nil, that the sum reaches its least
// value. Of empty with AtLeast 1 forbids When altogether.
//
//	a requires b            When a, Of b, AtLeast 1
//	a requires k of m       When a, Of m literals, AtLeast k
//	a excludes b            When a and b, AtLeast 1 of none
//	red line on a           When a, AtLeast 1 of none
//	... where b holds       When a and b, AtLeast 1 of none
//	not below v, where b    When b, Sum at least v
type Rule struct {
	When    []Literal
	Of      []Literal
	AtLeast int
	Sum     *Sum
}

// Sum is what a rule adds up over a package: one amount for each issue and
// option (nil for an issue that adds nothing) and one for each conjunction that
// holds.
type Sum struct {
	Amounts [][]int64
	Terms   []Amount
	Least   int64
}

// Amount is a conjunction and what it adds.
type Amount struct {
	All   []Literal
	Value int64
}

// Interacts reports whether there is more than the additive table.
func (s Space) Interacts() bool { return len(s.Terms)+len(s.Rules) > 0 }

// Holds reports whether the literal holds in a package.
func (l Literal) Holds(choice []int) bool { return slices.Contains(l.Options, choice[l.Issue]) }

// AllHold reports whether every literal holds in a package.
func AllHold(all []Literal, choice []int) bool {
	for _, l := range all {
		if !l.Holds(choice) {
			return false
		}
	}
	return true
}

// Value is what a package gives each side, terms included.
func (s Space) Value(choice []int) []int64 {
	sum := s.Table.Value(choice)
	for _, t := range s.Terms {
		if AllHold(t.All, choice) {
			for p, v := range t.Values {
				sum[p] += v
			}
		}
	}
	return sum
}

// Keeps reports whether a package satisfies the rule.
func (r Rule) Keeps(choice []int) bool {
	if !AllHold(r.When, choice) {
		return true
	}
	if r.Sum != nil {
		return r.Sum.of(choice) >= r.Sum.Least
	}
	held := 0
	for _, l := range r.Of {
		if l.Holds(choice) {
			held++
		}
	}
	return held >= r.AtLeast
}

func (s *Sum) of(choice []int) int64 {
	var sum int64
	for i, o := range choice {
		if s.Amounts[i] != nil {
			sum += s.Amounts[i][o]
		}
	}
	for _, t := range s.Terms {
		if AllHold(t.All, choice) {
			sum += t.Value
		}
	}
	return sum
}

// Feasible reports whether a package satisfies every rule.
func (s Space) Feasible(choice []int) bool {
	for _, r := range s.Rules {
		if !r.Keeps(choice) {
			return false
		}
	}
	return true
}

// Check reports why the space cannot be used: a table that cannot, a literal
// about no issue or option, a term whose literals repeat an issue, or values
// that together with the table's pass MaxSum.
func (s Space) Check() error {
	if err := s.Table.Check(); err != nil {
		return err
	}
	room := make([]int64, s.Sides)
	for p := range room {
		room[p] = MaxSum - s.Table.size(p)
	}
	for k, t := range s.Terms {
		if len(t.Values) != s.Sides {
			return fmt.Errorf("term %d has %d values for %d sides", k, len(t.Values), s.Sides)
		}
		for i := 1; i < len(t.All); i++ {
			if t.All[i-1].Issue >= t.All[i].Issue {
				return fmt.Errorf("the literals of term %d are not about different issues in ascending order", k)
			}
		}
		if err := s.checkLiterals(t.All); err != nil {
			return fmt.Errorf("term %d: %w", k, err)
		}
		for p, v := range t.Values {
			if v > room[p] || v < -room[p] {
				return fmt.Errorf("the points of side %d add up beyond 2^61 at term %d: use a smaller scale", p, k)
			}
			room[p] -= max(v, -v)
		}
	}
	for k, r := range s.Rules {
		if err := s.checkRule(r); err != nil {
			return fmt.Errorf("rule %d: %w", k, err)
		}
	}
	return nil
}

func (s Space) checkRule(r Rule) error {
	if err := s.checkLiterals(slices.Concat(r.When, r.Of)); err != nil {
		return err
	}
	if r.Sum == nil {
		return nil
	}
	if len(r.Sum.Amounts) != len(s.Issues) {
		return fmt.Errorf("its sum has amounts for %d of %d issues", len(r.Sum.Amounts), len(s.Issues))
	}
	left := MaxSum
	take := func(v int64) error {
		if v > left || v < -left {
			return fmt.Errorf("its sum passes 2^61: use a smaller scale")
		}
		left -= max(v, -v)
		return nil
	}
	for i, amounts := range r.Sum.Amounts {
		if amounts != nil && len(amounts) != len(s.Issues[i]) {
			return fmt.Errorf("its sum has %d amounts for the %d options of issue %d", len(amounts), len(s.Issues[i]), i)
		}
		for _, v := range amounts {
			if err := take(v); err != nil {
				return err
			}
		}
	}
	for _, t := range r.Sum.Terms {
		if err := s.checkLiterals(t.All); err != nil {
			return err
		}
		if err := take(t.Value); err != nil {
			return err
		}
	}
	return take(r.Sum.Least)
}

func (s Space) checkLiterals(all []Literal) error {
	for _, l := range all {
		if l.Issue < 0 || l.Issue >= len(s.Issues) {
			return fmt.Errorf("a literal is about issue %d of %d", l.Issue, len(s.Issues))
		}
		if len(l.Options) == 0 {
			return fmt.Errorf("a literal about issue %d names no option", l.Issue)
		}
		for k, o := range l.Options {
			if o < 0 || o >= len(s.Issues[l.Issue]) || k > 0 && o <= l.Options[k-1] {
				return fmt.Errorf("a literal about issue %d names options that do not exist or are not in ascending order", l.Issue)
			}
		}
	}
	return nil
}

// Issues lists the issues that the rule speaks about, ascending: those whose
// options can make a difference to it.
func (r Rule) Issues() []int {
	var out []int
	add := func(all []Literal) {
		for _, l := range all {
			out = append(out, l.Issue)
		}
	}
	add(r.When)
	add(r.Of)
	if r.Sum != nil {
		for i, amounts := range r.Sum.Amounts {
			if slices.ContainsFunc(amounts, func(v int64) bool { return v != amounts[0] }) {
				out = append(out, i)
			}
		}
		for _, t := range r.Sum.Terms {
			add(t.All)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
