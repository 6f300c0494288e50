package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// React gives a mark to somebody else's words, or takes it back.
func (s *Store) React(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, mark writing.Reaction, on bool, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.React, func(r room) error {
		if !slices.Contains(writing.AllReactions, mark) {
			return fault.New(fault.Invalid, "writing.mark", "%q is no mark", mark)
		}
		b, err := r.readable(n)
		switch {
		case err != nil:
			return err
		case b.state != writing.Shown:
			return noItem()
		case r.isMine(b):
			return fault.New(fault.Denied, "writing.mark-own", "nobody marks their own words")
		}
		query := `
			insert into reaction (dialogue, item, member, mark)
			values ($1, $2, $3, $4)
			on conflict (dialogue, item, member, mark) do nothing`
		if !on {
			query = `
				delete from reaction
				where dialogue = $1 and item = $2 and member = $3 and mark = $4`
		}
		changed, err := r.exec(query, id, int64(n), r.who.Member, string(mark))
		if err != nil || changed == 0 {
			return err
		}
		return r.reckonMarks(n)
	})
	if err != nil {
		return fmt.Errorf("mark #%d of %s: %w", n, id, err)
	}
	return nil
}
