package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialogue"
	"parley/forum"
	"parley/i18n"
	"parley/notice"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// spread tells everybody of everything that happened.
func (x *society) spread(at time.Time) {
	x.t.Helper()
	for range 100 {
		more, err := x.SpreadNotices(x.ctx, 100, at)
		x.must(err)
		if !more {
			return
		}
	}
	x.t.Fatal("there is always more to tell")
}

// heard is what somebody was told, the oldest first: "wrote 1 mine", with a "!"
// where it was at once.
func (x *society) heard(who string) (out []string) {
	x.t.Helper()
	list, err := x.Notices(x.ctx, person(who), "en", 0, 100)
	x.must(err)
	loud := number(x.t, x.Store, "select count(1) from notice where person = $1 and loud = 1 and unread = 1", who)
	bell, err := x.Bell(x.ctx, person(who))
	x.must(err)
	if int64(bell) != loud {
		x.t.Errorf("the bell of %s counts %d of %d", who, bell, loud)
	}
	for _, n := range slices.Backward(list) {
		mark := ""
		if number(x.t, x.Store, "select count(1) from notice where id = $1 and loud = 1", n.ID) > 0 {
			mark = "!"
		}
		if n.Gone {
			mark += " gone"
		}
		out = append(out, fmt.Sprintf("%s #%d %s%s", n.Event.Kind, n.Event.Item, n.Why, mark))
	}
	return out
}

func (x *society) hears(who string, want ...string) {
	x.t.Helper()
	if got := x.heard(who); !slices.Equal(got, want) {
		x.t.Errorf("%s heard %q, want %q", who, got, want)
	}
}

func (x *society) follows(who string, item writing.ID, level notice.Level) {
	x.t.Helper()
	x.must(x.Follow(x.ctx, person(who), x.id, item, level, now))
}

// writable gives somebody a confirmed address and lets the dialogue write to them.
func (x *society) writable(who ...string) {
	x.t.Helper()
	for _, w := range who {
		x.must(x.Write(x.ctx, func(d store.Deed) error {
			return d.Exec(`update person set email = $2, email_folded = $2 where id = $1`, w, w+"@example.org")
		}))
		x.must(x.ChangeTick(x.ctx, person(w), x.id, dialogue.TickContact, true, now))
	}
}

func TestPeopleHearOfWhatTheyFollow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.follows("lone", 0, notice.All)
		x.follows("twin", 0, notice.Digest)
		p := x.problem("nora", "The bridge")
		x.spread(now)
		x.hears("nora")
		x.hears("lone", "wrote #1 dialogue!")
		x.hears("twin", "wrote #1 dialogue")
		x.hears("sara")

		first := x.comment("sara", p, 0, "A ferry, @Nils?")
		x.comment("nils", p, first, "No.")
		x.follows("lone", p, notice.Off)
		x.spread(now)
		x.hears("nora", "answered #2 answered!", "wrote #3 mine")
		x.hears("sara", "answered #3 answered!")
		x.hears("nils", "mentioned #2 mentioned!")
		x.hears("lone", "wrote #1 dialogue!") // said "none" of the problem before this was told
		x.hears("twin", "wrote #1 dialogue", "wrote #2 dialogue", "wrote #3 dialogue")

		list, err := s.Following(x.ctx, "sara", x.id)
		x.must(err)
		if len(list) != 1 || list[0].Item != p || list[0].Level != notice.Answers || list[0].Title != "The bridge" {
			t.Errorf("got %+v: who comments follows", list)
		}
		got, err := s.Problem(x.ctx, "lone", x.id, p)
		x.must(err)
		if got.Level != string(notice.Off) {
			t.Errorf("got the level %q", got.Level)
		}
		x.refused(s.Follow(x.ctx, "nora", x.id, p, "loudly", now), "notice.level")
		x.refused(s.Follow(x.ctx, "nora", x.id, 99, notice.All, now), "writing.missing")
	})
}

func TestANoticeSaysWhatWhereAndWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "The bridge")
		x.comment("sara", p, 0, "A *ferry* would do.\n\nOr two.")
		x.must(s.Translate(x.ctx, "twin", x.id, p, "ru", "Мост", "О мосте.", 1, now))
		x.spread(now)
		list, err := s.Notices(x.ctx, "nora", "ru", 0, 10)
		x.must(err)
		if len(list) != 2 {
			t.Fatalf("got %+v", list)
		}
		n := list[1]
		if n.Title != "Мост" || n.Lang != "ru" || n.Snippet != "A ferry would do. Or two." || n.Address != "problem/1#c-2" || n.By.Pseudonym != "Sara" || n.Dialogue.ID != x.id || n.Read {
			t.Errorf("got %+v", n)
		}
		if n.Key() != "notice.event.answered" {
			t.Errorf("got %s", n.Key())
		}
		x.must(s.ReadNotices(x.ctx, "nora", n.ID, now))
		if list, err = s.Notices(x.ctx, "nora", "en", 0, 10); err != nil || !list[1].Read || list[0].Read {
			t.Errorf("got %+v, %v", list, err)
		}
		if list, err = s.Notices(x.ctx, "nora", "en", list[0].ID, 1); err != nil || len(list) != 1 || list[0].ID != n.ID {
			t.Errorf("the page before: got %+v, %v", list, err)
		}
		if list, err = s.Notices(x.ctx, "sara", "en", 0, 10); err != nil || len(list) != 1 { // the translation of what she follows
			t.Errorf("got %+v, %v", list, err)
		}
	})
}

// Two processes spread at once, and one of them fails now and then: everybody
// still hears of everything exactly once.
func TestEverybodyHearsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.follows("lone", 0, notice.All)
		x.writable("lone")
		p := x.problem("nora", "The bridge")
		for i := range 12 {
			x.comment([]string{"nora", "sara", "nils"}[i%3], p, 0, fmt.Sprint("Comment ", i))
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				for {
					more, err := s.SpreadNotices(x.ctx, 2, now)
					if err != nil {
						t.Error(err)
					}
					if !more || err != nil {
						return
					}
				}
			})
		}
		all.Wait()
		x.spread(now)
		if got := x.heard("lone"); len(got) != 13 {
			t.Errorf("lone heard %d: %q", len(got), got)
		}
		if got := number(t, s, "select count(1) from letter where kind = 'notice'"); got != 13 {
			t.Errorf("%d letters", got)
		}
		if got, all := number(t, s, "select count(distinct id) from notice"), number(t, s, "select last from spreading where id = 1"); got != all {
			t.Errorf("%d notices, and the last is %d", got, all)
		}
	})
}

// What somebody may not read they are not told of: neither when it is spread nor
// when it is shown.
func TestNobodyHearsOfWhatTheyMayNotRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		for _, who := range []string{"lone", "nils", "twin"} {
			x.follows(who, 0, notice.All)
		}
		x.must(x.Write(x.ctx, func(d store.Deed) error {
			return d.Exec(`update member set state = 'refused', vetted = 0, pseudonym = null, skeleton = null where person = 'nils'`)
		}))
		x.problem("nora", "Seen by those inside")
		gone := x.problem("nora", "Withdrawn before it is told")
		x.must(s.Withdraw(x.ctx, "nora", x.id, gone, now))
		x.spread(now)
		x.hears("lone", "wrote #1 dialogue!")
		if got := number(t, s, "select count(1) from notice where person = 'nils'"); got != 0 {
			t.Errorf("who is not inside was told %d things", got)
		}
		later := x.problem("nora", "Withdrawn after it was told")
		x.comment("sara", later, 0, "Stands under it")
		x.spread(now)
		x.hears("lone", "wrote #1 dialogue!", "wrote #3 dialogue!", "wrote #4 dialogue!")
		x.must(s.Withdraw(x.ctx, "nora", x.id, later, now))
		x.hears("lone", "wrote #1 dialogue!", "wrote #3 dialogue! gone", "wrote #4 dialogue! gone")
		x.spread(now)
		x.hears("lone", "wrote #1 dialogue!")

		_, err := s.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", now)
		x.must(err)
		list, err := s.Notices(x.ctx, "lone", "en", 0, 10)
		x.must(err)
		if len(list) != 1 || !list[0].Gone || list[0].Title != "" || list[0].Snippet != "" {
			t.Errorf("who must agree first reads %+v", list)
		}
		_, err = s.Leave(x.ctx, "twin", x.id, true, now)
		x.must(err)
		if got := number(t, s, "select count(1) from notice where person = 'twin'") + number(t, s, "select count(1) from follow f join member m on m.id = f.member where m.person is null"); got != 0 {
			t.Errorf("%d rows are left of who left", got)
		}
	})
}

// Words that go and come back are told once; edits are told anew after the last
// were read.
func TestNothingIsToldOverAndOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "The bridge")
		x.spread(now)
		x.follows("sara", p, notice.All)
		c := x.comment("nils", p, 0, "One")
		x.spread(now)
		for i := range 3 {
			at := now.Add(time.Duration(i+1) * time.Minute)
			x.must(s.Edit(x.ctx, "nils", x.id, c, writing.Edit{Revision: i + 1, Body: fmt.Sprint("Two ", i)}, at))
			x.spread(at)
		}
		x.hears("sara", "wrote #2 follow!")
		list, err := s.Notices(x.ctx, "sara", "en", 0, 1)
		x.must(err)
		x.must(s.ReadNotices(x.ctx, "sara", list[0].ID, now))
		for i := range 3 {
			at := now.Add(time.Duration(i+10) * time.Minute)
			x.must(s.Edit(x.ctx, "nils", x.id, c, writing.Edit{Revision: i + 4, Body: fmt.Sprint("Three ", i)}, at))
			x.spread(at)
		}
		x.hears("sara", "wrote #2 follow!", "edited #2 follow!")
	})
}

// Events tell who waits at a page what changed, and no more than they may read.
func TestEventsOfAPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p, q := x.problem("nora", "The bridge"), x.problem("nora", "The river")
		x.comment("sara", p, 0, "@Nora, yes.")
		secretly := x.comment("nils", q, 0, "No.")
		x.must(s.Withdraw(x.ctx, "nils", x.id, secretly, now))
		kinds := func(who string, root writing.ID, after int64) string {
			list, err := s.Events(x.ctx, person(who), x.id, root, after, 50)
			x.must(err)
			var out []string
			for _, e := range list {
				out = append(out, fmt.Sprintf("%d:%s#%d", e.ID, e.Kind, e.Item))
				if e.To != "" || len(e.Args) > 0 && strings.Contains(fmt.Sprint(e.Args), "yes") {
					t.Errorf("%+v tells too much", e)
				}
			}
			return strings.Join(out, " ")
		}
		if got, want := kinds("nora", 0, 0), "1:wrote#1 2:wrote#2 3:wrote#3 7:hushed#4"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got, want := kinds("nora", p, 1), "3:wrote#3"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		last, err := s.LastEvent(x.ctx, "nora", x.id)
		x.must(err)
		if last != 7 {
			t.Errorf("the last is %d", last)
		}
		x.person("stranger")
		_, err = s.LastEvent(x.ctx, "stranger", x.id)
		x.refused(err, "dialogue.denied")
		_, err = s.Events(x.ctx, "stranger", x.id, 0, 0, 10)
		x.refused(err, "dialogue.denied")
	})
}

// What happened is forgotten after 90 days, and numbers go on from where they were.
func TestWhatHappenedIsForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.follows("lone", 0, notice.All)
		x.follows("twin", 0, notice.All)
		p := x.problem("nora", "The bridge")
		x.must(s.Forget(x.ctx, now.Add(100*24*time.Hour)))
		if got := number(t, s, "select count(1) from event"); got != 1 {
			t.Fatalf("%d events are left that nobody was told of", got)
		}
		x.comment("sara", p, 0, "Yes.")
		x.spread(now)
		last := number(t, s, "select max(id) from event")
		list, err := s.Notices(x.ctx, "lone", "en", 0, 1)
		x.must(err)
		x.must(s.ReadNotices(x.ctx, "lone", list[0].ID, now))
		x.must(s.Forget(x.ctx, now.Add(89*24*time.Hour)))
		if got := number(t, s, "select count(1) from event"); got != last {
			t.Errorf("%d events after 89 days, want %d", got, last)
		}
		x.must(s.Forget(x.ctx, now.Add(91*24*time.Hour)))
		if got := number(t, s, "select count(1) from event"); got != 1 {
			t.Errorf("%d events after 91 days", got)
		}
		if read, unread := number(t, s, "select count(1) from notice where person = 'lone'"), number(t, s, "select count(1) from notice where person = 'twin'"); read != 0 || unread != 2 {
			t.Errorf("%d read and %d unread notices are left", read, unread)
		}
		x.must(s.Forget(x.ctx, now.Add(181*24*time.Hour)))
		x.comment("sara", p, 0, "Again.")
		if got := number(t, s, "select max(id) from event where kind = 'wrote'"); got <= last {
			t.Errorf("the numbers began anew: %d after %d", got, last)
		}
	})
}

// Who follows a problem hears of the actions that answer it and the statements
// beneath it, not of what is said under those, and can stop by what they follow;
// the problem's feed has them, too.
func TestAProblemBringsItsActionsAndStatements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.ruled(dialogue.Public)
		p, other := x.problem("nora", "The bridge"), x.problem("nora", "The river")
		x.spread(now)
		x.follows("lone", p, notice.All)
		x.follows("twin", other, notice.All)
		a, err := s.ProposeAction(x.ctx, "sara", x.id, forum.NewAction{Lang: "en", Title: "A ferry", Problems: []writing.ID{p}, Parts: []forum.Part{{Side: "S", Does: "Pays."}}}, now)
		x.must(err)
		_, err = s.ProposeStatement(x.ctx, "sara", x.id, opinion.NewStatement{Lang: "en", Title: "A ferry is enough.", Under: opinion.Place{Item: p}}, now)
		x.must(err)
		x.comment("nils", a, 0, "No.")
		x.must(s.MoveOn(x.ctx, "media", x.id, a, forum.Step{To: forum.OnTheTable, Why: "Both asked.", Lang: "en"}, now))
		x.spread(now)
		x.hears("lone", "wrote #3 follow!", "wrote #4 follow!", "moved #3 follow!")
		x.hears("twin")
		list, err := s.Notices(x.ctx, "lone", "en", 0, 10)
		x.must(err)
		if list[0].Key() != "notice.event.moved.on-the-table" || list[0].Thing() != p || list[2].Thing() != p {
			t.Errorf("got %s of #%d", list[0].Key(), list[0].Thing())
		}
		for _, status := range forum.Statuses {
			if n := (notice.Notice{Event: notice.Event{Kind: notice.Moved, Args: map[string]string{"Status": string(status)}}}); !i18n.For("en").Has(n.Key()) || !i18n.For("ru").Has(n.Key()) {
				t.Errorf("there are no words for %s", n.Key())
			}
		}
		x.follows("lone", a, notice.Off)
		x.must(s.MoveOn(x.ctx, "media", x.id, a, forum.Step{To: forum.Dropped, Why: "Too dear.", Lang: "en"}, now))
		if x.spread(now); len(x.heard("lone")) != 3 {
			t.Error("who wants nothing of the action hears of it by the problem")
		}
		if got := entries(x.feedOf("nils", store.FeedOf{Problem: p})); got != "A ferry is enough.; A ferry; The bridge" {
			t.Errorf("the feed of the problem has %q", got)
		}
		if got := entries(x.feedOf("nils", store.FeedOf{Problem: other})); got != "The river" {
			t.Errorf("the feed of another problem has %q", got)
		}
	})
}
