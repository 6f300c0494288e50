package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
)

// society is a dialogue with a convener and a declaration, and people to join
// it.
type society struct {
	t *testing.T
	*store.Store
	ctx context.Context
	id  dialogue.ID
}

// found opens the sample dialogue: "owner" runs the server, "ann" convenes.
func found(t *testing.T, s *store.Store, admission dialogue.Admission) *society {
	t.Helper()
	x := &society{t, s, context.Background(), "towns"}
	x.person("owner", "ann")
	x.must(s.Write(x.ctx, func(d store.Deed) error { return d.Exec(`update person set owner = 1 where id = 'owner'`) }))
	d := sample(x.id)
	d.Topics, d.Table = nil, nil // so that the registers can be edited
	_, err := s.LoadDossier(x.ctx, d, now)
	x.must(err)
	secret, _, err := s.Invite(x.ctx, "owner", x.id, dialogue.Invitation{Role: dialogue.Convener}, now)
	x.must(err)
	x.join("ann", store.JoinRequest{Invitation: secret, Pseudonym: "Анна"})
	_, err = s.Declare(x.ctx, "ann", x.id, both("Be kind.", "Будьте добры."), "en", now)
	x.must(err)
	x.configure(func(c *dialogue.Configured) { c.Admission = admission })
	return x
}

func (x *society) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// refused demands a fault of the key.
func (x *society) refused(err error, key string) {
	x.t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Key != key {
		x.t.Errorf("got %v, want a fault %q", err, key)
	}
}

// person makes accounts without a way to sign in.
func (x *society) person(ids ...string) {
	x.t.Helper()
	for _, id := range ids {
		x.must(x.Write(x.ctx, func(d store.Deed) error {
			return d.Exec(`
				insert into person (id, name, lang, zone, email, owner, user_handle, created_at)
				values ($1, $1, 'en', 'UTC', '', 0, $1, 1)`, id)
		}))
	}
}

func (x *society) configure(change func(c *dialogue.Configured)) {
	x.t.Helper()
	e, err := x.Entrance(x.ctx, x.id, "ann", "", now)
	x.must(err)
	change(&e.Configured)
	_, err = x.Configure(x.ctx, "ann", x.id, e.Configured, now)
	x.must(err)
}

// join adds what nobody leaves out: the newest declaration, and the rules.
func (x *society) join(person string, j store.JoinRequest) dialogue.Member {
	x.t.Helper()
	m, err := x.tryJoin(person, j)
	x.must(err)
	return m
}

func (x *society) tryJoin(person string, j store.JoinRequest) (dialogue.Member, error) {
	x.t.Helper()
	e, err := x.Entrance(x.ctx, x.id, "", "", now)
	x.must(err)
	if j.Version == 0 {
		j.Version = e.Declaration.Version
	}
	if j.Ticks == nil {
		j.Ticks = []dialogue.Tick{dialogue.TickRules}
	}
	if j.Lang == "" {
		j.Lang = "ru"
	}
	return x.Store.Join(x.ctx, account.PersonID(person), x.id, j, now)
}

// seat makes an account and has the convener invite it to the role; a name that
// is no account's begins it with a capital letter.
func (x *society) seat(person string, role dialogue.Role, side dialogue.SideID, sides ...dialogue.SideID) dialogue.Member {
	x.t.Helper()
	x.person(person)
	secret, _, err := x.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: role, Side: side}, now)
	x.must(err)
	return x.join(person, store.JoinRequest{Invitation: secret, Pseudonym: strings.ToUpper(person[:1]) + person[1:], Sides: sides})
}

func (x *society) standing(person string) dialogue.Standing {
	x.t.Helper()
	e, err := x.Entrance(x.ctx, x.id, account.PersonID(person), "", now)
	x.must(err)
	return e.Standing
}

var later = now.Add(time.Hour)
