package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

// numberOf is the number in a receipt.
func numberOf(r reply) int {
	n, _ := r.json["number"].(float64)
	return int(n)
}

// What people write is read as they wrote it: a problem, an action that answers
// it, a comment that quotes it, and all that is tied to them.
func TestTheForum(t *testing.T) { each(t, []apitest.Room{open("towns")}, theForum) }

func theForum(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	raised := map[string]any{
		"lang": "en", "title": "The bridge is closed", "body": "To **carts**, see #1.", "tags": []string{"bridge", "bridge"}, "sector": "civil",
		"links": []any{map[string]any{"kind": "topic", "to": "flood-release"}},
	}
	made := w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/problems", raised, onceHeader, "k1"), 201, "")
	again := w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/problems", raised, onceHeader, "k1"), 201, "")
	n := numberOf(made)
	if made.Body.String() != again.Body.String() || made.json["state"] != "shown" || made.Header().Get("Location") != fmt.Sprint(prefix, at, "/problems/", n) {
		t.Fatalf("got %v %s, then %s", made.Header(), made.Body, again.Body)
	}
	problem := w.ok(w.ask("", http.MethodGet, made.Header().Get("Location"), nil))
	for key, want := range map[string]any{"title": "The bridge is closed", "body": "To **carts**, see #1.", "sector": "civil", "status": "raised", "kind": "problem", "own": false} {
		if problem.json[key] != want {
			t.Errorf("%s: got %v, want %v", key, problem.json[key], want)
		}
	}
	if html := problem.json["html"].(string); !strings.Contains(html, "<strong>carts</strong>") || !strings.Contains(html, `href="https://parley.example/en/towns/item/1"`) {
		t.Errorf("got %s", html)
	}
	if tags := problem.json["tags"].([]any); len(tags) != 1 || field(problem, "author", "pseudonym") != "Swallow" {
		t.Errorf("got %s", problem.Body)
	}
	action := numberOf(w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/actions", map[string]any{
		"lang": "ru", "title": "Открыть одну полосу", "horizon": "immediate", "problems": []int{n, n},
		"parts": []any{map[string]any{"side": "KE", "does": "Чинит настил"}, map[string]any{"does": "Делят расходы"}},
	}), 201, ""))
	w.want(w.ask(dialogue.Delegate, http.MethodPut, fmt.Sprint(at, "/actions/", action, "/problems/1"), nil), 204, "")
	if got := w.ok(w.ask("", http.MethodGet, fmt.Sprint(at, "/actions/", action), nil)); len(got.json["problems"].([]any)) != 2 || len(got.json["parts"].([]any)) != 2 || got.json["horizon"] != "immediate" {
		t.Errorf("got %s", got.Body)
	}
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, fmt.Sprint(at, "/actions/", action, "/problems/1"), nil), 204, "")
	if r := w.ask(dialogue.Delegate, http.MethodDelete, fmt.Sprint(at, "/actions/", action, "/problems/", n), nil); r.Code != http.StatusConflict && r.Code != http.StatusUnprocessableEntity {
		t.Errorf("the last problem of an action went: %d %s", r.Code, r.Body)
	}
	comment := map[string]any{"under": n, "lang": "en", "body": "To all of them?", "quote": n, "words": "carts"}
	said := numberOf(w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/comments", comment), 201, ""))
	comment["words"] = "horses"
	w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/comments", comment), 422, "")
	w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/comments", map[string]any{"under": n, "to": said, "lang": "en", "body": "To all."}), 201, "")
	thread := w.ok(w.ask("", http.MethodGet, fmt.Sprint(at, "/comments?under=", n), nil))
	list := items(thread)
	if len(list) != 2 || list[1]["depth"] != 1.0 || list[0]["quote"].(map[string]any)["words"] != "carts" || thread.json["total"] != 2.0 {
		t.Errorf("got %s", thread.Body)
	}
	for _, c := range []struct{ query, want string }{
		{"/problems?tag=bridge", "The bridge is closed"}, {"/problems?sector=civil", "The bridge is closed"}, {"/problems?order=time&limit=1", "The bridge is closed"},
		{"/problems?link_kind=topic&link_to=flood-release&order=time", "The bridge is closed"}, {"/problems?status=done", ""},
		{"/links?kind=topic&to=flood-release", "The bridge is closed"}, {"/actions?order=time", "Открыть одну полосу"},
	} {
		var titles []string
		for _, one := range items(w.ok(w.ask("", http.MethodGet, at+c.query, nil))) {
			titles = append(titles, one["title"].(string))
		}
		if c.want == "" && len(titles) > 0 || c.want != "" && !slices.Contains(titles, c.want) {
			t.Errorf("%s: got %q", c.query, titles)
		}
	}
}

// Edits start from what was read, and nobody's is lost.
func TestWordsAreEdited(t *testing.T) { each(t, []apitest.Room{open("towns")}, wordsAreEdited) }

func wordsAreEdited(t *testing.T, w *world) {
	const item = "/dialogues/towns/contributions/1"
	edit := map[string]any{"title": "The ferry stops too early", "body": "Nobody gets home.", "tags": []string{"ferry"}}
	read := w.ok(w.ask(dialogue.Participant, http.MethodGet, item, nil))
	put := func(headers ...string) reply {
		return w.ask(dialogue.Participant, http.MethodPut, item, edit, headers...)
	}
	w.want(put(), 428, "api.if-match")
	for _, old := range []string{`"x"`, "1", `"1`, `""`, `".1"`} {
		w.want(put("If-Match", old), 412, "api.if-match.old")
	}
	// A mark changes the answer, and is no edit of the words.
	w.want(w.ask(dialogue.Delegate, http.MethodPut, item+"/reactions/unclear", nil), 204, "")
	marked := w.ok(w.ask(dialogue.Participant, http.MethodGet, item, nil))
	if marked.Header().Get("ETag") == read.Header().Get("ETag") || field(marked, "reactions", "unclear") != 1.0 {
		t.Errorf("got %v %s", marked.Header(), marked.Body)
	}
	changed := w.ok(put("If-Match", read.Header().Get("ETag")))
	if changed.json["revision"] != 2.0 || changed.Header().Get("ETag") != `"2"` {
		t.Errorf("got %v %s", changed.Header(), changed.Body)
	}
	w.want(put("If-Match", read.Header().Get("ETag")), 412, "")
	edit["body"] = "Nobody gets home at night."
	w.ok(put("If-Match", changed.Header().Get("ETag")))
	if all := items(w.ok(w.ask("", http.MethodGet, item+"/revisions", nil))); len(all) != 3 || all[2]["title"] != "The ferry stops at dusk" {
		t.Errorf("got %v", all)
	}
	w.want(w.ask(dialogue.Delegate, http.MethodPut, item, edit, "If-Match", `"3"`), 403, "")
	w.want(w.ask(dialogue.Delegate, http.MethodDelete, item+"/reactions/unclear", nil), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPut, item+"/withdrawal", nil), 204, "")
	w.want(w.ask("", http.MethodGet, item, nil), 404, "")
	w.want(w.ask(dialogue.Participant, http.MethodDelete, item+"/withdrawal", nil), 204, "")
	w.ok(w.ask("", http.MethodGet, item, nil))
}

// Drafts are kept for their writer alone, one for each place.
func TestDrafts(t *testing.T) { each(t, []apitest.Room{open("towns")}, drafts) }

func drafts(t *testing.T, w *world) {
	const at = "/dialogues/towns/drafts"
	for _, title := range []string{"The bri", "The bridge"} {
		w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/comment:1", map[string]any{"fields": map[string]any{"body": title}}), 204, "")
	}
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/problem", map[string]any{"fields": map[string]any{"title": "x"}}), 204, "")
	list := items(w.ok(w.ask(dialogue.Participant, http.MethodGet, at, nil)))
	kept := slices.IndexFunc(list, func(d map[string]any) bool { return d["place"] == "comment:1" })
	if len(list) != 2 || kept < 0 || list[kept]["fields"].(map[string]any)["body"] != "The bridge" {
		t.Errorf("got %v", list)
	}
	if others := items(w.ok(w.ask(dialogue.Convener, http.MethodGet, at, nil))); len(others) != 0 {
		t.Errorf("somebody else reads %v", others)
	}
	w.want(w.ask(dialogue.Participant, http.MethodDelete, at+"/problem", nil), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/comment:1", map[string]any{"fields": map[string]any{}}), 204, "")
	if left := items(w.ok(w.ask(dialogue.Participant, http.MethodGet, at, nil))); len(left) != 0 {
		t.Errorf("got %v", left)
	}
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/vote", map[string]any{"fields": map[string]any{}}), 422, "http.422")
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/problem", map[string]any{"fields": map[string]any{"Title": "x"}}), 422, "http.422")
}

// Every list of the forum gives the same whole whatever the length of its pages.
func TestPagesOfTheForum(t *testing.T) { each(t, []apitest.Room{open("towns")}, pagesOfTheForum) }

func pagesOfTheForum(t *testing.T, w *world) {
	const at = "/dialogues/towns"
	for i := range 4 {
		w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/problems", map[string]any{"lang": "en", "title": fmt.Sprint("Lantern ", i)}), 201, "")
		w.want(w.ask(dialogue.Participant, http.MethodPost, at+"/statements", map[string]any{"lang": "en", "title": fmt.Sprint("Lanterns burn ", i)}), 201, "")
	}
	for _, c := range []struct {
		role        dialogue.Role
		path, query string
		least       int
	}{
		{"", "/problems", "", 5}, {"", "/problems", "&order=time", 5}, {"", "/problems", "&order=attention", 5}, {"", "/statements", "", 5},
		{"", "/statements", "&order=ground", 5}, {"", "/statements", "&order=answers", 5}, {dialogue.Participant, "/statements", "&order=mine-open", 5},
		{"", "/search", "&words=lantern&order=new", 8}, {"", "/search", "&words=lantern", 8}, {"", "/translations/missing", "&lang=ru", 8},
		{"", "/events", "", 8}, {dialogue.Observer, "/follows", "", 1}, {"", "/moderation-log", "", 1}, {dialogue.Moderator, "/cases", "", 1},
	} {
		whole := w.numbers(c.role, at+c.path+"?limit=50"+c.query)
		if len(whole) < c.least {
			t.Errorf("%s%s: got %v, want %d at least", c.path, c.query, whole, c.least)
		}
		for _, limit := range []string{"1", "2"} {
			if got := w.numbers(c.role, at+c.path+"?limit="+limit+c.query); !slices.Equal(got, whole) {
				t.Errorf("%s%s by %s: got %v, want %v", c.path, c.query, limit, got, whole)
			}
		}
	}
}

// numbers follows the cursors of a list to its end and gives the numbers in it.
func (w *world) numbers(role dialogue.Role, address string) []string {
	w.t.Helper()
	var out []string
	for pages := 0; address != ""; pages++ {
		r := w.ok(w.ask(role, http.MethodGet, address, nil))
		for _, item := range items(r) {
			if inner, ok := item["item"].(map[string]any); ok {
				item = inner
			} else if n, ok := item["item"]; ok {
				item = map[string]any{"number": n, "kind": item["level"]}
			}
			out = append(out, fmt.Sprint(item["number"], item["kind"]))
		}
		inside, _, _ := strings.Cut(strings.TrimPrefix(r.Header().Get("Link"), "<"), ">")
		if address = inside; pages > 100 {
			w.t.Fatalf("%s has no end", address)
		}
	}
	return out
}
