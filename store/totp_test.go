package store_test

import (
	"context"
	"encoding/base32"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// app is an app that shows codes.
type app []byte

func newApp(t testing.TB, secret string) app {
	t.Helper()
	raw, err := base32.StdEncoding.DecodeString(secret)
	must(t, err)
	return raw
}

func (a app) code(at time.Time) string { return account.TOTPCode(a, at.Unix()/30) }

// withApp sets a second factor.
func withApp(t testing.TB, s *store.Store, id account.PersonID, at time.Time) app {
	t.Helper()
	secret, err := s.StartTOTP(context.Background(), id, at)
	must(t, err)
	a := newApp(t, secret)
	must(t, s.ConfirmTOTP(context.Background(), id, a.code(at), at))
	return a
}

func TestAppCountsOnceItHasShownACode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		wantFault(t, s.ConfirmTOTP(ctx, o.Person, "123456", now), fault.Missing, "account.no-totp")
		secret, err := s.StartTOTP(ctx, o.Person, now)
		must(t, err)
		first := newApp(t, secret)
		for _, code := range []string{"", "1234567", "abcdef", first.code(now.Add(-2 * time.Minute))} {
			wantFault(t, s.ConfirmTOTP(ctx, o.Person, code, now), fault.Invalid, "account.code")
		}
		if in, err := s.SignIn(ctx, "olga", goodPassword, "", "", now); err != nil || in.Halfway {
			t.Errorf("before the first code: got %+v, %v", in, err)
		}
		must(t, s.ConfirmTOTP(ctx, o.Person, first.code(now), now))
		if p, err := s.Person(ctx, o.Person); err != nil || !p.HasTOTP {
			t.Errorf("got %+v, %v", p, err)
		}

		// Another app replaces it only when it has shown a code.
		later := now.Add(time.Hour)
		secret, err = s.StartTOTP(ctx, o.Person, later)
		must(t, err)
		second := newApp(t, secret)
		in, err := s.SignIn(ctx, "olga", goodPassword, "", "", later)
		must(t, err)
		_, err = s.ProveCode(ctx, in.Secret, second.code(later), later)
		wantFault(t, err, fault.Invalid, "account.code")
		must(t, s.ConfirmTOTP(ctx, o.Person, second.code(later), later))
		_, err = s.ProveCode(ctx, in.Secret, first.code(later), later)
		wantFault(t, err, fault.Invalid, "account.code")

		must(t, s.StopTOTP(ctx, o.Person, later))
		if in, err := s.SignIn(ctx, "olga", goodPassword, "", "", later); err != nil || in.Halfway {
			t.Errorf("without the app: got %+v, %v", in, err)
		}
	})
}

// Promise 18, and 14: the halfway session may do nothing, and ends with the code.
func TestSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		phone := withApp(t, s, o.Person, now)
		at := now.Add(time.Hour)
		half, err := s.SignIn(ctx, "olga", goodPassword, "", "Firefox", at)
		must(t, err)
		v, err := s.Whois(ctx, half.Secret, at)
		must(t, err)
		if !half.Halfway || !v.Halfway || v.SignedIn() || v.Fresh(at) {
			t.Errorf("got %+v, %+v", half, v)
		}
		if v, _ := s.Whois(ctx, half.Secret, at.Add(account.HalfwayLasts)); v.Person != "" {
			t.Error("the halfway session does not end")
		}
		if list, _ := s.Sessions(ctx, o.Person, at); len(list) != 1 {
			t.Errorf("the halfway session is listed: %+v", list)
		}
		_, err = s.Prove(ctx, half.Secret, goodPassword, at)
		wantFault(t, err, fault.Unknown, "account.signed-out")
		_, err = s.ProveCode(ctx, "made-up", phone.code(at), at)
		wantFault(t, err, fault.Unknown, "account.signed-out")

		whole, err := s.ProveCode(ctx, half.Secret, phone.code(at), at)
		must(t, err)
		if whole.Halfway || whole.Secret == half.Secret || whole.Session.ID == half.Session.ID || whole.Session.Device != "Firefox" {
			t.Errorf("got %+v after %+v", whole, half)
		}
		if v, _ := s.Whois(ctx, half.Secret, at); v.Person != "" {
			t.Error("the halfway session lives on")
		}
		if v, _ := s.Whois(ctx, whole.Secret, at); !v.Fresh(at) {
			t.Error("the code opened nothing")
		}

		// Neither the code nor a recovery code counts twice.
		half, err = s.SignIn(ctx, "olga", goodPassword, "", "", at)
		must(t, err)
		_, err = s.ProveCode(ctx, half.Secret, phone.code(at), at.Add(10*time.Second))
		wantFault(t, err, fault.Invalid, "account.code")
		_, err = s.ProveCode(ctx, half.Secret, codes[3], at)
		must(t, err)
		half, err = s.SignIn(ctx, "olga", goodPassword, "", "", at)
		must(t, err)
		_, err = s.ProveCode(ctx, half.Secret, codes[3], at)
		wantFault(t, err, fault.Invalid, "account.code")
		if p, _ := s.Person(ctx, o.Person); p.Codes != account.Codes-1 {
			t.Errorf("%d codes are left", p.Codes)
		}

		// With a password and an app a recovery code alone opens nothing.
		_, err = s.SignInRecovery(ctx, "olga", codes[4], "", at)
		wantFault(t, err, fault.Invalid, "account.wrong")
		if p, _ := s.Person(ctx, o.Person); p.Codes != account.Codes-1 {
			t.Error("a code was used up for nothing")
		}
	})
}

func TestCodesCannotBeGuessed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		phone := withApp(t, s, o.Person, now.Add(-time.Hour))
		half, err := s.SignIn(ctx, "olga", goodPassword, "", "", now)
		must(t, err)
		wrong := "000000"
		if phone.code(now) == wrong {
			wrong = "000001"
		}
		for range account.GuessCode {
			_, err := s.ProveCode(ctx, half.Secret, wrong, now)
			wantFault(t, err, fault.Invalid, "account.code")
		}
		_, err = s.ProveCode(ctx, half.Secret, phone.code(now), now)
		wantFault(t, err, fault.Throttled, "account.too-many")
		if f, ok := fault.As(err); !ok || f.Args["Wait"].(time.Duration) < 23*time.Hour {
			t.Errorf("got %+v", f)
		}
		if _, err := s.ProveCode(ctx, half.Secret, codes[0], now); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
	})
}

func TestOneCodeOpensOneSession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		phone := withApp(t, s, o.Person, now.Add(-time.Hour))
		for _, code := range []string{phone.code(now), codes[0]} {
			var wg sync.WaitGroup
			var in atomic.Int64
			for range 6 {
				half, err := s.SignIn(ctx, "olga", goodPassword, "", "", now)
				must(t, err)
				wg.Go(func() {
					if _, err := s.ProveCode(ctx, half.Secret, code, now); err == nil {
						in.Add(1)
					} else {
						wantFault(t, err, fault.Invalid, "account.code")
					}
				})
			}
			wg.Wait()
			if in.Load() != 1 {
				t.Errorf("one code opened %d sessions", in.Load())
			}
		}
	})
}

// What is sealed for one person is nothing in the row of another.
func TestSecretOfAnAppIsSealedForItsPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		thief := holder(t, s, "thief", false)
		phone := withApp(t, s, o.Person, now)
		must(t, s.Write(ctx, func(d store.Deed) error {
			return d.Exec(`
				insert into totp (person, confirmed, sealed, last_step, created_at)
				select $1, 0, sealed, 0, created_at
				from totp
				where person = $2`, thief, o.Person)
		}))
		if err := s.ConfirmTOTP(ctx, thief, phone.code(now), now); err == nil {
			t.Error("the secret was read for another person")
		}
	})
}

func TestNewCodesReplaceTheOldOnes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, old := owner(t, s)
		codes, err := s.NewCodes(ctx, o.Person, now)
		must(t, err)
		if len(codes) != account.Codes {
			t.Errorf("got %q", codes)
		}
		_, err = s.SignInRecovery(ctx, "olga", old[0], "", now)
		wantFault(t, err, fault.Invalid, "account.wrong")
		in, err := s.SignInRecovery(ctx, "OLGA", " "+codes[0]+" ", "", now)
		must(t, err)
		if in.Person != o.Person || in.Halfway {
			t.Errorf("got %+v", in)
		}
		for _, name := range []string{"olga", "nobody", ""} {
			_, err = s.SignInRecovery(ctx, name, codes[0], "", now)
			wantFault(t, err, fault.Invalid, "account.wrong")
		}
		_, err = s.NewCodes(ctx, "nobody", now)
		wantFault(t, err, fault.Missing, "account.no-person")
	})
}
