package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestAccountsAreMadeOnTheWayIntoADialogue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		invitation, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Participant}, now)
		x.must(err)
		try := func(p store.NewPerson) error {
			p.Lang, p.Password = "en", goodPassword
			_, _, err := s.SignUp(x.ctx, p, "", now)
			return err
		}
		wantFault(t, try(store.NewPerson{Name: "boris"}), fault.Denied, "account.not-entitled")
		wantFault(t, try(store.NewPerson{Name: "boris", Dialogue: x.id}), fault.Denied, "account.not-entitled")
		wantFault(t, try(store.NewPerson{Name: "boris", Dialogue: x.id, Invitation: "made-up"}), fault.Denied, "account.not-entitled")
		wantFault(t, try(store.NewPerson{Name: "boris", Dialogue: "nowhere"}), fault.Missing, "store.no-dialogue")
		x.must(try(store.NewPerson{Name: "boris", Dialogue: x.id, Invitation: invitation}))

		for _, admission := range []dialogue.Admission{dialogue.ByRequest, dialogue.Freely} {
			x.configure(func(c *dialogue.Configured) { c.Admission = admission })
			x.must(try(store.NewPerson{Name: "by-" + string(admission), Dialogue: x.id}))
		}
		wantFault(t, try(store.NewPerson{Name: "BORIS", Dialogue: x.id}), fault.Conflict, "account.name-taken")
	})
}

// An invitation makes as many accounts as it lets in, at once or one after the
// other, and a name that is taken uses none of them up. Where people may come
// without one it is not counted.
func TestAnInvitationMakesAsManyAccountsAsItLetsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		try := func(name, invitation string) error {
			_, _, err := s.SignUp(x.ctx, store.NewPerson{Name: name, Lang: "en", Passkey: key(name), Dialogue: x.id, Invitation: invitation}, "", now)
			return err
		}
		for _, uses := range []int{1, 3} {
			secret, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Participant, Uses: uses}, now)
			x.must(err)
			var made atomic.Int64
			var all sync.WaitGroup
			for i := range uses + 2 {
				all.Go(func() {
					if err := try(fmt.Sprintf("person-%d-%d", uses, i), secret); err == nil {
						made.Add(1)
					} else {
						x.refused(err, "account.invitation-used")
					}
				})
			}
			all.Wait()
			if int(made.Load()) != uses {
				t.Errorf("a link for %d made %d accounts", uses, made.Load())
			}
			wantFault(t, try("another", secret), fault.Conflict, "account.invitation-used")
			x.person(fmt.Sprint("known-", uses))
			x.join(fmt.Sprint("known-", uses), store.JoinRequest{Invitation: secret}) // it still lets in
		}
		secret, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Role: dialogue.Participant}, now)
		x.must(err)
		wantFault(t, try("known-1", secret), fault.Conflict, "account.name-taken")
		x.must(try("boris", secret))

		x.configure(func(c *dialogue.Configured) { c.Admission = dialogue.ByRequest })
		x.must(try("clara", secret))
		x.configure(func(c *dialogue.Configured) { c.Unlisted = true })
		wantFault(t, try("dora", secret), fault.Conflict, "account.invitation-used")
	})
}

func TestAccountBeginsWithOneWayIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		link, err := s.OwnerLink(ctx, now)
		must(t, err)
		whole := store.NewPerson{Name: "olga", Lang: "ru", Password: goodPassword, OwnerLink: link}
		for key, spoil := range map[string]func(p *store.NewPerson){
			"account.one-way":          func(p *store.NewPerson) { p.Password = "" },
			"account.name-length":      func(p *store.NewPerson) { p.Name = "" },
			"account.name-letters":     func(p *store.NewPerson) { p.Name = "olga@home" },
			"account.password-short":   func(p *store.NewPerson) { p.Password = "owl" },
			"account.password-common":  func(p *store.NewPerson) { p.Password = "qwertyuiop" },
			"account.password-context": func(p *store.NewPerson) { p.Password = "olga-2026" },
			"account.lang":             func(p *store.NewPerson) { p.Lang = "" },
			"account.zone":             func(p *store.NewPerson) { p.Zone = "Nowhere" },
		} {
			p := whole
			spoil(&p)
			_, _, err := s.SignUp(ctx, p, "", now)
			wantFault(t, err, fault.Invalid, key)
		}
		two := whole
		two.Passkey = &account.Passkey{ID: []byte("k"), Name: "Key", PublicKey: []byte("p")}
		_, _, err = s.SignUp(ctx, two, "", now)
		wantFault(t, err, fault.Invalid, "account.one-way")
		_, _, err = s.SignUp(ctx, whole, "", now)
		must(t, err)
	})
}

// Promise 4: an account is made with all that belongs to it, or not at all.
func TestAccountIsMadeWholeOrNotAtAll(t *testing.T) {
	injected := errors.New("the disk says no")
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		var left atomic.Int64
		left.Store(-1)
		s := storetest.Open(t, store.WithHooks(c, func(string) error {
			if left.Load() >= 0 && left.Add(-1) < 0 {
				return injected
			}
			return nil
		}, nil))
		ctx := context.Background()
		link, err := s.OwnerLink(ctx, now)
		must(t, err)
		before := state(t, s)
		for n := int64(1); ; n++ {
			left.Store(n - 1)
			_, _, err := s.SignUp(ctx, store.NewPerson{Name: "olga", Lang: "ru", Passkey: key("1"), OwnerLink: link}, "", now)
			left.Store(-1)
			if err == nil {
				if n < 10 {
					t.Errorf("failed at %d statements only", n)
				}
				break
			}
			if !errors.Is(err, injected) {
				t.Fatal(err)
			}
			if state(t, s) != before {
				t.Fatalf("something is left behind by a failure at statement %d", n)
			}
		}
	})
}

func TestManyFollowTheOwnersLinkAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		link, err := s.OwnerLink(ctx, now)
		must(t, err)
		var wg sync.WaitGroup
		var in atomic.Int64
		for _, name := range []string{"olga", "oleg", "osip", "ovid"} {
			wg.Go(func() {
				_, _, err := s.SignUp(ctx, store.NewPerson{Name: name, Lang: "ru", Passkey: key(name), OwnerLink: link}, "", now)
				if err == nil {
					in.Add(1)
				} else {
					wantFault(t, err, fault.Missing, "account.link")
				}
			})
		}
		wg.Wait()
		if got := number(t, s, "select count(1) from person"); in.Load() != 1 || got != 1 {
			t.Errorf("%d came in, %d accounts", in.Load(), got)
		}
	})
}

// key is a passkey that counts.
func key(id string) *account.Passkey {
	return &account.Passkey{
		ID: []byte("credential " + id), Name: "Key " + id, PublicKey: []byte{0xa5, 0, 1}, Counter: 7, Transports: []string{"internal", "hybrid"},
		UserHandle: []byte("handle " + id), BackedUp: true, Eligible: true, AAGUID: make([]byte, 16), CreatedAt: now.Truncate(time.Microsecond),
	}
}
