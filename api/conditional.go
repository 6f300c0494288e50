package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/i18n"
)

// recorder keeps an answer back.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(code int)        { r.status = code }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

// held runs what comes next and keeps its answer back. body, where it is not
// nil, stands for the body of the request, which was read already.
func held(ctx huma.Context, next func(huma.Context), body []byte) *recorder {
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	r, _ := humago.Unwrap(ctx)
	r = r.WithContext(ctx.Context())
	if body != nil {
		r.Body = readCloser{bytes.NewReader(body)}
	}
	next(humago.NewContext(ctx.Operation(), r, rec))
	return rec
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

// send gives the answer out.
func (r *recorder) send(ctx huma.Context) {
	_, w := humago.Unwrap(ctx)
	maps.Copy(w.Header(), r.header)
	body := r.status != http.StatusNoContent && r.status != http.StatusNotModified
	if body {
		w.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	}
	w.WriteHeader(r.status)
	if body {
		w.Write(r.body.Bytes())
	}
}

// conditional gives every answer to a GET an entity tag, and answers 304 to who
// has it already.
func conditional(ctx huma.Context, next func(huma.Context)) {
	if m := ctx.Method(); m != http.MethodGet && m != http.MethodHead {
		next(ctx)
		return
	}
	rec := held(ctx, next, nil)
	if rec.status == http.StatusOK {
		tag := rec.header.Get("ETag")
		if tag == "" {
			sum := sha256.Sum256(rec.body.Bytes())
			tag = `"` + hex.EncodeToString(sum[:12]) + `"`
			rec.header.Set("ETag", tag)
		}
		if holds(ctx.Header("If-None-Match"), tag) {
			rec.status = http.StatusNotModified
			rec.header.Del("Content-Type")
		}
	}
	rec.send(ctx)
}

func holds(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}

// revisionTag is the entity tag of what can be edited: its revision.
func revisionTag(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }

// IfMatchTag is part of what an edit sends: the tag of what it started from.
type IfMatchTag struct {
	IfMatch string `header:"If-Match" maxLength:"100" example:"\"7\"" doc:"The ETag of what the edit started from; without it the answer is 428, with an old one 412"`
}

// revision is the one that the edit started from.
func (m IfMatchTag) revision(v *visit) (int64, error) {
	if m.IfMatch == "" {
		return 0, problemWith(http.StatusPreconditionRequired, "api.if-match", v.lang)
	}
	quoted, ok := strings.CutPrefix(m.IfMatch, `"`)
	number, closed := strings.CutSuffix(quoted, `"`)
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || !closed || err != nil || n < 0 {
		return 0, problemWith(http.StatusPreconditionFailed, "api.if-match.old", v.lang)
	}
	return n, nil
}

// problemWith is a problem with a sentence of its own.
func problemWith(status int, key, lang string) *problem {
	p := problemOf(status, lang)
	p.Type, p.Code, p.Detail = problemType+key, key, i18n.For(lang).T(key)
	return p
}
