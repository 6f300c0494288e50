package api

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

// Who follows a thing hears of it, until they have read it or stop.
func TestNotices(t *testing.T) { each(t, []apitest.Room{open("towns")}, notices) }

func notices(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	level := func(l string) map[string]any { return map[string]any{"level": l} }
	w.want(w.ask(dialogue.Staff, http.MethodPut, at+"/follows", level("all")), 204, "")
	w.want(w.ask(dialogue.Staff, http.MethodPut, at+"/follows/2", level("none")), 204, "")
	w.want(w.ask(dialogue.Staff, http.MethodPut, at+"/follows/99", level("all")), 404, "")
	if list := items(w.ok(w.ask(dialogue.Staff, http.MethodGet, at+"/follows", nil))); len(list) == 0 || list[0]["level"] != "all" {
		t.Errorf("got %v", list)
	}
	w.spread()
	unread := func() float64 {
		return w.ok(w.ask(dialogue.Staff, http.MethodGet, "/account/notices/unread", nil)).json["unread"].(float64)
	}
	before := unread()
	w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/comments", map[string]any{"under": 1, "lang": "en", "body": "Who **knows**?"}), 201, "")
	w.spread()
	if got := unread(); got != before+1 {
		t.Errorf("%v are unread, were %v", got, before)
	}
	heard := items(w.ok(w.ask(dialogue.Staff, http.MethodGet, "/account/notices", nil)))[0]
	if heard["kind"] != "wrote" || heard["why"] != "dialogue" || heard["snippet"] != "Who knows?" || heard["root"] != 1.0 || heard["by"].(map[string]any)["pseudonym"] != "Swallow" {
		t.Errorf("got %v", heard)
	}
	w.want(w.ask(dialogue.Staff, http.MethodPut, "/account/notices/read", map[string]any{"up_to": heard["id"]}), 204, "")
	if got := unread(); got != 0 {
		t.Errorf("%v are unread", got)
	}
	last := w.ok(w.ask("", http.MethodGet, at+"/events/last", nil)).json["number"]
	list := items(w.ok(w.ask("", http.MethodGet, at+"/events?limit=100", nil)))
	if len(list) == 0 || list[len(list)-1]["number"] != last {
		t.Errorf("the last event is %v, want %v", list, last)
	}
	if since := items(w.ok(w.ask("", http.MethodGet, fmt.Sprint(at, "/events?since=", last.(float64)-1), nil))); len(since) != 1 || since[0]["number"] != last {
		t.Errorf("got %v", since)
	}
}

// What is heard of a room off the record has neither words nor names.
func TestNoticesOffTheRecord(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "quiet", Rule: dialogue.OffTheRecord, Stage: dialogue.Open}, apitest.Room{ID: "house", Rule: dialogue.NonAttribution, Stage: dialogue.Open})
	w.spread()
	heard := map[any]int{}
	for _, n := range items(w.ok(w.ask(dialogue.Participant, http.MethodGet, "/account/notices", nil))) {
		heard[n["dialogue"]]++
		if n["by"] != nil || n["dialogue"] == "quiet" && (n["title"] != nil || n["snippet"] != nil) {
			t.Errorf("got %v", n)
		}
	}
	if heard["quiet"] == 0 || heard["house"] == 0 {
		t.Errorf("nothing was heard: %v", heard)
	}
}

// What people say off the record is in no answer of a program, whatever the
// operation; one's own drafts, answer and sanctions are.
func TestTheForumOffTheRecord(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "quiet", Rule: dialogue.OffTheRecord, Stage: dialogue.Open})
	own := []string{"list-drafts", "get-vote", "list-sanctions"}
	walked := 0
	for _, op := range w.server.operations {
		spoken := slices.Contains([]string{tagForum, tagOpinion, tagModeration, tagNotice}, op.tag)
		if op.method != http.MethodGet || !spoken || !strings.Contains(op.path, "{dialogue}") || slices.Contains(own, op.id) {
			continue
		}
		walked++
		for _, role := range []dialogue.Role{dialogue.Participant, dialogue.Moderator, dialogue.Convener} {
			r := w.ask(role, op.method, op.example("quiet")+asking[op.id], nil)
			if r.Code != http.StatusForbidden || bodyHas(r, "ferry") {
				t.Errorf("%s for %s: got %d %s", op.id, role, r.Code, r.Body)
			}
		}
	}
	if walked < 25 {
		t.Errorf("only %d operations were walked", walked)
	}
}

func TestNoticeSettings(t *testing.T) { each(t, nil, settingsOfNotices) }

func settingsOfNotices(t *testing.T, w *world) {
	const at = "/account/notice-settings"
	read := w.ok(w.ask(dialogue.Holder, http.MethodGet, at, nil))
	want := map[string]any{"every": "weekly", "hour": 7.0, "weekday": "friday", "quiet": true, "from": 21.0, "to": 6.0, "letters": false}
	put := func(headers ...string) reply { return w.ask(dialogue.Holder, http.MethodPut, at, want, headers...) }
	w.want(put(), 428, "api.if-match")
	w.ok(put("If-Match", read.Header().Get("ETag")))
	w.want(put("If-Match", read.Header().Get("ETag")), 412, "store.stale")
	now := w.ok(w.ask(dialogue.Holder, http.MethodGet, at, nil))
	for key := range want {
		if now.json[key] != want[key] {
			t.Errorf("%s: got %v, want %v", key, now.json[key], want[key])
		}
	}
	const feeds = "/account/feed-key"
	key := func() any { return w.ok(w.ask(dialogue.Holder, http.MethodGet, feeds, nil)).json["key"] }
	none := key()
	made := w.want(w.ask(dialogue.Holder, http.MethodPost, feeds, nil), 201, "").json["key"]
	if none != "" || made == "" || key() != made {
		t.Errorf("got %q, then %q, then %q", none, made, key())
	}
	if other := w.want(w.ask(dialogue.Holder, http.MethodPost, feeds, nil), 201, "").json["key"]; other == made {
		t.Errorf("got %v again", other)
	}
	w.want(w.ask(dialogue.Holder, http.MethodDelete, feeds, nil), 204, "")
	if left := key(); left != "" {
		t.Errorf("got %q", left)
	}
}

// Feeds are read by programs that know nothing of this interface.
func TestFeeds(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns/feeds/"
	for _, query := range []string{"", "?problem=1", "?tag=ferry", "?lang=ru"} {
		atom := w.ok(w.ask("", http.MethodGet, at+"atom"+query, nil))
		var doc struct {
			XMLName xml.Name
			Entries []struct {
				ID    string `xml:"id"`
				Title string `xml:"title"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(atom.Body.Bytes(), &doc); err != nil || doc.XMLName.Space != "http://www.w3.org/2005/Atom" || len(doc.Entries) == 0 {
			t.Errorf("%s: %v, %+v", query, err, doc)
		}
		asJSON := w.ok(w.ask("", http.MethodGet, at+"json"+query, nil))
		if len(items(asJSON)) != len(doc.Entries) || items(asJSON)[0]["id"] != doc.Entries[0].ID {
			t.Errorf("%s: %d entries, %d items", query, len(doc.Entries), len(items(asJSON)))
		}
		tag := atom.Header().Get("ETag")
		if again := w.ask("", http.MethodGet, at+"atom"+query, nil, "If-None-Match", tag); again.Code != http.StatusNotModified {
			t.Errorf("%s: got %d for what is known", query, again.Code)
		}
	}
	w.want(w.ask("", http.MethodGet, at+"atom?problem=99", nil), 404, "")
}

// A translation stands beside the original, is rated, and is told to be stale when
// the original changes.
func TestTranslations(t *testing.T) { each(t, []apitest.Room{open("towns")}, translations) }

func translations(t *testing.T, w *world) {
	const item = "/dialogues/towns/contributions/3"
	w.want(w.ask(dialogue.Interpreter, http.MethodPut, item+"/translations/ru", map[string]any{"body": "Сколько их?", "of": 1}), 204, "")
	for _, rating := range []int{1, -1} {
		w.want(w.ask(dialogue.Participant, http.MethodPut, item+"/translations/ru/rating", map[string]any{"rating": rating}), 204, "")
	}
	first := func() map[string]any {
		list := w.ok(w.ask(dialogue.Participant, http.MethodGet, item, nil)).json["translations"].([]any)
		return list[0].(map[string]any)
	}
	if got := first(); got["body"] != "Сколько их?" || got["good"] != 0.0 || got["bad"] != 1.0 || got["rating"] != -1.0 || got["stale"] != false {
		t.Errorf("got %v", got)
	}
	edit := map[string]any{"body": "How many of them are there?"}
	w.ok(w.ask(dialogue.Mediator, http.MethodPut, item, edit, "If-Match", `"1"`))
	if got := first(); got["stale"] != true {
		t.Errorf("got %v", got)
	}
	w.want(w.ask(dialogue.Interpreter, http.MethodPut, item+"/translations/xx", map[string]any{"body": "?", "of": 1}), 422, "")
	waiting := w.numbers("", "/dialogues/towns/translations/missing?lang=ru&limit=10")
	if !slices.Contains(waiting, fmt.Sprint("3", "comment")) {
		t.Errorf("what is stale does not wait: %v", waiting)
	}
}
