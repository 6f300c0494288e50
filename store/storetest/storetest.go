// Package storetest gives a test a fresh store on each engine: SQLite always,
// PostgreSQL where PARLEY_TEST_POSTGRES holds the address of a server on which
// databases may be made. postgres.sh beside it starts one.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"parley/store"
)

// Address is the environment variable with the address of PostgreSQL.
const Address = "PARLEY_TEST_POSTGRES"

// Each runs the test on a fresh store of each engine.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	Engines(t, func(t *testing.T, c store.Config) { test(t, Open(t, c)) })
}

// Engines runs the test with the configuration of a fresh database of each
// engine, for tests that open it themselves, or more than once.
func Engines(t *testing.T, test func(t *testing.T, c store.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite is the configuration of a fresh SQLite folder.
func SQLite(t testing.TB) store.Config { return store.Config{Dir: t.TempDir()} }

// Postgres is the configuration of a fresh PostgreSQL database, which goes when
// the test ends. It skips the test where there is no server.
func Postgres(t testing.TB) store.Config {
	t.Helper()
	server := os.Getenv(Address)
	if server == "" {
		t.Skipf("no PostgreSQL: run the tests through store/storetest/postgres.sh run, or set %s", Address)
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", Address, err)
	}
	name := "parley_test_" + strings.ToLower(rand.Text())
	admin(t, server, "create database "+name)
	t.Cleanup(func() { admin(t, server, "drop database "+name+" with (force)") })
	address.Path = "/" + name
	return store.Config{URL: address.String()}
}

func admin(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err == nil {
		defer db.Close()
		_, err = db.ExecContext(context.Background(), statement)
	}
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
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
