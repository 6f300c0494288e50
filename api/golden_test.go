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

	"parley/api/apitest"
	"parley/dialogue"
)

var update = flag.Bool("update", false, "write the golden files anew")

// drawn are what is random in an answer.
var drawn = []struct {
	form *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`parley_[A-Z2-7]{52}`), "parley_SECRET"},
	{regexp.MustCompile(`"id": [0-9]+`), `"id": 1`}, // of notices, of which people get theirs in no order
	{regexp.MustCompile(`"token": "[^"]+"`), `"token": "TOKEN"`},
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
		goldenReply(t, c.name, w.ask(c.role, c.method, c.path, c.body, c.headers...))
	}
}

// So are those of the forum, from a problem to what is told of answers.
func TestRepliesOfTheForumAreAsTheyWere(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/drafts/comment:1", map[string]any{"fields": map[string]any{"body": "Until when"}}), 204, "")
	for _, c := range []struct {
		name         string
		role         dialogue.Role
		method, path string
		body         any
	}{
		{"problems", "", http.MethodGet, at + "/problems", nil},
		{"problem", dialogue.Participant, http.MethodGet, at + "/problems/1", nil},
		{"action", "", http.MethodGet, at + "/actions/2", nil},
		{"comments", "", http.MethodGet, at + "/comments?under=1", nil},
		{"contribution", dialogue.Staff, http.MethodGet, at + "/contributions/1", nil},
		{"revisions", "", http.MethodGet, at + "/contributions/1/revisions", nil},
		{"drafts", dialogue.Participant, http.MethodGet, at + "/drafts", nil},
		{"search", "", http.MethodGet, at + "/search?words=ferry&limit=2", nil},
		{"tags", "", http.MethodGet, at + "/tags", nil},
		{"untranslated", "", http.MethodGet, at + "/translations/missing?lang=ru&limit=1", nil},
		{"statements", "", http.MethodGet, at + "/statements", nil},
		{"raised", dialogue.Delegate, http.MethodPost, at + "/problems", map[string]any{"lang": "ru", "title": "Мост закрыт"}},
		{"card", dialogue.Participant, http.MethodGet, at + "/cards/next", nil},
		{"vote-none", dialogue.Participant, http.MethodGet, at + "/votes/4", nil},
		{"knowing", "", http.MethodGet, at + "/knowing", nil},
		{"support", "", http.MethodGet, at + "/support", nil},
		{"cases", dialogue.Moderator, http.MethodGet, at + "/cases", nil},
		{"moderation-log", "", http.MethodGet, at + "/moderation-log", nil},
		{"moderation-balance", "", http.MethodGet, at + "/moderation-balance", nil},
		{"moderation-rules", "", http.MethodGet, at + "/moderation-rules", nil},
		{"follows", dialogue.Observer, http.MethodGet, at + "/follows", nil},
		{"events", "", http.MethodGet, at + "/events?limit=3", nil},
		{"feed", "", http.MethodGet, at + "/feeds/json?problem=1", nil},
		{"notice-settings", dialogue.Observer, http.MethodGet, "/account/notice-settings", nil},
		{"problem-answer-first", dialogue.Participant, http.MethodGet, at + "/results/4", nil},
	} {
		goldenReply(t, c.name, w.ask(c.role, c.method, c.path, c.body))
	}
	people := gatherCrowd(t, w, 10, "KE", "BR", "OS")
	for _, side := range []dialogue.SideID{"KE", "BR", "OS"} {
		for i, token := range people[side] {
			w.voter(token, []string{"agree", "agree", "disagree"}[i%3], i%2 == 0)
			if i == 2 {
				w.ok(w.askAs(token, http.MethodPut, at+"/votes/4/reason", map[string]any{"lang": "en", "words": "It sails empty, " + string(side) + " pays."}))
			}
		}
	}
	goldenReply(t, "statement-told", w.ask("", http.MethodGet, statementAt, nil))
	// Without a name, and without a minute.
	goldenReply(t, "reasons", w.ask("", http.MethodGet, statementAt+"/reasons", nil))
	w.voter(w.Tokens[dialogue.Participant], "agree", true)
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/guesses/4/BR", map[string]any{"of10": 2}), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/guesses/4/OS/skips", nil), 204, "")
	goldenReply(t, "vote", w.ask(dialogue.Participant, http.MethodGet, at+"/votes/4", nil))
	goldenReply(t, "result", w.ask(dialogue.Participant, http.MethodGet, at+"/results/4", nil))
	w.spread()
	goldenReply(t, "notices", w.ask(dialogue.Participant, http.MethodGet, "/account/notices", nil))
}

// spread does what the job does that turns events into notices.
func (w *world) spread() {
	w.t.Helper()
	for more, err := true, error(nil); more; {
		if more, err = w.SpreadNotices(w.t.Context(), 100, apitest.Now); err != nil {
			w.t.Fatal(err)
		}
	}
}

// goldenReply holds an answer to its file, but for what is drawn.
func goldenReply(t *testing.T, name string, r reply) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, r.Body.Bytes(), "", "  "); err != nil {
		t.Fatalf("%s: %v: %s", name, err, r.Body)
	}
	reply := got.Bytes()
	for _, d := range drawn {
		reply = d.form.ReplaceAll(reply, []byte(d.as))
	}
	golden(t, name+".json", reply)
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
