package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/store"
	"parley/store/storetest"
)

// childDir tells the test binary that it is the process to be killed, and where
// it shall write.
const childDir = "PARLEY_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		writeUntilKilled(dir)
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes rows from many goroutines and prints the key of each
// once the store has said that it is saved.
func writeUntilKilled(dir string) {
	s, err := store.Open(context.Background(), store.Config{Dir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var wg sync.WaitGroup
	for writer := range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d-%d-%d", os.Getpid(), writer, i)
				if err := note(s, context.Background(), key); err == nil {
					os.Stdout.WriteString(key + "\n")
				}
			}
		})
	}
	wg.Wait()
}

// Promise 2: what was acknowledged is there after kill -9. PARLEY_KILLS sets how
// often; a release asks for 1000.
func TestKilledProcessLosesNothing(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 4
	}
	if n, err := strconv.Atoi(os.Getenv("PARLEY_KILLS")); err == nil {
		kills = n
	}
	c := storetest.SQLite(t)
	var acknowledged int64
	var slowest time.Duration
	for range kills {
		keys := runAndKill(t, c.Dir)
		start := time.Now()
		s, err := store.Open(context.Background(), c)
		must(t, err)
		slowest = max(slowest, time.Since(start))
		for _, key := range keys {
			if number(t, s, "select count(1) from job where subject = $1", key) != 1 {
				t.Fatalf("%s was acknowledged and is gone", key)
			}
		}
		acknowledged += int64(len(keys))
		if got := notes(t, s); got < acknowledged {
			t.Fatalf("got %d rows, want at least the %d that were acknowledged", got, acknowledged)
		}
		if v, err := s.Value(context.Background(), "pragma integrity_check"); err != nil || v != "ok" {
			t.Fatalf("integrity: %v, %v", v, err)
		}
		must(t, s.Close())
	}
	if acknowledged < int64(kills) {
		t.Errorf("only %d rows were acknowledged in %d runs", acknowledged, kills)
	}
	t.Logf("%d kills, %d rows acknowledged, none lost; slowest opening %v", kills, acknowledged, slowest)
}

// runAndKill returns the keys that the child printed before it was killed.
func runAndKill(t *testing.T, dir string) (keys []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // an unfinished line was not acknowledged
		}
		if keys = append(keys, strings.TrimSpace(line)); len(keys) == 1 {
			time.AfterFunc(rand.N(40*time.Millisecond), func() { child.Process.Kill() })
		}
	}
	child.Wait()
	return keys
}

func TestDataIsForNobodyElse(t *testing.T) {
	c := store.Config{Dir: filepath.Join(t.TempDir(), "new", "folder")}
	storetest.Open(t, c)
	info, err := os.Stat(c.Dir)
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the data folder is open to others: %v", info.Mode())
	}
}
