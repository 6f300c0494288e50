package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/moderation"
	"parley/writing"
)

// Report tells the moderators; one report of one person on one thing counts once.
func (s *Store) Report(ctx context.Context, actor account.PersonID, id dialogue.ID, r moderation.NewReport, now time.Time) error {
	return errNotBuilt
}

// Queue lists open cases, the longest waiting first.
func (s *Store) Queue(ctx context.Context, actor account.PersonID, id dialogue.ID, after int64, limit int) ([]moderation.Case, error) {
	return nil, errNotBuilt
}

// Case is one case.
func (s *Store) Case(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64) (*moderation.Case, error) {
	return nil, errNotBuilt
}

// Decide ends a case, or an appeal, by somebody who did not write, report or
// decide it. until zero: no sanction.
func (s *Store) Decide(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64, d moderation.Decision, until, now time.Time) error {
	return errNotBuilt
}

// AskAgain appeals against a decision about the actor's own words.
func (s *Store) AskAgain(ctx context.Context, actor account.PersonID, id dialogue.ID, number int64, text string, now time.Time) error {
	return errNotBuilt
}

// ModerationLog is the public log, the newest first, before that number.
func (s *Store) ModerationLog(ctx context.Context, actor account.PersonID, id dialogue.ID, before int64, limit int) ([]moderation.Line, error) {
	return nil, errNotBuilt
}

// Balance is how the process served each side.
func (s *Store) Balance(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) (*moderation.Balance, error) {
	return nil, errNotBuilt
}

// MySanctions are those that hold for the actor.
func (s *Store) MySanctions(ctx context.Context, actor account.PersonID, id dialogue.ID, now time.Time) ([]moderation.Sanction, error) {
	return nil, errNotBuilt
}

// ModerationRules are how strictly the forum is kept.
func (s *Store) ModerationRules(ctx context.Context, actor account.PersonID, id dialogue.ID) (moderation.Rules, error) {
	return moderation.Rules{}, errNotBuilt
}

// SetModerationRules changes them, and says so in the public log.
func (s *Store) SetModerationRules(ctx context.Context, actor account.PersonID, id dialogue.ID, rules moderation.Rules, now time.Time) error {
	return errNotBuilt
}

// weighText decides, inside a deed, whether words of the actor are shown at once
// or held for a moderator; fault.Denied or fault.Throttled where a sanction or
// slow mode keeps them from writing. Everything new that is written passes here.
func (r room) weighText(kind writing.Kind, words string, now time.Time) (writing.State, error) {
	return writing.Shown, nil
}

// openCase puts what weighText held before the moderators, after it was stored.
func (r room) openCase(n writing.ID, why moderation.Why, now time.Time) error {
	return nil
}

// clearModeration deletes what leads from the moderation to a member.
func (r room) clearModeration(m dialogue.MemberID) error { return nil }
