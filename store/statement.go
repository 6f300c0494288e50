package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// ProposeStatement adds a statement.
func (s *Store) ProposeStatement(ctx context.Context, actor account.PersonID, id dialogue.ID, n opinion.NewStatement, now time.Time) (writing.ID, error) {
	return 0, errNotBuilt
}

// Statements is one page of the statements.
func (s *Store) Statements(ctx context.Context, actor account.PersonID, id dialogue.ID, f opinion.Filter) ([]opinion.Statement, error) {
	return nil, errNotBuilt
}

// Statement is one statement as the actor may see it. What is told of it is
// kept from a voter who has still to answer or to say what they expect.
func (s *Store) Statement(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (*opinion.Statement, error) {
	return nil, errNotBuilt
}

// CloseStatement ends the answering, or begins it again.
func (s *Store) CloseStatement(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, closed bool, now time.Time) error {
	return errNotBuilt
}
