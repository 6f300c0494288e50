package store

import (
	"context"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
)

// Search finds contributions, interests and topics by words of either language.
func (s *Store) Search(ctx context.Context, actor account.PersonID, id dialogue.ID, q forum.Query, lang string) (forum.Found, error) {
	return forum.Found{}, errNotBuilt
}
