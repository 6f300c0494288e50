// Package store keeps dialogues in a database, SQLite by default and PostgreSQL
// by address, with one SQL text for both. Its methods are deeds, not tables:
// each loads, lets the concept decide, and saves, all of it or nothing. No other
// package speaks SQL. The store decides nothing about a dialogue itself.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"parley/account"
	"parley/fault"
	"parley/opinion"
)

// Config says where the data is. Either Dir or URL is given, never both.
type Config struct {
	Dir        string       // the data folder of SQLite; made where it is missing
	URL        string       // the address of a PostgreSQL database: postgres://...
	Log        *slog.Logger // nil is silence
	QueueLimit int          // deeds that may wait to be written; 0 is DefaultQueueLimit

	hooks hooks
}

// DefaultQueueLimit is how many deeds may wait before the store says that it is
// busy.
const DefaultQueueLimit = 1024

// hooks let the tests of this package fail or hold what a disk might.
type hooks struct {
	statement func(query string) error // before each statement of a deed
	commit    func() error             // before each commit
	vfs       string                   // the file system of SQLite, for the connection that writes
	pragma    string                   // after all others
}

// Store is one open database. It is safe for use by many goroutines.
type Store struct {
	log     *slog.Logger
	readers *sql.DB
	writer  writer
	asked   chan struct{}
	points  points
	memory  *memory
	dir     string // the data folder; empty with PostgreSQL
	master  []byte // what every key of this server is derived from
	hasher  *account.Hasher
	due     func(n, fresh int) bool // opinion.Due; a test that it must fail breaks it
}

// Open opens the database, creating it where it is new, and brings its schema
// up to date. It refuses a schema newer than this binary.
func Open(ctx context.Context, c Config) (*Store, error) {
	if (c.Dir == "") == (c.URL == "") {
		return nil, errors.New("open the store: give a data folder or the address of a database, one of the two")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.QueueLimit <= 0 {
		c.QueueLimit = DefaultQueueLimit
	}
	open := openSQLite
	if c.URL != "" {
		open = openPostgres
	}
	s := &Store{log: c.Log, asked: make(chan struct{}, 1), points: points{statements: map[string]*sql.Stmt{}}, memory: &memory{}, due: opinion.Due}
	s.hasher = account.NewHasher(runtime.GOMAXPROCS(0))
	if err := open(ctx, c, s); err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	if err := s.readServerSecret(ctx); err != nil {
		return nil, fmt.Errorf("open the store: %w", errors.Join(err, s.Close()))
	}
	return s, nil
}

// Close takes no more deeds, waits for those that were taken, and closes the
// database. Reads that are still running fail.
func (s *Store) Close() error {
	return errors.Join(s.writer.close(), s.readers.Close())
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.read(ctx, func(c conn) error {
		_, err := c.one("select 1", nil, new(int))
		return err
	})
}

// writer gives deeds their transactions: many in one on SQLite, one each on
// PostgreSQL.
type writer interface {
	// write runs a deed: all of it happens, or nothing does. It returns after
	// the commit. Where ctx ends before the deed has begun, nothing happens and
	// its error is returned; a deed that has begun runs to its end. Where too
	// many deeds wait already, it returns fault.Busy at once. A light deed changes
	// nothing that the memory keeps, unless it says so with conn.heavy.
	write(ctx context.Context, do deed, light bool) error
	scrub(ctx context.Context) error
	close() error
}

// deed is what a method of the store does inside its transaction. It may run
// more than once, each time from a clean state.
type deed func(c conn) error

func (s *Store) write(ctx context.Context, do deed) error { return s.writer.write(ctx, do, false) }

// writeLight is write of a deed that changes neither what somebody is to a
// dialogue nor what pages show to many: somebody's own answer, their draft.
func (s *Store) writeLight(ctx context.Context, do deed) error { return s.writer.write(ctx, do, true) }

// read runs queries that all see the database at one moment.
func (s *Store) read(ctx context.Context, do func(c conn) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin to read: %w", err)
	}
	defer tx.Rollback()
	return do(conn{ctx, tx, nil})
}

var errClosed = errors.New("the store is closed")

func busy() error {
	return fault.New(fault.Busy, "store.busy", "the store is busy: too much waits to be written, try again in a moment")
}

// guarded runs a deed and turns its panic into an error, so that one bad deed
// fails alone.
func guarded(log *slog.Logger, do deed, c conn) (err error) {
	defer func() {
		if p := recover(); p != nil {
			log.Error("a deed of the store panicked", "panic", p, "stack", stack())
			err = fmt.Errorf("panic in a deed of the store: %v", p)
		}
	}()
	return do(c)
}

// micros is how a time is kept.
func micros(t time.Time) int64 { return t.UnixMicro() }

// moment is the time that micros kept.
func moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
