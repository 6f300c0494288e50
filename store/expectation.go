package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// Expect keeps how many of ten participants of the side the actor expects to
// agree, after their own answer; it cannot be changed once the result was due.
func (s *Store) Expect(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, about dialogue.SideID, of10 int, now time.Time) error {
	return errNotBuilt
}

// SkipExpecting says that they would rather not.
func (s *Store) SkipExpecting(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, about dialogue.SideID, now time.Time) error {
	return errNotBuilt
}

// GiveReason keeps why the actor answers so, for others to read without a name;
// an empty one takes it back.
func (s *Store) GiveReason(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang, words string, now time.Time) (writing.ID, error) {
	return 0, errNotBuilt
}

// Result is what may be shown to the actor after their answer: fault.Denied with
// the key "opinion.answer-first" before it.
func (s *Store) Result(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (*opinion.Result, error) {
	return nil, errNotBuilt
}

// Knowing is how well the sides know each other, by what is told.
func (s *Store) Knowing(ctx context.Context, actor account.PersonID, id dialogue.ID) (*opinion.Knowing, error) {
	return nil, errNotBuilt
}

// Support is what is told of the statements under options of the table, by
// "topic/option".
func (s *Store) Support(ctx context.Context, actor account.PersonID, id dialogue.ID) (map[string][]opinion.Support, error) {
	return nil, errNotBuilt
}
