package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// defaultListen is where a server listens when nothing else is said: on this
// machine only.
const defaultListen = "127.0.0.1:8080"

// stopWithin is how long what is being answered, and a job, may take after the
// server was told to stop.
var stopWithin = 8 * time.Second

// takenError says that another program listens there.
type takenError struct{ error }

// listen opens the address. Errors say what to do.
func (s *session) listen(addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if n, e := strconv.ParseUint(port, 10, 16); err != nil || e != nil || n > 65535 {
		return nil, s.wrong("usage.listen", "Got", addr)
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, takenError{s.cannot("listen.taken", "Addr", addr)}
	case err != nil:
		return nil, s.cannot("listen.failed", "Addr", addr, "Why", lastCause(err))
	}
	return l, nil
}

// lastCause is the system's own word for a network error, without the address
// that the message names already.
func lastCause(err error) string {
	for next := err; next != nil; next = errors.Unwrap(next) {
		err = next
	}
	return err.Error()
}

// address is where a browser finds a listener: one that listens on all addresses is
// found on this machine.
func address(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// serve answers requests and does jobs until ctx ends, then lets what is being
// answered finish.
func serve(ctx context.Context, l net.Listener, server *http.Server, jobs func(context.Context), log *slog.Logger) error {
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	worked, served := make(chan bool), make(chan error, 1)
	go func() { defer close(worked); jobs(work) }()
	go func() { served <- server.Serve(l) }()
	var err error
	select {
	case <-ctx.Done():
		log.Info("stopping")
	case err = <-served:
	}
	stopWork()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if e := server.Shutdown(last); e != nil {
		log.Warn("some requests were cut off", "error", e)
		server.Close()
	}
	select {
	case <-worked:
	case <-last.Done():
		log.Warn("a job was cut off; it is begun anew by whoever is next")
	}
	return err
}
