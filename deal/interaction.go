package deal

import (
	"math/big"

	"parley/engine/pareto"
)

// What options do together becomes terms of the space, conditions become its
// rules. Rules do not depend on weights: every weighting chooses among the same
// packages.

// fillRules makes the rules of the space and lists which rules of the table
// they and its terms come from.
func (r *reading) fillRules() error {
	for k := range r.t.rules {
		if u := &r.t.rules[k]; u.joins() {
			r.joint = append(r.joint, k)
		}
	}
	for k := range r.t.rules {
		u := &r.t.rules[k]
		if u.joins() {
			continue
		}
		rule := pareto.Rule{When: u.when, Of: u.of, AtLeast: u.atLeast}
		if u.kind == kindNotBelow {
			var err error
			if rule.Sum, err = r.notBelow(u.entry); err != nil {
				return err
			}
		}
		r.conditions = append(r.conditions, k)
		r.space.Rules = append(r.space.Rules, rule)
	}
	return nil
}

// notBelow demands that an interest does not fall below the status quo, with
// every role at its less favourable end.
func (r *reading) notBelow(entry int) (*pareto.Sum, error) {
	n := len(r.t.issues)
	amounts, unit, any := make([][]*big.Rat, n), big.NewInt(1), make([]bool, n)
	for i, is := range r.t.issues {
		amounts[i] = make([]*big.Rat, len(is.options))
		for k := range is.options {
			amounts[i][k] = r.t.worstChange(i, k, entry, r.full)
			any[i] = any[i] || amounts[i][k].Sign() != 0
			lcm(unit, amounts[i][k].Denom())
		}
	}
	joint := map[int]*big.Rat{}
	for _, k := range r.joint {
		v := r.t.jointChange(k, entry, r.full)
		joint[k] = v
		lcm(unit, v.Denom())
	}
	s := &pareto.Sum{Amounts: make([][]int64, n)}
	fits := true
	whole := func(v *big.Rat) int64 {
		out, ok := integer(v, unit)
		fits = fits && ok
		return out
	}
	for i := range amounts {
		for k := 0; any[i] && k < len(amounts[i]); k++ {
			s.Amounts[i] = append(s.Amounts[i], whole(amounts[i][k]))
		}
	}
	quo := make([]int, n)
	for _, k := range r.joint {
		if joint[k].Sign() == 0 {
			continue
		}
		s.Terms = append(s.Terms, pareto.Amount{All: r.t.rules[k].when, Value: whole(joint[k])})
		if pareto.AllHold(r.t.rules[k].when, quo) {
			s.Least += whole(joint[k])
		}
	}
	if !fits {
		return nil, errTooFine
	}
	return s, nil
}

// worstChange is what an option does to an interest at worst, measured from the
// status quo of its issue.
func (t *table) worstChange(issue, option, entry int, full bool) *big.Rat {
	sum := new(big.Rat)
	if option == 0 {
		return sum
	}
	options := t.issues[issue].options
	for _, e := range options[option].effects {
		if e.entry == entry {
			sum.Add(sum, t.worst(e, full))
		}
	}
	for _, e := range options[0].effects {
		if e.entry == entry {
			sum.Sub(sum, t.best(e, full))
		}
	}
	return sum
}

// jointChange is what a rule gives to an interest where its options come together.
func (t *table) jointChange(rule, entry int, full bool) *big.Rat {
	sum := new(big.Rat)
	for _, e := range t.rules[rule].effects {
		if e.entry == entry {
			sum.Add(sum, t.worst(e, full))
		}
	}
	return sum
}

// fillBaseline picks the package that every gain is measured from. Where it
// breaks a rule, the issues on which that rule depends fall back to the status
// quo, again and again until no rule is broken; what remains broken then is
// broken by the status quo itself.
func (r *reading) fillBaseline(b Baseline) {
	if r.t.disagreement != nil {
		return
	}
	r.baseline = make([]int, len(r.t.issues))
	if b != Free {
		return
	}
	for i, is := range r.t.issues {
		r.baseline[i] = is.fullest
	}
	for back := true; back; {
		var fall []int
		for _, u := range r.space.Rules {
			if !u.Keeps(r.baseline) {
				fall = append(fall, u.Issues()...)
			}
		}
		back = false
		for _, i := range fall {
			back = back || r.baseline[i] != 0
			r.baseline[i] = 0
		}
	}
}

// statusQuo is the package in which nothing changes.
func (r *reading) statusQuo() []int { return make([]int, len(r.t.issues)) }
