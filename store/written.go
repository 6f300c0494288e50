package store

import (
	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
)

func saveWritten(s *series, d *dossier.Dossier) {
	w, id := d.Table, d.Dialogue.ID
	if w == nil {
		return
	}
	r := w.Roles
	s.exec(`
		insert into written (dialogue, roles_set, role_none, role_minor, role_medium, role_important, role_key,
			role_unknown_low, role_unknown_high)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, r.Set, r.None.String(), r.Minor.String(), r.Medium.String(), r.Important.String(), r.Key.String(),
		r.UnknownLow.String(), r.UnknownHigh.String())
	for p, v := range w.Disagreement {
		s.exec(`
			insert into written_disagreement (dialogue, side, position, value)
			values ($1, $2, $3, $4)`,
			id, v.Side, p, v.Value.String())
	}
	for p, v := range w.Cap {
		s.exec(`
			insert into written_cap (dialogue, side, position, value)
			values ($1, $2, $3, $4)`,
			id, v.Side, p, v.Value.String())
	}
	for p, issue := range w.Issues {
		s.exec(`
			insert into written_issue (dialogue, id, position, title)
			values ($1, $2, $3, $4)`,
			id, issue.Topic, p, text(issue.Title))
		for p, o := range issue.Options {
			saveOption(s, id, issue.Topic, p, o)
		}
	}
	for n, rule := range w.Rules {
		saveRule(s, id, n, rule)
	}
}

func saveOption(s *series, id dialogue.ID, issue interest.TopicID, position int, o deal.WrittenOption) {
	s.exec(`
		insert into written_option (dialogue, issue, id, position, title)
		values ($1, $2, $3, $4, $5)`,
		id, issue, o.ID, position, text(o.Title))
	for p, e := range o.Effects {
		s.exec(`
			insert into written_effect (dialogue, issue, option, position, interest, value)
			values ($1, $2, $3, $4, $5, $6)`,
			id, issue, o.ID, p, e.Interest, e.Value.String())
	}
	for p, v := range o.Points {
		s.exec(`
			insert into written_point (dialogue, issue, option, position, side, value)
			values ($1, $2, $3, $4, $5, $6)`,
			id, issue, o.ID, p, v.Side, v.Value.String())
	}
}

func loadWritten(s *series, id dialogue.ID) *deal.Written {
	var written *deal.Written
	s.each(`
		select roles_set, role_none, role_minor, role_medium, role_important, role_key, role_unknown_low, role_unknown_high
		from written
		where dialogue = $1`, []any{id},
		func(scan scan) error {
			written = &deal.Written{}
			var r deal.RoleNumbers
			err := scan(&r.Set, fraction{&r.None}, fraction{&r.Minor}, fraction{&r.Medium}, fraction{&r.Important}, fraction{&r.Key},
				fraction{&r.UnknownLow}, fraction{&r.UnknownHigh})
			if r.Set {
				written.Roles = r
			}
			return err
		})
	if written == nil {
		return nil
	}
	s.each(`
		select side, value
		from written_disagreement
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var v deal.SidePoints
			err := scan(&v.Side, fraction{&v.Value})
			written.Disagreement = append(written.Disagreement, v)
			return err
		})
	s.each(`
		select side, value
		from written_cap
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var v deal.SidePoints
			err := scan(&v.Side, fraction{&v.Value})
			written.Cap = append(written.Cap, v)
			return err
		})
	loadIssues(s, id, written)
	loadRules(s, id, written)
	return written
}

func loadIssues(s *series, id dialogue.ID, w *deal.Written) {
	effects, points := map[deal.OptionRef][]deal.WrittenEffect{}, map[deal.OptionRef][]deal.SidePoints{}
	s.each(`
		select issue, option, interest, value
		from written_effect
		where dialogue = $1
		order by issue, option, position`, []any{id},
		func(scan scan) error {
			var o deal.OptionRef
			var e deal.WrittenEffect
			err := scan(&o.Topic, &o.Option, &e.Interest, fraction{&e.Value})
			effects[o] = append(effects[o], e)
			return err
		})
	s.each(`
		select issue, option, side, value
		from written_point
		where dialogue = $1
		order by issue, option, position`, []any{id},
		func(scan scan) error {
			var o deal.OptionRef
			var v deal.SidePoints
			err := scan(&o.Topic, &o.Option, &v.Side, fraction{&v.Value})
			points[o] = append(points[o], v)
			return err
		})
	options := map[interest.TopicID][]deal.WrittenOption{}
	s.each(`
		select issue, id, title
		from written_option
		where dialogue = $1
		order by issue, position`, []any{id},
		func(scan scan) error {
			var issue interest.TopicID
			var o deal.WrittenOption
			err := scan(&issue, &o.ID, (*text)(&o.Title))
			ref := deal.OptionRef{Topic: issue, Option: o.ID}
			o.Effects, o.Points = effects[ref], points[ref]
			options[issue] = append(options[issue], o)
			return err
		})
	s.each(`
		select id, title
		from written_issue
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var i deal.WrittenIssue
			err := scan(&i.Topic, (*text)(&i.Title))
			i.Options = options[i.Topic]
			w.Issues = append(w.Issues, i)
			return err
		})
}
