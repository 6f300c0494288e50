package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// Verify records a checked name, office and sector; nil takes the record back.
// The registrar's side must be one the member declares.
func (s *Store) Verify(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, v *dialogue.Verified, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Verify, func(r room) error {
		member, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		if v == nil {
			return r.unverify(member, now)
		}
		checked, err := dialogue.CheckVerified(r.who, member, *v)
		if err != nil {
			return err
		}
		if _, err := r.exec(`
			insert into verified (dialogue, member, side, name, office, sector, checked_at)
			values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (dialogue, member) do update
			set side = excluded.side, name = excluded.name, office = excluded.office, sector = excluded.sector, checked_at = excluded.checked_at`,
			id, m, string(checked.Side), checked.Name, checked.Office, string(checked.Sector), micros(now)); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Verify, "verified", map[string]string{"Side": string(checked.Side)}, now)
	})
	if err != nil {
		return fmt.Errorf("verify a member of %s: %w", id, err)
	}
	return nil
}

// unverify takes a record back, which only the side that made it does.
func (r room) unverify(m dialogue.Member, now time.Time) error {
	if m.Verified == nil {
		return nil
	}
	side := m.Verified.Side
	if !r.who.Holds(dialogue.Registrar, side) {
		return fault.New(fault.Denied, "dialogue.other-side", "another side checked that name")
	}
	if _, err := r.exec(`
		delete from verified
		where dialogue = $1 and member = $2`, r.id, m.ID); err != nil {
		return err
	}
	return note(r.conn, r.id, r.who, dialogue.Verify, "verified-removed", map[string]string{"Side": string(side)}, now)
}

// RecordMandate records what the member is mandated to say, and by whom; empty:
// in a personal capacity.
func (s *Store) RecordMandate(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, mandate string, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.RecordMandate, func(r room) error {
		member, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		if err := dialogue.CheckMandate(r.who, member, mandate); err != nil {
			return err
		}
		if _, err := r.exec(`
			update member
			set mandate = $3
			where dialogue = $1 and id = $2`, id, m, mandate); err != nil {
			return err
		}
		what := "mandate-recorded"
		if mandate == "" {
			what = "mandate-removed"
		}
		return note(r.conn, id, r.who, dialogue.RecordMandate, what, nil, now)
	})
	if err != nil {
		return fmt.Errorf("record a mandate in %s: %w", id, err)
	}
	return nil
}

// Grant gives a member a role: a convener all roles, a registrar delegates of
// their side, but never themselves. A neutral role is refused to who declares a side, and for roles of
// a side the member must declare that side. To give again changes nothing.
func (s *Store) Grant(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant, now time.Time) error {
	err := s.changeRole(ctx, actor, id, m, g, func(r room, do dialogue.Verb, member dialogue.Member) error {
		if err := dialogue.CheckGrant(r.d.Dialogue, member, g); err != nil || slices.Contains(member.Grants, g) {
			return err
		}
		if err := dialogue.CheckGiver(r.who, member, g); err != nil {
			return err
		}
		w := &series{c: r.conn}
		saveGrant(w, id, m, g)
		if w.err != nil {
			return w.err
		}
		if err := r.regroup(m); err != nil {
			return err
		}
		return note(r.conn, id, r.who, do, "granted", grantArgs(g), now)
	})
	if err != nil {
		return fmt.Errorf("give a role in %s: %w", id, err)
	}
	return nil
}

// Revoke takes a role, by those who may give it. Nobody takes the last convener's.
func (s *Store) Revoke(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant, now time.Time) error {
	err := s.changeRole(ctx, actor, id, m, g, func(r room, do dialogue.Verb, member dialogue.Member) error {
		conveners, err := holders(r.conn, id, dialogue.Convener)
		if err != nil {
			return err
		}
		if err := dialogue.CheckRevoke(member, g, conveners); err != nil {
			return err
		}
		if err := r.revoke(do, m, g, now); err != nil {
			return err
		}
		return r.regroup(m)
	})
	if err != nil {
		return fmt.Errorf("take a role in %s: %w", id, err)
	}
	return nil
}

// changeRole runs a deed on a member's role by somebody who may give that role.
func (s *Store) changeRole(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant,
	deed func(r room, do dialogue.Verb, member dialogue.Member) error) error {
	return s.write(ctx, func(c conn) error {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		who, d, err := standing(c, id, actor)
		if err != nil {
			return err
		}
		do := dialogue.GrantVerb(who, g)
		if err := dialogue.MayForSide(who, do, d.Dialogue, g.Side); err != nil {
			return err
		}
		member, err := loadMember(c, id, m)
		if err != nil {
			return err
		}
		return deed(room{c, id, actor, who, d}, do, member)
	})
}

// revoke takes the role with what it gave: links that the member made, and a
// registrar's approvals of people who still wait.
func (r room) revoke(do dialogue.Verb, m dialogue.MemberID, g dialogue.Grant, now time.Time) error {
	w := &series{c: r.conn}
	w.exec(`
		delete from role_grant
		where dialogue = $1 and member = $2 and role = $3 and coalesce(side, '') = $4`, r.id, m, string(g.Role), string(g.Side))
	switch g.Role {
	case dialogue.Convener:
		w.exec(`
			delete from invitation
			where dialogue = $1 and by_member = $2 and by_side is null`, r.id, m)
	case dialogue.Registrar:
		w.exec(`
			delete from invitation
			where dialogue = $1 and by_member = $2 and by_side = $3`, r.id, m, string(g.Side))
		w.exec(`
			delete from approval
			where dialogue = $1 and by_member = $2 and side = $3`, r.id, m, string(g.Side))
	}
	if w.err != nil {
		return w.err
	}
	return note(r.conn, r.id, r.who, do, "revoked", grantArgs(g), now)
}

func grantArgs(g dialogue.Grant) map[string]string {
	return map[string]string{"Role": string(g.Role), "Side": string(g.Side)}
}

// holders lists who holds a role and takes part.
func holders(c conn, id dialogue.ID, r dialogue.Role) (members []dialogue.MemberID, err error) {
	err = c.each(`
		select distinct g.member
		from role_grant g
		join member m on m.dialogue = g.dialogue and m.id = g.member
		where g.dialogue = $1 and g.role = $2 and m.state = 'admitted'`, []any{id, string(r)},
		func(scan scan) error {
			var m dialogue.MemberID
			err := scan(&m)
			members = append(members, m)
			return err
		})
	return members, err
}
