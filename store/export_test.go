package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
)

// WithHooks puts hooks into a configuration: before each statement of a deed,
// and before each commit.
func WithHooks(c Config, statement func(query string) error, commit func() error) Config {
	c.hooks = hooks{statement: statement, commit: commit}
	return c
}

// WithFiles puts another file system under SQLite, and one pragma on top.
func WithFiles(c Config, vfs, pragma string) Config {
	c.hooks = hooks{vfs: vfs, pragma: pragma}
	return c
}

// Deed is one statement after another, as a method of the store would run them.
type Deed struct{ conn }

// Exec runs a statement.
func (d Deed) Exec(query string, args ...any) error {
	_, err := d.exec(query, args...)
	return err
}

// Write runs a deed of the test's own.
func (s *Store) Write(ctx context.Context, do func(d Deed) error) error {
	return s.write(ctx, func(c conn) error { return do(Deed{c}) })
}

// InBooth runs nothing, as a light deed of the actor, and says whether they may.
func (s *Store) InBooth(ctx context.Context, actor account.PersonID, id dialogue.ID, do dialogue.Verb) error {
	return s.inBooth(ctx, actor, id, do, func(room) error { return nil })
}

// Remembers reports whether the memory holds what the actor is to the dialogue.
func (s *Store) Remembers(id dialogue.ID, actor account.PersonID) bool {
	_, _, ok := s.memory.recall(id, actor)
	return ok
}

// Post puts a letter in the outbox.
func (s *Store) Post(ctx context.Context, l Letter, now time.Time) error {
	return s.write(ctx, func(c conn) error { return letter(c, l, now) })
}

// State is everything in the tables, in one order.
func (s *Store) State(ctx context.Context) (string, error) {
	var state []string
	err := s.read(ctx, func(c conn) error {
		for _, table := range Tables {
			rows, err := c.run.QueryContext(ctx, "select * from "+table)
			if err != nil {
				return err
			}
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				cells, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range cells {
					into[i] = &cells[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				state = append(state, fmt.Sprint(table, cells))
			}
			if err := rows.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(state)
	return strings.Join(state, "\n"), err
}

// WrittenBy is what the person has a hand in.
func (s *Store) WrittenBy(ctx context.Context, id dialogue.ID, person account.PersonID) (list []account.Written, err error) {
	err = s.read(ctx, func(c conn) error {
		list, err = writtenBy(c, id, person)
		return err
	})
	return list, err
}

// Value is the single value of a query's single row.
func (s *Store) Value(ctx context.Context, query string, args ...any) (value any, err error) {
	err = s.read(ctx, func(c conn) error {
		_, err := c.one(query, args, &value)
		return err
	})
	return value, err
}

// Tables are those of the schema.
var Tables = []string{
	"dialogue", "side", "register", "interest", "counterpart", "weighing",
	"topic", "topic_interest", "topic_affects", "topic_camp", "topic_share", "named",
	"written", "written_issue", "written_option", "written_effect", "written_point", "written_disagreement", "written_cap",
	"written_rule", "written_rule_option", "written_rule_effect", "written_rule_point", "written_rule_when", "act", "act_actor",
	"job", "deal_question", "deal_answer",
	"member", "member_side", "role_grant", "verified", "agreement", "consent", "approval", "recommendation", "invitation",
	"settings", "declaration", "journal", "interest_author", "deal_question_author",
	"person", "session", "password", "passkey", "totp", "recovery_code", "identity", "link", "spent", "guess", "server_secret",
	"token", "letter", "legal_text", "once",
	"moderation_case", "moderation_report", "moderation_decision", "moderation_appeal", "moderation_sanction", "moderation_rules",
	"contribution", "revision", "tag", "reaction", "translation", "translation_rating", "draft", "event",
	"matter", "part", "answering", "tie", "step", "step_party", "comment", "thread", "search_text",
	"follow", "spread", "spreading", "notice", "notice_settings", "unsubscribe", "feed_key",
	"statement", "voter", "vote", "tally", "told", "expectation", "told_gap", "reason",
}
