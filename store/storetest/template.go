package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"parley/store"
)

// template is a store of each engine in which nothing was done yet. A copy takes a
// fraction of the time that bringing a new schema up to date takes.
type template struct {
	file     func() ([]byte, error) // of SQLite
	database func() (string, error) // of PostgreSQL
}

// copied is what Each copies; nil: it makes every store anew.
var copied *template

// Main runs the tests of a package that asks Each for many stores.
func Main(m *testing.M) int {
	var made string
	copied = &template{
		file: sync.OnceValues(makeFile),
		database: sync.OnceValues(func() (string, error) {
			var err error
			made, err = makeDatabase()
			return made, err
		}),
	}
	code := m.Run()
	if made != "" {
		if err := administer("drop database " + made + " with (force)"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}

func makeFile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "parley-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, store.FileName)
	if err := untouched(store.Config{Dir: dir}, "sqlite", "file:"+name); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

func makeDatabase() (string, error) {
	name, address, err := create("")
	if err != nil {
		return "", err
	}
	return name, untouched(store.Config{URL: address}, "pgx", address)
}

// untouched brings a database up to date and takes out the secret that its server
// drew: every copy shall draw its own.
func untouched(c store.Config, driver, source string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, c)
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "delete from server_secret")
	return err
}

// sqlite is the configuration of a fresh folder in which the schema is up to date
// already, where there is something to copy.
func (x *template) sqlite(t testing.TB) store.Config {
	t.Helper()
	c := SQLite(t)
	if x != nil {
		b, err := x.file()
		must(t, err)
		must(t, os.WriteFile(filepath.Join(c.Dir, store.FileName), b, 0o600))
	}
	return c
}

// postgres is that of a fresh database.
func (x *template) postgres(t testing.TB) store.Config {
	t.Helper()
	if x == nil {
		return Postgres(t)
	}
	needServer(t)
	from, err := x.database()
	must(t, err)
	how := " template " + from
	if version(t) >= 15 {
		how = " strategy file_copy" + how // it would copy through its log, more slowly
	}
	return database(t, how)
}
