package apitest_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const redocly = "node_modules/.bin/redocly"

// document is the document in the form with that ending.
func (l *live) document(t *testing.T, ending string) []byte {
	t.Helper()
	r, err := http.Get(l.URL + "/api/openapi." + ending)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("got %d, %v", r.StatusCode, err)
	}
	return b
}

func keep(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func lint(t *testing.T, path string) (string, error) {
	t.Helper()
	return run(t, time.Minute, ".", tool(t, redocly), "lint", "--extends=recommended-strict", path)
}

// A checker that nobody here wrote finds nothing in the document, in either form.
func TestTheDocumentIsWellFormed(t *testing.T) {
	l := serve(t)
	for _, ending := range []string{"json", "yaml"} {
		if out, err := lint(t, keep(t, "openapi."+ending, l.document(t, ending))); err != nil {
			t.Errorf("%s: %v\n%s", ending, err, out)
		}
	}
}

// The checker does find what is wrong.
func TestABrokenDocumentIsRefused(t *testing.T) {
	whole := serve(t).document(t, "json")
	for _, c := range []struct{ name, old, new, want string }{
		{"a reference to nothing", `"#/components/schemas/Stage"`, `"#/components/schemas/Stages"`, "no-unresolved-refs"},
		{"a parameter that is not described", `"in":"path","name":"dialogue"`, `"in":"path","name":"dialog"`, "path-parameters-defined"},
		{"an operation without its scheme", `"token":["read"]`, `"key":["read"]`, "security-defined"},
		{"a word that no schema has", `"type":"object"`, `"type":"thing"`, "struct"},
	} {
		if !bytes.Contains(whole, []byte(c.old)) {
			t.Fatalf("%s: %s is not in the document", c.name, c.old)
		}
		broken := bytes.Replace(whole, []byte(c.old), []byte(c.new), 1)
		out, err := lint(t, keep(t, "openapi.json", broken))
		if err == nil || !strings.Contains(out, c.want) {
			t.Errorf("%s: got %v\n%s", c.name, err, out)
		}
	}
}
