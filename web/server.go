// Package web shows dialogues in a browser: one file, one struct and one
// template a page, plain HTML that needs no script. It decides nothing; what it
// shows comes from the store and from the pure packages below it.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// Config is what a Server needs.
type Config struct {
	Store Store
	Log   *slog.Logger     // nil: slog.Default
	Demo  bool             // pages say that they are a demonstration and ask not to be indexed
	Now   func() time.Time // nil: time.Now
}

// Server answers requests for pages.
type Server struct {
	Config
	mux    *http.ServeMux
	routes []string
	trials trials // of the page "Suppose"
}

// New prepares a server. It fails only where a template of ours is broken.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if _, err := templates(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &Server{Config: c, mux: http.NewServeMux()}
	s.register()
	return s, nil
}

// handle is a page: it answers, or says what went wrong and leaves the answer
// to the error page.
type handle func(w http.ResponseWriter, r *http.Request) error

// register lists every address. What is not here does not exist.
func (s *Server) register() {
	s.get("/{$}", s.list)
	s.get("/healthz", s.health)
	s.get("/robots.txt", s.robots)
	s.get("/static/{file}", s.static)
	s.get("/{lang}", s.list)
	s.get("/{lang}/{dialogue}", s.home)
	s.get("/{lang}/{dialogue}/registers", s.registers)
	s.get("/{lang}/{dialogue}/comparison", s.comparison)
	s.get("/{lang}/{dialogue}/comparison.csv", s.comparisonCSV)
	s.get("/{lang}/{dialogue}/comparison.json", s.comparisonJSON)
	s.get("/{lang}/{dialogue}/disagreements", s.disagreements)
	s.get("/{lang}/{dialogue}/topic/{topic}", s.topic)
	s.get("/{lang}/{dialogue}/interest/{interest}", s.interest)
	s.get("/{lang}/{dialogue}/about", s.about)
	s.registerDeals()
}

func (s *Server) get(pattern string, h handle) {
	s.routes = append(s.routes, "GET "+pattern)
	s.mux.Handle("GET "+pattern, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}))
}

// Handler is the whole site: every answer, errors included, carries the
// security headers, is logged without personal data, and a panic in a page
// becomes a page that says so.
func (s *Server) Handler() http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errForeign) }))
	return s.logged(secured(s.recovered(compressed(guard.Handler(http.HandlerFunc(s.route))))))
}

// Prepare sets the limits that keep a slow or hostile client from holding a
// connection: the server starts and stops it.
func (s *Server) Prepare(addr string) *http.Server {
	return &http.Server{
		Addr: addr, Handler: s.Handler(), MaxHeaderBytes: 16 << 10, ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout: 15 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(quiet{s.Log.Handler()}, slog.LevelWarn),
	}
}

// health answers 200 while the store answers.
func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := s.Store.Ping(ctx); err != nil {
		s.Log.Error("store does not answer", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "store does not answer")
		return nil
	}
	fmt.Fprintln(w, "ok")
	return nil
}

// robots keeps crawlers out of a demonstration and lets them read the rest.
func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	allow := ""
	if s.Demo {
		allow = "/"
	}
	fmt.Fprintf(w, "User-agent: *\nDisallow: %s\n", allow)
	return nil
}
