package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestAddressesThatCannotBe(t *testing.T) {
	for _, addr := range []string{"", "8080", "host", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80"} {
		if _, err := quiet("en").listen(addr); !errors.As(err, new(usageError)) {
			t.Errorf("%q: got %v", addr, err)
		}
	}
	if _, err := quiet("en").listen("192.0.2.1:1"); err == nil || errors.As(err, new(usageError)) || !strings.Contains(err.Error(), "cannot listen on 192.0.2.1:1") {
		t.Errorf("an address of another machine: got %v", err)
	}
}

func TestATakenAddressIsSaid(t *testing.T) {
	s := quiet("en")
	l, err := s.listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = s.listen(l.Addr().String())
	if !errors.As(err, new(takenError)) || !strings.Contains(err.Error(), "choose another port with --listen") {
		t.Errorf("got %v", err)
	}
	if _, err := (&demoCmd{Listen: l.Addr().String()}).find(s); !errors.As(err, new(takenError)) {
		t.Errorf("the demo moved away from the address that was asked for: %v", err)
	}
}

func TestWhereABrowserFindsIt(t *testing.T) {
	for in, want := range map[string]string{"127.0.0.1:0": "http://127.0.0.1:", "0.0.0.0:0": "http://127.0.0.1:", "[::1]:0": "http://[::1]:"} {
		l, err := net.Listen("tcp", in)
		if err != nil {
			t.Logf("%s: %v", in, err) // a machine without IPv6
			continue
		}
		if got := address(l); !strings.HasPrefix(got, want) || strings.HasSuffix(got, ":0") {
			t.Errorf("%s: got %s", in, got)
		}
		l.Close()
	}
}

// A request that is being answered when the server is told to stop is answered
// to its end, and jobs are told to stop too.
func TestServeStopsGently(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	begun := make(chan bool)
	var jobsStopped atomic.Bool
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		time.Sleep(100 * time.Millisecond)
		io.WriteString(w, "whole")
	})}
	served := make(chan error, 1)
	go func() {
		served <- serve(ctx, l, server, func(ctx context.Context) { <-ctx.Done(); jobsStopped.Store(true) }, slog.New(slog.DiscardHandler))
	}()
	answer := make(chan string, 1)
	go func() {
		_, body, err := get("http://" + l.Addr().String())
		if err != nil {
			body = err.Error()
		}
		answer <- body
	}()
	<-begun
	stop()
	if got := <-answer; got != "whole" {
		t.Errorf("got %q", got)
	}
	if err := <-served; err != nil || !jobsStopped.Load() {
		t.Errorf("got %v, jobs stopped: %v", err, jobsStopped.Load())
	}
	if _, _, err := get("http://" + l.Addr().String()); err == nil {
		t.Error("it still answers")
	}
}

// A job that does not heed the stop does not hold it up for ever.
func TestAStubbornJobIsCutOff(t *testing.T) {
	usual := stopWithin
	stopWithin = 50 * time.Millisecond
	defer func() { stopWithin = usual }()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	end := make(chan bool)
	defer close(end)
	done := make(chan error, 1)
	go func() {
		done <- serve(ctx, l, &http.Server{}, func(context.Context) { <-end }, slog.New(slog.DiscardHandler))
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it still waits")
	}
}

func TestAListenerThatBreaksIsAnError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	err = serve(context.Background(), l, &http.Server{}, func(ctx context.Context) { <-ctx.Done() }, slog.New(slog.DiscardHandler))
	if err == nil {
		t.Error("no error")
	}
}
