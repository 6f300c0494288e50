// Package api is every verb of parley for programs: JSON under /api/v1, and one
// document that describes it. It decides nothing. A request is let in by the
// same table as a page, dialogue.Policies, and then asks the same verb of the
// store. Who asks is told by a token alone, never by a cookie, so that no page
// of another site can ask in anybody's name.
package api

import (
	"errors"
	"log/slog"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/account"
	"parley/store"
	"parley/trial"
)

// Config is what the interface needs. Store must be given.
type Config struct {
	Store   *store.Store
	Log     *slog.Logger // nil is silence
	Now     func() time.Time
	Limiter *account.Limiter // nil: one of its own
	Trials  *trial.Runner    // tries out what is supposed; nil: one of its own
	Origin  string           // the public address of the site, "https://parley.example"
	Version string           // of the product, for the document
}

// Root is where everything here stands.
const Root = "/api/"

const maxQuery = 4096 // bytes

// server answers requests. Its operations are made when the first one comes: the
// pages of the site need not wait for them.
type server struct {
	Config

	built      func() *http.ServeMux
	document   huma.API
	operations []operation
}

// New makes the handler of everything below Root.
func New(c Config) (http.Handler, error) {
	if c.Store == nil {
		return nil, errors.New("the programming interface needs a store")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Limiter == nil {
		c.Limiter = account.NewLimiter(1)
	}
	if c.Trials == nil {
		c.Trials = &trial.Runner{}
	}
	s := &server{Config: c}
	s.built = sync.OnceValue(s.build)
	return s, nil
}

func (s *server) build() *http.ServeMux {
	adjust()
	mux := http.NewServeMux()
	s.document = humago.New(mux, s.describe())
	s.register()
	s.serveDocument(mux)
	return mux
}

// register lists everything that can be asked.
func (s *server) register() {
	s.registerDialogues()
	s.registerRegisters()
	s.registerDeals()
	s.registerMembership()
	s.registerMembers()
	s.registerAdmission()
	s.registerDesk()
	s.registerOwnRegister()
	s.registerAccount()
	s.registerSite()
	s.registerForum()
	s.registerWriting()
	s.registerOpinion()
	s.registerModeration()
	s.registerNotices()
}

// ServeHTTP answers what is no operation in the way of one.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := s.built()
	w = &guarded{ResponseWriter: w}
	defer s.recover(w.(*guarded), r)
	switch {
	case !clean(r):
		s.refuse(w, r, http.StatusBadRequest)
		return
	case path.Clean(r.URL.Path) != r.URL.Path:
		s.refuse(w, r, http.StatusNotFound)
		return
	}
	h, pattern := mux.Handler(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	var plain bare
	h.ServeHTTP(&plain, r)
	if allow := plain.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	s.refuse(w, r, plain.code)
}

// guarded remembers whether an answer has begun.
type guarded struct {
	http.ResponseWriter
	begun bool
}

func (g *guarded) WriteHeader(code int) {
	g.begun = true
	g.ResponseWriter.WriteHeader(code)
}

func (g *guarded) Write(b []byte) (int, error) {
	g.begun = true
	return g.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (g *guarded) Unwrap() http.ResponseWriter { return g.ResponseWriter }

// recover turns a bug into an answer; the stack goes to the log alone.
func (s *server) recover(w *guarded, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if v == http.ErrAbortHandler {
		panic(v)
	}
	s.Log.Error("panic", "panic", v, "stack", string(debug.Stack()))
	if w.begun {
		panic(http.ErrAbortHandler) // half an answer is out already
	}
	s.refuse(w, r, http.StatusInternalServerError)
}

// refuse answers where there is no operation.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, code int) {
	problemOf(code, readerLanguage(r.Header.Get("Accept-Language"), "")).write(humago.NewContext(&huma.Operation{}, r, w))
}

// clean reports whether the address is text that a database can hold.
func clean(r *http.Request) bool {
	if len(r.URL.RawQuery) > maxQuery || !storable(r.URL.Path) {
		return false
	}
	for key, values := range r.URL.Query() {
		if !storable(key) {
			return false
		}
		for _, v := range values {
			if !storable(v) {
				return false
			}
		}
	}
	return true
}

// storable reports whether a text holds neither control characters, but for
// those that part lines and columns, nor what is not UTF-8.
func storable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r)
	})
}

// bare takes the status and headers of an answer and drops its body.
type bare struct {
	header http.Header
	code   int
}

func (b *bare) Header() http.Header {
	if b.header == nil {
		b.header = http.Header{}
	}
	return b.header
}
func (b *bare) WriteHeader(code int)           { b.code = code }
func (b *bare) Write(body []byte) (int, error) { return len(body), nil }
