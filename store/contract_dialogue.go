package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/interest"
)

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

// eraseWritten takes a person's authorship off what they wrote in a dialogue
// (keep), or removes the texts themselves, from frozen questions too; questions
// that held a removed text are marked superseded and a new one is asked.
func eraseWritten(c conn, id dialogue.ID, person account.PersonID, keep bool, now time.Time) (kept, removed int, err error) {
	return 0, 0, errNotBuilt
}
