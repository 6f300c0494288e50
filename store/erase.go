package store

import (
	"context"
	"time"

	"parley/account"
)

// Erase removes the person: account, memberships, consents, recommendations,
// letters. What they wrote in dialogues stays under a neutral name, or goes too.
// A job then cleans the file of what is left of it on disk.
func (s *Store) Erase(ctx context.Context, id account.PersonID, keepWritten bool, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
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
