package store_test

import (
	"context"
	"testing"
	"time"

	"parley/account"
	"parley/store"
	"parley/store/storetest"
)

func TestWhatHasHadItsTimeIsForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		anna := holder(t, s, "anna", false)
		o, err := s.OpenSession(ctx, anna, "a device", now)
		must(t, err)
		_, err = s.Spend(ctx, "challenge", now.Add(time.Minute), now)
		must(t, err)
		_, err = s.OwnerLink(ctx, now)
		must(t, err)
		_, _, err = s.MakeToken(ctx, anna, account.Token{Name: "x", Scopes: account.Scopes, ExpiresAt: now.Add(day)}, now)
		must(t, err)
		_, _, err = s.MakeToken(ctx, anna, account.Token{Name: "for ever", Scopes: account.Scopes}, now)
		must(t, err)
		_, err = s.BeginOnce(ctx, anna, "k", "x", now)
		must(t, err)
		post(t, s, now, store.Letter{Lang: "en", Kind: "message"})
		count := func() map[string]int64 {
			all := map[string]int64{}
			for _, table := range []string{"session", "spent", "link", "token", "once", "letter", "person"} {
				all[table] = number(t, s, "select count(1) from "+table)
			}
			return all
		}
		before := count()
		must(t, s.Forget(ctx, now))
		if got := count(); !equalCounts(got, before) {
			t.Errorf("at once: got %v, want %v", got, before)
		}
		must(t, s.Forget(ctx, o.Session.ExpiresAt.Add(400*day)))
		want := map[string]int64{"session": 0, "spent": 0, "link": 0, "token": 1, "once": 0, "letter": 0, "person": 1}
		if got := count(); !equalCounts(got, want) {
			t.Errorf("in the end: got %v, want %v", got, want)
		}
	})
}

func equalCounts(a, b map[string]int64) bool {
	for k, n := range b {
		if a[k] != n {
			return false
		}
	}
	return len(a) == len(b)
}
