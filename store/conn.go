package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync"
)

// runner is whatever runs statements: a transaction, or a connection with its
// prepared statements.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// conn runs statements inside the transaction of one deed or of one read.
type conn struct {
	ctx    context.Context
	run    runner
	weight *weight // of a deed; nil for a read
}

// exec returns the number of rows that changed.
func (c conn) exec(query string, args ...any) (int64, error) {
	r, err := c.run.ExecContext(c.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// each calls row for every row of the answer; row may do nothing but scan.
func (c conn) each(query string, args []any, row func(scan scan) error) error {
	rows, err := c.run.QueryContext(c.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one scans the first row of the answer and reports whether there is one.
func (c conn) one(query string, args []any, into ...any) (found bool, err error) {
	err = c.each(query, args, func(scan scan) error {
		if found {
			return nil
		}
		found = true
		return scan(into...)
	})
	return found, err
}

type scan = func(into ...any) error

// series runs statements one after another until one fails; err is its error.
type series struct {
	c   conn
	err error
}

func (s *series) exec(query string, args ...any) {
	if s.err == nil {
		_, s.err = s.c.exec(query, args...)
	}
}

// place runs a statement that puts one row where it belongs. A row that stands
// there already, because an id stands twice, is an error.
func (s *series) place(query string, args ...any) {
	if s.err != nil {
		return
	}
	n, err := s.c.exec(query, args...)
	if err == nil && n == 0 {
		err = fmt.Errorf("the id %v stands twice", args[1])
	}
	s.err = err
}

func (s *series) each(query string, args []any, row func(scan scan) error) {
	if s.err == nil {
		s.err = s.c.each(query, args, row)
	}
}

// hooked calls hook before each statement.
type hooked struct {
	runner
	hook func(query string) error
}

func (h hooked) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := h.hook(query); err != nil {
		return nil, err
	}
	return h.runner.ExecContext(ctx, query, args...)
}

func (h hooked) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := h.hook(query); err != nil {
		return nil, err
	}
	return h.runner.QueryContext(ctx, query, args...)
}

// hook puts the test's hook before the statements of a deed, where there is one.
func (h hooks) hook(r runner) runner {
	if h.statement == nil {
		return r
	}
	return hooked{r, h.statement}
}

func stack() string { return string(debug.Stack()) }

// points are the prepared statements of Store.point. Their texts are those of
// this package and so few.
type points struct {
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

// point scans the one row that a key finds, and reports whether there is one. It
// is for what every request asks: a single statement needs no transaction to see
// one moment, and goes at a third of the price.
func (s *Store) point(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	statement, err := s.points.prepare(ctx, s.readers, query)
	if err != nil {
		return false, err
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if rows.Next() {
		found = true
		if err := rows.Scan(into...); err != nil {
			return false, err
		}
	}
	return found, rows.Err()
}

func (p *points) prepare(ctx context.Context, db *sql.DB, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.statements[query]; ok {
		return s, nil
	}
	s, err := db.PrepareContext(context.WithoutCancel(ctx), query)
	if err == nil {
		p.statements[query] = s
	}
	return s, err
}
