package again

import (
	"math/big"
	"slices"
)

// wholeTable is the table as package verify reads it. Changes of a side's interests are counted in the largest part of
// one in which all of them are whole.
func (r *reading) wholeTable() any {
	var all []row
	thing := func(points, change row, more obj) obj {
		all = append(all, change)
		return with(obj{"points": points, "change": change}, more)
	}
	issues, rules := list{}, list{}
	for i, rows := range r.table.issues {
		options := list{}
		for k, points := range rows {
			options = append(options, thing(points, r.change(move{i, k}, r.worst, r.best), obj{}))
		}
		issues = append(issues, options)
	}
	for k, u := range r.Rules {
		more := obj{"kind": u.Kind}
		if u.Interest != nil && *u.Interest > 0 {
			more["interest"] = *u.Interest
		}
		if u.AtLeast > 0 {
			more["at_least"] = u.AtLeast
		}
		for name, literals := range map[string][]literal{"when": u.When, "of": u.Of} {
			said := list{}
			for _, l := range literals {
				said = append(said, obj{"issue": l.Issue, "options": l.Options})
			}
			if len(said) > 0 {
				more[name] = said
			}
		}
		rules = append(rules, thing(r.table.joint[k], slices.Clone(r.gives[k]), more))
	}
	for _, mine := range r.of {
		part := new(big.Int)
		for _, change := range all {
			for _, n := range mine {
				part.GCD(nil, nil, part, new(big.Int).Abs(big.NewInt(change[n])))
			}
		}
		for _, change := range all {
			for _, n := range mine {
				change[n] /= max(1, part.Int64())
			}
		}
	}
	out := obj{"side": append([]int{}, r.side...), "tier": append([]int{}, r.tier...), "issues": issues, "rules": rules, "baseline": r.base}
	if r.cap != nil {
		out["cap"] = r.cap
	}
	return out
}

// serve lists the packages that cost nobody anything by tiers alone: of the first steps, then of the swaps, each with those who gain.
func (r *reading) serve() any {
	out := list{}
	add := func(set []move) {
		sum, gains := r.least(set), []int{}
		for s := range r.Sides {
			down, most := int64(0), int64(0)
			for _, n := range r.ranked(s, sum, r.tier) {
				down += sum[n]
				most = max(most, down)
				if down < 0 { // what the side says about its weights is needed
					return
				}
			}
			if most > 0 {
				gains = append(gains, s)
			}
		}
		out = append(out, obj{"package": r.after(set), "gains": gains})
	}
	for _, m := range r.inFile(r.wins) {
		add([]move{m})
	}
	for _, set := range r.swaps {
		add(set)
	}
	return out
}
