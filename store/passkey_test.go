package store_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestPasskeyFromSignUpToSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		link, err := s.OwnerLink(ctx, now)
		must(t, err)
		k := key("1")
		o, codes, err := s.SignUp(ctx, store.NewPerson{Name: "olga", Lang: "ru", Passkey: k, OwnerLink: link}, "", now)
		must(t, err)
		if len(codes) != account.Codes {
			t.Errorf("got the codes %q", codes)
		}
		handle, err := s.UserHandle(ctx, o.Person)
		must(t, err)
		if string(handle) != "handle 1" {
			t.Errorf("got the handle %q", handle)
		}
		got, person, err := s.PasskeyByID(ctx, k.ID)
		must(t, err)
		if person != o.Person || asJSON(t, got) != asJSON(t, k) {
			t.Errorf("got %s of %q, want %s", asJSON(t, got), person, asJSON(t, k))
		}

		used := got
		used.Counter, used.BackedUp = 8, false
		at := now.Add(50 * time.Hour)
		in, err := s.SignInPasskey(ctx, used, "Phone", at)
		must(t, err)
		if in.Person != o.Person || in.Halfway || in.Session.Device != "Phone" {
			t.Errorf("got %+v", in)
		}
		got, _, err = s.PasskeyByID(ctx, k.ID)
		must(t, err)
		if got.Counter != 8 || got.BackedUp || !got.UsedAt.Equal(at.Truncate(24*time.Hour)) || got.Name != k.Name {
			t.Errorf("got %+v", got)
		}
		unknown := used
		unknown.ID = []byte("another")
		_, err = s.SignInPasskey(ctx, unknown, "", at)
		wantFault(t, err, fault.Missing, "account.no-passkey")
		_, _, err = s.PasskeyByID(ctx, unknown.ID)
		wantFault(t, err, fault.Missing, "account.no-passkey")
	})
}

// Promise 18: a counter that goes back gives a copy away; a key that does not
// count is as good as any.
func TestCopyOfAPasskeyIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		counting, silent := *key("1"), *key("2")
		silent.Counter = 0
		must(t, s.AddPasskey(ctx, o.Person, counting, now))
		must(t, s.AddPasskey(ctx, o.Person, silent, now))
		for range 2 {
			_, err := s.SignInPasskey(ctx, silent, "", now)
			must(t, err)
		}
		for _, counter := range []uint32{7, 6, 0} {
			counting.Counter = counter
			_, err := s.SignInPasskey(ctx, counting, "", now)
			wantFault(t, err, fault.Denied, "account.cloned")
			_, err = s.ProvePasskey(ctx, o.Secret, counting, now)
			wantFault(t, err, fault.Denied, "account.cloned")
		}
		counting.Counter = 1 << 31
		_, err := s.SignInPasskey(ctx, counting, "", now)
		must(t, err)
	})
}

func TestPasskeyProvesAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		k := *key("1")
		must(t, s.AddPasskey(ctx, o.Person, k, now))
		other, err := s.Invent(ctx, "other", "en", now)
		must(t, err)
		strange := *key("2")
		must(t, s.AddPasskey(ctx, other, strange, now))
		at := now.Add(time.Hour)
		strange.Counter++
		_, err = s.ProvePasskey(ctx, o.Secret, strange, at)
		wantFault(t, err, fault.Missing, "account.no-passkey")
		if kept, _, _ := s.PasskeyByID(ctx, strange.ID); kept.Counter != 7 {
			t.Error("the refused proof left something behind")
		}
		k.Counter++
		again, err := s.ProvePasskey(ctx, o.Secret, k, at)
		must(t, err)
		if again.Secret == o.Secret || again.Session.ID != o.Session.ID || !again.Session.ProvedAt.Equal(at) {
			t.Errorf("got %+v", again)
		}
		_, err = s.ProvePasskey(ctx, o.Secret, k, at)
		wantFault(t, err, fault.Unknown, "account.signed-out")

		// A passkey is no second factor after a password: it is a way in of its own.
		withApp(t, s, o.Person, now)
		half, err := s.SignIn(ctx, "olga", goodPassword, "", "", at)
		must(t, err)
		k.Counter++
		_, err = s.ProvePasskey(ctx, half.Secret, k, at)
		wantFault(t, err, fault.Missing, "account.no-passkey")
	})
}

func TestPasskeysAreListedNamedAndRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		for i, name := range []string{"1", "2"} {
			must(t, s.AddPasskey(ctx, o.Person, *key(name), now.Add(time.Duration(i)*time.Minute)))
		}
		wantFault(t, s.AddPasskey(ctx, o.Person, *key("1"), now), fault.Conflict, "account.passkey-taken")
		wantFault(t, s.AddPasskey(ctx, holder(t, s, "other", false), *key("1"), now), fault.Conflict, "account.passkey-taken")
		nameless := *key("3")
		for _, name := range []string{"", " ", "two\nlines", string(slices.Repeat([]rune("я"), 81))} {
			nameless.Name = name
			wantFault(t, s.AddPasskey(ctx, o.Person, nameless, now), fault.Invalid, "account.passkey-name")
			wantFault(t, s.RenamePasskey(ctx, o.Person, key("1").ID, name), fault.Invalid, "account.passkey-name")
		}
		must(t, s.RenamePasskey(ctx, o.Person, key("2").ID, " Мой ноутбук "))
		wantFault(t, s.RenamePasskey(ctx, "other", key("2").ID, "mine"), fault.Missing, "account.no-passkey")
		list, err := s.Passkeys(ctx, o.Person)
		must(t, err)
		if len(list) != 2 || list[0].Name != "Key 1" || list[1].Name != "Мой ноутбук" || !list[1].CreatedAt.Equal(now.Add(time.Minute)) {
			t.Errorf("got %+v", list)
		}
		wantFault(t, s.RemovePasskey(ctx, "other", key("2").ID, now), fault.Missing, "account.no-passkey")
		must(t, s.RemovePasskey(ctx, o.Person, key("2").ID, now))
		wantFault(t, s.RemovePasskey(ctx, o.Person, key("2").ID, now), fault.Missing, "account.no-passkey")
		must(t, s.RemovePassword(ctx, o.Person, now))
		wantFault(t, s.RemovePasskey(ctx, o.Person, key("1").ID, now), fault.Conflict, "account.last-way")
		if list, _ := s.Passkeys(ctx, o.Person); len(list) != 1 {
			t.Error("the last way in is gone")
		}
	})
}

func TestNobodyHoldsPasskeysWithoutEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		for i := range store.MaxPasskeys {
			must(t, s.AddPasskey(ctx, o.Person, *key(string(rune('a' + i))), now))
		}
		wantFault(t, s.AddPasskey(ctx, o.Person, *key("one more"), now), fault.Conflict, "account.passkeys-many")
	})
}

func TestTwoWaysThatGoAtOnceLeaveOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		must(t, s.AddPasskey(ctx, o.Person, *key("1"), now))
		must(t, s.LinkIdentity(ctx, o.Person, account.Identity{Issuer: "https://id.example", Subject: "1"}, now))
		var gone atomic.Int64
		var wg sync.WaitGroup
		for _, remove := range []func() error{
			func() error { return s.RemovePassword(ctx, o.Person, now) },
			func() error { return s.RemovePasskey(ctx, o.Person, key("1").ID, now) },
			func() error { return s.UnlinkIdentity(ctx, o.Person, "https://id.example", "1", now) },
		} {
			wg.Go(func() {
				if err := remove(); err == nil {
					gone.Add(1)
				} else {
					wantFault(t, err, fault.Conflict, "account.last-way")
				}
			})
		}
		wg.Wait()
		if gone.Load() != 2 {
			t.Errorf("%d of three ways are gone", gone.Load())
		}
	})
}
