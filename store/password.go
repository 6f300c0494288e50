package store

import (
	"context"
	"time"

	"parley/account"
)

// SetPassword sets or changes the password, ends all sessions but the one of
// that public id and all tokens, and tells the person by letter where they have
// an address.
func (s *Store) SetPassword(ctx context.Context, id account.PersonID, session, password string, now time.Time) error {
	hash, err := s.newHash(ctx, id, password)
	if err != nil {
		return wrapped("set a password", err)
	}
	err = s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		return s.changePassword(c, id, session, hash, now)
	})
	return wrapped("set a password", err)
}

// newHash checks a new password of a person and hashes it, outside of any deed.
func (s *Store) newHash(ctx context.Context, id account.PersonID, password string) (string, error) {
	var name string
	found, err := s.point(ctx, `
		select name
		from person
		where id = $1`, []any{id}, &name)
	if err != nil {
		return "", err
	}
	if !found {
		return "", noPerson()
	}
	if err := account.CheckPassword(password, name); err != nil {
		return "", err
	}
	return s.hasher.Hash(ctx, password, random(account.SaltLength))
}

// changePassword keeps the hash; whoever came in by the old password is out, and
// so is whoever waits to come in by a link, or made a token or a key for feeds
// meanwhile.
func (s *Store) changePassword(c conn, id account.PersonID, session, hash string, now time.Time) error {
	if err := savePassword(c, id, hash, now); err != nil {
		return err
	}
	if err := endSessions(c, id, session); err != nil {
		return err
	}
	if err := s.forgetGuesses(c, id); err != nil {
		return err
	}
	do := series{c: c}
	do.exec(`
		delete from link
		where person = $1 and kind = 'reset'`, id)
	do.exec(`
		delete from token
		where person = $1`, id)
	do.exec(`
		delete from feed_key
		where person = $1`, id)
	if do.err != nil {
		return do.err
	}
	return tell(c, id, "password-changed", now)
}

func savePassword(c conn, id account.PersonID, hash string, now time.Time) error {
	_, err := c.exec(`
		insert into password (person, hash, changed_at)
		values ($1, $2, $3)
		on conflict (person) do update
		set hash = excluded.hash, changed_at = excluded.changed_at`, id, hash, micros(now))
	return err
}

// RemovePassword is refused where nothing else would open the account.
func (s *Store) RemovePassword(ctx context.Context, id account.PersonID, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		ways, err := waysIn(c, id)
		if err != nil || !ways.Password {
			return err
		}
		if err := ways.Spare(); err != nil {
			return err
		}
		if _, err := c.exec(`
			delete from password
			where person = $1`, id); err != nil {
			return err
		}
		return tell(c, id, "password-removed", now)
	})
	return wrapped("remove a password", err)
}

// waysIn are the ways into an account, kept from changing until the deed ends.
func waysIn(c conn, id account.PersonID) (w account.Ways, err error) {
	if err := lockPerson(c, id); err != nil {
		return w, err
	}
	_, err = c.one(`
		select (select count(1) from password w where w.person = p.id),
			(select count(1) from passkey k where k.person = p.id),
			(select count(1) from identity i where i.person = p.id)
		from person p
		where p.id = $1`, []any{id}, (*flag)(&w.Password), &w.Passkeys, &w.Identities)
	return w, err
}
