package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
	"parley/feed"
	"parley/forum"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

func (x *society) feedOf(who string, of store.FeedOf) *feed.Feed {
	x.t.Helper()
	if of.Lang == "" {
		of.Lang = "en"
	}
	of.Origin = "https://parley.example"
	f, err := x.Feed(x.ctx, person(who), x.id, of)
	x.must(err)
	return f
}

func (x *society) ruled(r dialogue.Rule) {
	x.t.Helper()
	x.must(x.Write(x.ctx, func(d store.Deed) error {
		return d.Exec(`update dialogue set rule = $2 where id = $1`, x.id, string(r))
	}))
}

func entries(f *feed.Feed) string {
	var out []string
	for _, e := range f.Entries {
		out = append(out, e.Title)
	}
	return strings.Join(out, "; ")
}

func TestAFeedIsWhatEverybodyHereMayRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.ruled(dialogue.Public)
		p, err := s.RaiseProblem(x.ctx, "nora", x.id, forum.NewProblem{Lang: "en", Title: "The bridge", Body: "See #2.", Tags: []string{"water"}}, now)
		x.must(err)
		q := x.problem("nora", "The river")
		x.comment("sara", p, 0, "Yes, and #2.")
		x.must(s.Translate(x.ctx, "twin", x.id, p, "ru", "Мост", "См. #2.", 1, now.Add(time.Hour)))
		if got, want := entries(x.feedOf("lone", store.FeedOf{})), "Comment on “The bridge”; The river; The bridge"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		f := x.feedOf("lone", store.FeedOf{Lang: "ru"})
		first, last := f.Entries[0], f.Entries[2]
		if last.Title != "Мост" || last.Lang != "ru" || !last.Updated.Equal(now.Add(time.Hour).UTC().Truncate(time.Microsecond)) || last.Author != "Nora" || last.Tags[0] != "water" {
			t.Errorf("got %+v", last)
		}
		if first.Lang != "en" || first.Title != "Комментарий на странице «Мост»" || first.Address != "https://parley.example/ru/towns/problem/1#c-3" {
			t.Errorf("got %+v", first)
		}
		if want := `href="https://parley.example/ru/towns/item/2"`; !strings.Contains(first.HTML, want) || strings.Contains(first.HTML, "/go/") {
			t.Errorf("got %q, want %q in it", first.HTML, want)
		}
		if want := fmt.Sprintf("tag:parley.example,%d:towns/3", now.UTC().Year()); first.ID != want {
			t.Errorf("got %q, want %q", first.ID, want)
		}
		if got := entries(x.feedOf("lone", store.FeedOf{Problem: q})); got != "The river" {
			t.Errorf("the feed of a problem: got %q", got)
		}
		if got := entries(x.feedOf("lone", store.FeedOf{Tag: "water"})); got != "The bridge" {
			t.Errorf("the feed of a tag: got %q", got)
		}
		later := now.Add(2 * time.Hour)
		x.must(s.Withdraw(x.ctx, "nora", x.id, p, later))
		f = x.feedOf("nora", store.FeedOf{})
		if got := entries(f); got != "The river" {
			t.Errorf("withdrawn, and yet: %q, to its author", got)
		}
		if f.Updated.Before(later.Truncate(time.Microsecond)) {
			t.Errorf("updated at %s: who asks whether it changed is not told that something went", f.Updated)
		}
		_, err = s.Feed(x.ctx, "lone", x.id, store.FeedOf{Problem: p, Lang: "en"})
		x.refused(err, "writing.missing")
		_, err = s.Feed(x.ctx, "lone", x.id, store.FeedOf{Problem: 3, Lang: "en"})
		x.refused(err, "writing.missing")
	})
}

// Rooms decide who may take feeds, and whether they name anybody.
func TestFeedsKeepTheRuleOfTheRoom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.problem("nora", "The bridge")
		for rule, want := range map[dialogue.Rule]string{dialogue.Public: "Nora", dialogue.Members: "Nora", dialogue.NonAttribution: "", dialogue.OffTheRecord: "refused"} {
			x.ruled(rule)
			f, err := s.Feed(x.ctx, "sara", x.id, store.FeedOf{Lang: "en", Origin: "https://parley.example"})
			if want == "refused" {
				x.refused(err, "dialogue.rule")
				continue
			}
			x.must(err)
			if got := f.Entries[0].Author; got != want {
				t.Errorf("%s: got the author %q, want %q", rule, got, want)
			}
			_, err = s.Feed(x.ctx, "", x.id, store.FeedOf{Lang: "en"})
			if (err == nil) != (rule == dialogue.Public) {
				t.Errorf("%s: a visitor gets %v", rule, err)
			}
		}
	})
}

// Pages never change where they begin and end, whatever is written or withdrawn
// later, and together hold everything once.
func TestArchivesOfAFeedStandStill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		p := x.problem("nora", "The bridge")
		for i := range 119 {
			x.comment("sara", p, 0, fmt.Sprint("Comment ", i))
		}
		walk := func() (pages []string) {
			seen := map[string]bool{}
			for before := writing.ID(0); ; {
				f := x.feedOf("lone", store.FeedOf{Before: before, Key: "secret"})
				for _, e := range f.Entries {
					if seen[e.ID] {
						t.Errorf("%s stands twice", e.ID)
					}
					seen[e.ID] = true
				}
				pages = append(pages, fmt.Sprintf("%d %s", len(f.Entries), f.Entries[len(f.Entries)-1].ID))
				if strings.Contains(f.Self.Atom+f.Home+f.Current.Atom, "secret") {
					t.Error("the key stands in an address that readers hand on")
				}
				if (before != 0) != (f.Current.Atom != "") {
					t.Errorf("current is %q", f.Current.Atom)
				}
				if f.Prev.Atom == "" {
					break
				}
				var q int
				if _, err := fmt.Sscanf(f.Prev.Atom, "https://parley.example/en/towns/feed.atom?before=%d&key=secret", &q); err != nil {
					t.Fatalf("%q: %v", f.Prev.Atom, err)
				}
				before = writing.ID(q)
			}
			if len(seen) != int(number(t, s, "select count(1) from contribution where state = 'shown'")) {
				t.Errorf("%d entries in all", len(seen))
			}
			return pages
		}
		first := walk()
		if len(first) != 2 || !strings.HasPrefix(first[0], "70 ") || !strings.HasPrefix(first[1], "50 ") {
			t.Errorf("got %q", first)
		}
		for i := range 40 {
			x.comment("sara", p, 0, fmt.Sprint("More ", i))
		}
		x.must(s.Withdraw(x.ctx, "sara", x.id, 60, now))
		if more := walk(); len(more) != 3 || more[2] != first[1] {
			t.Errorf("got %q, then %q", first, more)
		}
	})
}

func TestAnEmptyFeed(t *testing.T) {
	x := forumed(t, storetest.Open(t, storetest.SQLite(t)))
	f := x.feedOf("lone", store.FeedOf{})
	if len(f.Entries) != 0 || f.Updated.IsZero() || f.Prev.Atom != "" || f.Title == "" {
		t.Errorf("got %+v", f)
	}
}
