package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// What became of something is said by those who steer, with history and journal.
func TestMovingOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		x.refused(s.MoveOn(x.ctx, "nora", x.id, p, forum.Step{To: forum.OnTheTable}, later), "dialogue.denied")
		x.refused(s.MoveOn(x.ctx, "media", x.id, p, forum.Step{To: forum.CommonGround}, later), "writing.status")
		x.refused(s.MoveOn(x.ctx, "media", x.id, p, forum.Step{To: forum.Agreed}, later), "writing.status-parties")
		x.refused(s.MoveOn(x.ctx, "media", x.id, 99, forum.Step{To: forum.Done}, later), "writing.missing")
		k := x.comment("sara", p, 0, "words")
		x.refused(s.MoveOn(x.ctx, "media", x.id, k, forum.Step{To: forum.Done}, later), "writing.no-matter")
		x.must(s.MoveOn(x.ctx, "media", x.id, p, forum.Step{To: forum.OnTheTable, Why: "invited", Lang: "en"}, later))
		x.must(s.MoveOn(x.ctx, "ann", x.id, p, forum.Step{To: forum.Agreed, Parties: []forum.Party{{Side: "N", Who: "the council", Capacity: "by vote"}, {Who: "the bank"}}}, later))
		got, err := s.Problem(x.ctx, "sara", x.id, p)
		x.must(err)
		if got.Status != forum.Agreed || len(got.Steps) != 2 || got.Steps[0].Why != "invited" || got.Steps[0].By.Pseudonym != "Media" || got.Steps[0].By.Role != dialogue.Mediator {
			t.Errorf("got %+v", got.Steps)
		}
		if parties := got.Steps[1].Parties; len(parties) != 2 || parties[0].Capacity != "by vote" || parties[1].Side != "" {
			t.Errorf("got %+v", parties)
		}
		entries, err := s.Journal(x.ctx, "ann", x.id, 0, 2)
		x.must(err)
		if len(entries) != 2 || entries[0].What != "moved-on" || entries[0].Args["Item"] != fmt.Sprint(int64(p)) || entries[0].Args["Status"] != "agreed" {
			t.Errorf("got %+v", entries)
		}
		lines, err := s.Problems(x.ctx, "sara", x.id, forum.Filter{Status: forum.Agreed})
		x.must(err)
		none, err := s.Problems(x.ctx, "sara", x.id, forum.Filter{Status: forum.Raised})
		x.must(err)
		if len(lines) != 1 || len(none) != 0 {
			t.Errorf("got %d and %d", len(lines), len(none))
		}
		x.must(s.Put(x.ctx, x.id, p, writing.Hidden, later))
		x.refused(s.MoveOn(x.ctx, "ann", x.id, p, forum.Step{To: forum.Done}, later), "writing.not-shown")
	})
}

// Common ground is found by counting, and takes nothing back that people said.
func TestReachingGround(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		raised, tabled := x.problem("nora", "bridge"), x.problem("nora", "ferry")
		x.must(s.MoveOn(x.ctx, "media", x.id, tabled, forum.Step{To: forum.OnTheTable}, later))
		for _, n := range []writing.ID{raised, raised, tabled, 0, 99} {
			x.must(s.ReachGround(x.ctx, x.id, n, later))
		}
		for n, want := range map[writing.ID]string{raised: "common-ground 1", tabled: "on-the-table 1"} {
			p, err := s.Problem(x.ctx, "sara", x.id, n)
			x.must(err)
			if got := fmt.Sprint(p.Status, " ", len(p.Steps)); got != want {
				t.Errorf("#%d: got %s, want %s", n, got, want)
			}
			if n == raised && p.Steps[0].By.Pseudonym != "" {
				t.Error("somebody is named for what was counted")
			}
		}
	})
}

func TestTies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		d := sample(x.id)
		load(t, s, d)
		topic := forum.Link{Kind: forum.LinkTopic, To: string(d.Topics[0].ID)}
		interest := forum.Link{Kind: forum.LinkInterest, To: string(d.Registers[0].Interests[0].ID)}
		p, err := s.RaiseProblem(x.ctx, "nora", x.id, forum.NewProblem{Lang: "en", Title: "Bridge", Links: []forum.Link{interest}}, now)
		x.must(err)
		x.refused(s.Tie(x.ctx, "sara", x.id, p, topic, true, now), "dialogue.denied")
		x.must(s.Tie(x.ctx, "nora", x.id, p, topic, true, now))
		x.must(s.Tie(x.ctx, "media", x.id, p, topic, true, now))
		x.refused(s.Tie(x.ctx, "nora", x.id, p, forum.Link{Kind: forum.LinkTopic, To: "nowhere"}, true, now), "writing.link")
		x.refused(s.Tie(x.ctx, "nora", x.id, p, forum.Link{Kind: forum.LinkOption, To: "nowhere"}, true, now), "writing.link")
		got, err := s.Problem(x.ctx, "sara", x.id, p)
		x.must(err)
		if !slices.Equal(got.Links, []forum.Link{topic, interest}) {
			t.Errorf("got %+v", got.Links)
		}
		lines, err := s.Tied(x.ctx, "sara", x.id, topic)
		x.must(err)
		if len(lines) != 1 || lines[0].ID != p {
			t.Errorf("got %+v", lines)
		}
		x.must(s.Tie(x.ctx, "media", x.id, p, topic, false, now))
		if lines, err := s.Tied(x.ctx, "sara", x.id, topic); err != nil || len(lines) != 0 {
			t.Errorf("got %+v, %v", lines, err)
		}
		entries, err := s.Journal(x.ctx, "ann", x.id, 0, 2)
		x.must(err)
		if entries[0].What != "untied" || entries[1].What != "tied" {
			t.Errorf("got %+v", entries)
		}
	})
}

func TestAnActionAnswersProblems(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		one, two := x.problem("nora", "one"), x.problem("nora", "two")
		_, err := s.ProposeAction(x.ctx, "sara", x.id, forum.NewAction{Lang: "en", Title: "A", Problems: []writing.ID{99}}, now)
		x.refused(err, "writing.missing")
		a, err := s.ProposeAction(x.ctx, "sara", x.id, forum.NewAction{Lang: "en", Title: "A", Problems: []writing.ID{one}}, now)
		x.must(err)
		x.refused(s.AnswerProblem(x.ctx, "sara", x.id, a, one, false, now), "writing.last-problem")
		x.refused(s.AnswerProblem(x.ctx, "nils", x.id, a, two, true, now), "dialogue.denied")
		x.refused(s.AnswerProblem(x.ctx, "sara", x.id, a, a, true, now), "writing.missing")
		x.must(s.AnswerProblem(x.ctx, "sara", x.id, a, two, true, now))
		x.must(s.AnswerProblem(x.ctx, "media", x.id, a, one, false, now))
		act, err := s.Action(x.ctx, "nils", x.id, a)
		x.must(err)
		if len(act.Problems) != 1 || act.Problems[0].ID != two {
			t.Errorf("got %+v", act.Problems)
		}
		// An action that nobody can read any more answers nothing.
		x.must(s.Withdraw(x.ctx, "sara", x.id, a, later))
		p, err := s.Problem(x.ctx, "nils", x.id, two)
		x.must(err)
		if len(p.Actions) != 0 {
			t.Errorf("got %+v", p.Actions)
		}
	})
}

// order is how a person reads the problems, by number.
func (x *society) order(who string, f forum.Filter) string {
	x.t.Helper()
	lines, err := x.Problems(x.ctx, person(who), x.id, f)
	x.must(err)
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprint(int64(l.ID)))
	}
	return strings.Join(out, " ")
}

// What helped people of different sides stands above what many of one side praise.
func TestOrdersOfAList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		for i := range 4 {
			x.problem("lone", fmt.Sprint("P", i+1))
		}
		for i := range 8 {
			x.seat(fmt.Sprintf("north%d", i), dialogue.Participant, "", "N")
			x.must(s.React(x.ctx, person(fmt.Sprintf("north%d", i)), x.id, 2, writing.Helpful, true, now))
		}
		x.must(s.React(x.ctx, "nora", x.id, 3, writing.Helpful, true, now))
		x.must(s.React(x.ctx, "sara", x.id, 3, writing.Helpful, true, now))
		x.must(s.React(x.ctx, "sara", x.id, 4, writing.NeedsSource, true, now))
		x.must(s.React(x.ctx, "sara", x.id, 4, writing.NeedsSource, true, now))
		x.refused(s.React(x.ctx, "lone", x.id, 4, writing.Helpful, true, now), "writing.mark-own")
		x.refused(s.React(x.ctx, "sara", x.id, 4, "stupid", true, now), "writing.mark")
		x.refused(s.React(x.ctx, "sara", x.id, 99, writing.Helpful, true, now), "writing.missing")
		for order, want := range map[forum.Order]string{forum.ByBridging: "3 2 1 4", "": "3 2 1 4", forum.ByTime: "4 3 2 1", forum.ByAttention: "4 1 2 3"} {
			if got := x.order("nils", forum.Filter{Order: order}); got != want {
				t.Errorf("%s: got %s, want %s", order, got, want)
			}
			var pages []string
			for after := writing.ID(0); ; {
				page := x.order("nils", forum.Filter{Order: order, Limit: 1, After: after})
				if page == "" {
					break
				}
				pages = append(pages, page)
				fmt.Sscan(page, &after)
			}
			if got := strings.Join(pages, " "); got != want {
				t.Errorf("%s: page by page %s, want %s", order, got, want)
			}
		}
		c := x.item("sara", 3)
		if c.Counts[writing.Helpful] != 2 || !slices.Equal(c.Own, []writing.Reaction{writing.Helpful}) {
			t.Errorf("got %+v", c.Reactions)
		}
		x.must(s.React(x.ctx, "sara", x.id, 3, writing.Helpful, false, now))
		if got, want := x.order("nils", forum.Filter{}), "2 3 1 4"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		// Who leaves takes their marks along; who changes sides counts for the other.
		_, err := s.Leave(x.ctx, "nora", x.id, true, later)
		x.must(err)
		if c := x.item("sara", 3); c.Counts[writing.Helpful] != 0 {
			t.Errorf("got %+v", c.Reactions)
		}
		x.must(s.ChangeSides(x.ctx, "north1", x.id, []dialogue.SideID{"S"}, later))
		x.must(s.React(x.ctx, "sara", x.id, 1, writing.Helpful, true, later))
		x.must(s.React(x.ctx, "nils", x.id, 1, writing.Helpful, true, later))
		if got, want := x.order("nils", forum.Filter{}), "2 1 3 4"; got != want {
			t.Errorf("seven of one side and one of the other: got %s, want %s", got, want)
		}
	})
}
