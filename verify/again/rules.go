package again

import "slices"

// all reports whether every literal holds in a package, or in as much of it as they speak about.
func all(literals []literal, choice []int) bool {
	return !slices.ContainsFunc(literals, func(l literal) bool { return !slices.Contains(l.Options, choice[l.Issue]) })
}

// link lists the issues that each rule depends on.
func (r *reading) link() {
	for k, u := range r.Rules {
		on := map[int]bool{}
		read := func(all []literal) {
			for _, l := range all {
				on[l.Issue] = true
			}
		}
		read(u.When)
		read(u.Of)
		if u.Kind == "not-below" {
			for m, change := range r.delta {
				on[m.issue] = on[m.issue] || change[*u.Interest] != 0
			}
			for j, other := range r.Rules {
				if r.gives[j][*u.Interest] != 0 {
					read(other.When)
				}
			}
		}
		var issues []int
		for i := range r.Issues {
			if on[i] {
				issues = append(issues, i)
			}
		}
		r.links[k] = issues
	}
	r.order()
}

// order finds, by issue, which rules are settled when it is decided, what those that are not know then, and whether any
// depend on it.
func (r *reading) order() {
	r.settled, r.atWork, r.tied = make([][]int, len(r.Issues)), make([][]int, len(r.Issues)), make([]bool, len(r.Issues))
	for k, issues := range r.links {
		if len(issues) == 0 {
			continue
		}
		last := issues[len(issues)-1]
		r.settled[last] = append(r.settled[last], k)
		for _, i := range issues {
			r.tied[i] = true
			for decided := i; decided < last; decided++ {
				r.atWork[decided] = append(r.atWork[decided], i)
			}
		}
	}
	for _, known := range r.atWork {
		slices.Sort(known)
	}
	for i, known := range r.atWork {
		r.atWork[i] = slices.Compact(known)
	}
}

// given is the change of every interest where the options of a rule come together.
func (r *reading) given(k int) row {
	sum := make(row, len(r.side))
	for _, e := range r.joint[k] {
		sum[e.interest] += e.value(r.full, r.worst)
	}
	return sum
}

// keeps reports whether a package keeps a rule. It may end after the last issue of the rule.
func (r *reading) keeps(k int, choice []int) bool {
	u, held := r.Rules[k], 0
	if u.Kind == "together" || !all(u.When, choice) {
		return true
	}
	if u.Kind == "not-below" {
		sum := int64(0)
		for _, i := range r.links[k] {
			sum += r.delta[move{i, choice[i]}][*u.Interest]
		}
		for j, other := range r.Rules {
			if v := r.gives[j][*u.Interest]; v != 0 {
				sum += v * r.brought(other.When, choice)
			}
		}
		return sum >= 0
	}
	for _, l := range u.Of {
		if all([]literal{l}, choice) {
			held++
		}
	}
	return u.Kind != "refuses" && held >= u.AtLeast
}

// brought is 1 where a package brings options together, -1 where it parts what is together in the status quo.
func (r *reading) brought(when []literal, choice []int) (sign int64) {
	if all(when, choice) {
		sign++
	}
	if all(when, make([]int, len(r.Issues))) {
		sign--
	}
	return sign
}

func (r *reading) broken(choice []int) []int {
	var out []int
	for k := range r.Rules {
		if !r.keeps(k, choice) {
			out = append(out, k)
		}
	}
	return out
}

// settle adds what rules give whose last issue was just decided, and reports whether the others are kept.
func (t table) settle(v row, choice []int) bool {
	for _, k := range t.settled[len(choice)-1] {
		if !t.keeps(k, choice) {
			return false
		}
		if t.Rules[k].Kind == "together" && all(t.Rules[k].When, choice) {
			v.add(t.joint[k])
		}
	}
	return true
}

// open is what rules that are not settled yet depend on.
func (t table) open(choice []int) string {
	var key []byte
	for _, i := range t.atWork[len(choice)-1] {
		key = append(key, byte(i), byte(choice[i]), byte(choice[i]>>8))
	}
	return string(key)
}

// after is the status quo with some moves.
func (r *reading) after(set []move) []int {
	choice := make([]int, len(r.Issues))
	for _, m := range set {
		choice[m.issue] = m.option
	}
	return choice
}
