package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3/database"
)

const (
	postgresConnections = 16
	deedTime            = 30 * time.Second // a deed on a server that no longer answers ends here
	deedAttempts        = 10
	retryPause          = 5 * time.Millisecond // doubled each time, with chance
)

func openPostgres(ctx context.Context, c Config, s *Store) error {
	db, err := sql.Open("pgx", c.URL)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(postgresConnections)
	db.SetMaxIdleConns(postgresConnections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := migrate(ctx, db, database.DialectPostgres, c.Log); err != nil {
		return errors.Join(err, db.Close())
	}
	s.readers = db
	s.writer = &each{db: db, log: c.Log, hooks: c.hooks, places: make(chan struct{}, c.QueueLimit), memory: s.memory}
	return nil
}

// each gives every deed a transaction of its own and repeats those that the
// server asks to repeat.
type each struct {
	db     *sql.DB
	log    *slog.Logger
	hooks  hooks
	places chan struct{} // one for each deed that runs or waits
	memory *memory

	closing sync.RWMutex // held for reading by every deed
	closed  bool
}

func (e *each) write(ctx context.Context, do deed, light bool) error {
	select {
	case e.places <- struct{}{}:
		defer func() { <-e.places }()
	default:
		return busy()
	}
	e.closing.RLock()
	defer e.closing.RUnlock()
	if e.closed {
		return errClosed
	}
	for attempt := 1; ; attempt++ {
		err := e.once(ctx, do, light)
		if !repeatable(err) || attempt == deedAttempts {
			return err
		}
		pause := retryPause << min(attempt, 6)
		time.Sleep(pause/2 + rand.N(pause))
	}
}

func (e *each) once(ctx context.Context, do deed, light bool) error {
	c, err := e.db.Conn(ctx) // waits for a free connection as long as the caller does
	if err != nil {
		return err
	}
	defer c.Close()
	begun, cancel := context.WithTimeout(context.WithoutCancel(ctx), deedTime)
	defer cancel()
	tx, err := c.BeginTx(begun, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w := &weight{light: light} // others write, too: what is kept may not be what this deed would read
	if err := guarded(e.log, do, conn{begun, e.hooks.hook(tx), w}); err != nil {
		return err
	}
	if e.hooks.commit != nil {
		if err := e.hooks.commit(); err != nil {
			return err
		}
	}
	err = tx.Commit()
	if !w.light {
		e.memory.changed() // after an error, too: nobody knows what became of it
	}
	return err
}

// close waits for the deeds that run. The database itself is the readers'.
func (e *each) close() error {
	e.closing.Lock()
	defer e.closing.Unlock()
	e.closed = true
	return nil
}

// repeatable reports whether the server undid the transaction because of what
// others did at the same time: serialization failure, deadlock.
func repeatable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}
