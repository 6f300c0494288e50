package store_test

import (
	"fmt"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// hall is a society in which people answer statements.
type hall struct{ *society }

// assemble seats so many voters of each side: "n0", "n1", ... of N, and so on.
func assemble(t *testing.T, s *store.Store, each int) *hall {
	t.Helper()
	h := &hall{found(t, s, dialogue.ByInvitation)}
	for _, side := range []dialogue.SideID{"N", "S", "E"} {
		for i := range each {
			h.voter(name(side, i), side)
		}
	}
	return h
}

func name(side dialogue.SideID, i int) string {
	return fmt.Sprintf("%c%d", side[0]+'a'-'A', i)
}

var allTicks = []dialogue.Tick{dialogue.TickRules, dialogue.TickOpinions, dialogue.TickPublication}

// voter seats somebody whom the convener knows and who gives every consent.
func (h *hall) voter(person string, sides ...dialogue.SideID) dialogue.Member {
	h.t.Helper()
	h.person(person)
	secret, _, err := h.Invite(h.ctx, "ann", h.id, dialogue.Invitation{Role: dialogue.Participant}, now)
	h.must(err)
	return h.join(person, store.JoinRequest{Invitation: secret, Sides: sides, Ticks: allTicks})
}

func (h *hall) propose(title string, under opinion.Place) writing.ID {
	h.t.Helper()
	n, err := h.ProposeStatement(h.ctx, "ann", h.id, opinion.NewStatement{Lang: "en", Title: title, Under: under}, now)
	h.must(err)
	return n
}

// token is that of a card for the person and the statement, which the router
// comes to sooner or later.
func (h *hall) token(person string, n writing.ID) string {
	h.t.Helper()
	return h.Token(h.id, n, h.member(person), now)
}

func (h *hall) member(person string) dialogue.MemberID { return h.standing(person).Member }

// answers casts by the card.
func (h *hall) answers(person string, n writing.ID, c opinion.Choice) {
	h.t.Helper()
	h.must(h.CastVote(h.ctx, account.PersonID(person), h.id, n, opinion.Ballot{Choice: c, Token: h.token(person, n)}, now))
}

// told is what a visitor of the house reads: an observer.
func (h *hall) told(n writing.ID) *opinion.Told {
	h.t.Helper()
	st, err := h.Statement(h.ctx, "eve", h.id, n)
	h.must(err)
	return st.Told
}

func (h *hall) observer() { h.seat("eve", dialogue.Observer, "") }

func TestTotalsAppearAtTenOfEachSide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 15)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		for _, side := range []dialogue.SideID{"N", "S", "E"} {
			for i := range 10 {
				if h.told(n) != nil {
					t.Fatal("told before ten of each side")
				}
				choice := opinion.Agree
				if i < 2 {
					choice = opinion.Disagree
				}
				h.answers(name(side, i), n, choice)
			}
		}
		first := h.told(n)
		if first == nil || len(first.Groups) != 3 || first.Groups[0].Agree != 8 || first.Groups[0].N != 10 || first.Groups[0].Group != "E" {
			t.Fatalf("got %+v", first)
		}
		if first.Ground < 0.5 || first.At != opinion.Day(now) {
			t.Errorf("got %+v", first)
		}
		for i := 10; i < 14; i++ {
			h.answers(name("N", i), n, opinion.Pass)
			if f := h.told(n).Figures("N"); f.N != 10 {
				t.Fatalf("told anew after %d", i-9)
			}
		}
		h.answers(name("N", 14), n, opinion.Pass)
		if f := h.told(n).Figures("N"); f.N != 15 || f.Passed != 5 {
			t.Errorf("got %+v", f)
		}
		if f := h.told(n).Figures("S"); f.N != 10 {
			t.Errorf("another side was told anew: %+v", f)
		}
	})
}
