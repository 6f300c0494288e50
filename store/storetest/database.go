package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"parley/store"
)

// server is the PostgreSQL on which databases are made and dropped.
var server = sync.OnceValues(func() (*sql.DB, error) { return sql.Open("pgx", os.Getenv(Address)) })

func administer(statement string) error {
	db, err := server()
	if err == nil {
		_, err = db.ExecContext(context.Background(), statement)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// version is the one of PostgreSQL, 15 for 15.3.
func version(t testing.TB) int {
	t.Helper()
	db, err := server()
	must(t, err)
	var n int
	must(t, db.QueryRow("select current_setting('server_version_num')::int / 10000").Scan(&n))
	return n
}

// create makes a database with a name of its own and tells its address.
func create(how string) (name, address string, err error) {
	u, err := url.Parse(os.Getenv(Address))
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", Address, err)
	}
	name = "parley_test_" + strings.ToLower(rand.Text())
	u.Path = "/" + name
	return name, u.String(), administer("create database " + name + how)
}

// database is the configuration of a database that goes when the test ends.
func database(t testing.TB, how string) store.Config {
	t.Helper()
	name, address, err := create(how)
	must(t, err)
	t.Cleanup(func() {
		left(name)
		must(t, administer("drop database "+name+" with (force)"))
	})
	return store.Config{URL: address}
}

// left waits a moment for the connections to a database that were closed just now.
// PostgreSQL would wait for them too, but a tenth of a second at a time.
func left(name string) {
	db, err := server()
	for range 50 {
		var here int
		if err != nil || db.QueryRow("select count(*) from pg_stat_activity where datname = $1", name).Scan(&here) != nil || here == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
