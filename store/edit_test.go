package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

func (x *society) item(who string, n writing.ID) writing.Contribution {
	x.t.Helper()
	c, _, err := x.Item(x.ctx, person(who), x.id, n)
	x.must(err)
	return c
}

// sees demands that the person can or cannot read a contribution.
func (x *society) sees(who string, n writing.ID, want bool) {
	x.t.Helper()
	_, _, err := x.Item(x.ctx, person(who), x.id, n)
	if got := err == nil; got != want || err != nil && !fault.Is(err, fault.Missing) {
		x.t.Errorf("%s reads #%d: %t, %v", who, n, got, err)
	}
}

func TestEditsKeepWhatStood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		quoting, err := s.Comment(x.ctx, "sara", x.id, forum.NewComment{Under: p, Lang: "en", Body: "Why?", Quote: p, Words: "About  bridge."}, now)
		x.must(err)
		x.must(s.Translate(x.ctx, "sara", x.id, p, "ru", "мост", "О мосте.", 1, now))
		x.refused(s.Edit(x.ctx, "sara", x.id, p, writing.Edit{Revision: 1, Title: "t", Body: "b"}, later), "writing.edit-own")
		x.must(s.Edit(x.ctx, "nora", x.id, p, writing.Edit{Revision: 1, Title: "The bridge", Body: "It *fell*.", Tags: []string{"river"}}, later))
		x.refused(s.Edit(x.ctx, "nora", x.id, p, writing.Edit{Revision: 1, Title: "Again"}, later), "writing.edit-stale")
		x.must(s.Edit(x.ctx, "nora", x.id, p, writing.Edit{Revision: 2, Title: "The bridge", Body: "It *fell*.", Tags: []string{"river"}}, later))
		c := x.item("sara", p)
		if c.Revision != 2 || c.Title != "The bridge" || !strings.Contains(c.HTML, "<em>fell</em>") || !c.EditedAt.Equal(later) || len(c.Tags) != 1 {
			t.Errorf("got %+v", c)
		}
		if len(c.Translations) != 1 || !c.Translations[0].Stale {
			t.Errorf("the translation is not stale: %+v", c.Translations)
		}
		list, err := s.Revisions(x.ctx, "sara", x.id, p)
		x.must(err)
		if len(list) != 2 || list[0].Number != 2 || list[1].Title != "bridge" || !list[1].At.Equal(now) || !list[0].At.Equal(later) {
			t.Errorf("got %+v", list)
		}
		if q := x.thread("sara", p).Comments[0].Quote; q == nil || !q.Changed || q.Gone || q.Words != "About bridge." || q.Revision != 1 {
			t.Errorf("got %+v of #%d", q, quoting)
		}
		x.must(s.Edit(x.ctx, "nora", x.id, p, writing.Edit{Revision: 2, Title: "bridge", Body: "About bridge."}, later))
		if q := x.thread("sara", p).Comments[0].Quote; q.Changed {
			t.Error("words that stand there again are still called changed")
		}
	})
}

func (x *society) thread(who string, under writing.ID) *forum.Thread {
	x.t.Helper()
	th, err := x.Thread(x.ctx, person(who), x.id, under, forum.ByTime, 1, 0)
	x.must(err)
	return th
}

func TestQuotesStandWhereTheyAreTakenFrom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		quote := func(words string) (writing.ID, error) {
			return s.Comment(x.ctx, "sara", x.id, forum.NewComment{Under: p, Lang: "en", Body: "Why?", Quote: p, Words: words}, now)
		}
		_, err := quote("About the ferry")
		x.refused(err, "writing.quote")
		_, err = quote("О мосте")
		x.refused(err, "writing.quote")
		x.must(s.Translate(x.ctx, "nils", x.id, p, "ru", "мост", "О мосте.", 1, now))
		_, err = quote("О мосте")
		x.must(err)
		if q := x.thread("nora", p).Comments[0].Quote; q == nil || q.Words != "О мосте" || q.Changed {
			t.Errorf("got %+v", q)
		}
		x.must(s.Translate(x.ctx, "nils", x.id, p, "ru", "мост", "Об этом мосте.", 1, now))
		if q := x.thread("nora", p).Comments[0].Quote; !q.Changed {
			t.Error("a quote of a translation does not follow the translation")
		}
		x.must(s.Withdraw(x.ctx, "nora", x.id, p, later))
		x.sees("sara", p, false)
		if _, err := s.Thread(x.ctx, "sara", x.id, p, forum.ByTime, 1, 0); !fault.Is(err, fault.Missing) {
			t.Errorf("got %v: what stands under something withdrawn is not read", err)
		}
		if q := x.thread("nora", p).Comments[0].Quote; !q.Gone || q.Words != "" {
			t.Errorf("what was withdrawn is still quoted: %+v", q)
		}
	})
}

// Who may read what in each state.
func TestVisibility(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		k := x.comment("sara", p, 0, "zebra words")
		for _, c := range []struct {
			state                  writing.State
			author, moderator, all bool
		}{
			{writing.Held, true, true, false}, {writing.Shown, true, true, true}, {writing.Hidden, true, true, false},
			{writing.Shown, true, true, true}, {writing.Withdrawn, true, false, false}, {writing.Shown, true, true, true},
			{writing.Removed, false, false, false},
		} {
			x.must(s.Put(x.ctx, x.id, k, c.state, later))
			x.sees("sara", k, c.author)
			x.sees("mode", k, c.moderator)
			x.sees("nils", k, c.all)
			th := x.thread("nils", p)
			if th.Total != 1 || len(th.Comments) != 1 || th.Comments[0].State != c.state {
				t.Fatalf("%s: the thread does not say that something was there: %+v", c.state, th)
			}
			if got := th.Comments[0]; (got.Body != "") != c.all || (got.Author.Pseudonym != "") != c.all {
				t.Errorf("%s: got %+v", c.state, got)
			}
			line, err := s.Problem(x.ctx, "nils", x.id, p)
			x.must(err)
			if (line.Comments == 1) != c.all {
				t.Errorf("%s: %d comments are counted", c.state, line.Comments)
			}
			for reader, finds := range map[account.PersonID]bool{"sara": c.author, "nils": c.all} {
				found, err := s.Search(x.ctx, reader, x.id, forum.Query{Words: "zebra"}, "en")
				x.must(err)
				if (found.Total == 1) != finds {
					t.Errorf("%s: %s finds %d", c.state, reader, found.Total)
				}
			}
		}
		x.refused(s.Put(x.ctx, x.id, k, writing.Shown, later), "writing.state")
	})
}

func TestWithdrawAndRestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		x.refused(s.Withdraw(x.ctx, "sara", x.id, p, later), "writing.edit-own")
		x.refused(s.Restore(x.ctx, "nora", x.id, p, later), "writing.restore")
		x.must(s.Withdraw(x.ctx, "nora", x.id, p, later))
		x.refused(s.Withdraw(x.ctx, "nora", x.id, p, later), "writing.withdraw")
		x.must(s.Restore(x.ctx, "nora", x.id, p, later))
		x.sees("sara", p, true)
		// What waits for a moderator is not shown by taking it back and forth.
		x.must(s.Put(x.ctx, x.id, p, writing.Held, later))
		x.must(s.Withdraw(x.ctx, "nora", x.id, p, later))
		x.must(s.Restore(x.ctx, "nora", x.id, p, later))
		if got := x.item("nora", p).State; got != writing.Held {
			t.Errorf("got %s", got)
		}
		x.must(s.Put(x.ctx, x.id, p, writing.Hidden, later))
		x.refused(s.Withdraw(x.ctx, "nora", x.id, p, later), "writing.withdraw")
		x.refused(s.Edit(x.ctx, "nora", x.id, p, writing.Edit{Revision: 1, Title: "t"}, later), "writing.edit-hidden")
	})
}

func TestDrafts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		save := func(place, words string, at time.Duration) error {
			return s.SaveDraft(x.ctx, "nora", x.id, writing.Draft{Place: place, Fields: map[string]string{"title": words}}, now.Add(at))
		}
		x.must(save("problem", "first", 0))
		x.must(save("statement", "second", time.Second))
		x.must(save("problem", "third", time.Minute))
		list, err := s.Drafts(x.ctx, "nora", x.id)
		x.must(err)
		if len(list) != 2 || list[0].Place != "problem" || list[0].Fields["title"] != "third" || !list[0].SaveAt.Equal(now.Add(time.Minute)) {
			t.Errorf("got %+v", list)
		}
		if others, err := s.Drafts(x.ctx, "sara", x.id); err != nil || len(others) != 0 {
			t.Errorf("somebody else's drafts are read: %+v, %v", others, err)
		}
		x.problem("nora", "sent")
		x.must(save("statement", "  ", 0))
		if list, err := s.Drafts(x.ctx, "nora", x.id); err != nil || len(list) != 0 {
			t.Errorf("what was sent or emptied is left: %+v, %v", list, err)
		}
		x.refused(save("no such place!", "x", 0), "writing.draft-place")
		x.refused(save("problem", strings.Repeat("я", writing.MaxDraft), 0), "writing.draft-long")
		for i := range 100 {
			x.must(save(fmt.Sprint("comment:", i+1), "x", 0))
		}
		x.refused(save("problem", "x", 0), "writing.drafts")
		x.must(s.SetStage(x.ctx, "ann", x.id, dialogue.Closed, later))
		x.refused(save("comment:1", "x", 0), "dialogue.stage.closed")
		x.must(save("comment:1", "", 0))
		if list, err := s.Drafts(x.ctx, "nora", x.id); err != nil || len(list) != 99 {
			t.Errorf("%d drafts, %v: they are read and dropped after the end", len(list), err)
		}
	})
}

func TestTags(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		for i, tags := range [][]string{{"Река", "мост"}, {"МОСТ", "fish"}, {"мост", "fish"}} {
			_, err := s.RaiseProblem(x.ctx, "nora", x.id, forum.NewProblem{Lang: "en", Title: fmt.Sprint("P", i), Tags: tags}, now)
			x.must(err)
		}
		got, err := s.Tags(x.ctx, "lone", x.id)
		x.must(err)
		if want := "мост fish река"; strings.Join(got, " ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
		x.must(s.Withdraw(x.ctx, "nora", x.id, 1, later))
		if got, _ := s.Tags(x.ctx, "lone", x.id); len(got) != 2 {
			t.Errorf("got %q: the only use of one was withdrawn", got)
		}
	})
}
