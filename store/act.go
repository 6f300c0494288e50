package store

import (
	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
)

// actOwner is what an act belongs to: a topic, a named matter, or an option of
// an issue. The other fields are empty.
type actOwner struct {
	topic  interest.TopicID
	named  string
	issue  interest.TopicID
	option string
}

// acts calls visit for every place of the dossier where an act may stand.
func acts(d *dossier.Dossier, visit func(owner actOwner, act **interest.Act)) {
	for i := range d.Topics {
		visit(actOwner{topic: d.Topics[i].ID}, &d.Topics[i].Act)
	}
	for i := range d.Named {
		visit(actOwner{named: d.Named[i].ID}, &d.Named[i].Act)
	}
	if d.Table == nil {
		return
	}
	for _, issue := range d.Table.Issues {
		for i := range issue.Options {
			visit(actOwner{issue: issue.Topic, option: issue.Options[i].ID}, &issue.Options[i].Act)
		}
	}
}

func saveActs(s *series, d *dossier.Dossier) {
	id, number := d.Dialogue.ID, 0
	acts(d, func(owner actOwner, at **interest.Act) {
		act := *at
		if act == nil {
			return
		}
		s.exec(`
			insert into act (dialogue, number, topic, named, issue, option, title, by_side, by_name)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			id, number, optional(owner.topic), optional(owner.named), optional(owner.issue), optional(owner.option),
			text(act.Title), optional(act.By.Side), text(act.By.Name))
		for p, side := range act.Actors {
			s.exec(`
				insert into act_actor (dialogue, act, side, position)
				values ($1, $2, $3, $4)`,
				id, number, side, p)
		}
		number++
	})
}

// loadActs puts the acts where they belong.
func loadActs(s *series, d *dossier.Dossier) {
	id := d.Dialogue.ID
	actors := map[int][]dialogue.SideID{}
	s.each(`
		select act, side
		from act_actor
		where dialogue = $1
		order by act, position`, []any{id},
		func(scan scan) error {
			var n int
			var side dialogue.SideID
			err := scan(&n, &side)
			actors[n] = append(actors[n], side)
			return err
		})
	found := map[actOwner]*interest.Act{}
	s.each(`
		select number, coalesce(topic, ''), coalesce(named, ''), coalesce(issue, ''), coalesce(option, ''),
			title, coalesce(by_side, ''), by_name
		from act
		where dialogue = $1`, []any{id},
		func(scan scan) error {
			var n int
			var o actOwner
			var a interest.Act
			err := scan(&n, &o.topic, &o.named, &o.issue, &o.option, (*text)(&a.Title), &a.By.Side, (*text)(&a.By.Name))
			a.Actors = actors[n]
			found[o] = &a
			return err
		})
	acts(d, func(owner actOwner, act **interest.Act) { *act = found[owner] })
}
