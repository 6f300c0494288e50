package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// Translate puts a contribution into another language of the dialogue, in place
// of an earlier translation. of is the revision that was translated.
func (s *Store) Translate(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang, title, body string, of int, now time.Time) error {
	return errNotBuilt
}

// RateTranslation says whether a translation is true to the original; 0 takes it
// back.
func (s *Store) RateTranslation(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang string, good int, now time.Time) error {
	return errNotBuilt
}

// Untranslated lists what has no translation into the language, or a stale one,
// what people wait for most first.
func (s *Store) Untranslated(ctx context.Context, actor account.PersonID, id dialogue.ID, lang string, limit int) ([]forum.Line, error) {
	return nil, errNotBuilt
}
