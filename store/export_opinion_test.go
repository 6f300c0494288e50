package store

import (
	"context"
	"crypto/rand"
	"time"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// BreakDue makes another rule say when something is told, for tests that must
// catch it.
func (s *Store) BreakDue(due func(n, fresh int) bool) { s.due = due }

// Token is that of a card for the member.
func (s *Store) Token(id dialogue.ID, n writing.ID, m dialogue.MemberID, now time.Time) string {
	return opinion.Serve(s.key(tokens), id, n, m, rand.Text(), now)
}

// Regrouped lists the voters whose group is other than what holds of them.
func (s *Store) Regrouped(ctx context.Context, id dialogue.ID) (wrong []dialogue.MemberID, err error) {
	type row struct {
		group opinion.Group
		known bool
	}
	rows := map[dialogue.MemberID]row{}
	err = s.read(ctx, func(c conn) error {
		if err := c.each(`
			select member, grp, known
			from voter
			where dialogue = $1`, []any{id}, func(scan scan) error {
			var m dialogue.MemberID
			var r row
			err := scan(&m, &r.group, (*flag)(&r.known))
			rows[m] = r
			return err
		}); err != nil {
			return err
		}
		for m, r := range rows {
			f, err := (room{conn: c, id: id}).facts(m, r.known)
			if err != nil {
				return err
			}
			if f.Group() != r.group {
				wrong = append(wrong, m)
			}
		}
		return nil
	})
	return wrong, err
}
