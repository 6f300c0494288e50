package pareto

import "slices"

// class is what is left of one issue's options: those of equal values are one
// class, and options beaten inside their issue are gone, because a package that
// uses one is beaten by the same package with the better option.
type class struct {
	values []int64
	option int    // the first option of the class, in the given order
	times  uint64 // how many options it stands for
}

// compress keeps the classes in the order of their first options.
func compress(options [][]int64) []class {
	var all []class
next:
	for o, values := range options {
		for k := range all {
			if slices.Equal(all[k].values, values) {
				all[k].times++
				continue next
			}
		}
		all = append(all, class{values: values, option: o, times: 1})
	}
	return slices.DeleteFunc(slices.Clone(all), func(c class) bool {
		return slices.ContainsFunc(all, func(d class) bool {
			return atLeast(d.values, c.values) && !slices.Equal(d.values, c.values)
		})
	})
}

// atLeast reports whether a is as good as b for every side.
func atLeast(a, b []int64) bool {
	for p, v := range a {
		if v < b[p] {
			return false
		}
	}
	return true
}
