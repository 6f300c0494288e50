package store_test

import (
	"strings"
	"testing"
	"time"

	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// A form that is sent twice, by a double click or by going back, says one thing.
func TestWhatIsSentTwiceIsSaidOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "the bridge")
		said := func(who, words string, at time.Time) writing.ID {
			n, err := s.Comment(x.ctx, person(who), x.id, forum.NewComment{Under: p, Lang: "en", Body: words}, at)
			x.must(err)
			return n
		}
		first := said("nora", "We could count the lorries.", now)
		if again := said("nora", "We could count the lorries.", now.Add(time.Second)); again != first {
			t.Errorf("sent twice it is #%d and #%d", first, again)
		}
		for name, other := range map[string]writing.ID{
			"somebody else's":  said("nils", "We could count the lorries.", now.Add(time.Second)),
			"other words":      said("nora", "We could count the barges.", now.Add(time.Second)),
			"an hour later":    said("nora", "We could count the lorries.", now.Add(time.Hour)),
			"another's answer": x.problem("nora", "another bridge"),
		} {
			if other == first {
				t.Errorf("%s is taken for the same", name)
			}
		}
		thread, err := s.Thread(x.ctx, "nora", x.id, p, forum.ByTime, 1, 0)
		x.must(err)
		if thread.Total != 4 {
			t.Errorf("%d comments stand there, want 4", thread.Total)
		}
		one, err := s.RaiseProblem(x.ctx, "nora", x.id, problemOf("twice"), now)
		x.must(err)
		two, err := s.RaiseProblem(x.ctx, "nora", x.id, problemOf("twice"), now.Add(time.Second))
		x.must(err)
		if one != two {
			t.Errorf("a problem sent twice is #%d and #%d", one, two)
		}
	})
}

// What is looked at ahead of a deed is what the deed would find.
func TestWhatWasLookedAtAheadIsHeld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "the bridge")
		for range 2 {
			n, err := s.Comment(x.ctx, "nora", x.id, forum.NewComment{Under: p, Lang: "en", Body: "  Call him: +44 20 7946 0958\r\n" + strings.Repeat(".", 3)}, now)
			x.must(err)
			if got := x.state("nils", n); got != "" {
				t.Errorf("others find it %q", got)
			}
		}
	})
}
