package store_test

import (
	"context"
	"testing"

	"parley/deal"
	"parley/store"
	"parley/store/storetest"
)

// What stands in the columns outlives this binary, so its form is fixed.
func TestFormOfTheColumns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		load(t, s, plain("river"))
		ask(t, s, "river", deal.DefaultSettings(), now)
		for query, want := range map[string]any{
			"select title from dialogue":                                  `{"en":"Three towns <on> one river","ru":"Три города на одной реке"}`,
			"select languages from dialogue":                              `["ru","en"]`,
			"select note from interest where id = 'S-2'":                  `{}`,
			"select author_side from register where number = 1":           nil,
			"select role_high from counterpart where side = 'E'":          "important",
			"select part from topic_share where interest = 'N-1'":         nil,
			"select created_at from dialogue":                             now.UnixMicro(),
			"select settings from deal_question":                          `{"seed":1,"samples":10000,"stakes":"split","baseline":"free"}`,
			"select substr(snapshot, 1, 12) from deal_question":           "# A dialogue",
			"select kind || ' ' || state || ' ' || attempt from job":      "deals waiting 0",
			"select named_as from named where of_side = 'N'":              "ask",
			"select relation from topic where id = 'water' and divisible": "opposed",
		} {
			got, err := s.Value(context.Background(), query)
			must(t, err)
			if b, ok := got.([]byte); ok {
				got = string(b)
			}
			if got != want {
				t.Errorf("%s: got %v, want %v", query, got, want)
			}
		}
	})
}

// A word that no scale has, as a newer parley might write it, is an error and
// not silently "not stated".
func TestUnknownWordIsAnError(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	load(t, s, plain("river"))
	must(t, s.Write(ctx, func(d store.Deed) error {
		if err := d.Exec("pragma ignore_check_constraints = 1"); err != nil {
			return err
		}
		return d.Exec("update interest set tier = 'supreme' where id = 'S-2'")
	}))
	if _, err := s.Dossier(ctx, "river"); err == nil {
		t.Error("the unknown word was read as something else")
	}
}
