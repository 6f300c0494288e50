package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
)

// ChangeTick gives or withdraws one consent; to do so twice changes nothing.
// Withdrawing the rules is leaving: fault.Invalid "member.tick-rules" says so.
func (s *Store) ChangeTick(ctx context.Context, actor account.PersonID, id dialogue.ID, t dialogue.Tick, on bool, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		if err := dialogue.CheckTick(t, on); err != nil {
			return err
		}
		w := &series{c: r.conn}
		if on {
			saveTick(w, id, r.who.Member, t, now)
			if w.err != nil {
				return w.err
			}
			return r.regroup(r.who.Member)
		}
		w.exec(`
			update consent
			set withdrawn_at = case when given_at > $4 then given_at else $4 end
			where dialogue = $1 and member = $2 and tick = $3 and withdrawn_at = 0`, id, r.who.Member, string(t), micros(now))
		if w.err != nil {
			return w.err
		}
		return r.regroup(r.who.Member)
	})
	if err != nil {
		return fmt.Errorf("change a consent in %s: %w", id, err)
	}
	return nil
}

// saveTick gives a consent, unless it holds already.
func saveTick(w *series, id dialogue.ID, m dialogue.MemberID, t dialogue.Tick, now time.Time) {
	w.exec(`
		insert into consent (dialogue, member, tick, given_at, withdrawn_at)
		values ($1, $2, $3, $4, 0)
		on conflict (dialogue, member, tick) where withdrawn_at = 0 do nothing`, id, m, string(t), micros(now))
}

// ChangePseudonym gives the actor another name in the dialogue. An empty one is a
// number, in the language of their account.
func (s *Store) ChangePseudonym(ctx context.Context, actor account.PersonID, id dialogue.ID, name string, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		me, err := loadMember(r.conn, id, r.who.Member)
		if err != nil || name == string(me.Pseudonym) || dialogue.SameNumber(name, me.Pseudonym) {
			return err
		}
		if me.State == dialogue.Refused {
			return noMember()
		}
		// One's own name, written otherwise, is no other's.
		if _, err := r.exec(`
			update member
			set skeleton = id
			where dialogue = $1 and id = $2`, id, me.ID); err != nil {
			return err
		}
		free, err := r.freeName(name)
		if err != nil {
			return err
		}
		_, err = r.exec(`
			update member
			set pseudonym = $3, skeleton = $4
			where dialogue = $1 and id = $2`, id, me.ID, string(free), dialogue.Skeleton(string(free)))
		return err
	})
	if err != nil {
		return fmt.Errorf("change one's name in %s: %w", id, err)
	}
	return nil
}

// ChangeSides declares one side, several or none. A neutral has none. The roles of
// a side that is declared no more go with it, and so does what its registrar
// checked; a mandate, which says not whose it is, goes with any side.
func (s *Store) ChangeSides(ctx context.Context, actor account.PersonID, id dialogue.ID, sides []dialogue.SideID, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		me, err := loadMember(r.conn, id, r.who.Member)
		if err != nil {
			return err
		}
		sorted, gone, err := dialogue.ChangeSides(r.d.Dialogue, me, sides)
		if err != nil {
			return err
		}
		for _, g := range gone {
			if err := r.revoke(dialogue.BeMember, me.ID, g, now); err != nil {
				return err
			}
		}
		if err := r.replaceSides(me, sorted); err != nil {
			return err
		}
		if err := r.reckonMarksOf(me.ID); err != nil {
			return err
		}
		return r.regroup(me.ID)
	})
	if err != nil {
		return fmt.Errorf("change one's sides in %s: %w", id, err)
	}
	return nil
}

func (r room) replaceSides(m dialogue.Member, sides []dialogue.SideID) error {
	w := &series{c: r.conn}
	for _, side := range m.Sides {
		if slices.Contains(sides, side) {
			continue
		}
		w.exec(`
			delete from verified
			where dialogue = $1 and member = $2 and side = $3`, r.id, m.ID, side)
		w.exec(`
			delete from member_side
			where dialogue = $1 and member = $2 and side = $3`, r.id, m.ID, side)
		w.exec(`
			update member
			set mandate = ''
			where dialogue = $1 and id = $2`, r.id, m.ID)
	}
	saveMemberSides(w, r.id, m.ID, slices.DeleteFunc(slices.Clone(sides), func(s dialogue.SideID) bool { return slices.Contains(m.Sides, s) }))
	return w.err
}
