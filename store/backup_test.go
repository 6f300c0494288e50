package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

func TestABackupIsTheWholeAndOpens(t *testing.T) {
	c := storetest.SQLite(t)
	s := storetest.Open(t, c)
	ctx := context.Background()
	load(t, s, sample("river"))
	holder(t, s, "anna", false)
	before, err := s.State(ctx)
	must(t, err)
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	must(t, s.Backup(ctx, path))
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", i.Mode(), err)
	}
	after, err := storetest.Open(t, store.Config{Dir: dir}).State(ctx)
	must(t, err)
	if before != after {
		t.Error("the copy differs")
	}
	wantFault(t, s.Backup(ctx, path), fault.Conflict, "store.backup-exists")
	if err := s.Backup(ctx, filepath.Join(dir, "no", "such", "folder")); err == nil {
		t.Error("a backup into a folder that is not there")
	}
}

// A copy is of the data as they are, also where their schema is of another
// version; and no data is no copy.
func TestABackupChangesNothing(t *testing.T) {
	c := storetest.SQLite(t)
	ctx := context.Background()
	s := storetest.Open(t, c)
	must(t, s.Write(ctx, func(d store.Deed) error {
		return d.Exec("insert into goose_db_version (version_id, is_applied, tstamp) values (9999, 1, '2100-01-01')")
	}))
	dir := t.TempDir()
	must(t, store.BackupFolder(ctx, c.Dir, filepath.Join(dir, store.FileName)))
	if _, err := store.Open(ctx, store.Config{Dir: dir}); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v: the copy has not the schema of what was copied", err)
	}
	if err := store.BackupFolder(ctx, t.TempDir(), filepath.Join(dir, "x")); err == nil {
		t.Error("a copy of nothing")
	}
	if _, err := os.Stat(filepath.Join(dir, "x")); err == nil {
		t.Error("a file was left")
	}
}

// A copy made while others write holds each of their deeds whole or not at all.
func TestABackupUnderLoadIsOfOneMoment(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	ctx := context.Background()
	stop := make(chan struct{})
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				err := s.Write(ctx, func(d store.Deed) error {
					return errors.Join(
						d.Exec("insert into legal_text (kind, words, changed_at) values ('terms', '{}', 1) on conflict (kind) do nothing"),
						pair(d, fmt.Sprintf("%d-%d-a", w, i)), pair(d, fmt.Sprintf("%d-%d-b", w, i)))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 5 {
		dir := t.TempDir()
		must(t, s.Backup(ctx, filepath.Join(dir, store.FileName)))
		kept := storetest.Open(t, store.Config{Dir: dir})
		if n := number(t, kept, "select count(1) from job"); n%2 != 0 {
			t.Errorf("half a deed in the copy: %d rows", n)
		}
		if ok, err := kept.Value(ctx, "pragma integrity_check"); err != nil || fmt.Sprint(ok) != "ok" {
			t.Errorf("got %v, %v", ok, err)
		}
	}
	close(stop)
	all.Wait()
}

func pair(d store.Deed, subject string) error {
	return d.Exec(`insert into job (kind, subject, version, state, attempt, run_at, holder, lease_until, done, total, error)
		values ('pair', $1, '1', 'done', 0, 0, '', 0, 0, 0, '')`, subject)
}

func TestPostgresHasItsOwnBackups(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	wantFault(t, s.Backup(context.Background(), filepath.Join(t.TempDir(), "x")), fault.Invalid, "store.backup-postgres")
}
