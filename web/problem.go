package web

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

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
	Contact  string // where to ask those who run the dialogue; empty: that would not help
}

// fail shows the page for an error. What the reader cannot mend stays in the log.
// Who has only to sign in, to prove again who they are, or to agree to a new
// declaration, is led there.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if to := s.onward(r, err); to != "" {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	code, sentence := s.verdict(r, err)
	lang := s.language(r)
	words := i18n.For(lang)
	p := problemPage{Status: code, Sentence: sentence}
	key := problemKey(code, err)
	p.Heading, p.Advice = words.T("web.problem."+key), words.T("web.problem."+key+".advice")
	if strings.TrimSuffix(p.Sentence, ".") == p.Heading {
		p.Sentence = ""
	}
	p.Layout = s.layout(r, lang, p.Heading)
	if key == "denied" {
		p.Contact = contactOf(r, lang)
	}
	p.NoIndex = true
	if code >= http.StatusInternalServerError {
		p.Request = requestID(r)
	}
	switch code {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", strconv.Itoa(waitSeconds(err)))
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := s.show(w, r, code, "problem", p); err != nil {
		s.Log.Error("error page", "id", requestID(r), "error", err)
		http.Error(w, http.StatusText(code), code)
	}
}

// told are the statuses of which pages have words of their own.
var told = []int{400, 403, 404, 405, 409, 412, 429, 503}

func problemKey(code int, err error) string {
	if f, ok := fault.As(err); ok && statuses[f.Kind] == http.StatusForbidden {
		return "denied"
	}
	if slices.Contains(told, code) {
		return strconv.Itoa(code)
	}
	return "500"
}

// contactOf is where those who run the dialogue of a request are asked; outside
// of a dialogue those who run the site.
func contactOf(r *http.Request, lang string) string {
	if v := visitOf(r); v.Entrance != nil {
		return addressIn(lang, v.Entrance.Configured.ID, "contact")
	}
	return "/" + lang + "/contact"
}

// waitSeconds is how long somebody who was too fast has to wait.
func waitSeconds(err error) int {
	f, _ := fault.As(err)
	wait, _ := f.Args["Wait"].(time.Duration)
	return max(1, int(math.Ceil(wait.Seconds())))
}

// statuses of the faults. fault.Unknown leads to the page for signing in; where
// it cannot, it is a refusal.
var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusBadRequest, fault.Missing: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Busy: http.StatusServiceUnavailable, fault.Unknown: http.StatusForbidden, fault.Denied: http.StatusForbidden,
	fault.Stale: http.StatusPreconditionFailed, fault.Throttled: http.StatusTooManyRequests,
}

// explained are the kinds whose sentence says more than the page does by itself.
var explained = []fault.Kind{fault.Invalid, fault.Conflict, fault.Denied, fault.Throttled}

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
	code = statuses[f.Kind]
	if slices.Contains(explained, f.Kind) {
		sentence = faultWords(i18n.For(s.language(r)), f)
	}
	return code, sentence
}

// faultWords is the sentence of a fault, or nothing where the catalogue has none.
func faultWords(w *i18n.Words, f *fault.Fault) string {
	if !w.Has(f.Key) {
		return ""
	}
	args := pairs(f.Args)
	for i := 1; i < len(args); i += 2 {
		switch v := args[i].(type) {
		case time.Time:
			args[i] = w.Date(v.UTC().Format(time.DateOnly))
		case time.Duration:
			args[i] = w.N("moderation.wait", int(math.Ceil(v.Minutes())))
		}
	}
	return w.T(f.Key, args...)
}
