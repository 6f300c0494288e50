package web

import (
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"parley/i18n"
)

// longest address that is read at all.
const maxAddress = 2 << 10

// route finds the page. The mux's own plain answers for unknown addresses and
// methods are replaced by ours.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if len(r.URL.Path)+len(r.URL.RawQuery) > maxAddress || !utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0) {
		s.fail(w, r, errGarbled)
		return
	}
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	if p := path.Clean(r.URL.Path); p != r.URL.Path && r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/") {
		to := *r.URL
		to.Path, to.RawPath, to.Scheme, to.Host = p, "", "", ""
		http.Redirect(w, r, to.RequestURI(), http.StatusPermanentRedirect)
		return
	}
	var plain plainAnswer
	h.ServeHTTP(&plain, r)
	if allow := plain.Header().Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	s.fail(w, r, status(plain.code))
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
