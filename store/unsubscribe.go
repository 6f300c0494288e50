package store

import (
	"context"
	"time"

	"parley/account"
	"parley/notice"
)

// unsubscribeLasts is how long a letter that went out can be answered with "no
// more".
const unsubscribeLasts = 60 * 24 * time.Hour

// unsubscribeSecret makes the secret of a letter that is about to go out.
func unsubscribeSecret(c conn, person account.PersonID, now time.Time) (string, error) {
	made := secret()
	_, err := c.exec(`
		insert into unsubscribe (digest, person, until_at)
		values ($1, $2, $3)`, account.Digest(made), person, micros(now.Add(unsubscribeLasts)))
	return made, err
}

// Unsubscribe ends letters by the secret of a letter, however often it is asked:
// letters alone, what is on the bell stays. A secret that is not known, or too
// old, changes nothing and is no error, so that nobody learns which are good.
func (s *Store) Unsubscribe(ctx context.Context, secret string, now time.Time) error {
	if len(secret) > 200 {
		return nil
	}
	var person account.PersonID
	found, err := s.point(ctx, `
		select person
		from unsubscribe
		where digest = $1 and until_at > $2`, []any{account.Digest(secret), micros(now)}, &person)
	if err != nil || !found {
		return wrapped("end letters", err)
	}
	err = s.writeLight(ctx, func(c conn) error {
		if err := lockPerson(c, person); err != nil {
			return err
		}
		p, err := loadPostal(c, person)
		if err != nil {
			return err
		}
		return saveNotices(c, person, withoutLetters(p.settings))
	})
	return wrapped("end letters", err)
}

func withoutLetters(n notice.Settings) notice.Settings {
	n.Letters = false
	return n
}
