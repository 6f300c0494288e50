package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/interest"
)

// AnyRevision is the revision of an edit that does not say from which one it
// started.
const AnyRevision = -1

// OwnRegister is the register that a side writes about itself, made by its first
// interest, with its revision: the entity tag of an edit. fault.Missing where
// the side has written none; an edit starts from revision 0 then.
func (s *Store) OwnRegister(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID) (r interest.Register, revision int64, err error) {
	err = s.read(ctx, func(c conn) error {
		if err := mayEdit(c, actor, id, side); err != nil {
			return err
		}
		d, err := loadDossier(c, id)
		if err != nil {
			return err
		}
		own := d.Own(side)
		if own == nil {
			return fault.New(fault.Missing, "store.no-register", "the side %s has no register of its own yet", side).With("Side", string(side))
		}
		r = *own
		revision, err = registerRevision(c, id, side)
		return err
	})
	if err != nil {
		return interest.Register{}, 0, fmt.Errorf("read the register of %s: %w", side, err)
	}
	return r, revision, nil
}

func mayEdit(c conn, actor account.PersonID, id dialogue.ID, side dialogue.SideID) error {
	who, d, err := allowed(c, id, actor, dialogue.EditRegister)
	if err != nil {
		return err
	}
	return dialogue.MayForSide(who, dialogue.EditRegister, d.Dialogue, side)
}

func registerRevision(c conn, id dialogue.ID, side dialogue.SideID) (revision int64, err error) {
	_, err = c.one(`
		select revision
		from side
		where dialogue = $1 and id = $2`, []any{id, side}, &revision)
	return revision, err
}

// WriteInterest adds (ID empty: one is given) or replaces an interest of the
// side's own register; revision as with Configure, AnyRevision asks for none.
// What the rules of a dossier do not allow is fault.Invalid. Whoever wrote on an
// interest has a hand in its words until they are removed.
func (s *Store) WriteInterest(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, i interest.Interest, revision int64, now time.Time) (written interest.ID, next int64, err error) {
	e := edit{actor: actor, id: id, side: side, revision: revision, now: now}
	e.change = func(d *dossier.Dossier) (after *dossier.Dossier, err error) {
		after, written, err = d.PutInterest(side, i, now.UTC().Format(time.DateOnly))
		return after, err
	}
	next, err = s.edit(ctx, e, func(c conn, after *dossier.Dossier) error {
		if err := putInterest(c, after, side, written); err != nil {
			return err
		}
		_, err := c.exec(`
			insert into interest_author (dialogue, interest, person)
			values ($1, $2, $3)
			on conflict (dialogue, interest, person) do nothing`, id, written, actor)
		return err
	})
	if err != nil {
		return "", 0, fmt.Errorf("write an interest of %s: %w", side, err)
	}
	return written, next, nil
}

// RemoveInterest takes an interest out of the side's own register. One that a
// topic or the table of the dialogue needs is fault.Conflict.
func (s *Store) RemoveInterest(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, i interest.ID, revision int64, now time.Time) (next int64, err error) {
	e := edit{actor: actor, id: id, side: side, revision: revision, now: now}
	e.change = func(d *dossier.Dossier) (*dossier.Dossier, error) {
		return d.DropInterest(side, i, now.UTC().Format(time.DateOnly))
	}
	next, err = s.edit(ctx, e, func(c conn, after *dossier.Dossier) error {
		if err := deleteInterest(c, id, i); err != nil {
			return err
		}
		return dateRegister(c, after, side)
	})
	if err != nil {
		return 0, fmt.Errorf("remove an interest of %s: %w", side, err)
	}
	return next, nil
}

// edit is a change of one side's own register.
type edit struct {
	actor    account.PersonID
	id       dialogue.ID
	side     dialogue.SideID
	revision int64
	now      time.Time
	change   func(d *dossier.Dossier) (*dossier.Dossier, error)
}

// edit decides outside the deed, because holding a whole dossier to its rules
// takes a while, and saves if nothing has moved since.
func (s *Store) edit(ctx context.Context, e edit, save func(c conn, after *dossier.Dossier) error) (next int64, err error) {
	for range 3 {
		next, err = s.tryEdit(ctx, e, save)
		if !errors.Is(err, errMoved) {
			return next, err
		}
	}
	return 0, fault.New(fault.Conflict, "store.moved", "the registers of %s are being changed: try again in a moment", e.id)
}

func (s *Store) tryEdit(ctx context.Context, e edit, save func(c conn, after *dossier.Dossier) error) (next int64, err error) {
	var before *dossier.Dossier
	err = s.read(ctx, func(c conn) error {
		if err := e.check(c); err != nil {
			return err
		}
		before, err = loadDossier(c, e.id)
		return err
	})
	if err != nil {
		return 0, err
	}
	_, was := freeze(before)
	after, err := e.change(before)
	if err != nil {
		return 0, err
	}
	_, digest := freeze(after)
	err = s.inRoom(ctx, e.actor, e.id, dialogue.EditRegister, func(r room) error {
		if err := e.check(r.conn); err != nil {
			return err
		}
		if err := unmoved(r.conn, e.id, was); err != nil {
			return err
		}
		if err := save(r.conn, after); err != nil {
			return err
		}
		if err := moveRegister(r.conn, e.id, e.side, digest, e.now); err != nil {
			return err
		}
		next, err = registerRevision(r.conn, e.id, e.side)
		return err
	})
	return next, err
}

// check sees that the actor may edit, and that the register is the one from
// which the edit started. Revision 0 is none yet, whatever there once was.
func (e edit) check(c conn) error {
	if err := mayEdit(c, e.actor, e.id, e.side); err != nil || e.revision == AnyRevision {
		return err
	}
	revision, err := registerRevision(c, e.id, e.side)
	if err != nil {
		return err
	}
	exists, err := c.one(`
		select number
		from register
		where dialogue = $1 and subject = $2 and author_side = $2`, []any{e.id, e.side}, new(int))
	if err == nil && (exists && e.revision != revision || !exists && e.revision != 0) {
		err = stale()
	}
	return err
}

// moveRegister notes that a side's own register has changed.
func moveRegister(c conn, id dialogue.ID, side dialogue.SideID, digest string, now time.Time) error {
	if _, err := c.exec(`
		update side
		set revision = revision + 1
		where dialogue = $1 and id = $2`, id, side); err != nil {
		return err
	}
	_, err := c.exec(`
		update dialogue
		set digest = $2, changed_at = $3
		where id = $1`, id, digest, micros(now))
	return err
}

// putInterest saves one interest of the side's own register, and the register
// where it is new.
func putInterest(c conn, d *dossier.Dossier, side dialogue.SideID, id interest.ID) error {
	own := d.Own(side)
	if err := dateRegister(c, d, side); err != nil {
		return err
	}
	var number, position int
	found, err := c.one(`
		select register, position
		from interest
		where dialogue = $1 and id = $2`, []any{d.Dialogue.ID, id}, &number, &position)
	if err != nil {
		return err
	}
	s := &series{c: c}
	if found {
		s.exec(`
			delete from counterpart
			where dialogue = $1 and interest = $2`, d.Dialogue.ID, id)
		s.exec(`
			update interest
			set position = position + $3
			where dialogue = $1 and id = $2`, d.Dialogue.ID, id, aside)
	} else {
		_, err = c.one(`
			select r.number, (select coalesce(max(i.position), -1) + 1 from interest i where i.dialogue = r.dialogue and i.register = r.number)
			from register r
			where r.dialogue = $1 and r.subject = $2 and r.author_side = $2`, []any{d.Dialogue.ID, side}, &number, &position)
		if err != nil {
			return err
		}
	}
	at := slices.IndexFunc(own.Interests, func(i interest.Interest) bool { return i.ID == id })
	saveInterest(s, d.Dialogue.ID, number, position, own.Interests[at])
	return s.err
}

// dateRegister gives the side's own register the date it has in the dossier;
// where there is none yet it is made, the last one of all.
func dateRegister(c conn, d *dossier.Dossier, side dialogue.SideID) error {
	own := d.Own(side)
	if own == nil {
		_, err := c.exec(`
			delete from register
			where dialogue = $1 and subject = $2 and author_side = $2`, d.Dialogue.ID, side)
		return err
	}
	n, err := c.exec(`
		update register
		set date = $3
		where dialogue = $1 and subject = $2 and author_side = $2`, d.Dialogue.ID, side, own.Date)
	if err != nil || n > 0 {
		return err
	}
	var number int
	if _, err := c.one(`
		select coalesce(max(number), -1) + 1
		from register
		where dialogue = $1`, []any{d.Dialogue.ID}, &number); err != nil {
		return err
	}
	_, err = c.exec(`
		insert into register (dialogue, number, subject, author_side, author_name, date, source)
		values ($1, $2, $3, $3, '{}', $4, '{}')`, d.Dialogue.ID, number, side, own.Date)
	return err
}

func deleteInterest(c conn, id dialogue.ID, i interest.ID) error {
	if err := unweigh(c, id, i); err != nil {
		return err
	}
	_, err := c.exec(`
		delete from interest
		where dialogue = $1 and id = $2`, id, i)
	return err
}

// WriteWeighing adds a statement about weights to the side's own register;
// revision as with WriteInterest. One that contradicts the others or the ranks is
// fault.Invalid with the smallest set of them that does.
func (s *Store) WriteWeighing(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, w interest.Weighing, revision int64, now time.Time) (next int64, err error) {
	next, err = s.reweigh(ctx, edit{actor: actor, id: id, side: side, revision: revision, now: now, change: func(d *dossier.Dossier) (*dossier.Dossier, error) {
		return d.PutWeighing(side, w, now.UTC().Format(time.DateOnly))
	}})
	if err != nil {
		return 0, fmt.Errorf("write what %s says about weights: %w", side, err)
	}
	return next, nil
}

// RemoveWeighing takes the statement about weights with the number, counted from
// 0, out of the side's own register.
func (s *Store) RemoveWeighing(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, number int, revision int64, now time.Time) (next int64, err error) {
	next, err = s.reweigh(ctx, edit{actor: actor, id: id, side: side, revision: revision, now: now, change: func(d *dossier.Dossier) (*dossier.Dossier, error) {
		return d.DropWeighing(side, number, now.UTC().Format(time.DateOnly))
	}})
	if err != nil {
		return 0, fmt.Errorf("remove what %s says about weights: %w", side, err)
	}
	return next, nil
}

// reweigh replaces what a register says about weights.
func (s *Store) reweigh(ctx context.Context, e edit) (int64, error) {
	return s.edit(ctx, e, func(c conn, after *dossier.Dossier) error {
		if err := dateRegister(c, after, e.side); err != nil {
			return err
		}
		var register int
		if _, err := c.one(`
			select number
			from register
			where dialogue = $1 and subject = $2 and author_side = $2`, []any{e.id, e.side}, &register); err != nil {
			return err
		}
		all := &series{c: c}
		all.exec(`
			delete from weighing
			where dialogue = $1 and register = $2`, e.id, register)
		saveWeights(all, e.id, register, after.Own(e.side).Weights)
		return all.err
	})
}
