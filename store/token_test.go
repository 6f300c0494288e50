package store_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestATokenSpeaksForItsHolder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		anna := holder(t, s, "anna", true)
		key, made, err := s.MakeToken(ctx, anna, account.Token{
			Name: " my script ", Scopes: []account.Scope{account.ScopeWrite, account.ScopeRead}, ExpiresAt: now.Add(2 * day),
		}, now)
		must(t, err)
		if !strings.HasPrefix(key, account.TokenPrefix) || len(key) < 50 || made.Name != "my script" {
			t.Errorf("got %q, %+v", key, made)
		}
		want := account.Visitor{
			Person: anna, Name: "name of anna", Lang: "ru", Zone: "Europe/Berlin", Owner: true,
			Scopes: []account.Scope{account.ScopeRead, account.ScopeWrite},
		}
		for _, at := range []time.Time{now, now.Add(time.Hour), now.Add(day)} {
			v, err := s.Bearer(ctx, key, at)
			must(t, err)
			if !reflect.DeepEqual(v, want) {
				t.Errorf("got %+v, want %+v", v, want)
			}
			if v.Fresh(at) {
				t.Error("a token proves nothing")
			}
		}
		tokens, err := s.Tokens(ctx, anna)
		must(t, err)
		if len(tokens) != 1 || tokens[0].UsedAt != now.Add(day).Truncate(day) || !tokens[0].ExpiresAt.Equal(made.ExpiresAt) {
			t.Errorf("got %+v", tokens)
		}
		for name, k := range map[string]string{
			"none": "", "cut": key[:20], "other": account.TokenPrefix + strings.Repeat("A", 52), "long": account.TokenPrefix + strings.Repeat("A", 5000),
			"the digest": account.Digest(key), "without its beginning": strings.TrimPrefix(key, account.TokenPrefix),
		} {
			if v, err := s.Bearer(ctx, k, now); err != nil || v.Person != "" {
				t.Errorf("%s: got %+v, %v", name, v, err)
			}
		}
		if v, err := s.Bearer(ctx, key, made.ExpiresAt); err != nil || v.SignedIn() {
			t.Errorf("after its end: got %+v, %v", v, err)
		}
		wantFault(t, s.EndToken(ctx, holder(t, s, "boris", false), made.ID), fault.Missing, "account.no-token")
		must(t, s.EndToken(ctx, anna, made.ID))
		if v, err := s.Bearer(ctx, key, now); err != nil || v.SignedIn() {
			t.Errorf("ended, and yet: %+v, %v", v, err)
		}
	})
}

func TestTokensThatCannotBe(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	anna := holder(t, s, "anna", false)
	read := []account.Scope{account.ScopeRead}
	for _, c := range []struct {
		token account.Token
		key   string
	}{
		{account.Token{Name: "  ", Scopes: read}, "account.token-name"},
		{account.Token{Name: "two\nlines", Scopes: read}, "account.token-name"},
		{account.Token{Name: strings.Repeat("ж", store.MaxTokenName+1), Scopes: read}, "account.token-name"},
		{account.Token{Name: "x"}, "account.token-scopes"},
		{account.Token{Name: "x", Scopes: []account.Scope{"root"}}, "account.token-scopes"},
		{account.Token{Name: "x", Scopes: []account.Scope{account.ScopeRead, "root"}}, "account.token-scopes"},
		{account.Token{Name: "x", Scopes: read, ExpiresAt: now}, "account.token-expired"},
	} {
		_, _, err := s.MakeToken(ctx, anna, c.token, now)
		wantFault(t, err, fault.Invalid, c.key)
	}
	for i := range store.MaxTokens {
		_, _, err := s.MakeToken(ctx, anna, account.Token{Name: fmt.Sprint(i), Scopes: read}, now)
		must(t, err)
	}
	_, _, err := s.MakeToken(ctx, anna, account.Token{Name: "one more", Scopes: read}, now)
	wantFault(t, err, fault.Conflict, "account.tokens-many")
}

// Promise 17: a token costs at most 50 microseconds.
func BenchmarkBearer(b *testing.B) {
	for name, config := range map[string]func(testing.TB) store.Config{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, config(b))
			ctx := context.Background()
			key, _, err := s.MakeToken(ctx, holder(b, s, "anna", false), account.Token{Name: "x", Scopes: account.Scopes}, now)
			must(b, err)
			for b.Loop() {
				if v, err := s.Bearer(ctx, key, now); err != nil || v.Person != "anna" {
					b.Fatal(v, err)
				}
			}
		})
	}
}
