package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/store"
)

// maxForm is how long a form may be, in bytes.
const maxForm = 1 << 20

// visit is who makes the request and, on the pages of a dialogue, what they are
// to it.
type visit struct {
	account.Visitor
	Entrance *store.Entrance // nil outside of a dialogue
}

type visitKey struct{}

// visitOf is the visit of a request; outside of the door that of a stranger.
func visitOf(r *http.Request) *visit {
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// person is whom the store asks about: nobody, until a second factor that is due
// has been proved.
func (v *visit) person() account.PersonID {
	if !v.SignedIn() {
		return ""
	}
	return v.Person
}

// May decides about a deed on the page at hand; nil is yes.
func (v *visit) May(do dialogue.Verb) error {
	if v.Entrance != nil {
		return dialogue.May(v.Entrance.Standing, do, v.Entrance.Dialogue)
	}
	return dialogue.May(dialogue.Standing{SignedIn: v.SignedIn(), Owner: v.SignedIn() && v.Owner}, do, dialogue.Dialogue{})
}

// recognised finds out who makes the request. Without a cookie nobody is asked.
func (s *Server) recognised(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keyed, err := s.byFeedKey(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if keyed != nil {
			next.ServeHTTP(w, keyed)
			return
		}
		secret := s.cookie(r, sessionCookie)
		if secret == "" || ownFile(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		who, err := s.Store.Whois(r.Context(), secret, s.Now())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{Visitor: who})))
	})
}

// ownFile reports whether an address is the same for everybody, or is for
// programs, which have other keys.
func ownFile(path string) bool {
	return strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, apiPath) || path == "/healthz" || path == "/robots.txt"
}

// errProve says that the deed needs a fresh proof of who it is.
var errProve = errors.New("web: a fresh proof is needed")

// admit is the door of every page: it reads the form, counts it, finds out what
// the visitor is to the dialogue, and asks whether they may.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, do dialogue.Verb) (*http.Request, error) {
	if lang := r.PathValue("lang"); lang != "" && !i18n.Speaks(lang) {
		return r, errMissing
	}
	if !ownFile(r.URL.Path) {
		w.Header().Add("Vary", "Cookie")
	}
	v := *visitOf(r)
	if v.Person != "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	if r.Method == http.MethodPost {
		if !unsubscribing(r.URL.Path) {
			if err := s.countWrite(r, &v); err != nil {
				return r, err
			}
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			return r, errGarbled
		}
	}
	if id := r.PathValue("dialogue"); id != "" {
		e, err := s.Store.Entrance(r.Context(), dialogue.ID(id), v.person(), r.FormValue("invitation"), s.Now())
		if err != nil {
			return r, err
		}
		v.Entrance = &e
	}
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, &v))
	if e := v.Entrance; e != nil && e.Invitation != nil {
		r = r.WithContext(store.Invited(r.Context(), e.Configured.ID))
	}
	if err := v.May(do); err != nil {
		return r, err
	}
	if do == dialogue.ProveFresh && !v.Fresh(s.Now()) {
		return r, errProve
	}
	return r, nil
}

// turnedAway writes to the log that the door let somebody not in: where, and for
// which deed, never whom. What is missing is said after a time that tells nothing.
func (s *Server) turnedAway(r *http.Request, do dialogue.Verb, err error, begun time.Time) {
	f, ok := fault.As(err)
	switch {
	case !ok:
	case f.Kind == fault.Missing:
		hush(begun)
	case f.Kind == fault.Denied || f.Kind == fault.Throttled:
		s.Log.Info("event", "event", "denied", "outcome", f.Key, "verb", do, "route", s.pattern(r), "id", requestID(r))
	}
}

// missingTakes is how long it takes to hear that there is no dialogue: longer
// than it takes to find one of which the visitor may not know, which answers in
// the same words.
const missingTakes = 4500 * time.Microsecond

// hush waits for that moment. A timer ends up to a millisecond late, counted from
// when it was set, which would tell what came before it; so the last of it is
// waited out awake.
func hush(begun time.Time) {
	time.Sleep(missingTakes - 1500*time.Microsecond - time.Since(begun))
	for time.Since(begun) < missingTakes {
		runtime.Gosched()
	}
}

// countWrite counts a form: those of one person, or of one network while they
// are not signed in.
func (s *Server) countWrite(r *http.Request, v *visit) error {
	if v.SignedIn() {
		return s.pace("write:"+string(v.Person), account.RateWrite)
	}
	return s.pace("write:"+account.Client(r.Context()), account.RateWrite)
}

// pace counts one deed of the key; too many are fault.Throttled.
func (s *Server) pace(key string, rate account.Rate) error {
	wait, ok := s.Limiter.Take(key, rate, s.Now())
	if ok {
		return nil
	}
	return fault.New(fault.Throttled, "web.problem.429", "too often").With("Wait", wait)
}

// paceNetwork counts one deed of a kind that the network of the request did.
func (s *Server) paceNetwork(r *http.Request, kind string, rate account.Rate) error {
	return s.pace(kind+":"+account.Client(r.Context()), rate)
}

// onward is where somebody is led who may not do the deed now and can change
// that themselves; empty for all others.
func (s *Server) onward(r *http.Request, err error) string {
	lang := s.language(r)
	if errors.Is(err, errProve) {
		return "/" + lang + "/account/prove?" + nextQuery(s.backTo(r, lang))
	}
	f, ok := fault.As(err)
	switch {
	case !ok:
		return ""
	case f.Kind == fault.Unknown:
		return s.signInAddress(r, lang)
	case f.Key == "dialogue.agree-first" && r.PathValue("dialogue") != "":
		return "/" + lang + "/" + url.PathEscape(r.PathValue("dialogue")) + "/declaration?" + nextQuery(s.backTo(r, lang))
	}
	return ""
}

// signInAddress is the page for signing in, which leads back here.
func (s *Server) signInAddress(r *http.Request, lang string) string {
	first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	word, _, _ := strings.Cut(rest, "/")
	switch {
	case !i18n.Speaks(first), rest == "", word == "sign-in", word == "sign-up", word == "sign-out":
		if next := safeNext(r.URL.Query().Get("next")); next != "" {
			return "/" + lang + "/sign-in?" + nextQuery(next)
		}
		return "/" + lang + "/sign-in"
	}
	return "/" + lang + "/sign-in?" + nextQuery(s.backTo(r, lang))
}

// backTo is the page to come back to: the one asked for, or, after a form, the
// page at its address, or else the page above it that exists.
func (s *Server) backTo(r *http.Request, lang string) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return (&url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery}).String()
	}
	for path := r.URL.Path; strings.Count(path, "/") > 1; path = path[:strings.LastIndex(path, "/")] {
		page := &http.Request{Method: http.MethodGet, Host: r.Host, URL: &url.URL{Path: path}}
		if _, _, route := s.find(page); route != "" {
			return page.URL.String()
		}
	}
	return "/" + lang
}

func nextQuery(next string) string { return url.Values{"next": {next}}.Encode() }

// safeNext is a path on this site, or nothing: an address that leads elsewhere
// is not followed.
func safeNext(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return ""
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" {
		return ""
	}
	return u.String()
}
