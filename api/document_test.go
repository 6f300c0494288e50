package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/goccy/go-yaml"
)

func TestTheDocumentSaysAllOfEachOperation(t *testing.T) {
	w := newWorld(t)
	doc := w.server.document.OpenAPI()
	if doc.OpenAPI != "3.1.0" || doc.Servers[0].URL != "https://parley.example" || doc.Info.Version != "test" {
		t.Errorf("got %q %+v %q", doc.OpenAPI, doc.Servers[0], doc.Info.Version)
	}
	seen := map[string]bool{}
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op == nil {
				continue
			}
			seen[op.OperationID] = true
			name := op.Method + " " + path
			if op.OperationID == "" || op.Summary == "" || !strings.Contains(op.Description, "Verb `") || len(op.Tags) != 1 || len(op.Security) == 0 {
				t.Errorf("%s is not described: %+v", name, op)
			}
			for _, status := range []string{"400", "401", "403", "404", "422", "429", "500", "503"} {
				if r := op.Responses[status]; r == nil || r.Content["application/problem+json"] == nil {
					t.Errorf("%s does not describe its %s", name, status)
				}
			}
		}
	}
	if len(seen) != len(w.server.operations) || len(seen) < 70 {
		t.Errorf("%d operations are described, %d registered", len(seen), len(w.server.operations))
	}
}

// Nothing that the document calls an object takes fields that it does not name,
// unless its keys are data.
func TestObjectsAreClosed(t *testing.T) {
	w := newWorld(t)
	for name, s := range w.server.document.OpenAPI().Components.Schemas.Map() {
		if s.Type == huma.TypeObject && len(s.Properties) > 0 && s.AdditionalProperties != false {
			t.Errorf("%s is open: %v", name, s.AdditionalProperties)
		}
	}
}

func TestBothFormsSayTheSame(t *testing.T) {
	w := newWorld(t)
	asJSON, asYAML := w.ok(w.ask("", http.MethodGet, "/api/openapi.json", nil)), w.ok(w.ask("", http.MethodGet, "/api/openapi.yaml", nil))
	if got := asJSON.Header().Get("Content-Type"); got != "application/openapi+json" {
		t.Errorf("got %q", got)
	}
	if got := asYAML.Header().Get("Content-Type"); got != "application/openapi+yaml; charset=utf-8" {
		t.Errorf("got %q", got)
	}
	var fromYAML map[string]any
	if err := yaml.Unmarshal(asYAML.Body.Bytes(), &fromYAML); err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(asJSON.json["paths"])
	two, _ := json.Marshal(fromYAML["paths"])
	if len(one) < 50_000 || len(one) != len(two) {
		t.Errorf("%d bytes of paths in JSON, %d in YAML", len(one), len(two))
	}
}

// The page that huma would serve loads a script from elsewhere.
func TestThereIsNoForeignPage(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/docs", "/api/docs", "/api/openapi-3.0.json", "/api/schemas/Text", "/api/v1", "/api/"} {
		w.want(w.ask("", http.MethodGet, path, nil), http.StatusNotFound, "http.404")
	}
}

// The site does not wait for the document: it is made by the first request.
func TestMakingTheHandlerTakesNoTime(t *testing.T) {
	w := newWorld(t)
	begun := time.Now()
	h, err := New(Config{Store: w.Store})
	if took := time.Since(begun); err != nil || took > 5*time.Millisecond {
		t.Fatalf("took %s, %v", took, err)
	}
	begun = time.Now()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v1/legal", nil))
	t.Logf("the first request took %s", time.Since(begun))
	if rec.Code != http.StatusOK {
		t.Errorf("got %d", rec.Code)
	}
	if _, err := New(Config{}); err == nil {
		t.Error("it was made without a store")
	}
}

// What a feed is like stands in the document, in the kinds in which it comes.
func TestFeedsAreDescribed(t *testing.T) {
	w := newWorld(t)
	doc := w.server.document.OpenAPI()
	for kind, broken := range map[string]any{
		atomMIME: 7, jsonFeed: map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []any{map[string]any{"id": "y"}}},
	} {
		path := map[string]string{atomMIME: "atom", jsonFeed: "json"}[kind]
		answer := doc.Paths[prefix+"/dialogues/{dialogue}/feeds/"+path].Get.Responses["200"]
		if answer == nil || len(answer.Content) != 1 || answer.Content[kind] == nil || answer.Headers["Content-Type"] != nil {
			t.Fatalf("%s: got %+v", kind, answer)
		}
		found := &huma.ValidateResult{}
		huma.Validate(doc.Components.Schemas, answer.Content[kind].Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, broken, found)
		if len(found.Errors) == 0 {
			t.Errorf("%s: %v is taken for a feed", kind, broken)
		}
	}
}
