package web

import (
	"context"
	"errors"
	"net/http"

	"parley/fault"
	"parley/i18n"
)

// status is an error that is nothing but an HTTP status.
type status int

func (s status) Error() string { return http.StatusText(int(s)) }

const (
	errMissing status = http.StatusNotFound
	errForeign status = http.StatusForbidden
	errGarbled status = http.StatusBadRequest
	errPanic   status = http.StatusInternalServerError
)

// problemPage says what went wrong and what the reader can do next.
type problemPage struct {
	Layout
	Status   int
	Heading  string
	Advice   string
	Sentence string // what exactly, where the mistake can be mended by the reader
	Request  string // the id to quote, where it is ours
}

// fail shows the page for an error. What the reader cannot mend stays in the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code, sentence := s.verdict(r, err)
	lang := s.language(r)
	words := i18n.For(lang)
	p := problemPage{Status: code, Sentence: sentence}
	key := problemKey(code)
	p.Heading, p.Advice = words.T("web.problem."+key), words.T("web.problem."+key+".advice")
	p.Layout = s.layout(r, lang, p.Heading)
	p.NoIndex = true
	if code >= http.StatusInternalServerError {
		p.Request = requestID(r)
	}
	if code == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := s.show(w, r, code, "problem", p); err != nil {
		s.Log.Error("error page", "id", requestID(r), "error", err)
		http.Error(w, http.StatusText(code), code)
	}
}

func problemKey(code int) string {
	switch code {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict,
		http.StatusServiceUnavailable:
		return map[int]string{400: "400", 403: "403", 404: "404", 405: "405", 409: "409", 503: "503"}[code]
	}
	return "500"
}

// verdict turns an error into a status and, for a fault, its sentence.
func (s *Server) verdict(r *http.Request, err error) (code int, sentence string) {
	var st status
	if errors.As(err, &st) {
		return int(st), ""
	}
	f, ok := fault.As(err)
	if !ok {
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return http.StatusServiceUnavailable, "" // nobody is there to read it
		}
		s.Log.Error("request failed", "id", requestID(r), "route", s.pattern(r), "error", err)
		return http.StatusInternalServerError, ""
	}
	code = map[fault.Kind]int{
		fault.Invalid: http.StatusBadRequest, fault.Missing: http.StatusNotFound,
		fault.Conflict: http.StatusConflict, fault.Busy: http.StatusServiceUnavailable,
	}[f.Kind]
	words := i18n.For(s.language(r))
	if f.Kind == fault.Invalid && words.Has(f.Key) {
		var pairs []any
		for k, v := range f.Args {
			pairs = append(pairs, k, v)
		}
		sentence = words.T(f.Key, pairs...)
	}
	return code, sentence
}
