package web

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/dialogue"
	"parley/opinion"
	"parley/store"
	"parley/store/storetest"
	"parley/writing"
)

// The connections, people and statements of the benchmark of answers.
const (
	voteConnections = 256
	votePeople      = 512
	voteStatements  = 40
)

// BenchmarkVotes keeps answers over HTTP on one machine, client and server
// together, from connections that wait for their answer: "floor" is the least that
// this can cost (storetest.Floor), "page" is the form of a statement's own page as
// a browser sends it, session checked. Each prints answers a second and the 99th
// percentile of what one waits.
//
//	go test ./web -run '^$' -bench Votes -benchtime 100000x
func BenchmarkVotes(b *testing.B) {
	b.Run("floor", func(b *testing.B) {
		secrets := make([]string, votePeople)
		for i := range secrets {
			secrets[i] = fmt.Sprintf("%064d", i)
		}
		f := storetest.NewFloor(b, secrets)
		loadVotes(b, f, http.StatusNoContent, func(i int) string {
			return voteRequest(fmt.Sprintf("/statement-%d", i/votePeople%voteStatements), "localhost", "session="+secrets[i%votePeople], choiceOf(i))
		})
	})
	for name, config := range map[string]func(testing.TB) store.Config{"page/sqlite": storetest.SQLite, "page/postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) { benchmarkPage(b, config(b)) })
	}
}

func benchmarkPage(b *testing.B, c store.Config) {
	st := storetest.Open(b, c)
	load(b, st, river())
	x := newSociety(b, Config{Store: st}, nil)
	cookies := x.crowd(votePeople)
	var statements []writing.ID
	for i := range voteStatements {
		n, err := st.ProposeStatement(context.Background(), x.people[dialogue.Convener], x.dialogue,
			opinion.NewStatement{Lang: "en", Title: fmt.Sprintf("The river has %d bends.", i)}, time.Now())
		x.must(err)
		statements = append(statements, n)
	}
	loadVotes(b, x.Handler(), http.StatusSeeOther, func(i int) string {
		address := fmt.Sprintf("/en/%s/statement/%d/vote", x.dialogue, statements[i/votePeople%voteStatements])
		return voteRequest(address, x.origin.Host, cookies[i%votePeople], choiceOf(i))
	})
}

// crowd lets in that many people, in turn of both sides, and returns the cookies
// of their sessions.
func (x *society) crowd(size int) []string {
	x.t.Helper()
	ctx, now := context.Background(), time.Now()
	sides := []dialogue.SideID{"W", "E"}
	cookies := make([]string, size)
	var wg sync.WaitGroup
	for part := range slices.Chunk(slices.Collect(seq(size)), size/16) {
		wg.Go(func() {
			for _, i := range part {
				person, err := x.Store.Invent(ctx, fmt.Sprint("crowd-", i), "en", now)
				x.must(err)
				_, err = x.Store.Join(ctx, person, x.dialogue, store.JoinRequest{
					Sides: sides[i%2 : i%2+1], Version: 1, Lang: "en", Ticks: dialogue.Ticks,
				}, now)
				x.must(err)
				o, err := x.Store.OpenSession(ctx, person, "", now)
				x.must(err)
				cookies[i] = x.cookieName(sessionCookie) + "=" + o.Secret
			}
		})
	}
	wg.Wait()
	return cookies
}

func seq(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func choiceOf(i int) string {
	return string(opinion.Choices[i/(votePeople*voteStatements)%len(opinion.Choices)])
}

func voteRequest(address, host, cookie, choice string) string {
	form := "choice=" + choice
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nSec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0\r\nAccept-Encoding: gzip\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", address, host, cookie, len(form), form)
}

// loadVotes sends request(0), request(1), … and demands the status of each.
func loadVotes(b *testing.B, h http.Handler, status int, request func(i int) string) {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: h}
	go server.Serve(l)
	defer server.Close()
	want := fmt.Sprintf("HTTP/1.1 %d ", status)
	waits := make([]time.Duration, b.N)
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range voteConnections {
		wg.Go(func() {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				b.Error(err)
				return
			}
			defer c.Close()
			answers := bufio.NewReader(c)
			for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
				start := time.Now()
				if _, err := c.Write([]byte(request(int(i)))); err != nil {
					b.Error(err)
					return
				}
				if err := readAnswer(answers, want); err != nil {
					b.Error(err)
					return
				}
				waits[i] = time.Since(start)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	slices.Sort(waits)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "votes/s")
	b.ReportMetric(waits[len(waits)*99/100].Seconds()*1000, "p99-ms")
	b.ReportMetric(waits[len(waits)/2].Seconds()*1000, "p50-ms")
}

// readAnswer reads one answer without a body.
func readAnswer(r *bufio.Reader, want string) error {
	first := ""
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		if first == "" {
			first = line
		}
		if line == "\r\n" {
			break
		}
	}
	if !strings.HasPrefix(first, want) {
		return fmt.Errorf("got %q, want %q", strings.TrimSpace(first), want)
	}
	return nil
}
