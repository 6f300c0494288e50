package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode"

	"parley/account"
	"parley/fault"
)

// maxDevice is how much of what a browser says about itself is kept, in runes.
const maxDevice = 80

// Whois is the visitor whom a session's secret names; the zero visitor where it
// names none or has ended. It writes nothing.
func (s *Store) Whois(ctx context.Context, session string, now time.Time) (v account.Visitor, err error) {
	if session == "" || len(session) > 200 {
		return v, nil
	}
	digest := account.Digest(session)
	found, ok := s.memory.visitor(digest)
	if !ok {
		generation := s.Generation()
		if found, ok, err = s.openSessionOf(ctx, digest); err != nil {
			return v, fmt.Errorf("look up a session: %w", err)
		}
		if ok {
			s.memory.keepVisitor(generation, digest, found)
		}
	}
	if !ok || found.expires <= micros(now) {
		return v, nil
	}
	return found.Visitor, nil
}

// visitor is whom a session names, and until when.
type visitor struct {
	account.Visitor
	expires int64
}

func (s *Store) openSessionOf(ctx context.Context, digest string) (v visitor, ok bool, err error) {
	var proved int64
	ok, err = s.point(ctx, `
		select p.id, s.id, p.name, p.lang, p.zone, p.owner, s.halfway, s.proved_at, s.expires_at
		from session s
		join person p on p.id = s.person
		where s.digest = $1`, []any{digest},
		&v.Person, &v.Session, &v.Name, &v.Lang, &v.Zone, (*flag)(&v.Owner), (*flag)(&v.Halfway), &proved, &v.expires)
	v.ProvedAt = moment(proved)
	return v, ok, err
}

// OpenSession signs a person in without any proof: for the invented people of a
// demonstration, and for nothing else.
func (s *Store) OpenSession(ctx context.Context, id account.PersonID, device string, now time.Time) (o account.Opened, err error) {
	err = s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		o, err = openSession(c, id, device, false, now)
		return err
	})
	return o, wrapped("open a session", err)
}

// openSession signs in as part of a deed that has seen the proof. Sessions that
// are over go at the same time.
func openSession(c conn, id account.PersonID, device string, halfway bool, now time.Time) (account.Opened, error) {
	lasts := account.SessionLasts
	if halfway {
		lasts = account.HalfwayLasts
	}
	now = moment(micros(now))
	o := account.Opened{Secret: secret(), Person: id, Halfway: halfway, Session: account.Session{
		ID: rand.Text(), Device: deviceName(device), CreatedAt: now, ProvedAt: now, ExpiresAt: now.Add(lasts),
	}}
	if _, err := c.exec(`
		delete from session
		where expires_at <= $1`, micros(now)); err != nil {
		return account.Opened{}, err
	}
	if _, err := c.exec(`
		insert into session (digest, id, person, device, halfway, created_at, proved_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		account.Digest(o.Secret), o.Session.ID, id, o.Session.Device, flag(halfway),
		micros(now), micros(now), micros(o.Session.ExpiresAt)); err != nil {
		return account.Opened{}, err
	}
	return o, nil
}

func deviceName(said string) string {
	clean := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, said))
	return string(clean[:min(len(clean), maxDevice)])
}

// openBy is the session that a secret names, inside a deed; fault.Unknown where
// it has ended.
func openBy(c conn, session string, now time.Time) (o account.Opened, err error) {
	var created, proved, expires int64
	found, err := c.one(`
		select id, person, device, halfway, created_at, proved_at, expires_at
		from session
		where digest = $1`, []any{account.Digest(session)},
		&o.Session.ID, &o.Person, &o.Session.Device, (*flag)(&o.Halfway), &created, &proved, &expires)
	if err == nil && (!found || expires <= micros(now)) {
		err = signedOut()
	}
	o.Session.CreatedAt, o.Session.ProvedAt, o.Session.ExpiresAt = moment(created), moment(proved), moment(expires)
	return o, err
}

func signedOut() error {
	return fault.New(fault.Unknown, "account.signed-out", "the session has ended: sign in again")
}

// renew notes a new proof and gives the session a new secret: who had got hold
// of the old one holds nothing now.
func renew(c conn, o account.Opened, now time.Time) (account.Opened, error) {
	o.Secret, o.Session.ProvedAt = secret(), moment(micros(now))
	_, err := c.exec(`
		update session
		set digest = $2, proved_at = $3
		where id = $1`, o.Session.ID, account.Digest(o.Secret), micros(now))
	return o, err
}

// Sessions lists where the person is signed in, the newest first.
func (s *Store) Sessions(ctx context.Context, id account.PersonID, now time.Time) (list []account.Session, err error) {
	err = s.read(ctx, func(c conn) error {
		return c.each(`
			select id, device, created_at, proved_at, expires_at
			from session
			where person = $1 and halfway = 0 and expires_at > $2
			order by created_at desc, id`, []any{id, micros(now)},
			func(scan scan) error {
				var one account.Session
				var created, proved, expires int64
				err := scan(&one.ID, &one.Device, &created, &proved, &expires)
				one.CreatedAt, one.ProvedAt, one.ExpiresAt = moment(created), moment(proved), moment(expires)
				list = append(list, one)
				return err
			})
	})
	return list, wrapped("list sessions", err)
}

// EndSession ends one by its public id, EndOtherSessions all but one; an empty
// id keeps none.
func (s *Store) EndSession(ctx context.Context, id account.PersonID, session string) error {
	err := s.write(ctx, func(c conn) error {
		_, err := c.exec(`
			delete from session
			where person = $1 and id = $2`, id, session)
		return err
	})
	return wrapped("end a session", err)
}

func (s *Store) EndOtherSessions(ctx context.Context, id account.PersonID, keep string) error {
	err := s.write(ctx, func(c conn) error { return endSessions(c, id, keep) })
	return wrapped("end other sessions", err)
}

func endSessions(c conn, id account.PersonID, keep string) error {
	_, err := c.exec(`
		delete from session
		where person = $1 and id <> $2`, id, keep)
	return err
}
