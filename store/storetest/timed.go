package storetest

import (
	"os"
	"testing"
)

// Timing is the environment variable that asks for tests that compare how long
// things take.
const Timing = "PARLEY_TEST_TIMING"

// Timed skips a test that compares times, unless it was asked for: on a machine
// that does something else they say nothing. make timing asks for them.
func Timed(t testing.TB) {
	t.Helper()
	if os.Getenv(Timing) == "" {
		t.Skip("compares times: make timing, on a quiet machine")
	}
}
