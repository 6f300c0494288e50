package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/fault"
)

// Backup writes a whole copy to a new file, as everything stands at one moment,
// while the store goes on. Nothing that was deleted is in the copy. With
// PostgreSQL it is refused: that has tools of its own.
func (s *Store) Backup(ctx context.Context, path string) error {
	if s.dir == "" {
		return NoBackup()
	}
	return BackupFolder(ctx, s.dir, path)
}

// NoBackup is what Backup says with PostgreSQL.
func NoBackup() error {
	return fault.New(fault.Invalid, "store.backup-postgres", "a PostgreSQL database is backed up with its own tools: pg_dump")
}

// BackupFolder is Backup of a data folder that another process may have open. It
// changes nothing in it, so that data can be copied before a newer parley brings
// its schema up to date.
func BackupFolder(ctx context.Context, dir, path string) error {
	if _, err := os.Stat(filepath.Join(dir, FileName)); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if path, err = filepath.Abs(path); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	// The empty file is made here, for nobody else to read, and filled by SQLite.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.New(fault.Conflict, "store.backup-exists", "%s exists already: name a file that does not", path).With("File", path)
	}
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	f.Close()
	if err := vacuumInto(ctx, dir, path); err != nil {
		return errors.Join(fmt.Errorf("back up: %w", err), os.Remove(path))
	}
	syncFolders(filepath.Dir(path))
	return nil
}

func vacuumInto(ctx context.Context, dir, path string) (err error) {
	db, err := sqliteDB(dir, 1, "", "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "vacuum into $1", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
