package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

// Erase removes the person: account, memberships, consents, recommendations,
// letters. What they wrote in dialogues stays under a neutral name, or goes too.
// A job then cleans the file of what is left of it on disk.
func (s *Store) Erase(ctx context.Context, id account.PersonID, keepWritten bool, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		found, err := c.one(`
			select id
			from person
			where id = $1`, []any{id}, new(string))
		if err == nil && !found {
			err = fault.New(fault.Missing, "store.no-person", "there is no such account")
		}
		if err != nil {
			return err
		}
		if err := eraseMemberships(c, id, keepWritten, now); err != nil {
			return err
		}
		// Whatever names the account goes with it: see the foreign keys.
		if _, err := c.exec(`
			delete from person
			where id = $1`, id); err != nil {
			return err
		}
		return queueScrub(c, now)
	})
	return wrapped("erase an account", err)
}
