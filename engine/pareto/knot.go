package pareto

import "slices"

// Bounds of the combinations of issues that are decided together: on a walk, where
// they are gone through again and again, and in a merge.
const (
	mostTogether = 128
	mostMerged   = 2_048
)

// knots put together issues that interact, where their combinations are few:
// what a rule or term inside a knot says is then settled once, by leaving out
// combinations and adding points, and a walk over knots is a walk over issues.
// Interactions that reach beyond a knot are left to ties. Knots depend on what
// the terms and rules are about and not on points, so they stand while only
// these change.
type knots struct {
	most int // combinations of a knot

	sign, last []int // what the knots depend on, of the space given and of the one before

	root    []int   // by issue: the smallest issue of its knot
	size    []int   // by root: the product of the numbers of options
	number  []int   // by issue: its knot
	member  []int   // issues, knot after knot, ascending in each
	ends    []int   // members of knot k: member[ends[k]:ends[k+1]]
	first   []int   // feasible combinations of knot k: first[k] to first[k+1]
	parts   []int32 // options of a combination, in the order of the members
	partAt  []int   // by combination
	within  []int   // terms inside the knot that hold in the combination
	withAt  []int   // by combination, and the end
	choice  []int   // the combination being looked at
	about   []int   // issues of the interaction being looked at
	insider []bool  // by term, then by rule: whether one knot holds it all
}

// read finds the knots of a space and reports whether they are those it had.
func (k *knots) read(s Space) (same bool) {
	k.sign = k.sign[:0]
	k.describe(s)
	if slices.Equal(k.sign, k.last) {
		return true
	}
	k.sign, k.last = k.last, k.sign
	k.tie(s)
	k.list(s)
	k.combine(s)
	return false
}

// describe writes what the knots depend on as a list of numbers that no other
// space of other knots has.
func (k *knots) describe(s Space) {
	add := func(values ...int) { k.sign = append(k.sign, values...) }
	add(s.Sides, len(s.Issues), len(s.Terms), len(s.Rules))
	for _, options := range s.Issues {
		add(len(options))
	}
	for _, t := range s.Terms {
		k.describeAll(t.All)
	}
	for _, r := range s.Rules {
		add(r.AtLeast)
		k.describeAll(r.When)
		k.describeAll(r.Of)
		if r.Sum == nil {
			add(0)
			continue
		}
		add(1, int(r.Sum.Least), len(r.Sum.Terms))
		for _, amounts := range r.Sum.Amounts {
			if amounts == nil {
				add(-1)
				continue
			}
			add(len(amounts))
			for _, v := range amounts {
				add(int(v))
			}
		}
		for _, t := range r.Sum.Terms {
			add(int(t.Value))
			k.describeAll(t.All)
		}
	}
}

func (k *knots) describeAll(all []Literal) {
	k.sign = append(k.sign, len(all))
	for _, l := range all {
		k.sign = append(append(k.sign, l.Issue, len(l.Options)), l.Options...)
	}
}

// tie puts the issues of each interaction into one knot if it stays small.
func (k *knots) tie(s Space) {
	n := len(s.Issues)
	k.root, k.size = grow(k.root, n), grow(k.size, n)
	for i, options := range s.Issues {
		k.root[i], k.size[i] = i, len(options)
	}
	for _, t := range s.Terms {
		k.aboutTerm(t)
		k.unite()
	}
	for _, r := range s.Rules {
		k.aboutRule(r)
		k.unite()
	}
	for i := range n {
		k.root[i] = k.find(i)
	}
	k.insider = k.insider[:0]
	for _, t := range s.Terms {
		k.aboutTerm(t)
		k.insider = append(k.insider, k.together())
	}
	for _, r := range s.Rules {
		k.aboutRule(r)
		k.insider = append(k.insider, k.together())
	}
}

func (k *knots) aboutTerm(t Term) { k.about = appendIssues(k.about[:0], t.All) }

func (k *knots) aboutRule(r Rule) {
	k.about = appendIssues(appendIssues(k.about[:0], r.When), r.Of)
	if r.Sum == nil {
		return
	}
	for i, amounts := range r.Sum.Amounts {
		if amounts != nil {
			k.about = append(k.about, i)
		}
	}
	for _, t := range r.Sum.Terms {
		k.about = appendIssues(k.about, t.All)
	}
}

func appendIssues(issues []int, all []Literal) []int {
	for _, l := range all {
		issues = append(issues, l.Issue)
	}
	return issues
}

func (k *knots) find(i int) int {
	for k.root[i] != i {
		i = k.root[i]
	}
	return i
}

// unite makes one knot of the issues in about unless it would be too large.
func (k *knots) unite() {
	product := 1
	for j, i := range k.about {
		k.about[j] = k.find(i)
	}
	slices.Sort(k.about)
	k.about = slices.Compact(k.about)
	for _, root := range k.about {
		if product *= k.size[root]; product > k.most {
			return
		}
	}
	for _, root := range k.about {
		k.root[root] = k.about[0]
		k.size[k.about[0]] = product
	}
}

// together reports whether the issues in about are all of one knot.
func (k *knots) together() bool {
	for _, i := range k.about {
		if k.root[i] != k.root[k.about[0]] {
			return false
		}
	}
	return len(k.about) > 0
}

// list numbers the knots by their smallest issues.
func (k *knots) list(s Space) {
	k.number, k.member, k.ends = grow(k.number, len(s.Issues)), k.member[:0], append(k.ends[:0], 0)
	for i, root := range k.root {
		if root != i {
			continue
		}
		for j := i; j < len(k.root); j++ {
			if k.root[j] == i {
				k.number[j] = len(k.ends) - 1
				k.member = append(k.member, j)
			}
		}
		k.ends = append(k.ends, len(k.member))
	}
}

func (k *knots) len() int { return len(k.ends) - 1 }

func (k *knots) members(knot int) []int { return k.member[k.ends[knot]:k.ends[knot+1]] }

// part is the options of a combination.
func (k *knots) part(knot, combination int) []int32 {
	at := k.partAt[combination]
	return k.parts[at : at+k.ends[knot+1]-k.ends[knot]]
}

// combine lists the combinations of every knot that keep the rules inside it,
// in lexicographic order, and the terms inside it that hold in each.
func (k *knots) combine(s Space) {
	k.first, k.parts, k.partAt = append(k.first[:0], 0), k.parts[:0], k.partAt[:0]
	k.within, k.withAt = k.within[:0], append(k.withAt[:0], 0)
	k.choice = grow(k.choice, len(s.Issues))
	clear(k.choice)
	for knot := range k.len() {
		members := k.members(knot)
		for more := true; more; more = k.advance(s, members) {
			if !k.keeps(s, knot) {
				continue
			}
			k.partAt = append(k.partAt, len(k.parts))
			for _, i := range members {
				k.parts = append(k.parts, int32(k.choice[i]))
			}
			for h, t := range s.Terms {
				if k.insider[h] && k.number[t.All[0].Issue] == knot && AllHold(t.All, k.choice) {
					k.within = append(k.within, h)
				}
			}
			k.withAt = append(k.withAt, len(k.within))
		}
		k.first = append(k.first, len(k.partAt))
	}
}

// advance goes on to the next combination; after the last it starts again.
func (k *knots) advance(s Space, members []int) bool {
	for j := len(members) - 1; j >= 0; j-- {
		i := members[j]
		if k.choice[i]++; k.choice[i] < len(s.Issues[i]) {
			return true
		}
		k.choice[i] = 0
	}
	return false
}

// keeps reports whether the combination keeps the rules inside its knot. Such a
// rule looks at no other issue.
func (k *knots) keeps(s Space, knot int) bool {
	for n, r := range s.Rules {
		if k.insider[len(s.Terms)+n] && k.number[issueOf(r)] == knot && !r.Keeps(k.choice) {
			return false
		}
	}
	return true
}

// issueOf is some issue a rule is about; it is about one.
func issueOf(r Rule) int {
	switch {
	case len(r.When) > 0:
		return r.When[0].Issue
	case len(r.Of) > 0:
		return r.Of[0].Issue
	}
	for i, amounts := range r.Sum.Amounts {
		if amounts != nil {
			return i
		}
	}
	for _, t := range r.Sum.Terms {
		if len(t.All) > 0 {
			return t.All[0].Issue
		}
	}
	panic("a rule inside a knot is about no issue")
}

// values appends what the combinations of a knot give each side.
func (k *knots) values(s Space, knot int, rows []int64) []int64 {
	for c := k.first[knot]; c < k.first[knot+1]; c++ {
		from := len(rows)
		for range s.Sides {
			rows = append(rows, 0)
		}
		for j, o := range k.part(knot, c) {
			for p, v := range s.Issues[k.members(knot)[j]][o] {
				rows[from+p] += v
			}
		}
		for _, h := range k.within[k.withAt[c]:k.withAt[c+1]] {
			for p, v := range s.Terms[h].Values {
				rows[from+p] += v
			}
		}
	}
	return rows
}
