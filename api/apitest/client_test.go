package apitest_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/api/apitest"
	"parley/dialogue"
)

// journey makes a client from the document, in a folder of its own, and lets the
// script use it against the address, with the tokens of the roles.
func (l *live) journey(t *testing.T, address, name string, roles ...dialogue.Role) (string, error) {
	t.Helper()
	dir := t.TempDir()
	document := filepath.Join(dir, "openapi.json")
	script, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), script, 0o600)
	}
	if err == nil {
		err = os.WriteFile(document, l.document(t, "json"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := run(t, time.Minute, dir, tool(t, "venv/bin/openapi-python-client"), "generate", "--path", document, "--meta", "none", "--output-path", "client")
	if err != nil {
		t.Fatalf("no client could be made: %v\n%s", err, out)
	}
	// Three answers are files and no JSON; all else must be there.
	if n := strings.Count(out, "WARNING"); n != 3 || strings.Count(out, "Unsupported content_type") != 3 {
		t.Errorf("the client lacks something:\n%s", out)
	}
	args := []string{name, address}
	for _, role := range roles {
		args = append(args, l.Tokens[role])
	}
	return run(t, time.Minute, dir, tool(t, "venv/bin/python"), args...)
}

var hall = apitest.Room{ID: "hall", Rule: dialogue.Members, Stage: dialogue.Open}

// A client that was made from the document takes part in a dialogue, from the
// list of dialogues to leaving.
func TestAGeneratedClientTakesPart(t *testing.T) {
	l := serve(t, towns, hall)
	if out, err := l.journey(t, l.URL, "journey.py", dialogue.Convener, dialogue.Holder); err != nil || !strings.HasSuffix(out, "done\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

// speakers are those for whom forum.py has tokens.
var speakers = []dialogue.Role{
	dialogue.Participant, dialogue.Delegate, dialogue.Interpreter, dialogue.Observer, dialogue.Moderator, dialogue.Convener,
}

// A client that was made from the document speaks, answers, moderates and hears of
// it.
func TestAGeneratedClientSpeaks(t *testing.T) {
	l := serve(t, towns)
	out, err := l.journey(t, l.spreading(t), "forum.py", speakers...)
	if err != nil || !strings.HasSuffix(out, "done\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

// spreading answers like the server, and does before every answer what a job does
// with events.
func (l *live) spreading(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for more, err := true, error(nil); more; {
			if more, err = l.SpreadNotices(r.Context(), 100, apitest.Now); err != nil {
				t.Error(err)
			}
		}
		l.Config.Handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// lying answers like the server, with one word in the place of another.
func (l *live) lying(t *testing.T, old, new string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		l.Config.Handler.ServeHTTP(rec, r)
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(rec.Code)
		body := rec.Body.Bytes()
		if strings.HasPrefix(r.URL.Path, "/api/v1/") {
			body = bytes.ReplaceAll(body, []byte(old), []byte(new))
		}
		w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// The client does stumble over an answer that is not as the document says.
func TestTheClientStumblesOverAWrongAnswer(t *testing.T) {
	l := serve(t, towns, hall)
	out, err := l.journey(t, l.lying(t, `"version":`, `"verzion":`), "journey.py", dialogue.Convener, dialogue.Holder)
	if err == nil || !strings.Contains(out, "KeyError: 'version'") {
		t.Errorf("got %v\n%s", err, out)
	}
}
