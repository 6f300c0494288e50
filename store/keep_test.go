package store_test

import (
	"context"
	"testing"
	"time"

	"parley/account"
	"parley/fault"
	"parley/store"
)

// holder makes the row of an account, for tests of what hangs on it.
func holder(t testing.TB, s *store.Store, id account.PersonID, owner bool) account.PersonID {
	t.Helper()
	own := 0
	if owner {
		own = 1
	}
	must(t, s.Write(context.Background(), func(d store.Deed) error {
		return d.Exec(`
			insert into person (id, name, lang, zone, email, email_folded, owner, user_handle, created_at)
			values ($1, $2, 'ru', 'Europe/Berlin', '', null, $3, $4, 1)`,
			string(id), "name of "+string(id), own, "handle of "+string(id))
	}))
	return id
}

func wantFault(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Kind != kind || f.Key != key {
		t.Errorf("got %v, want the fault %s", err, key)
	}
}

const day = 24 * time.Hour
