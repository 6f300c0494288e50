package store

import (
	"parley/deal"
	"parley/dialogue"
)

// ruleParts are the lists of options that a rule has, as written_rule_option
// names them.
var ruleParts = []string{"requires", "excludes", "together"}

func rulePart(r *deal.Rule, part string) *[]deal.OptionRef {
	switch part {
	case "requires":
		return &r.Requires
	case "excludes":
		return &r.Excludes
	}
	return &r.Together
}

func saveRule(s *series, id dialogue.ID, number int, r deal.Rule) {
	var when deal.OptionRef // the first condition; written_rule_when has the others
	if len(r.When) > 0 {
		when = r.When[0]
	}
	s.exec(`
		insert into written_rule (dialogue, number, option_issue, option_id, at_least, side,
			refuses_issue, refuses_id, not_below, when_issue, when_id, note)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		id, number, r.Option.Topic, r.Option.Option, r.AtLeast, optional(r.Side),
		r.Refuses.Topic, r.Refuses.Option, optional(r.NotBelow), when.Topic, when.Option, text(r.Note))
	for _, part := range ruleParts {
		for p, o := range *rulePart(&r, part) {
			s.exec(`
				insert into written_rule_option (dialogue, rule, part, position, issue, option)
				values ($1, $2, $3, $4, $5, $6)`,
				id, number, part, p, o.Topic, o.Option)
		}
	}
	for p, e := range r.Effects {
		s.exec(`
			insert into written_rule_effect (dialogue, rule, position, interest, value)
			values ($1, $2, $3, $4, $5)`,
			id, number, p, e.Interest, e.Value.String())
	}
	for p, v := range r.Points {
		s.exec(`
			insert into written_rule_point (dialogue, rule, position, side, value)
			values ($1, $2, $3, $4, $5)`,
			id, number, p, v.Side, v.Value.String())
	}
	for p, o := range r.When {
		if p > 0 {
			s.exec(`
				insert into written_rule_when (dialogue, rule, position, issue, option)
				values ($1, $2, $3, $4, $5)`,
				id, number, p, o.Topic, o.Option)
		}
	}
}

func loadRules(s *series, id dialogue.ID, w *deal.Written) {
	index := map[int]int{} // number of a rule to its place
	s.each(`
		select number, option_issue, option_id, at_least, coalesce(side, ''),
			refuses_issue, refuses_id, coalesce(not_below, ''), when_issue, when_id, note
		from written_rule
		where dialogue = $1
		order by number`, []any{id},
		func(scan scan) error {
			var n int
			var r deal.Rule
			var when deal.OptionRef
			err := scan(&n, &r.Option.Topic, &r.Option.Option, &r.AtLeast, &r.Side,
				&r.Refuses.Topic, &r.Refuses.Option, &r.NotBelow, &when.Topic, &when.Option, (*text)(&r.Note))
			if when.Option != "" {
				r.When = append(r.When, when)
			}
			index[n] = len(w.Rules)
			w.Rules = append(w.Rules, r)
			return err
		})
	s.each(`
		select rule, part, issue, option
		from written_rule_option
		where dialogue = $1
		order by rule, part, position`, []any{id},
		func(scan scan) error {
			var n int
			var part string
			var o deal.OptionRef
			if err := scan(&n, &part, &o.Topic, &o.Option); err != nil {
				return err
			}
			options := rulePart(&w.Rules[index[n]], part)
			*options = append(*options, o)
			return nil
		})
	s.each(`
		select rule, interest, value
		from written_rule_effect
		where dialogue = $1
		order by rule, position`, []any{id},
		func(scan scan) error {
			var n int
			var e deal.WrittenEffect
			if err := scan(&n, &e.Interest, fraction{&e.Value}); err != nil {
				return err
			}
			r := &w.Rules[index[n]]
			r.Effects = append(r.Effects, e)
			return nil
		})
	loadRuleDetails(s, id, w, index)
}

// loadRuleDetails reads the points of rules and their further conditions.
func loadRuleDetails(s *series, id dialogue.ID, w *deal.Written, index map[int]int) {
	s.each(`
		select rule, side, value
		from written_rule_point
		where dialogue = $1
		order by rule, position`, []any{id},
		func(scan scan) error {
			var n int
			var v deal.SidePoints
			if err := scan(&n, &v.Side, fraction{&v.Value}); err != nil {
				return err
			}
			r := &w.Rules[index[n]]
			r.Points = append(r.Points, v)
			return nil
		})
	s.each(`
		select rule, issue, option
		from written_rule_when
		where dialogue = $1
		order by rule, position`, []any{id},
		func(scan scan) error {
			var n int
			var o deal.OptionRef
			if err := scan(&n, &o.Topic, &o.Option); err != nil {
				return err
			}
			r := &w.Rules[index[n]]
			r.When = append(r.When, o)
			return nil
		})
}
