package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/demo"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/forum"
	"parley/store"
	"parley/writing"
)

// BenchmarkFirstPage is the time from starting a server over data that is there
// to its first page, over the examples alone and over a forum with 100,000
// comments, and what the process takes of memory once it has shown a page of each
// kind and rests. The time is to stay below 100 ms, the memory below 64 MB.
func BenchmarkFirstPage(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "parley")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for name, comments := range map[string]int{"examples": 0, "100000 comments": 100_000} {
		data := filepath.Join(dir, strconv.Itoa(comments))
		pages := filled(b, data, comments)
		b.Run(name, func(b *testing.B) {
			memory := 0.0
			for b.Loop() {
				server, address := started(b, program, data)
				b.StopTimer()
				for _, p := range pages {
					show(b, address+p)
				}
				time.Sleep(2 * time.Second)
				memory = max(memory, resident(b, server.Process.Pid))
				server.Process.Signal(syscall.SIGINT)
				server.Wait()
				b.StartTimer()
			}
			b.ReportMetric(memory, "MB-resting")
		})
	}
}

// started waits for the first page.
func started(b *testing.B, program, data string) (*exec.Cmd, string) {
	b.Helper()
	const address = "127.0.0.1:28931"
	server := exec.Command(program, "serve", "--data", data, "--listen", address)
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		r, err := http.Get("http://" + address + "/en")
		if err == nil {
			r.Body.Close()
			return server, "http://" + address
		}
		if time.Now().After(deadline) {
			b.Fatal(err)
		}
	}
}

func show(b *testing.B, address string) {
	b.Helper()
	r, err := http.Get(address)
	if err != nil {
		b.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s", address, r.Status)
	}
}

var residentLine = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// resident is the memory of a process in MB; 0 where the system does not tell.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	kB, _ := strconv.ParseFloat(string(residentLine.FindSubmatch(status)[1]), 64)
	return kB / 1024
}

// filled stores the examples and that many comments under a hundred problems, and
// returns addresses of pages to look at.
func filled(b *testing.B, dir string, comments int) []string {
	b.Helper()
	ctx, now := context.Background(), time.Now()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	st, err := store.Open(ctx, store.Config{Dir: dir})
	must(err)
	defer func() { must(st.Close()) }()
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		must(err)
		_, err = st.LoadDossier(ctx, d, now)
		must(err)
	}
	pages := []string{"/en/us-russia-2009", "/ru/us-russia-2009/comparison", "/en/three-towns"}
	if comments == 0 {
		return pages
	}
	guests, err := demo.Fill(ctx, st, now)
	must(err)
	var speakers []demo.Guest
	for _, g := range guests {
		if g.Role == dialogue.Participant {
			speakers = append(speakers, g)
		}
	}
	var problems []writing.ID
	for i := range 100 {
		n, err := st.RaiseProblem(ctx, speakers[0].Person, demo.Dialogue, forum.NewProblem{Lang: "en", Title: fmt.Sprint("Measured problem ", i), Body: "For a benchmark."}, now)
		must(err)
		problems = append(problems, n)
	}
	var wg sync.WaitGroup
	for k := range 64 {
		wg.Go(func() {
			for i := k; i < comments; i += 64 {
				_, err := st.Comment(ctx, speakers[i%len(speakers)].Person, demo.Dialogue, forum.NewComment{
					Under: problems[i%len(problems)], Lang: "en", Body: fmt.Sprintf("Comment %d says that the river **rises** and that nobody had told the town below.", i),
				}, now)
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return append(pages, "/en/three-towns/problems", fmt.Sprintf("/en/three-towns/problem/%d", problems[0]), "/ru/three-towns/search?q=river")
}
