package store_test

import (
	"context"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

const goodPassword = "three brown owls at noon"

// owner signs up the owner of a fresh server, with a password.
func owner(t testing.TB, s *store.Store) (account.Opened, []string) {
	t.Helper()
	ctx := context.Background()
	link, err := s.OwnerLink(ctx, now)
	must(t, err)
	o, codes, err := s.SignUp(ctx, store.NewPerson{Name: "Olga", Lang: "ru", Zone: "Europe/Berlin", Password: goodPassword, OwnerLink: link}, "Firefox on Linux", now)
	must(t, err)
	return o, codes
}

// faulty makes sure that err is the fault of that key.
func faulty(t testing.TB, err error, key string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Key != key {
		t.Helper()
		t.Errorf("got %v, want the fault %q", err, key)
	}
}

func TestOwnerComesInByTheLinkOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		first, err := s.OwnerLink(ctx, now)
		must(t, err)
		second, err := s.OwnerLink(ctx, now)
		must(t, err)
		p := store.NewPerson{Name: "  OLGA ", Lang: "ru", Password: goodPassword}
		for _, link := range []string{first, "made-up"} {
			p.OwnerLink = link
			_, _, err = s.SignUp(ctx, p, "", now)
			faulty(t, err, "account.link")
		}
		p.OwnerLink = second
		_, _, err = s.SignUp(ctx, p, "", now.Add(8*24*time.Hour))
		faulty(t, err, "account.link")
		o, codes, err := s.SignUp(ctx, p, "Firefox", now)
		must(t, err)
		if len(codes) != account.Codes || o.Halfway || o.Session.Device != "Firefox" {
			t.Errorf("got %+v and %d codes", o, len(codes))
		}
		_, _, err = s.SignUp(ctx, p, "", now)
		faulty(t, err, "account.link")
		if link, err := s.OwnerLink(ctx, now); err != nil || link != "" {
			t.Errorf("a server with an owner: got the link %q, %v", link, err)
		}
		got, err := s.Person(ctx, o.Person)
		must(t, err)
		want := account.Person{ID: o.Person, Name: "olga", Lang: "ru", Zone: "UTC", Owner: true, HasPassword: true, Codes: account.Codes, CreatedAt: now}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestWhoisIsWhomTheSecretNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		got, err := s.Whois(ctx, o.Secret, now)
		must(t, err)
		want := account.Visitor{Person: o.Person, Session: o.Session.ID, Name: "olga", Lang: "ru", Zone: "Europe/Berlin", Owner: true, ProvedAt: now}
		if asJSON(t, got) != asJSON(t, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if !got.SignedIn() || !got.Fresh(now.Add(14*time.Minute)) || got.Fresh(now.Add(15*time.Minute)) {
			t.Error("how fresh the proof is is told wrongly")
		}
		for _, secret := range []string{"", "x", o.Session.ID, o.Secret + "x"} {
			if v, err := s.Whois(ctx, secret, now); err != nil || v.Person != "" {
				t.Errorf("%q: got %+v, %v", secret, v, err)
			}
		}
		if v, err := s.Whois(ctx, o.Secret, now.Add(account.SessionLasts)); err != nil || v.Person != "" {
			t.Errorf("after its end: got %+v, %v", v, err)
		}
	})
}

func TestSignInWithNameAndPassword(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		first, _ := owner(t, s)
		o, err := s.SignIn(ctx, " oLGA", goodPassword, "", "Chrome", now.Add(time.Hour))
		must(t, err)
		if o.Person != first.Person || o.Halfway || o.Secret == first.Secret || o.Session.ID == first.Session.ID {
			t.Errorf("got %+v", o)
		}
		for _, c := range [][2]string{{"olga", "another good password"}, {"nobody", goodPassword}, {"olga", ""}, {"", ""}, {"olga@example.org", goodPassword}} {
			_, err := s.SignIn(ctx, c[0], c[1], "", "Chrome", now)
			faulty(t, err, "account.wrong")
		}
		list, err := s.Sessions(ctx, first.Person, now.Add(time.Hour))
		must(t, err)
		if len(list) != 2 || list[0] != o.Session || list[1] != first.Session {
			t.Errorf("got %+v", list)
		}
		must(t, s.EndSession(ctx, first.Person, first.Session.ID))
		if v, _ := s.Whois(ctx, first.Secret, now); v.Person != "" {
			t.Error("a session that was ended still opens")
		}
		if v, _ := s.Whois(ctx, o.Secret, now); v.Person == "" {
			t.Error("another session was ended too")
		}
	})
}
