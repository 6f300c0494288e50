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
		select until, number
		from moderation_sanction
		where dialogue = $1 and member = $2 and until > $3
		order by until desc, number`, []any{r.id, m, micros(now)},
		func(scan scan) error {
			s := moderation.Sanction{Member: m}
			var until int64
			err := scan(&until, &s.Case)
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
