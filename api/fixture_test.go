package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

// world is the interface over a store with people in every role.
type world struct {
	*apitest.Society
	t      *testing.T
	server *server
	log    *bytes.Buffer
	forms  []form
}

// newWorld has the rooms, each with everybody in it.
func newWorld(t *testing.T, rooms ...apitest.Room) *world {
	t.Helper()
	return newWorldOver(t, storetest.Open(t, storetest.SQLite(t)), rooms...)
}

// each runs the test in a world over each engine.
func each(t *testing.T, rooms []apitest.Room, test func(t *testing.T, w *world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { test(t, newWorldOver(t, s, rooms...)) })
}

func newWorldOver(t *testing.T, s *store.Store, rooms ...apitest.Room) *world {
	t.Helper()
	w := &world{Society: apitest.Gather(t, s), t: t, log: &bytes.Buffer{}}
	for _, r := range rooms {
		w.Settle(r)
	}
	h, err := New(Config{
		Store: w.Store, Log: slog.New(slog.NewTextHandler(w.log, nil)), Now: func() time.Time { return apitest.Now },
		Limiter: account.NewLimiter(1000), Origin: "https://parley.example", Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	w.server = h.(*server)
	w.server.built()
	w.forms = forms(w.server)
	return w
}

// open is a room that everybody may read.
func open(id dialogue.ID) apitest.Room {
	return apitest.Room{ID: id, Rule: dialogue.Public, Stage: dialogue.Open, Roster: dialogue.RosterMembers}
}

// reply is an answer with its body in JSON, where it is JSON.
type reply struct {
	*httptest.ResponseRecorder
	json map[string]any
	sent []byte
}

// ask sends a request; headers are pairs. A body that is a string is sent as it
// is.
func (w *world) ask(role dialogue.Role, method, path string, body any, headers ...string) reply {
	w.t.Helper()
	return w.askAs(w.Tokens[role], method, path, body, headers...)
}

func (w *world) askAs(token, method, path string, body any, headers ...string) reply {
	w.t.Helper()
	var sent []byte
	switch b := body.(type) {
	case nil:
	case string:
		sent = []byte(b)
	default:
		var err error
		if sent, err = json.Marshal(b); err != nil {
			w.t.Fatal(err)
		}
	}
	if !strings.HasPrefix(path, "/api/") {
		path = prefix + path
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(sent))
	if sent != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := reply{ResponseRecorder: httptest.NewRecorder(), sent: sent}
	w.server.ServeHTTP(out.ResponseRecorder, r)
	w.conforms(method, path, out)
	if strings.Contains(out.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(out.Body.Bytes(), &out.json); err != nil {
			w.t.Fatalf("%s %s: %v: %s", method, path, err, out.Body)
		}
	}
	return out
}

// want demands a status, and of a problem its code.
func (w *world) want(r reply, status int, code string) reply {
	w.t.Helper()
	got, _ := r.json["code"].(string)
	if r.Code != status || code != "" && got != code {
		w.t.Fatalf("got %d %q, want %d %q: %s\n%s", r.Code, got, status, code, r.Body, w.log)
	}
	return r
}

func (w *world) ok(r reply) reply {
	w.t.Helper()
	if r.Code < 200 || r.Code > 299 {
		w.t.Fatalf("got %d: %s\n%s", r.Code, r.Body, w.log)
	}
	return r
}

// bodyHas reports whether the words stand in the answer.
func bodyHas(r reply, words string) bool { return strings.Contains(r.Body.String(), words) }
