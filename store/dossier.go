package store

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"parley/dialogue"
	"parley/dossier"
)

// LoadDossier stores a whole dialogue, in place of one with the same id where
// there is one, all of it or nothing. The same dossier again changes nothing.
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
		if err := updateDialogue(c, d.Dialogue, digest, now); err != nil {
			return err
		}
		if err := deleteContent(c, d.Dialogue.ID); err != nil {
			return err
		}
		return saveContent(c, d)
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

// deleteContent undoes saveContent; what hangs below each table goes with it.
func deleteContent(c conn, id dialogue.ID) error {
	s := &series{c: c}
	s.exec(`
		delete from written
		where dialogue = $1`, id)
	s.exec(`
		delete from named
		where dialogue = $1`, id)
	s.exec(`
		delete from topic
		where dialogue = $1`, id)
	s.exec(`
		delete from register
		where dialogue = $1`, id)
	s.exec(`
		delete from side
		where dialogue = $1`, id)
	return s.err
}
