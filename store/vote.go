package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// Serve picks the statement that the actor should answer next; under nil: of the
// whole dialogue; after: not that one. fault.Missing with the key
// "opinion.all-answered" where none is left.
func (s *Store) Serve(ctx context.Context, actor account.PersonID, id dialogue.ID, under *opinion.Place, after writing.ID, now time.Time) (*opinion.Card, error) {
	return nil, errNotBuilt
}

// CastVote keeps the actor's answer, in place of an earlier one.
func (s *Store) CastVote(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, b opinion.Ballot, now time.Time) error {
	return errNotBuilt
}

// WithdrawVote takes it back, with expectation and reason.
func (s *Store) WithdrawVote(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	return errNotBuilt
}

// MyVotes are the actor's own answers and expectations, the newest first.
func (s *Store) MyVotes(ctx context.Context, actor account.PersonID, id dialogue.ID, after writing.ID, limit int) (*opinion.History, error) {
	return nil, errNotBuilt
}

// KeepHistory switches the list of one's own answers on or off.
func (s *Store) KeepHistory(ctx context.Context, actor account.PersonID, id dialogue.ID, on bool, now time.Time) error {
	return errNotBuilt
}

// clearOpinions deletes a member's answers, expectations and settings.
func (r room) clearOpinions(m dialogue.MemberID) error { return nil }
