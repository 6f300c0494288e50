package store

import (
	"context"
	"time"

	"parley/account"
)

// guess counts one guess before it is made, and reports whether it may be: many
// at once cannot all pass. What is not allowed is not counted. what is the alias
// of that at which is guessed.
func (s *Store) guess(ctx context.Context, what string, b account.Budget, now time.Time) (wait time.Duration, ok bool, err error) {
	hour := account.Hour(now)
	err = s.write(ctx, func(c conn) error {
		// The row first: on PostgreSQL it keeps the others waiting.
		if err := countGuess(c, what, hour, 1); err != nil {
			return err
		}
		if _, err := c.exec(`
			delete from guess
			where hour < $1`, hour-account.GuessHours-1); err != nil {
			return err
		}
		var made []account.Guesses
		if err := c.each(`
			select hour, count
			from guess
			where name = $1
			order by hour`, []any{what},
			func(scan scan) error {
				var g account.Guesses
				err := scan(&g.Hour, &g.Count)
				if g.Hour == hour {
					g.Count--
				}
				made = append(made, g)
				return err
			}); err != nil {
			return err
		}
		if wait, ok = b.Allows(made, now); !ok {
			return countGuess(c, what, hour, -1)
		}
		return nil
	})
	return wait, ok && err == nil, err
}

// unguess takes back the guess that was none: it was right.
func unguess(c conn, what string, now time.Time) error {
	return countGuess(c, what, account.Hour(now), -1)
}

// countGuess adds to the guesses of an hour, never below none.
func countGuess(c conn, what string, hour int64, n int) error {
	_, err := c.exec(`
		insert into guess (name, hour, count)
		values ($1, $2, $3)
		on conflict (name, hour) do update
		set count = case when guess.count + $4 < 0 then 0 else guess.count + $4 end`, what, hour, max(n, 0), n)
	return err
}

// forgetGuesses begins the count at a person's password anew: it is another
// password now.
func (s *Store) forgetGuesses(c conn, id account.PersonID) error {
	_, err := c.exec(`
		delete from guess
		where name = $1`, s.guessedPassword(id))
	return err
}

func (s *Store) guessedPassword(id account.PersonID) string {
	return s.alias("guess", "password "+string(id))
}

func (s *Store) guessedCode(id account.PersonID) string { return s.alias("guess", "code "+string(id)) }

func (s *Store) guessedProof(id account.PersonID) string {
	return s.alias("guess", "proof "+string(id))
}

func (s *Store) guessedFromDevice(device string) string { return s.alias("guess", "device "+device) }

// guessedNobody is where guesses at accounts that do not exist are counted, so
// that they take as long as others: in a few thousand rows at most, which tell
// nothing of what was typed.
func (s *Store) guessedNobody(typed string) string {
	return "nobody-" + s.alias("guess", "name "+typed)[:3]
}
