package store

import (
	"context"
	"regexp"
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
// stands, such as what they wrote through the page "Contact" without being signed
// in.
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
	alone := standsAlone(address)
	err = c.each(`
		select `+letterColumns+`
		from letter l
		where l.address <> '' or l.args <> '{}'`, nil,
		func(scan scan) error {
			l, err := scanLetter(scan)
			names := account.FoldEmail(l.To) == address
			for _, words := range l.Args {
				names = names || alone.MatchString(account.FoldEmail(words))
			}
			if names {
				naming = append(naming, l.ID)
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

// standsAlone finds a folded address in folded text where it is no part of a
// longer one, which would be somebody else's: signs of addresses around it count
// only with a letter or a digit behind them, since a sentence may end there, or
// quote.
func standsAlone(address string) *regexp.Regexp {
	const signs = "!#$%&'*+/=?^_`{|}~.\\-"
	return regexp.MustCompile(`(?:^|[^\pL\pN@` + signs + `])[` + signs + `]*` + regexp.QuoteMeta(address) + `[.-]*(?:$|[^\pL\pN@.-])`)
}
