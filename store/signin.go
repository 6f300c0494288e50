package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"parley/account"
	"parley/fault"
)

// maxTyped is how many bytes of a password are looked at: more is wrong.
const maxTyped = 8 * account.MaxPassword

// wrong is the one answer to a wrong name, a wrong password, and a right one
// after too many guesses.
func wrong() error {
	return fault.New(fault.Invalid, "account.wrong", "name and password do not belong together, or strangers have guessed too often today")
}

// entry is what decides about signing in with a password.
type entry struct {
	person    account.PersonID // empty: there is nobody of that name
	hash      string           // account.NoHash where there is no password
	changedAt int64
	second    bool // a code is due after the password
}

// findEntry looks a person up by name or confirmed address.
func (s *Store) findEntry(ctx context.Context, name string) (e entry, err error) {
	query := `
		select p.id, coalesce(w.hash, ''), coalesce(w.changed_at, 0), (select count(1) from totp t where t.person = p.id and t.confirmed = 1)
		from person p
		left join password w on w.person = p.id
		where p.name = $1`
	if account.IsEmail(name) {
		query = strings.Replace(query, "p.name = $1", "p.email_folded = $1", 1)
	}
	_, err = s.point(ctx, query, []any{account.FoldName(name)}, &e.person, &e.hash, &e.changedAt, (*flag)(&e.second))
	if e.hash == "" {
		e.hash = account.NoHash
	}
	return e, err
}

// SignIn opens a session with a name (or confirmed e-mail address) and a
// password. A wrong name and a wrong password are one and the same fault
// "account.wrong" and cost the same time. knownDevice is a secret that
// KnownDevice gave to this device, or empty. Where a second factor is set, the
// session is halfway.
func (s *Store) SignIn(ctx context.Context, name, password, knownDevice, device string, now time.Time) (o account.Opened, err error) {
	if len(name) > maxTyped || len(password) > maxTyped {
		name, password = "", ""
	}
	e, err := s.findEntry(ctx, name)
	if err != nil {
		return o, wrapped("sign in", err)
	}
	guessed, budget := s.guessedNobody(name), account.GuessStrangers
	if id, ok := s.knows(e, knownDevice); ok {
		guessed, budget = s.guessedFromDevice(id), account.GuessDevice
	} else if e.person != "" {
		guessed = s.guessedPassword(e.person)
	}
	_, allowed, err := s.guess(ctx, guessed, budget, now)
	if err != nil {
		return o, wrapped("sign in", err)
	}
	hash := e.hash
	if !allowed {
		hash = account.NoHash
	}
	right, err := s.hasher.Matches(ctx, hash, password)
	if err != nil {
		return o, wrapped("sign in", err)
	}
	if !right {
		return o, wrong()
	}
	err = s.write(ctx, func(c conn) error {
		if err := stillHas(c, e); err != nil {
			return err
		}
		if err := unguess(c, guessed, now); err != nil {
			return err
		}
		o, err = openSession(c, e.person, device, e.second, now)
		return err
	})
	return o, wrapped("sign in", err)
}

// stillHas makes sure that the password was not changed, and no second factor
// set, while it was being checked.
func stillHas(c conn, e entry) error {
	if err := lockPerson(c, e.person); err != nil {
		return wrong()
	}
	var hash string
	var second flag
	if _, err := c.one(`
		select w.hash, (select count(1) from totp t where t.person = w.person and t.confirmed = 1)
		from password w
		where w.person = $1`, []any{e.person}, &hash, &second); err != nil {
		return err
	}
	if hash != e.hash || bool(second) != e.second {
		return wrong()
	}
	return nil
}

// KnownDevice is a secret by which a device that signed in is known later: it
// opens nothing, but others' wrong guesses do not lock it out. It is good until
// the password changes.
func (s *Store) KnownDevice(ctx context.Context, person account.PersonID) (secret string, err error) {
	var changed int64
	if _, err := s.point(ctx, `
		select changed_at
		from password
		where person = $1`, []any{person}, &changed); err != nil {
		return "", wrapped("know a device", err)
	}
	device := rand.Text()
	return device + "." + s.deviceMark(device, person, changed), nil
}

// knows reports whether the secret is one of a device of that person, and which.
func (s *Store) knows(e entry, secret string) (device string, ok bool) {
	device, mark, found := strings.Cut(secret, ".")
	if !found || len(secret) > 200 {
		return "", false
	}
	return device, hmac.Equal([]byte(mark), []byte(s.deviceMark(device, e.person, e.changedAt))) && e.person != ""
}

func (s *Store) deviceMark(device string, person account.PersonID, changed int64) string {
	words := strings.Join([]string{device, string(person), strconv.FormatInt(changed, 10)}, " ")
	return base64.RawURLEncoding.EncodeToString(keyed(s.key("known device"), words))
}

// SignInRecovery opens a session with a name and a recovery code, which is used
// up: for who lost every other way. Where a second factor is set and a password
// too, the code stands for the second factor only and this way is closed.
func (s *Store) SignInRecovery(ctx context.Context, name, code, device string, now time.Time) (o account.Opened, err error) {
	if len(name) > maxTyped {
		return o, wrong()
	}
	e, err := s.findEntry(ctx, name)
	if err != nil {
		return o, wrapped("sign in with a recovery code", err)
	}
	closed := e.second && e.hash != account.NoHash
	err = s.write(ctx, func(c conn) error {
		person := e.person
		if closed {
			person = ""
		}
		used, err := useRecoveryCode(c, person, code, now)
		if err != nil {
			return err
		}
		if !used {
			return wrong()
		}
		o, err = openSession(c, e.person, device, false, now)
		return err
	})
	return o, wrapped("sign in with a recovery code", err)
}
