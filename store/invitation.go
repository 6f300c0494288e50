package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// Invite makes a link. A convener's lets in at once; a registrar's, for members
// and observers alone, counts as that side's approval. The owner may invite a
// convener where there is none. Links that nobody can use any more are forgotten.
func (s *Store) Invite(ctx context.Context, actor account.PersonID, id dialogue.ID, i dialogue.Invitation, now time.Time) (secretOf string, made dialogue.Invitation, err error) {
	secretOf = secret()
	err = s.write(ctx, func(c conn) error {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		who, d, err := standing(c, id, actor)
		if err != nil {
			return err
		}
		do := dialogue.Invite
		if i.Role == dialogue.Convener && who.Owner && !holds(who, dialogue.Convener) {
			do = dialogue.AppointFirst
		}
		if err := dialogue.May(who, do, d.Dialogue); err != nil {
			return err
		}
		conveners, err := holders(c, id, dialogue.Convener)
		if err != nil {
			return err
		}
		if made, err = dialogue.CheckInvitation(d, who, i, len(conveners), now); err != nil {
			return err
		}
		made.ID, made.MadeAt = newID(), now
		if err := saveInvitation(c, id, made, account.Digest(secretOf)); err != nil {
			return err
		}
		return note(c, id, who, do, "invited", map[string]string{"Role": string(made.Role), "Side": string(made.Side)}, now)
	})
	if err != nil {
		return "", dialogue.Invitation{}, fmt.Errorf("invite to %s: %w", id, err)
	}
	return secretOf, made, nil
}

// newID is a random name for a row that pages and the API show.
func newID() string { return strings.ToLower(rand.Text()) }

func holds(who dialogue.Standing, r dialogue.Role) bool { return slices.Contains(who.Roles(), r) }

func saveInvitation(c conn, id dialogue.ID, i dialogue.Invitation, digest string) error {
	if _, err := c.exec(`
		delete from invitation
		where dialogue = $1 and (uses = 0 or expires_at <= $2)`, id, micros(i.MadeAt)); err != nil {
		return err
	}
	_, err := c.exec(`
		insert into invitation (id, dialogue, digest, role, side, note, made_for, uses, accounts, by_member, by_side, made_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12)`,
		i.ID, id, digest, string(i.Role), optional(i.Side), i.Note, i.MadeFor, i.Uses,
		optional(i.ByMember), optional(i.BySide), micros(i.MadeAt), micros(i.ExpiresAt))
	return err
}

const invitationColumns = `
	id, role, coalesce(side, ''), note, made_for, uses, coalesce(by_member, ''), coalesce(by_side, ''), made_at, expires_at`

func scanInvitation(scan scan) (i dialogue.Invitation, err error) {
	var made, expires int64
	err = scan(&i.ID, &i.Role, &i.Side, &i.Note, &i.MadeFor, &i.Uses, &i.ByMember, &i.BySide, &made, &expires)
	i.MadeAt, i.ExpiresAt = moment(made), moment(expires)
	return i, err
}

// goodInvitation is the one that the secret opens; nil where there is none, or
// none any more.
func goodInvitation(c conn, id dialogue.ID, secret string, now time.Time) (found *dialogue.Invitation, err error) {
	if secret == "" {
		return nil, nil
	}
	err = c.each(`
		select `+invitationColumns+`
		from invitation
		where digest = $1 and dialogue = $2 and uses > 0 and expires_at > $3`, []any{account.Digest(secret), id, micros(now)},
		func(scan scan) error {
			i, err := scanInvitation(scan)
			found = &i
			return err
		})
	return found, err
}

// useInvitation counts one who came.
func useInvitation(c conn, i *dialogue.Invitation) error {
	_, err := c.exec(`
		update invitation
		set uses = uses - 1
		where id = $1`, i.ID)
	return err
}

// useForAccount counts one who made an account to come: as many may as may come,
// whether or not they then do.
func useForAccount(c conn, invitation string) error {
	n, err := c.exec(`
		update invitation
		set accounts = accounts + 1
		where id = $1 and uses > 0 and accounts < made_for`, invitation)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.invitation-used", "the accounts for which this invitation is good were made")
	}
	return err
}

// Invitations lists the links that still let somebody in, the newest first: a
// convener all, a registrar those of their sides.
func (s *Store) Invitations(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) (list []dialogue.Invitation, err error) {
	err = s.read(ctx, func(c conn) error {
		who, _, err := allowed(c, id, actor, dialogue.Invite)
		if err != nil {
			return err
		}
		return c.each(`
			select `+invitationColumns+`
			from invitation
			where dialogue = $1 and uses > 0 and expires_at > $2
			order by made_at desc, id`, []any{id, micros(now)},
			func(scan scan) error {
				i, err := scanInvitation(scan)
				if err == nil && dialogue.Theirs(who, i) {
					list = append(list, i)
				}
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("list the invitations to %s: %w", id, err)
	}
	return list, nil
}

// EndInvitation makes a link void.
func (s *Store) EndInvitation(ctx context.Context, actor account.PersonID, id dialogue.ID, invitation string, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Invite, func(r room) error {
		var i dialogue.Invitation
		err := r.each(`
			select `+invitationColumns+`
			from invitation
			where dialogue = $1 and id = $2`, []any{id, invitation},
			func(scan scan) (err error) {
				i, err = scanInvitation(scan)
				return err
			})
		if err != nil {
			return err
		}
		if i.ID == "" || !dialogue.Theirs(r.who, i) {
			return fault.New(fault.Missing, "member.no-invitation", "there is no invitation %q", invitation)
		}
		if _, err := r.exec(`
			delete from invitation
			where id = $1`, i.ID); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Invite, "invitation-ended", nil, now)
	})
	if err != nil {
		return fmt.Errorf("end an invitation to %s: %w", id, err)
	}
	return nil
}
