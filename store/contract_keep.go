package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
)

// LegalKinds are the texts of the site that its owner writes.
var LegalKinds = []string{"imprint", "privacy", "terms"}

// Legal is what the owner wrote, by kind; ChangeLegal is the owner's.
func (s *Store) Legal(ctx context.Context) (map[string]LegalText, error) { return nil, errNotBuilt }
func (s *Store) ChangeLegal(ctx context.Context, actor account.PersonID, kind string, t LegalText, now time.Time) error {
	return errNotBuilt
}

// SendMessage is a message to those who run the site (dialogue empty) or a dialogue:
// a letter to each of them who has a confirmed address, and a line in the outbox
// for those who have none.
func (s *Store) SendMessage(ctx context.Context, id dialogue.ID, from, message, lang string, now time.Time) error {
	return errNotBuilt
}

// Once keeps the answer to a create under its Idempotency-Key. begin reports
// the kept answer where the same person sent the same request before; a key
// used for another request is fault.Conflict. Keys are forgotten after a day.
type Kept struct {
	Status int
	Header string // JSON
	Body   []byte
}

func (s *Store) BeginOnce(ctx context.Context, person account.PersonID, key, request string, now time.Time) (kept *Kept, err error) {
	return nil, errNotBuilt
}
func (s *Store) EndOnce(ctx context.Context, person account.PersonID, key string, k Kept) error {
	return errNotBuilt
}

// Everything is all that is kept about a person, for their own export.
func (s *Store) Everything(ctx context.Context, id account.PersonID, now time.Time) (*account.Everything, error) {
	return nil, errNotBuilt
}

// Erase removes the person: account, memberships, consents, recommendations,
// letters. What they wrote in dialogues stays under a neutral name, or goes too.
// A job then cleans the file of what is left of it on disk.
func (s *Store) Erase(ctx context.Context, id account.PersonID, keepWritten bool, now time.Time) error {
	return errNotBuilt
}

// Scrub overwrites what deleted rows have left in the database file and its
// log. A job calls it after an erasure.
func (s *Store) Scrub(ctx context.Context) error { return errNotBuilt }

// Backup writes a whole copy to a new file, while the store goes on. With
// PostgreSQL it is refused: that has tools of its own.
func (s *Store) Backup(ctx context.Context, path string) error { return errNotBuilt }

// LegalText is Markdown in the languages of the site.
type LegalText = map[string]string
