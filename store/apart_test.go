package store_test

import (
	"testing"

	"parley/account"
	"parley/forum"
	"parley/moderation"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// Authors find what they wrote that nobody else reads; others do not.
func TestAuthorsFindTheirOwnHeldTexts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		library(x)
		x.must(s.SetModerationRules(x.ctx, "ann", x.id, moderation.Rules{Premoderate: 20, Text: "Many are new.", Lang: "en"}, now))
		n, err := s.Comment(x.ctx, "sara", x.id, forum.NewComment{Under: 1, Lang: "ru", Body: "Рынок у паромной переправы"}, now)
		x.must(err)
		if item, _, err := s.Item(x.ctx, "sara", x.id, n); err != nil || item.State != writing.Held {
			t.Fatalf("%s, %v", item.State, err)
		}
		for who, want := range map[string]int{"sara": 1, "nora": 0, "lone": 0} {
			f, err := s.Search(x.ctx, account.PersonID(who), x.id, forum.Query{Words: "рынка"}, "ru")
			x.must(err)
			if len(f.Hits) != want || f.Total != want {
				t.Errorf("%s finds %+v, want %d", who, f.Hits, want)
			}
		}
		f, err := s.Search(x.ctx, "sara", x.id, forum.Query{Words: "рынка", Kind: writing.Problem}, "ru")
		x.must(err)
		if len(f.Hits) != 0 {
			t.Errorf("among problems stands %+v", f.Hits)
		}
	})
}
