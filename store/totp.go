package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

// sealTOTP is for what the secrets of apps are sealed.
const sealTOTP = "totp"

// StartTOTP draws a secret, in base32 as apps take it, that counts once
// ConfirmTOTP has seen a code of it. An app that counts already goes on counting
// until then.
func (s *Store) StartTOTP(ctx context.Context, id account.PersonID, now time.Time) (secret string, err error) {
	raw := random(account.TOTPLength)
	sealed, err := s.seal(sealTOTP, string(id), raw)
	if err != nil {
		return "", wrapped("start an app", err)
	}
	err = s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		_, err := c.exec(`
			insert into totp (person, confirmed, sealed, last_step, created_at)
			values ($1, 0, $2, 0, $3)
			on conflict (person, confirmed) do update
			set sealed = excluded.sealed, created_at = excluded.created_at`, id, sealed, micros(now))
		return err
	})
	if err != nil {
		return "", wrapped("start an app", err)
	}
	return account.TOTPSecret(raw), nil
}

// ConfirmTOTP makes the app count whose code it sees: from now on a password
// alone opens nothing.
func (s *Store) ConfirmTOTP(ctx context.Context, id account.PersonID, code string, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		step, right, err := s.matchTOTP(c, id, false, code, now)
		if err != nil {
			return err
		}
		if !right {
			return wrongCode()
		}
		do := series{c: c}
		do.exec(`
			delete from totp
			where person = $1 and confirmed = 1`, id)
		do.exec(`
			update totp
			set confirmed = 1, last_step = $2
			where person = $1`, id, step)
		if do.err != nil {
			return do.err
		}
		return tell(c, id, "totp-on", now)
	})
	return wrapped("confirm an app", err)
}

// StopTOTP takes the app away, whether it counts or waits for its first code.
func (s *Store) StopTOTP(ctx context.Context, id account.PersonID, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		n, err := c.exec(`
			delete from totp
			where person = $1`, id)
		if err != nil || n == 0 {
			return err
		}
		return tell(c, id, "totp-off", now)
	})
	return wrapped("stop an app", err)
}

// matchTOTP looks whether the code is one of the person's app, the one that
// counts or the one that waits.
func (s *Store) matchTOTP(c conn, id account.PersonID, confirmed bool, typed string, now time.Time) (step int64, right bool, err error) {
	var sealed string
	var last int64
	found, err := c.one(`
		select sealed, last_step
		from totp
		where person = $1 and confirmed = $2`, []any{id, flag(confirmed)}, &sealed, &last)
	if err != nil {
		return 0, false, err
	}
	if !found {
		return 0, false, fault.New(fault.Missing, "account.no-totp", "this account has no app for codes")
	}
	secret, err := s.unseal(sealTOTP, string(id), sealed)
	if err != nil {
		return 0, false, err
	}
	code, _ := account.AsTOTP(typed)
	step, right = account.MatchTOTP(secret, code, now, last)
	return step, right, nil
}

// useTOTP uses a code of the person's app up; false where it is wrong or was
// used before.
func (s *Store) useTOTP(c conn, id account.PersonID, typed string, now time.Time) (bool, error) {
	step, right, err := s.matchTOTP(c, id, true, typed, now)
	if fault.Is(err, fault.Missing) {
		return false, nil // a code of no app
	}
	if err != nil || !right {
		return false, err
	}
	_, err = c.exec(`
		update totp
		set last_step = $2
		where person = $1 and confirmed = 1`, id, step)
	return err == nil, err
}
