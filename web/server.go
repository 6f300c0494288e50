// Package web shows dialogues in a browser: one file, one struct and one
// template a page, plain HTML that needs no script. It decides nothing; what it
// shows comes from the store and from the pure packages below it.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/store"
	"parley/trial"
)

// Config is what a Server needs.
type Config struct {
	Store          *store.Store
	Log            *slog.Logger     // nil: slog.Default
	Demo           bool             // pages say that they are a demonstration and ask not to be indexed
	Now            func() time.Time // nil: time.Now
	Origin         string           // where people find the site: "https://parley.example"; empty: http://localhost
	Limiter        *account.Limiter // nil: one with the usual rates
	TrustedProxies []netip.Prefix   // whose X-Forwarded-For is believed
	OIDC           *OIDC            // nil: nobody signs in through a provider
	API            http.Handler     // answers below /api/; nil: there is none
	Trials         *trial.Runner    // tries out what is supposed; nil: one of its own
	Guests         []Guest          // whom visitors of a demonstration may be
	Mail           bool             // letters go out by a mail server
}

// OIDC is an OpenID provider through which people may sign in.
type OIDC struct {
	Issuer       string // "https://id.example", as the provider spells it
	ClientID     string
	ClientSecret string
	Name         string // what people call it
}

// Guest is an invented person of a demonstration as whom anybody may look
// around.
type Guest struct {
	Key      string // names the guest in the form
	Person   account.PersonID
	Dialogue dialogue.ID
	Role     dialogue.Role
	Side     dialogue.SideID
	Name     i18n.Text
}

// Server answers requests for pages.
type Server struct {
	Config
	origin   *url.URL
	site     *http.ServeMux // addresses with a reserved word after the language
	rooms    *http.ServeMux // those with a dialogue there, and all others
	routes   []Route
	networks networks
	provider provider
	hub      *hub // pages that wait for what is new
	shelf    shelf
	sheets   rack
}

// Route is one address with the deed that it is.
type Route struct {
	Method  string
	Pattern string
	Verb    dialogue.Verb
}

// noOrigin stands where nobody said under which address people find the site.
const noOrigin = "http://localhost"

// Routes lists every address of the site.
func (s *Server) Routes() []Route { return s.routes }

// New prepares a server. It fails only where a template of ours is broken.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.Default()
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
	if c.Origin == "" {
		c.Origin = noOrigin
	}
	origin, err := url.Parse(c.Origin)
	if err != nil || origin.User != nil || http.NewCrossOriginProtection().AddTrustedOrigin(c.Origin) != nil {
		return nil, fmt.Errorf("web: %q is no origin such as https://parley.example", c.Origin)
	}
	if _, err := commonParts(); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &Server{Config: c, origin: origin, site: http.NewServeMux(), rooms: http.NewServeMux(), hub: newHub(c.Store.Newest)}
	s.register()
	return s, nil
}

// handle is a page: it answers, or says what went wrong and leaves the answer
// to the error page.
type handle func(w http.ResponseWriter, r *http.Request) error

// register lists every address with the deed that it is. What is not here does
// not exist.
func (s *Server) register() {
	s.get(dialogue.Visit, "/{$}", s.list)
	s.get(dialogue.Visit, "/healthz", s.health)
	s.get(dialogue.Visit, "/robots.txt", s.robots)
	s.get(dialogue.Visit, "/static/{file}", s.static)
	s.get(dialogue.Visit, "/{lang}", s.list)
	s.get(dialogue.See, "/{lang}/{dialogue}", s.home)
	s.get(dialogue.Read, "/{lang}/{dialogue}/registers", s.registers)
	s.get(dialogue.Read, "/{lang}/{dialogue}/comparison", s.comparison)
	s.get(dialogue.Take, "/{lang}/{dialogue}/comparison.csv", s.comparisonCSV)
	s.get(dialogue.Take, "/{lang}/{dialogue}/comparison.json", s.comparisonJSON)
	s.get(dialogue.Read, "/{lang}/{dialogue}/disagreements", s.disagreements)
	s.get(dialogue.Read, "/{lang}/{dialogue}/topic/{topic}", s.topic)
	s.get(dialogue.Read, "/{lang}/{dialogue}/interest/{interest}", s.interest)
	s.get(dialogue.See, "/{lang}/{dialogue}/about", s.about)
	s.registerDeals()
	s.registerWhyNot()
	s.registerStrength()
	s.registerForum()
	s.registerWriting()
	s.registerOpinion()
	s.registerModeration()
	s.registerNotices()
	s.registerFeeds()
	s.registerRooms()
	s.registerSignIn()
	s.registerSignUp()
	s.registerLetters()
	s.registerAccount()
	s.registerOIDC()
	s.registerGuests()
}

func (s *Server) get(do dialogue.Verb, pattern string, h handle) {
	s.handle(http.MethodGet, do, pattern, h)
}
func (s *Server) post(do dialogue.Verb, pattern string, h handle) {
	s.handle(http.MethodPost, do, pattern, h)
}

// handle registers an address. One without a rule for its deed is a bug.
func (s *Server) handle(method string, do dialogue.Verb, pattern string, h handle) {
	if _, ruled := dialogue.Policies[do]; !ruled {
		panic(fmt.Sprintf("web: %s %s: nothing says who may %q", method, pattern, do))
	}
	s.routes = append(s.routes, Route{method, pattern, do})
	s.mux(pattern).HandleFunc(method+" "+pattern, func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		err := s.mayPlay(r, pattern)
		if err == nil {
			r, err = s.admit(w, r, do)
		}
		if err == nil {
			err = h(w, r)
		} else {
			s.turnedAway(r, do, err, begun)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// Handler is the whole site: every answer, errors included, carries the
// security headers, is logged without personal data, and a panic in a page
// becomes a page that says so.
func (s *Server) Handler() http.Handler {
	guard := http.NewCrossOriginProtection()
	if s.Origin != noOrigin {
		// A proxy may ask under another name than the one that people see. New has
		// read the origin, so that it can be added.
		if err := guard.AddTrustedOrigin(s.Origin); err != nil {
			panic(err)
		}
	}
	guard.AddInsecureBypassPattern("POST " + unsubscribeAddress)
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errForeign) }))
	return s.logged(s.secured(s.recovered(compressed(guard.Handler(s.placed(s.recognised(http.HandlerFunc(s.route))))))))
}

// Prepare sets the limits that keep a slow or hostile client from holding a
// connection: the server starts and stops it.
func (s *Server) Prepare(addr string) *http.Server {
	out := &http.Server{
		Addr: addr, Handler: s.Handler(), MaxHeaderBytes: 16 << 10, ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout: 15 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(quiet{s.Log.Handler()}, slog.LevelWarn),
	}
	out.RegisterOnShutdown(s.hub.close)
	return out
}

// secure reports whether people reach the site through TLS.
func (s *Server) secure() bool { return s.origin.Scheme == "https" }

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
