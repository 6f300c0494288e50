package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

// SignInIdentity opens a session for a person whom an OpenID provider has
// named; fault.Missing "account.no-identity" where no account has it. Where a
// second factor is set, the session is halfway: the provider is the first.
func (s *Store) SignInIdentity(ctx context.Context, i account.Identity, device string, now time.Time) (o account.Opened, err error) {
	err = s.write(ctx, func(c conn) error {
		var person account.PersonID
		var second flag
		found, err := c.one(`
			select i.person, (select count(1) from totp t where t.person = i.person and t.confirmed = 1)
			from identity i
			where i.issuer = $1 and i.subject = $2`, []any{i.Issuer, i.Subject}, &person, &second)
		if err != nil {
			return err
		}
		if !found {
			return noIdentity()
		}
		o, err = openSession(c, person, device, bool(second), now)
		return err
	})
	return o, wrapped("sign in with a provider", err)
}

func noIdentity() error {
	return fault.New(fault.Missing, "account.no-identity", "no account here is tied to this one of the provider")
}

// Identities lists those that open the account, the oldest first.
func (s *Store) Identities(ctx context.Context, id account.PersonID) (list []account.Identity, err error) {
	err = s.read(ctx, func(c conn) error {
		return c.each(`
			select issuer, subject, label, created_at
			from identity
			where person = $1
			order by created_at, issuer, subject`, []any{id},
			func(scan scan) error {
				var i account.Identity
				var created int64
				err := scan(&i.Issuer, &i.Subject, &i.Label, &created)
				i.CreatedAt = moment(created)
				list = append(list, i)
				return err
			})
	})
	return list, wrapped("list identities", err)
}

// LinkIdentity lets an account of a provider open this one too; fault.Conflict
// where it opens another.
func (s *Store) LinkIdentity(ctx context.Context, id account.PersonID, i account.Identity, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		if err := insertIdentity(c, id, i, now); err != nil {
			return err
		}
		return tell(c, id, "identity-added", now)
	})
	return wrapped("link an identity", err)
}

func insertIdentity(c conn, id account.PersonID, i account.Identity, now time.Time) error {
	n, err := c.exec(`
		insert into identity (issuer, subject, person, label, created_at)
		values ($1, $2, $3, $4, $5)
		on conflict (issuer, subject) do nothing`, i.Issuer, i.Subject, id, deviceName(i.Label), micros(now))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "account.identity-taken", "that account of the provider opens an account here already")
	}
	return err
}

// UnlinkIdentity is refused where nothing else would open the account.
func (s *Store) UnlinkIdentity(ctx context.Context, id account.PersonID, issuer, subject string, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		ways, err := waysIn(c, id)
		if err != nil {
			return err
		}
		n, err := c.exec(`
			delete from identity
			where person = $1 and issuer = $2 and subject = $3`, id, issuer, subject)
		if err != nil {
			return err
		}
		if n == 0 {
			return noIdentity()
		}
		if err := ways.Spare(); err != nil {
			return err
		}
		return tell(c, id, "identity-removed", now)
	})
	return wrapped("unlink an identity", err)
}
