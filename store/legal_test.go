package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestTheOwnerWritesTheLegalTexts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		owner, anna := holder(t, s, "owner", true), holder(t, s, "anna", false)
		privacy := store.LegalText{"en": "# Privacy", "ru": "# Личные данные"}
		must(t, s.ChangeLegal(ctx, owner, "privacy", privacy, now))
		must(t, s.ChangeLegal(ctx, owner, "imprint", store.LegalText{"en": "first"}, now))
		must(t, s.ChangeLegal(ctx, owner, "imprint", store.LegalText{"en": "second", "ru": ""}, now))
		must(t, s.ChangeLegal(ctx, owner, "terms", store.LegalText{"en": "gone"}, now))
		must(t, s.ChangeLegal(ctx, owner, "terms", nil, now))
		got, err := s.Legal(ctx)
		must(t, err)
		if want := map[string]store.LegalText{"privacy": privacy, "imprint": {"en": "second"}}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		wantFault(t, s.ChangeLegal(ctx, anna, "terms", privacy, now), fault.Denied, "dialogue.denied")
		wantFault(t, s.ChangeLegal(ctx, "", "terms", privacy, now), fault.Unknown, "dialogue.unknown")
		wantFault(t, s.ChangeLegal(ctx, owner, "jokes", privacy, now), fault.Missing, "store.no-legal")
		wantFault(t, s.ChangeLegal(ctx, owner, "terms", store.LegalText{"de": "x"}, now), fault.Invalid, "store.legal-language")
		long := store.LegalText{"en": strings.Repeat("ж", store.MaxLegal+1)}
		wantFault(t, s.ChangeLegal(ctx, owner, "terms", long, now), fault.Invalid, "store.legal-long")
	})
}
