package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
)

// LoadDossier stores a whole dialogue, in place of one with the same id where
// there is one, all of it or nothing. The same dossier again changes nothing.
// Settings, declaration and members stay, and so does whether the dialogue is
// listed. A side that members declare cannot go: fault.Conflict.
func (s *Store) LoadDossier(ctx context.Context, d *dossier.Dossier, now time.Time) (changed bool, err error) {
	whole := dossier.Write(d)
	_, digest := freeze(d)
	err = s.write(ctx, func(c conn) error {
		changed = true
		isNew, err := createDialogue(c, d.Dialogue, digest, now)
		if err != nil {
			return err
		}
		if isNew {
			return saveContent(c, d)
		}
		if err := lockDialogue(c, d.Dialogue.ID); err != nil {
			return err
		}
		old, err := loadDossier(c, d.Dialogue.ID)
		if err != nil {
			return err
		}
		if bytes.Equal(dossier.Write(old), whole) {
			changed = false
			return nil
		}
		head := d.Dialogue
		head.Unlisted = old.Dialogue.Unlisted
		if err := updateDialogue(c, head, digest, now); err != nil {
			return err
		}
		return replaceContent(c, d)
	})
	if err != nil {
		return false, fmt.Errorf("load dossier %s: %w", d.Dialogue.ID, err)
	}
	return changed, nil
}

// Dossier returns a whole dialogue, or fault.Missing.
func (s *Store) Dossier(ctx context.Context, id dialogue.ID) (d *dossier.Dossier, err error) {
	err = s.read(ctx, func(c conn) error {
		d, err = loadDossier(c, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read dossier: %w", err)
	}
	return d, nil
}

func loadDossier(c conn, id dialogue.ID) (*dossier.Dossier, error) {
	head, err := loadDialogue(c, id)
	if err != nil {
		return nil, err
	}
	s := &series{c: c}
	d := &dossier.Dossier{
		Dialogue: head, Registers: loadRegisters(s, id), Topics: loadTopics(s, id), Named: loadNamed(s, id), Table: loadWritten(s, id),
	}
	loadActs(s, d)
	if s.err != nil {
		return nil, fmt.Errorf("read dossier %s: %w", id, s.err)
	}
	return d, nil
}

// saveContent writes everything but the row of the dialogue itself, parents
// before children.
func saveContent(c conn, d *dossier.Dossier) error {
	s := &series{c: c}
	saveSides(s, d.Dialogue)
	saveRegisters(s, d)
	saveTopics(s, d)
	saveNamed(s, d)
	saveWritten(s, d)
	saveActs(s, d)
	return s.err
}

// aside is added to the positions of rows while others take their places. What
// still stands aside when all is written is gone.
const aside = 1_000_000

// replaceContent is saveContent over what is there. Sides, registers, interests,
// topics and named matters keep their rows, because others refer to them; what
// hangs below is written anew.
func replaceContent(c conn, d *dossier.Dossier) error {
	id := d.Dialogue.ID
	if err := keepDeclaredSides(c, d.Dialogue); err != nil {
		return err
	}
	s := &series{c: c}
	for _, below := range []string{"written", "act", "topic_interest", "topic_affects", "counterpart", "weighing"} {
		s.exec(`
			delete from `+below+`
			where dialogue = $1`, id)
	}
	for _, table := range []string{"side", "interest", "topic", "named"} {
		s.exec(`
			update `+table+`
			set position = position + $2
			where dialogue = $1`, id, aside)
	}
	if s.err != nil {
		return s.err
	}
	if err := saveContent(c, d); err != nil {
		return err
	}
	for _, table := range []string{"topic", "named", "interest"} {
		s.exec(`
			delete from `+table+`
			where dialogue = $1 and position >= $2`, id, aside)
	}
	s.exec(`
		delete from register
		where dialogue = $1 and number >= $2`, id, len(d.Registers))
	s.exec(`
		delete from side
		where dialogue = $1 and position >= $2`, id, aside)
	return s.err
}

// keepDeclaredSides refuses a head that lacks a side on which somebody stands.
// Invitations for a side that goes are void, and go with it.
func keepDeclaredSides(c conn, head dialogue.Dialogue) error {
	var gone []dialogue.SideID
	err := c.each(`
		select id
		from side
		where dialogue = $1`, []any{head.ID},
		func(scan scan) error {
			var id dialogue.SideID
			err := scan(&id)
			if _, stays := head.Side(id); !stays {
				gone = append(gone, id)
			}
			return err
		})
	if err != nil {
		return err
	}
	slices.Sort(gone)
	for _, side := range gone {
		declared, err := c.one(`
			select member
			from member_side
			where dialogue = $1 and side = $2
			union
			select member
			from approval
			where dialogue = $1 and side = $2`, []any{head.ID, side}, new(string))
		if err != nil {
			return err
		}
		if declared {
			return fault.New(fault.Conflict, "store.side-declared",
				"members declare the side %s: it can go when they have declared another", side).With("Side", string(side))
		}
		if _, err := c.exec(`
			delete from invitation
			where dialogue = $1 and (side = $2 or by_side = $2)`, head.ID, side); err != nil {
			return err
		}
	}
	return nil
}
