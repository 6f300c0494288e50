package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// requestKey finds the request's id in its context.
type requestKey struct{}

// requestID is the name under which a request stands in the log.
func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestKey{}).(string)
	return id
}

func newRequestID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// answer remembers what was sent, for the log and for the recovery from panics.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += n
	return n, err
}

// Unwrap lets a page that is told what is new reach its connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// logged writes one line a request: the route and never the address asked for,
// which may hold what a person typed; nothing about who asked.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		a := &answer{ResponseWriter: w}
		id := newRequestID()
		w.Header().Set("X-Request-Id", id)
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		next.ServeHTTP(a, r)
		s.Log.Info("request", "id", id, "route", s.pattern(r), "status", a.status, "bytes", a.bytes,
			"ms", float64(time.Since(start).Microseconds())/1000)
	})
}

// pattern is the route that a request meets, or "none".
func (s *Server) pattern(r *http.Request) string {
	if s.API != nil && strings.HasPrefix(r.URL.Path, apiPath) {
		return apiPath
	}
	if _, _, p := s.find(r); p != "" {
		return p
	}
	return "none"
}

// recovered turns a panic into a page with the request's id; the stack goes to
// the log alone.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.Log.Error("panic", "id", requestID(r), "route", s.pattern(r), "panic", v, "stack", string(debug.Stack()))
			if a, ok := w.(*answer); ok && a.status != 0 {
				panic(http.ErrAbortHandler) // half an answer is out already
			}
			s.fail(w, r, errPanic)
		}()
		next.ServeHTTP(w, r)
	})
}

// quiet drops the lines of net/http that name a client's address.
type quiet struct{ slog.Handler }

func (q quiet) Handle(ctx context.Context, rec slog.Record) error {
	return q.Handler.Handle(ctx, slog.NewRecord(rec.Time, slog.LevelWarn, "connection ended early", rec.PC))
}
