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
