package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// Configure changes head and settings. revision is that of the Configured it
// started from; another one by now is fault.Stale. Sides, kind and id stay.
func (s *Store) Configure(ctx context.Context, actor account.PersonID, id dialogue.ID, c dialogue.Configured, now time.Time) (revision int64, err error) {
	return 0, errNotBuilt
}

// Declare makes a new version of the declaration; who makes it agrees to it.
func (s *Store) Declare(ctx context.Context, actor account.PersonID, id dialogue.ID, t i18n.Text, now time.Time) (version int, err error) {
	return 0, errNotBuilt
}
func (s *Store) Declarations(ctx context.Context, id dialogue.ID) ([]dialogue.Declaration, error) {
	return nil, errNotBuilt
}

// Checklist is what must be, and what should be, before a dialogue opens.
// SetStage to Open is refused while a required item is missing.
func (s *Store) Checklist(ctx context.Context, id dialogue.ID) ([]dialogue.Item, error) {
	return nil, errNotBuilt
}
func (s *Store) SetStage(ctx context.Context, actor account.PersonID, id dialogue.ID, stage dialogue.Stage, now time.Time) error {
	return errNotBuilt
}

// Journal lists the acts of those who run the dialogue, the newest first, those
// before that number (0: from the newest).
func (s *Store) Journal(ctx context.Context, actor account.PersonID, id dialogue.ID, before int64, limit int) ([]dialogue.JournalEntry, error) {
	return nil, errNotBuilt
}

// OpenDialogue makes a new, empty dialogue; the owner's deed.
func (s *Store) OpenDialogue(ctx context.Context, actor account.PersonID, d dialogue.Dialogue, now time.Time) error {
	return errNotBuilt
}

// OwnRegister is the register that a side writes about itself, made by its first
// interest, with its revision: the entity tag of an edit. fault.Missing where
// the side has written none.
func (s *Store) OwnRegister(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID) (r interest.Register, revision int64, err error) {
	return r, 0, errNotBuilt
}

// WriteInterest adds (ID empty: one is given) or replaces an interest of the
// side's own register, RemoveInterest takes one out. revision as with Configure;
// -1 asks for none. The register's topics stay; one that a topic needs is
// fault.Conflict on removal.
func (s *Store) WriteInterest(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, i interest.Interest, revision int64, now time.Time) (interest.ID, int64, error) {
	return "", 0, errNotBuilt
}
func (s *Store) RemoveInterest(ctx context.Context, actor account.PersonID, id dialogue.ID, side dialogue.SideID, i interest.ID, revision int64, now time.Time) (int64, error) {
	return 0, errNotBuilt
}

// note adds to the journal inside a deed. The actor is named by pseudonym and
// the role that let them do it.
func note(c conn, id dialogue.ID, who dialogue.Standing, do dialogue.Verb, what string, args map[string]string, now time.Time) error {
	return errNotBuilt
}

// eraseWritten takes a person's authorship off what they wrote in a dialogue
// (keep), or removes the texts themselves, from frozen questions too; questions
// that held a removed text are marked superseded and a new one is asked.
func eraseWritten(c conn, id dialogue.ID, person account.PersonID, keep bool, now time.Time) (kept, removed int, err error) {
	return 0, 0, errNotBuilt
}

// loadConfigured is the head of a dialogue with its settings.
func loadConfigured(c conn, id dialogue.ID) (d dialogue.Configured, err error) { return d, errNotBuilt }
