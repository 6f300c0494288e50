package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

// pages follows the cursors of a list to its end and gives what each item has
// under the key.
func (w *world) pages(role dialogue.Role, path, key string, limit string) []string {
	w.t.Helper()
	var out []string
	for address := path + "?limit=" + limit; address != ""; {
		r := w.ok(w.ask(role, http.MethodGet, address, nil))
		for _, item := range r.json["items"].([]any) {
			out = append(out, item.(map[string]any)[key].(string))
		}
		next, more := r.json["next"].(string)
		link := r.Header().Get("Link")
		if more != (link != "") {
			w.t.Fatalf("%s: next is %q and the link %q", address, next, link)
		}
		address = ""
		if more {
			inside, rest, _ := strings.Cut(strings.TrimPrefix(link, "<"), ">")
			if rest != `; rel="next"` || !strings.Contains(inside, "after="+next) {
				w.t.Fatalf("got the link %q", link)
			}
			address = inside
		}
	}
	return out
}

// Every list gives the same whole whatever the length of its pages, and nothing
// twice.
func TestPagesMakeTheWhole(t *testing.T) {
	each(t, []apitest.Room{open("towns"), rooms[2], rooms[4]}, pagesMakeTheWhole)
}

func pagesMakeTheWhole(t *testing.T, w *world) {
	for range 3 {
		w.ok(w.ask(dialogue.Convener, http.MethodPost, "/dialogues/towns/invitations", map[string]any{"role": "participant"}))
		w.ok(w.ask("", http.MethodPost, "/dialogues/towns/contact", map[string]any{"message": "Hello"}))
	}
	for _, c := range []struct {
		role      dialogue.Role
		path, key string
		least     int
	}{
		{"", "/dialogues", "id", 2}, {dialogue.Observer, "/dialogues", "id", 3},
		{"", "/dialogues/towns/registers", "subject", 3}, {"", "/dialogues/towns/interests", "id", 20},
		{"", "/dialogues/towns/topics", "id", 5}, {"", "/dialogues/towns/matters", "id", 1},
		{dialogue.Convener, "/dialogues/towns/members", "pseudonym", 9}, {dialogue.Participant, "/dialogues/towns/members", "pseudonym", 9},
		{dialogue.Convener, "/dialogues/towns/applicants", "pseudonym", 1}, {dialogue.Convener, "/dialogues/towns/invitations", "id", 3},
		{dialogue.Convener, "/dialogues/towns/journal", "what", 5}, {dialogue.Convener, "/dialogues/towns/messages", "id", 1},
		{dialogue.Owner, "/letters", "id", 1}, {dialogue.Observer, "/account/tokens", "id", 1}, {dialogue.Owner, "/account/sessions", "id", 1},
	} {
		whole := w.pages(c.role, c.path, c.key, "100")
		if len(whole) < c.least {
			t.Errorf("%s for %s: got %q, want %d at least", c.path, c.role, whole, c.least)
		}
		for _, limit := range []string{"1", "2"} {
			if got := w.pages(c.role, c.path, c.key, limit); strings.Join(got, " ") != strings.Join(whole, " ") {
				t.Errorf("%s by %s: got %q, want %q", c.path, limit, got, whole)
			}
		}
	}
}

func TestCursorsThatAreNotOurs(t *testing.T) {
	w := newWorld(t, open("towns"))
	for _, after := range []string{"!", "AA", "bm90IGEgbnVtYmVy"} {
		r := w.ask(dialogue.Convener, http.MethodGet, "/dialogues/towns/journal?after="+after, nil)
		w.want(r, http.StatusUnprocessableEntity, "api.cursor")
	}
	for _, query := range []string{"limit=0", "limit=101", "limit=x", "page=2"} {
		w.want(w.ask("", http.MethodGet, "/dialogues?"+query, nil), http.StatusUnprocessableEntity, "http.422")
	}
	// One that names something which is gone ends the list.
	r := w.ok(w.ask("", http.MethodGet, "/dialogues/towns/topics?after=bm90LXRoZXJl", nil))
	if items := r.json["items"].([]any); len(items) != 0 {
		t.Errorf("got %v", items)
	}
}
