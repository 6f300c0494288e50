package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
)

// SendMessage is a message to those who run the site (dialogue empty) or a dialogue:
// a letter to each of them who has a confirmed address, and a line in the outbox
// for those who have none.
func (s *Store) SendMessage(ctx context.Context, id dialogue.ID, from, message, lang string, now time.Time) error {
	return errNotBuilt
}

// Everything is all that is kept about a person, for their own export.
func (s *Store) Everything(ctx context.Context, id account.PersonID, now time.Time) (*account.Everything, error) {
	return nil, errNotBuilt
}
