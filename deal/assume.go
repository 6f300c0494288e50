package deal

import (
	"slices"

	"parley/fault"
)

// WithoutRules is the input as if some of its rules did not hold. They are named
// by their places in the file, from 1; the others keep theirs.
func (in Input) WithoutRules(numbers ...int) (Input, error) {
	if len(numbers) == 0 {
		return in, nil
	}
	rules := 0
	if in.Written != nil {
		rules = len(in.Written.Rules)
	}
	for _, n := range numbers {
		if n < 1 || n > rules {
			return in, fault.New(fault.Invalid, "deal.no-such-rule", "there is no rule %d: the table has %d", n, rules)
		}
	}
	w := *in.Written
	w.Rules = slices.Clone(w.Rules)
	for _, n := range numbers {
		w.Rules[n-1].Aside = true
	}
	in.Written = &w
	return in, nil
}
