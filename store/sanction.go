package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/moderation"
)

// MySanctions are those that hold for the actor, the one that ends last first.
func (s *Store) MySanctions(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) (list []moderation.Sanction, err error) {
	err = s.read(ctx, func(c conn) error {
		who, d, err := allowed(c, id, actor, dialogue.BeMember)
		if err != nil {
			return err
		}
		list, err = room{conn: c, id: id, actor: actor, who: who, d: d}.sanctions(who.Member, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what keeps the actor from writing in %s: %w", id, err)
	}
	return list, nil
}

// sanctions are those of a member that hold.
func (r room) sanctions(m dialogue.MemberID, now time.Time) (list []moderation.Sanction, err error) {
	err = r.each(`
		select s.until, s.number, c.item, c.lang, d.reason, d.text, d.lang
		from moderation_sanction s
		join moderation_case c on c.dialogue = s.dialogue and c.number = s.number
		join moderation_decision d on d.dialogue = s.dialogue and d.number = s.number and d.step = (
			select max(n.step)
			from moderation_decision n
			where n.dialogue = s.dialogue and n.number = s.number and n.verdict <> 'keep' and n.appeal = 0)
		where s.dialogue = $1 and s.member = $2 and s.until > $3
		order by s.until desc, s.number`, []any{r.id, m, micros(now)},
		func(scan scan) error {
			s := moderation.Sanction{Member: m}
			var until int64
			err := scan(&until, &s.Case, (*int64)(&s.Of), &s.Lang, &s.Reason, &s.Text, &s.In)
			s.Until = moment(until)
			list = append(list, s)
			return err
		})
	return list, err
}

// sanction is the one that ends last; nil where none holds.
func (r room) sanction(m dialogue.MemberID, now time.Time) (*moderation.Sanction, error) {
	list, err := r.sanctions(m, now)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
