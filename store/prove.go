package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

func wrongCode() error {
	return fault.New(fault.Invalid, "account.code", "this code is not right, or was used before")
}

func tooMany(wait time.Duration) error {
	return fault.New(fault.Throttled, "account.too-many", "too many wrong tries: wait %s", wait.Round(time.Minute)).With("Wait", wait)
}

// ProveCode ends a halfway session, named by its secret, with a code from an app
// or a recovery code, and opens a full one in its place.
func (s *Store) ProveCode(ctx context.Context, session, code string, now time.Time) (o account.Opened, err error) {
	half, err := s.sessionOf(ctx, session, now)
	if err != nil {
		return o, wrapped("prove with a code", err)
	}
	err = s.codeGuess(ctx, half.Person, code, now, func(c conn) error {
		half, err := openBy(c, session, now)
		if err != nil {
			return err
		}
		if _, err := c.exec(`
			delete from session
			where id = $1`, half.Session.ID); err != nil {
			return err
		}
		o, err = openSession(c, half.Person, half.Session.Device, false, now)
		return err
	})
	if err != nil {
		return account.Opened{}, wrapped("prove with a code", err)
	}
	return o, nil
}

// Prove proves again who the person is, with their password, a code of their app
// or a recovery code, and gives the session, named by its secret, a new secret.
// Who has none of these signs in anew.
func (s *Store) Prove(ctx context.Context, session, password string, now time.Time) (o account.Opened, err error) {
	open, err := s.sessionOf(ctx, session, now)
	if err == nil && open.Halfway {
		err = signedOut()
	}
	if err != nil {
		return o, wrapped("prove again", err)
	}
	again := func(c conn) (err error) {
		if open, err = openBy(c, session, now); err != nil {
			return err
		}
		o, err = renew(c, open, now)
		return err
	}
	_, app := account.AsTOTP(password)
	_, recovery := account.AsRecoveryCode(password)
	if app || recovery {
		err = s.codeGuess(ctx, open.Person, password, now, again)
		if app || !fault.Is(err, fault.Invalid) { // a password may look like a recovery code
			return o, wrapped("prove again", err)
		}
	}
	return o, wrapped("prove again", s.passwordGuess(ctx, open.Person, password, now, again))
}

// sessionOf is the session that a secret names, before a deed.
func (s *Store) sessionOf(ctx context.Context, session string, now time.Time) (o account.Opened, err error) {
	err = s.read(ctx, func(c conn) error {
		o, err = openBy(c, session, now)
		return err
	})
	return o, err
}

// codeGuess does a deed if the code is right. Only the six digits of an app can
// be guessed; a recovery code cannot, and stays a way in when others have used up
// the guesses.
func (s *Store) codeGuess(ctx context.Context, id account.PersonID, code string, now time.Time, do deed) error {
	_, app := account.AsTOTP(code)
	guessed := s.guessedCode(id)
	if app {
		wait, ok, err := s.guess(ctx, guessed, account.GuessCode, now)
		if err != nil {
			return err
		}
		if !ok {
			return tooMany(wait)
		}
	}
	return s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		use := useRecoveryCode
		if app {
			use = s.useTOTP
		}
		right, err := use(c, id, code, now)
		if err != nil {
			return err
		}
		if !right {
			return wrongCode()
		}
		if app {
			if err := unguess(c, guessed, now); err != nil {
				return err
			}
		}
		return do(c)
	})
}

// passwordGuess does a deed if the password is right, for somebody who is signed
// in: their guesses are counted apart from those of strangers. A password that was
// changed while it was being checked proves nothing.
func (s *Store) passwordGuess(ctx context.Context, id account.PersonID, password string, now time.Time, do deed) error {
	var hash string
	found, err := s.point(ctx, `
		select hash
		from password
		where person = $1`, []any{id}, &hash)
	if err != nil {
		return err
	}
	if !found || len(password) > maxTyped {
		return wrongProof()
	}
	guessed := s.guessedProof(id)
	wait, ok, err := s.guess(ctx, guessed, account.GuessDevice, now)
	if err != nil {
		return err
	}
	if !ok {
		return tooMany(wait)
	}
	right, err := s.hasher.Matches(ctx, hash, password)
	if err != nil {
		return err
	}
	if !right {
		return wrongProof()
	}
	return s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		still, err := c.one(`
			select 1
			from password
			where person = $1 and hash = $2`, []any{id, hash}, new(int))
		if err != nil {
			return err
		}
		if !still {
			return wrongProof()
		}
		if err := unguess(c, guessed, now); err != nil {
			return err
		}
		return do(c)
	})
}

func wrongProof() error {
	return fault.New(fault.Invalid, "account.wrong-proof", "that proves nothing for this account")
}
