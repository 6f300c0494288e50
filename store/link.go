package store

import (
	"context"
	"time"

	"parley/account"
	"parley/fault"
)

// How long links are good.
const (
	ownerLinkLasts   = 7 * 24 * time.Hour // the next start makes a new one
	confirmLinkLasts = 24 * time.Hour
	resetLinkLasts   = time.Hour
)

// linkKind is what a link is for.
type linkKind string

const (
	ownerLink   linkKind = "owner"
	confirmLink linkKind = "confirm"
	resetLink   linkKind = "reset"
)

// makeLink makes a link in place of all earlier ones of its kind and person.
func makeLink(c conn, k linkKind, person account.PersonID, address string, until, now time.Time) (link string, err error) {
	link = secret()
	do := series{c: c}
	do.exec(`
		delete from link
		where expires_at <= $1 or kind = $2 and coalesce(person, '') = $3`, micros(now), string(k), string(person))
	do.exec(`
		insert into link (digest, kind, person, address, expires_at)
		values ($1, $2, $3, $4, $5)`, account.Digest(link), string(k), optional(person), address, micros(until))
	return link, do.err
}

// followLink uses a link up and tells whose it was.
func followLink(c conn, k linkKind, link string, now time.Time) (person account.PersonID, address string, err error) {
	found, err := c.one(`
		select coalesce(person, ''), address
		from link
		where digest = $1 and kind = $2 and expires_at > $3`, []any{account.Digest(link), string(k), micros(now)}, &person, &address)
	if err != nil {
		return "", "", err
	}
	n := int64(0)
	if found {
		n, err = c.exec(`
			delete from link
			where digest = $1`, account.Digest(link))
	}
	if err == nil && n == 0 { // or another has just followed it
		err = fault.New(fault.Missing, "account.link", "this link is no longer good: ask for a new one")
	}
	return person, address, err
}

// OwnerLink makes the one-time link of a server that has no owner yet; empty
// where it has one. Links made earlier are void.
func (s *Store) OwnerLink(ctx context.Context, now time.Time) (link string, err error) {
	err = s.write(ctx, func(c conn) error {
		link = ""
		if owned, err := hasOwner(c); err != nil || owned {
			return err
		}
		link, err = makeLink(c, ownerLink, "", "", now.Add(ownerLinkLasts), now)
		return err
	})
	return link, wrapped("make the owner's link", err)
}

func hasOwner(c conn) (bool, error) {
	return c.one(`
		select id
		from person
		where owner = 1`, nil, new(string))
}

// claimServer uses the owner's link up. That there is one owner alone, the
// schema keeps.
func claimServer(c conn, link string, now time.Time) error {
	if _, _, err := followLink(c, ownerLink, link, now); err != nil {
		return err
	}
	owned, err := hasOwner(c)
	if err == nil && owned {
		err = fault.New(fault.Conflict, "account.owned", "this server has an owner already")
	}
	return err
}
