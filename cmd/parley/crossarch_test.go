package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestSameBytes shows that an answer depends neither on the machine nor on how
// many cores work on it: this machine and an emulated arm64, with 1 and 16
// workers, write the same bytes.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program twice")
	}
	const emulator = "qemu-aarch64-static"
	machines := []struct {
		arch     string
		emulator []string
	}{{runtime.GOARCH, nil}, {"arm64", []string{emulator}}}
	if _, err := exec.LookPath(emulator); err != nil {
		t.Logf("no second architecture: %s (Debian: qemu-user-static) is not installed", emulator)
		machines = machines[:1]
	}
	want := map[string][]byte{}
	for _, m := range machines {
		program := filepath.Join(t.TempDir(), "parley-"+m.arch)
		build := exec.Command("go", "build", "-trimpath", "-o", program, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+m.arch)
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", build, err, out)
		}
		for _, example := range []string{"us-russia-2009", "three-towns"} {
			for _, workers := range []string{"1", "16"} {
				args := append(m.emulator, program, "deals", filepath.Join("..", "..", "examples", example+".yaml"),
					"--format", "json", "--samples", "500", "--workers", workers)
				run := exec.Command(args[0], args[1:]...)
				got, err := run.Output()
				if err != nil {
					t.Fatalf("%v: %v", run, err)
				}
				if want[example] == nil {
					want[example] = got
				}
				if !bytes.Equal(got, want[example]) {
					t.Errorf("%s on %s with %s workers: %d bytes that differ from the %d of the first run", example, m.arch, workers, len(got), len(want[example]))
				}
			}
		}
	}
}
