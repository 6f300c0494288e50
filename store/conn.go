package store

import (
	"context"
	"database/sql"
	"runtime/debug"
)

// runner is whatever runs statements: a transaction, or a connection with its
// prepared statements.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// conn runs statements inside the transaction of one deed or of one read.
type conn struct {
	ctx context.Context
	run runner
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
