package store_test

import (
	"context"
	"path"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// mailbox takes out of the outbox what waits there.
func mailbox(t *testing.T, s *store.Store, at time.Time) (letters []store.Letter) {
	t.Helper()
	for {
		l, err := s.NextLetter(context.Background(), at)
		must(t, err)
		if l == nil {
			return letters
		}
		letters = append(letters, *l)
		must(t, s.SentLetter(context.Background(), l.ID, at))
	}
}

// one is the only letter that waits, of the kind and to the address.
func one(t *testing.T, s *store.Store, kind, to string, at time.Time) (link string) {
	t.Helper()
	letters := mailbox(t, s, at)
	if len(letters) != 1 || letters[0].Kind != kind || letters[0].To != to || letters[0].Person == "" {
		t.Fatalf("got %+v, want one letter %q to %q", letters, kind, to)
	}
	return letters[0].Args["Link"]
}

// confirmed gives a person an address.
func confirmed(t *testing.T, s *store.Store, id account.PersonID, address string) {
	t.Helper()
	must(t, s.AskEmail(context.Background(), id, address, now))
	must(t, s.ConfirmEmail(context.Background(), path.Base(one(t, s, "confirm-email", address, now)), now))
}

func TestAddressCountsOnceItIsConfirmed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		for _, typed := range []string{"", "olga", "Olga <olga@example.org>", "olga@example.org, b@example.org", "olga@", "o\nlga@example.org", strings.Repeat("a", 250) + "@b.eu"} {
			wantFault(t, s.AskEmail(ctx, o.Person, typed, now), fault.Invalid, "account.email-invalid")
		}
		must(t, s.AskEmail(ctx, o.Person, " Olga@Example.org ", now))
		link := one(t, s, "confirm-email", "Olga@Example.org", now)
		if !strings.HasPrefix(link, "/ru/confirm/") {
			t.Errorf("got the link %q", link)
		}
		if p, _ := s.Person(ctx, o.Person); p.Email != "Olga@Example.org" || p.EmailConfirmed {
			t.Errorf("before: got %+v", p)
		}
		_, err := s.SignIn(ctx, "olga@example.org", goodPassword, "", "", now)
		wantFault(t, err, fault.Invalid, "account.wrong")
		wantFault(t, s.ConfirmEmail(ctx, "made-up", now), fault.Missing, "account.link")
		wantFault(t, s.ConfirmEmail(ctx, path.Base(link), now.Add(24*time.Hour)), fault.Missing, "account.link")
		wantFault(t, s.ResetPassword(ctx, path.Base(link), otherPassword, now), fault.Missing, "account.link")
		must(t, s.ConfirmEmail(ctx, path.Base(link), now))
		wantFault(t, s.ConfirmEmail(ctx, path.Base(link), now), fault.Missing, "account.link")
		if p, _ := s.Person(ctx, o.Person); p.Email != "Olga@Example.org" || !p.EmailConfirmed {
			t.Errorf("after: got %+v", p)
		}
		_, err = s.SignIn(ctx, "OLGA@example.ORG", goodPassword, "", "", now)
		must(t, err)

		// A change counts from its confirmation; the old address hears of it.
		must(t, s.AskEmail(ctx, o.Person, "new@example.org", now))
		link = one(t, s, "confirm-email", "new@example.org", now)
		if p, _ := s.Person(ctx, o.Person); p.Email != "Olga@Example.org" || !p.EmailConfirmed {
			t.Errorf("meanwhile: got %+v", p)
		}
		must(t, s.ConfirmEmail(ctx, path.Base(link), now))
		one(t, s, "email-changed", "Olga@Example.org", now)

		must(t, s.AskEmail(ctx, o.Person, "third@example.org", now))
		link = one(t, s, "confirm-email", "third@example.org", now)
		must(t, s.RemoveEmail(ctx, o.Person, now))
		one(t, s, "email-removed", "new@example.org", now)
		must(t, s.RemoveEmail(ctx, o.Person, now)) // there is none: nobody to tell
		if letters := mailbox(t, s, now); len(letters) > 0 {
			t.Errorf("without an address: got %+v", letters)
		}
		if p, _ := s.Person(ctx, o.Person); p.Email != "" || p.EmailConfirmed {
			t.Errorf("removed: got %+v", p)
		}
		wantFault(t, s.ConfirmEmail(ctx, path.Base(link), now), fault.Missing, "account.link")
	})
}

// Two people may ask for one address; it is for whoever opens the letter first,
// and nobody else hears of it.
func TestAddressBelongsToOneAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		confirmed(t, s, o.Person, "olga@example.org")
		other := holder(t, s, "other", false)
		must(t, s.AskEmail(ctx, other, "OLGA@example.org", now))
		link := one(t, s, "confirm-email", "OLGA@example.org", now)
		wantFault(t, s.ConfirmEmail(ctx, path.Base(link), now), fault.Conflict, "account.email-taken")
		if p, _ := s.Person(ctx, other); p.EmailConfirmed {
			t.Errorf("got %+v", p)
		}
	})
}

// Promise 18: a reset sets the password and nothing else: the second factor
// stays.
func TestReset(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		confirmed(t, s, o.Person, "olga@example.org")
		phone := withApp(t, s, o.Person, now)
		one(t, s, "totp-on", "olga@example.org", now)
		must(t, s.AskReset(ctx, "Olga@example.org", now))
		first := path.Base(one(t, s, "reset-password", "olga@example.org", now))
		must(t, s.AskReset(ctx, "olga@example.org", now.Add(4*time.Minute)))
		if letters := mailbox(t, s, now.Add(4*time.Minute)); len(letters) != 0 {
			t.Errorf("the next letter came at once: %+v", letters)
		}
		at := now.Add(5 * time.Minute)
		must(t, s.AskReset(ctx, "olga@example.org", at))
		link := one(t, s, "reset-password", "olga@example.org", at)
		if !strings.HasPrefix(link, "/ru/sign-in/reset/") {
			t.Errorf("got the link %q", link)
		}
		link = path.Base(link)
		wantFault(t, s.ResetPassword(ctx, first, otherPassword, now), fault.Missing, "account.link") // the newer one took its place
		wantFault(t, s.ConfirmEmail(ctx, link, now), fault.Missing, "account.link")
		wantFault(t, s.ResetPassword(ctx, link, otherPassword, at.Add(time.Hour)), fault.Missing, "account.link")
		wantFault(t, s.ResetPassword(ctx, link, "olga-2026", now), fault.Invalid, "account.password-context") // and the link stays good
		must(t, s.ResetPassword(ctx, link, otherPassword, now))
		one(t, s, "password-changed", "olga@example.org", now)
		wantFault(t, s.ResetPassword(ctx, link, goodPassword, now), fault.Missing, "account.link")
		if v, _ := s.Whois(ctx, o.Secret, now); v.Person != "" {
			t.Error("a session outlived the reset")
		}
		half, err := s.SignIn(ctx, "olga", otherPassword, "", "", now)
		must(t, err)
		if !half.Halfway {
			t.Fatal("the reset went around the second factor")
		}
		_, err = s.ProveCode(ctx, half.Secret, phone.code(now.Add(time.Minute)), now.Add(time.Minute))
		must(t, err)
	})
}

// Asking for a reset looks the same and takes the same time whether or not
// somebody has the address.
func TestResetTellsNobodyWhoIsHere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		confirmed(t, s, o.Person, "olga@example.org")
		must(t, s.AskEmail(ctx, holder(t, s, "other", false), "other@example.org", now)) // never confirmed
		mailbox(t, s, now)
		for _, address := range []string{"olga@example.org", "other@example.org", "nobody@example.org"} {
			start := time.Now()
			must(t, s.AskReset(ctx, address, now))
			if took := time.Since(start); took < 250*time.Millisecond {
				t.Errorf("%s: took %s", address, took)
			}
		}
		one(t, s, "reset-password", "olga@example.org", now)
		wantFault(t, s.AskReset(ctx, "nonsense", now), fault.Invalid, "account.email-invalid")
	})
}

// Every change of a way in is told to the person.
func TestChangesAreToldByLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, codes := owner(t, s)
		confirmed(t, s, o.Person, "olga@example.org")
		who := account.Identity{Issuer: "https://id.example", Subject: "1"}
		var phone app
		for _, c := range []struct {
			kind string
			do   func() error
		}{
			{"password-changed", func() error { return s.SetPassword(ctx, o.Person, o.Session.ID, otherPassword, now) }},
			{"passkey-added", func() error { return s.AddPasskey(ctx, o.Person, *key("1"), now) }},
			{"identity-added", func() error { return s.LinkIdentity(ctx, o.Person, who, now) }},
			{"totp-on", func() error { phone = withApp(t, s, o.Person, now); return nil }},
			{"codes-used", func() error { _, err := s.Prove(ctx, o.Secret, codes[0], now); return err }},
			{"codes-new", func() error { _, err := s.NewCodes(ctx, o.Person, now); return err }},
			{"totp-off", func() error { return s.StopTOTP(ctx, o.Person, now) }},
			{"password-removed", func() error { return s.RemovePassword(ctx, o.Person, now) }},
			{"identity-removed", func() error { return s.UnlinkIdentity(ctx, o.Person, who.Issuer, who.Subject, now) }},
		} {
			must(t, c.do())
			one(t, s, c.kind, "olga@example.org", now)
		}
		if len(phone) == 0 {
			t.Error("no app")
		}
	})
}
