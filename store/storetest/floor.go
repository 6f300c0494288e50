package storetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Floor is the least that keeping answers over HTTP can cost on this machine: a
// session looked up by its digest, one row for the answer and one for its hash,
// many requests in one synced transaction, and nothing else. Benchmarks print it
// beside what the product does in the same run.
type Floor struct {
	session *sql.Stmt
	queue   chan floorVote
}

type floorVote struct {
	person, statement, choice string
	done                      chan error
}

const floorSchema = `
	create table session (digest text primary key, person text not null);
	create table vote (statement text not null, person text not null, choice text not null, at integer not null, primary key (statement, person));
	create table leaf (number integer primary key, hash text not null)`

// NewFloor makes a floor with a session for each secret.
func NewFloor(t testing.TB, secrets []string) *Floor {
	t.Helper()
	ctx := context.Background()
	name := filepath.Join(t.TempDir(), "floor.db")
	open := func(connections int) *sql.DB {
		db, err := sql.Open("sqlite", "file:"+name+"?_txlock=immediate&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=busy_timeout(10000)")
		must(t, err)
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		t.Cleanup(func() { db.Close() })
		return db
	}
	writes := open(1)
	_, err := writes.ExecContext(ctx, floorSchema)
	must(t, err)
	tx, err := writes.BeginTx(ctx, nil)
	must(t, err)
	for _, s := range secrets {
		_, err := tx.ExecContext(ctx, "insert into session values ($1, $2)", digest(s), s[:16])
		must(t, err)
	}
	must(t, tx.Commit())
	f := &Floor{queue: make(chan floorVote, 1024)}
	f.session, err = open(8).PrepareContext(ctx, "select person from session where digest = $1")
	must(t, err)
	conn, err := writes.Conn(ctx)
	must(t, err)
	t.Cleanup(func() { close(f.queue) })
	go f.write(ctx, conn)
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ServeHTTP keeps the answer "choice" to the statement of the path, of whoever the
// cookie "session" names.
func (f *Floor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie("session")
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	v := floorVote{statement: r.URL.Path, choice: r.PostFormValue("choice"), done: make(chan error, 1)}
	if err := f.session.QueryRowContext(r.Context(), digest(c.Value)).Scan(&v.person); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	f.queue <- v
	if err := <-v.done; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// write keeps what waits, many answers in one transaction.
func (f *Floor) write(ctx context.Context, conn *sql.Conn) {
	defer conn.Close()
	prepare := func(query string) *sql.Stmt {
		s, err := conn.PrepareContext(ctx, query)
		if err != nil {
			panic(err) // a query of our own
		}
		return s
	}
	begin, commit := prepare("begin immediate"), prepare("commit")
	vote := prepare("insert into vote values ($1, $2, $3, $4) on conflict (statement, person) do update set choice = excluded.choice, at = excluded.at")
	leaf := prepare("insert into leaf (hash) values ($1)")
	for first := range f.queue {
		waiting := []floorVote{first}
		_, err := begin.ExecContext(ctx)
		for i := 0; err == nil && i < len(waiting); i++ {
			v := waiting[i]
			if _, err = vote.ExecContext(ctx, v.statement, v.person, v.choice, time.Now().UnixMicro()); err == nil {
				_, err = leaf.ExecContext(ctx, digest(v.statement+v.person+v.choice))
			}
			select {
			case next, open := <-f.queue:
				if open && len(waiting) < 512 {
					waiting = append(waiting, next)
				}
			default:
			}
		}
		if err == nil {
			_, err = commit.ExecContext(ctx)
		}
		for _, v := range waiting {
			v.done <- err
		}
	}
}
