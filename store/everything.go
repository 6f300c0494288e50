package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Everything is all that is kept about a person, for their own export in the
// language. What others have said of them in confidence, who recommends them and
// which side's registrar approved them, is not theirs.
func (s *Store) Everything(ctx context.Context, id account.PersonID, lang string, now time.Time) (*account.Everything, error) {
	e := &account.Everything{MadeAt: moment(micros(now)), Mail: []account.Mail{}, Memberships: []account.Belonging{}}
	for _, read := range []func() error{
		func() (err error) { e.Person, err = s.Person(ctx, id); return err },
		func() (err error) { e.Sessions, err = s.Sessions(ctx, id, now); return err },
		func() (err error) { e.Passkeys, err = s.Passkeys(ctx, id); return err },
		func() (err error) { e.Identities, err = s.Identities(ctx, id); return err },
		func() (err error) { e.Tokens, err = s.Tokens(ctx, id); return err },
		func() error { return s.read(ctx, func(c conn) error { return addBelongings(c, e, lang) }) },
	} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("read everything about a person: %w", err)
		}
	}
	return e, nil
}

// addBelongings adds letters and memberships.
func addBelongings(c conn, e *account.Everything, lang string) error {
	err := c.each(`
		select `+letterColumns+`
		from letter l
		where l.person = $1 or l.sender = $1
		order by l.queued_at, l.id`, []any{e.Person.ID},
		func(scan scan) error {
			l, err := scanLetter(scan)
			m := account.Mail{Kind: l.Kind, To: l.To, State: l.State, QueuedAt: l.QueuedAt, SentAt: l.SentAt}
			if l.Sender == e.Person.ID {
				m.To, m.Text = "", l.Args["Message"]
			}
			e.Mail = append(e.Mail, m)
			return err
		})
	if err != nil {
		return err
	}
	if e.Heard, err = heard(c, e.Person.ID); err != nil {
		return err
	}
	ids, err := dialoguesOf(c, e.Person.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		b, err := belonging(c, id, e.Person.ID, lang)
		if err != nil {
			return err
		}
		e.Memberships = append(e.Memberships, b)
	}
	return nil
}

// belonging is one membership with all that belongs to it.
func belonging(c conn, id dialogue.ID, person account.PersonID, lang string) (b account.Belonging, err error) {
	who, d, err := standing(c, id, person)
	if err != nil {
		return b, err
	}
	m, err := loadMine(c, id, who.Member, d.Budget)
	if err != nil {
		return b, err
	}
	b = account.Belonging{
		Dialogue: string(id), Title: d.Title, Pseudonym: m.Pseudonym.In(lang), State: string(m.State), Observer: m.Observer, Mandate: m.Mandate,
		AskedAt: m.AskedAt, JoinedAt: m.JoinedAt, Sides: plain(m.Sides),
		Roles: []account.RoleHeld{}, Agreements: []account.Agreed{}, Consents: []account.Consented{}, Recommended: []string{},
		Invitations: []account.Invited{}, Written: []account.Written{},
	}
	for _, g := range m.Grants {
		b.Roles = append(b.Roles, account.RoleHeld{Role: string(g.Role), Side: string(g.Side)})
	}
	if v := m.Verified; v != nil {
		b.Verified = &account.NameChecked{Name: v.Name, Office: v.Office, Sector: string(v.Sector), Side: string(v.Side), At: v.At}
	}
	for _, a := range m.Agreements {
		b.Agreements = append(b.Agreements, account.Agreed{Version: a.Version, Lang: a.Lang, Text: a.Text, At: a.At})
	}
	for _, k := range m.Consents {
		b.Consents = append(b.Consents, account.Consented{Tick: string(k.Tick), GivenAt: k.GivenAt, WithdrawnAt: k.WithdrawnAt})
	}
	for _, r := range m.Recommended {
		b.Recommended = append(b.Recommended, r.Pseudonym.In(lang))
	}
	if b.Moderation, err = moderated(c, id, m.ID); err != nil {
		return b, err
	}
	if b.Following, err = followed(c, id, m.ID); err != nil {
		return b, err
	}
	written, err := writtenBy(c, id, person)
	if err != nil {
		return b, err
	}
	b.Written = append(b.Written, written...)
	if err := addWrote(c, id, m.ID, &b); err != nil {
		return b, err
	}
	if err := addAnswers(c, id, m.ID, &b); err != nil {
		return b, err
	}
	if _, err := c.one(`
		select count(1)
		from approval
		where dialogue = $1 and by_member = $2`, []any{id, m.ID}, &b.Approved); err != nil {
		return b, err
	}
	err = c.each(`
		select role, coalesce(side, ''), note, made_at
		from invitation
		where dialogue = $1 and by_member = $2
		order by made_at, id`, []any{id, m.ID},
		func(scan scan) error {
			var i account.Invited
			var made int64
			err := scan(&i.Role, &i.Side, &i.Note, &made)
			i.MadeAt = moment(made)
			b.Invitations = append(b.Invitations, i)
			return err
		})
	return b, err
}

func plain[T ~string](words []T) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return out
}
