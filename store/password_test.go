package store_test

import (
	"context"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

const otherPassword = "four brown owls at noon"

func TestNewPasswordEndsOtherSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		here, _ := owner(t, s)
		there, err := s.SignIn(ctx, "olga", goodPassword, "", "", now)
		must(t, err)
		for password, key := range map[string]string{"owl": "account.password-short", "password1": "account.password-common", "olga 123": "account.password-context"} {
			wantFault(t, s.SetPassword(ctx, here.Person, here.Session.ID, password, now), fault.Invalid, key)
		}
		must(t, s.SetPassword(ctx, here.Person, here.Session.ID, otherPassword, now))
		if v, _ := s.Whois(ctx, here.Secret, now); !v.SignedIn() {
			t.Error("the session in which it was changed has ended")
		}
		if v, _ := s.Whois(ctx, there.Secret, now); v.SignedIn() {
			t.Error("another session goes on")
		}
		_, err = s.SignIn(ctx, "olga", goodPassword, "", "", now)
		wantFault(t, err, fault.Invalid, "account.wrong")
		_, err = s.SignIn(ctx, "olga", otherPassword, "", "", now)
		must(t, err)
		wantFault(t, s.SetPassword(ctx, "nobody", "", otherPassword, now), fault.Missing, "account.no-person")
	})
}

func TestPasswordGoesWhereSomethingElseOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		wantFault(t, s.RemovePassword(ctx, o.Person, now), fault.Conflict, "account.last-way")
		must(t, s.AddPasskey(ctx, o.Person, *key("1"), now))
		must(t, s.RemovePassword(ctx, o.Person, now))
		must(t, s.RemovePassword(ctx, o.Person, now)) // there is none: nothing to do
		_, err := s.SignIn(ctx, "olga", goodPassword, "", "", now)
		wantFault(t, err, fault.Invalid, "account.wrong")
		_, err = s.Prove(ctx, o.Secret, goodPassword, now)
		wantFault(t, err, fault.Invalid, "account.wrong-proof")

		// With an app and no password a recovery code is the way back.
		withApp(t, s, o.Person, now)
		in, err := s.SignInRecovery(ctx, "olga", codes[0], "", now)
		must(t, err)
		if in.Halfway {
			t.Error("who lost every other way stands halfway")
		}
	})
}

// Who changes the password, or sets it by a letter, has reason to fear that
// somebody else was in: no key for programs outlives it.
func TestNewPasswordEndsTokens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		confirmed(t, s, o.Person, "olga@example.org")
		other := holder(t, s, "other", false)
		theirs, _, err := s.MakeToken(ctx, other, account.Token{Name: "theirs", Scopes: account.Scopes}, now)
		must(t, err)
		for what, change := range map[string]func() error{
			"a change": func() error { return s.SetPassword(ctx, o.Person, o.Session.ID, otherPassword, now) },
			"a reset": func() error {
				must(t, s.AskReset(ctx, "olga@example.org", now))
				letters := mailbox(t, s, now)
				return s.ResetPassword(ctx, path.Base(letters[len(letters)-1].Args["Link"]), goodPassword, now)
			},
		} {
			mailbox(t, s, now)
			token, _, err := s.MakeToken(ctx, o.Person, account.Token{Name: what, Scopes: account.Scopes}, now)
			must(t, err)
			must(t, change())
			if v, err := s.Bearer(ctx, token, now); err != nil || v.SignedIn() {
				t.Errorf("after %s the token names %+v, %v", what, v, err)
			}
			if list, err := s.Tokens(ctx, o.Person); err != nil || len(list) > 0 {
				t.Errorf("after %s: got %+v, %v", what, list, err)
			}
		}
		if v, err := s.Bearer(ctx, theirs, now); err != nil || !v.SignedIn() {
			t.Errorf("somebody else's token: got %+v, %v", v, err)
		}
	})
}

// Promise 14: a proof renews the secret of the session.
func TestProvingAgainRenewsTheSecret(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		at := now.Add(time.Hour)
		phone := withApp(t, s, o.Person, now)
		for _, proof := range []string{goodPassword, phone.code(at.Add(time.Minute)), codes[0]} {
			before := o
			next, err := s.Prove(ctx, o.Secret, proof, at)
			must(t, err)
			o = next
			if o.Secret == before.Secret || o.Session.ID != before.Session.ID || !o.Session.ProvedAt.Equal(at) || !o.Session.ExpiresAt.Equal(before.Session.ExpiresAt) {
				t.Errorf("got %+v after %+v", o, before)
			}
			if v, _ := s.Whois(ctx, before.Secret, at); v.Person != "" {
				t.Error("the old secret still opens")
			}
			if v, _ := s.Whois(ctx, o.Secret, at); !v.Fresh(at) {
				t.Error("the proof is not fresh")
			}
			at = at.Add(time.Minute)
		}
		_, err := s.Prove(ctx, o.Secret, "wrong", at)
		wantFault(t, err, fault.Invalid, "account.wrong-proof")
		_, err = s.Prove(ctx, o.Secret, codes[0], at) // was used
		wantFault(t, err, fault.Invalid, "account.wrong-proof")
		_, err = s.Prove(ctx, "made-up", goodPassword, at)
		wantFault(t, err, fault.Unknown, "account.signed-out")
		_, err = s.Prove(ctx, o.Secret, goodPassword, at.Add(account.SessionLasts))
		wantFault(t, err, fault.Unknown, "account.signed-out")
	})
}

// A password that is taken away while it is being checked proves nothing.
func TestAPasswordThatIsGoneProvesNothing(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		var s *store.Store
		var armed atomic.Bool
		var person account.PersonID
		gone := make(chan error, 1)
		// The guess is counted before the hash is made, which takes long: the
		// password goes in between.
		s = storetest.Open(t, store.WithHooks(c, func(query string) error {
			if strings.Contains(query, "into guess") && armed.CompareAndSwap(true, false) {
				go func() { gone <- s.RemovePassword(ctx, person, now) }()
			}
			return nil
		}, nil))
		o, _ := owner(t, s)
		person = o.Person
		must(t, s.AddPasskey(ctx, o.Person, *key("1"), now))
		armed.Store(true)
		_, err := s.Prove(ctx, o.Secret, goodPassword, now)
		must(t, <-gone)
		wantFault(t, err, fault.Invalid, "account.wrong-proof")
	})
}

// Who has stolen a session cannot guess the password through it.
func TestProofsCannotBeGuessed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		for range account.GuessDevice {
			_, err := s.Prove(ctx, o.Secret, "wrong", now)
			wantFault(t, err, fault.Invalid, "account.wrong-proof")
		}
		_, err := s.Prove(ctx, o.Secret, goodPassword, now)
		wantFault(t, err, fault.Throttled, "account.too-many")
		if _, err := s.SignIn(ctx, "olga", goodPassword, "", "", now); err != nil {
			t.Errorf("signing in is counted apart: %v", err)
		}
	})
}

// A password that looks like a code is a password all the same.
func TestPasswordThatLooksLikeACode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		const looks = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01"
		must(t, s.SetPassword(ctx, o.Person, o.Session.ID, looks, now))
		_, err := s.Prove(ctx, o.Secret, looks, now)
		must(t, err)
	})
}
