package store_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestJoiningByInvitation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.person("bob", "cem", "dan", "eve")
		_, err := x.tryJoin("bob", store.JoinRequest{})
		x.refused(err, "member.by-invitation")
		_, err = x.tryJoin("bob", store.JoinRequest{Invitation: "guessed"})
		x.refused(err, "member.invitation-void")
		_, err = x.tryJoin("", store.JoinRequest{})
		x.refused(err, "dialogue.unknown")
		_, err = x.tryJoin("nobody", store.JoinRequest{})
		x.refused(err, "dialogue.unknown")

		secret, made, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Uses: 2, Note: "for the choir"}, now)
		x.must(err)
		bob := x.join("bob", store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{"S", "N"}, Ticks: []dialogue.Tick{"rules", "contact"}})
		if bob.State != dialogue.Admitted || !slices.Equal(bob.Sides, []dialogue.SideID{"N", "S"}) ||
			!slices.Equal(bob.Ticks, []dialogue.Tick{"contact", "rules"}) || bob.Agreed != 1 || !bob.JoinedAt.Equal(now) ||
			!strings.HasPrefix(bob.Pseudonym.In("ru"), "Участник ") || strings.Contains(string(bob.Pseudonym), " ") {
			t.Errorf("bob is %+v", bob)
		}
		_, err = x.tryJoin("bob", store.JoinRequest{Invitation: secret})
		x.refused(err, "member.already")
		x.join("cem", store.JoinRequest{Invitation: secret, Lang: "en"})
		_, err = x.tryJoin("dan", store.JoinRequest{Invitation: secret})
		x.refused(err, "member.invitation-void")

		e, err := s.Entrance(x.ctx, x.id, "dan", secret, now)
		x.must(err)
		if e.Invitation != nil || e.Standing.Invited {
			t.Error("an invitation that is used up is shown as good")
		}
		late, made, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{ExpiresAt: later}, now)
		x.must(err)
		if e, err = s.Entrance(x.ctx, x.id, "dan", late, now); err != nil || e.Invitation == nil || e.Invitation.ID != made.ID || !e.Standing.Invited {
			t.Errorf("the invitation is %+v, %v", e.Invitation, err)
		}
		if e, err = s.Entrance(x.ctx, x.id, "dan", late, later); err != nil || e.Invitation != nil {
			t.Errorf("one that ran out is %+v, %v", e.Invitation, err)
		}
	})
}

func TestJoiningIsRefusedWithoutAgreeing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.person("bob")
		_, err := s.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", now)
		x.must(err)
		_, err = x.tryJoin("bob", store.JoinRequest{Version: 1})
		x.refused(err, "member.declaration-moved")
		_, err = x.tryJoin("bob", store.JoinRequest{Ticks: []dialogue.Tick{dialogue.TickOpinions}})
		x.refused(err, "member.tick-rules")
		_, err = x.tryJoin("bob", store.JoinRequest{Sides: []dialogue.SideID{"X"}})
		x.refused(err, "member.sides")
		_, err = x.tryJoin("bob", store.JoinRequest{Pseudonym: "Модератор"})
		x.refused(err, "member.name-reserved")
		_, err = x.tryJoin("bob", store.JoinRequest{Pseudonym: "анна"})
		x.refused(err, "member.name-taken")
		if m, err := s.Mine(x.ctx, "bob", x.id); !fault.Is(err, fault.Missing) {
			t.Errorf("bob has %+v, %v", m, err)
		}
		x.must(s.SetStage(x.ctx, "ann", x.id, dialogue.Closed, now))
		_, err = x.tryJoin("bob", store.JoinRequest{})
		x.refused(err, "dialogue.stage.closed")
	})
}

func TestAnInvitationToARole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		mediator := x.seat("mia", dialogue.Mediator, "", "N")
		if len(mediator.Sides) > 0 || !slices.Equal(mediator.Grants, []dialogue.Grant{{Role: dialogue.Mediator}}) {
			t.Errorf("the mediator is %+v", mediator)
		}
		delegate := x.seat("dora", dialogue.Delegate, "E")
		if !slices.Equal(delegate.Sides, []dialogue.SideID{"E"}) || !slices.Equal(delegate.Grants, []dialogue.Grant{{Role: dialogue.Delegate, Side: "E"}}) {
			t.Errorf("the delegate is %+v", delegate)
		}
		if who := x.standing("dora"); !who.Holds(dialogue.Delegate, "E") || who.Holds(dialogue.Delegate, "N") {
			t.Errorf("her standing is %+v", who)
		}
		observer := x.seat("olga", dialogue.Observer, "")
		if !observer.Observer || !slices.Contains(x.standing("olga").Roles(), dialogue.Observer) {
			t.Errorf("the observer is %+v", observer)
		}
	})
}

// A registrar's invitation is one yes of two, even with a second one's by the
// same registrar.
func TestARegistrarsInvitationNeedsAnotherSide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		x.person("bob", "cem")
		secret, made, err := s.Invite(x.ctx, "nora", x.id, dialogue.Invitation{Uses: 3}, now)
		x.must(err)
		if made.BySide != "N" {
			t.Errorf("made by %q", made.BySide)
		}
		bob := x.join("bob", store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{"N"}})
		if bob.State != dialogue.Asked || !slices.Equal(bob.Approvals, []dialogue.SideID{"N"}) {
			t.Fatalf("bob is %+v", bob)
		}
		if m, err := s.Admit(x.ctx, "nora", x.id, bob.ID, now); err != nil || m.State != dialogue.Asked {
			t.Errorf("the same registrar twice: %+v, %v", m, err)
		}
		waiting, err := s.Applicants(x.ctx, "sam", x.id)
		x.must(err)
		if len(waiting) != 1 || waiting[0].ID != bob.ID || !waiting[0].AskedAt.Equal(now) {
			t.Errorf("waiting: %+v", waiting)
		}
		if m, err := s.Admit(x.ctx, "sam", x.id, bob.ID, now); err != nil || m.State != dialogue.Admitted || len(m.Approvals) > 0 {
			t.Errorf("the second side: %+v, %v", m, err)
		}

		// What a registrar approved counts no more when they are one no more; what
		// others approved and whom they invited stays.
		cem := x.join("cem", store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{"N"}})
		x.person("dan")
		others, _, err := s.Invite(x.ctx, "sam", x.id, dialogue.Invitation{}, now)
		x.must(err)
		dan := x.join("dan", store.JoinRequest{Invitation: others})
		others, _, err = s.Invite(x.ctx, "sam", x.id, dialogue.Invitation{}, now)
		x.must(err)
		x.must(s.Revoke(x.ctx, "ann", x.id, x.standing("nora").Member, dialogue.Grant{Role: dialogue.Registrar, Side: "N"}, now))
		if m, err := s.Admit(x.ctx, "sam", x.id, cem.ID, now); err != nil || m.State != dialogue.Asked || !slices.Equal(m.Approvals, []dialogue.SideID{"S"}) {
			t.Errorf("with a registrar's yes who is none: %+v, %v", m, err)
		}
		if e, err := s.Entrance(x.ctx, x.id, "cem", secret, now); err != nil || e.Invitation != nil {
			t.Errorf("the invitation outlived the role: %+v, %v", e.Invitation, err)
		}
		if e, err := s.Entrance(x.ctx, x.id, "cem", others, now); err != nil || e.Invitation == nil {
			t.Errorf("another registrar's invitation went too, %v", err)
		}
		if waiting, err := s.Applicants(x.ctx, "sam", x.id); err != nil || len(waiting) != 2 ||
			!slices.ContainsFunc(waiting, func(m dialogue.Member) bool { return m.ID == dan.ID && len(m.Approvals) == 1 }) {
			t.Errorf("another registrar's approval went too: %+v, %v", waiting, err)
		}
	})
}

func TestRefusing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.seat("nora", dialogue.Registrar, "N")
		x.person("bob", "cem")
		bob := x.join("bob", store.JoinRequest{Pseudonym: "Bob", Sides: []dialogue.SideID{"S"}})
		x.refused(s.Refuse(x.ctx, "nora", x.id, bob.ID, now), "dialogue.other-side")
		x.must(s.Refuse(x.ctx, "ann", x.id, bob.ID, now))
		who := x.standing("bob")
		if who.State != dialogue.Refused || len(who.Sides) > 0 || slices.Contains(who.Roles(), dialogue.Applicant) {
			t.Errorf("bob is %+v", who)
		}
		_, err := x.tryJoin("bob", store.JoinRequest{})
		x.refused(err, "member.refused")
		_, err = s.Admit(x.ctx, "ann", x.id, bob.ID, now)
		x.refused(err, "member.not-waiting")
		x.join("cem", store.JoinRequest{Pseudonym: "Bob"}) // the name is free again

		secret, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{}, now)
		x.must(err)
		if again := x.join("bob", store.JoinRequest{Invitation: secret}); again.State != dialogue.Admitted || again.ID == bob.ID {
			t.Errorf("invited after all: %+v", again)
		}
	})
}

// A new version of the declaration closes the room until it is agreed to, and
// the words that were agreed to are kept.
func TestANewDeclarationAsksAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.person("bob")
		x.join("bob", store.JoinRequest{Lang: "en"})
		_, err := s.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", now)
		x.must(err)
		if who := x.standing("bob"); !who.MustAgree() || who.Inside() {
			t.Errorf("bob is %+v", who)
		}
		x.refused(s.RecommendByName(x.ctx, "bob", x.id, "Анна", now), "dialogue.agree-first")
		x.refused(s.Agree(x.ctx, "bob", x.id, 1, "en", now), "member.declaration-moved")
		x.must(s.Agree(x.ctx, "bob", x.id, 2, "ru", later))
		x.must(s.Agree(x.ctx, "bob", x.id, 2, "en", later)) // twice changes nothing
		mine, err := s.Mine(x.ctx, "bob", x.id)
		x.must(err)
		want := []dialogue.Agreement{{Version: 2, Lang: "ru", Text: "Будьте добрее.", At: later}, {Version: 1, Lang: "en", Text: "Be kind.", At: now}}
		if !slices.Equal(mine.Agreements, want) || !x.standing("bob").Inside() {
			t.Errorf("bob agreed to %+v", mine.Agreements)
		}
		x.refused(s.Agree(x.ctx, "owner", x.id, 2, "en", now), "dialogue.denied")
	})
}

// What is not listed is not there for whoever has nothing to do with it.
func TestAnUnlistedDialogueIsMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.person("bob")
		x.configure(func(c *dialogue.Configured) { c.Unlisted = true })
		absent := func(err error) {
			t.Helper()
			if f, ok := fault.As(err); !ok || f.Kind != fault.Missing || f.Key != "store.no-dialogue" {
				t.Errorf("got %v", err)
			}
		}
		_, err := x.tryJoin("bob", store.JoinRequest{})
		absent(err)
		_, err = s.Mine(x.ctx, "bob", x.id)
		absent(err)
		_, err = s.Members(x.ctx, "bob", x.id, "", 10)
		absent(err)
		_, _, err = s.Invite(x.ctx, "bob", x.id, dialogue.Invitation{}, now)
		absent(err)
		absent(s.RemoveTraces(x.ctx, "bob", x.id, "m", now))
		absent(s.Agree(x.ctx, "bob", "not-there", 1, "en", now))
		secret, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{}, now)
		x.must(err)
		x.join("bob", store.JoinRequest{Invitation: secret})
	})
}

// Two who join at once under one name: one of them has it.
func TestOneNameAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		people := []string{"bob", "cem", "dan", "eve", "fay", "gus"}
		x.person(people...)
		errs := make(chan error)
		for _, p := range people {
			go func() {
				_, err := s.Join(x.ctx, account.PersonID(p), x.id, store.JoinRequest{
					Pseudonym: "Robin", Version: 1, Lang: "en", Ticks: []dialogue.Tick{dialogue.TickRules}}, now)
				errs <- err
			}()
		}
		in := 0
		for range people {
			if err := <-errs; err == nil {
				in++
			} else {
				x.refused(err, "member.name-taken")
			}
		}
		if in != 1 {
			t.Errorf("%d have the name", in)
		}
	})
}

func TestNumbersAreDrawn(t *testing.T) {
	x := found(t, storetest.Open(t, storetest.SQLite(t)), dialogue.Freely)
	seen, rising := map[string]bool{}, true
	last := 0
	for i := range 30 {
		p := "p" + string(rune('a'+i))
		x.person(p)
		m := x.join(p, store.JoinRequest{Lang: []string{"en", "ru"}[i%2]})
		number := string(m.Pseudonym) // and no language
		if seen[number] {
			t.Errorf("two have the number %s", number)
		}
		seen[number] = true
		n := 0
		for _, r := range number {
			n = 10*n + int(r-'0')
		}
		rising = rising && n > last
		last = n
	}
	if rising {
		t.Error("the numbers tell who came first")
	}
}

func TestInvitationsAreListedAndEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		x.person("bob")
		var secrets []string
		for i, by := range []account.PersonID{"ann", "nora", "sam"} {
			secret, _, err := s.Invite(x.ctx, by, x.id, dialogue.Invitation{Note: string(by)}, now.Add(time.Duration(i)*time.Minute))
			x.must(err)
			secrets = append(secrets, secret)
		}
		notes := func(by account.PersonID, at time.Time) (out []string) {
			list, err := s.Invitations(x.ctx, by, x.id, at)
			x.must(err)
			for _, i := range list {
				out = append(out, i.Note)
			}
			return out
		}
		if got := notes("ann", later); !slices.Equal(got, []string{"sam", "nora", "ann"}) {
			t.Errorf("the convener sees %v", got)
		}
		if got := notes("nora", later); !slices.Equal(got, []string{"nora"}) {
			t.Errorf("a registrar sees %v", got)
		}
		if got := notes("ann", now.Add(20*24*time.Hour)); got != nil {
			t.Errorf("after they ran out: %v", got)
		}
		list, err := s.Invitations(x.ctx, "ann", x.id, now)
		x.must(err)
		x.refused(s.EndInvitation(x.ctx, "nora", x.id, list[0].ID, now), "member.no-invitation") // sam's
		x.refused(s.EndInvitation(x.ctx, "ann", x.id, "none", now), "member.no-invitation")
		x.must(s.EndInvitation(x.ctx, "sam", x.id, list[0].ID, now))
		_, err = x.tryJoin("bob", store.JoinRequest{Invitation: secrets[2]})
		x.refused(err, "member.invitation-void")
		if state, err := s.State(x.ctx); err != nil || strings.Contains(state, secrets[0]) {
			t.Errorf("the secret itself is kept, %v", err)
		}
		// The link of one dialogue opens no other.
		_, err = s.LoadDossier(x.ctx, sample("other"), now)
		x.must(err)
		if e, err := s.Entrance(x.ctx, "other", "bob", secrets[0], now); err != nil || e.Invitation != nil {
			t.Errorf("another dialogue: %+v, %v", e.Invitation, err)
		}
	})
}

// Numbers are drawn out of a million, few members or many, so that others are not
// found by trying.
func TestNumbersCannotBeTried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.person("bob")
		x.join("bob", store.JoinRequest{})
		long := 0
		for range 12 {
			x.must(s.ChangePseudonym(x.ctx, "bob", x.id, "", now))
			mine, err := s.Mine(x.ctx, "bob", x.id)
			x.must(err)
			n, err := strconv.Atoi(string(mine.Pseudonym))
			if err != nil || n < 1 || n > 999_999 {
				t.Errorf("got %q", mine.Pseudonym)
			}
			if n > 9_999 {
				long++
			}
		}
		if long < 6 { // one in a hundred has four digits or less
			t.Errorf("%d of 12 numbers are above 9999", long)
		}
	})
}
