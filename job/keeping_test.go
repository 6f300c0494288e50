package job_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/job"
	"parley/store"
	"parley/store/storetest"
)

// bag is a log that can be read while it is written.
type bag struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *bag) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *bag) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it never came to that: %s", what)
		}
	}
}

type lasting struct{ error }

func (lasting) Lasting() bool { return true }

// post makes a letter to the address.
func post(t *testing.T, s *store.Store, address string) {
	t.Helper()
	id, err := s.Invent(context.Background(), strings.ReplaceAll(address, "@", "-"), "en", time.Now())
	if err == nil {
		err = s.AskEmail(context.Background(), id, address, time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Letters go out, those that cannot are given up, and the log names nobody.
func TestLettersGoOut(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	var mu sync.Mutex
	tries := map[string]int{}
	c := quick(s)
	var log bag
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	c.Send = func(ctx context.Context, l *store.Letter, now time.Time) error {
		mu.Lock()
		defer mu.Unlock()
		tries[l.To]++
		switch l.To {
		case "nobody@example.org":
			return lasting{errors.New("550")}
		case "later@example.org":
			return errors.New("421")
		}
		return nil
	}
	for _, to := range []string{"anna@example.org", "nobody@example.org", "later@example.org"} {
		post(t, s, to)
	}
	start(t, c)
	eventually(t, "three tries", func() bool { mu.Lock(); defer mu.Unlock(); return len(tries) == 3 })
	eventually(t, "all kept", func() bool { return strings.Count(log.String(), "a letter ") == 3 })
	l, err := s.NextLetter(context.Background(), time.Now())
	if err != nil || l != nil {
		t.Errorf("got %+v, %v: one waits a minute, two are over", l, err)
	}
	l, err = s.NextLetter(context.Background(), time.Now().Add(store.LetterLease))
	if err != nil || l == nil || l.To != "later@example.org" || l.Attempt != 2 {
		t.Errorf("got %+v, %v", l, err)
	}
	if strings.Contains(log.String(), "example.org") {
		t.Errorf("the log names somebody: %s", log.String())
	}
}

func TestWithoutAServerLettersStay(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	post(t, s, "anna@example.org")
	stop := start(t, quick(s))
	time.Sleep(50 * time.Millisecond)
	stop()
	if l, err := s.NextLetter(context.Background(), time.Now()); err != nil || l == nil || l.Attempt != 1 {
		t.Errorf("got %+v, %v", l, err)
	}
}

func TestWhenALetterIsTriedAgain(t *testing.T) {
	now := time.Unix(0, 0)
	soft := errors.New("421")
	var whole time.Duration
	for attempt := 1; ; attempt++ {
		again := job.NextTry(attempt, soft, now)
		if again.IsZero() {
			break
		}
		whole += again.Sub(now)
	}
	if whole < 24*time.Hour || whole > 48*time.Hour {
		t.Errorf("a letter is tried for %v", whole)
	}
	if got := job.NextTry(1, lasting{soft}, now); !got.IsZero() {
		t.Errorf("a refusal for good is tried again at %v", got)
	}
}

// Where somebody was erased the file is cleaned, without anybody asking.
func TestAnErasureIsFollowedByAScrub(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		id, err := s.Invent(ctx, "anna", "en", time.Now())
		if err == nil {
			err = s.Erase(ctx, id, false, time.Now().Add(-store.ScrubPause))
		}
		if err != nil {
			t.Fatal(err)
		}
		c := quick(s)
		var log bag
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		start(t, c)
		eventually(t, "a scrub", func() bool { return strings.Contains(log.String(), `msg="a job is done" job=scrub`) })
	})
}

func TestWhatHasHadItsTimeIsForgotten(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	spend := func() bool {
		first, err := s.Spend(ctx, "challenge", time.Now().Add(-time.Minute), time.Now().Add(-time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return first
	}
	if !spend() || spend() {
		t.Fatal("a challenge counts twice")
	}
	c := quick(s)
	c.Forget = time.Second
	start(t, c)
	eventually(t, "forgotten", spend)
}
