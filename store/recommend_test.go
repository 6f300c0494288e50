package store_test

import (
	"fmt"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

func TestRecommendations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		x.configure(func(c *dialogue.Configured) { c.Budget = 2 })
		x.person("bob")
		bob := x.join("bob", store.JoinRequest{Pseudonym: "Bob", Sides: []dialogue.SideID{"N"}})
		cem := x.seat("cem", dialogue.Participant, "", "N")
		dan := x.seat("dan", dialogue.Participant, "", "S")
		olga := x.seat("olga", dialogue.Observer, "")
		mia := x.seat("mia", dialogue.Mediator, "")
		recommend := func(by string, m dialogue.MemberID) error {
			return s.Recommend(x.ctx, account.PersonID(by), x.id, m, now)
		}
		x.refused(recommend("cem", cem.ID), "member.oneself")
		x.refused(recommend("cem", olga.ID), "member.recommend-counted")
		x.refused(recommend("cem", mia.ID), "member.recommend-counted")
		x.refused(recommend("mia", cem.ID), "member.recommend-counted")
		x.refused(recommend("olga", cem.ID), "dialogue.denied")
		x.refused(recommend("owner", cem.ID), "dialogue.denied")
		x.refused(recommend("cem", "nobody"), "member.missing")
		x.refused(s.RecommendByName(x.ctx, "cem", x.id, "Nobody", now), "member.missing")
		x.must(s.RecommendByName(x.ctx, "cem", x.id, "bob", now))
		x.must(recommend("cem", bob.ID)) // twice changes nothing
		x.must(recommend("cem", dan.ID))
		x.refused(recommend("cem", x.standing("ann").Member), "member.recommend-budget")

		mine, err := s.Mine(x.ctx, "cem", x.id)
		x.must(err)
		if len(mine.Recommended) != 2 || mine.BudgetLeft != 0 || mine.Recommended[0].Pseudonym == "" {
			t.Errorf("cem recommends %+v, %d left", mine.Recommended, mine.BudgetLeft)
		}
		if theirs, err := s.Mine(x.ctx, "bob", x.id); err != nil || len(theirs.Recommended) != 0 || theirs.BudgetLeft != 2 {
			t.Errorf("bob sees %+v, %v", theirs, err)
		}
		x.must(s.Unrecommend(x.ctx, "cem", x.id, dan.ID))
		x.must(s.Unrecommend(x.ctx, "cem", x.id, dan.ID))
		if mine, err = s.Mine(x.ctx, "cem", x.id); err != nil || mine.BudgetLeft != 1 {
			t.Errorf("%d left, %v", mine.BudgetLeft, err)
		}
		x.must(s.SetStage(x.ctx, "ann", x.id, dialogue.Paused, now))
		x.refused(recommend("cem", dan.ID), "dialogue.stage.paused")
	})
}

// To recommend by name tells of members who are counted, and of nobody else: who
// asks to join, was refused, observes or serves all sides answers like a name that
// nobody has.
func TestRecommendingByNameIsNoWayToFindPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.seat("cem", dialogue.Participant, "", "N")
		x.seat("olga", dialogue.Observer, "")
		x.seat("mia", dialogue.Mediator, "")
		x.person("asks", "refused", "gone")
		x.join("asks", store.JoinRequest{Pseudonym: "Asks"})
		m := x.join("refused", store.JoinRequest{Pseudonym: "Refused"})
		x.must(s.Refuse(x.ctx, "ann", x.id, m.ID, now))
		x.seat("left", dialogue.Participant, "", "N")
		_, err := s.Leave(x.ctx, "left", x.id, true, now)
		x.must(err)
		want := s.RecommendByName(x.ctx, "cem", x.id, "Nobody", now)
		x.refused(want, "member.missing")
		for _, name := range []string{"Asks", "Refused", "Olga", "Mia", "Left", "gone"} {
			if err := s.RecommendByName(x.ctx, "cem", x.id, name, now); err == nil || err.Error() != want.Error() {
				t.Errorf("%s: got %v, want %v", name, err, want)
			}
		}
		// Nor does it tell somebody who cannot recommend anyway.
		for _, name := range []string{"Cem", "Nobody", "Asks"} {
			x.refused(s.RecommendByName(x.ctx, "mia", x.id, name, now), "member.recommend-counted")
		}
		x.refused(s.RecommendByName(x.ctx, "cem", x.id, "Cem", now), "member.oneself")
	})
}

// Twenty accounts that came in freely count together for no more than the budget
// until somebody known recommends them; who is of several sides or none has no
// weight for a side.
func TestWeights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		cem := x.seat("cem", dialogue.Participant, "", "N")
		dan := x.seat("dan", dialogue.Participant, "", "S")
		several := x.seat("eve", dialogue.Participant, "", "N", "S")
		var strangers []dialogue.MemberID
		for i := range 20 {
			p := fmt.Sprintf("stranger%02d", i)
			x.person(p)
			strangers = append(strangers, x.join(p, store.JoinRequest{Sides: []dialogue.SideID{"N"}}).ID)
		}
		w, err := s.Weights(x.ctx, x.id)
		x.must(err)
		total := 0.0
		for _, m := range strangers {
			total += w[m]
		}
		if w[cem.ID] < .8 || w[dan.ID] != 1 || total > 1.08+1e-9 || total < 1 || len(w) != 22 {
			t.Errorf("cem %v, dan %v, all strangers %v, %d are weighed", w[cem.ID], w[dan.ID], total, len(w))
		}
		if _, ok := w[several.ID]; ok {
			t.Error("who is of two sides has a weight for one")
		}
		x.must(s.Recommend(x.ctx, "eve", x.id, strangers[0], now))
		x.must(s.Recommend(x.ctx, "dan", x.id, strangers[0], now))
		after, err := s.Weights(x.ctx, x.id)
		x.must(err)
		if after[strangers[0]] < .2 || after[strangers[1]] > w[strangers[1]]+.01 {
			t.Errorf("recommended %v, not %v", after[strangers[0]], after[strangers[1]])
		}
		if _, err := s.Weights(x.ctx, "none"); err == nil {
			t.Error("a dialogue that is not there has weights")
		}
	})
}

// A link for many lets in, and says nothing about who comes; a link for one does.
func TestALinkForManyVetsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		one := x.seat("one", dialogue.Participant, "", "N")
		secret, _, err := s.Invite(x.ctx, "ann", x.id, dialogue.Invitation{Uses: 10}, now)
		x.must(err)
		var many []dialogue.MemberID
		for i := range 10 {
			p := fmt.Sprintf("many%d", i)
			x.person(p)
			many = append(many, x.join(p, store.JoinRequest{Invitation: secret, Sides: []dialogue.SideID{"N"}}).ID)
		}
		w, err := s.Weights(x.ctx, x.id)
		x.must(err)
		if w[one.ID] < .8 || w[many[0]] > .2 {
			t.Errorf("one %v, many %v", w[one.ID], w[many[0]])
		}
	})
}
