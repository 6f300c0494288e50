package store

import (
	"context"
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"

	"parley/account"
	"parley/fault"
)

// MaxPasskeys is how many passkeys one person may have, MaxPasskeyName how long
// the name of one may be, in runes.
const (
	MaxPasskeys    = 30
	MaxPasskeyName = 80
)

const passkeyColumns = `k.id, k.person, k.name, k.public_key, k.counter, k.transports, k.backed_up, k.eligible, k.aaguid,
			p.user_handle, k.created_at, k.used_at`

func scanPasskey(scan scan) (k account.Passkey, person account.PersonID, err error) {
	var counter, created, used int64
	var transports list
	err = scan((*base64url)(&k.ID), &person, &k.Name, (*base64url)(&k.PublicKey), &counter, &transports,
		(*flag)(&k.BackedUp), (*flag)(&k.Eligible), (*base64url)(&k.AAGUID), (*base64url)(&k.UserHandle), &created, &used)
	k.Counter, k.Transports = uint32(counter), transports
	k.CreatedAt, k.UsedAt = moment(created), maybeMoment(used)
	return k, person, err
}

// base64url keeps bytes as text, the same on either engine.
type base64url []byte

func (b *base64url) Scan(from any) error {
	text, err := scanString(from)
	if err == nil {
		*b, err = base64.RawURLEncoding.DecodeString(text)
	}
	return err
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Passkeys lists the person's, the oldest first. UserHandle is that by which all
// of them know the person.
func (s *Store) Passkeys(ctx context.Context, id account.PersonID) (keys []account.Passkey, err error) {
	err = s.read(ctx, func(c conn) error {
		return c.each(`
			select `+passkeyColumns+`
			from passkey k
			join person p on p.id = k.person
			where k.person = $1
			order by k.created_at, k.id`, []any{id},
			func(scan scan) error {
				k, _, err := scanPasskey(scan)
				keys = append(keys, k)
				return err
			})
	})
	return keys, wrapped("list passkeys", err)
}

// UserHandle is by what passkeys know the person: random, and the same for as
// long as there is the account.
func (s *Store) UserHandle(ctx context.Context, id account.PersonID) (handle []byte, err error) {
	found, err := s.point(ctx, `
		select user_handle
		from person
		where id = $1`, []any{id}, (*base64url)(&handle))
	if err == nil && !found {
		err = noPerson()
	}
	return handle, wrapped("read the handle of a person", err)
}

// PasskeyByID finds a passkey and whose it is; fault.Missing where there is none.
func (s *Store) PasskeyByID(ctx context.Context, id []byte) (k account.Passkey, person account.PersonID, err error) {
	err = s.read(ctx, func(c conn) error {
		k, person, err = loadPasskey(c, id)
		return err
	})
	return k, person, wrapped("look up a passkey", err)
}

func loadPasskey(c conn, id []byte) (k account.Passkey, person account.PersonID, err error) {
	found := false
	err = c.each(`
		select `+passkeyColumns+`
		from passkey k
		join person p on p.id = k.person
		where k.id = $1`, []any{encoded(id)},
		func(scan scan) error {
			found = true
			k, person, err = scanPasskey(scan)
			return err
		})
	if err == nil && !found {
		err = noPasskey()
	}
	return k, person, err
}

func noPasskey() error {
	return fault.New(fault.Missing, "account.no-passkey", "this passkey belongs to no account here")
}

// AddPasskey adds a passkey that the caller has verified; fault.Conflict where
// it is somebody's already.
func (s *Store) AddPasskey(ctx context.Context, id account.PersonID, k account.Passkey, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		ways, err := waysIn(c, id)
		if err != nil {
			return err
		}
		if ways.Passkeys >= MaxPasskeys {
			return fault.New(fault.Conflict, "account.passkeys-many", "nobody holds more than %d passkeys: remove one first", MaxPasskeys).With("Most", MaxPasskeys)
		}
		if err := insertPasskey(c, id, k, now); err != nil {
			return err
		}
		return tell(c, id, "passkey-added", now)
	})
	return wrapped("add a passkey", err)
}

func insertPasskey(c conn, id account.PersonID, k account.Passkey, now time.Time) error {
	name, err := passkeyName(k.Name)
	if err != nil {
		return err
	}
	n, err := c.exec(`
		insert into passkey (id, person, name, public_key, counter, transports, backed_up, eligible, aaguid, created_at, used_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
		on conflict (id) do nothing`,
		encoded(k.ID), id, name, encoded(k.PublicKey), int64(k.Counter), list(k.Transports), flag(k.BackedUp), flag(k.Eligible),
		encoded(k.AAGUID), micros(now))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "account.passkey-taken", "this passkey is known already")
	}
	return err
}

func passkeyName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > MaxPasskeyName || !oneLine(name) {
		return "", fault.New(fault.Invalid, "account.passkey-name", "the name of a passkey is one line of 1 to %d characters", MaxPasskeyName).With("Most", MaxPasskeyName)
	}
	return name, nil
}

// RenamePasskey gives one of the person's own another name.
func (s *Store) RenamePasskey(ctx context.Context, id account.PersonID, key []byte, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(c conn) error {
		n, err := c.exec(`
			update passkey
			set name = $3
			where person = $1 and id = $2`, id, encoded(key), name)
		if err == nil && n == 0 {
			return noPasskey()
		}
		return err
	})
	return wrapped("rename a passkey", err)
}

// RemovePasskey is refused where nothing else would open the account.
func (s *Store) RemovePasskey(ctx context.Context, id account.PersonID, key []byte, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		ways, err := waysIn(c, id)
		if err != nil {
			return err
		}
		n, err := c.exec(`
			delete from passkey
			where person = $1 and id = $2`, id, encoded(key))
		if err != nil {
			return err
		}
		if n == 0 {
			return noPasskey()
		}
		if err := ways.Spare(); err != nil {
			return err
		}
		return tell(c, id, "passkey-removed", now)
	})
	return wrapped("remove a passkey", err)
}

// SignInPasskey is the way in, and ProvePasskey is Prove, after a passkey has
// signed: the caller has verified the signature. A counter that went back is
// fault.Denied "account.cloned". A passkey is two factors by itself: what the
// device is, and who may unlock it.
func (s *Store) SignInPasskey(ctx context.Context, used account.Passkey, device string, now time.Time) (o account.Opened, err error) {
	err = s.write(ctx, func(c conn) error {
		person, err := usePasskey(c, used, now)
		if err != nil {
			return err
		}
		o, err = openSession(c, person, device, false, now)
		return err
	})
	return o, wrapped("sign in with a passkey", err)
}

func (s *Store) ProvePasskey(ctx context.Context, session string, used account.Passkey, now time.Time) (o account.Opened, err error) {
	err = s.write(ctx, func(c conn) error {
		open, err := openBy(c, session, now)
		if err != nil {
			return err
		}
		person, err := usePasskey(c, used, now)
		if err != nil {
			return err
		}
		if person != open.Person || open.Halfway {
			return noPasskey()
		}
		o, err = renew(c, open, now)
		return err
	})
	return o, wrapped("prove with a passkey", err)
}

// usePasskey keeps what a passkey said when it signed, and tells whose it is.
func usePasskey(c conn, used account.Passkey, now time.Time) (account.PersonID, error) {
	_, person, err := loadPasskey(c, used.ID)
	if err != nil {
		return "", err
	}
	if err := lockPerson(c, person); err != nil {
		return "", err
	}
	kept, person, err := loadPasskey(c, used.ID) // again: it may have signed elsewhere meanwhile
	if err != nil {
		return "", err
	}
	counter, err := account.NextCounter(kept.Counter, used.Counter)
	if err != nil {
		return "", err
	}
	_, err = c.exec(`
		update passkey
		set counter = $2, backed_up = $3, used_at = $4
		where id = $1`, encoded(used.ID), int64(counter), flag(used.BackedUp), micros(now.UTC().Truncate(24*time.Hour)))
	return person, err
}
