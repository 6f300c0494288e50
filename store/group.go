package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// A batch ends at whichever comes first; both bound how long the first deed in
// it waits for the last.
const (
	batchDeeds = 512
	batchTime  = 50 * time.Millisecond
)

// group is the single writer of a SQLite file. Its goroutine takes the deeds
// that wait and runs many in one transaction, each in a savepoint of its own, so
// that all of them share the one sync that makes a commit durable. A deed that
// fails is rolled back alone; everybody hears after the commit.
type group struct {
	log   *slog.Logger
	hooks hooks
	db    *sql.DB
	conn  *sql.Conn
	run   *prepared

	memory  *memory
	dirty   bool  // a heavy deed has run in the transaction at hand
	version int64 // what the file said of the writing of others

	queue   chan *waiting
	alone   chan func(*sql.Conn) // work that no transaction may surround
	closing sync.RWMutex
	closed  bool
	stopped chan struct{}
}

// waiting is a deed in the queue.
type waiting struct {
	ctx    context.Context
	do     deed
	light  bool
	begun  atomic.Bool // by the writer, or by a caller that went away
	answer chan error
}

func newGroup(ctx context.Context, db *sql.DB, c Config, m *memory) (*group, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	g := &group{
		log: c.Log, hooks: c.hooks, db: db, conn: conn, memory: m, run: &prepared{conn: conn, statements: map[string]*sql.Stmt{}},
		queue: make(chan *waiting, c.QueueLimit), alone: make(chan func(*sql.Conn)), stopped: make(chan struct{}),
	}
	go g.serve()
	return g, nil
}

func (g *group) write(ctx context.Context, do deed, light bool) error {
	w := &waiting{ctx: ctx, do: do, light: light, answer: make(chan error, 1)}
	if err := g.enqueue(w); err != nil {
		return err
	}
	select {
	case err := <-w.answer:
		return err
	case <-ctx.Done():
		if w.begun.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return <-w.answer
	}
}

func (g *group) enqueue(w *waiting) error {
	g.closing.RLock()
	defer g.closing.RUnlock()
	if g.closed {
		return errClosed
	}
	select {
	case g.queue <- w:
		return nil
	default:
		return busy()
	}
}

// close waits for the queue to empty, and leaves one file without a log beside
// it.
func (g *group) close() error {
	g.closing.Lock()
	first := !g.closed
	if first {
		g.closed = true
		close(g.queue)
	}
	g.closing.Unlock()
	<-g.stopped
	if !first {
		return nil
	}
	_, err := g.conn.ExecContext(context.Background(), "pragma wal_checkpoint(truncate)")
	return errors.Join(err, g.run.close(), g.conn.Close(), g.db.Close())
}

func (g *group) serve() {
	defer close(g.stopped)
	for {
		select {
		case first, open := <-g.queue:
			if !open {
				return
			}
			g.batch(first)
		case do := <-g.alone:
			do(g.conn)
		}
	}
}

// between runs what no transaction may surround, between two batches; deeds wait
// meanwhile.
func (g *group) between(ctx context.Context, do func(ctx context.Context, c *sql.Conn) error) error {
	answer := make(chan error, 1)
	select {
	case g.alone <- func(c *sql.Conn) { answer <- do(context.WithoutCancel(ctx), c) }:
		return <-answer
	case <-g.stopped:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// outcome is what a deed will hear if the commit succeeds.
type outcome struct {
	deed *waiting
	err  error
}

// batch runs the deed and those that wait behind it in one transaction, and
// answers them all after the commit.
func (g *group) batch(first *waiting) {
	if err := g.control("begin immediate"); err != nil {
		g.rollback() // were an earlier one stuck, this frees the connection
		if isLocked(err) {
			err = busy()
		}
		// Those behind it have waited as long: nobody waits twice.
		g.refuse(first, err)
		for range len(g.queue) {
			g.refuse(<-g.queue, err)
		}
		return
	}
	g.dirty = false
	g.look()
	outcomes, err := g.deeds(first)
	if err == nil {
		err = g.commit()
	}
	if g.dirty {
		g.memory.changed()
	}
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
		g.log.Error("a batch of deeds was lost, and everybody told so", "deeds", len(outcomes), "error", err)
		g.rollback()
	}
	for _, o := range outcomes {
		if err != nil {
			o.err = err
		}
		o.deed.answer <- o.err
	}
}

// look finds out whether another process has written since the last batch.
func (g *group) look() {
	version := int64(-1)
	if _, err := (conn{ctx: context.Background(), run: g.run}).one("pragma data_version", nil, &version); err != nil {
		g.log.Error("the file does not say whether others wrote", "error", err)
	}
	if version != g.version || version == -1 {
		g.version = version
		g.memory.changed()
	}
	g.memory.unchanged()
}

func (g *group) refuse(w *waiting, err error) {
	if w.begun.CompareAndSwap(false, true) {
		w.answer <- err
	}
}

// deeds runs deeds until none waits or the batch is full. Its error means that
// the whole transaction is lost.
func (g *group) deeds(w *waiting) (outcomes []outcome, broken error) {
	start := time.Now()
	for w != nil {
		if w.begun.CompareAndSwap(false, true) {
			err, lost := g.savepoint(w)
			outcomes = append(outcomes, outcome{w, err})
			if lost != nil {
				return outcomes, lost
			}
		}
		w = nil
		if len(outcomes) < batchDeeds && time.Since(start) < batchTime {
			select {
			case w = <-g.queue: // nil when the queue is closed and empty
			default:
			}
		}
	}
	return outcomes, nil
}

// savepoint runs one deed. A deed never sees its caller's cancellation: half of
// it must not happen.
func (g *group) savepoint(w *waiting) (err, lost error) {
	if lost := g.control("savepoint deed"); lost != nil {
		return nil, lost
	}
	weighs := &weight{light: w.light, fresh: !g.dirty, alone: true}
	err = guarded(g.log, w.do, conn{context.WithoutCancel(w.ctx), g.hooks.hook(g.run), weighs})
	g.dirty = g.dirty || err == nil && !weighs.light
	if err != nil {
		if lost = g.control("rollback to deed"); lost != nil {
			// SQLite has given up the whole transaction by itself.
			return err, fmt.Errorf("%w, after: %v", lost, err)
		}
	}
	return err, g.control("release deed")
}

func (g *group) commit() error {
	if g.hooks.commit != nil {
		if err := g.hooks.commit(); err != nil {
			return err
		}
	}
	return g.control("commit")
}

// rollback fails where SQLite has rolled back by itself, as it does after some
// errors.
func (g *group) rollback() {
	if err := g.control("rollback"); err != nil {
		g.log.Debug("nothing was rolled back", "error", err)
	}
}

func (g *group) control(statement string) error {
	_, err := g.run.ExecContext(context.Background(), statement)
	return err
}

// prepared runs statements on one connection and keeps them compiled. The texts
// are those of this package and so few.
type prepared struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := p.statements[query]; ok {
		return s, nil
	}
	s, err := p.conn.PrepareContext(ctx, query)
	if err == nil {
		p.statements[query] = s
	}
	return s, err
}

func (p *prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p *prepared) close() error {
	var all error
	for _, s := range p.statements {
		all = errors.Join(all, s.Close())
	}
	return all
}
