package store_test

import (
	"slices"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// forumed is a society that talks: nora and nils of the north, sara of the south,
// one of both sides, one of none, a mediator and a moderator.
func forumed(t *testing.T, s *store.Store) *society {
	t.Helper()
	x := found(t, s, dialogue.ByInvitation)
	x.seat("nora", dialogue.Participant, "", "N")
	x.seat("nils", dialogue.Participant, "", "N")
	x.seat("sara", dialogue.Participant, "", "S")
	x.seat("twin", dialogue.Participant, "", "N", "S")
	x.seat("lone", dialogue.Participant, "")
	x.seat("media", dialogue.Mediator, "")
	x.seat("mode", dialogue.Moderator, "")
	x.must(s.SetStage(x.ctx, "ann", x.id, dialogue.Open, now))
	return x
}

func (x *society) problem(who, title string) writing.ID {
	x.t.Helper()
	n, err := x.RaiseProblem(x.ctx, person(who), x.id, forum.NewProblem{Lang: "en", Title: title, Body: "About " + title + "."}, now)
	x.must(err)
	return n
}

func (x *society) comment(who string, under, to writing.ID, body string) writing.ID {
	x.t.Helper()
	n, err := x.Comment(x.ctx, person(who), x.id, forum.NewComment{Under: under, To: to, Lang: "en", Body: body}, now)
	x.must(err)
	return n
}

func TestAProblemAnActionAndAThread(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p, err := s.RaiseProblem(x.ctx, "nora", x.id, forum.NewProblem{
			Lang: "en", Title: "The bridge  is\nclosed", Body: "Since *May*.", Sector: dialogue.Civil, Tags: []string{"Bridge", "bridge", "River bank"},
		}, now)
		x.must(err)
		a, err := s.ProposeAction(x.ctx, "sara", x.id, forum.NewAction{
			Lang: "ru", Title: "Открыть мост", Body: "См. #1 и #99.", Horizon: forum.Immediate, Problems: []writing.ID{p, p},
			Parts: []forum.Part{{Side: "N", Does: "pays"}, {Does: "both meet"}},
		}, now)
		x.must(err)
		first := x.comment("nils", p, 0, "First")
		second := x.comment("sara", p, 0, "Second")
		answer := x.comment("nora", p, first, "An answer to the first")
		got, err := s.Problem(x.ctx, "sara", x.id, p)
		x.must(err)
		if got.Title != "The bridge is closed" || got.HTML != "<p>Since <em>May</em>.</p>\n" || got.Status != forum.Raised || got.Comments != 3 {
			t.Errorf("got %+v", got)
		}
		if len(got.Tags) != 2 || got.Tags[1] != "river-bank" || got.Author.Pseudonym != "Nora" || got.Author.Sides[0] != "N" || got.Mine {
			t.Errorf("got %+v", got)
		}
		if len(got.Actions) != 1 || got.Actions[0].ID != a || got.Actions[0].Answers != 1 || got.Actions[0].Body != "" {
			t.Errorf("got %+v", got.Actions)
		}
		act, err := s.Action(x.ctx, "sara", x.id, a)
		x.must(err)
		if len(act.Problems) != 1 || act.Problems[0].ID != p || len(act.Parts) != 2 || !act.Mine || act.Horizon != forum.Immediate {
			t.Errorf("got %+v", act)
		}
		if want := "<p>См. <a class=\"ref\" href=\"/go/1\">#1</a> и #99.</p>\n"; act.HTML != want {
			t.Errorf("got %q, want %q", act.HTML, want)
		}
		th, err := s.Thread(x.ctx, "sara", x.id, p, forum.ByTime, 0, 0)
		x.must(err)
		var order []writing.ID
		for _, k := range th.Comments {
			order = append(order, k.ID)
		}
		if want := []writing.ID{first, answer, second}; !slices.Equal(order, want) || th.Comments[1].Depth != 1 || th.Total != 3 {
			t.Errorf("got %v, want %v: %+v", order, want, th)
		}
		lines, err := s.Problems(x.ctx, "sara", x.id, forum.Filter{Tag: "Bridge"})
		x.must(err)
		if len(lines) != 1 || lines[0].ID != p || lines[0].Answers != 1 || lines[0].Comments != 3 {
			t.Errorf("got %+v", lines)
		}
	})
}

func person(name string) account.PersonID { return account.PersonID(name) }
