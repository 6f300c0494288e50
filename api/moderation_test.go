package api

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"parley/api/apitest"
	"parley/dialogue"
)

// Something is reported, hidden with a reason that everybody may read, looked at
// again by somebody else, and shown again.
func TestModeration(t *testing.T) { each(t, []apitest.Room{open("towns")}, moderated) }

func moderated(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	said := numberOf(w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/comments", map[string]any{"under": 1, "lang": "en", "body": "You people never listen."}), 201, ""))
	item := fmt.Sprint(at, "/contributions/", said)
	told := map[string]any{"of": said, "reason": "insult", "text": "It is about all of us."}
	w.want(w.ask(dialogue.Observer, http.MethodPost, at+"/reports", told, onceHeader, "r1"), 204, "")
	w.want(w.ask(dialogue.Observer, http.MethodPost, at+"/reports", told, onceHeader, "r1"), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/reports", map[string]any{"of": said, "reason": "insult"}), 204, "")
	cases := items(w.ok(w.ask(dialogue.Moderator, http.MethodGet, at+"/cases", nil)))
	if len(cases) != 2 || len(cases[1]["reports"].([]any)) != 2 || cases[1]["barred"] != false {
		t.Fatalf("got %v", cases)
	}
	number := int(cases[1]["number"].(float64))
	address := fmt.Sprint(at, "/cases/", number)
	until := apitest.Now.Add(48 * time.Hour).Format(time.RFC3339)
	hide := map[string]any{"verdict": "hide", "reason": "insult", "text": "It judges a people.", "lang": "en", "until": until}
	w.want(w.ask(dialogue.Participant, http.MethodPost, address+"/decisions", hide), 403, "dialogue.denied")
	w.want(w.ask(dialogue.Moderator, http.MethodPost, address+"/decisions", hide), 204, "")
	w.want(w.ask("", http.MethodGet, item, nil), 404, "")
	if own := w.ok(w.ask(dialogue.Delegate, http.MethodGet, item, nil)); field(own, "verdict", "reason") != "insult" || field(own, "verdict", "case") != float64(number) {
		t.Errorf("its author reads %s", own.Body)
	}
	if own := w.ok(w.ask(dialogue.Delegate, http.MethodGet, item+"/case", nil)); field(own, "decision", "text") != "It judges a people." || len(own.json["reports"].([]any)) != 0 {
		t.Errorf("its author reads %s", own.Body)
	}
	if s := items(w.ok(w.ask(dialogue.Delegate, http.MethodGet, at+"/sanctions", nil))); len(s) != 1 || s[0]["until"] != until {
		t.Errorf("got %v", s)
	}
	denied := w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/comments", map[string]any{"lang": "en", "body": "And yet."}), 403, "moderation.sanctioned")
	if !bodyHas(denied, "2026") || bodyHas(denied, "UTC") {
		t.Errorf("the day is not in words: %s", denied.Body)
	}
	again := map[string]any{"case": number, "text": "I said it of two people."}
	w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/appeals", again), 404, "")
	w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/appeals", again), 204, "")
	keep := map[string]any{"verdict": "keep", "reason": "insult", "text": "It names two people and no side.", "lang": "en"}
	w.want(w.ask(dialogue.Moderator, http.MethodPost, address+"/decisions", keep), 403, "")
	w.want(w.ask(dialogue.Convener, http.MethodPost, address+"/decisions", keep), 204, "")
	w.ok(w.ask("", http.MethodGet, item, nil))
	log := items(w.ok(w.ask("", http.MethodGet, at+"/moderation-log", nil)))[0]
	decided, appealed := log["decision"].(map[string]any), log["appeal"].(map[string]any)
	if decided["verdict"] != "hide" || appealed["text"] != nil || appealed["decision"].(map[string]any)["verdict"] != "keep" {
		t.Errorf("got %v", log)
	}
	taken := w.want(w.ask(dialogue.Moderator, http.MethodPost, at+"/cases", map[string]any{"of": 2}), 201, "")
	if one := w.ok(w.ask(dialogue.Moderator, http.MethodGet, taken.Header().Get("Location"), nil)); field(one, "of", "number") != 2.0 || one.json["barred"] != false {
		t.Errorf("got %s", one.Body)
	}
	if b := w.ok(w.ask("", http.MethodGet, at+"/moderation-balance", nil)); bodyHas(b, `"cases"`) {
		t.Errorf("the balance tells of two cases: %s", b.Body)
	}
}

// Rules are edited from what they are.
func TestModerationRules(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns/moderation-rules"
	read := w.ok(w.ask("", http.MethodGet, at, nil))
	rules := map[string]any{"text": "Let it cool.", "premoderate": 3, "slow_seconds": 600, "slow_until": apitest.Now.Add(24 * time.Hour).Format(time.RFC3339)}
	put := func(headers ...string) reply { return w.ask(dialogue.Moderator, http.MethodPut, at, rules, headers...) }
	w.want(put(), 428, "api.if-match")
	w.want(put("If-Match", `"7"`), 412, "store.stale")
	changed := w.ok(put("If-Match", read.Header().Get("ETag")))
	w.want(put("If-Match", read.Header().Get("ETag")), 412, "store.stale")
	now := w.ok(w.ask("", http.MethodGet, at, nil))
	for key, want := range map[string]any{"premoderate": 3.0, "slow_seconds": 600.0, "slow_until": rules["slow_until"]} {
		if now.json[key] != want {
			t.Errorf("%s: got %v, want %v", key, now.json[key], want)
		}
	}
	if now.Header().Get("ETag") != changed.Header().Get("ETag") {
		t.Errorf("got %q, want %q", now.Header().Get("ETag"), changed.Header().Get("ETag"))
	}
	w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/comments", map[string]any{"lang": "en", "body": "One."}), 429, "moderation.slow")
}
