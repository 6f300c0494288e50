package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// form is an operation with the form of its address.
type form struct {
	method  string
	address *regexp.Regexp
	op      *huma.Operation
}

func forms(s *server) []form {
	var out []form
	for _, op := range s.operations {
		item := s.document.OpenAPI().Paths[prefix+op.path]
		out = append(out, form{op.method, regexp.MustCompile("^" + place.ReplaceAllString(prefix+op.path, "[^/]+") + "$"), map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		}[op.method]})
	}
	return out
}

// described finds the operation that an address meets.
func (w *world) described(method, path string) *huma.Operation {
	path, _, _ = strings.Cut(path, "?")
	for _, f := range w.forms {
		if f.method == method && f.address.MatchString(path) {
			return f.op
		}
	}
	return nil
}

// conforms holds an answer to the document: its status, its kind, its headers and
// its body. Every answer of every test goes through here.
func (w *world) conforms(method, path string, r reply) {
	w.t.Helper()
	op := w.described(method, path)
	if op == nil {
		return
	}
	found := differences(w.server.document.OpenAPI(), op, r)
	if len(found) == 0 {
		return
	}
	for _, broken := range found[:min(mostShown, len(found))] {
		w.t.Errorf("%s %s: %s", method, path, short(broken))
	}
	w.t.Errorf("%s %s: %d differences in %s", method, path, len(found), short(r.Body.String()))
}

// mostShown is how many differences one answer is reported with: a searched
// answer has as many as points, each with the point in its text.
const mostShown = 10

// short is the beginning of a text, enough to know it by.
func short(s string) string {
	const most = 1000
	if len(s) <= most {
		return s
	}
	return s[:most] + " ..."
}

func differences(doc *huma.OpenAPI, op *huma.Operation, r reply) []string {
	described := op.Responses[strconv.Itoa(r.Code)]
	if described == nil {
		return []string{"the status " + strconv.Itoa(r.Code) + " is not described"}
	}
	var out []string
	for header := range described.Headers {
		if r.Header().Get(header) == "" && header != "Link" {
			out = append(out, "the header "+header+" is missing")
		}
	}
	kind, _, _ := strings.Cut(r.Header().Get("Content-Type"), ";")
	if len(described.Content) == 0 {
		if r.Body.Len() > 0 {
			out = append(out, "there is a body")
		}
		return out
	}
	media := described.Content[kind]
	if media == nil {
		return append(out, "the kind "+kind+" is not described")
	}
	if !strings.HasSuffix(kind, "json") {
		return out
	}
	var body any
	if err := json.Unmarshal(r.Body.Bytes(), &body); err != nil {
		return append(out, err.Error())
	}
	found := &huma.ValidateResult{}
	huma.Validate(doc.Components.Schemas, media.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, body, found)
	for _, err := range found.Errors {
		out = append(out, err.Error())
	}
	return out
}

// The holding of answers to the document does find what is wrong.
func TestAnswersThatDoNotConform(t *testing.T) {
	w := newWorld(t, open("towns"))
	op := w.described(http.MethodGet, prefix+"/dialogues/towns?x=1")
	if op == nil || op.OperationID != "get-dialogue" {
		t.Fatalf("got %+v", op)
	}
	good := func() reply { return w.ok(w.ask("", http.MethodGet, "/dialogues/towns", nil)) }
	for name, spoil := range map[string]func(r *reply){
		"is not described": func(r *reply) { r.Code = http.StatusTeapot },
		"kind text/html":   func(r *reply) { r.Header().Set("Content-Type", "text/html") },
		"header ETag":      func(r *reply) { r.Header().Del("ETag") },
		"required property as_of": func(r *reply) {
			swap(r, `"as_of"`, `"as_off"`)
		},
		"one of": func(r *reply) { swap(r, `"stage":"open"`, `"stage":"ajar"`) },
		"object": func(r *reply) { r.Body.Reset(); r.Body.WriteString("[]") },
	} {
		r := good()
		spoil(&r)
		if got := strings.Join(differences(w.server.document.OpenAPI(), op, r), "; "); !strings.Contains(got, name) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func swap(r *reply, old, new string) {
	body := strings.ReplaceAll(r.Body.String(), old, new)
	r.Body.Reset()
	r.Body.WriteString(body)
}
