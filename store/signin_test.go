package store_test

import (
	"context"
	"strings"
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
			wantFault(t, err, fault.Missing, "account.link")
		}
		p.OwnerLink = second
		_, _, err = s.SignUp(ctx, p, "", now.Add(8*24*time.Hour))
		wantFault(t, err, fault.Missing, "account.link")
		o, codes, err := s.SignUp(ctx, p, "Firefox", now)
		must(t, err)
		if len(codes) != account.Codes || o.Halfway || o.Session.Device != "Firefox" {
			t.Errorf("got %+v and %d codes", o, len(codes))
		}
		_, _, err = s.SignUp(ctx, p, "", now)
		wantFault(t, err, fault.Missing, "account.link")
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
			wantFault(t, err, fault.Invalid, "account.wrong")
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

func TestOtherSessionsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		first, _ := owner(t, s)
		second, err := s.OpenSession(ctx, first.Person, strings.Repeat("Ж", 500)+"\x00\u202e", now)
		must(t, err)
		third, err := s.OpenSession(ctx, first.Person, "", now)
		must(t, err)
		if second.Session.Device != strings.Repeat("Ж", 80) {
			t.Errorf("got the device %q", second.Session.Device)
		}
		must(t, s.EndOtherSessions(ctx, first.Person, second.Session.ID))
		for i, o := range []account.Opened{first, second, third} {
			if v, err := s.Whois(ctx, o.Secret, now); err != nil || v.SignedIn() != (i == 1) {
				t.Errorf("session %d: signed in is %t, %v", i, v.SignedIn(), err)
			}
		}
		must(t, s.EndSession(ctx, "somebody else", second.Session.ID))
		if v, _ := s.Whois(ctx, second.Secret, now); !v.SignedIn() {
			t.Error("somebody else ended a session")
		}
	})
}

// Sessions that are over are gone from the table with the next one that begins.
func TestOldSessionsAreForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		_, err := s.OpenSession(ctx, o.Person, "", now.Add(account.SessionLasts))
		must(t, err)
		if n := number(t, s, "select count(1) from session"); n != 1 {
			t.Errorf("%d sessions are kept", n)
		}
		if list, err := s.Sessions(ctx, o.Person, now.Add(3*account.SessionLasts)); err != nil || len(list) != 0 {
			t.Errorf("got %v, %v", list, err)
		}
	})
}

func TestProfile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		must(t, s.ChangeProfile(ctx, o.Person, "en", "Asia/Almaty"))
		p, err := s.Person(ctx, o.Person)
		must(t, err)
		if p.Lang != "en" || p.Zone != "Asia/Almaty" {
			t.Errorf("got %+v", p)
		}
		wantFault(t, s.ChangeProfile(ctx, o.Person, "xx", ""), fault.Invalid, "account.lang")
		for _, zone := range []string{"Local", "Moon/Base", "../etc/passwd"} {
			wantFault(t, s.ChangeProfile(ctx, o.Person, "en", zone), fault.Invalid, "account.zone")
		}
		wantFault(t, s.ChangeProfile(ctx, "nobody", "en", ""), fault.Missing, "account.no-person")
		_, err = s.Person(ctx, "nobody")
		wantFault(t, err, fault.Missing, "account.no-person")
	})
}

func TestInventedPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		id, err := s.Invent(ctx, "demo-north", "en", now)
		must(t, err)
		again, err := s.Invent(ctx, "demo-north", "en", now)
		must(t, err)
		if id == "" || again != id {
			t.Errorf("got %q, then %q", id, again)
		}
		o, err := s.OpenSession(ctx, id, "", now)
		must(t, err)
		if v, err := s.Whois(ctx, o.Secret, now); err != nil || v.Person != id || !v.SignedIn() {
			t.Errorf("got %+v, %v", v, err)
		}
		_, err = s.SignIn(ctx, "demo-north", "", "", "", now)
		wantFault(t, err, fault.Invalid, "account.wrong")
		_, err = s.OpenSession(ctx, "nobody", "", now)
		wantFault(t, err, fault.Missing, "account.no-person")
	})
}

// What every request asks.
func BenchmarkWhois(b *testing.B) {
	s := storetest.Open(b, storetest.SQLite(b))
	o, _ := owner(b, s)
	for b.Loop() {
		if v, err := s.Whois(context.Background(), o.Secret, now); err != nil || v.Person != o.Person {
			b.Fatal(v, err)
		}
	}
}
