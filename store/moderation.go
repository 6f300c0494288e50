package store

import (
	"context"
	"slices"
	"strconv"
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

// clearModeration deletes what leads from the moderation to a member.
func (r room) clearModeration(m dialogue.MemberID) error { return nil }

// lineArgs names a line of the public log in the journal.
func lineArgs(number int64) map[string]string {
	return map[string]string{"Number": strconv.FormatInt(number, 10)}
}

// loadVerdicts are the decisions that hid contributions, for those that are
// hidden or were; of each the newest.
func (r room) loadVerdicts(ns []writing.ID) (map[writing.ID]writing.Verdict, error) {
	out := map[writing.ID]writing.Verdict{}
	if len(ns) == 0 {
		return out, nil
	}
	from, to := slices.Min(ns), slices.Max(ns)
	err := r.each(`
		select c.item, d.reason, c.number, d.at
		from moderation_case c
		join moderation_decision d on d.dialogue = c.dialogue and d.number = c.number
		where c.dialogue = $1 and c.item between $2 and $3 and c.lang = '' and d.verdict <> 'keep'
		order by d.at, c.number, d.step`, []any{r.id, int64(from), int64(to)},
		func(scan scan) error {
			var n writing.ID
			var v writing.Verdict
			var at int64
			err := scan((*int64)(&n), &v.Reason, &v.Case, &at)
			v.At = moment(at)
			if slices.Contains(ns, n) {
				out[n] = v
			}
			return err
		})
	return out, err
}

// hideTranslation hides a translation, or shows it again.
func (r room) hideTranslation(n writing.ID, lang string, hidden bool) error {
	_, err := r.exec(`
		update translation
		set hidden = $4
		where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(n), lang, flag(hidden))
	return err
}
