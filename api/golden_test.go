package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"parley/dialogue"
)

var update = flag.Bool("update", false, "write the golden files anew")

// drawn are what is random in an answer.
var drawn = []struct {
	form *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`parley_[A-Z2-7]{52}`), "parley_SECRET"},
	{regexp.MustCompile(`"secret": "[A-Z2-7]{52}"`), `"secret": "SECRET"`},
	{regexp.MustCompile(`\b[A-Z2-7]{26}\b|\b[a-z2-7]{26}\b`), "RANDOM"},
}

// The replies are what programs have been written for: a change of one is seen
// here.
func TestRepliesAreAsTheyWere(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	for _, c := range []struct {
		name         string
		role         dialogue.Role
		method, path string
		body         any
		headers      []string
	}{
		{"dialogues", "", http.MethodGet, "/dialogues", nil, nil},
		{"dialogue", dialogue.Participant, http.MethodGet, at, nil, nil},
		{"declaration", "", http.MethodGet, at + "/declarations/1", nil, nil},
		{"registers", "", http.MethodGet, at + "/registers", nil, nil},
		{"interests", "", http.MethodGet, at + "/interests?limit=2&side=BR", nil, nil},
		{"topics", "", http.MethodGet, at + "/topics?limit=3", nil, nil},
		{"matters", "", http.MethodGet, at + "/matters", nil, nil},
		{"comparison", "", http.MethodGet, at + "/comparison", nil, nil},
		{"deals-asked", "", http.MethodPost, at + "/deals", nil, nil},
		{"membership", dialogue.Registrar, http.MethodGet, at + "/membership", nil, nil},
		{"applicants", dialogue.Registrar, http.MethodGet, at + "/applicants", nil, nil},
		{"invitation", dialogue.Convener, http.MethodPost, at + "/invitations", map[string]any{"role": "registrar", "side": "OS", "note": "for Ostemar"}, nil},
		{"settings", dialogue.Convener, http.MethodGet, at + "/settings", nil, nil},
		{"checklist", dialogue.Convener, http.MethodGet, at + "/checklist", nil, nil},
		{"journal", dialogue.Moderator, http.MethodGet, at + "/journal?limit=3", nil, nil},
		{"account", dialogue.Owner, http.MethodGet, "/account", nil, nil},
		{"export", dialogue.Participant, http.MethodGet, "/account/export", nil, nil},
		{"tokens", dialogue.Owner, http.MethodGet, "/account/tokens", nil, nil},
		{"token", dialogue.Owner, http.MethodPost, "/account/tokens", map[string]any{"name": "copy", "scopes": []string{"read"}}, nil},
		{"sessions", dialogue.Owner, http.MethodGet, "/account/sessions", nil, nil},
		{"legal", "", http.MethodGet, "/legal", nil, nil},
		{"problem-401", "", http.MethodGet, "/account", nil, nil},
		{"problem-403", dialogue.Participant, http.MethodGet, at + "/settings", nil, nil},
		{"problem-404", "", http.MethodGet, "/dialogues/nowhere", nil, []string{"Accept-Language", "ru"}},
		{"problem-422", dialogue.Convener, http.MethodPost, at + "/invitations", map[string]any{"role": "dancer", "uses": 0, "more": 1}, []string{"Accept-Language", "ru"}},
		{"problem-428", dialogue.Convener, http.MethodPut, at + "/settings", nil, nil},
	} {
		if c.name == "problem-428" {
			c.body = w.ask(dialogue.Convener, http.MethodGet, at+"/settings", nil).json
		}
		r := w.ask(c.role, c.method, c.path, c.body, c.headers...)
		var got bytes.Buffer
		if err := json.Indent(&got, r.Body.Bytes(), "", "  "); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		reply := got.Bytes()
		for _, d := range drawn {
			reply = d.form.ReplaceAll(reply, []byte(d.as))
		}
		golden(t, c.name+".json", reply)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not as it was; go test ./api -run Replies -update writes it anew. Got\n%s", name, got)
	}
}
