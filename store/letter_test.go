package store_test

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func post(t *testing.T, s *store.Store, at time.Time, letters ...store.Letter) {
	t.Helper()
	for i, l := range letters {
		must(t, s.Post(context.Background(), l, at.Add(time.Duration(i)*time.Second)))
	}
}

func TestALetterFromTheOutboxToItsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		owner := holder(t, s, "owner", true)
		args := map[string]string{"Link": "/ru/confirm/XYZ"}
		post(t, s, now,
			store.Letter{Person: owner, To: "o@example.org", Lang: "ru", Kind: "confirm-email", Args: args},
			store.Letter{To: "", Lang: "en", Kind: "message", Args: map[string]string{"Message": "hello"}},
			store.Letter{To: "b@example.org", Lang: "en", Kind: "invitation"})
		later := now.Add(time.Minute)
		l, err := s.NextLetter(ctx, later)
		must(t, err)
		if l == nil || l.To != "o@example.org" || l.Attempt != 1 || l.State != store.Waiting || !reflect.DeepEqual(l.Args, args) || l.Person != owner {
			t.Fatalf("got %+v", l)
		}
		must(t, s.FailLetter(ctx, l.ID, "no luck", later.Add(time.Hour)))
		second, err := s.NextLetter(ctx, later)
		must(t, err)
		if second == nil || second.To != "b@example.org" {
			t.Fatalf("got %+v", second)
		}
		must(t, s.FailLetter(ctx, second.ID, "never", time.Time{}))
		if none, err := s.NextLetter(ctx, later); err != nil || none != nil {
			t.Errorf("got %+v, %v: one waits for its time, one is given up, one has no address", none, err)
		}
		again, err := s.NextLetter(ctx, later.Add(time.Hour))
		must(t, err)
		if again == nil || again.ID != l.ID || again.Attempt != 2 {
			t.Fatalf("got %+v", again)
		}
		must(t, s.SentLetter(ctx, l.ID, later.Add(time.Hour)))
		list, err := s.Letters(ctx, owner, "", "", 10)
		must(t, err)
		var got []string
		for _, l := range list {
			got = append(got, fmt.Sprint(l.Kind, " ", l.State, " ", l.To, " ", len(l.Args), " ", l.Error))
		}
		want := []string{"invitation failed b@example.org 0 never", "message waiting  1 ", "confirm-email done  0 "}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if list[2].SentAt != later.Add(time.Hour) {
			t.Errorf("sent at %v", list[2].SentAt)
		}
		page, err := s.Letters(ctx, owner, "", list[0].ID, 1)
		must(t, err)
		if len(page) != 1 || page[0].ID != list[1].ID {
			t.Errorf("the next page: %+v", page)
		}
	})
}

func TestTheOutboxIsTheOwners(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	_, err := s.Letters(ctx, holder(t, s, "anna", false), "", "", 10)
	wantFault(t, err, fault.Denied, "dialogue.denied")
	for _, nobody := range []string{"", "no-such"} {
		_, err = s.Letters(ctx, "", "", nobody, 10)
		wantFault(t, err, fault.Unknown, "dialogue.unknown")
	}
}

// Who sends holds the letter, so that nobody else sends it too; for who died
// with it in hand somebody else does.
func TestALetterIsGivenToOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		for i := range 20 {
			post(t, s, now, store.Letter{To: fmt.Sprintf("%d@example.org", i), Lang: "en", Kind: "invitation"})
		}
		var mu sync.Mutex
		seen := map[string]int{}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for {
					l, err := s.NextLetter(ctx, now)
					if err != nil {
						t.Error(err)
					}
					if l == nil {
						return
					}
					mu.Lock()
					seen[l.To]++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		for to, n := range seen {
			if n != 1 {
				t.Errorf("%s was given out %d times", to, n)
			}
		}
		if len(seen) != 20 {
			t.Errorf("%d letters were given out", len(seen))
		}
		if l, err := s.NextLetter(ctx, now.Add(store.LetterLease)); err != nil || l == nil || l.Attempt != 2 {
			t.Errorf("got %+v, %v after the lease", l, err)
		}
	})
}

func TestLettersThatCannotBe(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	for _, l := range []store.Letter{
		{To: "a@example.org\r\nBcc: b@example.org", Lang: "en", Kind: "invitation"},
		{To: "a@example.org", Lang: "en\n", Kind: "invitation"},
		{To: "a@example.org", Lang: "en"},
	} {
		if err := s.Post(context.Background(), l, now); err == nil {
			t.Errorf("%+v was taken", l)
		}
	}
}
