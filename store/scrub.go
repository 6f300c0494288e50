package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ScrubJob is the kind of the job that calls Scrub after an erasure.
const ScrubJob = "scrub"

// ScrubVersion is the version of that work.
const ScrubVersion = "1"

// ScrubPause is how long a scrub waits for others to be asked for, so that many
// who leave at once, or one who leaves again and again, cost one.
const ScrubPause = 10 * time.Minute

// queueScrub asks for a scrub after the deed, also where one is under way: that
// one may have begun too early.
func queueScrub(c conn, now time.Time) error {
	_, err := c.exec(`
		insert into job (kind, subject, version, state, attempt, run_at, holder, lease_until, done, total, error)
		values ($1, 'database', $2, 'waiting', 0, $3, '', 0, 0, 0, '')
		on conflict (kind, subject) do update
		set state = 'waiting', version = excluded.version, attempt = 0, holder = '', lease_until = 0, error = '',
			run_at = case when job.state = 'waiting' then job.run_at else excluded.run_at end`,
		ScrubJob, ScrubVersion, micros(now.Add(ScrubPause)))
	return err
}

// FinishJob notes that the work of a job that has no answer is done.
func (s *Store) FinishJob(ctx context.Context, j *Job) error {
	err := s.write(ctx, func(c conn) error { return finishJob(c, j) })
	return wrapped("finish a job", err)
}

// Scrub overwrites what deleted rows have left in the database file and its
// log. A job calls it after an erasure. Deeds wait meanwhile: about a second for
// each 100 MB.
func (s *Store) Scrub(ctx context.Context) error {
	return wrapped("scrub the database", s.writer.scrub(ctx))
}

// scrub rebuilds the file. Every connection has secure_delete, which overwrites
// deleted rows with zeros; but where SQLite moves rows between pages it may leave
// a copy in the gap, so nothing less than new pages is certain. The log goes
// before, so that the file is whole, and after, for it holds the old pages.
func (g *group) scrub(ctx context.Context) error {
	return g.between(ctx, func(ctx context.Context, c *sql.Conn) error {
		if err := emptyLog(ctx, c); err != nil {
			return err
		}
		if _, err := c.ExecContext(ctx, "vacuum"); err != nil {
			return err
		}
		return emptyLog(ctx, c)
	})
}

// emptyLog moves what is in the log to the file and cuts the log to nothing. It
// fails where somebody reads for longer than busyTimeout.
func emptyLog(ctx context.Context, c *sql.Conn) error {
	var busy, frames, moved int
	if err := c.QueryRowContext(ctx, "pragma wal_checkpoint(truncate)").Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("the log cannot be emptied while somebody reads")
	}
	return nil
}

// scrub rewrites every table and its indexes. What the server's own log still
// holds is the matter of who runs that server.
func (e *each) scrub(ctx context.Context) error {
	e.closing.RLock()
	defer e.closing.RUnlock()
	if e.closed {
		return errClosed
	}
	var tables []string
	c := conn{ctx, e.db, nil}
	err := c.each(`
		select quote_ident(tablename)
		from pg_catalog.pg_tables
		where schemaname = current_schema()
		order by tablename`, nil,
		func(scan scan) error {
			var t string
			err := scan(&t)
			tables = append(tables, t)
			return err
		})
	for _, t := range tables {
		if err == nil {
			_, err = e.db.ExecContext(ctx, "vacuum (full) "+t)
		}
	}
	if err != nil {
		return fmt.Errorf("rewrite the tables: %w", err)
	}
	return nil
}
