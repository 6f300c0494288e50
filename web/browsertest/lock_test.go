package browsertest

import (
	"bytes"
	"os"
	"testing"
)

// TestLockNamesNoHost keeps the list of checkers free of the address of any one
// registry: each machine has its own.
func TestLockNamesNoHost(t *testing.T) {
	lock, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"://", `"resolved"`} {
		if bytes.Contains(lock, []byte(word)) {
			t.Errorf("package-lock.json says %q; .npmrc asks for it to be left out", word)
		}
	}
}
