package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// Every comment stands on one page, in each order, and each page begins where the
// one before ended.
func TestPagesOfAThread(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "bridge")
		var all []writing.ID
		for i := range 230 {
			to := writing.ID(0)
			if i%3 > 0 {
				to = all[i/2]
			}
			all = append(all, x.comment("sara", p, to, fmt.Sprint("comment ", i)))
		}
		x.must(s.React(x.ctx, "nils", x.id, all[150], writing.Helpful, true, now))
		x.must(s.React(x.ctx, "lone", x.id, all[160], writing.NeedsSource, true, now))
		for _, order := range forum.Orders {
			var seen []writing.ID
			for page := 1; page <= 3; page++ {
				th, err := s.Thread(x.ctx, "nils", x.id, p, order, page, 0)
				x.must(err)
				if th.Total != 230 || th.Pages != 3 || th.Page != page || len(th.Comments) != min(100, 230-100*(page-1)) {
					t.Fatalf("%s: page %d: %d of %d", order, page, len(th.Comments), th.Total)
				}
				for _, k := range th.Comments {
					if order == forum.ByTime && k.To != 0 && !slices.Contains(seen, k.To) {
						t.Fatalf("#%d stands above #%d, which it answers", k.ID, k.To)
					}
					seen = append(seen, k.ID)
				}
				at, err := s.Thread(x.ctx, "nils", x.id, p, order, 0, th.Comments[7].ID)
				x.must(err)
				if at.Page != page {
					t.Errorf("%s: #%d is looked for on page %d, stands on %d", order, th.Comments[7].ID, at.Page, page)
				}
			}
			first := map[forum.Order]writing.ID{forum.ByTime: all[0], forum.ByBridging: all[150], forum.ByAttention: all[160]}[order]
			if seen[0] != first {
				t.Errorf("%s: #%d stands first, want #%d", order, seen[0], first)
			}
			slices.Sort(seen)
			if !slices.Equal(seen, all) {
				t.Errorf("%s: the pages hold %d comments", order, len(slices.Compact(seen)))
			}
		}
		for page, want := range map[int]int{-1: 1, 0: 1, 99: 3} {
			if th, err := s.Thread(x.ctx, "nils", x.id, p, "nonsense", page, 0); err != nil || th.Page != want || th.Order != forum.ByTime {
				t.Errorf("page %d: got %+v, %v", page, th, err)
			}
		}
	})
}

func TestCommentsStandUnderWhatThereIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p, other := x.problem("nora", "bridge"), x.problem("nora", "ferry")
		k := x.comment("sara", p, 0, "words")
		say := func(c forum.NewComment) error {
			c.Lang, c.Body = "en", "x"
			_, err := s.Comment(x.ctx, "nils", x.id, c, now)
			return err
		}
		x.refused(say(forum.NewComment{Under: 99}), "writing.missing")
		x.refused(say(forum.NewComment{Under: k}), "writing.missing")
		x.refused(say(forum.NewComment{Under: other, To: k}), "writing.answer-missing")
		x.refused(say(forum.NewComment{Under: p, To: p}), "writing.answer-missing")
		x.must(say(forum.NewComment{}))
		if th := x.thread("nora", 0); th.Total != 1 {
			t.Errorf("the dialogue itself has %d comments", th.Total)
		}
		_, err := s.Comment(x.ctx, "stranger", x.id, forum.NewComment{Lang: "en", Body: "x"}, now)
		if !fault.Is(err, fault.Unknown) && !fault.Is(err, fault.Denied) {
			t.Errorf("got %v", err)
		}
		x.must(s.SetStage(x.ctx, "ann", x.id, dialogue.Paused, later))
		x.refused(say(forum.NewComment{}), "dialogue.stage.paused")
		x.must(s.Withdraw(x.ctx, "sara", x.id, k, later)) // words can be taken back at any stage
	})
}

// What happened is noted once, for whom it concerns, and of reasons never.
func TestWhatIsWrittenIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		names := map[string]string{}
		for _, who := range []string{"nora", "nils", "sara", "media"} {
			names[string(x.standing(who).Member)] = who
		}
		var last int64
		happened := func(want ...string) {
			t.Helper()
			var got []string
			events, err := s.Events(x.ctx, "nora", x.id, 0, last, 100)
			x.must(err)
			for _, e := range events {
				last = e.ID
				got = append(got, fmt.Sprint(e.Kind, " #", int64(e.Item), " ", names[string(e.To)]))
			}
			all, err := s.Value(x.ctx, "select coalesce(max(id), 0) from event")
			x.must(err)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q (of %v)", got, want, all)
			}
			last = all.(int64)
		}
		p := x.problem("nora", "bridge")
		happened("wrote #1 ")
		k := x.comment("sara", p, 0, "What do you think, @Nils and @media, @sara, @nobody?")
		happened("wrote #2 ")
		told := func(kind, to string) int64 {
			n, err := s.Value(x.ctx, "select count(1) from event where kind = $1 and to_member = $2", kind, string(x.standing(to).Member))
			x.must(err)
			return n.(int64)
		}
		if told("answered", "nora") != 1 || told("mentioned", "nils") != 1 || told("mentioned", "media") != 1 || told("mentioned", "sara") != 0 {
			t.Error("not everybody is told whom it concerns, or somebody of their own words")
		}
		x.must(s.Edit(x.ctx, "sara", x.id, k, writing.Edit{Revision: 1, Body: "And @nora, @Nils?"}, later))
		if told("mentioned", "nora") != 1 || told("mentioned", "nils") != 1 {
			t.Error("an edit tells whom it calls newly, and nobody twice")
		}
		x.must(s.Put(x.ctx, x.id, k, writing.Hidden, later))
		x.must(s.Put(x.ctx, x.id, k, writing.Shown, later))
		if told("answered", "nora") != 1 {
			t.Error("what is shown again is told again")
		}
		held, err := s.Value(x.ctx, "select count(1) from event where kind = 'hushed'")
		x.must(err)
		if held.(int64) != 1 {
			t.Errorf("%d things were hushed", held)
		}
	})
}

// A page of a thread of ten thousand comments costs what one of two hundred does.
func TestTimeOfALongThread(t *testing.T) {
	storetest.Timed(t)
	s := storetest.Open(t, storetest.SQLite(t))
	x := forumed(t, s)
	short, long := x.problem("nora", "short"), x.problem("nora", "long")
	for i := range 10_200 {
		under := long
		if i < 200 {
			under = short
		}
		x.comment("sara", under, 0, "words and words")
	}
	cost := func(under writing.ID, page int) time.Duration {
		best := time.Hour
		for range 20 {
			begin := time.Now()
			if _, err := s.Thread(x.ctx, "nils", x.id, under, forum.ByTime, page, 0); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(begin))
		}
		return best
	}
	base := cost(short, 1)
	for _, page := range []int{1, 50, 99, 100} {
		got := cost(long, page)
		t.Logf("page %d of 100: %v, of a short thread %v", page, got, base)
		if got > 2*base {
			t.Errorf("page %d costs %v, one of a short thread %v", page, got, base)
		}
	}
}
