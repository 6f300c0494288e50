package api

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/fault"
	"parley/i18n"
)

// problem says what went wrong (RFC 9457), in the language of who asked.
type problem struct {
	Type   string         `json:"type" format:"uri-reference" example:"urn:problem-type:parley:store.no-dialogue" doc:"Stable; about:blank where the status says it all"`
	Title  string         `json:"title" example:"There is no such thing" doc:"The sort of problem, in the language of the reader"`
	Status int            `json:"status" minimum:"400" maximum:"599" example:"404" doc:"The HTTP status"`
	Detail string         `json:"detail" example:"There is no dialogue “three-town”." doc:"What went wrong here and what to do about it, in the language of the reader"`
	Code   string         `json:"code" example:"store.no-dialogue" doc:"Stable: for programs to tell problems apart"`
	Errors []fieldProblem `json:"errors,omitempty" doc:"What is wrong with which part of the request"`

	header http.Header
}

// fieldProblem is one mistake in what was sent. What was sent is not repeated.
type fieldProblem struct {
	Location string `json:"location" example:"body.pseudonym" doc:"Where: body.FIELD, query.NAME, header.NAME or path.NAME"`
	Message  string `json:"message" example:"it is too long: 40 characters are allowed" doc:"What is wrong there, in the language of the reader"`
}

func (p *problem) Error() string           { return p.Code }
func (p *problem) GetStatus() int          { return p.Status }
func (p *problem) GetHeaders() http.Header { return p.header }

// ContentType implements huma.ContentTypeFilter.
func (p *problem) ContentType(string) string { return "application/problem+json" }

// statusOf is how each kind of fault is answered.
var statusOf = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Missing: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Busy: http.StatusServiceUnavailable, fault.Unknown: http.StatusUnauthorized, fault.Denied: http.StatusForbidden,
	fault.Stale: http.StatusPreconditionFailed, fault.Throttled: http.StatusTooManyRequests,
}

const problemType = "urn:problem-type:parley:"

// retryBusy is after how many seconds to ask a busy server again.
const retryBusy = 5

// problemOf is a problem of which the status says all.
func problemOf(status int, lang string) *problem {
	words := i18n.For(lang)
	key := "api.problem." + strconv.Itoa(status)
	if !words.Has(key) {
		key = "api.problem.500"
	}
	return &problem{
		Type: "about:blank", Title: words.T(key), Status: status, Detail: words.T(key + ".detail"), Code: "http." + strconv.Itoa(status),
		header: http.Header{"Content-Language": {lang}},
	}
}

// problem turns an error into its answer. What nobody outside can mend stays in
// the log.
func (s *server) problem(ctx context.Context, op operation, err error) *problem {
	v := visitOf(ctx)
	var made *problem
	if errors.As(err, &made) {
		return made
	}
	f, ok := fault.As(err)
	if !ok {
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			return problemOf(http.StatusServiceUnavailable, v.lang) // nobody is there to read it
		}
		s.Log.Error("request failed", "route", op.method+" "+prefix+op.path, "error", err)
		return problemOf(http.StatusInternalServerError, v.lang)
	}
	p := problemOf(statusOf[f.Kind], v.lang)
	p.Type, p.Code = problemType+f.Key, f.Key
	// Of who is not known a page says "sign in"; here that is done with a token.
	if words := i18n.For(v.lang); words.Has(f.Key) && (f.Kind != fault.Unknown || f.Key == "api.token") {
		p.Detail = words.T(f.Key, pairs(f.Args, words)...)
	}
	switch f.Kind {
	case fault.Busy:
		p.header.Set("Retry-After", strconv.Itoa(retryBusy))
	case fault.Throttled:
		wait, _ := f.Args["Wait"].(time.Duration)
		p.header.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	case fault.Unknown:
		challenge := `Bearer realm="parley"`
		if f.Key == "api.token" {
			challenge += `, error="invalid_token"`
		}
		p.header.Set("WWW-Authenticate", challenge)
	case fault.Denied:
		if scope, ok := f.Args["Scope"].(string); ok && f.Key == "api.scope" {
			p.header.Set("WWW-Authenticate", `Bearer realm="parley", error="insufficient_scope", scope="`+scope+`"`)
		}
	}
	if f.Kind == fault.Unknown || f.Kind == fault.Denied {
		s.Log.Info("refused", "event", "access", "outcome", f.Key, "verb", op.verb, "route", op.method+" "+prefix+op.path)
	}
	return p
}

// pairs are what fills the places of a sentence; days and spans of time are put
// into words.
func pairs(args map[string]any, words *i18n.Words) []any {
	var out []any
	for k, v := range args {
		switch t := v.(type) {
		case time.Time:
			v = words.Date(t.UTC().Format(time.DateOnly))
		case time.Duration:
			v = words.N("moderation.wait", int(math.Ceil(t.Minutes())))
		}
		out = append(out, k, v)
	}
	return out
}

// write answers with the problem where no operation does it.
func (p *problem) write(ctx huma.Context) {
	for k, values := range p.header {
		for _, v := range values {
			ctx.SetHeader(k, v)
		}
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetHeader("Cache-Control", "no-store")
	ctx.AppendHeader("Vary", "Authorization, Accept-Language")
	ctx.SetStatus(p.Status)
	e := json.NewEncoder(ctx.BodyWriter())
	e.SetEscapeHTML(false)
	e.Encode(p)
}

// adjust sets what huma keeps in variables of its package.
var adjust = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError { return refused(status, "en", errs) }
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		lang := visitOf(ctx.Context()).lang
		ctx.SetHeader("Content-Language", lang)
		return refused(status, lang, errs)
	}
})

// refused is a request that was not understood.
func refused(status int, lang string, errs []error) *problem {
	p := problemOf(status, lang)
	for _, err := range errs {
		var d *huma.ErrorDetail
		if errors.As(err, &d) {
			p.Errors = append(p.Errors, fieldProblem{Location: d.Location, Message: fieldMessage(d.Message, lang)})
		}
	}
	slices.SortStableFunc(p.Errors, func(a, b fieldProblem) int { return strings.Compare(a.Location, b.Location) })
	return p
}

// fieldForms are the sentences of the checks, each with the key of our own words
// for it; what follows the beginning fills the place N.
var fieldForms = []struct{ begins, key string }{
	{"unexpected property", "api.field.unexpected"},
	{"unknown query parameter", "api.field.unexpected"},
	{"expected required property ", "api.field.required"},
	{"required ", "api.field.missing"},
	{"expected length >= ", "api.field.too-short"},
	{"expected length <= ", "api.field.too-long"},
	{"expected array length >= ", "api.field.too-few"},
	{"expected array length <= ", "api.field.too-many"},
	{"expected object with at most ", "api.field.too-many"},
	{"expected number >= ", "api.field.too-small"},
	{"expected number <= ", "api.field.too-large"},
	{"expected value to be one of ", "api.field.one-of"},
	{"expected array items to be unique", "api.field.twice"},
	{"expected string to be RFC 3339 ", "api.field.time"},
	{"expected boolean", "api.field.boolean"},
	{"expected integer", "api.field.integer"},
	{"invalid integer", "api.field.integer"},
	{"expected number", "api.field.number"},
	{"expected string", "api.field.string"},
	{"expected array", "api.field.array"},
	{"expected object", "api.field.object"},
}

func fieldMessage(message, lang string) string {
	words := i18n.For(lang)
	for _, f := range fieldForms {
		if rest, ok := strings.CutPrefix(message, f.begins); ok {
			rest, _, _ = strings.Cut(rest, " to be present")
			return words.T(f.key, "N", strings.Trim(rest, `"`))
		}
	}
	if key, ok := strings.CutPrefix(message, ownMessage); ok && words.Has(key) {
		return words.T(key)
	}
	return words.T("api.field.other")
}

// ownMessage begins a message that is a key of the catalogue.
const ownMessage = "key:"
