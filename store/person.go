package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"parley/account"
	"parley/fault"
	"parley/i18n"
)

// Person is the account itself; fault.Missing where there is none.
func (s *Store) Person(ctx context.Context, id account.PersonID) (p account.Person, err error) {
	err = s.read(ctx, func(c conn) error {
		p, err = loadPerson(c, id)
		return err
	})
	return p, wrapped("read an account", err)
}

func loadPerson(c conn, id account.PersonID) (p account.Person, err error) {
	var created int64
	found, err := c.one(`
		select p.id, p.name, p.lang, p.zone, p.email,
			case when p.email_folded is null then 0 else 1 end,
			p.owner, p.created_at,
			(select count(1) from password w where w.person = p.id),
			(select count(1) from totp t where t.person = p.id and t.confirmed = 1),
			(select count(1) from passkey k where k.person = p.id),
			(select count(1) from recovery_code r where r.person = p.id)
		from person p
		where p.id = $1`, []any{id},
		&p.ID, &p.Name, &p.Lang, &p.Zone, &p.Email, (*flag)(&p.EmailConfirmed), (*flag)(&p.Owner), &created,
		(*flag)(&p.HasPassword), (*flag)(&p.HasTOTP), &p.Passkeys, &p.Codes)
	if err == nil && !found {
		err = noPerson()
	}
	p.CreatedAt = moment(created)
	return p, err
}

func noPerson() error {
	return fault.New(fault.Missing, "account.no-person", "there is no such account")
}

// lockPerson keeps every other deed away from what belongs to the person until
// this one ends. A deed whose rule reads several of their rows begins with it.
func lockPerson(c conn, id account.PersonID) error {
	n, err := c.exec(`
		update person
		set id = id
		where id = $1`, id)
	if err == nil && n == 0 {
		return noPerson()
	}
	return err
}

// insertPerson makes the row of a new account. The name is folded and checked;
// one that is taken is fault.Conflict, and so is a handle, which is taken only
// where somebody sends one form twice.
func insertPerson(c conn, p account.Person, handle []byte, now time.Time) error {
	n, err := c.exec(`
		insert into person (id, name, lang, zone, email, email_folded, owner, user_handle, created_at)
		values ($1, $2, $3, $4, '', null, $5, $6, $7)
		on conflict do nothing`,
		p.ID, p.Name, p.Lang, p.Zone, flag(p.Owner), encoded(handle), micros(now))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "account.name-taken", "somebody has this name already: take another")
	}
	return err
}

func newPersonID() account.PersonID { return account.PersonID(rand.Text()) }

// ChangeProfile sets the language and the zone, an IANA name; "" is UTC.
func (s *Store) ChangeProfile(ctx context.Context, id account.PersonID, lang, zone string) error {
	zone, err := checkProfile(lang, zone)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(c conn) error {
		n, err := c.exec(`
			update person
			set lang = $2, zone = $3
			where id = $1`, id, lang, zone)
		if err == nil && n == 0 {
			return noPerson()
		}
		return err
	})
	return wrapped("change a profile", err)
}

func checkProfile(lang, zone string) (string, error) {
	if !i18n.Speaks(lang) {
		return "", fault.New(fault.Invalid, "account.lang", "the pages do not speak %.20q", lang)
	}
	if zone == "" {
		zone = time.UTC.String()
	}
	// "Local" would be the zone of the server.
	if _, err := time.LoadLocation(zone); err != nil || zone == time.Local.String() {
		return "", fault.New(fault.Invalid, "account.zone", "there is no time zone %.40q", zone)
	}
	return zone, nil
}

// Invent makes an account that nothing opens but OpenSession, for the invented
// people of a demonstration; the one of that name where it is there already.
func (s *Store) Invent(ctx context.Context, name, lang string, now time.Time) (id account.PersonID, err error) {
	p := account.Person{ID: newPersonID(), Name: account.FoldName(name), Lang: lang, Zone: time.UTC.String()}
	if err := account.CheckName(p.Name); err != nil {
		return "", fmt.Errorf("invent a person: %w", err)
	}
	err = s.write(ctx, func(c conn) error {
		found, err := c.one(`
			select id
			from person
			where name = $1`, []any{p.Name}, &id)
		if err != nil || found {
			return err
		}
		id = p.ID
		return insertPerson(c, p, random(handleLength), now)
	})
	return id, wrapped("invent a person", err)
}

// tell writes to the person that the way they sign in has changed, where they
// have an address that is known to be theirs.
func tell(c conn, id account.PersonID, kind string, now time.Time) error {
	l := Letter{Person: id, Kind: kind}
	found, err := c.one(`
		select email, lang
		from person
		where id = $1 and email_folded is not null`, []any{id}, &l.To, &l.Lang)
	if err != nil || !found {
		return err
	}
	return letter(c, l, now)
}
