package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"parley/fault"
)

//go:embed migration/*.sql
var migrations embed.FS

// migrate brings the schema up to date, never back. Many nodes may start at
// once: on PostgreSQL a row of migration_lock lets one pass at a time; SQLite
// locks its file for each step, and who comes second finds the step done.
func migrate(ctx context.Context, db *sql.DB, dialect database.Dialect, log *slog.Logger) error {
	files, err := fs.Sub(migrations, "migration")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()),
		goose.WithGoMigrations(searchMigration(dialect))}
	attempts := 10
	if dialect == database.DialectPostgres {
		attempts = 1
		one, err := lock.NewPostgresTableLocker(
			lock.WithTableName("migration_lock"),
			lock.WithTableLockTimeout(250*time.Millisecond, 1200),
			lock.WithTableUnlockTimeout(250*time.Millisecond, 40),
			lock.WithTableLogger(slog.New(slog.DiscardHandler)),
		)
		if err != nil {
			return err
		}
		options = append(options, goose.WithLocker(one))
	}
	p, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return err
	}
	var done []*goose.MigrationResult
	for range attempts {
		if done, err = p.Up(ctx); err == nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	if has > knows {
		return fault.New(fault.Conflict, "store.newer-schema",
			"the data has schema %d and this parley knows %d: run a newer parley; data never goes back to an older one", has, knows).
			With("Has", has).With("Knows", knows)
	}
	if len(done) > 0 {
		log.Info("the schema is up to date", "version", has, "steps", len(done))
	}
	return makeServerSecret(ctx, db)
}
