package web

import (
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"parley/i18n"
)

// apiPath is where the addresses for programs begin.
const apiPath = "/api/"

// longest address that is read at all.
const maxAddress = 2 << 10

// mux is where a pattern is registered. Where a reserved word follows the
// language and where the id of a dialogue does are kept apart, because a pattern
// of one could be read as one of the other.
func (s *Server) mux(pattern string) *http.ServeMux {
	if strings.HasPrefix(pattern, "/{lang}/") && !strings.HasPrefix(pattern, "/{lang}/{dialogue}") {
		return s.site
	}
	return s.rooms
}

// find is what answers a request, and its route; the route is empty where there
// is no such address or method.
func (s *Server) find(r *http.Request) (h http.Handler, mux *http.ServeMux, route string) {
	if h, route = s.site.Handler(r); route != "" {
		return h, s.site, route
	}
	other, route := s.rooms.Handler(r)
	if route != "" {
		return other, s.rooms, route
	}
	var plain plainAnswer
	h.ServeHTTP(&plain, r)
	if plain.code == http.StatusMethodNotAllowed {
		return h, s.site, ""
	}
	return other, s.rooms, ""
}

// route finds the page. The mux's own plain answers for unknown addresses and
// methods are replaced by ours.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if s.API != nil && strings.HasPrefix(r.URL.Path, apiPath) {
		s.API.ServeHTTP(w, r) // it has words of its own for what is garbled
		return
	}
	if len(r.URL.Path)+len(r.URL.RawQuery) > maxAddress || !utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0) ||
		strings.Contains(r.URL.RawQuery, "%00") { // PostgreSQL keeps no NUL
		s.fail(w, r, errGarbled)
		return
	}
	if to := tidied(r.URL.EscapedPath()); to != r.URL.EscapedPath() {
		s.moved(w, r, to)
		return
	}
	h, mux, pattern := s.find(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	var plain plainAnswer
	h.ServeHTTP(&plain, r)
	if allow := plain.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	s.fail(w, r, status(plain.code))
}

// tidied is an address, escaped, without empty steps and dots. What is escaped
// stays so: the mux, left to itself, would lead to the address escaped twice.
func tidied(escaped string) string { return path.Clean("/" + escaped) }

// moved leads to the tidy form of an address, which begins with one slash and so
// is on this site.
func (s *Server) moved(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusPermanentRedirect)
}

// plainAnswer takes the status and headers of an answer and drops its body.
type plainAnswer struct {
	header http.Header
	code   int
}

func (v *plainAnswer) Header() http.Header {
	if v.header == nil {
		v.header = http.Header{}
	}
	return v.header
}
func (v *plainAnswer) WriteHeader(code int)        { v.code = code }
func (v *plainAnswer) Write(b []byte) (int, error) { return len(b), nil }

// language is the one in the address, else the one the browser asks for, else
// English.
func (s *Server) language(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if i18n.Speaks(first) {
		return first
	}
	tags := make([]language.Tag, len(i18n.Languages))
	for i, l := range i18n.Languages {
		tags[i] = language.Make(l)
	}
	header := r.Header.Get("Accept-Language")
	if len(header) > 200 {
		return i18n.Languages[0]
	}
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return i18n.Languages[0]
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return i18n.Languages[0]
	}
	return i18n.Languages[i]
}
