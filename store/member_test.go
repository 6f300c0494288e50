package store_test

import (
	"slices"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

func TestTheFirstConvenerWritesTheDeclaration(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		who := x.standing("ann")
		if !who.Inside() || !slices.Contains(who.Roles(), dialogue.Convener) || who.Current != 1 {
			t.Errorf("the convener is %+v", who)
		}
		mine, err := s.Mine(x.ctx, "ann", x.id)
		x.must(err)
		if len(mine.Agreements) != 1 || mine.Agreements[0].Text != "Будьте добры." && mine.Agreements[0].Text != "Be kind." {
			t.Errorf("agreed to %+v", mine.Agreements)
		}
		_, _, err = s.Invite(x.ctx, "owner", x.id, dialogue.Invitation{Role: dialogue.Convener}, now)
		x.refused(err, "member.has-convener")
	})
}

func TestTwoRegistrarsOfDifferentSidesAdmit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		nora := x.seat("nora", dialogue.Registrar, "N")
		x.seat("nils", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		x.person("bob")
		bob := x.join("bob", store.JoinRequest{Sides: []dialogue.SideID{"N"}})
		if bob.State != dialogue.Asked || x.standing("bob").Inside() {
			t.Fatalf("bob came in alone: %+v", bob)
		}
		for _, by := range []account.PersonID{"nora", "nora", "nils"} {
			m, err := s.Admit(x.ctx, by, x.id, bob.ID, now)
			x.must(err)
			if m.State != dialogue.Asked || !slices.Equal(m.Approvals, []dialogue.SideID{"N"}) {
				t.Errorf("one side alone admitted: %+v", m)
			}
		}
		x.person("cem")
		cem := x.join("cem", store.JoinRequest{Sides: []dialogue.SideID{"N"}})
		if m, err := s.Admit(x.ctx, "sam", x.id, cem.ID, now); err != nil || m.State != dialogue.Asked || !slices.Equal(m.Approvals, []dialogue.SideID{"S"}) {
			t.Errorf("a yes to one counted for another: %+v, %v", m, err)
		}
		m, err := s.Admit(x.ctx, "sam", x.id, bob.ID, later)
		x.must(err)
		if m.State != dialogue.Admitted || !m.JoinedAt.Equal(later) || !x.standing("bob").Inside() {
			t.Errorf("two sides did not admit: %+v", m)
		}
		_, err = s.Admit(x.ctx, "sam", x.id, bob.ID, later)
		x.refused(err, "member.not-waiting")
		_, err = s.Admit(x.ctx, "bob", x.id, nora.ID, later)
		x.refused(err, "dialogue.denied")
	})
}
