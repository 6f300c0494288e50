package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"parley/store"
	"parley/store/storetest"
)

// A distributed engine may refuse any commit and ask for the deed to be done
// again.
func TestRefusedCommitIsRepeated(t *testing.T) {
	c := storetest.Postgres(t)
	ctx := context.Background()
	var refusals atomic.Int64
	s := storetest.Open(t, store.WithHooks(c, nil, func() error {
		if refusals.Add(-1) >= 0 {
			return &pgconn.PgError{Code: "40001", Message: "could not serialize access"}
		}
		return nil
	}))
	refusals.Store(3)
	must(t, note(s, ctx, "in the end"))
	if got := notes(t, s); got != 1 {
		t.Errorf("got %d rows, want 1", got)
	}
	refusals.Store(1000)
	var refused *pgconn.PgError
	if err := note(s, ctx, "never"); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
	if done := 1000 - refusals.Load(); done < 2 || done > 20 {
		t.Errorf("tried %d times", done)
	}
	refusals.Store(0)
	if got := notes(t, s); got != 1 {
		t.Errorf("got %d rows, want 1", got)
	}
}

// Two deeds that lock the same rows in opposite order both come through.
func TestDeadlockIsRepeated(t *testing.T) {
	c := storetest.Postgres(t)
	ctx := context.Background()
	s := storetest.Open(t, c)
	must(t, note(s, ctx, "0"))
	must(t, note(s, ctx, "1"))
	add := func(d store.Deed, row int) error {
		return d.Exec(`
			update job
			set done = done + 1
			where subject = $1`, fmt.Sprint(row))
	}
	var runs atomic.Int64
	var deeds, first sync.WaitGroup
	first.Add(2)
	for i := range 2 {
		deeds.Go(func() {
			meet := sync.OnceFunc(func() { first.Done(); first.Wait() })
			err := s.Write(ctx, func(d store.Deed) error {
				runs.Add(1)
				if err := d.Exec("set local deadlock_timeout = '5ms'"); err != nil {
					return err
				}
				if err := add(d, i); err != nil {
					return err
				}
				meet()
				return add(d, 1-i)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	deeds.Wait()
	if got := number(t, s, "select cast(sum(done) as bigint) from job"); got != 4 {
		t.Errorf("got %d changes, want 4", got)
	}
	if runs.Load() < 3 {
		t.Errorf("two deeds ran %d times: there was no deadlock", runs.Load())
	}
}
