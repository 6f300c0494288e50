package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/moderation"
)

// ModerationRules are how strictly the forum is kept. Whoever may read may know.
func (s *Store) ModerationRules(ctx context.Context, actor account.PersonID, id dialogue.ID) (rules moderation.Rules, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, _, err := allowed(c, id, actor, dialogue.Read); err != nil {
			return err
		}
		rules, err = loadModerationRules(c, id)
		return err
	})
	if err != nil {
		return rules, fmt.Errorf("read how strictly the forum of %s is kept: %w", id, err)
	}
	return rules, nil
}

// SetModerationRules changes them, and says so in the public log with the reason. What is so
// already changes nothing. A change that started from another revision than
// holds now is fault.Stale.
func (s *Store) SetModerationRules(ctx context.Context, actor account.PersonID, id dialogue.ID, rules moderation.Rules, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Moderate, func(r room) error {
		rules, err := rules.Checked(now)
		if err != nil {
			return err
		}
		before, err := loadModerationRules(r.conn, id)
		if err == nil && rules.Revision != 0 && rules.Revision != before.Revision {
			err = stale()
		}
		if err != nil || before.Same(rules) {
			return err
		}
		if rules, err = rules.Reasoned(); err != nil {
			return err
		}
		if rules.Lang, err = r.spoken(rules.Lang); err != nil {
			return err
		}
		number, err := r.nextLine()
		if err != nil {
			return err
		}
		if _, err := r.exec(`
			insert into moderation_rules (dialogue, number, premoderate, slow, slow_until, member, role, at, text, lang)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			id, number, rules.Premoderate, rules.Slow.Microseconds(), maybeMicros(rules.SlowUntil),
			string(r.who.Member), string(roleFor(r.who, dialogue.Moderate)), micros(now), rules.Text, rules.Lang); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Moderate, "moderation-rules", lineArgs(number), now)
	})
	if err != nil {
		return fmt.Errorf("set how strictly the forum of %s is kept: %w", id, err)
	}
	return nil
}

// loadModerationRules are the zero rules where nobody ever set any.
func loadModerationRules(c conn, id dialogue.ID) (rules moderation.Rules, err error) {
	var slow, until int64
	rules.Revision = 1
	_, err = c.one(`
		select premoderate, slow, slow_until, text, lang, number + 1
		from moderation_rules
		where dialogue = $1
		order by number desc
		limit 1`, []any{id}, &rules.Premoderate, &slow, &until, &rules.Text, &rules.Lang, &rules.Revision)
	rules.Slow, rules.SlowUntil = time.Duration(slow)*time.Microsecond, maybeMoment(until)
	return rules, err
}
