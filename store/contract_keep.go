package store

import (
	"context"
	"time"

	"parley/account"
)

// Everything is all that is kept about a person, for their own export.
func (s *Store) Everything(ctx context.Context, id account.PersonID, now time.Time) (*account.Everything, error) {
	return nil, errNotBuilt
}
