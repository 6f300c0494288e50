package store

import (
	"context"
	"errors"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/writing"
)

// Item is one contribution as the actor may read it, whatever its kind, and the
// problem, action or statement that it belongs to (0: the dialogue). What they may
// not read, held, hidden and withdrawn things of others, is fault.Missing.
func (s *Store) Item(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (item writing.Contribution, root writing.ID, err error) {
	return writing.Contribution{}, 0, errNotBuilt
}

// Edit changes the actor's own words; fault.Stale where somebody edited them
// since. Answers to a statement keep it from being edited: fault.Conflict.
func (s *Store) Edit(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, e writing.Edit, now time.Time) error {
	return errNotBuilt
}

// Revisions are all states of the words, the newest first.
func (s *Store) Revisions(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) ([]writing.Revision, error) {
	return nil, errNotBuilt
}

// Withdraw takes the actor's own words away from readers; Restore brings them
// back.
func (s *Store) Withdraw(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	return errNotBuilt
}

// Restore ends Withdraw.
func (s *Store) Restore(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	return errNotBuilt
}

// React gives a mark to somebody else's words, or takes it back.
func (s *Store) React(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, mark writing.Reaction, on bool, now time.Time) error {
	return errNotBuilt
}

// SaveDraft keeps what is being written; an empty draft is dropped.
func (s *Store) SaveDraft(ctx context.Context, actor account.PersonID, id dialogue.ID, d writing.Draft, now time.Time) error {
	return errNotBuilt
}

// Drafts are the actor's own, the newest first.
func (s *Store) Drafts(ctx context.Context, actor account.PersonID, id dialogue.ID) ([]writing.Draft, error) {
	return nil, errNotBuilt
}

// Tags lists the words by which things are found, the most used first.
func (s *Store) Tags(ctx context.Context, actor account.PersonID, id dialogue.ID) ([]string, error) {
	return nil, errNotBuilt
}

// errNotBuilt stands where a method is not written yet.
var errNotBuilt = errors.New("not built yet")

// add keeps a new contribution of the actor inside a deed and returns its number
// and whether others may read it at once. Kind, Lang, Title, Body and Tags are
// taken from c; root 0 is itself for problems, actions and statements. It weighs
// the words (weighText), renders them, puts them into the index of the search and,
// where they are shown, emits notice.Wrote, Mentioned and Answered.
func (r room) add(c writing.Contribution, root writing.ID, now time.Time) (writing.ID, writing.State, error) {
	return 0, "", errNotBuilt
}

// setState moves a contribution between states inside a deed: the index of the
// search and the feeds follow.
func (r room) setState(n writing.ID, to writing.State, now time.Time) error { return errNotBuilt }

// loadItems reads contributions with author, tags, marks and translations as the
// actor may read them, by number; what they may not read is left out. Everything
// that shows contributions reads them here.
func (r room) loadItems(ns []writing.ID) (map[writing.ID]writing.Contribution, error) {
	return nil, errNotBuilt
}

// clearWriting deletes a member's marks, ratings and drafts, and takes their name
// off what they wrote, or the words with it.
func (r room) clearWriting(m dialogue.MemberID, keep bool, now time.Time) (kept, removed int, err error) {
	return 0, 0, nil
}
