package store

import (
	"context"
	"strings"
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
		if err := eraseMessages(c, id); err != nil {
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

// eraseMessages removes letters to others in which the person's confirmed address
// stands, such as what they wrote through the page "Contact".
func eraseMessages(c conn, id account.PersonID) error {
	var address string
	found, err := c.one(`
		select email_folded
		from person
		where id = $1 and email_folded is not null`, []any{id}, &address)
	if err != nil || !found {
		return err
	}
	var naming []string
	err = c.each(`
		select id, address, args
		from letter
		where address <> '' or args <> '{}'`, nil,
		func(scan scan) error {
			var letter, to, args string
			err := scan(&letter, &to, &args)
			if strings.Contains(account.FoldEmail(to+" "+args), address) {
				naming = append(naming, letter)
			}
			return err
		})
	if err != nil {
		return err
	}
	d := &series{c: c}
	for _, letter := range naming {
		d.exec(`
			delete from letter
			where id = $1`, letter)
	}
	return d.err
}
