package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"parley/examples"
)

// BenchmarkFirstPage is the time from starting a server over data that is there
// to its first page. It is to stay below 100 ms.
func BenchmarkFirstPage(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "parley")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	dossier := filepath.Join(dir, "towns.yaml")
	for _, e := range examples.All() {
		if err := os.WriteFile(dossier, e.Data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	if out, err := exec.Command(program, "load", dossier, "--data", data).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	const address = "127.0.0.1:28931"
	for b.Loop() {
		server := exec.Command(program, "serve", "--data", data, "--listen", address)
		if err := server.Start(); err != nil {
			b.Fatal(err)
		}
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			r, err := http.Get("http://" + address + "/en")
			if err == nil {
				r.Body.Close()
				break
			}
			if time.Now().After(deadline) {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		server.Process.Signal(syscall.SIGINT)
		server.Wait()
		b.StartTimer()
	}
}
