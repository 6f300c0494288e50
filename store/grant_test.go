package store_test

import (
	"slices"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

func TestRolesAreGivenAndTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		nora := x.seat("nora", dialogue.Registrar, "N")
		bob := x.seat("bob", dialogue.Participant, "", "N")
		cem := x.seat("cem", dialogue.Participant, "", "S")
		dan := x.seat("dan", dialogue.Participant, "")
		delegate := func(side dialogue.SideID) dialogue.Grant { return dialogue.Grant{Role: dialogue.Delegate, Side: side} }
		grant := func(by account.PersonID, m dialogue.MemberID, g dialogue.Grant) error {
			return s.Grant(x.ctx, by, x.id, m, g, now)
		}

		x.must(grant("nora", bob.ID, delegate("N")))
		x.must(grant("nora", bob.ID, delegate("N"))) // twice changes nothing
		x.refused(grant("nora", cem.ID, delegate("S")), "dialogue.other-side")
		x.refused(grant("nora", bob.ID, dialogue.Grant{Role: dialogue.Registrar, Side: "N"}), "dialogue.denied")
		x.refused(grant("nora", nora.ID, delegate("N")), "member.grant-oneself")
		x.refused(grant("bob", dan.ID, dialogue.Grant{Role: dialogue.Convener}), "dialogue.denied")
		x.refused(grant("ann", cem.ID, delegate("N")), "member.grant-side")
		x.refused(grant("ann", cem.ID, dialogue.Grant{Role: dialogue.Moderator}), "member.grant-neutral")
		x.refused(grant("ann", "nobody", dialogue.Grant{Role: dialogue.Moderator}), "member.missing")
		x.must(grant("ann", dan.ID, dialogue.Grant{Role: dialogue.Moderator}))
		x.must(grant("ann", nora.ID, delegate("N")))
		if got := x.standing("nora").Grants; !slices.Equal(got, []dialogue.Grant{delegate("N"), {Role: dialogue.Registrar, Side: "N"}}) {
			t.Errorf("nora holds %v", got)
		}
		x.refused(s.ChangeSides(x.ctx, "dan", x.id, []dialogue.SideID{"N"}, now), "member.neutral-sides")

		revoke := func(by account.PersonID, m dialogue.MemberID, g dialogue.Grant) error {
			return s.Revoke(x.ctx, by, x.id, m, g, now)
		}
		x.refused(revoke("ann", x.standing("ann").Member, dialogue.Grant{Role: dialogue.Convener}), "member.last-convener")
		x.refused(revoke("ann", cem.ID, delegate("S")), "member.not-held")
		x.must(revoke("nora", bob.ID, delegate("N")))
		x.must(revoke("ann", nora.ID, delegate("N")))
		x.must(grant("ann", cem.ID, dialogue.Grant{Role: dialogue.Convener}))
		x.must(revoke("cem", x.standing("ann").Member, dialogue.Grant{Role: dialogue.Convener}))
		if who := x.standing("ann"); len(who.Grants) > 0 || !who.Inside() {
			t.Errorf("ann is %+v", who)
		}
		x.refused(grant("ann", cem.ID, dialogue.Grant{Role: dialogue.Moderator}), "dialogue.denied")
	})
}

func TestNamesAndMandatesAreChecked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		bob := x.seat("bob", dialogue.Participant, "", "N", "S")
		office := &dialogue.Verified{Name: "Bob Example", Office: "Mayor", Sector: dialogue.Official}
		verify := func(by account.PersonID, v *dialogue.Verified) error {
			return s.Verify(x.ctx, by, x.id, bob.ID, v, later)
		}
		verified := func() *dialogue.Verified {
			mine, err := s.Mine(x.ctx, "bob", x.id)
			x.must(err)
			return mine.Verified
		}
		x.refused(verify("ann", office), "dialogue.denied")
		x.refused(verify("nora", &dialogue.Verified{Name: "", Sector: dialogue.Official}), "member.verified")
		x.must(verify("nora", office))
		if v := verified(); v == nil || *v != (dialogue.Verified{Name: "Bob Example", Office: "Mayor", Sector: dialogue.Official, Side: "N", At: later}) {
			t.Errorf("verified: %+v", v)
		}
		x.refused(verify("sam", nil), "dialogue.other-side")
		x.must(verify("nora", nil))
		x.must(verify("nora", nil))
		if v := verified(); v != nil {
			t.Errorf("taken back: %+v", v)
		}
		x.must(verify("nora", office))
		x.must(s.RecordMandate(x.ctx, "sam", x.id, bob.ID, "for the fishers' guild", now))
		x.refused(s.RecordMandate(x.ctx, "bob", x.id, bob.ID, "for myself", now), "dialogue.denied")
		if mine, err := s.Mine(x.ctx, "bob", x.id); err != nil || mine.Mandate != "for the fishers' guild" {
			t.Errorf("mandate %q, %v", mine.Mandate, err)
		}

		// Who leaves a side loses what that side said about them.
		x.must(s.ChangeSides(x.ctx, "bob", x.id, []dialogue.SideID{"S", "E"}, now))
		mine, err := s.Mine(x.ctx, "bob", x.id)
		x.must(err)
		if mine.Verified != nil || mine.Mandate != "" || !slices.Equal(mine.Sides, []dialogue.SideID{"E", "S"}) {
			t.Errorf("bob is %+v", mine.Member)
		}
	})
}

// Whoever is recorded by name or mandate takes that out themselves, at once, and
// the record of nobody else.
func TestOnesOwnRecordIsOnesOwnToRemove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		office := dialogue.Verified{Name: "Somebody Example", Office: "Mayor", Sector: dialogue.Official}
		for _, name := range []string{"bob", "eve"} {
			m := x.seat(name, dialogue.Participant, "", "N")
			x.must(s.Verify(x.ctx, "nora", x.id, m.ID, &office, now))
			x.must(s.RecordMandate(x.ctx, "nora", x.id, m.ID, "for the guild", now))
		}
		recorded := func(name account.PersonID) (bool, bool) {
			mine, err := s.Mine(x.ctx, name, x.id)
			x.must(err)
			return mine.Verified != nil, mine.Mandate != ""
		}
		x.must(s.DropVerified(x.ctx, "bob", x.id))
		if name, mandate := recorded("bob"); name || !mandate {
			t.Errorf("without a name: name %v, mandate %v", name, mandate)
		}
		x.must(s.DropMandate(x.ctx, "bob", x.id))
		x.must(s.DropMandate(x.ctx, "bob", x.id)) // nothing is left to remove
		x.must(s.DropVerified(x.ctx, "bob", x.id))
		if name, mandate := recorded("bob"); name || mandate {
			t.Errorf("with neither: name %v, mandate %v", name, mandate)
		}
		if name, mandate := recorded("eve"); !name || !mandate {
			t.Errorf("somebody else's: name %v, mandate %v", name, mandate)
		}
	})
}

func TestChangingSidesTakesTheRolesOfASide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		secret, _, err := s.Invite(x.ctx, "nora", x.id, dialogue.Invitation{}, now)
		x.must(err)
		x.refused(s.ChangeSides(x.ctx, "nora", x.id, []dialogue.SideID{"N", "N"}, now), "member.sides")
		x.must(s.ChangeSides(x.ctx, "nora", x.id, []dialogue.SideID{"S"}, now))
		if who := x.standing("nora"); len(who.Grants) > 0 || !slices.Equal(who.Sides, []dialogue.SideID{"S"}) {
			t.Errorf("nora is %+v", who)
		}
		if e, err := s.Entrance(x.ctx, x.id, "", secret, now); err != nil || e.Invitation != nil {
			t.Errorf("her invitation: %+v, %v", e.Invitation, err)
		}
		entries, err := s.Journal(x.ctx, "ann", x.id, 0, 1)
		x.must(err)
		if len(entries) != 1 || entries[0].What != "revoked" || entries[0].Args["Side"] != "N" {
			t.Errorf("the journal says %+v", entries)
		}
		x.must(s.ChangeSides(x.ctx, "nora", x.id, nil, now))
		if who := x.standing("nora"); len(who.Sides) > 0 {
			t.Errorf("nora is of %v", who.Sides)
		}
	})
}

// A dossier that is loaded again must not take anybody's side away.
func TestLoadingADossierLeavesMembersWhereTheyAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("nora", dialogue.Registrar, "N")
		d := sample(x.id)
		d.Dialogue.Sides[0].Name = both("The South", "Южный город")
		_, err := s.LoadDossier(x.ctx, d, later)
		x.must(err)
		if !x.standing("nora").Holds(dialogue.Registrar, "N") {
			t.Error("the registrar's side went")
		}
	})
}

func TestConsents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.person("bob")
		x.join("bob", store.JoinRequest{Ticks: []dialogue.Tick{"rules", "opinions"}})
		change := func(tick dialogue.Tick, on bool) error { return s.ChangeTick(x.ctx, "bob", x.id, tick, on, later) }
		x.must(change(dialogue.TickOpinions, false))
		x.must(change(dialogue.TickOpinions, false))
		x.must(change(dialogue.TickContact, true))
		x.must(change(dialogue.TickContact, true))
		x.must(change(dialogue.TickOpinions, true))
		x.refused(change(dialogue.TickRules, false), "member.tick-rules")
		x.refused(change("spam", true), "member.tick")
		x.refused(s.ChangeTick(x.ctx, "owner", x.id, dialogue.TickContact, true, now), "dialogue.denied")
		mine, err := s.Mine(x.ctx, "bob", x.id)
		x.must(err)
		want := []dialogue.Consent{
			{Tick: "opinions", GivenAt: now, WithdrawnAt: later}, {Tick: "rules", GivenAt: now},
			{Tick: "contact", GivenAt: later}, {Tick: "opinions", GivenAt: later},
		}
		if !slices.Equal(mine.Consents, want) || !slices.Equal(mine.Ticks, []dialogue.Tick{"contact", "opinions", "rules"}) {
			t.Errorf("bob consented to %+v", mine.Consents)
		}
	})
}

func TestChangingOnesName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.person("bob", "cem")
		bob := x.join("bob", store.JoinRequest{})
		x.join("cem", store.JoinRequest{Pseudonym: "Cem"})
		change := func(name string) error { return s.ChangePseudonym(x.ctx, "bob", x.id, name, now) }
		x.must(change(string(bob.Pseudonym)))
		x.refused(change("cem"), "member.name-taken")
		x.refused(change("Moderator"), "member.name-reserved")
		x.must(change("Robin"))
		x.must(change("ROBIN")) // one's own name, written otherwise
		mine, err := s.Mine(x.ctx, "bob", x.id)
		x.must(err)
		if mine.Pseudonym != "ROBIN" {
			t.Errorf("bob is called %q", mine.Pseudonym)
		}
		x.must(change(""))
		mine, err = s.Mine(x.ctx, "bob", x.id)
		x.must(err)
		if dialogue.Skeleton(string(mine.Pseudonym))[0] != '#' {
			t.Errorf("without a choice bob is called %q", mine.Pseudonym)
		}
	})
}

// Each act of those who run a dialogue leaves one line, which names nobody it is
// about.
func TestEachActLeavesOneLine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		bob := x.seat("bob", dialogue.Participant, "", "N")
		x.person("cem", "dan")
		cem := x.join("cem", store.JoinRequest{Pseudonym: "Canary", Sides: []dialogue.SideID{"N"}})
		dan := x.join("dan", store.JoinRequest{Pseudonym: "Canary Two", Sides: []dialogue.SideID{"N"}})
		newest := func() dialogue.JournalEntry {
			list, err := s.Journal(x.ctx, "ann", x.id, 0, 1)
			x.must(err)
			return list[0]
		}
		var invitation string
		for _, c := range []struct {
			what string
			by   string // a pseudonym, or the side of a registrar
			do   func() error
		}{
			{"approved", "N", func() error { _, err := s.Admit(x.ctx, "nora", x.id, cem.ID, now); return err }},
			{"admitted", "S", func() error { _, err := s.Admit(x.ctx, "sam", x.id, cem.ID, now); return err }},
			{"refused", "N", func() error { return s.Refuse(x.ctx, "nora", x.id, dan.ID, now) }},
			{"verified", "N", func() error {
				return s.Verify(x.ctx, "nora", x.id, bob.ID, &dialogue.Verified{Name: "Canary", Sector: dialogue.Media}, now)
			}},
			{"verified-removed", "N", func() error { return s.Verify(x.ctx, "nora", x.id, bob.ID, nil, now) }},
			{"mandate-recorded", "N", func() error { return s.RecordMandate(x.ctx, "nora", x.id, bob.ID, "Canary", now) }},
			{"mandate-removed", "N", func() error { return s.RecordMandate(x.ctx, "nora", x.id, bob.ID, "", now) }},
			{"granted", "Анна", func() error {
				return s.Grant(x.ctx, "ann", x.id, bob.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now)
			}},
			{"revoked", "Анна", func() error {
				return s.Revoke(x.ctx, "ann", x.id, bob.ID, dialogue.Grant{Role: dialogue.Delegate, Side: "N"}, now)
			}},
			{"invited", "Анна", func() error {
				_, made, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Note: "Canary"}, now)
				invitation = made.ID
				return err
			}},
			{"invitation-ended", "Анна", func() error { return s.EndInvitation(x.ctx, "ann", x.id, invitation, now) }},
			{"traces-removed", "Анна", func() error { return s.RemoveTraces(x.ctx, "ann", x.id, bob.ID, now) }},
		} {
			before := newest().Number
			if err := c.do(); err != nil {
				t.Fatalf("%s: %v", c.what, err)
			}
			e := newest()
			if e.Number != before+1 || e.What != c.what || string(e.By) != c.by && !(e.By == "" && slices.Equal(e.Sides, []dialogue.SideID{dialogue.SideID(c.by)})) {
				t.Errorf("%s: the journal says %+v, after %d", c.what, e, before)
			}
			for place, word := range e.Args {
				if word == "Canary" || word == string(bob.ID) || word == string(cem.ID) {
					t.Errorf("%s: %s names somebody: %s", c.what, place, word)
				}
			}
		}
	})
}
