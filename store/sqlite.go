package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/pressly/goose/v3/database"
)

// FileName is the name of the database inside the data folder.
const FileName = "parley.db"

const (
	sqliteReaders = 8
	busyTimeout   = 10 * time.Second // another process may hold the file
)

// openSQLite opens the file twice: one connection that writes, and a pool that
// can only read. FULL means that a commit is on the disk before anybody is
// told; see the writer for why that costs little.
func openSQLite(ctx context.Context, c Config, s *Store) error {
	dir, err := filepath.Abs(c.Dir)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return err
	}
	s.dir = dir
	writes, err := sqliteDB(dir, 1, c.hooks.vfs, c.hooks.pragma)
	if err != nil {
		return err
	}
	if err := migrate(ctx, writes, database.DialectSQLite3, c.Log); err != nil {
		return errors.Join(err, writes.Close())
	}
	if s.readers, err = sqliteDB(dir, sqliteReaders, "", "query_only(1)"); err != nil {
		return errors.Join(err, writes.Close())
	}
	if s.writer, err = newGroup(ctx, writes, c, s.memory); err != nil {
		return errors.Join(err, writes.Close(), s.readers.Close())
	}
	syncFolders(dir)
	return nil
}

// syncFolders makes a new folder, and the new file in it, as durable as what
// will be written there. Where a system has no such notion nothing happens.
func syncFolders(dir string) {
	for before := ""; dir != before; before, dir = dir, filepath.Dir(dir) {
		f, err := os.Open(dir)
		if err != nil {
			return
		}
		f.Sync()
		f.Close()
	}
}

// sqliteDB opens the file through a file system, "" being the usual one, with
// one pragma more than all connections have.
func sqliteDB(dir string, connections int, vfs, pragma string) (*sql.DB, error) {
	query := url.Values{"_txlock": {"immediate"}, "_defensive": {"1"}, "_dqs": {"0"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "journal_mode(wal)", "synchronous(full)",
		"fullfsync(1)", "checkpoint_fullfsync(1)", "foreign_keys(1)", "journal_size_limit(67108864)",
		"secure_delete(1)", // what is deleted is overwritten, see Scrub
	}}
	if pragma != "" {
		query.Add("_pragma", pragma)
	}
	if vfs != "" {
		query.Set("vfs", vfs)
	}
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, FileName)), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// isLocked reports whether another process kept the file for too long.
func isLocked(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
