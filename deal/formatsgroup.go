package deal

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"parley/engine/bargain"
	"parley/engine/coalition"
	"parley/engine/pareto"
)

// group is what some of the sides can do by themselves.
type group struct {
	sides  coalition.Group
	keep   [][]int      // by issue: the options that need nobody else, the status quo first
	space  pareto.Space // of the members, over those options
	base   []int64      // by member: what nobody in it need pay for
	choice []int        // the package of the group, over the whole table
	gains  []int64      // by side: from the status quo
	free   []int64      // by side: the part of it that nobody need pay for
	exact  bool
}

// needs is the group of sides without whom an option cannot be: those who give
// something up and those who do something. A written option of which neither is
// said needs everybody it touches.
func (t *table) needs(i, k int) coalition.Group {
	if k == 0 {
		return 0
	}
	is := &t.issues[i]
	o := &is.options[k]
	g := coalition.Of(o.movers...) | coalition.Of(o.actors...)
	if g != 0 {
		return g
	}
	for s := range o.points {
		if o.points[s].Cmp(is.options[0].points[s]) != 0 {
			g = g.With(s)
		}
	}
	for _, e := range slices.Concat(o.effects, is.options[0].effects) {
		g = g.With(t.entries[e.entry].side)
	}
	if g == 0 {
		g = coalition.All(len(t.sides))
	}
	return g
}

// solve finds the package of every group, several at once: none depends on
// another.
func (f *formats) solve(ctx context.Context) error {
	found := make([]*group, len(f.groups))
	var next atomic.Int64
	var all sync.WaitGroup
	for range max(1, f.s.run.Workers) {
		all.Go(func() {
			solver := bargain.NewSolver()
			for ctx.Err() == nil {
				k := int(next.Add(1)) - 1
				if k >= len(f.groups) {
					return
				}
				found[k] = f.newGroup(f.groups[k])
				f.settle(solver, found[k])
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for k, g := range f.groups {
		f.at[g] = found[k]
	}
	return nil
}

// newGroup restricts the table to the members of a group and to the options that
// need nobody else.
func (f *formats) newGroup(g coalition.Group) *group {
	t, r := f.s.q.table, f.s.readings[0]
	x := &group{sides: g, keep: make([][]int, len(t.issues)), choice: make([]int, len(t.issues))}
	free := make([]int, len(t.issues))
	for i, is := range t.issues {
		most, several := 0, false
		for k, o := range is.options {
			need := t.needs(i, k)
			if !need.Within(g) {
				continue
			}
			x.keep[i] = append(x.keep[i], k)
			switch {
			case !o.free || !serves(r.table.Issues[i], k, g):
			case need.Size() > most:
				most, several, free[i] = need.Size(), false, k
			case need.Size() == most:
				several = true
			}
		}
		if several {
			free[i] = 0
		}
	}
	x.space = restrict(r.space, x.keep, g.Members())
	if f.s.q.Baseline == StatusQuo || !r.space.Feasible(free) {
		clear(free)
	}
	if g.Size() == f.n {
		free = r.baseline
	}
	x.free = r.space.Value(free)
	for _, p := range g.Members() {
		x.base = append(x.base, x.free[p])
	}
	return x
}

// serves reports whether an option gives a member of a group something: what serves
// others alone is not among the things that the group would take up for itself.
func serves(options [][]int64, k int, g coalition.Group) bool {
	return slices.ContainsFunc(g.Members(), func(p int) bool { return options[k][p] > options[0][p] })
}

// settle picks the package of a group: Nash's, among those that leave every member
// at least what nobody in the group need pay for. The whole table has it already.
func (f *formats) settle(solver *bargain.Solver, x *group) {
	r := f.s.readings[0]
	if x.sides.Size() == f.n && len(f.s.solutions.Nash) > 0 {
		x.exact = true
		copy(x.choice, f.s.points[f.s.solutions.Nash[0]].Choice)
	} else {
		var choice []int
		choice, x.exact = solver.Nash(x.space, x.base, formatBudget)
		for i, k := range choice {
			x.choice[i] = x.keep[i][k]
		}
	}
	today := r.space.Value(make([]int, len(x.choice)))
	x.gains = r.space.Value(x.choice)
	for p, v := range today {
		x.gains[p] -= v
		x.free[p] -= v
	}
}

// restrict is a space for some of its sides, over some options of each issue.
func restrict(s pareto.Space, keep [][]int, members []int) pareto.Space {
	out := pareto.Space{Table: pareto.Table{Sides: len(members)}}
	pick := func(values []int64) []int64 {
		row := make([]int64, len(members))
		for at, p := range members {
			row[at] = values[p]
		}
		return row
	}
	for i, options := range keep {
		var rows [][]int64
		for _, k := range options {
			rows = append(rows, pick(s.Issues[i][k]))
		}
		out.Issues = append(out.Issues, rows)
	}
	for _, t := range s.Terms {
		if all, ok := among(t.All, keep); ok {
			out.Terms = append(out.Terms, pareto.Term{All: all, Values: pick(t.Values)})
		}
	}
	for _, r := range s.Rules {
		if when, ok := among(r.When, keep); ok {
			out.Rules = append(out.Rules, restrictRule(r, when, keep))
		}
	}
	return out
}

// restrictRule is a rule about the options that are left; what asks for an option
// that is not cannot be had.
func restrictRule(r pareto.Rule, when []pareto.Literal, keep [][]int) pareto.Rule {
	out := pareto.Rule{When: when, AtLeast: r.AtLeast}
	for _, l := range r.Of {
		if left, ok := among([]pareto.Literal{l}, keep); ok {
			out.Of = append(out.Of, left...)
		}
	}
	if r.Sum == nil {
		return out
	}
	out.Sum = &pareto.Sum{Amounts: make([][]int64, len(keep)), Least: r.Sum.Least}
	for i, amounts := range r.Sum.Amounts {
		if amounts == nil {
			continue
		}
		for _, k := range keep[i] {
			out.Sum.Amounts[i] = append(out.Sum.Amounts[i], amounts[k])
		}
	}
	for _, t := range r.Sum.Terms {
		if all, ok := among(t.All, keep); ok {
			out.Sum.Terms = append(out.Sum.Terms, pareto.Amount{All: all, Value: t.Value})
		}
	}
	return out
}

// among renumbers literals; it is not ok where one names no option that is left.
func among(all []pareto.Literal, keep [][]int) (out []pareto.Literal, ok bool) {
	for _, l := range all {
		left := pareto.Literal{Issue: l.Issue}
		for at, k := range keep[l.Issue] {
			if slices.Contains(l.Options, k) {
				left.Options = append(left.Options, at)
			}
		}
		if len(left.Options) == 0 {
			return nil, false
		}
		out = append(out, left)
	}
	return out, true
}
