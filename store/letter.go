package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/notice"
)

// Letter is one letter that waits or went out.
type Letter struct {
	ID       string
	Dialogue dialogue.ID      // empty: of the account itself, or of the site
	Person   account.PersonID // with whose account the letter goes; may be empty
	Sender   account.PersonID // who wrote what it says, where they were signed in: it goes with their account, too
	To       string           // the address; empty: nobody can be written to, the line is for the outbox alone
	Lang     string
	Kind     string            // a key of the catalogue: "letter." + Kind
	Args     map[string]string // its places; "Link" is a path on this site, to be followed once
	State    string            // Waiting, Done, Failed
	Attempt  int               // how often sending was begun
	QueuedAt time.Time
	SentAt   time.Time
	Error    string

	Notices     []notice.Notice // what a letter that tells what happened says, as its reader may read it now
	Unsubscribe string          // the secret of a letter that is about to go out and can be answered with "no more"
}

// MostLetters is the longest page of the outbox.
const MostLetters = 200

// LetterLease is how long a letter that NextLetter gave out is kept from others.
const LetterLease = 5 * time.Minute

// letter puts a letter in the outbox as part of a deed. ID, State and times are
// set here.
func letter(c conn, l Letter, now time.Time) error { return letterAt(c, l, now, now) }

// letterAt is letter of one that must not go before that time.
func letterAt(c conn, l Letter, notBefore, now time.Time) error {
	if !oneLine(l.To) || !oneLine(l.Lang) || l.Kind == "" {
		return fmt.Errorf("a letter of the kind %q: an address, a language or a kind that cannot be", l.Kind)
	}
	args, err := compactJSON(orEmpty(l.Args))
	if err != nil {
		return err
	}
	_, err = c.exec(`
		insert into letter (id, dialogue, person, sender, address, lang, kind, args, state, attempt, run_at, held_until, queued_at, sent_at, error)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, 0, $10, 0, '')`,
		rand.Text(), optional(l.Dialogue), optional(l.Person), optional(l.Sender), l.To, l.Lang, l.Kind, args, micros(notBefore), micros(now))
	return err
}

func orEmpty(args map[string]string) map[string]string {
	if args == nil {
		return map[string]string{}
	}
	return args
}

const letterColumns = `l.id, coalesce(l.dialogue, ''), coalesce(l.person, ''), coalesce(l.sender, ''), l.address, l.lang, l.kind, l.args, l.state, l.attempt,
			l.queued_at, l.sent_at, l.error`

func scanLetter(scan scan) (l Letter, err error) {
	var args text
	var queued, sent int64
	err = scan(&l.ID, &l.Dialogue, &l.Person, &l.Sender, &l.To, &l.Lang, &l.Kind, &args, &l.State, &l.Attempt, &queued, &sent, &l.Error)
	l.Args, l.QueuedAt, l.SentAt = args, moment(queued), maybeMoment(sent)
	return l, err
}

// Letters lists letters, the newest first, after that id: all for the owner,
// with what they say; those of one dialogue for its convener, with neither
// address nor arguments, without the messages that they read elsewhere and those
// that tell somebody what happened.
func (s *Store) Letters(ctx context.Context, actor account.PersonID, id dialogue.ID, after string, limit int) (letters []Letter, err error) {
	err = s.read(ctx, func(c conn) error {
		if id == "" {
			if err := mustOwn(c, actor); err != nil {
				return err
			}
		} else if _, _, err := allowed(c, id, actor, dialogue.SeeLetters); err != nil {
			return err
		}
		err := c.each(`
			select `+letterColumns+`
			from letter l
			left join letter a on a.id = $2
			where ($1 = '' or l.dialogue = $1 and l.kind not in ('message', 'notice'))
				and ($2 = '' or l.queued_at < a.queued_at or l.queued_at = a.queued_at and l.id < a.id)
			order by l.queued_at desc, l.id desc
			limit $3`, []any{id, after, min(max(limit, 1), MostLetters)},
			func(scan scan) error {
				l, err := scanLetter(scan)
				if id != "" {
					l.To, l.Person, l.Sender, l.Args, l.Error = "", "", "", nil, ""
				}
				letters = append(letters, l)
				return err
			})
		if err != nil {
			return err
		}
		for i := range letters {
			if l := &letters[i]; l.told() && l.State == Waiting {
				if err := compose(c, l); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return letters, nil
}

// mustOwn lets only the owner of the server pass.
func mustOwn(c conn, actor account.PersonID) error {
	var owner flag
	found, err := c.one(`
		select owner
		from person
		where id = $1`, []any{actor}, &owner)
	switch {
	case err != nil:
		return err
	case actor == "" || !found:
		return fault.New(fault.Unknown, "dialogue.unknown", "sign in to run the server")
	case !bool(owner):
		return fault.New(fault.Denied, "dialogue.denied", "only the owner runs the server")
	}
	return nil
}

// NextLetter claims the oldest letter that waits and has an address; nil where
// there is none. SentLetter and FailLetter end the claim; a letter that failed
// waits until again, or is given up where again is zero. What was sent keeps
// neither address nor text.
func (s *Store) NextLetter(ctx context.Context, now time.Time) (*Letter, error) {
	var next *Letter
	err := s.read(ctx, func(c conn) (err error) { // most of the time nothing waits, and nothing need be written
		next, err = openLetter(c, now)
		return err
	})
	if err != nil || next == nil {
		return nil, wrapped("look for a letter", err)
	}
	err = s.write(ctx, func(c conn) error {
		for {
			if next, err = openLetter(c, now); err != nil || next == nil {
				return err
			}
			n, err := c.exec(`
				update letter
				set held_until = $3, attempt = attempt + 1
				where id = $1 and attempt = $2 and state = 'waiting'`,
				next.ID, next.Attempt, micros(now.Add(LetterLease)))
			if err != nil {
				return err
			}
			if n == 1 {
				next.Attempt++
				if kept, err := prepare(c, next, now); kept || err != nil {
					return err
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("claim a letter: %w", err)
	}
	return next, nil
}

// prepare puts into a letter that tells what happened what it says now, and a
// secret by which to end such letters. One that has nothing to say any more is
// dropped.
func prepare(c conn, l *Letter, now time.Time) (kept bool, err error) {
	if !l.told() {
		return true, nil
	}
	if err := compose(c, l); err != nil {
		return false, err
	}
	if len(l.Notices) == 0 {
		_, err := c.exec(`
			delete from letter
			where id = $1`, l.ID)
		return false, err
	}
	l.Unsubscribe, err = unsubscribeSecret(c, l.Person, now)
	return true, err
}

func wrapped(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func openLetter(c conn, now time.Time) (next *Letter, err error) {
	err = c.each(`
		select `+letterColumns+`
		from letter l
		where l.state = 'waiting' and l.run_at <= $1 and l.held_until <= $1 and l.address <> ''
		order by l.run_at, l.id
		limit 1`, []any{micros(now)},
		func(scan scan) error {
			l, err := scanLetter(scan)
			next = &l
			return err
		})
	return next, err
}

// SentLetter notes that the letter went out.
func (s *Store) SentLetter(ctx context.Context, id string, now time.Time) error {
	return s.endLetter(ctx, `
		update letter
		set state = 'done', sent_at = $2, address = '', args = '{}', error = ''
		where id = $1`, id, micros(now))
}

// FailLetter notes why it did not.
func (s *Store) FailLetter(ctx context.Context, id, cause string, again time.Time) error {
	state := Waiting
	if again.IsZero() {
		state = Failed
	}
	return s.endLetter(ctx, `
		update letter
		set state = $2, run_at = $3, held_until = 0, error = $4
		where id = $1`, id, state, maybeMicros(again), cause)
}

// endLetter says nothing where the letter is gone: it went with its account.
func (s *Store) endLetter(ctx context.Context, update string, args ...any) error {
	err := s.write(ctx, func(c conn) error {
		_, err := c.exec(update, args...)
		return err
	})
	return wrapped("note what became of a letter", err)
}
