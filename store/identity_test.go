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

func TestProviderOpensTheAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		link, err := s.OwnerLink(ctx, now)
		must(t, err)
		me := account.Identity{Issuer: "https://id.example", Subject: "0042", Label: "olga@id.example"}
		o, _, err := s.SignUp(ctx, store.NewPerson{Name: "olga", Lang: "ru", Identity: &me, OwnerLink: link}, "", now)
		must(t, err)
		in, err := s.SignInIdentity(ctx, me, "Firefox", now)
		must(t, err)
		if in.Person != o.Person || in.Halfway {
			t.Errorf("got %+v", in)
		}
		// The key is issuer and subject; the label is for people.
		for _, other := range []account.Identity{{Issuer: me.Issuer, Subject: "42", Label: me.Label}, {Issuer: "https://id.example/", Subject: me.Subject}, {}} {
			_, err := s.SignInIdentity(ctx, other, "", now)
			wantFault(t, err, fault.Missing, "account.no-identity")
		}
		// The provider is one factor.
		withApp(t, s, o.Person, now)
		in, err = s.SignInIdentity(ctx, me, "", now)
		must(t, err)
		if !in.Halfway {
			t.Error("the second factor was not asked for")
		}
	})
}

func TestIdentitiesAreLinkedAndUnlinked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		o, _ := owner(t, s)
		a, b := account.Identity{Issuer: "https://a.example", Subject: "1", Label: "A"}, account.Identity{Issuer: "https://b.example", Subject: "1"}
		must(t, s.LinkIdentity(ctx, o.Person, a, now))
		must(t, s.LinkIdentity(ctx, o.Person, b, now.Add(time.Minute)))
		wantFault(t, s.LinkIdentity(ctx, o.Person, a, now), fault.Conflict, "account.identity-taken")
		wantFault(t, s.LinkIdentity(ctx, holder(t, s, "other", false), a, now), fault.Conflict, "account.identity-taken")
		list, err := s.Identities(ctx, o.Person)
		must(t, err)
		a.CreatedAt, b.CreatedAt = now, now.Add(time.Minute)
		if len(list) != 2 || list[0] != a || list[1] != b {
			t.Errorf("got %+v", list)
		}
		wantFault(t, s.UnlinkIdentity(ctx, "other", a.Issuer, a.Subject, now), fault.Missing, "account.no-identity")
		must(t, s.RemovePassword(ctx, o.Person, now))
		must(t, s.UnlinkIdentity(ctx, o.Person, a.Issuer, a.Subject, now))
		wantFault(t, s.UnlinkIdentity(ctx, o.Person, a.Issuer, a.Subject, now), fault.Missing, "account.no-identity")
		wantFault(t, s.UnlinkIdentity(ctx, o.Person, b.Issuer, b.Subject, now), fault.Conflict, "account.last-way")
	})
}
