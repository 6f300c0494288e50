package store_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// TestWhateverMembersDo lets a dozen people do anything in any order. Nothing ever
// fails in a way that nobody foresaw, and what a dialogue promises holds after
// every deed: there is a convener, neutrals stand on no side, roles of a side are
// held by who declares it, nobody recommends beyond the budget, nobody is let in
// by one side alone, and another dialogue of the same people is left alone.
func TestWhateverMembersDo(t *testing.T) {
	steps := 600
	if testing.Short() {
		steps = 150
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		x.configure(func(c *dialogue.Configured) { c.Budget = 2 })
		x.seat("nora", dialogue.Registrar, "N")
		x.seat("sam", dialogue.Registrar, "S")
		x.person("p0", "p1", "p2", "p3", "p4", "p5")
		other := x.second()
		for _, p := range []account.PersonID{"nora", "sam", "p0", "p1"} {
			_, err := s.Join(x.ctx, p, other, store.JoinRequest{Sides: []dialogue.SideID{"N"}, Version: 1, Lang: "en", Ticks: []dialogue.Tick{"rules"}}, now)
			x.must(err)
			if p != "nora" {
				x.must(s.Recommend(x.ctx, p, other, x.in(other, "nora"), now))
			}
		}
		before := x.traces(string(other))
		w := &wild{society: x, r: rand.New(rand.NewPCG(20261122, 3)), yes: map[dialogue.MemberID][]dialogue.Approval{}}
		for n := range steps {
			w.step()
			w.holds()
			if t.Failed() {
				t.Fatalf("after %d steps", n+1)
			}
		}
		if after := x.traces(string(other)); !slices.Equal(before, after) {
			t.Errorf("another dialogue has changed:\n%q\n%q", before, after)
		}
		if w.done < steps/10 {
			t.Errorf("only %d deeds of %d were done", w.done, steps)
		}
	})
}

// wild is a society in which anything happens, with who said yes to whom.
type wild struct {
	*society
	r    *rand.Rand
	yes  map[dialogue.MemberID][]dialogue.Approval
	done int
}

var (
	wildPeople = []account.PersonID{"ann", "nora", "sam", "p0", "p1", "p2", "p3", "p4", "p5", "owner", ""}
	wildSides  = [][]dialogue.SideID{nil, {"N"}, {"S"}, {"N", "S"}, {"E"}, {"N", "N"}, {"X"}}
	wildGrants = []dialogue.Grant{
		{Role: dialogue.Convener}, {Role: dialogue.Moderator}, {Role: dialogue.Staff},
		{Role: dialogue.Registrar, Side: "N"}, {Role: dialogue.Registrar, Side: "S"}, {Role: dialogue.Delegate, Side: "E"}, {Role: dialogue.Delegate},
	}
)

// in is the member that somebody is in another dialogue.
func (x *society) in(id dialogue.ID, person account.PersonID) dialogue.MemberID {
	x.t.Helper()
	e, err := x.Entrance(x.ctx, id, person, "", now)
	x.must(err)
	return e.Standing.Member
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// step does one thing.
func (w *wild) step() {
	by := pick(w.r, wildPeople)
	of := w.standing(string(pick(w.r, wildPeople))).Member
	sides := pick(w.r, wildSides)
	grant := pick(w.r, wildGrants)
	yes := pick(w.r, []bool{true, false})
	var err error
	switch do := pick(w.r, []string{"join", "join", "admit", "admit", "admit", "refuse", "sides", "grant", "grant", "revoke", "leave",
		"recommend", "recommend", "unrecommend", "remove", "declare", "agree", "agree", "agree", "name", "tick"}); do {
	case "join":
		_, err = w.Join(w.ctx, by, w.id, store.JoinRequest{
			Sides: sides, Observer: yes && len(sides) == 0, Version: w.standing(string(by)).Current, Lang: "en", Ticks: []dialogue.Tick{"rules"}}, now)
	case "admit":
		err = w.admit(by, of)
	case "refuse":
		err = w.Refuse(w.ctx, by, w.id, of, now)
	case "sides":
		err = w.ChangeSides(w.ctx, by, w.id, sides, now)
	case "grant":
		err = w.Grant(w.ctx, by, w.id, of, grant, now)
	case "revoke":
		err = w.Revoke(w.ctx, by, w.id, of, grant, now)
	case "leave":
		_, err = w.Leave(w.ctx, by, w.id, yes, now)
	case "recommend":
		err = w.Recommend(w.ctx, by, w.id, of, now)
	case "unrecommend":
		err = w.Unrecommend(w.ctx, by, w.id, of)
	case "remove":
		err = w.RemoveTraces(w.ctx, by, w.id, of, now)
	case "declare":
		_, err = w.Declare(w.ctx, by, w.id, both("Again.", "Ещё раз."), "en", now)
	case "agree":
		err = w.Agree(w.ctx, by, w.id, w.standing(string(by)).Current, "ru", now)
	case "name":
		err = w.ChangePseudonym(w.ctx, by, w.id, pick(w.r, []string{"", "Robin", "Kim", "robin"}), now)
	case "tick":
		err = w.ChangeTick(w.ctx, by, w.id, dialogue.TickOpinions, yes, now)
	}
	if _, foreseen := fault.As(err); err != nil && !foreseen {
		w.t.Errorf("%v", err)
	}
	if err == nil {
		w.done++
	}
}

// admit says yes, and checks that who came in had the convener's yes or that of
// registrars of two sides.
func (w *wild) admit(by account.PersonID, of dialogue.MemberID) error {
	who := w.standing(string(by))
	m, err := w.Admit(w.ctx, by, w.id, of, now)
	if err != nil {
		return err
	}
	w.yes[of] = append(slices.DeleteFunc(w.yes[of], func(a dialogue.Approval) bool { return a.By == who.Member }),
		dialogue.Approval{By: who.Member, Sides: who.Registers()})
	convener := slices.Contains(who.Roles(), dialogue.Convener)
	if m.State == dialogue.Admitted && !convener && !dialogue.Enough(w.yes[of]) {
		w.t.Errorf("%s was let in by %+v", of, w.yes[of])
	}
	return nil
}

// holds checks what a dialogue promises.
func (w *wild) holds() {
	conveners := 0
	for _, p := range wildPeople {
		who := w.standing(string(p))
		for _, g := range who.Grants {
			if g.Role == dialogue.Convener && who.State == dialogue.Admitted {
				conveners++
			}
			if g.Role.Neutral() && len(who.Sides) > 0 || g.Role.OfSide() && !slices.Contains(who.Sides, g.Side) || who.Observer {
				w.t.Errorf("%s holds %v of the sides %v", p, g, who.Sides)
			}
		}
		if who.State == dialogue.Asked && len(who.Grants) > 0 || who.State == dialogue.Refused && len(who.Sides) > 0 {
			w.t.Errorf("%s is %+v", p, who)
		}
		if slices.Contains(who.Roles(), dialogue.Participant) {
			mine, err := w.Mine(w.ctx, p, w.id)
			if err != nil || len(mine.Recommended) > 2 || mine.Agreed != who.Current || !slices.Contains(mine.Ticks, dialogue.TickRules) || mine.Pseudonym == "" {
				w.t.Errorf("%s is %+v, %v", p, mine, err)
			}
		}
	}
	if conveners == 0 {
		w.t.Error("there is no convener")
	}
	weights, err := w.Weights(w.ctx, w.id)
	if err != nil {
		w.t.Error(err)
	}
	for m, right := range weights {
		if right <= 0 || right > 1 {
			w.t.Errorf("%s counts for %v", m, right)
		}
	}
}
