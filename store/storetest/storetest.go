// Package storetest gives a test a fresh store on each engine: SQLite always,
// PostgreSQL where PARLEY_TEST_POSTGRES holds the address of a server on which
// databases may be made. postgres.sh beside it starts one.
package storetest

import (
	"context"
	"os"
	"testing"

	"parley/store"
)

// Address is the environment variable with the address of PostgreSQL.
const Address = "PARLEY_TEST_POSTGRES"

// Each runs the test on a fresh store of each engine, in a package with Main a copy
// of one.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, copied.sqlite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, copied.postgres(t))) })
}

// Engines runs the test with the configuration of an empty database of each
// engine, for tests that open it themselves, or more than once.
func Engines(t *testing.T, test func(t *testing.T, c store.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite is the configuration of an empty SQLite folder.
func SQLite(t testing.TB) store.Config { return store.Config{Dir: t.TempDir()} }

// Postgres is the configuration of an empty PostgreSQL database, which goes when
// the test ends. It skips the test where there is no server.
func Postgres(t testing.TB) store.Config {
	t.Helper()
	needServer(t)
	return database(t, "")
}

func needServer(t testing.TB) {
	t.Helper()
	if os.Getenv(Address) == "" {
		t.Skipf("no PostgreSQL: run the tests through store/storetest/postgres.sh run, or set %s", Address)
	}
}

// Open opens a store and closes it when the test ends.
func Open(t testing.TB, c store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return s
}
