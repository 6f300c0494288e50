package store_test

import (
	"fmt"
	"testing"

	"parley/forum"
	"parley/moderation"
	"parley/notice"
	"parley/store"
	"parley/store/storetest"
)

// A change that names the state from which it began is made in that state alone;
// one that names none is made in any.
func TestSettingsAreChangedFromAState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, _ := moderated(t, s)
		rules := func(most int, from int64) error {
			return s.SetModerationRules(x.ctx, "mode", x.id, moderation.Rules{Premoderate: most, Text: "It grows.", Lang: "en", Revision: from}, now)
		}
		notices := func(hour int, from int64) error {
			n := notice.DefaultSettings()
			n.Hour, n.Revision = hour, from
			return s.SetNotices(x.ctx, "nora", n, now)
		}
		for name, c := range map[string]struct {
			set func(int, int64) error
			now func() (int, int64)
		}{
			"rules": {rules, func() (int, int64) {
				r, err := s.ModerationRules(x.ctx, "nora", x.id)
				x.must(err)
				return r.Premoderate, r.Revision
			}},
			"notices": {notices, func() (int, int64) {
				n, err := s.NoticeSettings(x.ctx, "nora")
				x.must(err)
				return n.Hour, n.Revision
			}},
		} {
			_, first := c.now()
			if first != 1 {
				t.Errorf("%s: the first revision is %d", name, first)
			}
			x.must(c.set(3, first))
			got, second := c.now()
			if got != 3 || second <= first {
				t.Errorf("%s: got %d, revision %d", name, got, second)
			}
			x.refused(c.set(4, first), "store.stale")
			x.refused(c.set(4, second+1), "store.stale")
			x.must(c.set(5, 0))
			if got, third := c.now(); got != 5 || third <= second {
				t.Errorf("%s: got %d, revision %d", name, got, third)
			}
		}
	})
}

// A list gives one line more than its longest page where it is asked for that, and
// never more.
func TestAListTellsOfItsNextPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		for n := range forum.MostLines + 3 {
			x.problem("nora", fmt.Sprint("the bridge ", n))
		}
		for limit, want := range map[int]int{0: forum.MostLines, 7: 7, forum.MostLines: forum.MostLines, forum.MostLines + 1: forum.MostLines + 1, 1000: forum.MostLines, -1: forum.MostLines} {
			lines, err := s.Problems(x.ctx, "sara", x.id, forum.Filter{Limit: limit})
			if x.must(err); len(lines) != want {
				t.Errorf("%d were asked for: got %d, want %d", limit, len(lines), want)
			}
		}
	})
}
