package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Leave ends the membership. What was written stays under a neutral name or is
// removed. The last convener cannot leave before another is appointed. A request
// that was not answered is forgotten.
func (s *Store) Leave(ctx context.Context, actor account.PersonID, id dialogue.ID, keepWritten bool, now time.Time) (exit dialogue.Exit, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		me, err := loadMember(r.conn, id, r.who.Member)
		if err != nil {
			return err
		}
		conveners, err := holders(r.conn, id, dialogue.Convener)
		if err != nil {
			return err
		}
		if err := dialogue.CheckGoes(me.ID, conveners); err != nil {
			return err
		}
		exit = dialogue.Exit{
			Dialogue: id, Title: r.d.Title, Pseudonym: me.Pseudonym, JoinedAt: me.JoinedAt, LeftAt: now, Text: r.d.Exit, Contact: r.d.Contact,
		}
		exit.Kept, exit.Removed, err = r.unseat(me, actor, dialogue.Left, keepWritten, now)
		return err
	})
	if err != nil {
		return dialogue.Exit{}, fmt.Errorf("leave %s: %w", id, err)
	}
	return exit, nil
}

// RemoveTraces takes somebody out at once, with name, office, recommendations
// and all they wrote; their sessions have no standing here any more.
func (s *Store) RemoveTraces(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return s.removeTraces(ctx, actor, id, now, func(r room) (dialogue.MemberID, error) { return m, nil })
}

// RemoveTracesByName is RemoveTraces of the member of that pseudonym: a moderator
// sees no list of members.
func (s *Store) RemoveTracesByName(ctx context.Context, actor account.PersonID, id dialogue.ID, pseudonym string, now time.Time) error {
	return s.removeTraces(ctx, actor, id, now, func(r room) (dialogue.MemberID, error) { return r.named(pseudonym) })
}

func (s *Store) removeTraces(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time, whom func(r room) (dialogue.MemberID, error)) error {
	err := s.inRoom(ctx, actor, id, dialogue.RemoveTraces, func(r room) error {
		m, err := whom(r)
		if err != nil {
			return err
		}
		member, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		conveners, err := holders(r.conn, id, dialogue.Convener)
		if err != nil {
			return err
		}
		if err := dialogue.CheckGoes(m, conveners); err != nil {
			return err
		}
		if err := note(r.conn, id, r.who, dialogue.RemoveTraces, "traces-removed", nil, now); err != nil {
			return err
		}
		var person account.PersonID
		if _, err := r.one(`
			select person
			from member
			where dialogue = $1 and id = $2`, []any{id, m}, &person); err != nil {
			return err
		}
		_, _, err = r.unseat(member, person, dialogue.Removed, false, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove traces from %s: %w", id, err)
	}
	return nil
}

// eraseMemberships ends all memberships of a person for Erase, the last
// convener's too.
func eraseMemberships(c conn, person account.PersonID, keepWritten bool, now time.Time) error {
	ids, err := dialoguesOf(c, person)
	if err != nil {
		return err
	}
	slices.Sort(ids) // deeds that lock several dialogues lock them in one order
	for _, id := range ids {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		who, _, err := standing(c, id, person)
		if err != nil {
			return err
		}
		member, err := loadMember(c, id, who.Member)
		if err != nil {
			return err
		}
		if _, _, err := (room{conn: c, id: id}).unseat(member, person, dialogue.Left, keepWritten, now); err != nil {
			return err
		}
	}
	return nil
}

// unseat takes somebody out and leaves a number without a person. A request
// goes as if it had never been made.
func (r room) unseat(m dialogue.Member, person account.PersonID, as dialogue.State, keepWritten bool, now time.Time) (kept, removed int, err error) {
	if kept, removed, err = eraseWritten(r.conn, r.id, person, keepWritten, now); err != nil {
		return 0, 0, err
	}
	posts, gone, err := r.clearWriting(m.ID, keepWritten, now)
	if err != nil {
		return 0, 0, err
	}
	kept, removed = kept+posts, removed+gone
	w := &series{c: r.conn}
	w.exec(`
		delete from letter
		where dialogue = $1 and (person = $2 or sender = $2)`, r.id, person)
	if w.err != nil {
		return 0, 0, w.err
	}
	if err := queueScrub(r.conn, now); err != nil {
		return 0, 0, err
	}
	if m.State != dialogue.Admitted {
		return kept, removed, r.forget(m.ID)
	}
	if err := r.clear(m.ID); err != nil {
		return 0, 0, err
	}
	_, err = r.exec(`
		update member
		set state = $3, person = null, pseudonym = null, skeleton = null, observer = 0, vetted = 0, mandate = '', asked_at = 0, joined_at = 0
		where dialogue = $1 and id = $2`, r.id, m.ID, string(as))
	return kept, removed, err
}

// clear deletes everything that hangs on a member.
func (r room) clear(m dialogue.MemberID) error {
	w := &series{c: r.conn}
	w.exec(`
		delete from recommendation
		where dialogue = $1 and (by_member = $2 or of_member = $2)`, r.id, m)
	w.exec(`
		delete from approval
		where dialogue = $1 and (member = $2 or by_member = $2)`, r.id, m)
	w.exec(`
		delete from invitation
		where dialogue = $1 and by_member = $2`, r.id, m)
	w.exec(`
		delete from verified
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from role_grant
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from member_side
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from agreement
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		delete from consent
		where dialogue = $1 and member = $2`, r.id, m)
	if w.err != nil {
		return w.err
	}
	for _, clear := range []func(dialogue.MemberID) error{r.clearModeration, r.clearOpinions, r.clearNotices} {
		if err := clear(m); err != nil {
			return err
		}
	}
	return nil
}

// forget removes a request as if it had never been made.
func (r room) forget(m dialogue.MemberID) error {
	_, err := r.exec(`
		delete from member
		where dialogue = $1 and id = $2`, r.id, m)
	return err
}
