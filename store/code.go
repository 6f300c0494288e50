package store

import (
	"context"
	"time"

	"parley/account"
)

// NewCodes draws ten recovery codes in place of all earlier ones.
func (s *Store) NewCodes(ctx context.Context, id account.PersonID, now time.Time) (codes []string, err error) {
	err = s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		if codes, err = drawCodes(c, id); err != nil {
			return err
		}
		return tell(c, id, "codes-new", now)
	})
	if err != nil {
		return nil, wrapped("draw recovery codes", err)
	}
	return codes, nil
}

func drawCodes(c conn, id account.PersonID) (codes []string, err error) {
	do := series{c: c}
	do.exec(`
		delete from recovery_code
		where person = $1`, id)
	for range account.Codes {
		code := account.RecoveryCode(random(account.CodeLength))
		codes = append(codes, code)
		do.exec(`
			insert into recovery_code (person, digest)
			values ($1, $2)`, id, account.CodeDigest(id, code))
	}
	return codes, do.err
}

// useRecoveryCode uses a code up; false where the person has no such code.
func useRecoveryCode(c conn, id account.PersonID, typed string, now time.Time) (bool, error) {
	code, ok := account.AsRecoveryCode(typed)
	if !ok {
		return false, nil
	}
	n, err := c.exec(`
		delete from recovery_code
		where person = $1 and digest = $2`, id, account.CodeDigest(id, code))
	if err != nil || n == 0 {
		return false, err
	}
	return true, tell(c, id, "codes-used", now)
}
