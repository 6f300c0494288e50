package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestManyNodesStartAtOnce(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				s, err := store.Open(context.Background(), c)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		load(t, storetest.Open(t, c), sample("river"))
	})
}

func TestDataSurvivesReopening(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		s, err := store.Open(context.Background(), c)
		must(t, err)
		load(t, s, sample("river"))
		before := state(t, s)
		must(t, s.Close())
		if got := state(t, storetest.Open(t, c)); got != before || got == "" {
			t.Error("the data changed while nobody held it")
		}
	})
}

// Promise 7: an old binary refuses a newer schema.
func TestNewerSchemaIsRefused(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, c store.Config) {
		ctx := context.Background()
		s, err := store.Open(ctx, c)
		must(t, err)
		must(t, s.Write(ctx, func(d store.Deed) error {
			return d.Exec(`
				insert into goose_db_version (version_id, is_applied)
				values (9999, $1)`, true)
		}))
		must(t, s.Close())
		s, err = store.Open(ctx, c)
		if err == nil {
			s.Close()
			t.Fatal("it was opened")
		}
		if f, ok := fault.As(err); !ok || f.Key != "store.newer-schema" {
			t.Errorf("%v is no fault that tells people what to do", err)
		}
		if !strings.Contains(err.Error(), "schema 9999") || !strings.Contains(err.Error(), "newer parley") {
			t.Errorf("got %q", err)
		}
	})
}

func TestConfigNamesOnePlace(t *testing.T) {
	for _, c := range []store.Config{{}, {Dir: t.TempDir(), URL: "postgres:///x"}} {
		if _, err := store.Open(context.Background(), c); err == nil {
			t.Errorf("%+v was opened", c)
		}
	}
}

func TestFolderMayHaveAnyName(t *testing.T) {
	c := store.Config{Dir: filepath.Join(t.TempDir(), "папка 100% ?a=b&c#d;e'f")}
	load(t, storetest.Open(t, c), sample("river"))
	if _, err := os.Stat(filepath.Join(c.Dir, store.FileName)); err != nil {
		t.Error(err)
	}
}

func TestAddressThatDoesNotAnswer(t *testing.T) {
	_, err := store.Open(context.Background(), store.Config{URL: "postgres://someone:secret@127.0.0.1:1/x?connect_timeout=1"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want an error without the password", err)
	}
}

func TestEveryTableIsKnownToTheTests(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	if got, want := number(t, s, "select count(1) from sqlite_schema where type = 'table' and name not like '%goose%' and name not like 'sqlite%' and name not like 'search_index%'"), len(store.Tables); got != int64(want) {
		t.Errorf("the schema has %d tables, the tests look at %d", got, want)
	}
}
