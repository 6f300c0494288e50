package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

var sidesOfTowns = []dialogue.SideID{"N", "S", "E"}

// ten has ten of each side answer, the first so many of N and the rest of all
// others with yes.
func (h *hall) ten(n writing.ID, disagreeing int) {
	h.t.Helper()
	for _, side := range sidesOfTowns {
		for i := range 10 {
			choice := opinion.Agree
			if side == "N" && i < disagreeing {
				choice = opinion.Disagree
			}
			h.answers(name(side, i), n, choice)
		}
	}
}

func (h *hall) expects(person string, n writing.ID, about dialogue.SideID, of10 int) {
	h.t.Helper()
	h.must(h.Expect(h.ctx, account.PersonID(person), h.id, n, about, of10, now))
}

func TestWhoMayAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 1)
		h.observer()
		h.seat("mo", dialogue.Moderator, "")
		h.seat("ticks", dialogue.Participant, "", "N")
		n := h.propose("The mill needs a meter.", opinion.Place{})
		cast := func(person account.PersonID, b opinion.Ballot) error {
			return h.CastVote(h.ctx, person, h.id, n, b, now)
		}
		agree := opinion.Ballot{Choice: opinion.Agree}
		h.refused(cast("eve", agree), "dialogue.denied")
		h.refused(cast("", agree), "dialogue.unknown")
		h.refused(cast("mo", agree), "opinion.neutral")
		h.refused(cast("ticks", agree), "opinion.tick")
		h.refused(cast("n0", opinion.Ballot{Choice: "maybe"}), "opinion.choice")
		h.refused(cast("n0", opinion.Ballot{Choice: opinion.Agree, Token: h.token("s0", n)}), "opinion.token")
		h.refused(h.CastVote(h.ctx, "n0", h.id, 99, agree, now), "opinion.missing")
		token := h.token("n0", n)
		h.must(cast("n0", opinion.Ballot{Choice: opinion.Agree, Token: token}))
		h.refused(cast("n0", opinion.Ballot{Choice: opinion.Pass, Token: token}), "opinion.token-spent")
		h.must(cast("n0", opinion.Ballot{Choice: opinion.Pass}))
		st, err := h.Statement(h.ctx, "n0", h.id, n)
		must(t, err)
		if st.Mine.Choice != opinion.Pass || !st.Mine.Counts {
			t.Errorf("got %+v", st.Mine)
		}
		other, err := h.Statement(h.ctx, "s0", h.id, n)
		must(t, err)
		if other.Mine == nil || other.Mine.Choice != "" {
			t.Errorf("somebody else's answer: %+v", other.Mine)
		}
		h.must(h.CloseStatement(h.ctx, "ann", h.id, n, true, now))
		h.refused(cast("n0", agree), "opinion.no-more")
		h.refused(h.CloseStatement(h.ctx, "n0", h.id, n, false, now), "dialogue.denied")
		h.must(h.WithdrawVote(h.ctx, "n0", h.id, n, now.Add(time.Second))) // always
		h.must(h.WithdrawVote(h.ctx, "n0", h.id, n, now.Add(time.Second)))
		h.must(h.CloseStatement(h.ctx, "ann", h.id, n, false, now))
		// No card serves twice, whatever came between.
		h.refused(cast("n0", opinion.Ballot{Choice: opinion.Agree, Token: token}), "opinion.token-spent")
		h.must(cast("n0", agree))
	})
}

func TestServeIsTheCard(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 1)
		var all []writing.ID
		for _, title := range []string{"One thing.", "Another.", "A third."} {
			all = append(all, h.propose(title, opinion.Place{}))
		}
		under := h.problem("Dust")
		h.propose("Beneath the dust.", opinion.Place{Item: under})
		before, err := s.State(h.ctx)
		must(t, err)
		card, err := h.Serve(h.ctx, "n0", h.id, &opinion.Place{}, 0, now)
		must(t, err)
		again, err := h.Serve(h.ctx, "n0", h.id, &opinion.Place{}, 0, now)
		must(t, err)
		if after, _ := s.State(h.ctx); after != before {
			t.Error("to pick a statement writes something")
		}
		if card.Statement.ID != again.Statement.ID || card.Token == again.Token || card.At != 1 || card.Of != 3 || card.Left != 3 {
			t.Errorf("got %+v, then %+v", card, again)
		}
		if len(card.Sides) != 2 || card.Sides[0] != "E" {
			t.Errorf("asks about %v", card.Sides)
		}
		// What was answered on its own page waits, and comes with the answer.
		h.must(h.CastVote(h.ctx, "n0", h.id, card.Statement.ID, opinion.Ballot{Choice: opinion.Disagree}, now))
		waits, err := h.Serve(h.ctx, "n0", h.id, &opinion.Place{}, 0, now)
		must(t, err)
		if waits.Statement.ID != card.Statement.ID || waits.Statement.Mine.Choice != opinion.Disagree || waits.Statement.Mine.Counts {
			t.Errorf("got %+v", waits.Statement)
		}
		for left := 3; left > 0; left-- {
			card, err := h.Serve(h.ctx, "n0", h.id, &opinion.Place{}, 0, now)
			must(t, err)
			if card.Left != left {
				t.Errorf("%d left, want %d", card.Left, left)
			}
			h.must(h.CastVote(h.ctx, "n0", h.id, card.Statement.ID, opinion.Ballot{Choice: opinion.Agree, Token: card.Token}, now))
		}
		_, err = h.Serve(h.ctx, "n0", h.id, &opinion.Place{}, 0, now)
		h.refused(err, "opinion.all-answered")
		if card, err := h.Serve(h.ctx, "n0", h.id, nil, 0, now); err != nil || card.Of != 4 {
			t.Errorf("in the whole dialogue: %+v, %v", card, err)
		}
		_ = all
	})
}

func (h *hall) problem(title string) writing.ID {
	h.t.Helper()
	n, err := h.RaiseProblem(h.ctx, "ann", h.id, forum.NewProblem{Lang: "en", Title: title}, now)
	h.must(err)
	return n
}

func TestWhatIsToldIsKeptFromWhoHasStillToAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 12)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.ten(n, 3)
		see := func(person account.PersonID) *opinion.Statement {
			st, err := h.Statement(h.ctx, person, h.id, n)
			must(t, err)
			return st
		}
		if st := see("n11"); st.Told != nil || !st.Kept {
			t.Errorf("before an answer: %+v", st)
		}
		_, err := h.Result(h.ctx, "n11", h.id, n)
		h.refused(err, "opinion.answer-first")
		h.refused(h.Expect(h.ctx, "n11", h.id, n, "S", 4, now), "opinion.answer-first")
		h.answers("n11", n, opinion.Agree)
		if st := see("n11"); st.Told != nil || !st.Kept {
			t.Error("told before what they expect")
		}
		h.expects("n11", n, "S", 4)
		h.refused(h.Expect(h.ctx, "n11", h.id, n, "S", 10, now), "opinion.guess-late")
		r, err := h.Result(h.ctx, "n11", h.id, n)
		must(t, err)
		if r.About[0].Side != "E" || r.About[0].Figures != nil || r.About[1].Figures == nil || r.About[1].Guess.Of10 != 4 {
			t.Errorf("got %+v", r.About)
		}
		h.must(h.SkipExpecting(h.ctx, "n11", h.id, n, "E", now))
		if st := see("n11"); st.Told == nil || st.Kept {
			t.Error("kept though all is said")
		}
		h.refused(h.Expect(h.ctx, "n11", h.id, n, "E", 10, now), "opinion.guess-late")
		// To take the answer back and give it again is no way to expect anew.
		h.must(h.WithdrawVote(h.ctx, "n11", h.id, n, now))
		h.answers("n11", n, opinion.Agree)
		h.refused(h.Expect(h.ctx, "n11", h.id, n, "S", 10, now), "opinion.guess-late")
		list, err := h.Statements(h.ctx, "n10", h.id, opinion.Filter{})
		must(t, err)
		if len(list) != 1 || list[0].Told != nil || !list[0].Kept {
			t.Errorf("the list: %+v", list)
		}
		k, err := h.Knowing(h.ctx, "n10", h.id)
		must(t, err)
		if len(k.Pairs) != 0 {
			t.Error("how well we know each other tells what is kept")
		}
	})
}

func TestGapsAreToldFromTen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 16)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.ten(n, 0)
		for i := range 9 {
			h.expects(name("N", i), n, "S", 4)
		}
		h.must(h.SkipExpecting(h.ctx, "n9", h.id, n, "S", now))
		if g := h.told(n).Gap("N", "S"); g != nil {
			t.Fatalf("told of nine: %+v", g)
		}
		h.answers("n10", n, opinion.Agree)
		h.expects("n10", n, "S", 9)
		g := h.told(n).Gap("N", "S")
		if g == nil || g.N != 10 || g.Expected != 4.5 || g.Middle != 4 || g.Said != 10 || g.Diff != -5.5 || g.High >= 0 {
			t.Fatalf("got %+v", g)
		}
		for i := 11; i < 15; i++ {
			h.answers(name("N", i), n, opinion.Agree)
			h.expects(name("N", i), n, "S", 10)
			if g := h.told(n).Gap("N", "S"); g.N != 10 {
				t.Errorf("told anew after %d", i-10)
			}
		}
		h.answers("n15", n, opinion.Agree)
		h.expects("n15", n, "S", 10)
		if g := h.told(n).Gap("N", "S"); g.N != 15 {
			t.Errorf("got %+v", g)
		}
		k, err := h.Knowing(h.ctx, "eve", h.id)
		must(t, err)
		if k.Statements != 1 || len(k.Pairs) != 1 || k.Pairs[0].Gaps[0].Statement.ID != n {
			t.Errorf("got %+v", k)
		}
		// The other side changes its mind: the gap follows its figures.
		for i := range 5 {
			h.answers(name("S", i), n, opinion.Disagree)
		}
		if g := h.told(n).Gap("N", "S"); g.Said != 5 {
			t.Errorf("got %+v", g)
		}
	})
}

// Five join and are told; they go again, and a sixth with them. Were figures told
// now, they would differ from the first ones by the sixth alone.
func TestWithdrawalsBringNoFigures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 25)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.ten(n, 0)
		for i := 10; i < 15; i++ {
			h.answers(name("N", i), n, opinion.Agree)
		}
		h.must(h.ChangeTick(h.ctx, "n10", h.id, dialogue.TickPublication, false, now))
		h.must(h.ChangeSides(h.ctx, "n11", h.id, []dialogue.SideID{"S"}, now))
		_, err := h.Leave(h.ctx, "n12", h.id, true, now)
		must(t, err)
		for _, person := range []account.PersonID{"n13", "n14", "n0"} {
			h.must(h.WithdrawVote(h.ctx, person, h.id, n, now))
		}
		if f := h.told(n).Figures("N"); f.N != 15 {
			t.Fatalf("figures without the six: %+v", f)
		}
		for i := 15; i < 20; i++ {
			h.answers(name("N", i), n, opinion.Disagree)
		}
		if f := h.told(n).Figures("N"); f.N != 14 || f.Disagree != 5 {
			t.Errorf("got %+v", f)
		}
		// Who changed sides counts there once they answer anew.
		card, err := h.Serve(h.ctx, "n11", h.id, nil, 0, now)
		must(t, err)
		if card.Statement.Mine.Choice != opinion.Agree || card.Statement.Mine.Counts {
			t.Errorf("got %+v", card.Statement.Mine)
		}
	})
}

func TestReasonsHaveNoName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 11)
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.refusedReason(n, "s0")
		h.ten(n, 0)
		why, err := h.GiveReason(h.ctx, "s0", h.id, n, "en", "Because water is counted already.", now)
		must(t, err)
		h.expects("n0", n, "S", 2)
		read := func() []opinion.Shared {
			r, err := h.Result(h.ctx, "n0", h.id, n)
			must(t, err)
			for _, about := range r.About {
				if about.Side == "S" {
					return about.Reasons
				}
			}
			return nil
		}
		got := read()
		if len(got) != 1 || got[0].Body != "Because water is counted already." || got[0].Side != "S" || got[0].Choice != opinion.Agree {
			t.Fatalf("got %+v", got)
		}
		if got[0].Author.Member != "" || got[0].Author.Pseudonym != "" || got[0].Author.Sides != nil || got[0].MadeAt != opinion.Day(now) {
			t.Errorf("it leads to who gave it: %+v", got[0])
		}
		item, root, err := h.Item(h.ctx, "n0", h.id, why)
		must(t, err)
		if root != n || item.Author.Member != "" || item.Author.Pseudonym != "" {
			t.Errorf("the item leads to who gave it: %+v", item.Author)
		}
		h.answers("s0", n, opinion.Disagree)
		if got := read(); len(got) != 0 {
			t.Errorf("the answer changed and the reason stays: %+v", got)
		}
		if _, _, err := h.Item(h.ctx, "n0", h.id, why); !fault.Is(err, fault.Missing) {
			t.Errorf("got %v", err)
		}
		events, err := s.Value(h.ctx, `select count(1) from event where item = $1 and (by_member is not null or kind = 'wrote')`, int64(why))
		must(t, err)
		if events != int64(0) {
			t.Errorf("%v events name who gave a reason", events)
		}
	})
}

// Before figures hold somebody's answer nothing tells that they gave a reason, and
// afterwards nothing tells when: not its number, a search, its history, a mark.
func TestReasonsAreReadBesideWhatIsToldAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 11)
		h.observer()
		h.seat("mo", dialogue.Moderator, "")
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.answers("s0", n, opinion.Agree)
		why, err := h.GiveReason(h.ctx, "s0", h.id, n, "en", "Because turbines are counted already.", now)
		must(t, err)
		ways := func(reader account.PersonID) (open []string) {
			note := func(way string, is bool) {
				if is {
					open = append(open, way)
				}
			}
			list, err := h.Reasons(h.ctx, reader, h.id, n)
			must(t, err)
			note("list", len(list) == 1 && list[0].ID == why && list[0].Author.Member == "" && list[0].MadeAt == opinion.Day(now))
			item, _, err := h.Item(h.ctx, reader, h.id, why)
			note("item", err == nil && item.MadeAt == opinion.Day(now))
			found, err := h.Search(h.ctx, reader, h.id, forum.Query{Words: "turbines"}, "en")
			must(t, err)
			note("search", found.Total == 1)
			_, err = h.Revisions(h.ctx, reader, h.id, why)
			note("history", err == nil)
			note("mark", h.React(h.ctx, reader, h.id, why, writing.Helpful, true, now) == nil)
			return open
		}
		want := func(when string, reader account.PersonID, want ...string) {
			t.Helper()
			if got := ways(reader); !slices.Equal(got, want) {
				t.Errorf("%s: %s reads it by %v, want %v", when, reader, got, want)
			}
		}
		want("before anything is told", "eve")
		want("before anything is told", "n0")
		for _, side := range sidesOfTowns {
			for i := 1; i < 10; i++ {
				h.answers(name(side, i), n, opinion.Agree)
			}
		}
		h.answers("n0", n, opinion.Agree)
		h.answers("e0", n, opinion.Agree)
		want("told", "eve", "list", "item", "search")
		want("told, to who has still to answer", "n10")
		want("told, to who has still to say what they expect", "n0")
		h.must(h.SkipExpecting(h.ctx, "n0", h.id, n, "E", now))
		want("told, to who has spoken of another side", "n0")
		h.must(h.SkipExpecting(h.ctx, "n0", h.id, n, "S", now))
		want("told, to who has said all", "n0", "list", "item", "search", "mark")
		if got := ways("mo"); !slices.Contains(got, "item") {
			t.Errorf("a moderator cannot read it: %v", got)
		}
		h.answers("s10", n, opinion.Disagree)
		_, err = h.GiveReason(h.ctx, "s10", h.id, n, "en", "Turbines again.", now)
		must(t, err)
		want("one more, whom no figures hold", "eve", "list", "item", "search")
		h.answers("s0", n, opinion.Disagree)
		want("changed", "eve")
	})
}

func (h *hall) refusedReason(n writing.ID, person account.PersonID) {
	h.t.Helper()
	_, err := h.GiveReason(h.ctx, person, h.id, n, "en", "Because.", now)
	h.refused(err, "opinion.answer-first")
}

func TestHistoryIsPrivateAndCanBeSwitchedOff(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 10)
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.ten(n, 10)
		h.expects("s0", n, "N", 9)
		mine, err := h.MyVotes(h.ctx, "s0", h.id, 0, 10)
		must(t, err)
		if !mine.On || len(mine.Lines) != 1 || mine.Lines[0].Answer.Guesses[0].Of10 != 9 {
			t.Fatalf("got %+v", mine)
		}
		result := func() opinion.ResultAbout {
			r, err := h.Result(h.ctx, "s0", h.id, n)
			must(t, err)
			return r.About[0]
		}
		if r := result(); !r.Worse || r.Side != "N" || r.Figures.Disagree != 10 {
			t.Errorf("got %+v", r)
		}
		h.must(h.KeepHistory(h.ctx, "s0", h.id, false, now))
		if mine, err := h.MyVotes(h.ctx, "s0", h.id, 0, 10); err != nil || mine.On || len(mine.Lines) > 0 {
			t.Errorf("got %+v, %v", mine, err)
		}
		if r := result(); r.Worse || r.Guess != nil {
			t.Errorf("compared all the same: %+v", r)
		}
		e, err := s.Everything(h.ctx, "s0", "en", now)
		must(t, err)
		b := e.Memberships[0]
		if b.History || len(b.Answers) != 1 || *b.Answers[0].Expected[0].Of10 != 9 || b.Answers[0].Choice != "agree" {
			t.Errorf("the archive has %+v", b.Answers)
		}
	})
}

func TestLeavingTakesAnswersAlong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 10)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		h.ten(n, 0)
		h.expects("n0", n, "S", 3)
		m := h.member("n0")
		_, err := h.Leave(h.ctx, "n0", h.id, false, now)
		must(t, err)
		h.must(s.Erase(h.ctx, "n1", false, now))
		for _, table := range []string{"vote", "expectation", "voter"} {
			v, err := s.Value(h.ctx, `select count(1) from `+table+` where member = $1`, string(m))
			must(t, err)
			if v != int64(0) {
				t.Errorf("%v rows of %s are left", v, table)
			}
		}
		v, err := s.Value(h.ctx, `select agree from tally where grp = 'N'`)
		must(t, err)
		if v != int64(8) {
			t.Errorf("the tally holds %v", v)
		}
		if f := h.told(n).Figures("N"); f.N != 10 {
			t.Errorf("what was told changed: %+v", f)
		}
	})
}

func TestCommonGroundMovesWhatStandsAbove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 10)
		p := h.problem("Dust")
		quiet := h.problem("Noise")
		h.ten(h.propose("The road needs water.", opinion.Place{Item: p}), 1)
		h.ten(h.propose("The bells are too loud.", opinion.Place{Item: quiet}), 5)
		for n, want := range map[writing.ID]string{p: "common-ground", quiet: "raised"} {
			got, err := h.Problem(h.ctx, "ann", h.id, n)
			must(t, err)
			if string(got.Status) != want {
				t.Errorf("#%d is %s, want %s", n, got.Status, want)
			}
		}
		told, err := s.Value(h.ctx, `select count(1) from event where kind = 'told'`)
		must(t, err)
		if told != int64(2) {
			t.Errorf("%v events of totals", told)
		}
	})
}

func TestSupportForOptions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 10)
		h.observer()
		d := sample("towns")
		_, err := s.LoadDossier(h.ctx, d, now)
		must(t, err)
		_, err = h.ProposeStatement(h.ctx, "n0", h.id, opinion.NewStatement{Lang: "en", Title: "Nothing.", Under: opinion.Place{Option: "water/none"}}, now)
		h.refused(err, "opinion.option")
		_, err = h.ProposeStatement(h.ctx, "n0", h.id, opinion.NewStatement{Lang: "en", Title: "Nothing.", Under: opinion.Place{Item: 99}}, now)
		h.refused(err, "opinion.not-under")
		n := h.propose("Let us meter it.", opinion.Place{Option: "water/half"})
		support := func() opinion.Support {
			all, err := h.Support(h.ctx, "eve", h.id)
			must(t, err)
			if len(all) != 1 || len(all["water/half"]) != 1 {
				t.Fatalf("got %+v", all)
			}
			return all["water/half"][0]
		}
		if x := support(); x.Told || x.Figures != nil || x.Statement.ID != n {
			t.Errorf("got %+v", x)
		}
		h.ten(n, 4)
		if x := support(); !x.Told || len(x.Figures) != 3 || x.Figures[1].Agree != 6 {
			t.Errorf("got %+v", x)
		}
	})
}

func TestStatementsInOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 10)
		a, b, c := h.propose("Some agree.", opinion.Place{}), h.propose("All agree.", opinion.Place{}), h.propose("Nobody knows.", opinion.Place{})
		h.ten(a, 5)
		h.ten(b, 0)
		h.observer()
		for _, x := range []struct {
			reader account.PersonID
			order  string
			want   []writing.ID
		}{
			{"eve", "", []writing.ID{c, b, a}}, {"eve", "ground", []writing.ID{b, a, c}},
			{"n0", "mine-open", []writing.ID{c, b, a}},
			{"n0", "ground", []writing.ID{c, b, a}}, // n0 answered both and has still to say what they expect
		} {
			list, err := h.Statements(h.ctx, x.reader, h.id, opinion.Filter{Order: x.order})
			must(t, err)
			for i, st := range list {
				if st.ID != x.want[i] {
					t.Errorf("%q for %s, place %d: #%d, want #%d", x.order, x.reader, i, st.ID, x.want[i])
				}
			}
		}
		// What a voter has settled stands where it belongs, above what is kept from them.
		h.must(h.SkipExpecting(h.ctx, "n0", h.id, a, "S", now))
		h.must(h.SkipExpecting(h.ctx, "n0", h.id, a, "E", now))
		top, err := h.Statements(h.ctx, "n0", h.id, opinion.Filter{Order: "ground", Limit: 1})
		must(t, err)
		if len(top) != 1 || top[0].ID != a || top[0].Told == nil {
			t.Errorf("the first for n0: %+v", top)
		}
		page, err := h.Statements(h.ctx, "eve", h.id, opinion.Filter{Order: "ground", After: b, Limit: 1})
		must(t, err)
		if len(page) != 1 || page[0].ID != a {
			t.Errorf("got %+v", page)
		}
	})
}

// Answers of many at once are all kept, each once.
func TestManyAnswerAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 12)
		h.observer()
		n := h.propose("The mill needs a meter.", opinion.Place{})
		type ballot struct {
			person, token string
		}
		var all []ballot
		for _, side := range sidesOfTowns {
			for i := range 12 {
				all = append(all, ballot{name(side, i), h.token(name(side, i), n)})
			}
		}
		errs := make(chan error, 2*len(all))
		for _, b := range all {
			for k := range 2 {
				go func() {
					choice, token := opinion.Agree, b.token
					if k == 1 {
						choice, token = opinion.Disagree, ""
					}
					errs <- s.CastVote(h.ctx, account.PersonID(b.person), h.id, n, opinion.Ballot{Choice: choice, Token: token}, now.Add(time.Second))
				}()
			}
		}
		for range 2 * len(all) {
			if err := <-errs; err != nil && !strings.Contains(err.Error(), "busy") {
				t.Error(err)
			}
		}
		(&adversary{h: h}).tallies(t)
		if f := h.told(n).Figures("N"); f == nil || f.N < 10 {
			t.Errorf("got %+v", f)
		}
	})
}
