package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// note writes one row.
func note(s *store.Store, ctx context.Context, key string) error {
	return s.Write(ctx, func(d store.Deed) error { return insert(d, key) })
}

func insert(d store.Deed, key string) error {
	return d.Exec(`
		insert into job (kind, subject, version, state, attempt, run_at, holder, lease_until, done, total, error)
		values ('note', $1, '', 'done', 0, 0, '', 0, 0, 0, '')`, key)
}

func notes(t testing.TB, s *store.Store) int64 {
	t.Helper()
	return number(t, s, "select count(1) from job where kind = 'note'")
}

func TestManyWritersAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		bug := errors.New("a bug")
		var wg sync.WaitGroup
		for writer := range 64 {
			wg.Go(func() {
				for i := range 20 {
					key := fmt.Sprint(writer, "-", i)
					if err := note(s, ctx, key); err != nil {
						t.Error(err)
					}
					// A failing neighbour in each batch, in three ways.
					err := s.Write(ctx, func(d store.Deed) error {
						if err := insert(d, key+"-bad"); err != nil {
							return err
						}
						switch i % 3 {
						case 0:
							return bug
						case 1:
							panic(bug)
						}
						return insert(d, key)
					})
					if err == nil || (i%3 == 0) != errors.Is(err, bug) {
						t.Errorf("a bad deed: got %v", err)
					}
				}
			})
		}
		wg.Wait()
		if got := notes(t, s); got != 64*20 {
			t.Errorf("got %d rows, want %d", got, 64*20)
		}
		if got := number(t, s, "select count(1) from job where subject like '%-bad'"); got != 0 {
			t.Errorf("%d rows of failed deeds are left", got)
		}
	})
}

// Promise 5: nobody hears "saved" before the commit.
func TestTheAnswerComesAfterTheCommit(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		var held atomic.Bool
		release := make(chan struct{})
		s := storetest.Open(t, store.WithHooks(c, nil, func() error {
			if held.Load() {
				<-release
			}
			return nil
		}))
		held.Store(true)
		answers := make(chan error, 8)
		for i := range 8 {
			go func() { answers <- note(s, ctx, fmt.Sprint(i)) }()
		}
		select {
		case err := <-answers:
			t.Fatalf("an answer before the commit: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
		if got := notes(t, s); got != 0 {
			t.Errorf("%d rows can be read before the commit", got)
		}
		close(release)
		for range 8 {
			if err := <-answers; err != nil {
				t.Error(err)
			}
		}
		if got := notes(t, s); got != 8 {
			t.Errorf("got %d rows, want 8", got)
		}
	})
}

func TestFailedCommitIsHeardByAll(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		full := errors.New("the disk is full")
		var broken atomic.Bool
		entered, release := make(chan struct{}, 64), make(chan struct{})
		s := storetest.Open(t, store.WithHooks(c, nil, func() error {
			if !broken.Load() {
				return nil
			}
			entered <- struct{}{}
			<-release
			return full
		}))
		broken.Store(true)
		answers := make(chan error, 9)
		write := func(i int) { answers <- note(s, ctx, fmt.Sprint(i)) }
		go write(0)
		<-entered // the others wait behind it and share the next batch on SQLite
		for i := range 8 {
			go write(i + 1)
		}
		close(release)
		for range 9 {
			if err := <-answers; !errors.Is(err, full) {
				t.Errorf("got %v", err)
			}
		}
		broken.Store(false)
		if got := notes(t, s); got != 0 {
			t.Errorf("%d rows are left", got)
		}
		if err := note(s, ctx, "after"); err != nil {
			t.Errorf("after the failure: %v", err)
		}
		if got := notes(t, s); got != 1 {
			t.Errorf("got %d rows, want 1", got)
		}
	})
}

// stalled opens a store whose first deed is held inside its transaction.
func stalled(t *testing.T, c store.Config) (s *store.Store, release func()) {
	s = storetest.Open(t, c)
	begun, free := make(chan struct{}), make(chan struct{})
	var once sync.Once
	release = func() { once.Do(func() { close(free) }) }
	t.Cleanup(release)
	go s.Write(context.Background(), func(store.Deed) error {
		close(begun)
		<-free
		return nil
	})
	<-begun
	return s, release
}

func TestFullQueueSaysBusyAtOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		c.QueueLimit = 4
		s, release := stalled(t, c)
		hold, answers := make(chan struct{}), make(chan error, 8)
		for i := range 8 {
			go func() {
				answers <- s.Write(ctx, func(d store.Deed) error {
					<-hold
					return insert(d, fmt.Sprint("held-", i))
				})
			}()
		}
		// One deed is inside already. On SQLite four more wait; on PostgreSQL
		// it counts as one of the four.
		taken := c.QueueLimit
		if c.URL != "" {
			taken--
		}
		for range 8 - taken {
			if err := <-answers; !fault.Is(err, fault.Busy) {
				t.Errorf("got %v, want a busy fault", err)
			}
		}
		release()
		close(hold)
		for range taken {
			must(t, <-answers)
		}
		if err := note(s, ctx, "afterwards"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestCallerWhoLeavesBeforeItsDeedBegan(t *testing.T) {
	s, release := stalled(t, storetest.SQLite(t))
	ctx, leave := context.WithCancel(context.Background())
	answer := make(chan error)
	go func() { answer <- note(s, ctx, "left") }()
	time.Sleep(10 * time.Millisecond)
	leave()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	release()
	if err := note(s, context.Background(), "stayed"); err != nil {
		t.Fatal(err)
	}
	if got := notes(t, s); got != 1 {
		t.Errorf("got %d rows, want only that of the caller who stayed", got)
	}
}

// A deed that has begun does not see that its caller has gone.
func TestCallerWhoLeavesHalfway(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx, leave := context.WithCancel(context.Background())
		err := s.Write(ctx, func(d store.Deed) error {
			if err := insert(d, "one"); err != nil {
				return err
			}
			leave()
			return insert(d, "two")
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := notes(t, s); got != 2 {
			t.Errorf("got %d rows, want 2", got)
		}
	})
}

func TestCloseWaitsForWhatWasTaken(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		s, err := store.Open(ctx, c)
		must(t, err)
		var saved atomic.Int64
		var wg sync.WaitGroup
		for writer := range 16 {
			wg.Go(func() {
				for i := 0; ; i++ {
					if err := note(s, ctx, fmt.Sprint(writer, "-", i)); err != nil {
						return
					}
					saved.Add(1)
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		must(t, s.Close())
		wg.Wait()
		if err := note(s, ctx, "late"); err == nil {
			t.Error("a closed store takes deeds")
		}
		if err := s.Close(); err != nil {
			t.Errorf("closing twice: %v", err)
		}
		if c.Dir != "" {
			if left, _ := filepath.Glob(filepath.Join(c.Dir, "*")); len(left) != 1 {
				t.Errorf("files left behind: %s", strings.Join(left, " "))
			}
		}
		if got := notes(t, storetest.Open(t, c)); got != saved.Load() || got == 0 {
			t.Errorf("got %d rows, want the %d that were acknowledged", got, saved.Load())
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, err := s.Value(context.Background(), "delete from job returning 1"); err == nil {
			t.Error("a reader deleted rows")
		}
	})
}

func TestPing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		s, err := store.Open(context.Background(), c)
		must(t, err)
		must(t, s.Ping(context.Background()))
		must(t, s.Close())
		if s.Ping(context.Background()) == nil {
			t.Error("a closed store answers")
		}
	})
}

// Two processes over one data folder wait for each other.
func TestTwoWritersOfOneFolder(t *testing.T) {
	c := storetest.SQLite(t)
	nodes := []*store.Store{storetest.Open(t, c), storetest.Open(t, c)}
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			if err := note(nodes[i%2], context.Background(), fmt.Sprint(i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := notes(t, nodes[0]); got != 200 {
		t.Errorf("got %d rows, want 200", got)
	}
}

// A file that another process keeps for too long is no reason to hang.
func TestFileHeldByAnother(t *testing.T) {
	ctx := context.Background()
	c := storetest.SQLite(t)
	s := storetest.Open(t, store.WithFiles(c, "", "busy_timeout(50)"))
	other, err := sql.Open("sqlite", filepath.Join(c.Dir, store.FileName))
	must(t, err)
	defer other.Close()
	held, err := other.Conn(ctx)
	must(t, err)
	defer held.Close()
	_, err = held.ExecContext(ctx, "begin immediate")
	must(t, err)
	answers := make(chan error, 8)
	for i := range 8 {
		go func() { answers <- note(s, ctx, fmt.Sprint(i)) }()
	}
	for range 8 {
		if err := <-answers; !fault.Is(err, fault.Busy) {
			t.Errorf("got %v, want a busy fault", err)
		}
	}
	_, err = held.ExecContext(ctx, "rollback")
	must(t, err)
	must(t, note(s, ctx, "free"))
}
