package apitest_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"parley/account"
	"parley/api"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/store/storetest"
)

// live is a server on loopback over a society.
type live struct {
	*apitest.Society
	*httptest.Server
}

// serve lets the server run for as long as the test.
func serve(t *testing.T, rooms ...apitest.Room) *live {
	t.Helper()
	x := apitest.Gather(t, storetest.Open(t, storetest.SQLite(t)))
	for _, r := range rooms {
		x.Settle(r)
	}
	h, err := api.New(api.Config{
		Store: x.Store, Now: func() time.Time { return apitest.Now }, Limiter: account.NewLimiter(1_000_000), Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return &live{x, s}
}

var towns = apitest.Room{ID: "towns", Rule: dialogue.Public, Stage: dialogue.Open, Roster: dialogue.RosterMembers}

// tool is a program that `make needs` puts here; the test is skipped where it is
// not.
func tool(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(full); err != nil {
		t.Skipf("%s is not here: `make needs` installs it", path)
	}
	return full
}

// run is a program with its output; it ends with the test, or after the time.
func run(t *testing.T, most time.Duration, dir, name string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "NO_COLOR=1", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "PYTHONDONTWRITEBYTECODE=1")
	out, err := c.CombinedOutput()
	return string(out), err
}
