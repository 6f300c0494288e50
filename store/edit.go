package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/writing"
)

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
