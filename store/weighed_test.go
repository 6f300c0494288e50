package store_test

import (
	"testing"
	"time"

	"parley/forum"
	"parley/moderation"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// Whatever readers see of a contribution is weighed: not its title and body alone.
func TestEverythingThatIsReadIsWeighed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, _ := moderated(t, s)
		const phone = "call +44 20 7946 0958"
		first := x.problem("nora", "the weir")
		action := forum.NewAction{Lang: "en", Title: "Ask them", Body: "Somebody should.", Problems: []writing.ID{first}}
		for name, change := range map[string]func(a *forum.NewAction){
			"a part": func(a *forum.NewAction) { a.Parts = []forum.Part{{Side: "S", Does: phone}} },
			"a tag":  func(a *forum.NewAction) { a.Tags = []string{phone} },
		} {
			a := action
			change(&a)
			n, err := s.ProposeAction(x.ctx, "nora", x.id, a, now)
			x.must(err)
			if got := x.state("nils", n); got != "" {
				t.Errorf("with a telephone in %s it is %q", name, got)
			}
		}
		for _, c := range x.queue("mode") {
			if c.Why != moderation.Personal {
				t.Errorf("the case of #%d is there because of %q", c.Of.ID, c.Why)
			}
		}
		plain, err := s.ProposeAction(x.ctx, "nora", x.id, action, now)
		x.must(err)
		if got := x.state("nils", plain); got != writing.Shown {
			t.Fatalf("without one it is %q", got)
		}
		x.must(s.Edit(x.ctx, "nora", x.id, plain, writing.Edit{Revision: 1, Title: action.Title, Body: action.Body, Tags: []string{phone}}, now))
		if got := x.state("nils", plain); got != "" {
			t.Errorf("after a tag with a telephone it is %q", got)
		}
		step := forum.Step{To: forum.Dropped, Why: phone, Lang: "en"}
		x.refused(s.MoveOn(x.ctx, "media", x.id, first, step, now), "writing.step-personal")
	})
}

func TestASanctionKeepsFromTagsToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, n := moderated(t, s)
		own := x.problem("sara", "the road")
		x.must(x.report("nils", n, ""))
		x.must(x.Decide(x.ctx, "mode", x.id, 1, insult, now.Add(48*time.Hour), now))
		item, _, err := s.Item(x.ctx, "sara", x.id, own)
		x.must(err)
		e := writing.Edit{Revision: item.Revision, Title: item.Title, Body: item.Body, Tags: []string{"loud"}}
		x.refused(s.Edit(x.ctx, "sara", x.id, own, e, now), "moderation.sanctioned")
		x.must(s.Edit(x.ctx, "sara", x.id, own, e, now.Add(72*time.Hour)))
	})
}

// What people answered is the whole card: neither the sentence nor what explains
// it changes under their answers.
func TestAnAnsweredStatementStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := assemble(t, s, 2)
		n, err := s.ProposeStatement(h.ctx, "n0", h.id, opinion.NewStatement{Lang: "en", Title: "The mill stays.", Body: "It was built long ago."}, now)
		must(t, err)
		meaning := writing.Edit{Revision: 1, Title: "The mill stays.", Body: "By “stays” we mean that you pay."}
		h.answers("n1", n, opinion.Agree)
		h.refused(s.Edit(h.ctx, "n0", h.id, n, meaning, now), "writing.edit-answered")
		meaning.Body = "It was built long ago."
		meaning.Tags = []string{"mill"}
		must(t, s.Edit(h.ctx, "n0", h.id, n, meaning, now))
	})
}
